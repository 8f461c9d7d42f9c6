import HIFIBlockSpec
import HIFIReference
import Mutants
import Suite

/// Mistakes of products that people make in other forms than the self-test plants them.
enum ProductMistakes {
    static func all(of format: BlockFormat) -> [Mutant] {
        guard let twin = DotTwin(format) else { return [] }
        var made: [Mutant] = []
        func add(_ name: String, _ fault: String, _ plant: (inout DotTwin) -> Void) {
            var changed = twin
            plant(&changed)
            made.append(Mutant(product: name, of: format, fault, changed.answer))
        }
        func terms(_ name: String, _ fault: String, _ term: @escaping @Sendable (DotTwin.Term) -> Double) {
            add(name, fault) { $0.term = term }
        }
        /// Another code, or another scale, of activations.
        func codes(_ name: String, _ fault: String, _ code: @escaping @Sendable (Int) -> Int) {
            terms(name, fault) { Double($0.weight) * Double(code($0.code)) * $0.scale }
        }
        add("absolute", "the result loses its sign") { $0.finish = { Float(abs($0)) } }
        for (name, factor) in [("half", 0.5), ("quarter", 0.25), ("twice", 2), ("four", 4), ("127th", 1 / 127.0)] {
            let words = factor == 1 / 127.0 ? "1/127" : "\(Float(factor))"
            add("result-\(name)", "the result is multiplied by \(words)") { $0.finish = { Float($0 * factor) } }
        }
        terms("next-scale", "each block takes the activation scale of the next") { Double($0.weight) * Double($0.code) * $0.nextScale }
        terms("previous-scale", "each block takes the activation scale of the one before") {
            Double($0.weight) * Double($0.code) * $0.previousScale
        }
        terms("absolute-scale", "activation scales lose their sign") { Double($0.weight) * Double($0.code) * abs($0.scale) }
        codes("absolute-code", "activation codes lose their sign") { abs($0) }
        codes("negative-only", "positive activation codes are left out") { min(0, $0) }
        codes("positive-only", "negative activation codes are left out") { max(0, $0) }
        for limit in [15, 31, 63, 64, 100] {
            codes("limit-\(limit)", "activation codes are held to \(limit)") { max(-limit, min(limit, $0)) }
            codes("least-\(limit)", "activation codes below -\(limit) are taken for -\(limit)") { max(-limit, $0) }
            codes("most-\(limit)", "activation codes above \(limit) are taken for \(limit)") { min(limit, $0) }
        }
        for bits in 4...7 {
            codes("wrap-\(bits)", "of activation codes only the lowest \(bits) bits are taken") {
                Int(Int8(truncatingIfNeeded: $0 << (8 - bits))) >> (8 - bits)
            }
        }
        for bit in 0..<8 {
            codes("code-bit\(bit)", "bit \(bit) of activation codes is lost") { Int(Int8(truncatingIfNeeded: $0 & ~(1 << bit))) }
        }
        terms("scale-bf16", "activation scales are cut down to bf16") {
            Double($0.weight) * Double($0.code) * Double(Float(bitPattern: Float($0.scale).bitPattern & 0xFFFF_0000))
        }
        terms("scale-fp16", "activation scales are rounded to fp16") {
            Double($0.weight) * Double($0.code) * Double(SmallFloats.float(half: SmallFloats.half(Float($0.scale))))
        }
        for kept in [4, 8, 16] {
            terms("anew-\(kept)", "in longer rows the first \(kept) blocks are left out") {
                $0.blocks > kept && $0.block < kept ? 0 : Double($0.weight) * $0.activation
            }
        }
        /// Activation blocks in another order.
        func order(_ name: String, _ fault: String, _ place: @escaping @Sendable (_ block: Int, _ blocks: Int) -> Int) {
            let size = twin.activation.bytes
            made.append(
                Mutant(product: name, of: format, fault) { request in
                    guard case .dot(let name, let blocks, let type, let activations) = request else {
                        return .skipped(reason: "not part of this mutant")
                    }
                    let count = activations.count / size
                    let others = (0..<count).flatMap { block in
                        let other = place(block, count)
                        return activations[other * size..<(other + 1) * size]
                    }
                    return twin.answer(.dot(format: name, blocks: blocks, activationFormat: type, activations: others))
                })
        }
        order("pairs", "neighbouring activation blocks are swapped") { $0 ^ 1 < $1 ? $0 ^ 1 : $0 }
        order("backwards", "activation blocks are in reverse order") { $1 - 1 - $0 }
        order("next", "each block is multiplied with the activations of the next") { ($0 + 1) % $1 }
        order("previous", "each block is multiplied with the activations of the one before") { ($0 + $1 - 1) % $1 }
        order("first", "every block is multiplied with the activations of the first") { _, _ in 0 }
        order("pair-first", "blocks of each pair are multiplied with the activations of the first of them") { block, _ in block & ~1 }
        order("pair-second", "blocks of each pair are multiplied with the activations of the second of them") { $0 | 1 < $1 ? $0 | 1 : $0 }
        order("next-once", "each block is multiplied with the activations of the next, the last with its own") { min($0 + 1, $1 - 1) }
        order("previous-once", "each block is multiplied with the activations of the one before, the first with its own") { block, _ in
            max(block - 1, 0)
        }
        let elements = format.elements
        for left in [1, 2, 4, 8, 16, 32, 64, 128] where left < elements {
            let words = left == 1 ? ("weight", "is") : ("\(left) weights", "are")
            terms("row-end-\(left)", "the last \(words.0) of a row \(words.1) left out") {
                $0.block == $0.blocks - 1 && $0.index >= elements - left ? 0 : Double($0.weight) * $0.activation
            }
            terms("row-start-\(left)", "the first \(words.0) of a row \(words.1) left out") {
                $0.block == 0 && $0.index < left ? 0 : Double($0.weight) * $0.activation
            }
        }
        terms("last-twice", "the last block counts twice") { Double($0.weight) * $0.activation * ($0.block == $0.blocks - 1 ? 2 : 1) }
        terms("first-twice", "the first block counts twice") { Double($0.weight) * $0.activation * ($0.block == 0 ? 2 : 1) }
        return made
    }
}

extension Mutant {
    /// A mistake of products.
    init(product name: String, of format: BlockFormat, _ fault: String, _ answer: @escaping @Sendable (Request) -> Answer) {
        self.init(
            "dot/\(format.id)/\(name)", format: format.id, kind: .dot, fault: fault, system: FunctionSystem(name: name, other: answer))
    }
}
