import HIFIBlockSpec

extension BlockBuilder {
    /// What identifies blocks; that a format named as another layout exists is checked when all are known.
    func marks(_ source: MarksSource?, fields: [Field], _ encoding: Encoding?) throws -> Marks {
        guard let source else { return .none }
        let specificity = source.specificity ?? 0
        guard (0...3).contains(specificity) else { throw fail("marks: specificity \(specificity) is not 0 to 3") }
        let habits = source.habits
        for clause in [habits?.order, habits?.unused, habits?.number].compactMap({ $0 }) { try checkClause(clause) }
        guard habits == nil || encoding?.outliers != nil else { throw fail("marks: habits of an encoder that the format does not have") }
        return Marks(
            specificity: specificity, forms: try (source.forms ?? []).map { try mark($0, fields: fields) },
            habits: Marks.Habits(order: habits?.order, unused: habits?.unused, number: habits?.number),
            isCurrent: source.current ?? false, otherLayout: source.otherLayout)
    }

    private func mark(_ source: MarkSource, fields: [Field]) throws -> Mark {
        let kind = try checks.word(source.kind, Mark.Kind.self, at: "\(id): marks")
        try checkClause(source.clause)
        guard let field = fields.first(where: { $0.name == source.field }) else { throw fail("mark of unknown field '\(source.field)'") }
        let fits =
            switch kind {
            case .plausibleScale: field.type == .f32
            case .smallPositive: field.type == .f16
            case .zeroFrom: source.from.map { (0..<field.range.count).contains($0) } ?? false
            case .agreeingCount: field.type == .u8 && field.count == 1
            case .plausibleExponent: field.type == .e8m0half
            }
        guard fits, kind == .zeroFrom || source.from == nil else { throw fail("mark \(source.kind) does not fit field '\(field.name)'") }
        return Mark(clause: source.clause, kind: kind, field: field.name, from: source.from ?? 0)
    }

    private func checkClause(_ clause: String) throws {
        guard clauses.contains(where: { $0.id == clause }) else { throw fail("marks cite \(clause), which the file does not define") }
    }
}
