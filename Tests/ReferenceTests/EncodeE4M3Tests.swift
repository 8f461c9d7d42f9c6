import HIFIReference
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite("The family's E4M3 encoder (ENC-25)")
struct EncodeE4M3Tests {
    /// The fork's rule, written with the C library's logarithm.
    private func original(_ value: Float) -> UInt8 {
        if value == 0 { return 0 }
        let magnitude = abs(value)
        let exponent = max(0, min(15, Int(log2f(magnitude).rounded(.down)) + 7))
        let scale = exp2f(Float(exponent - 7))
        var fraction = magnitude / scale - 1
        if fraction < 0 { fraction = 0 }
        if fraction >= 1 { fraction = 0.999 }
        let eighths = min(7, Int((fraction * 8).rounded(.toNearestOrAwayFromZero)))
        return (value < 0 ? 0x80 : 0) | UInt8(exponent << 3 | eighths)
    }

    @Test("decides the exponent as an fp32 logarithm does, without one, around every power of two", arguments: -30...30)
    func powers(_ exponent: Int) {
        let power = UInt32(exponent + 127) << 23
        for bits in power - 5000...power + 5000 {
            let value = Float(bitPattern: bits)
            #expect(FamilyE4M3.encode(value) == original(value), "\(value)")
        }
    }

    @Test("agrees with that rule everywhere else, on a grid of 2^21 values")
    func grid() {
        var mismatches = 0
        for bits in stride(from: UInt32(90) << 23, to: UInt32(150) << 23, by: 241) {
            let value = Float(bitPattern: bits)
            if FamilyE4M3.encode(value) != original(value) || FamilyE4M3.encode(-value) != original(-value) { mismatches += 1 }
        }
        #expect(mismatches == 0)
    }

    @Test("every code but those of no value encodes to itself")
    func roundTrip() {
        // 0x80 decodes to −2^−7, which is also what encodes to it.
        for code in UInt8.min...UInt8.max { #expect(FamilyE4M3.encode(SmallFloats.float(e4m3: code)) == code) }
    }

    @Test("small residuals vanish, large ones saturate")
    func ends() {
        #expect(FamilyE4M3.encode(0x1p-8) == 0)
        #expect(FamilyE4M3.encode(0x1p-7) == 0)
        #expect(FamilyE4M3.encode(480) == 0x7F)
        #expect(FamilyE4M3.encode(1e9) == 0x7F)
    }
}
