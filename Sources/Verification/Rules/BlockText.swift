import HIFIBlockSpec
import HIFIContent
import HIFIFiles
import HIFIGGUF

/// What a rule asks of a block's field and what is there, as short phrases with bit patterns.
struct BlockText {
    let place: BlockPlace
    let data: ByteView

    private var format: BlockFormat { place.format }

    func expected(_ check: ContentCheck) -> String {
        switch check.kind {
        case .finite: "a finite number"
        case .zero: "zero"
        case .countWithinSlots: "at most \(SlotReader(format)?.maximum ?? 0)"
        case .indexInBlock: "a position below \(format.elements)"
        case .distinct: "each position once"
        case .ascending: "rising positions"
        case .unusedSlotsZero: "position 0 and value 0"
        case .baseZeroUnderOutlier: "a base that decodes to zero there"
        case .sentinelSparesWeights: "unused slots only at weights that are zero, each position once"
        case .countZeroButSlotsFilled: "empty slots"
        case .bytesWritten: "a byte that encoders write"
        }
    }

    func found(_ check: ContentCheck, _ field: Field, _ example: ContentTally.Example) -> String? {
        guard let block = data.slice(place.range(ofBlock: example.block)) else { return nil }
        let subscriptText = !place.isOne(field) ? "[\(example.scalar)]" : ""
        let name = field.name + subscriptText
        switch check.kind {
        case .bytesWritten:
            let byte = field.offset + example.scalar
            return block.indices.contains(byte) ? "\(name) = \(Self.hex(UInt64(block[byte]), digits: 2))" : nil
        case .finite, .countWithinSlots, .indexInBlock: return Self.scalar(block, field, example.scalar).map { "\(name) = \($0)" }
        case .zero:
            // The scan gives the byte in the field.
            let byte = field.offset + example.scalar
            return block.indices.contains(byte) ? "byte \(byte) of the block = \(Self.hex(UInt64(block[byte]), digits: 2))" : nil
        case .distinct, .ascending, .unusedSlotsZero, .baseZeroUnderOutlier, .sentinelSparesWeights, .countZeroButSlotsFilled:
            guard let slots = SlotReader(format), let (position, value) = slots.slot(example.scalar, of: block) else { return nil }
            return "slot \(example.scalar): position \(position), value \(Self.hex(UInt64(value), digits: 4))"
        }
    }

    /// The stored bits, with their meaning where it is not just a number: `0x7E00 (NaN)`.
    private static func scalar(_ block: ByteView, _ field: Field, _ index: Int) -> String? {
        guard let bits = bits(block, field, index) else { return nil }
        switch field.type {
        case .f16, .bf16, .f32, .f64:
            let isNegative = bits >> UInt64(8 * field.type.bytes - 1) == 1
            let meaning = isNaN(block, field, index) ? "NaN" : isNegative ? "-infinity" : "+infinity"
            return "\(hex(bits, digits: 2 * field.type.bytes)) (\(meaning))"
        default: return "\(bits)"
        }
    }

    /// Whether a float that is not finite is a NaN: its mantissa is not zero.
    static func isNaN(_ block: ByteView?, _ field: Field, _ index: Int) -> Bool {
        guard let block, let bits = bits(block, field, index) else { return false }
        let mantissaBits: UInt64 =
            switch field.type {
            case .f16: 10
            case .bf16: 7
            case .f32: 23
            default: 52
            }
        return bits & (1 << mantissaBits - 1) != 0
    }

    private static func bits(_ block: ByteView, _ field: Field, _ index: Int) -> UInt64? {
        if !field.parts.isEmpty { return block.indices.contains(field.range.upperBound - 1) ? field.gathered { block[$0] } : nil }
        let offset = field.offset + field.type.bytes * index
        switch field.type.bytes {
        case 1: return block.load(UInt8.self, at: offset).map(UInt64.init)
        case 2: return block.load(UInt16.self, at: offset).map(UInt64.init)
        case 4: return block.load(UInt32.self, at: offset).map(UInt64.init)
        default: return block.load(UInt64.self, at: offset)
        }
    }

    private static func hex(_ bits: UInt64, digits: Int) -> String {
        let text = String(bits, radix: 16, uppercase: true)
        return "0x" + String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}

extension SlotReader {
    /// Position and value bits of a slot of a whole block; nil where the slot or the block is not there.
    func slot(_ slot: Int, of block: ByteView?) -> (position: Int, value: Int)? {
        guard let block, (0..<slots).contains(slot) else { return nil }
        return block.withUnsafeBytes { bytes in bytes.baseAddress.map { (position($0, slot), value($0, slot)) } }
    }
}
