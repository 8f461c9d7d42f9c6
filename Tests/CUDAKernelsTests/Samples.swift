import CUDAKernels
import HIFIBlockSpec
import HIFIKernels
import HIFIReference
import Testing

/// Everything that uses the shim's device, one test at a time: the device runs one kernel at a time anyway.
@Suite(.serialized, .onOwnThread) struct CUDAOnShim {}

/// A fixed sequence of numbers (SplitMix64), so that a failing case can be run again.
struct Sequence64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Made-up blocks.
enum Samples {
    /// The formats that the device has kernels for.
    static let formats = [
        "q3_k", "q4_k", "q5_k", "q6_k", "q8_0", "q3_k_hifi@r5", "q3_k_hifi@r6", "q3_k_hifi@r12c", "q3_k_hifi@r13", "q3_k_hifi_res8",
    ]

    static func format(_ id: String) throws -> BlockFormat { try #require(Spec.format(id)) }

    /// Any bytes; scales as tensors have them, or (`hostile`) also NaN, infinities, subnormals; positions by turns any, all equal,
    /// in pairs, sentinels; counts by turns any, within the limit, none, full.
    static func blocks(_ format: BlockFormat, count: Int, seed: UInt64, hostile: Bool = false) -> [UInt8] {
        let halves: [UInt16] = [0, 0x8000, 1, 0x83FF, 0x0400, 0x7BFF, 0xFBFF, 0x7C00, 0xFC00, 0x7C01, 0x7E00, 0xFFFF, 0x3C00]
        let singles: [UInt32] = [0, 0x8000_0000, 1, 0x807F_FFFF, 0x7F7F_FFFF, 0x7F80_0000, 0x7F80_0001, 0x3F80_0000]
        var random = Sequence64(state: seed)
        var bytes = (0..<count * format.bytes).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        func put<T: FixedWidthInteger>(_ value: T, _ place: Int) {
            for k in 0..<MemoryLayout<T>.size { bytes[place + k] = UInt8(truncatingIfNeeded: value >> T(8 * k)) }
        }
        for block in 0..<count {
            for field in format.fields where field.type.canBeNonFinite {
                let strange = hostile && random.next() % 2 == 0
                for k in 0..<field.count {
                    let value = Float.random(in: -0.01...0.01, using: &random) * (field.count > 1 ? 20 : 1)
                    let place = block * format.bytes + field.offset + field.type.bytes * k
                    if field.type == .f32 { put(strange ? singles[Int(random.next() % 8)] : value.bitPattern, place) }
                    if field.type == .f16 { put(strange ? halves[Int(random.next() % 13)] : SmallFloats.half(value), place) }
                }
            }
            guard let rule = format.decoding?.correction, let index = format.field(rule.index) else { continue }
            let place = block * format.bytes + index.offset
            for k in 0..<index.count {
                switch block % 5 {
                case 1: bytes[place + k] = bytes[place]
                case 2: bytes[place + k] = bytes[place + k / 2]
                case 3 where k >= 3: bytes[place + k] = 255
                default: break
                }
            }
            guard let field = rule.count.flatMap({ format.field($0.field) }), block % 4 != 0 else { continue }
            bytes[block * format.bytes + field.offset] = [0, UInt8(random.next() % 9), 0, 8][block % 4]
        }
        return bytes
    }

    /// Activations: mostly near zero, some large, whole blocks of zeros.
    static func activations(_ count: Int, seed: UInt64) -> [Float] {
        var random = Sequence64(state: seed)
        return (0..<count).map { i in
            if i / 256 % 7 == 5 { return i % 2 == 0 ? 0 : -0.0 }
            let value = Float.random(in: -1...1, using: &random) + Float.random(in: -1...1, using: &random)
            return random.next() % 97 == 0 ? value * 30 : value
        }
    }

    /// Rows of Q8_K by the reference.
    static func rows(_ count: Int, columns: Int, seed: UInt64) throws -> ActivationRows {
        let values = activations(count * columns, seed: seed)
        return try ActivationRows(q8k: ActivationQuantizer(format("q8_k")).quantize(values, columns: columns), columns: columns)
    }
}

extension KernelBackend {
    /// Decodes to a new array.
    func decoded(_ format: BlockFormat, _ blocks: [UInt8]) throws -> [Float] {
        var output = [Float](repeating: 0, count: blocks.count / format.bytes * format.elements)
        try blocks.withUnsafeBytes { bytes in try output.withUnsafeMutableBufferPointer { try decode(format, bytes, into: $0) } }
        return output
    }

    /// Multiplies to a new array.
    func product(_ format: BlockFormat, _ weights: [UInt8], rows: Int, by activations: ActivationRows) throws -> [Float] {
        var output = [Float](repeating: 0, count: rows * activations.rows)
        try weights.withUnsafeBytes { bytes in
            try output.withUnsafeMutableBufferPointer { try multiply(format, bytes, by: activations, into: $0) }
        }
        return output
    }
}

/// Products outside the reference's bound, as sentences.
func outside(
    _ format: BlockFormat, _ weights: [UInt8], _ activations: ActivationRows, _ found: [Float], rows: Int
) throws -> [String] {
    let reference = try ReferenceDot(format, activation: Samples.format("q8_k"))
    let rowBytes = weights.count / rows
    var wrong: [String] = []
    for a in 0..<activations.rows {
        let x = Array(activations.bytes[a * activations.rowBytes..<(a + 1) * activations.rowBytes])
        for w in 0..<rows {
            let value = try reference.dot(Array(weights[w * rowBytes..<(w + 1) * rowBytes]), x)
            let result = found[a * rows + w]
            if !value.admits(result, .blocked) {
                wrong.append("row \(w), column \(a): \(result) instead of \(value.value) ± \(value.bound(.blocked))")
            }
        }
    }
    return wrong
}

/// Weights that differ in bits, other than one NaN from another.
func differences(_ found: [Float], _ expected: [Float]) -> [String] {
    guard found.count == expected.count else { return ["\(found.count) weights instead of \(expected.count)"] }
    return found.indices.filter { found[$0].bitPattern != expected[$0].bitPattern && !(found[$0].isNaN && expected[$0].isNaN) }
        .map { "weight \($0): \(found[$0]) instead of \(expected[$0])" }
}
