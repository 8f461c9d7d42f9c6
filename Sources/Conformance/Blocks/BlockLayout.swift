import BlockSpec

/// Where the bits of a format's codes, scales and minima are, worked out once per format.
final class BlockLayout: Sendable {
    /// Integers of one kind.
    struct Part: Sendable {
        /// Consecutive bits of one integer.
        struct Plane: Sendable {
            /// First bit in the block, per integer.
            let positions: [Int]
            let width: Int
            let place: Int
        }

        let planes: [Plane]
        /// Bits of a raw integer.
        let width: Int
        /// Integers in a block.
        let count: Int
        /// What each raw integer means.
        let values: [Int]
    }

    let code: Part?
    let scale: Part?
    let minimum: Part?
    let slots: BlockDraft.Slots?

    private init(_ format: BlockFormat) {
        code = format.decoding?.code.map { Self.part($0, format) }
        scale = format.decoding?.scale.map { Self.part($0, format) }
        minimum = format.decoding?.minimum.map { Self.part($0, format) }
        slots = BlockDraft.Slots(format)
    }

    /// The layout of a format of the spec; others are computed each time.
    static func of(_ format: BlockFormat) -> BlockLayout { known[format.id] ?? BlockLayout(format) }

    private static let known: [String: BlockLayout] =
        Dictionary(Spec.formats.map { ($0.id, BlockLayout($0)) }, uniquingKeysWith: { first, _ in first })

    private static func part(_ rule: IndexedInteger, _ format: BlockFormat) -> Part {
        let count = rule.digits.reduce(1) { $0 * $1.radix }
        let planes = rule.planes.compactMap { plane -> Part.Plane? in
            guard let field = format.field(plane.field) else { return nil }
            let positions = (0..<count).map { 8 * field.offset + plane.firstBit + rule.offset(of: $0, strides: plane.strides) }
            return Part.Plane(positions: positions, width: plane.width, place: plane.place)
        }
        let width = rule.planes.reduce(0) { max($0, $1.place + $1.width) }
        return Part(planes: planes, width: width, count: count, values: ValueProof.values(of: rule))
    }
}

extension BlockDraft.Slots {
    /// Nil for a format without outliers.
    init?(_ format: BlockFormat) {
        guard let rule = format.decoding?.correction, let index = format.field(rule.index),
            let values = rule.value.names.compactMap(format.field).first(where: { $0.count == rule.slots })
        else { return nil }
        let scale = rule.value.names.compactMap(format.field).first { $0.count == 1 }
        self.init(rule: rule, index: index, values: values, scale: scale, count: rule.count.flatMap { format.field($0.field) })
    }
}
