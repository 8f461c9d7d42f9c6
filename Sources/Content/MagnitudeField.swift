import HIFIBlockSpec
import HIFICKernels
import HIFIReference

/// A field of blocks whose numbers are of one size throughout a healthy tensor: a scale, a minimum, stored outliers (CONTENT-11).
///
/// All of them are taken from the weights of their block, and weights of one tensor differ by far less than a factor of 1024
/// from block to block; random bytes do not care. Only exponents are compared, so a count for each is all that is kept.
struct MagnitudeField: Sendable {
    let field: Field
    /// Bytes of a scalar: 2 for fp16, 4 for fp32.
    private let width: Int

    /// How many binades a number may lie above what nearly all others stay in: 2¹⁰ = 1024.
    private static let tolerance = 10
    /// Tensors with no more numbers than this are not judged.
    private static let fewest = 64
    /// In a tensor of this many blocks one number in 64 is 32 numbers at least.
    private static let manyBlocks = 2048
    /// What is usual is no less than 2 to this power, the smallest that fp16 holds with all its bits.
    private static let floor = -14

    private init?(_ field: Field) {
        switch field.type {
        case .f16: width = 2
        case .f32 where field.parts.isEmpty: width = 4
        default: return nil
        }
        self.field = field
    }

    /// The fields of a format, in the order of its checks; none for element types.
    static func all(of format: BlockFormat) -> [MagnitudeField] {
        guard format.elements > 1 else { return [] }
        return format.checks.filter { $0.kind == .finite }.compactMap { format.field($0.field) }.compactMap(MagnitudeField.init)
    }

    /// Offsets in a block of the words that hold the scalars' exponents.
    var exponentWords: [Int] { !field.parts.isEmpty ? [] : (0..<field.count).map { field.offset + width * ($0 + 1) - 2 } }

    private var bias: Int { width == 2 ? 15 : 127 }
    private var fractionBits: Int { width == 2 ? 10 : 23 }

    /// The exponent that a word has of which only the exponent's bits were kept.
    private func exponent(ofKept word: UInt16) -> Int { Int(word >> (width == 2 ? 10 : 7)) - bias }

    /// Whether so many numbers may lie above what counts as usual: damage that is larger shows otherwise.
    private static func isRare(_ above: Int, of total: Int) -> Bool { above * 64 < total || (above < 32 && above * 8 < total) }

    /// Whether kernels saw enough to say that all numbers are in proportion.
    ///
    /// Among each 64 blocks each lane of the field has a number that is no smaller than its `low`, so one in 64 of all numbers is
    /// no smaller than the smallest `low`, and what is usual neither. Lanes without a normal number do not count.
    ///
    /// - Parameters:
    ///   - blocks: how many blocks the tensor has.
    ///   - lanes: a bit for each lane that the field's exponents came to.
    func isInProportion(_ seen: hifi_scan_found, blocks: Int, lanes: UInt64) -> Bool {
        guard blocks >= Self.manyBlocks, lanes != 0 else { return false }
        var (high, low) = (UInt16.min, UInt16.max)
        withUnsafeBytes(of: seen.high) { highs in
            withUnsafeBytes(of: seen.low) { lows in
                for lane in 0..<64 where lanes >> UInt64(lane) & 1 == 1 {
                    let largest = highs.load(fromByteOffset: 2 * lane, as: UInt16.self)
                    guard largest > 0 else { continue }
                    high = max(high, largest)
                    low = min(low, lows.load(fromByteOffset: 2 * lane, as: UInt16.self))
                }
            }
        }
        guard high > 0 else { return true }
        guard low < .max else { return false }
        return exponent(ofKept: high) <= max(exponent(ofKept: low), Self.floor) + Self.tolerance
    }

