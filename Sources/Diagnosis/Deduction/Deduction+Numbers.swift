import HIFIBlockSpec
import HIFIReference
import Mutants
import Suite

/// What may be wrong with scalars, with the calculation, and with where weights go.
extension Deduction {
    func numbers(_ condition: Condition, _ places: [Int]) -> [Reading] {
        [Reading(id: "nothing", words: "weights are left at zero") { [Float](repeating: 0, count: $0.code.count) }] + slips() + scalars()
            + roundings() + factors(places) + factorsByPlace(condition, places) + orders(condition, places)
    }

    /// Slips in the declared calculation.
    private func slips() -> [Reading] {
        let reader = reader
        return biases()
            + Formula.slips(of: reader.decoding.value).enumerated().map { number, slip in
                let formula = Formula(slip.expression, fields: reader.formula.fields)
                return Reading(id: "slip-\(number)", words: slip.words) { reader.base($0, formula) }
            }
    }

    /// A bias that is taken off after the scalar was multiplied, not before.
    private func biases() -> [Reading] {
        let expression = reader.decoding.value
        var readings: [Reading] = []
        for (part, name) in [(DecodingMistakeMaker.Part.code, "code"), (.scale, "scale")] {
            guard let bias = reader.part(part)?.rule.bias, bias != 0 else { continue }
            for (number, operation) in Self.parts(expression).enumerated() {
                let factor: Expression
                switch operation.inner {
                case .multiply(let other, .f32(name)), .multiply(.f32(name), let other): factor = other
                default: continue
                }
                let reader = reader
                func add(_ id: String, _ words: String, _ product: Expression) {
                    let formula = Formula(operation.outer.replacing("\u{0}", by: product), fields: reader.formula.fields)
                    readings.append(Reading(id: "\(name)-bias-\(id)-\(number)", words: words) { reader.base($0, formula) })
                }
                let (declared, factored) = (Expression.literal(Float(bias)), Formula.text(factor))
                let unbiased = Expression.multiply(factor, .subtract(.f32(name), declared))
                add(
                    "late", "\(-bias) is subtracted from \(factored) times the \(name), not from the \(name)",
                    .add(unbiased, declared))
                add(
                    "apart", "\(factored) times \(-bias) is subtracted from \(factored) times the \(name), a product of its own",
                    .add(unbiased, .multiply(factor, declared)))
                // A sum of activations that takes the bias off may lack a factor.
                guard case .multiply(let first, let second) = factor else { continue }
                for (id, kept, lost) in [("first", first, second), ("second", second, first)] {
                    add(
                        "only-\(id)",
                        "\(-bias) is subtracted from the \(name) by a product of its own, which \(Formula.text(lost)) does not multiply",
                        .add(unbiased, .multiply(kept, declared)))
                }
            }
        }
        return readings
    }

    // MARK: Scalars

    /// A scalar read from other bytes, or as a number of another kind.
    private func scalars() -> [Reading] {
        var readings: [Reading] = []
        let reader = reader
        func add(_ number: Int, _ id: String, _ words: String, _ read: @escaping @Sendable (BlockReading) -> Float) {
            readings.append(
                Reading(id: "\(reader.fields[number].name)-\(id)", words: words) { reading in
                    var changed = reading
                    changed.fields[number] = read(reading)
                    return reader.base(changed)
                })
        }
        for (number, field) in reader.fields.enumerated() {
            let name = field.name
            for (id, words, change) in Self.changes(field) {
                add(number, id, words.replacing("%", with: name)) { change($0.fields[number]) }
            }
            guard field.type == .f16, field.parts.isEmpty else {
                if field.type == .e8m0half {
                    add(number, "signed", "\(name) is taken for a signed byte") { reading in
                        let exponent = Int(Int8(truncatingIfNeeded: reading.draft.bits(field)))
                        return exponent < 0 ? 0 : reading.fields[number]
                    }
                    add(number, "shifted", "\(name) - 1 is shifted into the exponent without care for the smallest") { reading in
                        Float(bitPattern: UInt32(truncatingIfNeeded: Int(reading.draft.bits(field)) - 1) << 23)
                    }
                    add(number, "shifted-least", "\(name) - 1 is shifted into the exponent, 0 being taken for 1") { reading in
                        Float(bitPattern: UInt32(max(0, Int(reading.draft.bits(field)) - 1)) << 23)
                    }
                }
                if field.type.bytes == 1 {
                    for (id, words, kind) in [
                        ("u8", "an integer", ScalarType.u8), ("i8", "a signed integer", .i8), ("e8m0", "half of an E8M0 number", .e8m0half),
                    ] where kind != field.type {
                        let other = Field(name: name, offset: field.offset, type: kind, count: 1)
                        add(number, id, "\(name) is read as \(words)") { Self.float($0.draft, other) }
                    }
                    for offset in 0..<reader.format.bytes where offset != field.offset {
                        let other = Field(name: name, offset: offset, type: field.type, count: 1)
                        add(number, "at-\(offset)", "\(name) is read from byte \(offset)") { Self.float($0.draft, other) }
                    }
                }
                continue
            }
            for (id, words, kind) in [
                ("bf16", "as bf16", ScalarType.bf16), ("i16", "as a signed integer", .i16), ("u16", "as an integer", .u16),
            ] {
                let other = Field(name: name, offset: field.offset, type: kind, count: 1)
                add(number, id, "\(name) is read \(words)") { Self.float($0.draft, other) }
            }
            for offset in 0...reader.format.bytes - 2 where offset != field.offset {
                let other = Field(name: name, offset: offset, type: .f16, count: 1)
                add(number, "at-\(offset)", "\(name) is read from byte \(offset)") { Self.float($0.draft, other) }
            }
            add(number, "finite", "infinite and NaN \(name) are read as if they were numbers") { reading in
                let half = UInt16(truncatingIfNeeded: reading.draft.bits(field))
                guard half & 0x7C00 == 0x7C00 else { return reading.fields[number] }
                let size = Float(bitPattern: UInt32(half & 0x3FF) << 13 | 143 << 23)
                return half >> 15 == 1 ? -size : size
            }
            add(number, "swapped", "the bytes of \(name) are exchanged") { reading in
                let (low, high) = (UInt16(reading.draft.bytes[field.offset]), UInt16(reading.draft.bytes[field.offset + 1]))
                return SmallFloats.float(half: low << 8 | high)
            }
        }
        return readings
    }

