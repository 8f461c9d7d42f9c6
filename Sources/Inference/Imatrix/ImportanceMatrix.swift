import Files
import GGUF

/// How strongly each column of a model's matrices is used on a text: the sums of squared activations that a quantizer weights errors by.
public struct ImportanceMatrix: Sendable {
    /// One matrix of the model.
    public struct Entry: Sendable, Hashable {
        /// Name of the tensor.
        public let name: String
        /// Σ x² of each column's activations; for a tensor of several experts those of each, one after another.
        public let sums: [Float]
        /// Rows of activations summed over, of each expert.
        public let counts: [Int]
    }

    /// In the order of names as bytes.
    public let entries: [Entry]
    /// The text, as the user named it.
    public let dataset: String
    /// Chunks of text.
    public let chunks: Int
    /// Tokens in a chunk.
    public let chunkSize: Int

    /// Type id of fp32, the same in every dialect.
    private static let f32: UInt32 = 0

    /// Writes the form that llama-quantize reads: for each matrix a tensor `NAME.in_sum2` with the sums and a tensor `NAME.counts` with the
    /// number of rows, both with a row for each expert where there are several.
    ///
    /// - Throws: `FileError`, and `GGUFWriterError` where a tensor's name is too long to be extended.
    public func write(to path: String) throws {
        var writer = GGUFWriter()
        try writer.add("general.type", .string("imatrix"))
        try writer.add("imatrix.datasets", .strings([dataset]))
        try writer.add("imatrix.chunk_count", .uint32(UInt32(clamping: chunks)))
        try writer.add("imatrix.chunk_size", .uint32(UInt32(clamping: chunkSize)))
        for entry in entries {
            let data = Self.bytes(entry.sums)
            try writer.addTensor(
                "\(entry.name).in_sum2", dimensions: Self.dimensions(entry), typeID: Self.f32, data: ByteView(data))
            try writer.addTensor(
                "\(entry.name).counts", dimensions: entry.counts.count == 1 ? [1] : [1, UInt64(entry.counts.count)], typeID: Self.f32,
                data: ByteView(Self.bytes(entry.counts.map { Float($0) })))
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
