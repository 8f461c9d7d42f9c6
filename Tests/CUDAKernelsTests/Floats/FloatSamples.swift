import CInference
import CUDAKernels

/// Made-up numbers, and the C kernels that decide what is right.
enum FloatSamples {
    static let table = hifi_float_kernels_fastest().pointee

    /// Numbers that arithmetic stumbles over.
    static let strange: [Float] = [
        0, -0.0, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude, 0x1p-130,
        .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 1, -1, 88.7, 88.8, -88.7, -88.8, 87.3, -87.3, -87.4, 0x1p-24, 65520, 65519,
        3e38,
    ]

    /// Numbers of both signs over `octaves` octaves; one in `every` is strange.
    static func numbers(_ count: Int, seed: UInt64, octaves: Int = 6, strangeOneIn every: Int = 0) -> [Float] {
        var random = Sequence64(state: seed)
        return (0..<count).map { _ in
            let value = Float.random(in: -1...1, using: &random)
            let exponent = Int(random.next() % UInt64(octaves)) - octaves / 2
            if every > 0, random.next() % UInt64(every) == 0 { return strange[Int(random.next() % UInt64(strange.count))] }
            return Float(sign: .plus, exponent: exponent, significand: value)
        }
    }

    /// Calls a C function on copies; gives the output.
    static func output(_ count: Int, _ body: (UnsafeMutablePointer<Float>) -> Void) -> [Float] {
        [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            if let start = buffer.baseAddress { body(start) }
            initialized = count
        }
    }
}

/// Whether two numbers are the same: NaNs are, and zeros if their sign is of no matter.
func same(_ a: Float, _ b: Float, signOfZero: Bool = true) -> Bool {
    a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN) || (!signOfZero && a == 0 && b == 0)
}

/// The first places where numbers differ.
func mismatches(_ what: String, _ found: [Float], _ expected: [Float], signOfZero: Bool = true) -> [String] {
    guard found.count == expected.count else { return ["\(what): \(found.count) numbers instead of \(expected.count)"] }
    return found.indices.filter { !same(found[$0], expected[$0], signOfZero: signOfZero) }.prefix(3)
        .map { "\(what): number \($0) is \(found[$0]) instead of \(expected[$0])" }
}
