/// How the blocks of several rows are interleaved: which bits of whose block lie where in a group of one block of each row.
///
/// Every bit of every block has one place, so rows can be taken apart without loss.
public struct Weave: Sendable, Hashable {
    /// Id of the format of single rows.
    public let base: String
    /// Bits that stay together, run by run.
    public let runs: [Run]

    /// Creates a weave. The loader of `Spec/` vouches for it: every bit of the group is there once.
    public init(base: String, runs: [Run]) {
        self.base = base
        self.runs = runs
    }

    /// Runs of so many bits of a field, each at a place that follows from digits, and the row.
    public struct Run: Sendable, Hashable {
        /// The field in a block of the base.
        public let field: String
        /// Bits that stay together, lowest first.
        public let width: Int
        /// What the runs of a block are counted by.
        public let digits: [Digit]
        /// The first bit in the field, for digits that are all 0.
        public let from: Int
        /// Bits per digit in the field, in the order of the digits.
        public let strides: [Int]
        /// The first bit in the group.
        public let at: Int
        /// Bits per digit in the group.
        public let steps: [Int]
        /// Bits from one row to the next in the group.
        public let row: Int

        /// Creates runs.
        public init(field: String, width: Int, digits: [Digit], from: Int, strides: [Int], at: Int, steps: [Int], row: Int) {
            (self.field, self.width, self.digits) = (field, width, digits)
            (self.from, self.strides, self.at, self.steps, self.row) = (from, strides, at, steps, row)
        }

        /// The first bits of each run of one row: in the field, and in the group.
        public func places(ofRow number: Int) -> [(field: Int, group: Int)] {
            let run = IndexedInteger.Run(digits: digits, planes: [])
            return (0..<run.count).map {
                (from + run.offset(of: $0, strides: strides), at + number * row + run.offset(of: $0, strides: steps))
            }
        }
    }

    /// For every bit of a block of one row, its place in the group; nil for bits that no run has.
    public func places(ofRow number: Int, in base: BlockFormat) -> [Int?] {
        var places = [Int?](repeating: nil, count: 8 * base.bytes)
        for run in runs {
            guard let field = base.field(run.field) else { continue }
            for (start, group) in run.places(ofRow: number) {
                for bit in 0..<run.width where places.indices.contains(8 * field.offset + start + bit) {
                    places[8 * field.offset + start + bit] = group + bit
                }
            }
        }
        return places
    }
}
