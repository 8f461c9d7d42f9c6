import HIFIBlockSpec

/// Takes blocks apart by a declaration, which is worked out once for many blocks.
struct BlockAnatomist {
    let format: BlockFormat
    private let decoding: Decoding
    private let code: PlaneBits?
    private let scale: PlaneBits?
    private let minimum: PlaneBits?
    private let skipping: Field?
    private let scalars: [(name: String, field: Field)]
    private let outliers: OutlierSlots?

    /// - Parameter decoding: nil for the format's own. Nil result for a format that cannot be decoded.
    init?(_ format: BlockFormat, _ decoding: Decoding? = nil) {
        guard let decoding = decoding ?? format.decoding else { return nil }
        (self.format, self.decoding) = (format, decoding)
        code = decoding.code.map { PlaneBits($0, format) }
        scale = decoding.scale.map { PlaneBits($0, format) }
        minimum = decoding.minimum.map { PlaneBits($0, format) }
        skipping = decoding.code?.skipping.flatMap(format.field)
        scalars = decoding.value.names.compactMap { name in format.field(name).map { (name, $0) } }
        outliers = decoding.correction.map { OutlierSlots($0, in: format) }
    }

    /// Nil for bytes that are not one block.
    func model(_ bytes: [UInt8]) -> BlockModel? {
        guard bytes.count == format.bytes else { return nil }
        let all = slots(bytes)
        return BlockModel(
            format: format, codes: codes(bytes), entries: entries(bytes), scales: scale?.values(bytes) ?? [],
            minimums: minimum?.values(bytes) ?? [],
            scaleEvery: max(1, decoding.scale?.every ?? 1), minimumEvery: max(1, decoding.minimum?.every ?? 1),
            scalars: Dictionary(uniqueKeysWithValues: scalars.map { ($0.name, FieldScalar.float($0.field, 0, bytes) ?? 0) }),
            value: decoding.value, slots: Array(all.prefix(used(bytes))), allSlots: all, mode: mode(bytes),
            firstOnly: decoding.correction?.duplicates == .first)
    }

    private func entries(_ bytes: [UInt8]) -> (grid: String, numbers: [Int])? {
        guard case .grid(let grid, _)? = decoding.code?.selection?.rule, let numbers = code?.entries(bytes) else { return nil }
        return (grid.id, numbers)
    }

    private func codes(_ bytes: [UInt8]) -> [Int?] {
        guard let code else { return [Int?](repeating: 0, count: format.elements) }
        let values = code.values(bytes)
        guard let skipping else { return values }
        let skipped = Set((0..<skipping.count).compactMap { FieldScalar.integer(skipping, $0, bytes) })
        var rank = 0
        return (0..<format.elements).map { position in
            guard !skipped.contains(position), rank < values.count else { return nil }
            rank += 1
            return values[rank - 1]
        }
    }

    private func slots(_ bytes: [UInt8]) -> [BlockModel.Slot] {
        guard let outliers else { return [] }
        let rule = outliers.rule
        return (0..<rule.slots).compactMap { slot in
            guard let position = FieldScalar.integer(outliers.index, slot, bytes) else { return nil }
            let values = outliers.operands.map { ($0.name, FieldScalar.float($0, $0.count == 1 ? 0 : slot, bytes) ?? 0) }
            let fields = ArithmeticStyle.Operands(fields: Dictionary(values, uniquingKeysWith: { first, _ in first }))
            var made = BlockModel.Slot(number: slot, position: position, value: ArithmeticStyle.declared.evaluate(rule.value, fields))
            if case .multiply(let a, let b) = rule.value {
                made.factors = (ArithmeticStyle.declared.evaluate(a, fields), ArithmeticStyle.declared.evaluate(b, fields))
            }
            return made
        }
    }

    private func used(_ bytes: [UInt8]) -> Int {
        outliers?.used { FieldScalar.integer($0, 0, bytes) ?? 0 } ?? 0
    }

    private func mode(_ bytes: [UInt8]) -> Correction.Mode {
        outliers?.mode { FieldScalar.integer($0, 0, bytes) ?? 0 } ?? .replace
    }
}
