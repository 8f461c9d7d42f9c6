import HIFIBlockSpec

/// Faults of codes that stand for the numbers of several weights: entries of grids, signs, ternary digits, runs, scalars cut up.
enum SelectionMutants {
    /// Another declaration.
    struct Change {
        let name: String
        let fault: String
        let format: BlockFormat
    }

    static func changes(of format: BlockFormat) -> [Change] { grids(format) + sequences(format) + runs(format) + parts(format) }

    /// That bits above those of the code make no difference, whether they are taken in or come from a sign.
    static func ignoresUpperBits(_ rule: IndexedInteger, _ changed: IndexedInteger?) -> Mutant.Equivalence? {
        guard rule.selection != nil, let changed, changed.planes.map(\.place) == rule.planes.map(\.place) else { return nil }
        return .init(argument: "a selection looks at the bits of its code only; every code gives the same numbers") {
            let mask = 1 << rule.width - 1
            return (0..<rule.laneCount).allSatisfy { lane in
                (0..<1 << max(rule.width, changed.width)).allSatisfy {
                    rule.value(of: $0 & mask, lane: lane) == changed.value(of: $0, lane: lane)
                }
            }
        }
    }

    /// Entries of each grid that are planted wrong one by one, spread over all.
    private static let entriesPlanted = 16

    private static func grids(_ format: BlockFormat) -> [Change] {
        guard let selection = format.decoding?.code?.selection, case .grid(let grid, let bits) = selection.rule else { return [] }
        var changes: [Change] = []
        func add(
            _ name: String, _ fault: String, lane: [String]? = nil, signs: Selection.Signs? = nil, _ number: ((Int, Int) -> Int)? = nil
        ) {
            var changed = grid
            if let number {
                let numbers = (0..<grid.entries).flatMap { entry in (0..<grid.lanes).map { Int8(truncatingIfNeeded: number(entry, $0)) } }
                changed = Grid(id: grid.id, lanes: grid.lanes, numbers: numbers)
            }
            let other = Selection(lane: lane ?? selection.lane, rule: .grid(changed, bits: bits), signs: signs ?? selection.signs)
            changes.append(
                Change(name: name, fault: fault, format: FormatEdit.rule(format, .code) { $0.with(selection: other) }))
        }
        let lanes = grid.lanes
        add("grid-reversed", "the numbers of an entry are taken in reverse order") { grid.number($0, lanes - 1 - $1) }
        add("grid-turned", "each weight takes the number of the next in its entry") { grid.number($0, ($1 + 1) % lanes) }
        add("grid-next", "a code names the entry after its own") { grid.number(($0 + 1) % grid.entries, $1) }
        add("grid-halves", "the halves of an entry change places") { grid.number($0, ($1 + lanes / 2) % lanes) }
        for lane in 0..<lanes {
            add("grid-lane\(lane)", "number \(lane) of every entry is one too large") { grid.number($0, $1) + ($1 == lane ? 1 : 0) }
        }
        for value in Set(grid.numbers.map(Int.init)).sorted() {
            add("grid-value\(value)", "\(value) in the grid is \(value + 1)") {
                grid.number($0, $1) == value ? value + 1 : grid.number($0, $1)
            }
        }
        for step in 0..<entriesPlanted {
            let wrong = (2 * step + 1) * grid.entries / (2 * entriesPlanted)
            add("grid-entry\(wrong)", "number \(step % lanes) of entry \(wrong) is one too large") { entry, lane in
                grid.number(entry, lane) + (entry == wrong && lane == step % lanes ? 1 : 0)
            }
        }
        for signs in Selection.Signs.allCases where signs != selection.signs && selection.signs != .none {
            add("signs-\(signs)", "signs are taken as \(signs) instead of \(selection.signs)", signs: signs)
        }
        for name in selection.lane where selection.lane.count > 1 {
            add(
                "lane-without-\(name)", "the place in the entry does not depend on digit \(name)",
                lane: selection.lane.filter { $0 != name })
        }
        return changes
    }

