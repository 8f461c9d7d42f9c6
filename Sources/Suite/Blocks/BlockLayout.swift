import HIFIBlockSpec

/// Where the bits of a format's codes, scales and minima are, worked out once per format.
package final class BlockLayout: Sendable {
    /// Integers of one kind.
    package struct Part: Sendable {
        /// Consecutive bits of one integer.
        package struct Plane: Sendable {
            /// First bit in the block, per integer.
            package let positions: [Int]
            package let width: Int
            package let place: Int
            /// Bits of the words whose Gray code is meant, and the first bit of their field; nil where the bits are those of the block.
            package let gray: (bits: Int, start: Int)?
        }

        package let planes: [Plane]
        /// Bits of a raw integer.
        package let width: Int
        /// Integers in a block.
        package let count: Int
        /// The declaration, for what raw integers mean.
        package let rule: IndexedInteger
        /// Which of the numbers of its code each integer takes; all 0 where codes are their own.
        package let lanes: [Int]
        /// What each raw integer means, where that is the same for all weights.
        private let values: [Int]

        package init(_ rule: IndexedInteger, planes: [Plane]) {
            (self.rule, self.planes, width, count, lanes) = (rule, planes, rule.width, rule.count, rule.lanes)
            values = rule.selection == nil ? (0..<1 << rule.width).map { rule.value(of: $0) } : []
        }

        /// What integer `index` is if its raw form is this.
        package func value(_ raw: Int, at index: Int) -> Int {
            rule.selection == nil ? values[raw] : rule.value(of: raw, lane: index < lanes.count ? lanes[index] : 0)
        }
    }

    package let code: Part?
    package let scale: Part?
    package let minimum: Part?
    package let slots: OutlierSlots?

    private init(_ format: BlockFormat) {
        code = format.decoding?.code.map { Self.part($0, format) }
        scale = format.decoding?.scale.map { Self.part($0, format) }
        minimum = format.decoding?.minimum.map { Self.part($0, format) }
        slots = format.outliers
    }

    /// The layout of a format of the spec; others are computed each time.
    package static func of(_ format: BlockFormat) -> BlockLayout {
        format.rowHeader == nil ? known[format.id] ?? BlockLayout(format) : BlockLayout(format)
    }

    private static let known: [String: BlockLayout] =
        Dictionary(SingleBlocks.formats.map { ($0.id, BlockLayout($0)) }, uniquingKeysWith: { first, _ in first })

    private static func part(_ rule: IndexedInteger, _ format: BlockFormat) -> Part {
        let planes = rule.planes.enumerated().map { number, plane in
            Part.Plane(
                positions: rule.positions(ofPlane: number, in: format), width: plane.width, place: plane.place,
                gray: plane.gray > 0 ? (plane.gray, 8 * format.declared(plane.field).offset) : nil)
        }
        return Part(rule, planes: planes)
    }
}
