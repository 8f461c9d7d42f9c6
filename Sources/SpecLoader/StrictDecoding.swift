import Foundation
import Yams

extension SpecSource {
    /// Decodes one file and rejects every key that `type` does not know.
    ///
    /// `Decodable` ignores unknown keys, so a misspelt optional key would go unnoticed. The decoded value is therefore
    /// encoded again: a key of the file that the encoded form lacks was not read by anybody.
    func decodeStrictly<T: Codable & Sendable>(_ type: T.Type, from path: String) throws -> T {
        try read(type, from: path) { text in
            let value = try YAMLDecoder().decode(type, from: text)
            let original = try Yams.compose(yaml: text)
            let echo = try Yams.compose(yaml: try YAMLEncoder().encode(value))
            if let original, let unread = firstUnreadKey(of: original, in: echo, at: "") {
                throw SpecError(file: path, message: "unknown key \(unread)")
            }
            return value
        }
    }

    private func firstUnreadKey(of original: Node, in echo: Node?, at path: String) -> String? {
        switch original {
        case .mapping(let mapping):
            for (key, value) in mapping {
                guard let name = key.string else { return "\(path)/?" }
                guard let counterpart = echo?.mapping?[key] else { return "\(path)/\(name)" }
                if let unread = firstUnreadKey(of: value, in: counterpart, at: "\(path)/\(name)") { return unread }
            }
        case .sequence(let sequence):
            for (index, value) in sequence.enumerated() {
                let counterpart = echo?.sequence.flatMap { index < $0.count ? $0[index] : nil }
                if let unread = firstUnreadKey(of: value, in: counterpart, at: "\(path)/\(index)") { return unread }
            }
        case .scalar, .alias:
            break
        }
        return nil
    }
}
