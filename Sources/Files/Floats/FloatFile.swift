/// fp32 arrays in files: raw little-endian (`.f32`, `.bin`, anything else) or NumPy's `.npy`.
public struct FloatFile: Sendable {
    /// Outermost dimension first; the product is `values.count`.
    public var shape: [Int]
    /// The numbers, the last dimension varying fastest.
    public var values: [Float]

    /// Creates an array; the product of `shape` is the number of values.
    public init(shape: [Int], values: [Float]) {
        self.shape = shape
        self.values = values
    }

    /// A one-dimensional array.
    public init(_ values: [Float]) { self.init(shape: [values.count], values: values) }

    /// How an array is stored.
    public enum Encoding: String, Sendable, CaseIterable {
        case raw
        case npy

        /// `.npy` files by their ending, everything else raw.
        public init(path: String) { self = path.lowercased().hasSuffix(".npy") ? .npy : .raw }
    }

    /// Reads the bytes of a file: NumPy's form if they begin with its magic, else raw scalars.
    public init(bytes: [UInt8]) throws(FloatFileError) {
        if bytes.starts(with: NumPyHeader.magic) {
            self = try NumPyHeader.read(bytes)
            return
        }
        guard bytes.count % 4 == 0 else { throw .partialScalar(bytes: bytes.count) }
        self.init(Self.floats(bytes[...]))
    }

    /// The bytes to store.
    public func bytes(as encoding: Encoding) -> [UInt8] {
        var bytes = encoding == .npy ? NumPyHeader.bytes(shape: shape) : []
        bytes.reserveCapacity(bytes.count + 4 * values.count)
        for value in values { withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) } }
        return bytes
    }

    static func floats(_ bytes: ArraySlice<UInt8>) -> [Float] {
        bytes.withUnsafeBytes { raw in
            (0..<raw.count / 4).map { Float(bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self))) }
        }
    }
}

/// Why a file is not an array of fp32.
public enum FloatFileError: Error, Equatable, CustomStringConvertible {
    case partialScalar(bytes: Int)
    case malformedHeader(String)
    case unsupportedType(String)
    case wrongSize(expected: Int, found: Int)

    /// One line that says what is wrong.
    public var description: String {
        switch self {
        case .partialScalar(let bytes): "\(bytes) bytes are not a whole number of 4-byte floats"
        case .malformedHeader(let reason): "malformed .npy header: \(reason)"
        case .unsupportedType(let type): ".npy array of type \(type); expected '<f4' in C order"
        case .wrongSize(let expected, let found): ".npy header announces \(expected) bytes of data, the file has \(found)"
        }
    }
}
