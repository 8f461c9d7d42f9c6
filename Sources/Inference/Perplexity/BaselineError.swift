import GGUF

/// Why a file of baseline logits cannot be used.
public enum BaselineError: Error, Sendable {
    case file(FileError)
    /// Neither of the two forms.
    case notABaseline(path: String)
    /// A header whose numbers cannot be, or that announce another size than the file has.
    case wrongSize(path: String, expected: Int?, found: Int)
    /// A token that the vocabulary does not have.
    case badToken(path: String, token: Int, chunk: Int, vocabulary: Int)
    /// The baseline was made of another text, or with another vocabulary.
    case otherTokens(path: String, chunk: Int)
    case otherContext(path: String, baseline: Int, asked: Int)
    case otherVocabulary(path: String, baseline: Int, model: Int)
    case noSuchChunk(path: String, chunk: Int, available: ClosedRange<Int>)
    /// Numbers that are not finite, or that divergence is infinite from.
    case notFinite(path: String, chunk: Int, position: Int)
}

extension BaselineError: CustomStringConvertible {
    /// One line: what, which file, what was expected.
    public var description: String {
        switch self {
        case .file(let error): "\(error)"
        case .notABaseline(let path):
            "\(path.printable) is no baseline: it begins neither with \(Baseline.magic) nor with \(Baseline.originalMagic)"
        case .wrongSize(let path, let expected, let found):
            "\(path.printable) has \(found) bytes"
                + (expected.map { "; its header announces \($0)" } ?? ", too few for its header, or its numbers cannot be")
        case .badToken(let path, let token, let chunk, let vocabulary):
            "\(path.printable): chunk \(chunk) has token \(token), of a vocabulary of \(vocabulary)"
        case .otherTokens(let path, let chunk): "\(path.printable) was made of another text or by another tokenizer: chunk \(chunk) differs"
        case .otherContext(let path, let baseline, let asked): "\(path.printable) has a context of \(baseline); \(asked) was asked for"
        case .otherVocabulary(let path, let baseline, let model):
            "\(path.printable) has a vocabulary of \(baseline); the model's is \(model)"
        case .notFinite(let path, let chunk, let position):
            "\(path.printable): scored position \(position) of chunk \(chunk) gives no finite divergence: its numbers are broken"
        case .noSuchChunk(let path, let chunk, let available):
            "\(path.printable) has chunks \(available.lowerBound)..\(available.upperBound), not \(chunk)"
        }
    }
}
