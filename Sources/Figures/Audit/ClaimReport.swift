import HIFIBlockSpec

/// A claim of the prose, derived again.
public struct ClaimReport: Sendable, Hashable, Codable {
    /// The figure of one model.
    public struct Value: Sendable, Hashable, Codable {
        /// Id of the model.
        public let model: String
        /// The model for people.
        public let label: String
        /// The arithmetic, from the printed figures, rounded to the digits of the claim.
        public let change: Change
        /// Whether it lies in the claimed range.
        public let isInRange: Bool
        /// From exact bytes, for sizes.
        public let fromBytes: Change?
        /// With the two sides exchanged.
        public let reversed: Change
    }

    /// For example `P1`.
    public let id: String
    /// The claim.
    public let text: String
    /// What is computed, for example `perplexity of Q3_K_S against Q3_HIFI`.
    public let subject: String
    /// The smaller end of the claim, in per cent.
    public let low: String
    /// The larger end.
    public let high: String
    /// `within` (every model lies between the ends) or `extremes` (the smallest and the largest change are the ends).
    public let form: String
    /// One for each model that the claim covers.
    public let values: [Value]
    /// `follows`, `partly` or `contradicted`, derived from the values.
    public let verdict: String
    /// Why.
    public let remark: String

    init?(_ claim: PublishedClaim, _ table: PublishedTable, sizes: SizeReport) {
        let check = claim.check
        guard let low = Decimal(check.low), let high = Decimal(check.high) else { return nil }
        let places = max(low.places, high.places)
        values = check.models.compactMap { model in
            guard let a = table.cell(model: model, mix: check.mix)?.figure(check.metric),
                let b = table.cell(model: model, mix: check.against)?.figure(check.metric),
                let change = Change(a, b, places: places), let reversed = Change(b, a, places: places),
                let rounded = Decimal(change.rounded)
            else { return nil }
            var exact: Change?
            if check.metric == .size, let c = sizes.bytes(model, check.mix), let d = sizes.bytes(model, check.against) {
                exact = Change(bytes: c, d, places: places)
            }
            return Value(
                model: model, label: Spec.model(model)?.model.label ?? model, change: change,
                isInRange: rounded.value >= low.value && rounded.value <= high.value, fromBytes: exact, reversed: reversed)
        }
        func name(_ mix: String) -> String { table.columns.first { $0.mix == mix }?.name ?? mix }
        id = claim.id
        text = claim.text
        subject = "\(check.metric.rawValue) of \(name(check.mix)) against \(name(check.against))"
        self.low = check.low
        self.high = check.high
        form = check.form.rawValue
        remark = claim.remark
        verdict = Self.verdict(check.form, values, low, high).rawValue
    }

    /// Within: by how many models lie in the range. Extremes: by how many of the two ends are right.
    private static func verdict(_ form: ClaimForm, _ values: [Value], _ low: Decimal, _ high: Decimal) -> ClaimVerdict {
        let hits: Int
        let wanted: Int
        switch form {
        case .within:
            hits = values.count(where: \.isInRange)
            wanted = values.count
        case .extremes:
            let changes = values.compactMap { Decimal($0.change.rounded)?.value }
            hits = (changes.min() == low.value ? 1 : 0) + (changes.max() == high.value ? 1 : 0)
            wanted = 2
        }
        return hits == 0 ? .contradicted : hits == wanted ? .follows : .partly
    }
}
