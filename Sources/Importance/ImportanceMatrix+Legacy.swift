import HIFIFiles
import HIFIForeign
import HIFIGGUF

extension ImportanceMatrix {
    /// The older form: a count of entries; for each a name, calls, a count of values and the values summed over the calls; then,
    /// in newer files, the number of chunks and the name of the text. All little-endian, counts of four bytes.
    static func readLegacy(_ bytes: ByteView, path: ForeignText) throws(ImportanceError) -> ImportanceMatrix {
        var reader = LegacyReader(bytes: bytes)
        func broken(_ what: String) -> ImportanceError {
            .malformed(
                path: path,
                "this is not an importance matrix: neither GGUF nor the older form, whose \(what) is not readable at byte \(reader.offset)")
        }
        guard let count = reader.count(), count > 0 else { throw broken("number of entries") }
        var entries: [ForeignText: [Float]] = [:]
        for index in 0..<count {
            guard let name = reader.string(), !name.isEmpty else { throw broken("name of entry \(index)") }
            guard let calls = reader.int32() else { throw broken("number of calls of entry \(index)") }
            guard let size = reader.count(), size > 0, var values = reader.floats(size) else { throw broken("entry \(name)") }
            if calls > 0 { for i in values.indices { values[i] /= Float(calls) } }
            entries[name] = values
        }
        // Files from before 2024 end here.
        guard !reader.isAtEnd else { return try ImportanceMatrix(path: path, entries: entries, dataset: nil, chunks: 0) }
        guard let chunks = reader.count(), let dataset = reader.string() else { throw broken("number of chunks or text name") }
        return try ImportanceMatrix(path: path, entries: entries, dataset: dataset, chunks: chunks)
    }
}

/// Reads the fields of the older form one after another; nil where the file has no room for one.
private struct LegacyReader {
    let bytes: ByteView
    private(set) var offset = 0

    init(bytes: ByteView) { self.bytes = bytes }

    var isAtEnd: Bool { offset == bytes.count }

    mutating func int32() -> Int32? {
        guard let value = bytes.load(UInt32.self, at: offset) else { return nil }
        offset += 4
        return Int32(bitPattern: value)
    }

    /// A number from 0 up.
    mutating func count() -> Int? { int32().flatMap { $0 >= 0 ? Int($0) : nil } }

    mutating func string() -> ForeignText? {
        guard let length = count(), length <= bytes.count - offset, let text = bytes.slice(offset..<offset + length) else { return nil }
        offset += length
        return ForeignText(decoding: text)
    }

    mutating func floats(_ count: Int) -> [Float]? {
        guard count <= (bytes.count - offset) / 4 else { return nil }
        let start = offset
        offset += 4 * count
        return (0..<count).map { Float(bitPattern: bytes.load(UInt32.self, at: start + 4 * $0) ?? 0) }
    }
}