    /// Looks at every number of a tensor; nil where all are in proportion.
    ///
    /// - Parameters:
    ///   - tensor: whole blocks, `stride` bytes apart.
    ///   - exampleLimit: how many places are kept.
    func disproportion(in tensor: UnsafeRawBufferPointer, stride: Int, exampleLimit: Int) -> Disproportion? {
        var counts = [Int](repeating: 0, count: 256)
        each(in: tensor, stride) { _, _, bits in counts[bits >> fractionBits] += 1 }
        let total = counts.reduce(0, +)
        guard total > Self.fewest else { return nil }
        var above = total
        let usual = counts.indices.first { exponent in
            above -= counts[exponent]
            return Self.isRare(above, of: total)
        }
        guard let usual else { return nil }
        let limit = max(usual, Self.floor + bias) + Self.tolerance
        guard counts.dropFirst(limit + 1).contains(where: { $0 > 0 }) else { return nil }
        var found = Disproportion(field: field, limit: Float(sign: .plus, exponent: limit + 1 - bias, significand: 1))
        // Sixteen bits hold all of an fp16, and of an fp32 what is worth telling.
        let dropped = 8 * width - 16
        var magnitudes = [Int](repeating: 0, count: 1 << 16)
        each(in: tensor, stride) { block, scalar, bits in
            magnitudes[bits >> dropped] += 1
            guard bits >> fractionBits > limit else { return }
            if found.count == 0 { found.first = value(bits) }
            found.count += 1
            if found.examples.count < exampleLimit { found.examples.append(.init(block: block, scalar: scalar)) }
        }
        var below = 0
        let middle = magnitudes.indices.first { magnitude in
            below += magnitudes[magnitude]
            return 2 * below >= total
        }
        found.median = value((middle ?? 0) << dropped)
        return found
    }

    private func value(_ bits: Int) -> Float {
        width == 2 ? SmallFloats.float(half: UInt16(truncatingIfNeeded: bits)) : Float(bitPattern: UInt32(truncatingIfNeeded: bits))
    }

    /// Calls `body` with block, scalar and bits without the sign of each normal number: not zero, not subnormal, finite.
    @inline(__always)
    private func each(in tensor: UnsafeRawBufferPointer, _ stride: Int, _ body: (_ block: Int, _ scalar: Int, _ bits: Int) -> Void) {
        guard let start = tensor.baseAddress else { return }
        let (least, end) = (1 << fractionBits, (2 * bias + 1) << fractionBits)
        for block in 0..<tensor.count / stride {
            let place = start + block * stride + field.offset
            if !field.parts.isEmpty {
                let first = start + block * stride
                let bits = Int(field.gathered { first.byte($0) } & 0x7FFF)
                if least <= bits, bits < end { body(block, 0, bits) }
                continue
            }
            for scalar in 0..<field.count {
                let bits =
                    width == 2
                    ? Int(place.half(2 * scalar) & 0x7FFF)
                    : Int(place.loadUnaligned(fromByteOffset: 4 * scalar, as: UInt32.self).littleEndian & 0x7FFF_FFFF)
                if least <= bits, bits < end { body(block, scalar, bits) }
            }
        }
    }
}

/// Numbers of a field that are out of all proportion to the others of their tensor.
public struct Disproportion: Sendable, Hashable {
    /// The field of the block.
    public let field: Field
    /// What magnitudes should be below.
    public let limit: Float
    /// How many are not.
    public internal(set) var count = 0
    /// The first of them.
    public internal(set) var examples: [ContentTally.Example] = []
    /// Magnitude of the first of them.
    public internal(set) var first: Float = 0
    /// Of the magnitudes of all normal numbers; of fp32 to eight bits.
    public internal(set) var median: Float = 0

    package init(field: Field, limit: Float) {
        self.field = field
        self.limit = limit
    }
}

extension hifi_scan_found {
    /// Before anything was seen.
    package static let nothing: hifi_scan_found = {
        var found = hifi_scan_found()
        withUnsafeMutableBytes(of: &found.low) { _ = $0.initializeMemory(as: UInt8.self, repeating: 0xFF) }
        return found
    }()
}
