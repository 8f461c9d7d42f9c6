import HIFIBlockSpec

/// Puts numbers where a format declares them. Layouts are stated once, in the spec; this reads them from there.
struct BlockPacker: Sendable {
    let format: BlockFormat
    private let codes: IntegerPacker?
    private let scales: IntegerPacker?
    private let minima: IntegerPacker?
    private let scale: Field?
    private let minimum: Field?
    private let ternary: TernaryPacker?
    private let hasEntries: Bool

    /// Nil if the format is known by its size only.
    init?(_ format: BlockFormat) {
        guard let decoding = format.decoding else { return nil }
        self.format = format
        codes = decoding.code.flatMap { IntegerPacker($0, in: format) }
        scales = decoding.scale.flatMap { IntegerPacker($0, in: format) }
        minima = decoding.minimum.flatMap { IntegerPacker($0, in: format) }
        // A field of several scalars is one of codes.
        scale = ["d", "scale16", "e"].lazy.compactMap(format.field).first { $0.count == 1 }
        switch decoding.code?.selection?.rule {
        case .ternary: (ternary, hasEntries) = (decoding.code.flatMap { TernaryPacker($0, in: format) }, false)
        case .grid: (ternary, hasEntries) = (nil, true)
        // Read only: nothing here encodes them.
        case .ternaryFromLast, .sequence, nil: (ternary, hasEntries) = (nil, false)
        }
        minimum = format.field("dmin") ?? format.field("m")
    }

    /// Room for the numbers of one block.
    func emptyContent() -> BlockContent {
        BlockContent(
            weights: format.elements, entries: hasEntries ? format.elements : 0, scales: scales?.count ?? 0, minima: minima?.count ?? 0)
    }

    /// Packs into a zeroed block.
    func write(_ content: BlockContent, to block: UnsafeMutableRawBufferPointer) {
        if let ternary {
            ternary.write(content.codes, to: block)
        } else if hasEntries {
            codes?.write(content.entries, used: content.codeCount, to: block)
        } else {
            codes?.write(content.codes, used: content.codeCount, to: block)
        }
        scales?.write(content.scales, used: content.scales.count, to: block)
        minima?.write(content.minima, used: content.minima.count, to: block)
        if let scale { FieldWriter.write(content.scale, to: scale, in: block) }
        if let minimum { FieldWriter.write(content.minimum, to: minimum, in: block) }
    }
}

/// Writes single scalars, little-endian.
enum FieldWriter {
    /// Rounds to the type of the field: fp16 and bf16 to nearest, ties to even; E4M3 by `FamilyE4M3`; f32 as it is. A power of two
    /// (`e8m0_half`) is taken as one that the type holds.
    static func write(_ value: Float, to field: Field, _ index: Int = 0, in block: UnsafeMutableRawBufferPointer) {
        switch field.type {
        case .f16: store(SmallFloats.half(value), field, index, block)
        case .bf16: store(SmallFloats.bfloat16(value), field, index, block)
        case .f32: store(value.bitPattern, field, index, block)
        case .f64: store(Double(value).bitPattern, field, index, block)
        case .e4m3hifi: store(FamilyE4M3.encode(value), field, index, block)
        case .e8m0half: store(UInt8(truncatingIfNeeded: Int(value.exponent) + 128), field, index, block)
        case .u8, .i8, .u16, .i16, .u32, .i32, .i64: write(Int(Rounding.truncate(value)), to: field, index, in: block)
        }
    }

    /// Stores the low bits of an integer.
    static func write(_ value: Int, to field: Field, _ index: Int = 0, in block: UnsafeMutableRawBufferPointer) {
        switch field.type.bytes {
        case 1: store(UInt8(truncatingIfNeeded: value), field, index, block)
        case 2: store(UInt16(truncatingIfNeeded: value), field, index, block)
        case 4: store(UInt32(truncatingIfNeeded: value), field, index, block)
        default: store(UInt64(truncatingIfNeeded: value), field, index, block)
        }
    }

    private static func store<T: FixedWidthInteger>(_ bits: T, _ field: Field, _ index: Int, _ block: UnsafeMutableRawBufferPointer) {
        guard field.parts.isEmpty else {
            scatter(UInt64(truncatingIfNeeded: bits), field, block)
            return
        }
        block.storeBytes(of: bits.littleEndian, toByteOffset: field.offset + index * MemoryLayout<T>.size, as: T.self)
    }

    /// Puts the bits of a scalar that is cut up into their places, whatever these hold.
    private static func scatter(_ bits: UInt64, _ field: Field, _ block: UnsafeMutableRawBufferPointer) {
        for part in field.parts {
            for index in 0..<part.width {
                let position = 8 * field.offset + part.bit + index
                let mask: UInt8 = 1 << (position & 7)
                let isSet = bits >> (part.place + index) & 1 == 1
                block[position >> 3] = block[position >> 3] & ~mask | (isSet ? mask : 0)
            }
        }
    }
}
