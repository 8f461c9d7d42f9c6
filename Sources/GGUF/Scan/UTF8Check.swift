/// What a strict look at bytes as UTF-8 finds.
struct UTF8Check {
    /// Offset of the first byte that begins no well-formed sequence (Unicode 16, table 3-7), or nil.
    var firstInvalid: Int?
    /// Offset of the first NUL, or nil. Only bytes before `firstInvalid` are looked at.
    var firstNUL: Int?

    /// Checks `bytes`; overlong forms, surrogates and values above U+10FFFF are invalid.
    init(_ bytes: UnsafeRawBufferPointer) {
        var i = 0
        let end = bytes.count
        while i < end {
            if end - i >= 8 {
                let word = bytes.loadUnaligned(fromByteOffset: i, as: UInt64.self)
                let hasZero = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
                if word & 0x8080_8080_8080_8080 == 0, hasZero == 0 {
                    i += 8
                    continue
                }
            }
            let first = bytes[i]
            if first < 0x80 {
                if first == 0, firstNUL == nil { firstNUL = i }
                i += 1
                continue
            }
            guard let length = Self.sequenceLength(bytes, at: i) else {
                firstInvalid = i
                return
            }
            i += length
        }
    }

    /// The length of the well-formed multi-byte sequence at `i`, or nil.
    private static func sequenceLength(_ bytes: UnsafeRawBufferPointer, at i: Int) -> Int? {
        let secondRange: ClosedRange<UInt8>
        let length: Int
        switch bytes[i] {
        case 0xc2...0xdf: (length, secondRange) = (2, 0x80...0xbf)
        case 0xe0: (length, secondRange) = (3, 0xa0...0xbf)
        case 0xe1...0xec, 0xee...0xef: (length, secondRange) = (3, 0x80...0xbf)
        case 0xed: (length, secondRange) = (3, 0x80...0x9f)
        case 0xf0: (length, secondRange) = (4, 0x90...0xbf)
        case 0xf1...0xf3: (length, secondRange) = (4, 0x80...0xbf)
        case 0xf4: (length, secondRange) = (4, 0x80...0x8f)
        default: return nil
        }
        guard bytes.count - i >= length, secondRange.contains(bytes[i + 1]) else { return nil }
        for k in 2..<max(length, 2) where bytes[i + k] & 0xc0 != 0x80 { return nil }
        return length
    }
}
