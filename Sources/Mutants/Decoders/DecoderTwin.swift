import HIFIBlockSpec
import HIFIReference
import Suite

/// A second interpreter of declarations, slow and with a hook at every step, so that faults can be planted that no
/// declaration expresses. Without faults it decodes like the reference; the self-test checks that first.
package struct DecoderTwin: Sendable {
    package let format: BlockFormat
    /// Bytes from one block to the next.
    package var stride: Int
    /// What happens to the bytes of block `index` before anything is read.
    var prepare: @Sendable (inout BlockDraft, _ index: Int) -> Void = { _, _ in }
    /// The code of a weight; by default as declared.
    package var code: (@Sendable (BlockDraft, Int) -> Int)?
    /// The scale of a weight; by default as declared.
    package var scale: (@Sendable (BlockDraft, Int) -> Int)?
    /// Sums and differences take a product in without rounding it first.
    var fuses = false
    /// Another way to work out a weight from scalars, code, scale and minimum.
    package var value: (@Sendable (_ scalar: (String) -> Float, _ code: Int, _ scale: Int) -> Float)?
    /// Slots and what they do.
    package var slots = SlotFaults()
    /// What happens to a decoded weight.
    package var result: @Sendable (Float, _ weight: Int) -> Float = { value, _ in value }

    private let layout: BlockLayout

    package init(_ format: BlockFormat) {
        self.format = format
        layout = BlockLayout.of(format)
        stride = format.bytes
    }

    /// Decodes as many blocks as there are; bytes past the end read as zero.
    package func decode(_ blocks: [UInt8]) -> [UInt32] {
        var output: [UInt32] = []
        for index in 0..<blocks.count / format.bytes {
            let start = index * stride
            let bytes = (start..<start + format.bytes).map { $0 < blocks.count ? blocks[$0] : 0 }
            var draft = BlockDraft(format, bytes: bytes)
            prepare(&draft, index)
            var weights = base(draft)
            if slots.countUnlimited || slots.countByte != nil {
                // What a reader finds past the arrays and past the block.
                draft.bytes += (start + format.bytes..<start + format.bytes + 1024).map { $0 < blocks.count ? blocks[$0] : 0 }
            }
            slots.apply(draft, &weights)
            for i in weights.indices { output.append(result(weights[i], i).bitPattern) }
        }
        return output
    }

    private func base(_ draft: BlockDraft) -> [Float] {
        guard let decoding = format.decoding else { return [] }
        var skipped: Set<Int> = []
        if let field = decoding.code?.skipping.flatMap(format.field), let values = draft.slots?.values {
            skipped = slots.skippedPositions((0..<field.count).map { (Int(draft.bits(field, $0)), draft.bits(values, $0)) })
        }
        let scaleEvery = decoding.scale?.every ?? 1
        let minimumEvery = decoding.minimum?.every ?? 1
        var scalars: [String: Float] = [:]
        for name in decoding.value.names { scalars[name] = format.field(name).map { SlotFaults.float(draft, $0, 0) } }
        var rank = 0
        return (0..<format.elements).map { i in
            if skipped.contains(i) { return 0 }
            defer { rank += 1 }
            let code = code?(draft, rank) ?? layout.code.map { $0.value(draft.code(rank), at: rank) } ?? 0
            let scale = scale?(draft, i) ?? layout.scale.map { $0.value(draft.scale(i / scaleEvery), at: i / scaleEvery) } ?? 0
            let minimum = layout.minimum.map { $0.value(draft.minimum(i / minimumEvery), at: i / minimumEvery) } ?? 0
            let scalar: (String) -> Float = { name in
                switch name {
                case "code": Float(code)
                case "scale": Float(scale)
                case "min": Float(minimum)
                default: scalars[name] ?? 0
                }
            }
            return value?(scalar, code, scale) ?? evaluate(decoding.value, scalar)
        }
    }

    /// Evaluates with one rounding per operation, or with products that go into sums unrounded.
    package func evaluate(_ expression: Expression, _ scalar: (String) -> Float) -> Float {
        switch expression {
        case .f32(let name): return scalar(name)
        case .literal(let value): return value
        case .multiply(let a, let b): return evaluate(a, scalar) * evaluate(b, scalar)
        case .divide(let a, let b): return evaluate(a, scalar) / evaluate(b, scalar)
        case .add(let a, let b):
            if fuses, case .multiply(let c, let d) = a {
                return evaluate(b, scalar).addingProduct(evaluate(c, scalar), evaluate(d, scalar))
            }
            return evaluate(a, scalar) + evaluate(b, scalar)
        case .subtract(let a, let b):
            if fuses, case .multiply(let c, let d) = b {
                return evaluate(a, scalar).addingProduct(-evaluate(c, scalar), evaluate(d, scalar))
            }
            return evaluate(a, scalar) - evaluate(b, scalar)
        }
    }
}
