import HIFIBlockSpec

/// What must hold of a vector folder beyond the schema of its files.
public enum VectorLint {
    /// Sentences about what is not in order; empty if all is.
    public static func problems(in store: VectorStore) -> [String] {
        var problems: [String] = []
        let clauses = Set(knownClauses.map(\.id)).union(Spec.containerRules.map(\.id))
        let flags = Set(store.notes.map(\.flag))
        var ids: Set<String> = []
        for file in store.files {
            if file.path != VectorFile.path(kind: file.kind, format: file.format) {
                problems.append("\(file.path): not named after its kind and format")
            }
            if !file.format.isEmpty, Spec.format(file.format)?.id != file.format {
                problems.append("\(file.path): no format \(file.format)")
            }
            if let text = try? store.read(file.path), text != Array(file.text.utf8) {
                problems.append("\(file.path): not in canonical form")
            }
            if file.cases.map(\.id) != file.cases.map(\.id).sorted() { problems.append("\(file.path): cases are not in order of ids") }
            for entry in file.cases {
                if !ids.insert(entry.id).inserted { problems.append("\(entry.id): given twice") }
                if let number = Int(entry.id.suffix(6)), number > file.lastNumber { problems.append("\(entry.id): above lastNumber") }
                let stem = VectorFile.id(kind: file.kind, format: file.format, number: 0).dropLast(6)
                if !entry.id.hasPrefix(stem) { problems.append("\(entry.id): does not belong into \(file.path)") }
                for clause in entry.clauses where !clauses.contains(clause) { problems.append("\(entry.id): no clause \(clause)") }
                for flag in entry.flags where !flags.contains(flag) { problems.append("\(entry.id): no note on \(flag)") }
                problems += shapeProblems(entry)
            }
        }
        return problems
    }

    private static func shapeProblems(_ entry: ConformanceCase) -> [String] {
        guard let format = Spec.format(entry.format) else { return [] }
        func whole(_ bytes: Int, _ weights: Int) -> Bool { format.weights(inRowOf: bytes) == weights }
        switch entry.task {
        case .decode(let blocks, let weights):
            return whole(blocks.count, weights.count) ? [] : ["\(entry.id): blocks and weights do not belong together"]
        case .encode(_, let values, let columns, let importance, let blocks):
            var problems: [String] = []
            if values.count % columns != 0 { problems.append("\(entry.id): not whole rows") }
            if let importance, importance.count != columns { problems.append("\(entry.id): the importances are not one per column") }
            if let blocks, !whole(blocks.bytes.count, values.count) {
                problems.append("\(entry.id): weights and blocks do not belong together")
            }
            return problems
        case .activations(let values, let blocks):
            return blocks.allSatisfy { whole($0.bytes.count, values.count) }
                ? [] : ["\(entry.id): values and blocks do not belong together"]
        case .dot(let blocks, let name, let activations, _, _):
            guard let other = Spec.format(name) else { return ["\(entry.id): no format \(name)"] }
            let fits = whole(blocks.count, activations.count / other.bytes * other.elements) && activations.count % other.bytes == 0
            return fits ? [] : ["\(entry.id): blocks and activations are not of one length"]
        case .content(let blocks, _): return format.weights(inRowOf: blocks.count) != nil ? [] : ["\(entry.id): not whole blocks"]
        case .series(let recipe):
            let count = (try? recipe.steps(of: format))?.count
            return count == recipe.expected.count ? [] : ["\(entry.id): not one right answer for each question"]
        case .container, .bulk: return []
        }
    }

    /// All clauses about blocks and numbers, each once.
    public static var knownClauses: [Clause] {
        var seen: Set<String> = []
        return (Spec.numerics + Spec.encoding + Spec.products + Spec.formats.flatMap(\.clauses)).filter { seen.insert($0.id).inserted }
    }

    /// The clauses about blocks and numbers that no case shows.
    public static func uncoveredClauses(in store: VectorStore) -> [Clause] {
        let covered = Set(store.cases.flatMap(\.clauses))
        return knownClauses.filter { !covered.contains($0.id) }
    }
}
