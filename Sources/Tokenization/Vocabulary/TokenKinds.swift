import HIFIBlockSpec
import HIFIGGUF

/// What a token is for: the values of `tokenizer.ggml.token_type`.
enum TokenKind: Int32, Sendable {
    case undefined = 0, normal, unknown, control, userDefined, unused, byte
}

/// The kinds of a vocabulary's tokens.
struct TokenKinds: Sendable {
    /// As the file has them; normal where it says nothing.
    let stored: [TokenKind]
    /// Tokens that a text can spell out, with whether they are control tokens: longest text first, of equal length in order.
    let specials: [(token: Int32, isControl: Bool)]

    init(_ metadata: Metadata, _ table: TokenTable) {
        let texts = table.texts
        let values = metadata["tokenizer.ggml.token_type"]?.value(as: [Int32].self) ?? []
        stored = (0..<texts.count).map { $0 < values.count ? TokenKind(rawValue: values[$0]) ?? .undefined : .normal }
        // Some texts decide by themselves.
        var isControl: [Int: Bool] = [:]
        for (token, kind) in stored.enumerated() {
            switch kind {
            case .control, .unknown: isControl[token] = true
            case .userDefined: isControl[token] = false
            case .undefined, .normal, .unused, .byte: break
            }
        }
        for text in Spec.tokenizers.controlTexts { if let token = table.token(text.utf8) { isControl[token] = true } }
        for text in Spec.tokenizers.userDefinedTexts { if let token = table.token(text.utf8) { isControl[token] = false } }
        specials = isControl.filter { !texts.range($0.key).isEmpty }
            .sorted { (texts.range($1.key).count, $0.key) < (texts.range($0.key).count, $1.key) }
            .map { (Int32($0.key), $0.value) }
    }
}