    /// The constants of a sequence, and where it begins.
    private static func sequences(_ format: BlockFormat) -> [Change] {
        guard let selection = format.decoding?.code?.selection, case .sequence(let own) = selection.rule else { return [] }
        func change(
            _ name: String, _ fault: String, start: UInt32? = nil, multiplier: UInt32? = nil, mask: UInt32? = nil, bias: Int? = nil,
            isMagnitude: Bool? = nil
        ) -> Change {
            let other = NumberSequence(
                start: start ?? own.start, multiplier: multiplier ?? own.multiplier, mask: mask ?? own.mask, bias: bias ?? own.bias,
                isMagnitude: isMagnitude ?? own.isMagnitude)
            let changed = Selection(lane: selection.lane, rule: .sequence(other), signs: selection.signs)
            return Change(
                name: "sequence-\(name)", fault: "the sequence of a code: \(fault)",
                format: FormatEdit.rule(format, .code) { $0.with(selection: changed) })
        }
        return [
            change("start-0", "nothing is added to the code", start: 0),
            change("start", "1 too much is added to the code", start: own.start + 1),
            change("multiplier", "the multiplier is 2 too large", multiplier: own.multiplier &+ 2),
            change("multiplier-turned", "the multiplier's sign is turned", multiplier: 0 &- own.multiplier),
            change("mask-wide", "a bit more of each byte counts", mask: own.mask | own.mask << 1),
            change("mask-three", "the uppermost byte does not count", mask: own.mask & 0x00FF_FFFF),
            change("bias", "sums are 1 too large", bias: own.bias + 1), change("bias-none", "sums are taken as they are", bias: 0),
            change("magnitude", "numbers \(own.isMagnitude ? "keep" : "lose") their sign", isMagnitude: !own.isMagnitude),
        ]
    }

    /// Where later runs lie.
    private static func runs(_ format: BlockFormat) -> [Change] {
        guard let rule = format.decoding?.code else { return [] }
        var changes: [Change] = []
        for (number, run) in rule.further.enumerated() {
            for (index, plane) in run.planes.enumerated() {
                func add(_ name: String, _ fault: String, _ changed: BitPlane) {
                    var planes = run.planes
                    planes[index] = changed
                    var further = rule.further
                    further[number] = IndexedInteger.Run(digits: run.digits, planes: planes)
                    changes.append(
                        Change(
                            name: "run\(number + 1)-plane\(index)-\(name)",
                            fault: "run \(number + 1) of the code (\(plane.field)): \(fault)",
                            format: FormatEdit.rule(format, .code) { $0.with(further: further) }))
                }
                for shift in [-8, -1, 1, 8] {
                    add("first\(shift)", "begins \(shift) bits off", plane.with(firstBit: plane.firstBit + shift))
                }
                for (digit, stride) in plane.strides.enumerated() {
                    for (what, new) in [("stuck", 0), ("half", stride / 2), ("double", 2 * stride)] where new != stride {
                        var strides = plane.strides
                        strides[digit] = new
                        add(
                            "\(run.digits[digit].name)-\(what)",
                            "moves \(new) bits with digit \(run.digits[digit].name) instead of \(stride)",
                            plane.with(strides: strides))
                    }
                }
            }
            // The digits the other way round, so that neighbours are digits of one byte.
            var further = rule.further
            further[number] = IndexedInteger.Run(
                digits: run.digits.reversed(), planes: run.planes.map { $0.with(strides: $0.strides.reversed()) })
            changes.append(
                Change(
                    name: "run\(number + 1)-transposed", fault: "run \(number + 1) of the code: digits are counted in the other order",
                    format: FormatEdit.rule(format, .code) { $0.with(further: further) }))
        }
        return changes
    }

