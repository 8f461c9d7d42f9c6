extension SplitSet {
    /// Puts together what only its keys call parts: files without the names of parts, given together, that hold each number of one set
    /// once. They are one unit then, although no part leads to the others; that their names are wrong stays among the problems.
    ///
    /// Files that do not make up a set stay as they are: one of them missing, or two with one number.
    ///
    /// - Returns: the sets in the order of their first files.
    public static func joined(_ sets: [SplitSet]) -> [SplitSet] {
        var groups: [UnnamedPart.Key: [Int]] = [:]
        let unnamed = sets.map(UnnamedPart.init)
        for (index, part) in unnamed.enumerated() {
            if let part { groups[part.key, default: []].append(index) }
        }
        var result: [SplitSet?] = sets
        for (key, indices) in groups where indices.count == key.count {
            let members = indices.compactMap { index in unnamed[index].map { (number: $0.number, set: sets[index]) } }
            let ordered = members.sorted { $0.number < $1.number }
            guard ordered.map(\.number) == Array(0..<key.count) else { continue }
            for index in indices.dropFirst() { result[index] = nil }
            result[indices[0]] = SplitSet(
                parts: ordered.map { Part(number: $0.number + 1, file: $0.set.parts[0].file) }, count: key.count,
                announcedCount: key.count, problems: ordered.flatMap(\.set.problems), isSplit: true)
        }
        return result.compactMap(\.self)
    }

    /// The problems that stand against reading the set whole. Where all parts are there, their names do not matter.
    var readingProblems: [SplitProblem] {
        guard parts.count == announcedCount else { return problems }
        return problems.filter { if case .nameNotOfSplitForm = $0 { false } else { true } }
    }

    /// Opens the models that paths lead to in order to read them whole, each once, whichever parts of a split one are named.
    ///
    /// Throws the first problem that stands against that: a file that cannot be read, a part that is missing, parts that do not fit.
    public static func open(paths: [String]) throws(GGUFError) -> [SplitSet] {
        let inputs = ModelInputs(paths)
        if let error = inputs.failures.first { throw .file(error) }
        for model in inputs.models { try model.checkReadable() }
        return inputs.models
    }
}

/// A file that its keys alone call a part.
private struct UnnamedPart {
    /// What parts of one set have in common.
    struct Key: Hashable {
        let count: Int
        let tensors: Int?
    }

    let key: Key
    /// From 0.
    let number: Int

    init?(_ set: SplitSet) {
        guard !set.isSplit, set.announcedCount > 1, let file = set.parts.first?.file,
            let number = file.metadata["split.no"]?.integer, (0..<set.announcedCount).contains(number)
        else { return nil }
        self.number = number
        key = Key(count: set.announcedCount, tensors: file.metadata["split.tensors.count"]?.integer)
    }
}
