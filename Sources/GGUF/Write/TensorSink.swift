import HIFIFiles
import HIFIForeign

/// Where a tensor's bytes go while a file is being written. A closure gets one for the time of its tensor.
public struct TensorSink: ~Copyable {
    private var file: AtomicFile
    private let tensor: ForeignText
    private let expected: Int
    /// Bytes of the tensor written so far.
    public private(set) var count = 0

    init(file: consuming AtomicFile, tensor: ForeignText, expected: Int) {
        (self.tensor, self.expected) = (tensor, expected)
        self.file = file
    }

    /// Bytes of the tensor still to be written.
    public var remaining: Int { expected - count }

    /// Appends bytes. Throws `GGUFWriterError.wrongByteCount` where they are more than announced, `FileError` where the disk is full.
    public mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
        guard bytes.count <= remaining else {
            throw GGUFWriterError.wrongByteCount(tensor: tensor, expected: expected, found: count + bytes.count)
        }
        try file.write(bytes)
        count += bytes.count
    }

    /// Appends bytes.
    public mutating func write(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { try write($0) }
    }

    /// Appends bytes.
    public mutating func write(_ bytes: ByteView) throws {
        try bytes.withUnsafeBytes { try write($0) }
    }

    /// Gives the file back once the tensor is complete.
    consuming func finish() throws(GGUFWriterError) -> AtomicFile {
        guard count == expected else { throw .wrongByteCount(tensor: tensor, expected: expected, found: count) }
        return file
    }
}
