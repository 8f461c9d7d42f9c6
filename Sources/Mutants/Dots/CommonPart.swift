import HIFIBlockSpec
import HIFIReference
import Suite

/// What the weights under one stored sum of activations have in common: the part of a product that kernels take from that sum (DOT-04).
struct CommonPart: Sendable {
    private let activation: BlockFormat
    private let scale: Field
    private let codes: Field
    private let sums: Field
    private let twin: DecoderTwin

    /// Nil for formats whose weights have nothing in common, and for activations without sums of codes.
    init?(_ format: BlockFormat, activation: BlockFormat) {
        guard let sums = activation.field("bsums"), let scale = activation.field("d"), let codes = activation.field("qs"),
            let decoding = format.decoding, let code = decoding.code, code.skipping == nil
        else { return nil }
        let every = activation.elements / sums.count
        guard [decoding.scale?.every, decoding.minimum?.every].compactMap(\.self).allSatisfy({ $0 % every == 0 }) else { return nil }
        // A minimum or a shift, or what codes have as bias. Entries of books and grids are used as they are.
        let isListed: Bool
        if case .grid = code.selection?.rule { isListed = true } else { isListed = code.codebook != nil }
        guard !isListed || decoding.minimum != nil else { return nil }
        let common = isListed ? 0 : code.value(of: 0)
        guard common != 0 || decoding.minimum != nil else { return nil }
        (self.activation, self.scale, self.codes, self.sums) = (activation, scale, codes, sums)
        var twin = DecoderTwin(format)
        twin.code = { _, _ in common }
        twin.slots.most = 0
        self.twin = twin
    }

    /// How much a product changes if the stored sums are used instead of those of the codes.
    func change(_ blocks: [UInt8], _ activations: [UInt8]) -> Double {
        let parts = twin.decode(blocks).map { Double(Float(bitPattern: $0)) }
        let every = activation.elements / sums.count
        var change = 0.0
        for block in 0..<min(activations.count / activation.bytes, parts.count / activation.elements) {
            let draft = BlockDraft(activation, bytes: Array(activations[block * activation.bytes..<(block + 1) * activation.bytes]))
            let d = Double(SlotFaults.float(draft, scale, 0))
            for group in 0..<sums.count {
                let right = (group * every..<(group + 1) * every).reduce(0.0) { $0 + Double(SlotFaults.float(draft, codes, $1)) }
                let difference = Double(SlotFaults.float(draft, sums, group)) - right
                if difference != 0 { change += parts[block * activation.elements + group * every] * d * difference }
            }
        }
        return change
    }
}
