/// MXFP4: thirty-two weights, a power of two as scale, E2M1 codes. Importances play no part.
struct MicroscalingEncoder: BaseEncoder {
    /// Twice the E2M1 numbers, by code.
    let values: [Int]

    /// The exponent of the scale is that of the largest magnitude, floor(log2), less 2; a block of zeros has the code 0.
    ///
    /// The logarithm is the fp32 one (`FamilyE4M3.flooredLogarithm`). The code is a byte: below 2^-125, exponents run out and it begins
    /// again at 255, so that such blocks decode to zeros.
    func encode(_ x: UnsafeBufferPointer<Float>, guidance: Guidance, meanSquareOfRow: Float, into content: inout BlockContent) {
        let largest = abs(SymmetricSearch.signedExtreme(x))
        let code = largest > 0 && largest.isFinite ? FamilyE4M3.flooredLogarithm(largest) - 2 + 127 : 0
        let scale = SmallFloats.float(e8m0half: UInt8(truncatingIfNeeded: code))
        content.scale = scale
        for i in x.indices { content.codes[i] = nearestCode(x[i], scale: scale, values) }
    }
}

/// NVFP4: sixty-four weights, a scale in UE4M3 for each sixteen, E2M1 codes. Importances play no part.
struct SmallFloatScaleEncoder: BaseEncoder {
    /// Twice the E2M1 numbers, by code.
    let values: [Int]

    /// The scale maps the largest magnitude to the largest number, 6, and is rounded before codes are chosen.
    func encode(_ x: UnsafeBufferPointer<Float>, guidance: Guidance, meanSquareOfRow: Float, into content: inout BlockContent) {
        let size = x.count / content.scales.count
        for group in content.scales.indices {
            let part = x.group(size * group, size)
            let code = Self.code(abs(SymmetricSearch.signedExtreme(part)) / 6)
            // In units of 2^-10 (NUM-12), and a power of two, so exact.
            let scale = Float(Self.units(code)) / 1024
            content.scales[group] = code
            for i in part.indices { content.codes[size * group + i] = nearestCode(part[i], scale: scale, values) }
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

/// The code whose number times the scale is nearest, the first of equally near ones: the zero without a sign, the lower magnitude.
@inline(__always)
private func nearestCode(_ value: Float, scale: Float, _ values: [Int]) -> UInt8 {
    var best = abs(Float(values[0]) * scale - value)
    var code = 0
    for other in 1..<values.count {
        let error = abs(Float(values[other]) * scale - value)
        if error < best { (best, code) = (error, other) }
    }
    return UInt8(code)
}
