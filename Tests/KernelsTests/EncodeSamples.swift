import HIFIBlockSpec
import HIFIKernels
import HIFIReference
import TestSupport
import Testing

/// Weights to encode: what tensors hold, and what encoders stumble over.
enum EncodeSamples: String, CaseIterable, Sendable {
    case gaussian, heavyTailed, few, zeros, subnormal, tiny, constant, alternating, huge, spread, oneHot, steps

    /// `count` weights; the same for the same seed.
    func weights(_ count: Int, seed: UInt64) -> [Float] {
        var random = Sequence64(state: seed &+ UInt64(Self.allCases.firstIndex(of: self) ?? 0) &* 1_000_003)
        return (0..<count).map { i in
            let normal = Self.normal(&random)
            return switch self {
            case .gaussian: 0.02 * normal
            // Quotients of normals: now and then very large.
            case .heavyTailed: Self.held(0.01 * normal / Self.normal(&random))
            // Few levels: ties everywhere, between weights and half way between codes.
            case .few: Float(Int(random.next() % 9)) * 0.25 - 1
            case .zeros: i / 16 % 3 == 1 ? 0.1 * normal : random.next() % 2 == 0 ? 0 : -0.0
            case .subnormal: Float(bitPattern: UInt32(truncatingIfNeeded: random.next()) & 0x8003_FFFF)
            // Around the magnitude below which groups become zero, and scales that vanish in fp16.
            case .tiny: normal * [1e-16, 1e-15, 1e-9, 1e-6][i / 64 % 4]
            case .constant: [0.5, -0.5, 65504, 1e-3][i / 256 % 4]
            case .alternating: (i % 2 == 0 ? 1 : -1) * [1, 0.3][i / 128 % 2]
            case .huge: Self.held(30000 * normal)
            // Every magnitude of fp32 up to the largest that is taken.
            case .spread: Self.held(Float(bitPattern: UInt32(truncatingIfNeeded: random.next()) % 0x477F_E000) * (normal < 0 ? -1 : 1))
            case .oneHot: random.next() % 97 == 0 ? normal : 0
            case .steps: Float(i % 16) - 8 + (random.next() % 4 == 0 ? 0.5 : 0)
            }
        }
    }

    /// Importances for a row: positive, with zeros and whole sub-blocks of zero, and over many magnitudes.
    static func importance(_ count: Int, seed: UInt64) -> [Float] {
        var random = Sequence64(state: seed ^ 0x1234)
        return (0..<count).map { i in
            let normal = normal(&random)
            return switch i / 256 % 4 {
            case 0: normal * normal
            case 1: random.next() % 4 == 0 ? 0 : abs(normal)
            case 2: i % 64 < 32 ? 0 : 1
            default: abs(normal) * Float(bitPattern: (0x2000_0000 + UInt32(random.next() % 0x3000_0000)))
            }
        }
    }

    private static func held(_ value: Float) -> Float { value.isNaN ? 0 : max(-65504, min(65504, value)) }

    /// About normal: the sum of twelve uniform numbers.
    private static func normal(_ random: inout Sequence64) -> Float {
        var sum: Float = -6
        for _ in 0..<3 {
            let bits = random.next()
            for k in 0..<4 { sum += Float(bits >> (16 * UInt64(k)) & 0xFFFF) / 65536 }
        }
        return sum
    }
}

/// One format with encoding kernels and a number of outliers. What the reference writes is asked for once, and each instruction set is
/// compared with it.
struct EncodeSubject: Sendable, CustomTestStringConvertible {
    let format: BlockFormat
    let outliers: Int?

    var testDescription: String { "\(format.id)\(outliers.map { " with \($0) outliers" } ?? "")" }

    func encoder(_ isa: InstructionSet, _ policy: InputPolicy = .reject, threads: Int = 1) throws -> BlockEncoder {
        try BlockEncoder(format, outliers: outliers, policy: policy, backend: CPUBackend(isa: isa, threads: threads))
    }

    func reference(_ policy: InputPolicy = .reject) throws -> ReferenceEncoder {
        try ReferenceEncoder(format, outliers: outliers, policy: policy)
    }

    /// Every format with encoding kernels, and some with fewer outliers.
    static let all: [EncodeSubject] = {
        guard let backend = try? CPUBackend(isa: .scalar) else { return [] }
        let formats = Spec.formats.filter { (try? BlockEncoder($0, backend: backend))?.isNative == true }
        return formats.map { EncodeSubject(format: $0, outliers: nil) }
            + [("q3_k_hifi@r12c", 0), ("q3_k_hifi@r12c", 2), ("q3_k_hifi@r13", 3), ("q4_k_hifi", 0), ("q4_k_hifi", 5)]
            .compactMap { id, count in Spec.format(id).map { EncodeSubject(format: $0, outliers: count) } }
    }()
}
