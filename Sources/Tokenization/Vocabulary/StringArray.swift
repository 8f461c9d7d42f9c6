import HIFIFiles
import HIFIForeign
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import HIFIGGUF

/// The strings of a stored array, by number, as places in the file's bytes.
struct StringArray: Sendable {
    /// The stored value, with element type and count in front.
    let bytes: ByteView
    /// Where each string's text begins; its length stands in the eight bytes before. One more for the end.
    private let starts: [Int]
    /// Lengths of texts that have a zero byte, up to it: loaders take them as strings of C.
    private let cut: [Int: Int]

    /// - Returns: nil where the value is not an array of strings, or ends too early.
    init?(_ entry: MetadataEntry) {
        guard entry.elementType == .string, let count = entry.elementCount else { return nil }
        bytes = entry.valueBytes
        // A string takes eight bytes at least.
        guard count >= 0, count <= (bytes.count - 12) / 8 else { return nil }
        var starts: [Int] = []
        var cut: [Int: Int] = [:]
        starts.reserveCapacity(count + 1)
        let isWhole = entry.valueBytes.withUnsafeBytes { raw in
            var place = 12
            for _ in 0..<count {
                guard raw.count - place >= 8 else { return false }
                let length = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: place, as: UInt64.self))
                guard let length = Int(exactly: length), length <= raw.count - place - 8 else { return false }
                starts.append(place + 8)
                if let text = raw.baseAddress, let zero = memchr(text + place + 8, 0, length) {
                    cut[starts.count - 1] = UnsafeRawPointer(zero) - (text + place + 8)
                }
                place += 8 + length
            }
            starts.append(place + 8)
            return true
        }
        guard isWhole else { return nil }
        (self.starts, self.cut) = (starts, cut)
    }

    var count: Int { starts.count - 1 }

    /// Where the text of a string lies in ``bytes``, up to a zero byte.
    func range(_ index: Int) -> Range<Int> {
        if !cut.isEmpty, let length = cut[index] { return starts[index]..<starts[index] + length }
        return starts[index]..<starts[index + 1] - 8
    }

    /// A copy of a string's bytes.
    func text(_ index: Int) -> [UInt8] { bytes.slice(range(index)).map(Array.init) ?? [] }

    /// A string for messages.
    func shown(_ index: Int) -> ForeignText { ForeignText(decoding: text(index).prefix(120)) }
}
