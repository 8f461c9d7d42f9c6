/// The name of a part of a split model: `PREFIX-00002-of-00005.gguf`.
public struct SplitName: Hashable, Sendable {
    /// What comes before the numbers, with the directory.
    public let prefix: String
    /// The part's number, from 1.
    public let number: Int
    /// The number of parts.
    public let count: Int
    /// What follows the name in an address: nothing, or a `?` and more.
    public let suffix: String

    /// A name from its parts.
    public init(prefix: String, number: Int, count: Int, suffix: String = "") {
        (self.prefix, self.number, self.count, self.suffix) = (prefix, number, count, suffix)
    }

    /// Takes a path apart, or returns nil where it is not named in this way (five digits each, 1 ≤ number ≤ count).
    public init?(path: String) {
        // -00002-of-00005.gguf has 20 characters.
        var bytes = Array(path.utf8)
        var suffix = ""
        if path.hasPrefix("https://"), let query = bytes.firstIndex(of: UInt8(ascii: "?")) {
            suffix = String(decoding: bytes[query...], as: UTF8.self)
            bytes.removeSubrange(query...)
        }
        guard bytes.count > 20 else { return nil }
        let tail = bytes.suffix(20)
        let start = tail.startIndex
        guard tail[start] == UInt8(ascii: "-"), tail[(start + 6)..<(start + 10)].elementsEqual("-of-".utf8),
            tail[(start + 15)...].elementsEqual(".gguf".utf8), let number = Self.digits(tail[(start + 1)..<(start + 6)]),
            let count = Self.digits(tail[(start + 10)..<(start + 15)]), number >= 1, number <= count
        else { return nil }
        self.init(prefix: String(decoding: bytes.dropLast(20), as: UTF8.self), number: number, count: count, suffix: suffix)
    }

    private static func digits(_ bytes: ArraySlice<UInt8>) -> Int? {
        bytes.reduce(0) { sum, byte in
            guard let sum, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            return 10 * sum + Int(byte - UInt8(ascii: "0"))
        }
    }

    /// The path of the part with this number.
    public func path(of number: Int) -> String { "\(prefix)-\(Self.padded(number))-of-\(Self.padded(count)).gguf\(suffix)" }

    private static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 5 - digits.utf8.count)) + digits
    }
}
