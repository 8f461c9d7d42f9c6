import HIFIBlockSpec
import Suite

/// Integers whose bits were read from other places.
extension Deduction {
    /// Where a bit of an integer was read.
    private enum Source: Hashable {
        case constant(Bool)
        case bit(Int, inverted: Bool)
        /// Its own and another, or-ed, and-ed or xor-ed.
        case joined(Int, Int, Join)

        func callAsFunction(_ bytes: [UInt8]) -> Bool {
            func isSet(_ place: Int) -> Bool { bytes[place / 8] >> UInt8(place % 8) & 1 == 1 }
            return switch self {
            case .constant(let value): value
            case .bit(let place, let inverted): isSet(place) != inverted
            case .joined(let a, let b, .or): isSet(a) || isSet(b)
            case .joined(let a, let b, .and): isSet(a) && isSet(b)
            case .joined(let a, let b, .xor): isSet(a) != isSet(b)
            }
        }
    }

    private enum Join: String, CaseIterable {
        case or, and, xor

        func callAsFunction(_ a: UInt64, _ b: UInt64) -> UInt64 {
            switch self {
            case .or: a | b
            case .and: a & b
            case .xor: a ^ b
            }
        }
    }

    /// As many blocks must tell something before two bits are taken for the source of one: there are many pairs.
    private static let fewestForTwo = 24

    func bits(_ part: Part, _ seen: [[Float]], _ condition: Condition, _ places: [Int]) -> [Change] {
        guard let own = reader.part(part), own.rule.selection == nil, condition.words.isEmpty, own.width <= 16,
            own.planes.allSatisfy({ $0.gray == nil })
        else { return [] }
        let plain = bits(part, own, RawForms(own), seen, places)
        if !plain.isEmpty { return plain }
        return RawForms(signed: own).map { bits(part, own, $0, seen, places) } ?? []
    }

    /// Which raw form a value has, for a reader that may take in more bits than there are.
    private struct RawForms {
        let width: Int
        /// Nil for values that two forms have.
        private(set) var raws: [Int: Int?] = [:]
        /// What a form beyond the declared width stands for.
        let value: @Sendable (Int) -> Int

        init(_ part: BlockLayout.Part) {
            for raw in 0..<1 << part.width {
                let value = part.value(raw, at: 0)
                raws[value] = .some(raws[value] == nil ? raw : nil)
            }
            // Where raw form and value differ by a number, wider forms have a value, too.
            let bias = part.value(0, at: 0)
            let isPlain = Self.isPlain(part)
            width = isPlain ? max(part.width, min(part.width + 6, 12)) : part.width
            value = { $0 + bias }
            if isPlain { for raw in 1 << part.width..<1 << width where raws[raw + bias] == nil { raws[raw + bias] = raw } }
        }

        /// Forms of eight bits of which the highest is a sign.
        init?(signed part: BlockLayout.Part) {
            guard Self.isPlain(part), part.width < 8 else { return nil }
            let bias = part.value(0, at: 0)
            width = 8
            value = { Int(Int8(truncatingIfNeeded: $0)) + bias }
            for raw in 0..<256 { raws[Int(Int8(truncatingIfNeeded: raw)) + bias] = raw }
        }

        private static func isPlain(_ part: BlockLayout.Part) -> Bool {
            let bias = part.value(0, at: 0)
            return part.width <= 8 && (0..<1 << part.width).allSatisfy { part.value($0, at: 0) == $0 + bias }
        }
    }

    private typealias BitChange = (weight: Int, bit: Int, declared: Int, source: Source)

