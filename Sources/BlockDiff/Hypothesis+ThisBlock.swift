import HIFIBlockSpec
import HIFIReference
import Suite

/// One stored number of this very block read as another: a flipped bit, a damaged byte, one wrong scale. What else the block
/// holds is taken as it is.
extension Hypothesis {
    /// - Parameters:
    ///   - actual: the bits of the block's weights as they came.
    ///   - differing: the weights that differ; only numbers that can reach all of them are tried.
    ///   - order: all weights, the differing ones first.
    static func thisBlock(_ context: BlockContext, actual: [UInt32], differing: [Int], order: [Int]) -> [Hypothesis] {
        guard let model = context.model, let decoding = context.format.decoding else { return [] }
        return integers(context, model, decoding, differing) + slots(model, actual, differing)
            + scalars(context, model, decoding, actual, order) + bytes(context, decoding, differing)
    }

    private static func integers(_ context: BlockContext, _ model: BlockModel, _ decoding: Decoding, _ differing: [Int]) -> [Hypothesis] {
        var all: [Hypothesis] = []
        if let rule = decoding.code, differing.count == 1, let weight = differing.first, let code = model.codes[weight] {
            for value in rule.range where value != code {
                all.append(
                    .change(
                        "code", "the code of weight \(weight) is \(value) instead of \(code)", field: rule.planes.first?.field,
                        isGeneral: false
                    ) {
                        $0.codes[weight] = value
                    })
            }
        }
        for (role, path, rule) in [("scale", \BlockModel.scales, decoding.scale), ("min", \BlockModel.minimums, decoding.minimum)] {
            guard let rule, let subBlock = differing.first.map({ $0 / rule.every }), differing.allSatisfy({ $0 / rule.every == subBlock }),
                model[keyPath: path].indices.contains(subBlock)
            else { continue }
            let own = model[keyPath: path][subBlock]
            for value in rule.range where value != own {
                let owners = model[keyPath: path].indices.filter { model[keyPath: path][$0] == value && abs($0 - subBlock) == 1 }
                let remark = owners.first.map { ", the \(role) of sub-block \($0)" } ?? ""
                all.append(
                    .change(
                        role, "the \(role) of sub-block \(subBlock) is \(value)\(remark), instead of \(own)",
                        field: rule.planes.first?.field, isGeneral: false
                    ) {
                        $0[keyPath: path][subBlock] = value
                    })
            }
        }
        return all
    }

    private static func slots(_ model: BlockModel, _ actual: [UInt32], _ differing: [Int]) -> [Hypothesis] {
        var all: [Hypothesis] = []
        for (place, slot) in model.slots.enumerated() {
            // Only numbers that a slot of fp16 can hold.
            if differing == [slot.position], let bits = differing.first.map({ actual[$0] }) {
                let value = Float(bitPattern: bits)
                if SmallFloats.float(half: SmallFloats.half(value)).bitPattern == bits {
                    all.append(
                        .change(
                            "slot-value", "the value of outlier slot \(slot.number) is \(value) instead of \(slot.value)", isGeneral: false
                        ) {
                            $0.slots[place].value = value
                        })
                }
            }
            for position in differing where differing.count <= 2 && position != slot.position {
                all.append(
                    .change(
                        "slot-position", "outlier slot \(slot.number) acts on weight \(position) instead of \(slot.position)",
                        isGeneral: false
                    ) {
                        $0.slots[place].position = position
                    })
            }
        }
        return all
    }

    /// Every other value of an fp16 scale that gives the block: there are too many to state them all.
    private static func scalars(
        _ context: BlockContext, _ model: BlockModel, _ decoding: Decoding, _ actual: [UInt32], _ order: [Int]
    ) -> [Hypothesis] {
        var all: [Hypothesis] = []
        for field in decoding.value.names.compactMap(context.format.field) where field.type == .f16 && field.count == 1 {
            guard let own = FieldScalar.integer(field, 0, context.bytes).map({ UInt16(truncatingIfNeeded: $0) }) else { continue }
            var trial = model
            for bits in 0...UInt16.max where bits != own {
                trial.scalars[field.name] = SmallFloats.float(half: bits)
                guard let first = order.first, trial.weight(first).bitPattern == actual[first],
                    Prediction.model(trial).gives(actual, order: order)
                else { continue }
                all.append(
                    .change(
                        "scalar", "\(field.name) is 0x\(Hex.text(bits)) instead of 0x\(Hex.text(own))", field: field.name, isGeneral: false
                    ) {
                        $0.scalars[field.name] = SmallFloats.float(half: bits)
                    })
            }
        }
        return all
    }

    /// Every other value of a byte that reaches all differing weights.
    private static func bytes(_ context: BlockContext, _ decoding: Decoding, _ differing: [Int]) -> [Hypothesis] {
        let format = context.format
        guard let anatomist = BlockAnatomist(format) else { return [] }
        var all: [Hypothesis] = []
        for offset in reaching(format, decoding, differing).sorted() {
            let own = context.bytes[offset]
            let field = format.fields.last { $0.range.contains(offset) }
            let name = field.map { "\($0.name)[\((offset - $0.offset) / $0.type.bytes)]" } ?? "byte"
            for value in 0...UInt8.max where value != own {
                let flipped = value ^ own
                let what =
                    flipped.nonzeroBitCount == 1
                    ? "bit \(flipped.trailingZeroBitCount) of \(name) (byte \(offset)) is flipped"
                    : "\(name) (byte \(offset)) is 0x\(Hex.text([value])) instead of 0x\(Hex.text([own]))"
                all.append(
                    Hypothesis(flipped.nonzeroBitCount == 1 ? "bit-flip" : "byte", what, field: field?.name, isGeneral: false) { context in
                        var bytes = context.bytes
                        bytes[offset] = value
                        return anatomist.model(bytes).map(Prediction.model)
                    })
            }
        }
        return all.filter { $0.id == "bit-flip" } + all.filter { $0.id != "bit-flip" }
    }

    /// Bytes that all these weights depend on through planes, and those of outlier slots.
    private static func reaching(_ format: BlockFormat, _ decoding: Decoding, _ differing: [Int]) -> Set<Int> {
        var common: Set<Int>?
        if decoding.code?.skipping == nil {
            let (code, scale, minimum) = (
                decoding.code.map { PlaneBits($0, format) }, decoding.scale.map { PlaneBits($0, format) },
                decoding.minimum.map { PlaneBits($0, format) }
            )
            for weight in differing.prefix(32) {
                var bytes = code?.bytes(weight) ?? []
                if let scale { bytes.formUnion(scale.bytes(weight / max(1, decoding.scale?.every ?? 1))) }
                if let minimum { bytes.formUnion(minimum.bytes(weight / max(1, decoding.minimum?.every ?? 1))) }
                common = common.map { $0.intersection(bytes) } ?? bytes
            }
        }
        var all = common ?? []
        if let rule = decoding.correction, differing.count <= 2 * rule.slots {
            for name in [rule.index] + rule.value.names + (rule.count.map { [$0.field] } ?? []) {
                if let field = format.field(name) { all.formUnion(field.range) }
            }
        }
        return all.filter { $0 >= 0 && $0 < format.bytes }
    }
}

extension IndexedInteger {
    /// All values, at most 256 of them.
    package var range: [Int] {
        if selection != nil {
            let values = possibleValues
            return values.count <= 256 ? values : []
        }
        return codebook.map { $0.map { $0 + bias } } ?? (highest - lowest < 256 ? Array(lowest...highest) : [])
    }
}
