import Processes

/// Which addresses of this process may be read and which hold code: what a table in a foreign library says is checked
/// against it before it is believed.
struct MemoryMap {
    private var readable: [Range<UInt>] = []
    private var executable: [Range<UInt>] = []

    /// Reads the system's list; nil where there is none.
    init?() {
        guard let bytes = Platform.contents("/proc/self/maps") else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count > 1 else { continue }
            let bounds = words[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
            guard bounds.count == 2, bounds[0] < bounds[1] else { continue }
            if words[1].hasPrefix("r") { readable.append(bounds[0]..<bounds[1]) }
            if words[1].dropFirst(2).hasPrefix("x") { executable.append(bounds[0]..<bounds[1]) }
        }
    }

    /// Whether all these bytes may be read.
    func canRead(_ address: UInt, _ count: Int) -> Bool {
        // A table may cross from one mapping of a library into the next.
        var address = address
        let (end, overflow) = address.addingReportingOverflow(UInt(count))
        guard !overflow else { return false }
        while address < end {
            guard let range = readable.first(where: { $0.contains(address) }) else { return false }
            address = range.upperBound
        }
        return true
    }

    func isCode(_ address: UInt) -> Bool { executable.contains { $0.contains(address) } }

    /// A C string of at most 96 printable ASCII characters; nil for anything else.
    func text(at address: UInt) -> String? {
        var characters: [UInt8] = []
        while characters.count <= 96 {
            let next = address &+ UInt(characters.count)
            guard canRead(next, 1), let pointer = UnsafePointer<UInt8>(bitPattern: next) else { return nil }
            if pointer.pointee == 0 { return String(decoding: characters, as: UTF8.self) }
            guard 0x20..<0x7F ~= pointer.pointee else { return nil }
            characters.append(pointer.pointee)
        }
        return nil
    }
}
