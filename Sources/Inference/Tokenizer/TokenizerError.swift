import GGUF

/// Why a file's tokenizer cannot be used.
public enum TokenizerError: Error, Hashable, Sendable {
    /// A key is missing or stored as something else.
    case metadata(MetadataError)
    /// `tokenizer.ggml.model` names another kind than byte-level BPE.
    case unsupportedModel(String)
    /// `tokenizer.ggml.pre` names a way of cutting words that is not built in.
    case unsupportedPreTokenizer(String)
    /// A byte without a token, so that not every text can be written in tokens.
    case noTokenForByte(UInt8)
    /// A merge without a space between its parts, or of parts or into a result that are no tokens.
    case badMerge(index: Int, text: String)
    /// Arrays that belong together and have different lengths.
    case wrongCount(key: String, expected: Int, found: Int)
    /// A key names a token that the vocabulary does not have.
    case tokenOutOfRange(key: String, token: Int, count: Int)
}

extension TokenizerError: CustomStringConvertible {
    /// One line naming the key and what was expected.
    public var description: String {
        switch self {
        case .metadata(let error): "\(error)"
        case .unsupportedModel(let name): "key tokenizer.ggml.model is \"\(name.printable)\"; only \"gpt2\" (byte-level BPE) is built in"
        case .unsupportedPreTokenizer(let name):
            "key tokenizer.ggml.pre is \"\(name.printable)\"; built in are \(Tokenizer.preTokenizers.joined(separator: ", "))"
        case .noTokenForByte(let byte): "tokenizer.ggml.tokens has no token for byte \(byte): not every text can be written in tokens"
        case .badMerge(let index, let text):
            "tokenizer.ggml.merges[\(index)] is \"\(text.printable)\": two tokens with a space between, which join to a token, are expected"
        case .wrongCount(let key, let expected, let found): "\(key) has \(found) elements, tokenizer.ggml.tokens has \(expected)"
        case .tokenOutOfRange(let key, let token, let count): "key \(key) names token \(token) of a vocabulary of \(count)"
        }
    }
}
