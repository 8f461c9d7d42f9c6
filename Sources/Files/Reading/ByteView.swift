#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A read-only, bounds-checked window onto bytes owned elsewhere: a mapped file or an array.
///
/// A view keeps its owner alive, so slices may outlive the variable they were taken from, and copying one never copies bytes.
/// Positions always count from the start of the view itself, also in a slice.
public struct ByteView: @unchecked Sendable {
    // Safety: `buffer` points into memory that `owner` keeps alive and never changes; every access below checks its range.
    private let buffer: UnsafeRawBufferPointer
    private let owner: AnyObject?

    /// A view of memory that `owner` keeps alive and unchanged for as long as it lives.
    init(unchecked buffer: UnsafeRawBufferPointer, owner: AnyObject?) {
        self.buffer = buffer
        self.owner = owner
    }

    /// A view of a private copy of `bytes`.
    public init(_ bytes: [UInt8]) {
        let storage = HeapBytes(bytes)
        self.init(unchecked: storage.buffer, owner: storage)
    }

    /// Bytes `range` of this view, without copying, or nil where the range does not lie inside it.
    public func slice(_ range: Range<Int>) -> ByteView? {
        guard range.lowerBound >= 0, range.upperBound <= buffer.count else { return nil }
        return ByteView(unchecked: UnsafeRawBufferPointer(rebasing: buffer[range]), owner: owner)
    }

    /// The little-endian integer at `offset` (any alignment), or nil where it would reach past the end.
    public func load<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type = T.self, at offset: Int) -> T? {
        guard offset >= 0, offset <= buffer.count, MemoryLayout<T>.size <= buffer.count - offset else { return nil }
        return T(littleEndian: buffer.loadUnaligned(fromByteOffset: offset, as: T.self))
    }

    /// Calls `body` with the bytes; the pointer is valid during the call only.
    public func withUnsafeBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        defer { withExtendedLifetime(owner) {} }
        return try body(buffer)
    }

    /// Calls `body` with a safe span over the bytes.
    public func withRawSpan<R, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
        defer { withExtendedLifetime(owner) {} }
        return try body(buffer.bytes)
    }

    /// The offset of the first byte of `range` that is not zero, or nil where all are (or the range is not inside the view).
    public func firstNonZero(in range: Range<Int>) -> Int? {
        guard range.lowerBound >= 0, range.upperBound <= buffer.count else { return nil }
        var position = range.lowerBound
        while range.upperBound - position >= 64, buffer.loadUnaligned(fromByteOffset: position, as: SIMD8<UInt64>.self) == .zero {
            position += 64
        }
        while position < range.upperBound {
            if buffer[position] != 0 { return position }
            position += 1
        }
        return nil
    }

    /// Whether the bytes of `range` are here and inside the view: of a file that lies elsewhere only some are (``PartialFile``).
    ///
    /// To be asked before reading anything but the header of a file. Reading a page that is not here ends the program.
    public func isPresent(_ range: Range<Int>) -> Bool {
        guard range.lowerBound >= 0, range.upperBound <= buffer.count else { return false }
        guard let file = owner as? MappedFile else { return true }
        return file.isPresent(UnsafeRawBufferPointer(rebasing: buffer[range]))
    }

    /// Whether all bytes of the view are here.
    public var isWhole: Bool { isPresent(0..<buffer.count) }

    /// Says that `range` is not needed for now: the pages of a mapped file go back to the system, and come again when they are read.
    public func release(_ range: Range<Int>) {
        guard let file = owner as? MappedFile, let begin = buffer.baseAddress, range.lowerBound >= 0, range.upperBound <= buffer.count
        else { return }
        file.release(UnsafeRawBufferPointer(start: begin + range.lowerBound, count: range.count))
    }
}

extension ByteView: RandomAccessCollection {
    /// Always 0.
    public var startIndex: Int { 0 }
    /// The number of bytes.
    public var endIndex: Int { buffer.count }
    /// The byte at `position`; a position outside the view is a programming error and stops the program.
    public subscript(position: Int) -> UInt8 {
        precondition(position >= 0 && position < buffer.count, "position outside the view")
        return buffer[position]
    }
    /// Lets generic code (`Array(view)`, `String(decoding:as:)`) read the bytes in one go.
    public func withContiguousStorageIfAvailable<R>(_ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R? {
        defer { withExtendedLifetime(owner) {} }
        return try body(buffer.bindMemory(to: UInt8.self))
    }
}

extension ByteView: Hashable {
    /// Equal if the bytes are equal, regardless of their owner.
    public static func == (a: ByteView, b: ByteView) -> Bool {
        guard a.buffer.count == b.buffer.count else { return false }
        guard let first = a.buffer.baseAddress, let second = b.buffer.baseAddress, first != second else { return true }
        defer { withExtendedLifetime((a.owner, b.owner)) {} }
        return memcmp(first, second, a.buffer.count) == 0
    }
    /// Feeds length and bytes.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(buffer.count)
        hasher.combine(bytes: buffer)
    }
}

/// An immutable copy of an array at a fixed address.
private final class HeapBytes {
    let buffer: UnsafeRawBufferPointer

    init(_ bytes: [UInt8]) {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
        copy.copyBytes(from: bytes)
        buffer = UnsafeRawBufferPointer(copy)
    }

    deinit { buffer.deallocate() }
}
