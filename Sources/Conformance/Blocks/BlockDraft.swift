import BlockSpec

/// One block in the making: codes, scales and scalars are put where the format's declaration says.
///
/// Codes, scales and minima are given raw: the gathered bits, before codebook and bias.
public struct BlockDraft: Sendable, Hashable {
    /// What it is a block of.
    public let format: BlockFormat
    /// The bytes so far.
    public var bytes: [UInt8]

    /// A block of `fill` bytes.
    public init(_ format: BlockFormat, fill: UInt8 = 0) {
        self.format = format
        bytes = [UInt8](repeating: fill, count: format.bytes)
    }

    /// A block from its bytes.
    public init(_ format: BlockFormat, bytes: [UInt8]) {
        precondition(bytes.count == format.bytes, "a block has as many bytes as its format says")
        self.format = format
        self.bytes = bytes
    }

    /// Bits of a raw code; 0 for formats without codes.
    public var codeWidth: Int { Self.width(format.decoding?.code) }
    /// Bits of a raw scale; 0 for formats without sub-block scales.
    public var scaleWidth: Int { Self.width(format.decoding?.scale) }
    /// Bits of a raw minimum; 0 for formats without.
    public var minimumWidth: Int { Self.width(format.decoding?.minimum) }
    /// Codes in a block.
    public var codeCount: Int { Self.count(format.decoding?.code) }
    /// Scales in a block.
    public var scaleCount: Int { Self.count(format.decoding?.scale) }
    /// Minima in a block.
    public var minimumCount: Int { Self.count(format.decoding?.minimum) }

    /// Sets the raw code of weight `index`.
    public mutating func setCode(_ index: Int, _ raw: Int) { set(format.decoding?.code, index, raw) }
    /// Sets the raw scale of sub-block `index`.
    public mutating func setScale(_ index: Int, _ raw: Int) { set(format.decoding?.scale, index, raw) }
    /// Sets the raw minimum of sub-block `index`.
    public mutating func setMinimum(_ index: Int, _ raw: Int) { set(format.decoding?.minimum, index, raw) }
    /// The raw code of weight `index`.
    public func code(_ index: Int) -> Int { get(format.decoding?.code, index) }
    /// The raw scale of sub-block `index`.
    public func scale(_ index: Int) -> Int { get(format.decoding?.scale, index) }
    /// The raw minimum of sub-block `index`.
    public func minimum(_ index: Int) -> Int { get(format.decoding?.minimum, index) }

    /// The raw code that decodes to zero, where there is one: the negative of the bias.
    public var zeroCode: Int? {
        guard let code = format.decoding?.code, format.decoding?.minimum == nil, format.field("m") == nil else { return nil }
        if let book = code.codebook { return book.firstIndex(of: -code.bias) }
        return -code.bias
    }

    /// Sets all bits of a scalar.
    public mutating func set(_ field: Field, _ index: Int = 0, bits: UInt64) {
        let size = field.type.bytes
        for byte in 0..<size { bytes[field.offset + index * size + byte] = UInt8(truncatingIfNeeded: bits >> UInt64(8 * byte)) }
    }

    /// All bits of a scalar.
    public func bits(_ field: Field, _ index: Int = 0) -> UInt64 {
        let size = field.type.bytes
        return (0..<size).reduce(0) { $0 | UInt64(bytes[field.offset + index * size + $1]) << UInt64(8 * $1) }
    }

    private static func width(_ rule: IndexedInteger?) -> Int { rule?.planes.reduce(0) { max($0, $1.place + $1.width) } ?? 0 }
    private static func count(_ rule: IndexedInteger?) -> Int { rule?.digits.reduce(1) { $0 * $1.radix } ?? 0 }

    private mutating func set(_ rule: IndexedInteger?, _ index: Int, _ raw: Int) {
        guard let rule else { return }
        for plane in rule.planes {
            guard let field = format.field(plane.field) else { continue }
            let start = 8 * field.offset + plane.firstBit + rule.offset(of: index, strides: plane.strides)
            for bit in 0..<plane.width {
                let position = start + bit
                let mask = UInt8(1) << UInt8(position & 7)
                if raw >> (plane.place + bit) & 1 == 1 { bytes[position >> 3] |= mask } else { bytes[position >> 3] &= ~mask }
            }
        }
    }

    private func get(_ rule: IndexedInteger?, _ index: Int) -> Int {
        guard let rule else { return 0 }
        var raw = 0
        for plane in rule.planes {
            guard let field = format.field(plane.field) else { continue }
            let start = 8 * field.offset + plane.firstBit + rule.offset(of: index, strides: plane.strides)
            for bit in 0..<plane.width {
                let position = start + bit
                raw |= Int(bytes[position >> 3] >> UInt8(position & 7) & 1) << (plane.place + bit)
            }
        }
        return raw
    }
}

extension BlockDraft {
    /// The format's fields of outlier slots; nil without outliers.
    public var slots: Slots? {
        guard let rule = format.decoding?.correction, let index = format.field(rule.index),
            let values = rule.value.names.compactMap(format.field).first(where: { $0.count == rule.slots })
        else { return nil }
        let scale = rule.value.names.compactMap(format.field).first { $0.count == 1 }
        return Slots(rule: rule, index: index, values: values, scale: scale, count: rule.count.flatMap { format.field($0.field) })
    }

    /// Where the slots of a format are.
    public struct Slots: Sendable, Hashable {
        /// The rule that reads them.
        public let rule: Correction
        /// Positions.
        public let index: Field
        /// Values, one per slot.
        public let values: Field
        /// The scale of values, where they have one.
        public let scale: Field?
        /// The number of slots in use, where it is stored.
        public let count: Field?
        /// Number of slots.
        public var number: Int { rule.slots }
        /// Whether a slot stores an fp16 value rather than a byte under a scale.
        public var storesHalves: Bool { values.type == .f16 }
    }

    /// Puts a position and a value (fp16 bits or a signed byte) into a slot.
    public mutating func setSlot(_ slot: Int, position: Int, value: Int) {
        guard let slots else { return }
        set(slots.index, slot, bits: UInt64(truncatingIfNeeded: position))
        set(slots.values, slot, bits: UInt64(truncatingIfNeeded: value))
    }

    /// Says how many slots are in use, where the format can say so.
    public mutating func setCount(_ count: Int) {
        guard let field = slots?.count else { return }
        set(field, bits: UInt64(truncatingIfNeeded: count))
    }
}
