import HIFIBlockSpec
import Suite

/// By what rule an integer that was read comes from the right one, or from which bits of the block.
extension Deduction {
    typealias Part = DecodingMistakeMaker.Part

    /// What is read in place of the integers of one part.
    struct Change {
        let id: String
        let words: String
        /// Whether it says itself which weights it is about, and leaves the others as they are.
        var isPlaced = false
        let apply: @Sendable (BlockReading) -> [Float]
    }

    /// Everything that gives the integers seen.
    func changes(_ part: Part, _ seen: [[Float]], _ condition: Condition, _ places: [Int]) -> [Change] {
        tables(part, seen, condition, places) + moves(part, seen, condition, places) + bits(part, seen, condition, places)
    }

    func reading(_ part: Part, _ change: Change) -> Reading {
        let reader = reader
        return Reading(id: change.id, words: change.words, isPlaced: change.isPlaced) { reading in
            var changed = reading
            changed[part] = change.apply(reading)
            return reader.base(changed)
        }
    }

    /// Scales and minima are both read wrongly: one is left over where each is taken for right.
    func both(_ condition: Condition, _ places: [Int]) -> [Reading] {
        guard condition.words.isEmpty, let (scales, minima) = seenBoth(places) else { return [] }
        let reader = reader
        let changed = (changes(.scale, scales, condition, places), changes(.minimum, minima, condition, places))
        return changed.0.flatMap { scale in
            changed.1.map { minimum in
                Reading(
                    id: "\(scale.id)-\(minimum.id)", words: Self.words(scale.words, minimum.words),
                    isPlaced: scale.isPlaced || minimum.isPlaced
                ) { reading in
                    var changed = reading
                    changed.scale = scale.apply(reading)
                    changed.minimum = minimum.apply(reading)
                    return reader.base(changed)
                }
            }
        }
    }

    /// The same of scales and of minima is said once.
    private static func words(_ scale: String, _ minimum: String) -> String {
        let same = minimum.replacing("minima", with: "scales").replacing("minimum", with: "scale")
        guard same == scale else { return "\(scale), and \(minimum)" }
        return scale.replacing("scales", with: "\u{0}").replacing("scale", with: "scale and minimum").replacing(
            "\u{0}", with: "scales and minima")
    }

    static func name(_ part: Part) -> (one: String, many: String) {
        switch part {
        case .code: ("code", "codes")
        case .scale: ("scale", "scales")
        case .minimum: ("minimum", "minima")
        }
    }

    // MARK: A rule from the right integer

    /// The right integer taken for another one, always the same for the same.
    func tables(_ part: Part, _ seen: [[Float]], _ condition: Condition, _ places: [Int]) -> [Change] {
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
        func change(_ words: String, _ apply: @escaping @Sendable (Float) -> Float) -> Change {
            Change(id: "\(part.rawValue)-rule", words: words) { $0[part].map(apply) }
        }
        guard table.values.allSatisfy({ $0 == $0.rounded() }) else {
            let list = table.filter { Float($0.key) != $0.value }.sorted { $0.key < $1.key }
            let some = list.prefix(4).map { "\($0.key) for \($0.value)" }.joined(separator: ", ")
            let known = table
            return [
                change("\(names.many) are taken for others: \(some)\(list.count > 4 ? ", and \(list.count - 4) more" : "")") {
                    known[Int($0)] ?? $0
                }
            ]
        }
        return IntegerRule.rules(table.mapValues { Int($0) }, own, names).map { rule in
            change(rule.words) { Float(rule.apply(Int($0))) }
        }
    }

    // MARK: The integer of another weight or sub-block

    func moves(_ part: Part, _ seen: [[Float]], _ condition: Condition, _ places: [Int]) -> [Change] {
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
        let (from, fixed) = (sources, constants)
        let moved = places.filter { fixed[$0] == nil }
        guard !moved.isEmpty else { return [] }
        var words = Self.move(part, sources, every, moved)
        if let first = places.first(where: { fixed[$0] != nil }), let number = fixed[first] {
            let value = number == number.rounded() ? "\(Int(number))" : "\(number)"
            words += ", and \(value) is taken for that of \(part == .code ? "weight" : "sub-block") \(first / every)"
        }
        return [
            Change(id: "\(part.rawValue)-moved", words: words, isPlaced: true) { reading in
                let right = reading[part]
                return from.indices.map { fixed[$0] ?? right[from[$0] * every] }
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
}
