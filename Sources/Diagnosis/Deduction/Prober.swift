import HIFIBlockSpec
import HIFIReference
import Suite

/// Asks a system that answered wrongly for what a deduction needs: blocks of every content, weight by weight.
struct Prober {
    let format: BlockFormat
    let ask: (Request) -> Answer

    private static let blocks = 64
    /// Products give one weight each, so fewer blocks are asked for.
    private static let blocksMultiplied = 32
    /// Blocks without a wrong weight after which no more is asked.
    private static let blocksTried = 8

    /// What the system makes of blocks; empty where it does not answer.
    func decoded() -> [Sample] {
        let blocks = (0..<Self.blocks).map { block($0, isSpecial: true) }
        if format.headBytes == 0 { return samples(blocks) }
        // Blocks with headers of their own are rows of their own.
        return blocks.flatMap { samples([$0]) }
    }

    private func samples(_ blocks: [[UInt8]]) -> [Sample] {
        let request = Request.decode(format: format.id, blocks: format.row(of: blocks.flatMap(\.self)))
        guard case .floats(let bits) = ask(request).unchecked, bits.count == blocks.count * format.elements else { return [] }
        return blocks.enumerated().map { number, bytes in
            let found = bits[number * format.elements..<(number + 1) * format.elements].map(FloatPattern.classified)
            return Sample(bytes: bytes, found: found, tolerance: 0)
        }
    }

    /// Weights as products show them: rows times columns of a single one.
    func multiplied(by name: String) -> [Sample] {
        guard let activation = Spec.format(name), let reader = BlockReader(format) else { return [] }
        let length = max(activation.elements, format.elements)
        guard length % activation.elements == 0, length % format.elements == 0, format.headBytes == 0,
            let columns = Self.columns(activation, length)
        else { return [] }
        let count = length / format.elements
        var samples: [Sample] = []
        var isWrong = false
        for start in stride(from: 0, to: Self.blocksMultiplied, by: count) {
            let row = (start..<start + count).map { block($0) }
            var found: [UInt32] = []
            for column in columns {
                let request = Request.dot(
                    format: format.id, blocks: row.flatMap(\.self), activationFormat: name, activations: column)
                guard case .floats(let bits) = ask(request).unchecked, bits.count == 1 else { return [] }
                found.append(FloatPattern.classified(bits[0]))
            }
            for (number, bytes) in row.enumerated() {
                let right = reader.weights(reader.read(BlockDraft(format, bytes: bytes)))
                let own = Array(found[number * format.elements..<(number + 1) * format.elements])
                // A product may take minima and codes together in another order than a decoder.
                let tolerance = 1e-5 * Double(right.map(\.magnitude).max() ?? 0)
                isWrong = isWrong || zip(right, own).contains { !(abs(Double($0) - Double(Float(bitPattern: $1))) <= tolerance) }
                samples.append(Sample(bytes: bytes, found: own, tolerance: tolerance))
            }
            if !isWrong, samples.count >= Self.blocksTried { return [] }
        }
        return samples
    }

    /// For each place, activations of which that one is 1 and all others 0; nil for kinds of activations that are not known here.
    private static func columns(_ activation: BlockFormat, _ length: Int) -> [[UInt8]]? {
        guard let d = activation.field("d"), let codes = activation.field("qs"), codes.type == .i8, codes.count == activation.elements
        else {
            return nil
        }
        let one: UInt64
        switch d.type {
        case .f16: one = 0x3C00
        case .f32: one = 0x3F80_0000
        default: return nil
        }
        let known: Set<String> = ["d", "qs", "bsums", "s"]
        guard activation.fields.allSatisfy({ known.contains($0.name) }) else { return nil }
        return (0..<length).map { place in
            (0..<length / activation.elements).flatMap { block -> [UInt8] in
                var draft = BlockDraft(activation)
                draft.set(d, bits: one)
                guard block == place / activation.elements else { return draft.bytes }
                let index = place % activation.elements
                draft.set(codes, index, bits: 1)
                if let sums = activation.field("bsums") { draft.set(sums, index * sums.count / activation.elements, bits: 1) }
                if let sum = activation.field("s") { draft.set(sum, bits: sum.type == .f16 ? 0x3C00 : 0x3F80_0000) }
                return draft.bytes
            }
        }
    }

    /// Block `number` of the blocks that are asked for: any bits, under scalars of ordinary size, a few of them small.
    ///
    /// - Parameter isSpecial: whether some scalars are infinite or NaN.
    private func block(_ number: Int, isSpecial: Bool = false) -> [UInt8] {
        var random = SeededRandom(seed: UInt64(number) &+ 0x5EED)
        var draft = BlockDraft(format, bytes: (0..<format.bytes).map { _ in UInt8(truncatingIfNeeded: random.next() >> 32) })
        func tame(_ field: Field, _ index: Int) {
            let bits = random.next()
            switch field.type {
            case .f16:
                let exponent: UInt64 = number % 16 == 15 ? 0 : number % 16 == 14 && isSpecial ? 31 : 13 + bits >> 16 & 3
                draft.set(field, index, bits: bits & 0x83FF | exponent << 10)
            case .bf16: draft.set(field, index, bits: bits & 0x807F | (125 + bits >> 16 & 3) << 7)
            case .f32: draft.set(field, index, bits: bits & 0x807F_FFFF | (125 + bits >> 32 & 3) << 23)
            case .e8m0half:
                let kind = number % 16
                draft.set(
                    field, index,
                    bits: kind == 15 ? bits & 1 : kind == 14 && isSpecial ? 255 : kind == 13 && isSpecial ? 254 : 124 + bits & 7)
            default: break
            }
        }
        for field in format.fields { for index in 0..<field.count { tame(field, index) } }
        return draft.bytes
    }
}
