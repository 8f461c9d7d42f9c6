import HIFIBlockSpec
import Suite

/// By what rule an integer that was read comes from the right one, or from which bits of the block.
extension Deduction {
    typealias Part = DecodingMistakeMaker.Part

    static func name(_ part: Part) -> (one: String, many: String) {
        switch part {
        case .code: ("code", "codes")
        case .scale: ("scale", "scales")
        case .minimum: ("minimum", "minima")
        }
    }

    // MARK: A rule from the right integer

    /// The right integer taken for another one, always the same for the same.
    func tables(_ part: Part, _ seen: [[Float]], _ condition: Condition, _ places: [Int]) -> [Reading] {
        guard let own = reader.part(part) else { return [] }
        var table: [Int: Float] = [:]
        for (block, row) in zip(blocks, seen) {
            for weight in places where row[weight] != Self.any && condition.holds(block.reading, weight) {
                let right = Int(block.reading[part][weight])
                if let other = table[right], other != row[weight] { return [] }
                table[right] = row[weight]
            }
        }
        guard table.contains(where: { Float($0.key) != $0.value }) else { return [] }
        let names = Self.name(part)
        let reader = reader
        func reading(_ words: String, _ apply: @escaping @Sendable (Float) -> Float) -> Reading {
            Reading(id: "\(part.rawValue)-rule", words: words) { reading in
                var changed = reading
                for weight in changed[part].indices { changed[part][weight] = apply(changed[part][weight]) }
                return reader.base(changed)
            }
        }
        guard table.values.allSatisfy({ $0 == $0.rounded() }) else {
            let list = table.filter { Float($0.key) != $0.value }.sorted { $0.key < $1.key }
            let some = list.prefix(4).map { "\($0.key) for \($0.value)" }.joined(separator: ", ")
            let known = table
            return [
                reading("\(names.many) are taken for others: \(some)\(list.count > 4 ? ", and \(list.count - 4) more" : "")") {
                    known[Int($0)] ?? $0
                }
            ]
        }
        return IntegerRule.rules(table.mapValues { Int($0) }, own, names).map { rule in
            reading(rule.words) { Float(rule.apply(Int($0))) }
        }
    }

    // MARK: The integer of another weight or sub-block

    func moves(_ part: Part, _ seen: [[Float]], _ condition: Condition, _ places: [Int]) -> [Reading] {
        guard let own = reader.part(part), own.count > 1, condition.words.isEmpty else { return [] }
        let every = reader.every(part)
        let count = own.count
        var sources = (0..<reader.format.elements).map { $0 / every }
        var constants: [Int: Float] = [:]
        for weight in places {
            var told = 0
            let fitting = (0..<count).filter { other in
                var count = 0
                for (block, row) in zip(blocks, seen) where row[weight] != Self.any {
                    guard block.reading[part][other * every] == row[weight] else { return false }
                    count += 1
                }
                told = count
                return true
            }
            guard let first = fitting.first else {
                // The same number whatever the block holds: one that was never read.
                let numbers = Set(seen.map { $0[weight] }.filter { $0 != Self.any })
                guard numbers.count == 1, let number = numbers.first else { return [] }
                constants[weight] = number
                continue
            }
            guard told >= Self.fewest else { return [] }
            let last = sources[max(0, weight - 1)]
            sources[weight] = fitting.contains(last) ? last : fitting.contains(last + 1) ? last + 1 : first
        }
        let (reader, from, fixed) = (reader, sources, constants)
        let moved = places.filter { fixed[$0] == nil }
        guard !moved.isEmpty else { return [] }
        var words = Self.move(part, sources, every, moved)
        if let first = places.first(where: { fixed[$0] != nil }), let number = fixed[first] {
            let value = number == number.rounded() ? "\(Int(number))" : "\(number)"
            words += ", and \(value) is taken for that of \(part == .code ? "weight" : "sub-block") \(first / every)"
        }
        return [
            Reading(id: "\(part.rawValue)-moved", words: words, isPlaced: true) { reading in
                var changed = reading
                for weight in from.indices { changed[part][weight] = fixed[weight] ?? reading[part][from[weight] * every] }
                return reader.base(changed)
            }
        ]
    }

