import Foundation
import HIFIGGUF

/// SHA-256 for tests that compare bytes with recordings; the implementation is the tool's, which `DigestTests` compares with the
/// published test vectors.
public enum SHA256 {
    /// 32 bytes.
    public static func hash(data: some ContiguousBytes) -> [UInt8] {
        let hasher = MultiHasher([.sha256])
        data.withUnsafeBytes { hasher.update($0) }
        return hasher.finish()[0].bytes
    }
}
