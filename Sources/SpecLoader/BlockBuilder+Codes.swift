import HIFIBlockSpec

/// What codes stand for: runs, codebooks, grids, ternary digits.
extension BlockBuilder {
    /// Digits and planes of each run; at least one run.
    func runs(of source: IntegerSource, elements: Int, fields: [Field]) throws -> [IndexedInteger.Run] {
        var sources = source.runs ?? []
        if let digits = source.digits, let planes = source.planes, source.runs == nil {
            sources = [RunSource(digits: digits, planes: planes)]
        }
        guard !sources.isEmpty, source.runs == nil || (source.digits == nil && source.planes == nil) else {
            throw fail("an integer has digits and planes, or runs that have them")
        }
        let runs = try sources.map { run in
            let digits = run.digits.pairs.map { Digit(name: $0.name, radix: $0.value) }
            guard !digits.isEmpty, digits.allSatisfy({ (1...elements).contains($0.radix) }) else { throw fail("digits must be positive") }
            guard digits.reduce(1, { min(elements + 1, $0 * $1.radix) }) <= elements else { throw fail("digits cover more than the block") }
            return IndexedInteger.Run(
                digits: digits, planes: try run.planes.map { try plane($0, digits: digits, fields: fields) }, firstLane: run.firstLane ?? 0)
        }
        func shape(_ run: IndexedInteger.Run) -> [[Int]] { run.planes.map { [$0.width, $0.place, $0.signed ? 1 : 0, $0.gray] } }
        guard runs.allSatisfy({ shape($0) == shape(runs[0]) }) else { throw fail("the planes of runs differ in more than where they lie") }
        return runs
    }

    /// The codebook that is written out, or that of a type of scalar.
    func codebook(_ source: IntegerSource) throws -> [Int]? {
        guard let type = source.read else { return source.codebook }
        guard source.codebook == nil else { throw fail("a code is read by a codebook or as a scalar, not both ways") }
        guard type == "ue4m3" else { throw fail("codes can be read as ue4m3, not as '\(type)'") }
        return (0..<256).map(Self.ue4m3)
    }

    /// Half the number that the code is as UE4M3, in units of 2^−10 (`NUM-12`).
    private static func ue4m3(_ code: Int) -> Int {
        let (exponent, fraction) = (code >> 3 & 15, code & 7)
        if code == 0x7F { return 0 }
        return exponent == 0 ? fraction : (8 + fraction) << (exponent - 1)
    }

    /// The selection by a grid, by ternary digits or by a sequence, if there is one.
    func selection(_ source: IntegerSource, runs: [IndexedInteger.Run]) throws -> Selection? {
        let lane = source.grid?.lane ?? source.sequence?.lane ?? source.ternary.map { [$0] } ?? []
        let ways = [source.grid != nil, source.sequence != nil, source.ternary != nil].count { $0 }
        guard ways <= 1 else { throw fail("a code names an entry of a grid, or holds ternary digits, or starts a sequence") }
        guard source.lastFirst == nil || source.ternary != nil else { throw fail("lastFirst is for ternary digits") }
        guard runs.allSatisfy({ $0.firstLane == 0 }) || source.ternary != nil else { throw fail("firstLane is for ternary digits") }
        for name in lane where !runs.allSatisfy({ $0.digits.contains { $0.name == name } }) {
            throw fail("no digit '\(name)' in every run")
        }
        let width = runs[0].planes.reduce(0) { max($0, $1.place + $1.width) }
        let radices = runs.map { run in run.digits.filter { lane.contains($0.name) }.reduce(1) { $0 * $1.radix } }
        if source.ternary != nil {
            let ends = zip(runs, radices).map { $0.firstLane + $1 }
            guard width == 8, ends.allSatisfy({ $0 <= Selection.ternaryDigits }), runs.allSatisfy({ $0.firstLane >= 0 }) else {
                throw fail("ternary digits are up to five of a byte")
            }
            return Selection(lane: lane, rule: source.lastFirst == true ? .ternaryFromLast : .ternary, signs: .none)
        }
        if let sequence = source.sequence {
            guard sequence.multiplier % 2 == 1, radices.allSatisfy({ $0 <= 16 }) else {
                throw fail("a sequence has an odd multiplier and gives up to 16 numbers")
            }
            return Selection(
                lane: lane,
                rule: .sequence(
                    NumberSequence(
                        start: sequence.start, multiplier: sequence.multiplier, mask: sequence.mask, bias: sequence.bias ?? 0,
                        isMagnitude: sequence.magnitude ?? false)), signs: .none)
        }
        guard let use = source.grid else { return nil }
        guard let grid = grids.first(where: { $0.id == use.id }) else { throw fail("no grid '\(use.id)'") }
        let signs = try checks.word(use.signs ?? "none", Selection.Signs.self, at: id)
        let bits = grid.entries.trailingZeroBitCount
        let above = [Selection.Signs.none: 0, .own: 1, .parity: Selection.storedSigns][signs] ?? 0
        guard width == bits + above else {
            throw fail("codes of \(width) bits for \(bits) bits of an entry's number and \(above) of signs")
        }
        guard radices.allSatisfy({ $0.isMultiple(of: grid.lanes) && (signs != .parity || $0 == Selection.storedSigns + 1) }) else {
            throw fail("the lanes of grid \(grid.id) are \(grid.lanes), under signs by parity eight for each code")
        }
        return Selection(lane: lane, rule: .grid(grid, bits: bits), signs: signs)
    }
}