    private static func move(_ part: Part, _ sources: [Int], _ every: Int, _ places: [Int]) -> String {
        let names = name(part)
        let unit = part == .code ? "weight" : "sub-block"
        let steps = Set(places.map { sources[$0] - $0 / every })
        if steps.count == 1, let step = steps.first {
            let other =
                switch step {
                case 1: "the next"
                case -1: "the one before"
                default: "the one \(abs(step)) \(step > 0 ? "further on" : "earlier")"
                }
            return "each \(unit) takes the \(names.one) of \(other)"
        }
        let masks = Set(places.map { sources[$0] ^ ($0 / every) })
        if masks.count == 1, let mask = masks.first { return "the \(names.one) of \(unit) i ^ \(mask) is taken for that of \(unit) i" }
        let targets = Set(places.map { sources[$0] })
        if targets.count == 1, let target = targets.first { return "the \(names.one) of \(unit) \(target) is taken" }
        return "\(names.many) of other \(unit)s are taken: \(runs(places.map { ($0, sources[$0]) }, unit))"
    }

    /// `weights 8 to 15 take that of sub-block 1, …`
    private static func runs(_ pairs: [(Int, Int)], _ unit: String) -> String {
        var runs: [(first: Int, last: Int, from: Int, step: Int)] = []
        for (weight, from) in pairs {
            if let run = runs.last, run.last == weight - 1 {
                let length = weight - run.first
                if from == run.from + (run.step * length), run.step != 0 || run.from == from {
                    runs[runs.count - 1].last = weight
                    continue
                }
                if length == 1, from - run.from == 1 {
                    runs[runs.count - 1].last = weight
                    runs[runs.count - 1].step = 1
                    continue
                }
            }
            runs.append((weight, weight, from, 0))
        }
        let words = runs.prefix(3).map { run in
            let target = run.first == run.last ? "weight \(run.first) takes" : "weights \(run.first) to \(run.last) take"
            let source =
                run.step == 0 ? "that of \(unit) \(run.from)" : "those of \(unit)s \(run.from) to \(run.from + run.last - run.first)"
            return "\(target) \(source)"
        }
        return words.joined(separator: ", ") + (runs.count > 3 ? ", and \(runs.count - 3) more" : "")
    }

    // MARK: Bits from other places

    /// Where a bit of an integer was read.
    private enum Source: Hashable {
        case constant(Bool)
        case bit(Int, inverted: Bool)
    }

    func bits(_ part: Part, _ seen: [[Float]], _ condition: Condition, _ places: [Int]) -> [Reading] {
        guard let own = reader.part(part), own.rule.selection == nil, condition.words.isEmpty, own.width <= 16,
            own.planes.allSatisfy({ $0.gray == nil })
        else { return [] }
        // The raw form must follow from the value.
        let ambiguous = Int.min
        var raws: [Int: Int] = [:]
        for raw in 0..<1 << own.width {
            let value = own.value(raw, at: 0)
            raws[value] = raws[value] == nil ? raw : ambiguous
        }
        // Where raw form and value differ by a number, a reader may take more bits than there are.
        let bias = own.value(0, at: 0)
        let isPlain = own.width <= 8 && (0..<1 << own.width).allSatisfy { own.value($0, at: 0) == $0 + bias }
        let width = isPlain ? max(own.width, min(own.width + 6, 12)) : own.width
        if isPlain { for raw in 1 << own.width..<1 << width { raws[raw + bias] = raws[raw + bias] ?? raw } }
        let every = reader.every(part)
        let histories = histories()
        var sources = [[Source]](repeating: [], count: reader.format.elements)
        var changes: [(weight: Int, bit: Int, declared: Int, source: Source)] = []
        for weight in places {
            var told: UInt64 = 0
            var words = [UInt64](repeating: 0, count: width)
            for (number, row) in seen.enumerated() where row[weight] != Self.any {
                guard row[weight] == row[weight].rounded(), let raw = raws[Int(row[weight])] else { return [] }
                guard raw != ambiguous else { continue }
                told |= 1 << UInt64(number)
                for bit in words.indices where raw >> bit & 1 == 1 { words[bit] |= 1 << UInt64(number) }
            }
            guard told.nonzeroBitCount >= Self.fewest else { return [] }
            for bit in words.indices {
                guard let plane = own.planes.first(where: { bit >= $0.place && bit < $0.place + $0.width }) else {
                    if words[bit] & told == 0 {
                        sources[weight].append(.constant(false))
                        continue
                    }
                    guard let top = own.planes.max(by: { $0.place < $1.place }) else { return [] }
                    let near = top.positions[weight / every] + bit - top.place
                    let fitting = histories.indices.filter { (histories[$0] ^ words[bit]) & told == 0 }
                    guard let place = fitting.min(by: { abs($0 - near) < abs($1 - near) }) else { return [] }
                    sources[weight].append(.bit(place, inverted: false))
                    changes.append((weight, bit, place, .bit(place, inverted: false)))
                    continue
                }
                let declared = plane.positions[weight / every] + bit - plane.place
                if (histories[declared] ^ words[bit]) & told == 0 {
                    sources[weight].append(.bit(declared, inverted: false))
                    continue
                }
                var source: Source?
                if words[bit] & told == 0 { source = .constant(false) } else if ~words[bit] & told == 0 { source = .constant(true) }
                // Near places are the likelier ones.
                if source == nil {
                    let fitting = histories.indices.filter { (histories[$0] ^ words[bit]) & told == 0 }
                    source = fitting.min { abs($0 - declared) < abs($1 - declared) }.map { .bit($0, inverted: false) }
                }
                if source == nil {
                    source = histories.indices.filter { (~histories[$0] ^ words[bit]) & told == 0 }
                        .min { abs($0 - declared) < abs($1 - declared) }.map { .bit($0, inverted: true) }
                }
                guard let source else { return [] }
                sources[weight].append(source)
                changes.append((weight, bit, declared, source))
            }
        }
        guard let first = changes.first else { return [] }
        let (reader, from) = (reader, sources)
        let words = Self.words(part, changes, first, every, width, reader)
        return [
            Reading(id: "\(part.rawValue)-bits", words: words, isPlaced: true) { reading in
                var changed = reading
                for weight in from.indices where !from[weight].isEmpty {
                    var raw = 0
                    for (bit, source) in from[weight].enumerated() {
                        let isSet =
                            switch source {
                            case .constant(let value): value
                            case .bit(let place, let inverted): (reading.draft.bytes[place / 8] >> UInt8(place % 8) & 1 == 1) != inverted
                            }
                        if isSet { raw |= 1 << bit }
                    }
                    changed[part][weight] = raw < 1 << own.width ? Float(own.value(raw, at: weight / every)) : Float(raw + bias)
                }
                return reader.base(changed)
            }
        ]
    }

