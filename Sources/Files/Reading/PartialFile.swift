#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import HIFIForeign

/// Parts of a file that lies elsewhere, each at the place that it has in the file.
///
/// Address space is reserved for the whole file, but only pages that something was put into can be read. Code that looks at bytes which
/// are not there asks first (`ByteView.isPresent`), and on pages without any of them is stopped by the processor; only the rest of a page
/// that something was put into reads as zeros. A verdict must not be about bytes that nobody read.
public struct PartialFile: ~Copyable {
    private let name: ForeignText
    private let room: ReservedRoom
    private var present: [Range<Int>] = []

    /// Reserves room for a file of `size` bytes. Throws where the address space has no such room.
    ///
    /// - Parameter name: what messages and reports call the file.
    public init(name: ForeignText, size: Int) throws(FileError) {
        self.name = name
        guard let room = ReservedRoom(size) else {
            throw FileError(path: name.raw, operation: "reserve room for the \(size) bytes of", errorNumber: errno)
        }
        self.room = room
    }

    /// Puts bytes at their place. A programming error, which stops the program, where they are not inside the file.
    public mutating func put(_ bytes: [UInt8], at offset: Int) throws(FileError) {
        guard !bytes.isEmpty else { return }
        let buffer = room.bytes
        precondition(offset >= 0 && offset <= buffer.count && bytes.count <= buffer.count - offset, "bytes outside the file")
        try protect(offset..<offset + bytes.count, PROT_READ | PROT_WRITE)
        bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: buffer[offset..<offset + bytes.count]).copyMemory(from: $0) }
        add(offset..<offset + bytes.count)
    }

    private func protect(_ range: Range<Int>, _ access: Int32) throws(FileError) {
        guard let base = room.bytes.baseAddress else { return }
        let page = max(1, Int(sysconf(Int32(_SC_PAGESIZE))))
        let start = range.lowerBound / page * page
        guard mprotect(base + start, range.upperBound - start, access) == 0 else {
            throw FileError(path: name.raw, operation: "keep parts of", errorNumber: errno)
        }
    }

    private mutating func add(_ range: Range<Int>) {
        var joined = range
        present.removeAll { other in
            guard other.lowerBound <= joined.upperBound, joined.lowerBound <= other.upperBound else { return false }
            joined = min(joined.lowerBound, other.lowerBound)..<max(joined.upperBound, other.upperBound)
            return true
        }
        present.insert(joined, at: present.firstIndex { $0.lowerBound > joined.lowerBound } ?? present.count)
    }

    /// The file, for reading what was put in.
    public consuming func finish() throws(FileError) -> MappedFile {
        for range in present { try protect(range, PROT_READ) }
        return MappedFile(path: name, partial: room, present: present)
    }
}

/// Addresses that nobody else uses, without memory behind them until it is asked for.
final class ReservedRoom: @unchecked Sendable {
    // Safety: written through `PartialFile` only, which has no copies, and which nobody has any more once the memory is shared.

    let bytes: UnsafeMutableRawBufferPointer

    /// Nil where there is no such room; `errno` says why.
    init?(_ size: Int) {
        guard size > 0 else {
            bytes = UnsafeMutableRawBufferPointer(start: nil, count: 0)
            return
        }
        #if canImport(Darwin)
            let flags = MAP_PRIVATE | MAP_ANON | MAP_NORESERVE
        #else
            let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        #endif
        guard let base = mmap(nil, size, PROT_NONE, flags, -1, 0), base != MAP_FAILED else { return nil }
        bytes = UnsafeMutableRawBufferPointer(start: base, count: size)
    }

    deinit {
        if let base = bytes.baseAddress { munmap(base, bytes.count) }
    }
}
