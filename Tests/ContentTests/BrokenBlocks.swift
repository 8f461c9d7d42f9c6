import HIFIBlockSpec

/// A block that breaks a check, and where.
struct BrokenBlock {
    let what: String
    let bytes: [UInt8]
    /// The scalar or slot that a finding points to.
    let scalar: Int
    /// Other checks that cannot but break with it.
    var alsoBreaks: Set<ContentCheck.Kind> = []

    /// Blocks that break one check of a format in each way that its sentence names.
    static func breaking(_ check: ContentCheck, of format: BlockFormat) -> [BrokenBlock] {
        guard let field = format.field(check.field) else { return [] }
        let slots = format.decoding?.correction?.slots ?? 0
        func broken(_ what: String, at scalar: Int, also: Set<ContentCheck.Kind> = [], _ edit: (inout DraftBlock) -> Void) -> BrokenBlock {
            var block = DraftBlock(wellFormed: format)
            edit(&block)
            return BrokenBlock(what: what, bytes: block.bytes, scalar: scalar, alsoBreaks: also)
        }
        func position(_ slot: Int) -> Int { 10 + 9 * slot }

        switch check.kind {
        case .finite:
            let specials: [DraftBlock.Special] = [.infinity, .negativeInfinity, .quietNaN, .signallingNaN]
            return (0..<field.count).flatMap { index in
                specials.map { special in broken("\(special) at \(index)", at: index) { $0.setFloat(field, index, special) } }
            }
        case .zero:
            return field.range.flatMap { offset in
                [1, 0x80, 0xFF].map { byte in broken("byte \(byte) at \(offset)", at: offset - field.offset) { $0.bytes[offset] = byte } }
            }
        case .bytesWritten:
            let unwritten: [UInt8] =
                switch (format.id, field.name) {
                case ("nvfp4", _): [0x7F, 0x80, 0xFF]
                case ("mxfp4", _): [0xFF]
                case ("iq1_bn", "ql"): [0x01, 0x14, 0xED]
                case ("iq1_bn", _): [0x01, 0x56, 0xFF]
                case ("tq1_0", "qs"): [0x01, 0x14, 0xED]
                case ("tq1_0", _): [0x01, 0xFC, 0xFF]
                default: [0x03, 0x0C, 0x30, 0xC0]
                }
            return field.range.flatMap { offset in
                unwritten.map { byte in broken("byte \(byte) at \(offset)", at: offset - field.offset) { $0.bytes[offset] = byte } }
            }
        case .countWithinSlots:
            return [slots + 1, 127].map { count in broken("count \(count)", at: 0) { $0.setCount(count) } }
        case .indexInBlock:
            return (0..<slots).flatMap { slot in
                [256, 65535].map { outside in broken("slot \(slot) at \(outside)", at: slot) { $0.setPosition(slot, outside) } }
            }
        case .distinct:
            return pairs(slots).map { first, second in
                broken("slots \(first) and \(second) alike", at: second) { $0.setPosition(second, position(first)) }
            }
        case .ascending:
            return (1..<slots).map { slot in
                broken("slots \(slot - 1) and \(slot) exchanged", at: slot) {
                    $0.setPosition(slot - 1, position(slot))
                    $0.setPosition(slot, position(slot - 1))
                }
            }
        case .unusedSlotsZero:
            let last = slots - 1
            return [
                broken("a value past the count", at: last) {
                    $0.setCount(last)
                    $0.setPosition(last, 0)
                },
                broken("a position past the count", at: last) {
                    $0.setCount(last)
                    $0.setValue(last, isZero: true)
                },
            ]
        case .baseZeroUnderOutlier:
            return (0..<slots).map { slot in broken("a live base under slot \(slot)", at: slot) { $0.enliven(position(slot)) } }
        case .sentinelSparesWeights:
            let rises = format.checks.contains { $0.kind == .ascending }
            // Position 255 comes last where positions rise; 0 never can.
            var blocks = (rises ? [255] : [255, 0]).map { sentinel in
                broken("an unused slot over live weight \(sentinel)", at: slots - 1) {
                    $0.setPosition(slots - 1, sentinel)
                    $0.setValue(slots - 1, isZero: true)
                    $0.enliven(sentinel)
                }
            }
            blocks += pairs(slots).map { first, second in
                broken("slots \(first) and \(second) alike", at: second, also: rises ? [.ascending] : []) {
                    $0.setPosition(second, position(first))
                }
            }
            return blocks
        case .countZeroButSlotsFilled:
            return [broken("filled slots under a zero count", at: 0, also: [.unusedSlotsZero]) { $0.setCount(0) }]
        }
    }

    private static func pairs(_ count: Int) -> [(Int, Int)] { (1..<max(1, count)).flatMap { second in (0..<second).map { ($0, second) } } }
}
