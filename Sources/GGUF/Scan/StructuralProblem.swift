import HIFIBlockSpec
import HIFIForeign

/// One thing about the container's structure that is not as the format describes it.
///
/// A scan reports problems as facts, without a verdict: whether a problem makes a file unusable depends on who wants to read it.
public struct StructuralProblem: Hashable, Sendable {
    /// What kind of problem it is, and which rule that breaks.
    public let code: Code
    /// Where in the file the offending field begins, in bytes from its start.
    public let offset: Int
    /// What part of the file it is about.
    public let subject: Subject
    /// What the format asks for at this place, as a phrase.
    public let expected: String
    /// What the file has there, as a phrase.
    public let found: String

    /// Whether the file is of a kind that is not read here, rather than damaged.
    public var isUnreadKind: Bool { code == .bigEndian || code == .version1 }

    /// The part of a file that a problem is about.
    public enum Subject: Hashable, Sendable {
        /// The file as a whole or its fixed header.
        case file
        /// Metadata entry number `index` (from 0) with the given key, empty where the key could not be read.
        case key(ForeignText, index: Int)
        /// Tensor record number `index` (from 0) with the given name, empty where the name could not be read.
        case tensor(ForeignText, index: Int)
    }

    /// The kinds of structural problem, as the spec lists them with their rules.
    public typealias Code = ContainerProblem
}

extension ContainerProblem {
    /// Whether a strict reader has to stop here: what follows cannot be located, or two readers would take it for different things.
    ///
    /// This is what `GGUFFile.open` throws for. Rules with finer verdicts belong to the verifier.
    public var preventsReading: Bool {
        switch self {
        case .keyNotUTF8, .keyContainsNUL, .keyFormUnusual, .arrayNested, .stringNotUTF8, .stringContainsNUL, .boolNotZeroOrOne,
            .alignmentNotMultipleOfEight, .tensorNameFillsBuffer, .dimensionCountZero, .keyEmpty:
            false
        default: true
        }
    }
}

extension StructuralProblem: CustomStringConvertible {
    /// One line: what, where, expected and found.
    public var description: String {
        let about =
            switch subject {
            case .file: ""
            case .key(let key, let index): key.isEmpty ? "metadata entry \(index): " : "key \(key): "
            case .tensor(let name, let index): name.isEmpty ? "tensor \(index): " : "tensor \(name): "
            }
        return "\(about)\(code.fact); expected \(expected), found \(found) (at byte \(offset))"
    }
}
