import HIFIReference
import TestSupport
import Testing

/// What one bit of a block means, by the sentences of the spec read backwards: from the bit to the weights.
enum BitMeaning: Hashable {
    /// Bit `place` of the code of a weight.
    case code(weight: Int, place: Int)
    /// Bit `place` of the scale of a sub-block.
    case scale(group: Int, place: Int)
    /// Bit `place` of the minimum of a sub-block.
    case minimum(group: Int, place: Int)
    /// Bit `place` of the first or second number for the whole block.
    case header(Int, place: Int)
    /// Plays no part in decoding.
    case nothing
}

/// The raw numbers that a weight is made of, before any bias, sign or table.
struct WeightBits {
    var code = 0
    var scale = 0
    var minimum = 0
    var headers = [0, 0]

    /// The first header as the number it stores.
    var d: Float { SmallFloats.float(half: UInt16(truncatingIfNeeded: headers[0])) }
    /// The second header as the number it stores.
    var second: Float { SmallFloats.float(half: UInt16(truncatingIfNeeded: headers[1])) }
}

/// The layout and arithmetic of a stock block type, written down a second time: no planes, no mixed radix.
struct LayoutSentence: Sendable, CustomTestStringConvertible {
    let format: String
    /// The clauses that are restated here.
    let clauses: String
    let bytes: Int
    let weights: Int
    /// Weights that share a scale.
    var group = 32
    /// Number of bits of a code.
    let codeBits: Int
    /// Codes, scales and headers of the block that single bits are flipped in: every weight is far from zero there.
    var base = WeightBits(code: 1, scale: 1, minimum: 1, headers: [0x3E00, 0x3A00])
    /// Bit `k` of byte `b` → meaning.
    let meaning: @Sendable (_ b: Int, _ k: Int) -> BitMeaning
    let value: @Sendable (WeightBits) -> Float

    var testDescription: String { "\(format) (\(clauses))" }

    /// All bits of the block in order.
    var meanings: [BitMeaning] { (0..<8 * bytes).map { meaning($0 / 8, $0 % 8) } }

    /// The numbers of every weight of a block.
    func read(_ block: [UInt8]) -> [WeightBits] {
        var found = [WeightBits](repeating: WeightBits(), count: weights)
        for (bit, meaning) in meanings.enumerated() where block[bit / 8] >> UInt8(bit % 8) & 1 == 1 {
            switch meaning {
            case .code(let weight, let place): found[weight].code |= 1 << place
            case .scale(let group, let place): for weight in members(group) { found[weight].scale |= 1 << place }
            case .minimum(let group, let place): for weight in members(group) { found[weight].minimum |= 1 << place }
            case .header(let number, let place): for weight in 0..<weights { found[weight].headers[number] |= 1 << place }
            case .nothing: break
            }
        }
        return found
    }

    /// The block in which each weight has these numbers.
    func write(_ numbers: (_ weight: Int) -> WeightBits) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: bytes)
        for (bit, meaning) in meanings.enumerated() {
            let isSet: Bool
            switch meaning {
            case .code(let weight, let place): isSet = numbers(weight).code >> place & 1 == 1
            case .scale(let group, let place): isSet = numbers(group * self.group).scale >> place & 1 == 1
            case .minimum(let group, let place): isSet = numbers(group * self.group).minimum >> place & 1 == 1
            case .header(let number, let place): isSet = numbers(0).headers[number] >> place & 1 == 1
            case .nothing: isSet = false
            }
            if isSet { block[bit / 8] |= 1 << UInt8(bit % 8) }
        }
        return block
    }

    /// The weights that a bit reaches.
    func reach(of meaning: BitMeaning) -> [Int] {
        switch meaning {
        case .code(let weight, _): [weight]
        case .scale(let group, _), .minimum(let group, _): Array(members(group))
        case .header: Array(0..<weights)
        case .nothing: []
        }
    }

    private func members(_ group: Int) -> Range<Int> { group * self.group..<(group + 1) * self.group }
}
