import HIFIBlockSpec

/// One block in the making: codes, scales and scalars are put where the format's declaration says.
///
/// Codes, scales and minima are given raw: the gathered bits, before codebook, grid and bias. Where weights share a code, or bits of
/// one, setting one weight's code sets that of all. The codes of a word that is stored as a Gray code have an even number of bits
/// between them: setting one of them may turn the lowest bit of the next.
public struct BlockDraft: Sendable {
    /// What it is a block of.
    public let format: BlockFormat
    /// The bytes so far.
    public var bytes: [UInt8]

    private let layout: BlockLayout

    /// A block of `fill` bytes.
    public init(_ format: BlockFormat, fill: UInt8 = 0) {
        self.format = format
        layout = BlockLayout.of(format)
        bytes = [UInt8](repeating: fill, count: format.bytes)
    }

    /// A block from its bytes.
    public init(_ format: BlockFormat, bytes: [UInt8]) {
        precondition(bytes.count == format.bytes, "a block has as many bytes as its format says")
        self.format = format
        layout = BlockLayout.of(format)
        self.bytes = bytes
    }

    /// Bits of a raw code; 0 for formats without codes.
    public var codeWidth: Int { layout.code?.width ?? 0 }
    /// Bits of a raw scale; 0 for formats without sub-block scales.
    public var scaleWidth: Int { layout.scale?.width ?? 0 }
    /// Bits of a raw minimum; 0 for formats without.
    public var minimumWidth: Int { layout.minimum?.width ?? 0 }
    /// Codes in a block.
    public var codeCount: Int { layout.code?.count ?? 0 }
    /// Scales in a block.
    public var scaleCount: Int { layout.scale?.count ?? 0 }
    /// Minima in a block.
    public var minimumCount: Int { layout.minimum?.count ?? 0 }

    /// Sets the raw code of weight `index`.
    public mutating func setCode(_ index: Int, _ raw: Int) { set(layout.code, index, raw) }
    /// Sets the raw scale of sub-block `index`.
    public mutating func setScale(_ index: Int, _ raw: Int) { set(layout.scale, index, raw) }
    /// Sets the raw minimum of sub-block `index`.
    public mutating func setMinimum(_ index: Int, _ raw: Int) { set(layout.minimum, index, raw) }
    /// The raw code of weight `index`.
    public func code(_ index: Int) -> Int { get(layout.code, index) }
    /// The raw scale of sub-block `index`.
    public func scale(_ index: Int) -> Int { get(layout.scale, index) }
    /// The raw minimum of sub-block `index`.
    public func minimum(_ index: Int) -> Int { get(layout.minimum, index) }

    /// The raw code that decodes to zero, where there is one: the negative of the bias.
    public var zeroCode: Int? {
        guard let code = format.decoding?.code, format.decoding?.minimum == nil, format.field("m") == nil else { return nil }
        if code.selection != nil { return nil }
        if let book = code.codebook { return book.firstIndex(of: -code.bias) }
        return -code.bias
    }

    /// Sets all bits of a scalar.
    public mutating func set(_ field: Field, _ index: Int = 0, bits: UInt64) {
        for part in field.parts {
            for bit in 0..<part.width {
                let position = 8 * field.offset + part.bit + bit
                let mask = UInt8(1) << UInt8(position & 7)
                if bits >> UInt64(part.place + bit) & 1 == 1 { bytes[position >> 3] |= mask } else { bytes[position >> 3] &= ~mask }
            }
        }
        guard field.parts.isEmpty else { return }
        let size = field.type.bytes
        for byte in 0..<size { bytes[field.offset + index * size + byte] = UInt8(truncatingIfNeeded: bits >> UInt64(8 * byte)) }
    }

    /// All bits of a scalar.
    public func bits(_ field: Field, _ index: Int = 0) -> UInt64 {
        guard field.parts.isEmpty else { return field.gathered { bytes[$0] } }
        let size = field.type.bytes
        return (0..<size).reduce(0) { $0 | UInt64(bytes[field.offset + index * size + $1]) << UInt64(8 * $1) }
    }

    private mutating func set(_ part: BlockLayout.Part?, _ index: Int, _ raw: Int) {
        for plane in part?.planes ?? [] {
            let start = plane.positions[index]
            if let gray = plane.gray {
                set(gray, start, plane.width, raw >> plane.place)
                continue
            }
            for bit in 0..<plane.width {
                let position = start + bit
                let mask = UInt8(1) << UInt8(position & 7)
                if raw >> (plane.place + bit) & 1 == 1 { bytes[position >> 3] |= mask } else { bytes[position >> 3] &= ~mask }
            }
        }
    }

    /// The word of a Gray code that a bit lies in, without its lowest bit, and where it begins.
    private func word(_ gray: (bits: Int, start: Int), _ position: Int) -> (value: UInt64, start: Int) {
        let start = position - (position - gray.start) % gray.bits
        var value: UInt64 = 0
        for bit in 1..<gray.bits {
            let at = start + bit
            value |= UInt64(bytes[at >> 3] >> UInt8(at & 7) & 1) << UInt64(bit)
        }
        return (value, start)
    }

    /// Puts bits into the Gray code of a word, whose lowest bit stays.
    private mutating func set(_ gray: (bits: Int, start: Int), _ position: Int, _ width: Int, _ raw: Int) {
        let word = word(gray, position)
        let place = position - word.start
        let mask: UInt64 = ((1 << UInt64(width)) - 1) << UInt64(place)
        var code = (word.value ^ word.value >> 1) & ~mask | UInt64(raw) << UInt64(place) & mask
        // The code of a word whose lowest bit is 0 has an even number of bits.
        if code.nonzeroBitCount % 2 == 1 { code ^= 1 << UInt64((place + width) % gray.bits) }
        var (value, above): (UInt64, UInt64) = (0, 0)
        for bit in (1..<gray.bits).reversed() {
            above ^= code >> UInt64(bit) & 1
            value |= above << UInt64(bit)
        }
        for bit in 1..<gray.bits {
            let at = word.start + bit
            let one = UInt8(1) << UInt8(at & 7)
            if value >> UInt64(bit) & 1 == 1 { bytes[at >> 3] |= one } else { bytes[at >> 3] &= ~one }
        }
    }

    private func get(_ part: BlockLayout.Part?, _ index: Int) -> Int {
        guard let part else { return 0 }
        var raw = 0
        for plane in part.planes {
            let start = plane.positions[index]
            if let gray = plane.gray {
                let word = self.word(gray, start)
                let code = Int(truncatingIfNeeded: (word.value ^ word.value >> 1) >> UInt64(start - word.start))
                raw |= (code & ((1 << plane.width) - 1)) << plane.place
                continue
            }
            var word = Int(bytes[start >> 3])
            if start & 7 + plane.width > 8 { word |= Int(bytes[start >> 3 + 1]) << 8 }
            raw |= (word >> (start & 7) & ((1 << plane.width) - 1)) << plane.place
        }
        return raw
    }
}

extension BlockDraft {
    /// The format's fields of outlier slots; nil without outliers.
    public var slots: OutlierSlots? { layout.slots }

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