    /// Of each bit of a block, what it is in all blocks.
    private func histories() -> [UInt64] {
        var histories = [UInt64](repeating: 0, count: 8 * reader.format.bytes)
        for (number, block) in blocks.enumerated() {
            for (byte, value) in block.reading.draft.bytes.enumerated() where value != 0 {
                for bit in 0..<8 where value >> UInt8(bit) & 1 == 1 { histories[8 * byte + bit] |= 1 << UInt64(number) }
            }
        }
        return histories
    }

    private static func words(
        _ part: Part, _ changes: [(weight: Int, bit: Int, declared: Int, source: Source)],
        _ first: (weight: Int, bit: Int, declared: Int, source: Source), _ every: Int, _ width: Int, _ reader: BlockReader
    ) -> String {
        let names = name(part)
        let owner = part == .code ? "weight \(first.weight)" : "sub-block \(first.weight / every)"
        if let declared = reader.part(part)?.width, changes.allSatisfy({ $0.bit >= declared }) {
            return "\(names.many) take in more bits than they have: bit \(first.bit) of the \(names.one) of \(owner) is read from "
                + reader.place(first.declared)
        }
        let bits = Set(changes.map(\.bit)).sorted()
        let isRun = bits.count > 2 && bits.count == bits[bits.count - 1] - bits[0] + 1
        let numbers = isRun ? "\(bits[0]) to \(bits[bits.count - 1])" : bits.map(String.init).joined(separator: " and ")
        let list = bits.count == width ? names.many : "bit\(bits.count == 1 ? "" : "s") \(numbers) of \(names.many)"
        let are = bits.count == 1 && bits.count != width ? "is" : "are"
        if changes.allSatisfy({ $0.source == .constant(false) }) { return "\(list) \(are) taken for 0" }
        if changes.allSatisfy({ $0.source == .constant(true) }) { return "\(list) \(are) taken for 1" }
        let steps = Set(
            changes.map { change -> Int? in if case .bit(let place, false) = change.source { place - change.declared } else { nil } })
        if steps.count == 1, let step = steps.first ?? nil {
            let size =
                step % 8 == 0 ? (abs(step) == 8 ? "a byte" : "\(abs(step) / 8) bytes") : (abs(step) == 1 ? "a bit" : "\(abs(step)) bits")
            return "\(list) \(are) read \(size) too \(step > 0 ? "far" : "early")"
        }
        if changes.allSatisfy({ $0.source == .bit($0.declared, inverted: true) }) { return "\(list) \(are) inverted" }
        func place(_ source: Source) -> String {
            switch source {
            case .constant(let value): "taken for \(value ? 1 : 0)"
            case .bit(let bit, let inverted): "read from \(reader.place(bit))\(inverted ? ", inverted" : "")"
            }
        }
        let rest = changes.count == 1 ? "" : ", and so on for others"
        return "\(list) \(are) read from elsewhere: bit \(first.bit) of the \(names.one) of \(owner) is \(place(first.source)) where "
            + "\(reader.place(first.declared)) is meant\(rest)"
    }
}
