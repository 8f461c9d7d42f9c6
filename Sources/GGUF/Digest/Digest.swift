import HIFIFiles

/// A digest of some bytes by a named algorithm.
public struct Digest: Hashable, Sendable {
    /// The algorithms offered.
    ///
    /// The raw values are the labels in manifests. The xxHash family finds accidents fast but stops no attacker; use SHA-256 for that.
    public enum Algorithm: String, Hashable, Sendable, CaseIterable {
        /// XXH64 with seed 0.
        case xxh64
        /// XXH3 with 64 bits and seed 0 (called `xxh3` by the common GGUF hash tool too).
        case xxh3
        /// XXH3 with 128 bits and seed 0.
        case xxh128
        /// SHA-1: only to check manifests that have nothing better.
        case sha1
        /// SHA-256.
        case sha256

        /// Bytes of a digest.
        public var byteCount: Int {
            switch self {
            case .xxh64, .xxh3: 8
            case .xxh128: 16
            case .sha1: 20
            case .sha256: 32
            }
        }
    }

    /// The algorithm.
    public let algorithm: Algorithm
    /// The digest: for the xxHash family in canonical (big-endian) order, as its tools print it.
    public let bytes: [UInt8]

    init(_ algorithm: Algorithm, _ bytes: [UInt8]) {
        (self.algorithm, self.bytes) = (algorithm, bytes)
    }

    /// A digest from its hexadecimal form (either case), or nil where that has another length or other characters.
    public init?(_ algorithm: Algorithm, hex: some StringProtocol) {
        guard hex.utf8.count == 2 * algorithm.byteCount else { return nil }
        var bytes: [UInt8] = []
        var high: UInt8?
        for character in hex.utf8 {
            guard let digit = Self.value(of: character) else { return nil }
            if let upper = high {
                bytes.append(upper << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        self.init(algorithm, bytes)
    }

    private static func value(of character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// The digest in lower-case hexadecimal digits.
    public var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The digest of all of `bytes`.
    public static func of(_ bytes: ByteView, _ algorithm: Algorithm) -> Digest {
        let hasher = MultiHasher([algorithm])
        hasher.update(bytes)
        return hasher.finish()[0]
    }
}

extension Digest: CustomStringConvertible {
    /// Label and hexadecimal digits.
    public var description: String { "\(algorithm.rawValue):\(hex)" }
}
