import HIFIReference
import Testing

@Suite("Small float encodings (NUM-03, NUM-07 to NUM-09)")
struct SmallFloatTests {
    @Test("every fp16 code converts to fp32 exactly; NaNs keep sign and payload and become quiet")
    func halfToFloat() {
        for bits in UInt16.min...UInt16.max {
            let found = SmallFloats.float(half: bits).bitPattern
            let exponent = bits >> 10 & 0x1F
            if exponent == 0x1F, bits & 0x3FF != 0 {
                #expect(found == UInt32(bits & 0x8000) << 16 | 0x7FC0_0000 | UInt32(bits & 0x3FF) << 13)
            } else {
                // By the definition of binary16, in exact Double arithmetic.
                let sign: Double = bits & 0x8000 == 0 ? 1 : -1
                let fraction = Double(bits & 0x3FF)
                let value =
                    exponent == 0x1F
                    ? .infinity
                    : exponent == 0
                        ? fraction * 0x1p-24 : (1024 + fraction) * Double(sign: .plus, exponent: Int(exponent) - 25, significand: 1)
                #expect(found == Float(sign * value).bitPattern, "code \(bits)")
            }
        }
    }

    @Test("fp32 rounds to the nearest fp16, ties to even, at and around every boundary")
    func floatToHalf() {
        for bits in UInt16(0)..<0x7BFF {
            let low = SmallFloats.float(half: bits)
            let high = SmallFloats.float(half: bits + 1)
            let tie = (low + high) / 2  // exact: fp32 has 13 more bits
            for sign: UInt16 in [0, 0x8000] {
                let minus: Float = sign == 0 ? 1 : -1
                #expect(SmallFloats.half(minus * low) == bits | sign)
                #expect(SmallFloats.half(minus * tie.nextDown) == bits | sign)
                #expect(SmallFloats.half(minus * tie) == (bits % 2 == 0 ? bits : bits + 1) | sign)
                #expect(SmallFloats.half(minus * tie.nextUp) == (bits + 1) | sign)
            }
        }
        #expect(SmallFloats.half(65504) == 0x7BFF)
        #expect(SmallFloats.half(Float(65520).nextDown) == 0x7BFF)
        #expect(SmallFloats.half(65520) == 0x7C00)
        #expect(SmallFloats.half(-.infinity) == 0xFC00)
        #expect(SmallFloats.half(.leastNonzeroMagnitude) == 0)
        #expect(SmallFloats.half(Float(bitPattern: 0xFF80_0001)) == 0xFE00)
    }

    @Test("fp32 rounds to the nearest bf16, ties to even, and back")
    func bfloat16() {
        for bits in UInt16(0)..<0x7F80 {
            let low = Float(bitPattern: UInt32(bits) << 16)
            #expect(SmallFloats.float(bfloat16: bits) == low)
            #expect(SmallFloats.bfloat16(low) == bits)
            let tie = Float(bitPattern: UInt32(bits) << 16 | 0x8000)
            #expect(SmallFloats.bfloat16(tie) == (bits % 2 == 0 ? bits : bits + 1))
            #expect(SmallFloats.bfloat16(tie.nextDown) == bits)
            #expect(SmallFloats.bfloat16(tie.nextUp) == bits + 1)
        }
        #expect(SmallFloats.bfloat16(Float(bitPattern: 0x7F80_0001)) & 0x7FC0 == 0x7FC0)
    }

    @Test("every code of the family's E4M3 is (1 + m/8)·2^(e−7), and code 0 is zero")
    func e4m3() {
        #expect(SmallFloats.float(e4m3: 0).bitPattern == 0)
        for code in UInt8(1)...255 {
            let magnitude = (1 + Double(code & 7) / 8) * Double(sign: .plus, exponent: Int(code >> 3 & 15) - 7, significand: 1)
            #expect(SmallFloats.float(e4m3: code) == Float(code < 128 ? magnitude : -magnitude))
        }
        #expect(SmallFloats.float(e4m3: 0x80) == -0.0078125)
        #expect(SmallFloats.float(e4m3: 0x7F) == 480)
    }

    @Test("every exponent code of MXFP4 is 2^(e−128)")
    func e8m0() {
        for code in UInt8.min...UInt8.max {
            #expect(SmallFloats.float(e8m0half: code) == Float(sign: .plus, exponent: Int(code) - 128, significand: 1))
        }
    }
}

@Suite("Strict arithmetic (NUM-01, NUM-02, NUM-04, NUM-05)")
struct StrictTests {
    let payload = Float(bitPattern: 0x7FC1_2345)
    let other = Float(bitPattern: 0xFFC0_0007)
    let signalling = Float(bitPattern: 0x7F80_0001)

    @Test("a NaN operand comes through quiet, the left one first")
    func propagation() {
        for operation in [Strict.add, Strict.subtract, Strict.multiply, Strict.divide] {
            #expect(operation(payload, 1).bitPattern == 0x7FC1_2345)
            #expect(operation(1, payload).bitPattern == 0x7FC1_2345)
            #expect(operation(payload, other).bitPattern == 0x7FC1_2345)
            #expect(operation(other, payload).bitPattern == 0xFFC0_0007)
            #expect(operation(signalling, 1).bitPattern == 0x7FC0_0001)
        }
    }

    @Test("invalid operations give one fixed NaN")
    func invalid() {
        let infinity = Float.infinity
        #expect(Strict.multiply(infinity, 0).bitPattern == 0xFFC0_0000)
        #expect(Strict.multiply(-0.0, infinity).bitPattern == 0xFFC0_0000)
        #expect(Strict.add(infinity, -infinity).bitPattern == 0xFFC0_0000)
        #expect(Strict.subtract(infinity, infinity).bitPattern == 0xFFC0_0000)
        #expect(Strict.divide(0, 0).bitPattern == 0xFFC0_0000)
    }

    @Test("a product and a sum are rounded one after the other, never fused")
    func noContraction() {
        // 1 + 2^-12 squared needs 25 bits: fused, the difference to its rounded square would not be zero.
        let a: Float = 1 + 0x1p-12
        #expect(Strict.subtract(Strict.multiply(a, a), a * a) == 0)
        #expect(Strict.add(Strict.multiply(a, a), -(1 + 0x1p-11)) == 0)
    }
}
