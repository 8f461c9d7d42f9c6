import HIFIBlockSpec

extension BlockBuilder {
    /// How the rows of a format are interleaved: every bit of each row's block has one place of its own in the group.
    func weave(_ source: WeaveSource, of base: BlockFormat, rows: Int) throws -> Weave {
        let bits = 8 * base.bytes
        var taken = [Bool](repeating: false, count: rows * bits)
        let runs = try source.runs.map { try run($0, of: base) }
        for run in runs {
            guard let field = base.field(run.field) else { continue }
            for row in 0..<rows {
                for (start, place) in run.places(ofRow: row) {
                    guard start + run.width <= 8 * field.range.count else { throw fail("a run of \(run.field) ends outside the field") }
                    for bit in place..<place + run.width {
                        guard taken.indices.contains(bit) else { throw fail("a run of \(run.field) ends outside the group") }
                        guard !taken[bit] else { throw fail("bit \(bit) of the group is in two runs") }
                        taken[bit] = true
                    }
                }
            }
        }
        let weave = Weave(base: base.id, runs: runs)
        if let bit = weave.places(ofRow: 0, in: base).firstIndex(of: nil) { throw fail("bit \(bit) of a block is in no run") }
        guard taken.allSatisfy(\.self) else { throw fail("some bits of the group are in no run") }
        return weave
    }

    private func run(_ source: WeaveSource.Run, of base: BlockFormat) throws -> Weave.Run {
        guard base.field(source.field) != nil else { throw fail("a run of unknown field '\(source.field)'") }
        let digits = (source.digits?.pairs ?? []).map { Digit(name: $0.name, radix: $0.value) }
        let known = Set(digits.map(\.name))
        guard known.count == digits.count, !known.contains("row"), digits.allSatisfy({ (1...256).contains($0.radix) }) else {
            throw fail("digits of a run are 1 to 256, each of a name of its own, and none is called row")
        }
        let (from, to) = (source.from?.pairs ?? [], source.to.pairs)
        guard Set(from.map(\.name)) == known, Set(to.map(\.name)) == known.union(["row"]) else {
            throw fail("a run of \(source.field) needs a step for every digit, in the block and in the group, and one for the row")
        }
        let steps = from.map(\.value) + to.map(\.value) + [source.first ?? 0, source.at]
        guard (1...64).contains(source.width), steps.allSatisfy({ (0...65535).contains($0) }) else {
            throw fail("a run of \(source.field): width 1 to 64, places not negative")
        }
        return Weave.Run(
            field: source.field, width: source.width, digits: digits, from: source.first ?? 0,
            strides: digits.map { source.from?[$0.name] ?? 0 }, at: source.at, steps: digits.map { source.to[$0.name] },
            row: source.to["row"])
    }
}
