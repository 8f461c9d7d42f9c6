import HIFIBlockSpec

/// One of the table's derived percentages, derived again.
public struct PercentageCheck: Sendable, Hashable, Codable {
    /// Whether it follows from the figures that are printed beside it.
    public enum Verdict: String, Sendable, Hashable, Codable {
        /// It does.
        case follows
        /// It does not.
        case doesNotFollow = "does-not-follow"
    }

    /// The same from exact bytes in place of rounded sizes.
    public struct FromBytes: Sendable, Hashable, Codable {
        /// The arithmetic.
        public let change: Change
        /// Whether another percentage comes out than was published.
        public let differsFromPublished: Bool
    }

    /// Id of the model.
    public let model: String
    /// The model for people.
    public let label: String
    /// `perplexity`, `size` or `speed`.
    public let metric: String
    /// The mix that Q3_HIFI is compared with, as printed.
    public let against: String
    /// The arithmetic, from the printed figures.
    public let change: Change
    /// As printed.
    public let published: String
    /// Whether it follows.
    public let verdict: Verdict
    /// What the figures behind the printed ones can give.
    public let range: ChangeRange
    /// From exact bytes; for sizes only.
    public let fromBytes: FromBytes?

    /// All percentages of a table in its order.
    ///
    /// - Parameter sizes: the computed sizes of its cells.
    static func all(_ table: PublishedTable, sizes: SizeReport) -> [PercentageCheck] {
        guard let ours = table.columns.first else { return [] }
        return table.derived.flatMap { row in
            zip(table.models, row.percent).compactMap { model, published in
                check(table, row, model: model, ours: ours.mix, published: published, sizes: sizes)
            }
        }
    }

    private static func check(
        _ table: PublishedTable, _ row: PublishedPercentages, model: String, ours: String, published: String, sizes: SizeReport
    ) -> PercentageCheck? {
        guard let a = table.cell(model: model, mix: ours)?.figure(row.metric),
            let b = table.cell(model: model, mix: row.against)?.figure(row.metric), let printed = Decimal(published),
            let change = Change(a, b, places: printed.places), let range = ChangeRange(a, b, published: printed)
        else { return nil }
        var fromBytes: FromBytes?
        if row.metric == .size, let c = sizes.bytes(model, ours), let d = sizes.bytes(model, row.against),
            let exact = Change(bytes: c, d, places: printed.places)
        {
            fromBytes = FromBytes(change: exact, differsFromPublished: Decimal(exact.rounded) != printed)
        }
        return PercentageCheck(
            model: model, label: Spec.model(model)?.model.label ?? model, metric: row.metric.rawValue,
            against: table.columns.first { $0.mix == row.against }?.name ?? row.against, change: change, published: published,
            verdict: Decimal(change.rounded) == printed ? .follows : .doesNotFollow, range: range, fromBytes: fromBytes)
    }
}

extension SizeReport {
    /// The computed bytes of a model under a mix.
    func bytes(_ model: String, _ mix: String) -> UInt64? { rows.first { $0.size.model.raw == model && $0.size.mix == mix }?.size.bytes }
}
