import Suite

/// A rule by which integers are taken for other ones.
struct IntegerRule: Sendable {
    let words: String
    let apply: @Sendable (Int) -> Int

    /// The simplest rule that gives a table, in front of the table itself.
    ///
    /// - Parameters:
    ///   - table: what values were taken for.
    ///   - part: the integer's declaration, for its raw form.
    ///   - names: `code` and `codes`.
    static func rules(_ table: [Int: Int], _ part: BlockLayout.Part, _ names: (one: String, many: String)) -> [IntegerRule] {
        let general = (values(names) + raws(part, names)).first { rule in table.allSatisfy { rule.apply($0.key) == $0.value } }
        if let general { return [general] }
        let changed = table.filter { $0.key != $0.value }.sorted { $0.key < $1.key }
        // Where the highest or lowest alone is another, it is held.
        let held = clamp(table, names)
        if let held { return [held] }
        if let bits = bitwise(table, part, names) { return [bits] }
        let list = changed.prefix(4).map { "\($0.key) for \($0.value)" }.joined(separator: ", ")
        let rest = changed.count > 4 ? ", and \(changed.count - 4) more" : ""
        return [IntegerRule(words: "\(names.many) are taken for others: \(list)\(rest)") { table[$0] ?? $0 }]
    }

    private static func clamp(_ table: [Int: Int], _ names: (one: String, many: String)) -> IntegerRule? {
        let (least, most) = (table.values.min() ?? 0, table.values.max() ?? 0)
        if table.allSatisfy({ min($0.key, most) == $0.value }) {
            return IntegerRule(words: "\(names.many) above \(most) are taken for \(most)") { min($0, most) }
        }
        if table.allSatisfy({ max($0.key, least) == $0.value }) {
            return IntegerRule(words: "\(names.many) below \(least) are taken for \(least)") { max($0, least) }
        }
        if table.allSatisfy({ max(min($0.key, most), least) == $0.value }) {
            return IntegerRule(words: "\(names.many) are clamped to \(least) to \(most)") { max(min($0, most), least) }
        }
        return nil
    }

    /// Rules about what integers mean.
    private static func values(_ names: (one: String, many: String)) -> [IntegerRule] {
        var rules: [IntegerRule] = []
        func add(_ words: String, _ apply: @escaping @Sendable (Int) -> Int) { rules.append(IntegerRule(words: words, apply: apply)) }
        for size in 1...128 {
            add("each \(names.one) is \(size) too large") { $0 + size }
            add("each \(names.one) is \(size) too small") { $0 - size }
        }
        add("\(names.many) are negated") { -$0 }
        add("\(names.many) lose their sign") { abs($0) }
        for factor in 2...16 { add("\(names.many) are multiplied by \(factor)") { $0 * factor } }
        for shift in 1...6 {
            add("\(names.many) are shifted right by \(shift)") { $0 >> shift }
            add("\(names.many) are divided by \(1 << shift), towards zero") { $0 / (1 << shift) }
        }
        for width in 2...8 {
            add("of \(names.many) the lowest \(width) bits are taken, with a sign") { Int((Int64($0) << (64 - width)) >> (64 - width)) }
            add("of \(names.many) the lowest \(width) bits are taken, without a sign") { $0 & ((1 << width) - 1) }
        }
        for bit in 0..<8 {
            add("\(names.many) are rounded down to multiples of \(2 << bit)") { $0 & ~((2 << bit) - 1) }
            add("bit \(bit) of \(names.many) is lost") { $0 & ~(1 << bit) }
            add("bit \(bit) of \(names.many) is always set") { $0 | 1 << bit }
            add("bit \(bit) of \(names.many) is inverted") { $0 ^ 1 << bit }
        }
        for value in -128...128 { add("\(names.many) are taken for \(value)") { _ in value } }
        for width in [4, 5, 6, 7, 8] {
            add("to negative \(names.many) \(1 << width) is added") { $0 < 0 ? $0 + (1 << width) : $0 }
            add("from \(names.many) of \(1 << (width - 1)) and more \(1 << width) is subtracted") {
                $0 >= 1 << (width - 1) ? $0 - (1 << width) : $0
            }
        }
        add("odd numbers are made of \(names.many)") { 2 * $0 + 1 }
        return rules
    }

