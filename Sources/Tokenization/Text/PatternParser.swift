/// Reads a pattern.
struct PatternParser {
    private let pattern: String
    private let text: [Unicode.Scalar]
    private var place = 0

    init(_ pattern: String) { (self.pattern, text) = (pattern, Array(pattern.unicodeScalars)) }

    mutating func whole() throws(PatternError) -> PatternNode {
        let node = try choice()
        guard place == text.count else { throw fail("a bracket too many") }
        return node
    }

    private func fail(_ message: String) -> PatternError { PatternError(pattern: pattern, message: "\(message) at \(place)") }

    private var next: Unicode.Scalar? { place < text.count ? text[place] : nil }

    private mutating func takes(_ string: String) -> Bool {
        let wanted = Array(string.unicodeScalars)
        guard place + wanted.count <= text.count, text[place..<place + wanted.count].elementsEqual(wanted) else { return false }
        place += wanted.count
        return true
    }

    private mutating func choice() throws(PatternError) -> PatternNode {
        var alternatives = [try sequence()]
        while takes("|") { alternatives.append(try sequence()) }
        return alternatives.count == 1 ? alternatives[0] : .choice(alternatives)
    }

    private mutating func sequence() throws(PatternError) -> PatternNode {
        var parts: [PatternNode] = []
        while let next, next != "|", next != ")" { parts.append(try quantified(try atom())) }
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func quantified(_ node: PatternNode) throws(PatternError) -> PatternNode {
        let (least, most): (Int, Int?)
        if takes("*") {
            (least, most) = (0, nil)
        } else if takes("+") {
            (least, most) = (1, nil)
        } else if takes("?") {
            (least, most) = (0, 1)
        } else if takes("{") {
            let first = try number()
            let last = takes(",") ? try number() : first
            guard takes("}"), first <= last, last <= 1024 else { throw fail("a count that is none") }
            (least, most) = (first, last)
        } else {
            return node
        }
        guard most != nil || !node.mayBeEmpty else { throw fail("an endless repetition of what may be empty") }
        return .repeated(node, least: least, most: most)
    }

    private mutating func number() throws(PatternError) -> Int {
        var digits = ""
        while let next, ("0"..."9").contains(next) {
            digits.unicodeScalars.append(next)
            place += 1
        }
        guard let number = Int(digits) else { throw fail("a number expected") }
        return number
    }

    private mutating func atom() throws(PatternError) -> PatternNode {
        guard let first = next else { throw fail("an atom expected") }
        if takes("(?=") { return .look(try group(), isNegated: false) }
        if takes("(?!") { return .look(try group(), isNegated: true) }
        if takes("(?:") || takes("(") { return try group() }
        if takes("[") { return .set(try set()) }
        if takes("$") { return .end }
        if takes("\\b") { return .wordBoundary }
        var set = CharacterSet()
        if first == "\\" {
            try escape(into: &set)
        } else {
            guard !".^*+?{}]".unicodeScalars.contains(first) else { throw fail("'\(first)' is not known here") }
            place += 1
            set.insert(first.value...first.value)
        }
        return .set(set)
    }

    private mutating func group() throws(PatternError) -> PatternNode {
        let node = try choice()
        guard takes(")") else { throw fail("a bracket is open") }
        return node
    }

    private mutating func set() throws(PatternError) -> CharacterSet {
        var set = CharacterSet()
        set.isNegated = takes("^")
        while let first = next, first != "]" {
            let low: UInt32
            if first == "\\" {
                guard let single = try escape(into: &set) else { continue }
                low = single
            } else {
                place += 1
                low = first.value
            }
            guard next == "-", place + 1 < text.count, text[place + 1] != "]" else {
                set.insert(low...low)
                continue
            }
            place += 1
            guard let last = next else { break }
            place += 1
            var high = last.value
            if last == "\\" {
                guard let escaped = next else { break }
                place += 1
                high = escaped.value
            }
            guard low <= high else { throw fail("a range that runs backwards") }
            set.insert(low...high)
        }
        guard takes("]") else { throw fail("a set is open") }
        return set
    }

    /// Reads an escape: returns the code point that it stands for, or inserts the kinds that it names. A set by itself takes either.
    @discardableResult
    private mutating func escape(into set: inout CharacterSet) throws(PatternError) -> UInt32? {
        place += 1
        guard let letter = next else { throw fail("an escape without a character") }
        place += 1
        switch letter {
        case "s": set.insert(.space)
        case "S":
            guard set.ranges.isEmpty, set.kinds.isEmpty, !set.isNegated else { throw fail("\\S within a set") }
            set.insert(.space)
            set.isNegated = true
        case "d": for range in CharacterSet.digits { set.insert(range) }
        case "w": for range in CharacterSet.wordCharacters { set.insert(range) }
        case "p": set.insert(try category())
        case "r": return single(0x0D, &set)
        case "n": return single(0x0A, &set)
        case "t": return single(0x09, &set)
        default:
            guard !("a"..."z").contains(letter), !("A"..."Z").contains(letter), !("0"..."9").contains(letter) else {
                throw fail("\\\(letter) is not known")
            }
            return single(letter.value, &set)
        }
        return nil
    }

    private func single(_ point: UInt32, _ set: inout CharacterSet) -> UInt32 {
        set.insert(point...point)
        return point
    }

    private mutating func category() throws(PatternError) -> CharacterKinds {
        for (name, kind) in [
            ("{L}", CharacterKinds.letter), ("{N}", .number), ("{P}", .punctuation), ("{M}", .mark), ("{S}", .symbol),
        ] where takes(name) {
            return kind
        }
        throw fail("an unknown category")
    }
}
