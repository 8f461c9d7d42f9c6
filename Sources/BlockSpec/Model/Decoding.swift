/// The rule that turns a block's bits into weights.
///
/// In order: the integer `code` of each weight, the integer `scale` and `minimum` of its sub-block, the fp32 `value`,
/// and then the `correction` by stored outliers.
public struct Decoding: Sendable, Hashable {
    /// Nil for plain element types, whose value is a field.
    public let code: IndexedInteger?
    /// The integer that scales a sub-block; nil where the format has none.
    public let scale: IndexedInteger?
    /// The integer that is the minimum of a sub-block; nil where the format has none.
    public let minimum: IndexedInteger?
    /// fp32 arithmetic over `code`, `scale`, `min` and the scalar fields; every operation rounds once.
    public let value: Expression
    /// What stored outliers do; nil where the format has none.
    public let correction: Correction?

    /// Creates a rule.
    public init(code: IndexedInteger?, scale: IndexedInteger?, minimum: IndexedInteger?, value: Expression, correction: Correction?) {
        self.code = code
        self.scale = scale
        self.minimum = minimum
        self.value = value
        self.correction = correction
    }
}

/// An integer for each weight or sub-block, gathered from bit planes.
///
/// Weight `i` (or sub-block `i / every`) is written in the mixed radix of `digits`; each plane finds its bits at a
/// position that is affine in those digits.
public struct IndexedInteger: Sendable, Hashable {
    /// Weights that share one integer: 1 for codes, the sub-block length for scales.
    public let every: Int
    /// Most significant first. The product of the radices times `every` is the block length.
    public let digits: [Digit]
    /// Where the bits are; together they fill the integer from bit 0 up.
    public let planes: [BitPlane]
    /// Added to the gathered bits.
    public let bias: Int
    /// Code → value, before `bias`; nil means the code is its own value.
    public let codebook: [Int]?
    /// How a code stands for the numbers of several weights, before `bias`; nil where each weight has a code of its own.
    public let selection: Selection?
    /// Runs of weights after those that `digits` and `planes` are about, each with digits and planes of its own.
    public let further: [Run]
    /// For packed streams that leave out outliers: the index field whose positions have no code. Digits then count the
    /// weights that are not listed there.
    public let skipping: String?

    /// Creates an integer.
    public init(
        every: Int, digits: [Digit], planes: [BitPlane], bias: Int, codebook: [Int]?, selection: Selection? = nil, further: [Run] = [],
        skipping: String?
    ) {
        self.every = every
        self.digits = digits
        self.planes = planes
        self.bias = bias
        self.codebook = codebook
        self.selection = selection
        self.further = further
        self.skipping = skipping
    }
}

/// One digit of a mixed-radix index.
public struct Digit: Sendable, Hashable {
    /// The name in the declaration: `half`, `lane`.
    public let name: String
    /// How many values the digit has.
    public let radix: Int

    /// Creates a digit.
    public init(name: String, radix: Int) {
        self.name = name
        self.radix = radix
    }
}

/// Consecutive bits of a field, whose place depends on the digits.
///
/// A field is a bit string: bit `b` is bit `b mod 8` of byte `b div 8`. The plane's lowest bit is at
/// `firstBit + Σ digit · stride`.
public struct BitPlane: Sendable, Hashable {
    /// The field's name.
    public let field: String
    /// The lowest bit for the first weight, counted from the start of the field.
    public let firstBit: Int
    /// One stride in bits per digit, in the order of the digits.
    public let strides: [Int]
    /// Number of bits taken.
    public let width: Int
    /// Where they go: the taken bits are shifted left by this.
    public let place: Int
    /// Two's complement of `width` bits.
    public let signed: Bool
    /// Bits of the words that the field is taken for, where their Gray code is meant and not they themselves: of a word `w` the bits
    /// of `v ^ v >> 1`, where `v` is `w` without its lowest bit. 0 where the bits are those of the field.
    public let gray: Int

    /// Creates a plane.
    public init(field: String, firstBit: Int, strides: [Int], width: Int, place: Int, signed: Bool, gray: Int = 0) {
        self.field = field
        self.firstBit = firstBit
        self.strides = strides
        self.width = width
        self.place = place
        self.signed = signed
        self.gray = gray
    }

    /// The bits of the plane that begin at a bit position.
    ///
    /// - Parameters:
    ///   - position: counted from the start of the bytes that `byte` reads.
    ///   - start: the first bit of the field, from which words are counted.
    ///   - byte: a byte by its number; asked for bytes of the field only.
    @inlinable
    public func bits(at position: Int, fieldStart start: Int, _ byte: (Int) -> UInt8) -> Int {
        func bit(_ place: Int) -> Int { Int(byte(place >> 3) >> UInt8(place & 7) & 1) }
        guard gray > 0 else { return (0..<width).reduce(0) { $0 | bit(position + $1) << $1 } }
        return (0..<width).reduce(0) { bits, index in
            let place = position + index
            let inWord = (place - start) % gray
            let own = inWord == 0 ? 0 : bit(place)
            let next = inWord == gray - 1 ? 0 : bit(place + 1)
            return bits | (own ^ next) << index
        }
    }
}

/// What the stored outliers do to the decoded base.
public struct Correction: Sendable, Hashable {
    /// Whether values replace weights or are added to them.
    public let mode: Mode
    /// Slots stored in every block.
    public let slots: Int
    /// Field of weight positions; positions outside the block are ignored (and are a finding).
    public let index: String
    /// fp32 arithmetic over the scalar fields and, per slot, the fields that have one scalar per slot.
    public let value: Expression
    /// Nil: every slot is applied, always.
    public let count: Count?
    /// What a position listed twice means. Slots are taken in slot order.
    public let duplicates: Duplicates
    /// A bit that selects `mode` per block; nil where the mode is fixed.
    public let switching: ModeSwitch?

    /// What a value does to the weight at its position.
    public enum Mode: String, Sendable, Hashable, CaseIterable {
        /// `y[i] = value`
        case replace
        /// `y[i] = value + y[i]`, one fp32 rounding (the order matters only where both are NaN, NUM-04)
        case add
    }

    /// What a position means that is listed more than once.
    public enum Duplicates: String, Sendable, Hashable, CaseIterable {
        /// Every slot acts: the last replaces, all are added.
        case each
        /// Only the first slot with that position acts.
        case first
    }

    /// How many slots are in use: `min(field & mask, maximum)`.
    public struct Count: Sendable, Hashable {
        /// The field that holds the count.
        public let field: String
        /// The bits of the field that are the count.
        public let mask: Int
        /// The largest count; larger ones are treated as this.
        public let maximum: Int

        /// Creates a count.
        public init(field: String, mask: Int, maximum: Int) {
            self.field = field
            self.mask = mask
            self.maximum = maximum
        }
    }

    /// If any bit of `mask` is set in the field, `whenSet` is the mode.
    public struct ModeSwitch: Sendable, Hashable {
        /// The field that holds the bit.
        public let field: String
        /// The bits that switch.
        public let mask: Int
        /// The mode of blocks in which one of the bits is set.
        public let whenSet: Mode

        /// Creates a switch.
        public init(field: String, mask: Int, whenSet: Mode) {
            self.field = field
            self.mask = mask
            self.whenSet = whenSet
        }
    }

    /// Creates a correction.
    public init(
        mode: Mode, slots: Int, index: String, value: Expression, count: Count?, duplicates: Duplicates, switching: ModeSwitch?
    ) {
        self.mode = mode
        self.slots = slots
        self.index = index
        self.value = value
        self.count = count
        self.duplicates = duplicates
        self.switching = switching
    }
}
