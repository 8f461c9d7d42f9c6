import HIFIBlockSpec

/// A block whose fields can be set by name, whatever its format.
public struct HIFIBlock: Sendable {
    /// The format.
    public let format: BlockFormat
    /// The bytes.
    public var bytes: [UInt8]

    /// A block of given bytes.
    public init(_ format: BlockFormat, _ bytes: [UInt8]) { (self.format, self.bytes) = (format, bytes) }

    /// Stores the bits of scalar `index` of a field.
    public mutating func set(_ field: String, _ index: Int, to bits: Int) {
        guard let field = format.field(field), index < field.count else { preconditionFailure("no \(field)[\(index)] in \(format.id)") }
        for byte in 0..<field.type.bytes {
            bytes[field.offset + field.type.bytes * index + byte] = UInt8(truncatingIfNeeded: bits >> (8 * byte))
        }
    }

    /// The bits of scalar `index` of a field.
    public func get(_ field: String, _ index: Int) -> Int {
        guard let field = format.field(field), index < field.count else { preconditionFailure("no \(field)[\(index)] in \(format.id)") }
        return (0..<field.type.bytes).reduce(0) { $0 | Int(bytes[field.offset + field.type.bytes * index + $1]) << (8 * $1) }
    }

    /// Stores the unsigned code of a weight: what its bit planes hold before the bias.
    public mutating func setCode(of weight: Int, to code: Int) {
        guard let integer = format.decoding?.code else { preconditionFailure("\(format.id) has no codes") }
        for (number, plane) in integer.planes.enumerated() {
            let first = integer.positions(ofPlane: number, in: format)[weight]
            for bit in 0..<plane.width {
                let (byte, mask) = ((first + bit) / 8, UInt8(1 << ((first + bit) % 8)))
                if code >> (plane.place + bit) & 1 == 1 { bytes[byte] |= mask } else { bytes[byte] &= ~mask }
            }
        }
    }

    /// Exchanges two outliers.
    public mutating func swapSlots(_ a: Int, _ b: Int) {
        for field in ["outlier_idx", "outlier_vals"] {
            let first = get(field, a)
            set(field, a, to: get(field, b))
            set(field, b, to: first)
        }
    }

    /// A random block that obeys every check of its format.
    public static func valid(_ format: BlockFormat, _ random: inout SplitMix64) -> [UInt8] {
        var block = HIFIBlock(format, random.bytes(format.bytes))
        for field in format.fields where field.type.canBeNonFinite {
            for index in 0..<field.count { block.set(field.name, index, to: normal(field.type, &random)) }
        }
        for check in format.checks where check.kind == .zero {
            guard let field = format.field(check.field) else { continue }
            for index in 0..<field.count { block.set(field.name, index, to: 0) }
        }
        block.fillSlots(&random)
        return block.bytes
    }

    /// A number between about 2^-5 and 2^-3.
    private static func normal(_ type: ScalarType, _ random: inout SplitMix64) -> Int {
        switch type {
        case .f16: 0x2800 | Int.random(in: 0..<0x800, using: &random)
        case .bf16: 0x3D00 | Int.random(in: 0..<0x80, using: &random)
        case .f64: 0x3FB << 52 | Int.random(in: 0..<1 << 52, using: &random)
        default: 0x3D00_0000 | Int.random(in: 0..<0x80_0000, using: &random)
        }
    }

    /// Rising positions, most slots in use, the base zero under them, empty slots behind.
    private mutating func fillSlots(_ random: inout SplitMix64) {
        guard let correction = format.decoding?.correction else { return }
        let used = correction.count == nil ? correction.slots : max(1, min(correction.slots, correction.count?.maximum ?? 0) - 2)
        // Neither 0 nor 255: those also mark slots that are not in use.
        let positions = Array(Array(1..<min(255, format.elements)).shuffled(using: &random).prefix(used)).sorted()
        let values = correction.value.names.compactMap(format.field).filter { $0.count == correction.slots }
        for slot in 0..<correction.slots {
            set(correction.index, slot, to: slot < used ? positions[slot] : 0)
            for field in values where slot >= used { set(field.name, slot, to: 0) }
        }
        if let count = correction.count { set(count.field, 0, to: used) }
        guard let code = format.decoding?.code, format.decoding?.minimum == nil else { return }
        for position in positions { setCode(of: position, to: -code.bias) }
    }
}
