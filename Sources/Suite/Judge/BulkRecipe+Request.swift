import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import HIFIGGUF

extension BulkRecipe {
    /// The request that the recipe stands for.
    ///
    /// - Throws: if a recorded file is missing or has another size than the recipe says.
    public func request(format name: String, in store: VectorStore) throws(VectorProblem) -> Request {
        guard let format = Spec.format(name) else { throw .malformed(file: "bulk", what: "no format \(ForeignText(name))") }
        switch source {
        case .generated(let generator, let seed, let count):
            let single = format.asOneBlockRows
            return .decode(format: name, blocks: single.row(of: generator.blocks(of: single, seed: seed, count: count)))
        case .recordedBlocks(let file, let count, _):
            let blocks = try store.read(file)
            guard blocks.count == count * format.bytes else {
                throw .malformed(file: file, what: "it does not hold \(count) blocks of \(format.id)")
            }
            return .decode(format: name, blocks: blocks)
        case .recordedWeights(let file, let importance, let path, let rows, let columns, _):
            let values = try Self.floats(store.read(file), file: file)
            guard values.count >= rows * columns else { throw .malformed(file: file, what: "it does not hold \(rows) rows of \(columns)") }
            let weights: [Float]? = if let importance { try Self.floats(store.read(importance), file: importance) } else { nil }
            return .encode(
                format: name, path: path, values: Array(values.prefix(rows * columns)), columns: columns, importance: weights)
        }
    }

    private static func floats(_ bytes: [UInt8], file: String) throws(VectorProblem) -> [Float] {
        guard bytes.count % 4 == 0 else { throw .malformed(file: file, what: "its size is not a multiple of 4") }
        return stride(from: 0, to: bytes.count, by: 4).map { start in
            Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) })
        }
    }

    /// XXH3-128 of an answer, NaNs as a class; nil if there is nothing to digest.
    public static func digest(of answer: Answer) -> String? {
        switch answer {
        case .bytes(let bytes): return Digest.of(ByteView(bytes), .xxh128).hex
        case .floats(let values):
            var bytes: [UInt8] = []
            bytes.reserveCapacity(4 * values.count)
            for value in values {
                let bits = FloatPattern.classified(value)
                for shift in stride(from: UInt32(0), to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: bits >> shift)) }
            }
            return Digest.of(ByteView(bytes), .xxh128).hex
        default: return nil
        }
    }
}
