import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF

/// What a file is: whose dialect its type ids follow, what each tensor holds, and who reads it right.
///
/// A GGUF file does not say which program wrote it, and several programs gave the same type ids to different formats. What
/// tells them apart is arithmetic: the distance from one tensor to the next is the size of its data, and so the bytes per
/// weight. Where two formats share id and size, the blocks themselves are looked at, and last the keys by which a few files do
/// say what they hold (``Stamp``).
public struct Identification: Sendable, Hashable, Codable {
    /// How sure the meaning of the type ids is.
    public let confidence: Confidence
    /// The result in one line.
    public let headline: String
    /// The dialect that the file most likely follows; nil where none fits. The meaning of the file does not depend on the choice
    /// among ``dialects``.
    public let dialect: String?
    /// Every dialect that gives the file the same meaning, oldest first.
    public let dialects: [String]
    /// True where the file holds stock types only, under upstream's ids.
    public let isStock: Bool
    /// True where stock types carry ids one higher than upstream's.
    public let hasShiftedIDs: Bool
    /// What each type id of the file stands for, in the order of ids.
    public let types: [TypeReading]
    /// The format id of every tensor, by index; nil where the type is unknown or disputed.
    public let tensorFormats: [String?]
    /// Tensors whose span the reading does not explain, at most ``misfitLimit``.
    public let misfits: [SpanMisfit]
    /// How many such tensors there are.
    public let misfitCount: Int
    /// Ids whose tensors have spans that only the HIFI fork's Python package uses.
    public let pythonSizes: [PythonBlockSize]
    /// Formats of the HIFI family in the file. More than one revision of the same type id means that the file does not tell.
    public let hifiFormats: [String]
    /// `general.file_type`, read in the dialect.
    public let fileType: FileTypeReading?
    /// The routings that the tensors follow, best first; several where they do not differ for this model.
    public let mixes: [MixMatch]
    /// Why, line by line.
    public let evidence: [Evidence]
    /// What the file does not tell.
    public let ambiguities: [Ambiguity]
    /// What the file's stamp says and its tensors contradict; such a stamp has no part in the result.
    public let stampConflicts: [StampConflict]
    /// What the outlier slots look like, for each HIFI format that was considered and looked at.
    public let content: [SlotStatistics]
    /// What each known reader does with the file.
    public let readers: [ReaderVerdict]

    /// How many misfits are listed.
    public static let misfitLimit = 16

    /// How sure the result is.
    public enum Confidence: String, Sendable, Hashable, Codable, CaseIterable {
        /// One meaning explains every tensor, and no other does.
        case certain
        /// One meaning is clearly the best, but a few tensors contradict it or the decision has little evidence.
        case likely
        /// Several meanings explain the file equally well.
        case ambiguous
        /// No dialect explains the file.
        case none
    }

    /// The format of a tensor; nil where it is unknown or disputed, or where there is no such tensor.
    public func format(ofTensor index: Int) -> BlockFormat? {
        guard tensorFormats.indices.contains(index) else { return nil }
        return tensorFormats[index].flatMap(Spec.format)
    }

    /// The format of every tensor, by index.
    public var formats: FormatList {
        let known = Dictionary(Set(tensorFormats.lazy.compactMap(\.self)).map { ($0, Spec.format($0)) }) { first, _ in first }
        return FormatList(tensorFormats.lazy.map { id in id.flatMap { known[$0] ?? nil } })
    }

    /// Which findings the identification gives rise to can depend on how much it has looked at.
    public struct Options: Sendable {
        /// Bytes of tensor data that may be looked at for each type id, spread over its tensors.
        public var sampleBytes: Int
        /// Looks at all blocks of the HIFI family instead of a sample.
        public var readsAllContent: Bool
        /// Considers these dialects only; nil for all. For the parts of a split set, of which the first tells the dialect.
        public var dialects: [String]?
        /// Tensors whose data may be looked at, by name; nil for all. Data that is not here is not looked at in any case.
        public var tensors: Set<String>?
        /// The model that the file is a part of; nil for a model of its own. Keys, the stamp among them, are those of its first part.
        public var model: SplitSet?

        /// Options; by default 2 MiB for each type id.
        public init(
            sampleBytes: Int = 2 << 20, readsAllContent: Bool = false, dialects: [String]? = nil, tensors: Set<String>? = nil,
            model: SplitSet? = nil
        ) {
            self.tensors = tensors
            self.sampleBytes = sampleBytes
            self.readsAllContent = readsAllContent
            self.dialects = dialects
            self.model = model
        }
    }
}

extension Identification {
    /// What one type id stands for.
    public struct TypeReading: Sendable, Hashable, Codable {
        /// The number stored in the file.
        public let id: UInt32
        /// The name that the dialect gives it; nil where it has none.
        public let name: String?
        /// Format ids; none for an unknown type, several where the file does not tell.
        public let formats: [String]
        /// The dialect names the format, but no tensor with the id has room for it: it says what the label means and not what the
        /// tensors hold.
        public let isContradicted: Bool
        /// Tensors with this id.
        public let tensors: Int
        /// Their weights, as far as they can be counted.
        public let weights: UInt64
        /// Bytes for 256 weights, by the first format; headers of rows and the end of the tensor are left out.
        public let bytesPer256: Double?
    }

    /// A tensor whose span does not fit its type.
    public struct SpanMisfit: Sendable, Hashable, Codable {
        /// Number of the tensor in the file.
        public let tensor: Int
        /// Its name.
        public let name: ForeignText
        /// The number stored in the file.
        public let typeID: UInt32
        /// What does not fit.
        public let problem: SpanFit
        /// Bytes to the next tensor; nil where not known.
        public let span: UInt64?
        /// Bytes that the reading needs; nil where it has no format for the id.
        public let needed: UInt64?
        /// Stock formats that would fill the span exactly: a wrong type id shows here.
        public let wouldFit: [String]
    }

    /// One reason for the result.
    public struct Evidence: Sendable, Hashable, Codable {
        /// What it was taken from.
        public let kind: Kind
        /// The clause of the spec behind it, if there is one.
        public let clause: String?
        /// One sentence with the numbers.
        public let text: String

        /// Sources of evidence.
        public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
            /// Sizes and distances of tensors.
            case span
            /// Bytes of blocks.
            case content
            /// `general.file_type`.
            case fileType = "file-type"
            /// Which tensor has which type.
            case mix
            /// `hifi.dialect` and `hifi.types`.
            case stamp
        }
    }

    /// Something that the file does not tell.
    public struct Ambiguity: Sendable, Hashable, Codable {
        /// The type id in question.
        public let typeID: UInt32
        /// The formats that it may stand for.
        public let formats: [String]
        /// Whether all of them decode to the same weights, so that only the history is in doubt.
        public let decodesAlike: Bool
        /// What they are, in a sentence.
        public let text: String
        /// What would decide.
        public let decidedBy: String
    }

    /// Something that the stamp says and the tensors contradict.
    public struct StampConflict: Sendable, Hashable, Codable {
        /// The type id in question; nil where it is the dialect as a whole.
        public let typeID: UInt32?
        /// The format, or dialect, that the stamp names.
        public let stamped: ForeignText
        /// Those that the tensors leave.
        public let found: [String]
        /// What the tensors say, in a phrase.
        public let reason: String
    }
}