    private static func float(_ draft: BlockDraft, _ field: Field) -> Float { SlotFaults.float(draft, field, 0) }

    /// Other numbers from the right one.
    static func changes(_ field: Field) -> [(id: String, words: String, change: @Sendable (Float) -> Float)] {
        var changes: [(String, String, @Sendable (Float) -> Float)] = [
            ("absolute", "% loses its sign", { $0.magnitude }),
            ("square", "% is applied twice", { $0 * $0 }),
            ("inverse", "weights are divided by %", { 1 / $0 }),
            ("bf16", "% is rounded to bf16", { SmallFloats.float(bfloat16: SmallFloats.bfloat16($0)) }),
            ("cut-bf16", "% is cut down to bf16", { Float(bitPattern: $0.bitPattern & 0xFFFF_0000) }),
            (
                "power", "% is rounded down to a power of two",
                { $0 == 0 ? 0 : ($0 < 0 ? -1 : 1) * Float(sign: .plus, exponent: $0.exponent, significand: 1) }
            ),
            ("root", "the root of % is taken", { $0.magnitude.squareRoot() }),
            ("whole", "% is cut down to a whole number", { $0.rounded(.towardZero) }),
            ("held", "% is held to 1", { min($0, 1) }),
            ("not-positive", "positive % is taken for 0", { min($0, 0) }),
            ("not-negative", "negative % is taken for 0", { max($0, 0) }),
            ("only-finite", "infinite and NaN % is taken for 0", { $0.isFinite ? $0 : 0 }),
            ("largest", "infinite and NaN % is taken for the largest number", { $0.isFinite ? $0 : $0 < 0 ? -65504 : 65504 }),
            ("infinite", "NaN % is taken for infinity", { $0.isNaN ? .infinity : $0 }),
        ]
        if field.type != .f16 { changes.append(("fp16", "% is kept in fp16", { SmallFloats.float(half: SmallFloats.half($0)) })) }
        if field.type == .e8m0half {
            changes.append(("nan", "the largest % is taken for NaN", { $0 >= 0x1p127 ? .nan : $0 }))
        }
        if field.type == .f16 {
            changes.append(("flushed", "subnormal % is taken for 0", { $0.magnitude < 0x1p-14 ? ($0.sign == .minus ? -0.0 : 0) : $0 }))
            changes.append(("flushed-positive", "subnormal % is taken for +0", { $0.magnitude < 0x1p-14 ? 0 : $0 }))
            for (id, words, factor) in [("double", "twice as large", Float(2)), ("half", "half as large", 0.5)] {
                changes.append(("subnormal-\(id)", "subnormal % is taken \(words)", { $0.magnitude < 0x1p-14 ? $0 * factor : $0 }))
            }
            for bits in 1...9 {
                changes.append(
                    (
                        "cut-\(bits)", "the lowest \(bits) bits of % are lost",
                        { value in
                            let half = SmallFloats.half(value) & ~((1 << UInt16(bits)) - 1)
                            return SmallFloats.float(half: half)
                        }
                    ))
            }
            changes.append(
                (
                    "normal", "subnormal % is read as if it were normal",
                    { value in
                        guard value.magnitude < 0x1p-14 else { return value }
                        let half = SmallFloats.half(value)
                        let size = Float(bitPattern: UInt32(half & 0x3FF) << 13 | 112 << 23)
                        return half >> 15 == 1 ? -size : size
                    }
                ))
        }
        return changes
    }

