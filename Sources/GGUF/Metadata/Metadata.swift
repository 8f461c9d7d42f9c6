import HIFIFiles
import HIFIForeign

/// The metadata of a file: its entries in file order, also reachable by key.
public struct Metadata: Sendable, RandomAccessCollection {
    private let entries: [MetadataEntry]
    private let indexByKey: [ByteView: Int]

    /// Entries in file order; `indexByKey` has the first entry of every key.
    init(entries: [MetadataEntry], indexByKey: [ByteView: Int]) {
        self.entries = entries
        self.indexByKey = indexByKey
    }

    /// Always 0.
    public var startIndex: Int { 0 }
    /// The number of entries.
    public var endIndex: Int { entries.count }
    /// Entry number `position`.
    public subscript(position: Int) -> MetadataEntry { entries[position] }

    /// The first entry whose key has exactly these bytes, or nil.
    public subscript(key: String) -> MetadataEntry? {
        indexByKey[ByteView(Array(key.utf8))].map { entries[$0] }
    }

    /// The first entry of this key, or nil.
    public subscript(key: ForeignText) -> MetadataEntry? { self[key.raw] }
}