    /// The bits of a scalar that is cut up.
    private static func parts(_ format: BlockFormat) -> [Change] {
        var changes: [Change] = []
        for field in format.fields where !field.parts.isEmpty {
            func add(_ name: String, _ fault: String, _ parts: [Field.Part]) {
                changes.append(
                    Change(
                        name: "field-\(field.name)-\(name)", fault: "field \(field.name): \(fault)",
                        format: FormatEdit.field(format, field.name) {
                            Field(name: $0.name, offset: $0.offset, type: $0.type, count: $0.count, parts: parts)
                        }))
            }
            for (index, part) in field.parts.enumerated() {
                for shift in [-12, -4, -1, 1] {
                    var parts = field.parts
                    parts[index] = Field.Part(bit: part.bit + shift, width: part.width, place: part.place)
                    guard parts[index].bit >= 0 else { continue }
                    add("part\(index)-\(shift)", "part \(index) is read \(shift) bits off", parts)
                }
                var parts = field.parts
                parts.remove(at: index)
                add("part\(index)-missing", "part \(index) is left out", parts)
                guard index > 0 else { continue }
                parts = field.parts
                parts[index] = Field.Part(bit: part.bit, width: part.width, place: field.parts[index - 1].place)
                parts[index - 1] = Field.Part(bit: field.parts[index - 1].bit, width: part.width, place: part.place)
                add("part\(index)-swapped", "parts \(index - 1) and \(index) change places", parts)
            }
        }
        return changes
    }

    /// Decoders with faults of signs and digits that no declaration expresses.
    static func twins(_ list: inout DecoderFaults.TwinList) {
        guard let rule = list.format.decoding?.code, let selection = rule.selection else { return }
        let lanes = rule.lanes
        func add(_ name: String, _ fault: String, _ value: @escaping @Sendable (_ code: Int, _ lane: Int) -> Int) {
            list.add(name, fault) { $0.code = { draft, rank in value(draft.code(rank), lanes[rank]) } }
        }
        let last = rule.laneCount - 1
        if selection.signs == .parity {
            add("parity-odd", "the last sign makes the number of negative weights odd") { code, lane in
                lane == last ? -rule.value(of: code, lane: lane) : rule.value(of: code, lane: lane)
            }
            add("parity-positive", "the last weight of eight is never negative") { code, lane in
                lane == last ? abs(rule.value(of: code, lane: lane)) : rule.value(of: code, lane: lane)
            }
            add("parity-of-six", "the first sign plays no part in the parity") { code, lane in
                let lowest = rule.width - Selection.storedSigns
                return rule.value(of: lane == last ? code & ~(1 << lowest) : code, lane: lane)
            }
        }
        if selection.signs != .none {
            add("signs-lost", "no weight is negative") { abs(rule.value(of: $0, lane: $1)) }
            add("signs-turned", "set signs are positive") { -rule.value(of: $0, lane: $1) }
        }
        if case .sequence(let sequence) = selection.rule {
            // The state after so many steps is found by starting over each time, or one step too late or early.
            add("sequence-late", "the first number is taken after two steps") { code, lane in sequence.number(code, lane + 1) + rule.bias }
            add("sequence-stuck", "the state is not kept from one number to the next") { code, _ in sequence.number(code, 0) + rule.bias }
            add("sequence-backwards", "the numbers are taken from the last to the first") { code, lane in
                sequence.number(code, last - lane) + rule.bias
            }
        }
        let isFromLast = selection.rule == .ternaryFromLast
        guard isFromLast || selection.rule == .ternary else { return }
        let powers = [1, 3, 9, 27, 81]
        /// The place of a lane's digit after the point.
        @Sendable func place(_ lane: Int) -> Int { isFromLast ? Selection.ternaryDigits - 1 - lane : lane }
        add("ternary-number", "a byte is taken for a number, whose digits are found by division") { code, lane in
            code / powers[4 - place(lane)] % 3 + rule.bias
        }
        add("ternary-backwards", "the digits are taken from the last to the first") { code, lane in
            rule.value(of: code, lane: last - lane)
        }
        add("ternary-wide", "powers of three are not held to a byte") { code, lane in
            ((code * powers[place(lane)] * 3) >> 8) + rule.bias
        }
        add("ternary-half", "digits are rounded to nearest instead of down") { code, lane in
            ((((code * powers[place(lane)]) & 0xFF) * 3 + 128) >> 8) + rule.bias
        }
    }
}
