extension BlockFormat {
    /// The field of a name that the format's own rules use. The loader vouches that there is one.
    public func declared(_ name: String) -> Field {
        guard let field = field(name) else { preconditionFailure("\(id) uses a field \(name) that it does not declare") }
        return field
    }

    /// The outlier slots with their fields; nil for a format without stored outliers.
    public var outliers: OutlierSlots? { decoding?.correction.map { OutlierSlots($0, in: self) } }
}

/// The outlier slots of a format: the rule, with each field that it names.
///
/// The one place where names of fields become places in the block, for decoders, encoders, kernels, checks and mutants alike.
public struct OutlierSlots: Sendable, Hashable {
    /// What the slots do.
    public let rule: Correction
    /// Positions of weights, one for each slot.
    public let index: Field
    /// What the value of a slot is computed from, in the order in which the expression names it.
    public let operands: [Field]
    /// Of the operands, the one with a scalar for each slot.
    public let values: Field
    /// Of the operands, the one that all slots share; nil where there is none.
    public let scale: Field?
    /// Holds the count that decoding obeys; nil where every slot is in use.
    public let count: Field?
    /// Holds the bit that selects what values do; nil where that is fixed.
    public let switching: Field?
    /// Holds the count that the encoder states, be it obeyed or not; nil where it states none.
    public let stated: Field?

    /// Looks up the fields that a rule names, which the format must declare.
    public init(_ rule: Correction, in format: BlockFormat) {
        self.rule = rule
        index = format.declared(rule.index)
        operands = rule.value.names.map(format.declared)
        let list = index
        let values = operands.first { $0.count == list.count } ?? list
        self.values = values
        scale = operands.first { $0.count == 1 && $0 != values }
        count = rule.count.map { format.declared($0.field) }
        switching = rule.switching.map { format.declared($0.field) }
        stated = format.encoding?.outliers?.count.map(format.declared)
    }

    /// The number of slots.
    public var number: Int { rule.slots }
    /// Whether values are fp16 numbers rather than bytes to be scaled.
    public var storesHalves: Bool { values.type == .f16 }

    /// Slots that decoding applies, by the stored count; a larger one is taken as the maximum.
    ///
    /// - Parameter integer: reads the first scalar of a field.
    public func used(_ integer: (Field) -> Int) -> Int {
        guard let limit = rule.count, let count else { return rule.slots }
        return max(0, min(integer(count) & limit.mask, limit.maximum))
    }

    /// What the values of a block do.
    ///
    /// - Parameter integer: reads the first scalar of a field.
    public func mode(_ integer: (Field) -> Int) -> Correction.Mode {
        guard let change = rule.switching, let switching, integer(switching) & change.mask != 0 else { return rule.mode }
        return change.whenSet
    }
}