    /// Rules about raw forms: the bits as they are stored.
    private static func raws(_ part: BlockLayout.Part, _ names: (one: String, many: String)) -> [IntegerRule] {
        let width = part.width
        guard part.rule.selection == nil, width <= 8 else { return [] }
        let own = (0..<1 << width).map { part.value($0, at: 0) }
        // Of equal values the first form is looked at.
        let raws = Dictionary(own.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var rules: [IntegerRule] = []
        func add(_ words: String, _ apply: @escaping @Sendable (Int) -> Int) {
            rules.append(IntegerRule(words: words) { value in raws[value].map { own[apply($0) & ((1 << width) - 1)] } ?? value })
        }
        for bit in 0..<width {
            add("bit \(bit) of each \(names.one) is taken for 0") { $0 & ~(1 << bit) }
            add("bit \(bit) of each \(names.one) is taken for 1") { $0 | 1 << bit }
            add("bit \(bit) of each \(names.one) is inverted") { $0 ^ 1 << bit }
            if bit > 0 { add("bits \(bit) and up of each \(names.one) are lost") { $0 & ((1 << bit) - 1) } }
            if bit > 0 { add("bits below \(bit) of each \(names.one) are lost") { $0 & ~((1 << bit) - 1) } }
        }
        for size in 1..<min(1 << width, 64) {
            add("each \(names.one) is stored as \(size) less than what is taken, without carry out of \(width) bits") { $0 + size }
        }
        add("\(names.many) count from the other end") { (1 << width) - 1 - $0 }
        for shift in 1..<max(2, width) where shift < width {
            add("bits of each \(names.one) are rotated by \(shift)") { $0 << shift | $0 >> (width - shift) }
            add("each \(names.one) is shifted up by \(shift)") { $0 << shift }
            add("each \(names.one) is shifted down by \(shift)") { $0 >> shift }
        }
        add("bits of each \(names.one) are in reverse order") { raw in (0..<width).reduce(0) { $0 | (raw >> $1 & 1) << (width - 1 - $1) } }
        for low in 0..<width {
            for high in low + 1..<max(low + 1, width) {
                add("bits \(low) and \(high) of each \(names.one) are exchanged") { raw in
                    let (a, b) = (raw >> low & 1, raw >> high & 1)
                    return raw & ~(1 << low | 1 << high) | a << high | b << low
                }
            }
        }
        return rules
    }

    // MARK: Bits made of bits

    /// A bit of the raw form that was taken.
    private enum Bit {
        case constant(Bool)
        case of(Int, inverted: Bool)
        case both(Int, Int)
        case either(Int, Int)
        case oneOf(Int, Int)

        func callAsFunction(_ raw: Int) -> Bool {
            switch self {
            case .constant(let value): value
            case .of(let bit, let inverted): (raw >> bit & 1 == 1) != inverted
            case .both(let a, let b): raw >> a & raw >> b & 1 == 1
            case .either(let a, let b): (raw >> a | raw >> b) & 1 == 1
            case .oneOf(let a, let b): (raw >> a ^ raw >> b) & 1 == 1
            }
        }

        var words: String {
            switch self {
            case .constant(let value): value ? "1" : "0"
            case .of(let bit, let inverted): inverted ? "bit \(bit) inverted" : "bit \(bit)"
            case .both(let a, let b): "bits \(a) and \(b) both set"
            case .either(let a, let b): "bit \(a) or bit \(b)"
            case .oneOf(let a, let b): "bit \(a) xor bit \(b)"
            }
        }
    }

    /// Each bit of the raw form that was taken follows from one or two bits of the right one.
    private static func bitwise(_ table: [Int: Int], _ part: BlockLayout.Part, _ names: (one: String, many: String)) -> IntegerRule? {
        let width = part.width
        guard part.rule.selection == nil, width <= 8, table.count >= 3 * width else { return nil }
        let own = (0..<1 << width).map { part.value($0, at: 0) }
        let raws = Dictionary(own.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        guard raws.count == own.count else { return nil }
        var pairs: [(Int, Int)] = []
        for (value, other) in table {
            guard let a = raws[value], let b = raws[other] else { return nil }
            pairs.append((a, b))
        }
        var bits: [Bit] = []
        for bit in 0..<width {
            var candidates: [Bit] = [.of(bit, inverted: false), .constant(false), .constant(true), .of(bit, inverted: true)]
            for other in 0..<width where other != bit { candidates.append(.of(other, inverted: false)) }
            for a in 0..<width {
                for b in a + 1..<max(a + 1, width) { candidates += [.either(a, b), .both(a, b), .oneOf(a, b)] }
            }
            guard
                let fitting = candidates.first(where: { candidate in
                    pairs.allSatisfy { candidate($0.0) == ($0.1 >> bit & 1 == 1) }
                })
            else { return nil }
            bits.append(fitting)
        }
        let made = bits
        let words = bits.enumerated().compactMap { bit, source -> String? in
            if case .of(bit, inverted: false) = source { return nil }
            return "bit \(bit) of \(names.many) is made of \(source.words)"
        }
        return IntegerRule(words: words.joined(separator: ", ")) { value in
            raws[value].map { raw in own[made.indices.reduce(0) { $0 | (made[$1](raw) ? 1 << $1 : 0) }] } ?? value
        }
    }
}
