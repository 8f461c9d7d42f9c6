/// How many weights a block of a format holds in how many bytes.
public struct BlockSize: Sendable, Hashable {
    /// Format id, for example `q3_k_hifi@r6`.
    public let format: String
    /// Weights in a block; the row length of a tensor is a multiple of it.
    public let elements: Int
    /// Bytes of a block in a file.
    public let bytes: Int

    /// Creates a block size.
    public init(format: String, elements: Int, bytes: Int) {
        self.format = format
        self.elements = elements
        self.bytes = bytes
    }

    /// Bits for a weight.
    public var bitsPerWeight: Double { Double(bytes * 8) / Double(elements) }

    /// Bytes of this many weights; `nil` if they are not whole blocks or the result does not fit.
    public func bytes(forElements count: UInt64) -> UInt64? {
        guard count.isMultiple(of: UInt64(elements)) else { return nil }
        let (bytes, overflow) = (count / UInt64(elements)).multipliedReportingOverflow(by: UInt64(self.bytes))
        return overflow ? nil : bytes
    }
}

/// A short name of a format.
public struct FormatAlias: Sendable, Hashable {
    /// For example `q3_k_hifi`.
    public let alias: String
    /// For example `q3_k_hifi@r6`.
    public let format: String

    /// Creates an alias.
    public init(alias: String, format: String) {
        self.alias = alias
        self.format = format
    }
}
