import HIFIBlockSpec

/// One thing that may have gone wrong in a decoder, stated so exactly that it predicts every bit.
struct Hypothesis {
    /// Stable name: `scale-bias`, `bit-flip`.
    let id: String
    /// What the decoder did, as a sentence without a full stop.
    let sentence: String
    /// The field of the block that it concerns.
    let field: String?
    /// True for a mistake of the decoder, which must show in every block; false for a mistake in this very block.
    let isGeneral: Bool
    /// What the decoder would give; nil where that cannot be said.
    let predict: (BlockContext) -> Prediction?

    init(_ id: String, _ sentence: String, field: String? = nil, isGeneral: Bool = true, _ predict: @escaping (BlockContext) -> Prediction?)
    {
        (self.id, self.sentence, self.field, self.isGeneral, self.predict) = (id, sentence, field, isGeneral, predict)
    }

    /// One that changes the block taken apart.
    static func change(
        _ id: String, _ sentence: String, field: String? = nil, isGeneral: Bool = true, _ change: @escaping (inout BlockModel) -> Void
    ) -> Hypothesis {
        Hypothesis(id, sentence, field: field, isGeneral: isGeneral) { context in
            guard var model = context.model else { return nil }
            change(&model)
            return .model(model)
        }
    }
}

/// A block and where it lies.
struct BlockContext {
    let format: BlockFormat
    let bytes: [UInt8]
    /// Number of the block.
    let index: Int
    /// Other blocks of the array, and bytes at any offset of it.
    let array: BlockArray

    /// The block taken apart.
    let model: BlockModel?

    init(_ anatomist: BlockAnatomist, _ array: BlockArray, _ index: Int) {
        (format, self.array, self.index) = (anatomist.format, array, index)
        bytes = array.block(index) ?? []
        model = anatomist.model(bytes)
    }
}

/// The blocks that a comparison is about: a slice of a file or an array.
public struct BlockArray: Sendable {
    private let read: @Sendable (Int, Int) -> [UInt8]?
    /// Bytes of one block.
    public let blockBytes: Int
    /// Number of whole blocks.
    public let count: Int
    /// How blocks make up rows that have headers, of which each block has a copy; nil where that is not known, or there are none.
    public let rows: Rows?

    /// Rows with headers.
    public struct Rows: Sendable {
        /// Blocks of a row, at least 1.
        public let blocks: Int
        /// Bytes of a header.
        public let headerBytes: Int
    }

    /// - Parameters:
    ///   - byteCount: bytes there are.
    ///   - read: the bytes at an offset; nil where they are not all there.
    public init(blockBytes: Int, byteCount: Int, rows: Rows? = nil, read: @escaping @Sendable (_ offset: Int, _ count: Int) -> [UInt8]?) {
        (self.blockBytes, count, self.rows, self.read) = (max(1, blockBytes), byteCount / max(1, blockBytes), rows, read)
    }

    /// Blocks in memory.
    public init(_ bytes: [UInt8], blockBytes: Int) {
        self.init(blockBytes: blockBytes, byteCount: bytes.count) { offset, count in
            guard offset >= 0, count >= 0, offset <= bytes.count, count <= bytes.count - offset else { return nil }
            return Array(bytes[offset..<offset + count])
        }
    }

    /// Block `index`; nil if there is none.
    public func block(_ index: Int) -> [UInt8]? {
        guard index >= 0, index < count else { return nil }
        return read(index * blockBytes, blockBytes)
    }

    /// Bytes anywhere; nil where they are not all there.
    package func bytes(at offset: Int, _ count: Int) -> [UInt8]? { read(offset, count) }
}

/// What a hypothesis says a block decodes to.
enum Prediction {
    case model(BlockModel)
    case values([Float])

    func weight(_ index: Int) -> UInt32 {
        switch self {
        case .model(let model): model.weight(index).bitPattern
        case .values(let values): values.indices.contains(index) ? values[index].bitPattern : 0
        }
    }

    /// Whether it gives these bits, any NaN for any NaN. `order` names the weights, the telling ones first.
    func gives(_ actual: [UInt32], order: [Int]) -> Bool {
        order.allSatisfy { index in
            let bits = weight(index)
            return bits == actual[index] || (FloatDistance.isNaN(bits) && FloatDistance.isNaN(actual[index]))
        }
    }
}
