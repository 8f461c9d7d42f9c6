/// How the integers of a declaration are found and what their bits mean: the one statement of it that every reader uses.
extension IndexedInteger {
    /// Some integers of a block in a row, with digits and planes of their own.
    ///
    /// The planes of all runs agree in number, width, place and sign; only where they lie differs.
    public struct Run: Sendable, Hashable {
        /// The number of an integer in mixed radix.
        public let digits: [Digit]
        /// Where its bits are.
        public let planes: [BitPlane]
        /// The lane of the first integer, where a selection counts them.
        public let firstLane: Int

        /// Creates a run.
        public init(digits: [Digit], planes: [BitPlane], firstLane: Int = 0) {
            self.digits = digits
            self.planes = planes
            self.firstLane = firstLane
        }

        /// Integers of the run.
        public var count: Int { digits.reduce(1) { $0 * $1.radix } }

        /// `Σ digit · stride` for this place in the run: how far its bits lie from a plane's first bit.
        public func offset(of index: Int, strides: [Int]) -> Int {
            var rest = index
            var offset = 0
            var place = min(digits.count, strides.count)
            while place > 0 {
                place -= 1
                let (quotient, digit) = rest.quotientAndRemainder(dividingBy: digits[place].radix)
                offset += digit * strides[place]
                rest = quotient
            }
            return offset
        }

        /// The offsets of all places in order, each digit laid out over those before it.
        func offsets(strides: [Int]) -> [Int] {
            zip(digits, strides).reduce([0]) { offsets, pair in
                let (radix, stride) = (pair.0.radix, pair.1)
                var further: [Int] = []
                further.reserveCapacity(offsets.count * radix)
                for offset in offsets { for digit in 0..<radix { further.append(offset + digit * stride) } }
                return further
            }
        }

        /// The digits of these names at this place, read as one number.
        func number(of names: [String], at index: Int) -> Int {
            var rest = index
            var (number, weight) = (0, 1)
            for digit in digits.reversed() {
                if names.contains(digit.name) {
                    number += rest % digit.radix * weight
                    weight *= digit.radix
                }
                rest /= digit.radix
            }
            return number
        }
    }

    /// `Σ digit · stride` for this index of the first run.
    public func offset(of index: Int, strides: [Int]) -> Int { Run(digits: digits, planes: planes).offset(of: index, strides: strides) }

    /// All runs in order; one, where nothing else is declared.
    public var runs: [Run] { [Run(digits: digits, planes: planes)] + further }

    /// Integers in a block.
    public var count: Int { runs.reduce(0) { $0 + $1.count } }

    /// Bits of a code.
    public var width: Int { planes.reduce(0) { max($0, $1.place + $1.width) } }

    /// The first bit of a plane for every integer, counted from the start of the block.
    public func positions(ofPlane number: Int, in format: BlockFormat) -> [Int] {
        runs.flatMap { run -> [Int] in
            let plane = run.planes[number]
            let first = 8 * format.declared(plane.field).offset + plane.firstBit
            return run.offsets(strides: plane.strides).map { first + $0 }
        }
    }

    /// For every integer, which of the numbers that its code stands for is meant: 0 everywhere without a selection.
    public var lanes: [Int] {
        guard let selection else { return [Int](repeating: 0, count: count) }
        return runs.flatMap { run in (0..<run.count).map { run.firstLane + run.number(of: selection.lane, at: $0) } }
    }

    /// How many numbers a code stands for.
    public var laneCount: Int { (lanes.max() ?? 0) + 1 }

    /// The integer that a code means.
    ///
    /// - Parameters:
    ///   - code: the planes put together, as unsigned bits.
    ///   - lane: which of the numbers that it stands for; 0 without a selection.
    public func value(of code: Int, lane: Int = 0) -> Int {
        var number = 0
        for plane in planes {
            var bits = code >> plane.place & (1 << plane.width - 1)
            if plane.signed, bits >> (plane.width - 1) == 1 { bits -= 1 << plane.width }
            number += bits << plane.place
        }
        if let selection { return selection.value(of: number, lane: lane) + bias }
        return (codebook.map { $0[number] } ?? number) + bias
    }

    /// Every integer that can come out, each once, ascending.
    public var possibleValues: [Int] {
        if let selection, case .grid(let grid, _) = selection.rule {
            let signs = selection.signs == .none ? [1] : [1, -1]
            return Set(grid.numbers.flatMap { number in signs.map { $0 * Int(number) + bias } }).sorted()
        }
        let codes = 0..<1 << width
        return Set((0..<laneCount).flatMap { lane in codes.map { value(of: $0, lane: lane) } }).sorted()
    }
}
