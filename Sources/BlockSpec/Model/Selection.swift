/// How one code stands for the numbers of several weights.
public struct Selection: Sendable, Hashable {
    /// Digits that say which of the numbers a weight takes, read together as one number, its *lane*.
    public let lane: [String]
    /// What the number of a code selects.
    public let rule: Rule
    /// Where the signs of the numbers are.
    public let signs: Signs

    /// What the number of a code selects from.
    public enum Rule: Sendable, Hashable {
        /// The lowest bits of the code, so many, are the number of an entry; lanes take its numbers in turn, over and over.
        case grid(Grid, bits: Int)
        /// The code is a fraction of 256 whose digits to base 3 are the numbers, the first digit first (`NUM-11`).
        case ternary
        /// The same with the fifth digit first.
        case ternaryFromLast
        /// The code starts a sequence whose terms are the numbers (`NUM-13`).
        case sequence(NumberSequence)
    }

    /// Where the signs of an entry are.
    public enum Signs: String, Sendable, Hashable, CaseIterable {
        /// Numbers are as the entry has them.
        case none
        /// The bit above the number of the entry belongs to this lane alone; set means negative.
        case own
        /// The bits above the number of the entry, from the lowest, belong to the lanes in turn; the last lane has none, and is
        /// negative if the number of bits that are set is odd. So an even number of lanes is negative.
        case parity

        /// Whether the number of a lane is negative.
        ///
        /// - Parameter bits: those above the number of the entry.
        public func isNegative(_ bits: Int, lane: Int) -> Bool {
            switch self {
            case .none: return false
            case .own: return bits & 1 == 1
            case .parity:
                let stored = bits & (1 << Selection.storedSigns - 1)
                return (lane < Selection.storedSigns ? stored >> lane : stored.nonzeroBitCount) & 1 == 1
            }
        }
    }

    /// Creates a selection.
    public init(lane: [String], rule: Rule, signs: Signs) {
        self.lane = lane
        self.rule = rule
        self.signs = signs
    }

    /// The number of this lane.
    public func value(of code: Int, lane: Int) -> Int {
        switch rule {
        case .ternary: return Self.ternaryDigit(of: code, place: lane)
        case .ternaryFromLast: return Self.ternaryDigit(of: code, place: Self.ternaryDigits - 1 - lane)
        case .sequence(let sequence): return sequence.number(code, lane)
        case .grid(let grid, let bits):
            let number = grid.number(code & (1 << bits - 1), lane % grid.lanes)
            return signs.isNegative(code >> bits, lane: lane) ? -number : number
        }
    }

    /// Digit `place`, from 0 on, of a byte as a fraction of 256 to base 3 (`NUM-11`).
    public static func ternaryDigit(of byte: Int, place: Int) -> Int {
        var fraction = byte & 0xFF
        for _ in 0..<place { fraction = (fraction * 3) & 0xFF }
        return (fraction * 3) >> 8
    }

    /// Ternary digits that a byte holds.
    public static let ternaryDigits = 5

    /// Signs that are stored where the last follows by parity.
    public static let storedSigns = 7
}

/// Numbers that follow from a code by a recurrence, as a trellis has them (`NUM-13`).
///
/// The state is 32 bits wide. It begins with the code and `start` added, and each step multiplies it by `multiplier`; carries out
/// of 32 bits are lost. After each step the four bytes of the state, those bits of them that `mask` keeps, are added up: with
/// `bias` added, and without its sign if `isMagnitude` is set, the sum is the next number.
public struct NumberSequence: Sendable, Hashable {
    /// Added to the code.
    public let start: UInt32
    /// What the state is multiplied by.
    public let multiplier: UInt32
    /// The bits of the state that count.
    public let mask: UInt32
    /// Added to each sum.
    public let bias: Int
    /// Whether numbers lose their sign.
    public let isMagnitude: Bool

    /// Creates a sequence.
    public init(start: UInt32, multiplier: UInt32, mask: UInt32, bias: Int, isMagnitude: Bool) {
        self.start = start
        self.multiplier = multiplier
        self.mask = mask
        self.bias = bias
        self.isMagnitude = isMagnitude
    }

    /// A number.
    ///
    /// - Parameters:
    ///   - code: its lowest 32 bits count.
    ///   - place: from 0 on; takes one step more than that.
    public func number(_ code: Int, _ place: Int) -> Int {
        var state = UInt32(truncatingIfNeeded: code) &+ start
        for _ in 0...max(0, place) { state = state &* multiplier }
        let kept = state & mask
        let sum = (0..<4).reduce(0) { $0 + Int(kept >> UInt32(8 * $1) & 0xFF) } + bias
        return isMagnitude ? abs(sum) : sum
    }
}

/// A table of entries of a few small numbers each, of which codes name one.
public struct Grid: Sendable, Hashable, Identifiable {
    /// E.g. `iq2_xxs`.
    public let id: String
    /// Numbers of an entry.
    public let lanes: Int
    /// Entry by entry.
    public let numbers: [Int8]

    /// Creates a grid.
    public init(id: String, lanes: Int, numbers: [Int8]) {
        self.id = id
        self.lanes = lanes
        self.numbers = numbers
    }

    /// How many there are, a power of two.
    public var entries: Int { numbers.count / lanes }

    /// One number.
    public func number(_ entry: Int, _ lane: Int) -> Int { Int(numbers[entry * lanes + lane]) }

    /// Unpacks a table: each number is the place of its value in `values`, packed into as few bits as that takes, lowest first.
    ///
    /// - Parameter packed: bytes as hexadecimal digits; what is no digit ends the table.
    public init(id: String, lanes: Int, entries: Int, values: [Int8], packed: String) {
        let width = Grid.bits(of: values)
        var numbers: [Int8] = []
        numbers.reserveCapacity(entries * lanes)
        var (word, have, high) = (0, 0, -1)
        for character in packed.utf8 {
            guard let digit = Grid.digit(character) else { break }
            if high < 0 {
                high = digit
                continue
            }
            word |= (high << 4 | digit) << have
            have += 8
            high = -1
            while have >= width, numbers.count < entries * lanes {
                let place = word & (1 << width - 1)
                numbers.append(place < values.count ? values[place] : 0)
                word >>= width
                have -= width
            }
        }
        self.init(id: id, lanes: lanes, numbers: numbers)
    }

    /// Bits that the places of so many values take.
    public static func bits(of values: [Int8]) -> Int { Int.bitWidth - max(1, values.count - 1).leadingZeroBitCount }

    private static func digit(_ character: UInt8) -> Int? {
        switch character {
        case 0x30...0x39: Int(character) - 0x30
        case 0x61...0x66: Int(character) - 0x61 + 10
        default: nil
        }
    }
}
