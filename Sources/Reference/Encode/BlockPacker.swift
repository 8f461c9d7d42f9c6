import BlockSpec

/// Puts numbers where a format declares them. Layouts are stated once, in the spec; this reads them from there.
struct BlockPacker: Sendable {
    let format: BlockFormat
    private let codes: IntegerPacker?
    private let scales: IntegerPacker?
    private let minima: IntegerPacker?
    private let scale: Field?
    private let minimum: Field?

    /// Nil if the format is known by its size only.
    init?(_ format: BlockFormat) {
        guard let decoding = format.decoding else { return nil }
        self.format = format
        codes = decoding.code.flatMap { IntegerPacker($0, in: format) }
        scales = decoding.scale.flatMap { IntegerPacker($0, in: format) }
        minima = decoding.minimum.flatMap { IntegerPacker($0, in: format) }
        scale = format.field("d") ?? format.field("scale16")
        minimum = format.field("dmin") ?? format.field("m")
    }

    /// Room for the numbers of one block.
    func emptyContent() -> BlockContent {
        BlockContent(weights: format.elements, scales: scales?.count ?? 0, minima: minima?.count ?? 0)
    }

    /// Packs into a zeroed block.
    func write(_ content: BlockContent, to block: UnsafeMutableRawBufferPointer) {
        codes?.write(content.codes, used: content.codeCount, to: block)
        scales?.write(content.scales, used: content.scales.count, to: block)
        minima?.write(content.minima, used: content.minima.count, to: block)
        if let scale { FieldWriter.write(content.scale, to: scale, in: block) }
        if let minimum { FieldWriter.write(content.minimum, to: minimum, in: block) }
    }
}

/// Writes single scalars, little-endian.
enum FieldWriter {
    /// Rounds to the type of the field: fp16 and bf16 to nearest, ties to even; E4M3 by `FamilyE4M3`; f32 as it is.
    static func write(_ value: Float, to field: Field, _ index: Int = 0, in block: UnsafeMutableRawBufferPointer) {
        switch field.type {
        case .f16: store(SmallFloats.half(value), field, index, block)
        case .bf16: store(SmallFloats.bfloat16(value), field, index, block)
        case .f32: store(value.bitPattern, field, index, block)
        case .f64: store(Double(value).bitPattern, field, index, block)
        case .e4m3hifi: store(FamilyE4M3.encode(value), field, index, block)
        case .u8, .i8, .u16, .i16, .u32, .i32, .i64, .e8m0half: write(Int(Rounding.truncate(value)), to: field, index, in: block)
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
        block.storeBytes(of: bits.littleEndian, toByteOffset: field.offset + index * MemoryLayout<T>.size, as: T.self)
    }
}
