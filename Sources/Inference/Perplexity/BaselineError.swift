import HIFIFiles
import HIFIForeign
import HIFIGGUF

/// Why a file of baseline logits cannot be used.
public enum BaselineError: Error, Sendable {
    case file(FileError)
    /// Neither of the two forms.
    case notABaseline(path: ForeignText)
    /// A header whose numbers cannot be, or that announce another size than the file has.
    case wrongSize(path: ForeignText, expected: Int?, found: Int)
    /// A token that the vocabulary does not have.
    case badToken(path: ForeignText, token: Int, chunk: Int, vocabulary: Int)
    /// The baseline was made of another text, or with another vocabulary.
    case otherTokens(path: ForeignText, chunk: Int)
    case otherContext(path: ForeignText, baseline: Int, asked: Int)
    case otherVocabulary(path: ForeignText, baseline: Int, model: Int)
    case noSuchChunk(path: ForeignText, chunk: Int, available: ClosedRange<Int>)
    /// Numbers that are not finite, or that divergence is infinite from.
    case notFinite(path: ForeignText, chunk: Int, position: Int)
}

extension BaselineError: CustomStringConvertible {
    /// One line: what, which file, what was expected.
    public var description: String {
        switch self {
        case .file(let error): "\(error)"
        case .notABaseline(let path):
            "\(path) is not a baseline: it begins neither with \(Baseline.magic) nor with \(Baseline.originalMagic)"
        case .wrongSize(let path, let expected, let found):
            "\(path) has \(found) bytes"
                + (expected.map { "; its header announces \($0)" } ?? ", too few for its header, or its numbers are impossible")
        case .badToken(let path, let token, let chunk, let vocabulary):
            "\(path): chunk \(chunk) has token \(token), of a vocabulary of \(vocabulary)"
        case .otherTokens(let path, let chunk): "\(path) was made from another text or by another tokenizer: chunk \(chunk) differs"
        case .otherContext(let path, let baseline, let asked): "\(path) has a context of \(baseline); \(asked) was asked for"
        case .otherVocabulary(let path, let baseline, let model):
            "\(path) has a vocabulary of \(baseline); the model's is \(model)"
        case .notFinite(let path, let chunk, let position):
            "\(path): scored position \(position) of chunk \(chunk) gives no finite divergence: its numbers are broken"
        case .noSuchChunk(let path, let chunk, let available):
            "\(path) has chunks \(available.lowerBound)..\(available.upperBound), not \(chunk)"
        }
    }
}