    // MARK: Rounding on the way

    private func roundings() -> [Reading] {
        let reader = reader
        let kinds: [(id: String, words: String, round: @Sendable (Float) -> Float)] = [
            ("fp16", "is rounded to fp16", { SmallFloats.float(half: SmallFloats.half($0)) }),
            ("bf16", "is rounded to bf16", { SmallFloats.float(bfloat16: SmallFloats.bfloat16($0)) }),
            ("cut-bf16", "is cut down to bf16", { Float(bitPattern: $0.bitPattern & 0xFFFF_0000) }),
            ("whole", "is cut down to a whole number", { $0.rounded(.towardZero) }),
            ("nearest", "is rounded to a whole number", { $0.rounded() }),
            ("absolute", "loses its sign", { $0.magnitude }),
            ("positive", "is held to 0 and above", { max($0, 0) }),
            ("i8", "is held to -128 to 127", { max(-128, min(127, $0)) }),
        ]
        return kinds.flatMap { kind -> [Reading] in
            let round = kind.round
            var readings = [
                Reading(id: "weight-\(kind.id)", words: "each weight \(kind.words)") { reader.base($0).map(round) }
            ]
            for (number, part) in Self.products(reader.decoding.value).enumerated() {
                let value = Formula(part.inner, fields: reader.formula.fields)
                let names = reader.formula.fields + ["\u{0}"]
                let outer = Formula(part.outer, fields: names)
                readings.append(
                    Reading(id: "part-\(number)-\(kind.id)", words: "\(Formula.text(part.inner)) \(kind.words)") { reading in
                        (0..<reader.format.elements).map { weight in
                            var numbers = reading.numbers(weight)
                            numbers.fields.append(round(value.evaluate(numbers)))
                            return outer.evaluate(numbers)
                        }
                    })
            }
            return readings
        }
    }

    /// The operations inside an expression, each with the expression in which a name stands for it.
    private static func products(_ expression: Expression) -> [(inner: Expression, outer: Expression)] {
        parts(expression).filter { $0.inner != expression }
    }

    static func parts(_ part: Expression) -> [(inner: Expression, outer: Expression)] {
        // A name that no field has stands for the operation.
        let own: (inner: Expression, outer: Expression) = (part, .f32("\u{0}"))
        switch part {
        case .f32, .literal: return []
        case .multiply(let a, let b):
            return [own] + parts(a).map { ($0.inner, .multiply($0.outer, b)) } + parts(b).map { ($0.inner, .multiply(a, $0.outer)) }
        case .divide(let a, let b):
            return [own] + parts(a).map { ($0.inner, .divide($0.outer, b)) } + parts(b).map { ($0.inner, .divide(a, $0.outer)) }
        case .add(let a, let b):
            return [own] + parts(a).map { ($0.inner, .add($0.outer, b)) } + parts(b).map { ($0.inner, .add(a, $0.outer)) }
        case .subtract(let a, let b):
            return [own] + parts(a).map { ($0.inner, .subtract($0.outer, b)) } + parts(b).map { ($0.inner, .subtract(a, $0.outer)) }
        }
    }

    // MARK: Factors

    /// All wrong weights are the right ones times a number.
    private func factors(_ places: [Int]) -> [Reading] {
        for block in blocks {
            for weight in places where block.isWrong[weight] && !block.covered[weight] {
                let (right, found) = (block.right[weight], Float(bitPattern: block.found[weight]))
                guard right.isNormal, found.isFinite else { continue }
                let reader = reader
                let exact = Double(found) / Double(right)
                return Self.likely(exact).map { factor, words in
                    Reading(id: "times-\(words)", words: words == "0" ? "weights are left at zero" : "weights are multiplied by \(words)") {
                        reader.base($0).map { $0 * factor }
                    }
                }
            }
        }
        return []
    }

    /// Weights are the right ones times a number that depends on their place.
    private func factorsByPlace(_ condition: Condition, _ places: [Int]) -> [Reading] {
        guard condition.words.isEmpty, !blocks.contains(where: { $0.covered.contains(true) }) else { return [] }
        var factors = [Float](repeating: 1, count: reader.format.elements)
        for place in places {
            let block = blocks.first { $0.right[place].isNormal && $0.right[place].magnitude * 64 > ($0.right.map(\.magnitude).max() ?? 0) }
            guard let block, let factor = Self.likely(Double(Float(bitPattern: block.found[place])) / Double(block.right[place])).first
            else {
                return []
            }
            factors[place] = factor.0
        }
        let numbers = Set(places.map { factors[$0] }).sorted()
        guard numbers.count > 1, numbers.count <= 4 else { return [] }
        let (reader, all) = (reader, factors)
        let words = numbers.map { number in
            let those = places.filter { factors[$0] == number }
            let meant = Self.phrase(those, reader.format)
            return number == 0 ? "weights are left out \(meant)" : "weights count \(Formula.text(number)) times \(meant)"
        }
        return [
            Reading(id: "times-by-place", words: words.joined(separator: " and "), isPlaced: true) { reading in
                zip(reader.base(reading), all).map { $0 * $1 }
            }
        ]
    }