    private func bits(_ part: Part, _ own: BlockLayout.Part, _ forms: RawForms, _ seen: [[Float]], _ places: [Int]) -> [Change] {
        let every = reader.every(part)
        let histories = histories()
        var sources = [[Source]](repeating: [], count: reader.format.elements)
        var changes: [BitChange] = []
        for weight in places {
            var told: UInt64 = 0
            var words = [UInt64](repeating: 0, count: forms.width)
            for (number, row) in seen.enumerated() where row[weight] != Self.any {
                guard row[weight] == row[weight].rounded(), let form = forms.raws[Int(row[weight])] else { return [] }
                guard let raw = form else { continue }
                told |= 1 << UInt64(number)
                for bit in words.indices where raw >> bit & 1 == 1 { words[bit] |= 1 << UInt64(number) }
            }
            guard told.nonzeroBitCount >= Self.fewest else { return [] }
            for bit in words.indices {
                if let plane = own.planes.first(where: { bit >= $0.place && bit < $0.place + $0.width }) {
                    let declared = plane.positions[weight / every] + bit - plane.place
                    guard let source = Self.source(words[bit], told, declared, histories) else { return [] }
                    sources[weight].append(source)
                    if source != .bit(declared, inverted: false) { changes.append((weight, bit, declared, source)) }
                } else if words[bit] & told == 0 {
                    sources[weight].append(.constant(false))
                } else {
                    guard let top = own.planes.max(by: { $0.place < $1.place }) else { return [] }
                    let near = top.positions[weight / every] + bit - top.place
                    guard let place = Self.nearest(near, histories.indices.filter { (histories[$0] ^ words[bit]) & told == 0 }) else {
                        return []
                    }
                    sources[weight].append(.bit(place, inverted: false))
                    changes.append((weight, bit, place, .bit(place, inverted: false)))
                }
            }
        }
        guard let first = changes.first else { return [] }
        let from = sources
        let words = Self.words(part, changes, first, every, forms.width, reader)
        return [
            Change(id: "\(part.rawValue)-bits", words: words, isPlaced: true) { reading in
                var integers = reading[part]
                for weight in from.indices where !from[weight].isEmpty {
                    let raw = from[weight].enumerated().reduce(0) { $0 | ($1.element(reading.draft.bytes) ? 1 << $1.offset : 0) }
                    integers[weight] = Float(raw < 1 << own.width ? own.value(raw, at: weight / every) : forms.value(raw))
                }
                return integers
            }
        ]
    }

    private static func nearest(_ place: Int, _ all: [Int]) -> Int? { all.min { abs($0 - place) < abs($1 - place) } }

    /// The simplest source of a bit that was `word` in the blocks `told`. Near places are the likelier ones.
    private static func source(_ word: UInt64, _ told: UInt64, _ declared: Int, _ histories: [UInt64]) -> Source? {
        func isSame(_ other: UInt64) -> Bool { (other ^ word) & told == 0 }
        if isSame(histories[declared]) { return .bit(declared, inverted: false) }
        if isSame(0) { return .constant(false) }
        if isSame(.max) { return .constant(true) }
        if let place = nearest(declared, histories.indices.filter { isSame(histories[$0]) }) { return .bit(place, inverted: false) }
        if let place = nearest(declared, histories.indices.filter { isSame(~histories[$0]) }) { return .bit(place, inverted: true) }
        guard told.nonzeroBitCount >= fewestForTwo else { return nil }
        for join in Join.allCases {
            let fitting = histories.indices.filter { isSame(join(histories[declared], histories[$0])) }
            if let place = nearest(declared, fitting) { return .joined(declared, place, join) }
        }
        return nil
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
        _ part: Part, _ changes: [BitChange], _ first: BitChange, _ every: Int, _ width: Int, _ reader: BlockReader
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
            case .joined(let own, let other, let join): "made of \(reader.place(own)) \(join.rawValue) \(reader.place(other))"
            }
        }
        let rest = changes.count == 1 ? "" : ", and so on for others"
        return "\(list) \(are) read from elsewhere: bit \(first.bit) of the \(names.one) of \(owner) is \(place(first.source)) where "
            + "\(reader.place(first.declared)) is meant\(rest)"
    }
}
