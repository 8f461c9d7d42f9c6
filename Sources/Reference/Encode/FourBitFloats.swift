/// MXFP4: thirty-two weights, a power of two as scale, E2M1 codes. Importances play no part.
struct MicroscalingEncoder: BaseEncoder {
    private let book: SignedBook

    /// - Parameter values: twice the E2M1 numbers, by code.
    init?(values: [Int]) {
        guard let book = SignedBook(values) else { return nil }
        self.book = book
    }

    /// The exponent of the scale is that of the largest magnitude, floor(log2), less 2; a block of zeros has the code 0.
    ///
    /// The logarithm is the fp32 one (`FamilyE4M3.flooredLogarithm`). The code is a byte: below 2^-125, exponents run out and it begins
    /// again at 255, so that such blocks decode to zeros.
    func encode(_ x: UnsafeBufferPointer<Float>, guidance: Guidance, meanSquareOfRow: Float, into content: inout BlockContent) {
        let largest = abs(SymmetricSearch.signedExtreme(x))
        let code = largest > 0 && largest.isFinite ? FamilyE4M3.flooredLogarithm(largest) - 2 + 127 : 0
        let scale = SmallFloats.float(e8m0half: UInt8(truncatingIfNeeded: code))
        content.scale = scale
        for i in x.indices { content.codes[i] = book.nearest(x[i], scale: scale) }
    }
}

/// NVFP4: sixty-four weights, a scale in UE4M3 for each sixteen, E2M1 codes. Importances play no part.
struct SmallFloatScaleEncoder: BaseEncoder {
    private let book: SignedBook

    /// - Parameter values: twice the E2M1 numbers, by code.
    init?(values: [Int]) {
        guard let book = SignedBook(values) else { return nil }
        self.book = book
    }

    /// The scale maps the largest magnitude to the largest number, 6, and is rounded before codes are chosen.
    func encode(_ x: UnsafeBufferPointer<Float>, guidance: Guidance, meanSquareOfRow: Float, into content: inout BlockContent) {
        let size = x.count / content.scales.count
        for group in content.scales.indices {
            let part = x.group(size * group, size)
            let code = Self.code(abs(SymmetricSearch.signedExtreme(part)) / 6)
            // In units of 2^-10 (NUM-12), and a power of two, so exact.
            let scale = Float(Self.units(code)) / 1024
            content.scales[group] = code
            for i in part.indices { content.codes[size * group + i] = book.nearest(part[i], scale: scale) }
        }
    }

    /// The UE4M3 code of a number that is not negative: three bits of the fraction, rounded by the fourth alone. Below 2^-6 it counts
    /// 2^-9, the sum with a half cut off, at most 7. What reaches 256 is 448, so that 256 to 416 are never written.
    static func code(_ value: Float) -> UInt8 {
        guard value > 0 else { return 0 }
        guard value < 256 else { return 0x7E }
        let exponent = Int(value.exponent) + 7
        if exponent <= 0 { return UInt8(min(7, Rounding.truncate(value * 512 + 0.5))) }
        // Three bits of fraction, and the fourth to round by.
        let fraction = Int(value.bitPattern >> 19 & 0xF)
        let code = exponent << 3 + (fraction + 1) >> 1
        return code < 15 << 3 ? UInt8(code) : 0x7E
    }

    /// Half of what a code means, in units of 2^-10.
    private static func units(_ code: UInt8) -> Int {
        let (exponent, fraction) = (Int(code >> 3), Int(code & 7))
        return exponent == 0 ? fraction : (8 + fraction) << (exponent - 1)
    }
}

/// Eight magnitudes, rising from 0, and the same again with a sign.
private struct SignedBook: Sendable {
    private let magnitudes: SIMD8<Float>

    /// Nil if a book is not made like this.
    init?(_ values: [Int]) {
        guard values.count == 16, values.first == 0, (0..<8).allSatisfy({ values[8 + $0] == -values[$0] }),
            zip(values[..<8], values[1..<8]).allSatisfy({ $0 < $1 })
        else { return nil }
        magnitudes = SIMD8(values[..<8].map(Float.init))
    }

    /// The code whose number times the scale is nearest, the first of equally near ones: the zero without a sign, the lower magnitude.
    ///
    /// Only numbers with the sign of the value come into question, and zero: the others are farther, and -0 comes after 0.
    @inline(__always)
    func nearest(_ value: Float, scale: Float) -> UInt8 {
        let magnitude = abs(value)
        let products = magnitudes * scale
        var best = abs(products[0] - magnitude)
        var code: UInt8 = 0
        for other in 1..<8 {
            let error = abs(products[other] - magnitude)
            if error < best { (best, code) = (error, UInt8(other)) }
        }
        return value < 0 && code > 0 ? code + 8 : code
    }
}