    /// Plain numbers near a quotient.
    private static func likely(_ quotient: Double) -> [(Float, String)] {
        guard quotient.isFinite else { return [] }
        if quotient == 0 { return [(0, "0")] }
        var found: [(Float, String)] = []
        for divisor in Array(1...16) + [31, 32, 63, 64, 127, 128, 255, 256, 1024, 4096] {
            let whole = (quotient * Double(divisor)).rounded()
            guard whole != 0, abs(whole) < 65536, abs(quotient * Double(divisor) - whole) <= 1e-3 * abs(whole) else { continue }
            found.append((Float(whole / Double(divisor)), divisor == 1 ? "\(Int(whole))" : "\(Int(whole))/\(divisor)"))
            break
        }
        return found
    }

    // MARK: Places

    /// Weights that lie at other places of the block.
    private func orders(_ condition: Condition, _ places: [Int]) -> [Reading] {
        guard condition.words.isEmpty, !blocks.contains(where: { $0.covered.contains(true) }) else { return [] }
        let count = reader.format.elements
        var sources = Array(0..<count)
        var told = 0
        for weight in places {
            let near = [sources[max(0, weight - 1)] + 1, sources[max(0, weight - 1)]].filter { $0 >= 0 && $0 < count }
            let source = (near + Array(0..<count)).first { other in
                blocks.allSatisfy { $0.fits($0.right[other], weight) }
            }
            guard let source else { return [] }
            sources[weight] = source
            told += 1
        }
        guard blocks.count >= 3 || told >= Self.fewest else { return [] }
        let (reader, from) = (reader, sources)
        return [
            Reading(id: "places", words: Self.order(sources, places), isPlaced: true) { reading in
                let weights = reader.base(reading)
                return from.map { weights[$0] }
            }
        ]
    }

    private static func order(_ sources: [Int], _ places: [Int]) -> String {
        let steps = Set(places.map { sources[$0] - $0 })
        if steps.count == 1, let step = steps.first {
            if abs(step) == 1 { return "each weight is the one \(step > 0 ? "after" : "before") it" }
            return "each weight is the one \(abs(step)) places \(step > 0 ? "further on" : "earlier")"
        }
        let masks = Set(places.map { sources[$0] ^ $0 })
        if masks.count == 1, let mask = masks.first { return "weight i is weight i ^ \(mask) of its block" }
        let targets = Set(places.map { sources[$0] })
        if targets.count == 1, let target = targets.first { return "weights are weight \(target) of their block" }
        let list = places.prefix(3).map { "weight \($0) is \(sources[$0])" }.joined(separator: ", ")
        return "weights are out of order: \(list)\(places.count > 3 ? ", and \(places.count - 3) more" : "")"
    }

    /// Where weights lie, for the end of a sentence.
    static func phrase(_ places: [Int], _ format: BlockFormat) -> String {
        guard places.count < format.elements, let first = places.first else { return "" }
        let wanted = Set(places)
        let same = Region.all(of: format).dropFirst().first { region in
            (0..<format.elements).allSatisfy { region.contains(1, 3, $0) == wanted.contains($0) } && region.isOfPlaces(format)
        }
        if let same { return same.words }
        var runs: [ClosedRange<Int>] = []
        for place in places {
            if let last = runs.last, last.upperBound == place - 1 {
                runs[runs.count - 1] = last.lowerBound...place
            } else {
                runs.append(place...place)
            }
        }
        // The same part of every so many weights.
        for period in [8, 16, 32, 64, 128] where period < format.elements && runs.count > 1 {
            let part = Set(places.map { $0 % period })
            guard places.count == part.count * (format.elements / period) else { continue }
            let inside = part.sorted()
            guard inside.count == inside[inside.count - 1] - inside[0] + 1 else { continue }
            if inside.count == 1 { return "in weight \(inside[0]) of each \(period)" }
            return "in weights \(inside[0]) to \(inside[inside.count - 1]) of every \(period)"
        }
        if runs.count <= 4 {
            let list = runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound) to \($0.upperBound)" }
            return "in weight\(places.count == 1 ? "" : "s") \(list.joined(separator: ", "))"
        }
        return "in \(places.count) weights of each block, the first of them \(first)"
    }
}
