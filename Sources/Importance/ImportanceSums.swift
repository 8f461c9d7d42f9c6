import HIFIFiles
import HIFIGGUF

/// How strongly each column of a model's matrices is used on a text: the sums of squared activations that a quantizer weights errors by,
/// as they are collected. ``ImportanceMatrix`` is what a reader makes of them.
public struct ImportanceSums: Sendable {
    /// One matrix of the model.
    public struct Entry: Sendable, Hashable {
        /// Name of the tensor.
        public let name: String
        /// Σ x² of each column's activations; for a tensor of several experts those of each, one after another.
        public let sums: [Float]
        /// Rows of activations summed over, of each expert.
        public let counts: [Int]

        package init(name: String, sums: [Float], counts: [Int]) { (self.name, self.sums, self.counts) = (name, sums, counts) }
    }

    /// In the order of names as bytes.
    public let entries: [Entry]
    /// The text, as the user named it.
    public let dataset: String
    /// Chunks of text.
    public let chunks: Int
    /// Tokens in a chunk.
    public let chunkSize: Int

    package init(entries: [Entry], dataset: String, chunks: Int, chunkSize: Int) {
        (self.entries, self.dataset, self.chunks, self.chunkSize) = (entries, dataset, chunks, chunkSize)
    }

    /// Type id of fp32, the same in every dialect.
    private static let f32: UInt32 = 0

    /// Writes the form that llama-quantize reads: for each matrix a tensor `NAME.in_sum2` with the sums and a tensor `NAME.counts` with the
    /// number of rows, both with a row for each expert where there are several.
    ///
    /// - Throws: `FileError`, and `GGUFWriterError` where a tensor's name is too long to be extended.
    public func write(to path: String) throws {
        var writer = GGUFWriter()
        try writer.add(GGUFNames.typeKey, .string(GGUFNames.type))
        try writer.add(GGUFNames.datasets, .strings([dataset]))
        try writer.add(GGUFNames.chunkCount, .uint32(UInt32(clamping: chunks)))
        try writer.add(GGUFNames.chunkSize, .uint32(UInt32(clamping: chunkSize)))
        for entry in entries {
            let data = Self.bytes(entry.sums)
            try writer.addTensor(
                entry.name + GGUFNames.sums, dimensions: Self.dimensions(entry), typeID: Self.f32, data: ByteView(data))
            try writer.addTensor(
                entry.name + GGUFNames.counts, dimensions: entry.counts.count == 1 ? [1] : [1, UInt64(entry.counts.count)],
                typeID: Self.f32, data: ByteView(Self.bytes(entry.counts.map { Float($0) })))
        }
        try writer.write(to: path)
    }

    private static func dimensions(_ entry: Entry) -> [UInt64] {
        let experts = entry.counts.count
        return experts == 1 ? [UInt64(entry.sums.count)] : [UInt64(entry.sums.count / experts), UInt64(experts)]
    }

    private static func bytes(_ values: [Float]) -> [UInt8] {
        values.flatMap { value in withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) } }
    }
}

/// Names in the GGUF form, for who writes it and who reads it.
enum GGUFNames {
    static let typeKey = "general.type"
    static let type = "imatrix"
    static let datasets = "imatrix.datasets"
    static let chunkCount = "imatrix.chunk_count"
    static let chunkSize = "imatrix.chunk_size"
    /// After a matrix' name, the tensor of its sums and that of its counts.
    static let sums = ".in_sum2"
    static let counts = ".counts"
}
