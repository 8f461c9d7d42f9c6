import HIFIBlockSpec

/// The bytes of one block, read scalar by scalar and bit by bit.
///
/// The bounds were settled when the spec was loaded (every field and plane lies inside the block) and are checked again by
/// the buffer on each access.
package struct BlockBytes {
    let bytes: UnsafeRawBufferPointer

    /// - Parameter bytes: as long as the block that the fields are of.
    package init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// Scalar `index` of a field as fp32: exact where the type is narrower than fp32 (NUM-03), else rounded (NUM-06).
    package func float(_ field: Field, _ index: Int = 0) -> Float {
        switch field.type {
        case .f32: Float(bitPattern: load(UInt32.self, field, index))
        case .f16: SmallFloats.float(half: load(UInt16.self, field, index))
        case .bf16: SmallFloats.float(bfloat16: load(UInt16.self, field, index))
        case .f64: Float(Double(bitPattern: load(UInt64.self, field, index)))
        case .e4m3hifi: SmallFloats.float(e4m3: load(UInt8.self, field, index))
        case .e8m0half: SmallFloats.float(e8m0half: load(UInt8.self, field, index))
        case .i64: Float(Int64(bitPattern: load(UInt64.self, field, index)))
        case .u8, .i8, .u16, .i16, .u32, .i32: Float(integer(field, index))
        }
    }

    /// Scalar `index` of an integer field.
    package func integer(_ field: Field, _ index: Int = 0) -> Int {
        switch field.type {
        case .u8, .e4m3hifi, .e8m0half: Int(load(UInt8.self, field, index))
        case .i8: Int(Int8(bitPattern: load(UInt8.self, field, index)))
        case .u16, .f16, .bf16: Int(load(UInt16.self, field, index))
        case .i16: Int(Int16(bitPattern: load(UInt16.self, field, index)))
        case .u32, .f32: Int(load(UInt32.self, field, index))
        case .i32: Int(Int32(bitPattern: load(UInt32.self, field, index)))
        case .i64, .f64: Int(Int64(bitPattern: load(UInt64.self, field, index)))
        }
    }

    /// `width` ≤ 8 bits from bit `position` of the block, least significant bit first.
    func bits(at position: Int, width: Int) -> Int {
        let byte = position >> 3
        let shift = position & 7
        var word = Int(bytes[byte])
        if shift + width > 8 { word |= Int(bytes[byte + 1]) << 8 }
        return word >> shift & (1 << width - 1)
    }

    private func load<T: FixedWidthInteger>(_ type: T.Type, _ field: Field, _ index: Int) -> T {
        if !field.parts.isEmpty { return T(truncatingIfNeeded: field.gathered { bytes[$0] }) }
        return T(littleEndian: bytes.loadUnaligned(fromByteOffset: field.offset + index * MemoryLayout<T>.size, as: T.self))
    }
}
