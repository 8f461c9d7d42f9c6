/// Parses the text of a ``Formula``.
///
///     choice  = binary [ "?" choice ":" choice ]
///     binary  = atom { operator atom }          operators by precedence: * / %, + -, < <= > >= == !=, and, or
///     atom    = number | name | name "[layer]" | name "is" word | "layer" | "has(" tensor ")" | "rows(" tensor ")" | "(" choice ")"
///
/// Operators of one level associate to the left.
struct FormulaParser {
    private let text: String
    private var rest: Substring

    /// Parses all of `text` or says what was expected where.
    static func parse(_ text: String) throws -> Formula {
        var parser = FormulaParser(text: text, rest: text[...])
        let value = try parser.choice()
        parser.skipSpaces()
        guard parser.rest.isEmpty else { throw parser.mistake("an operator or the end") }
        return value
    }

    struct Mistake: Error, CustomStringConvertible {
        let description: String
    }

    private func mistake(_ expected: String) -> Mistake {
        Mistake(description: "cannot read \"\(text)\" at \"\(rest)\": expected \(expected)")
    }

    private mutating func choice() throws -> Formula {
        let condition = try binary(above: 0)
        guard take("?") else { return condition }
        let first = try choice()
        guard take(":") else { throw mistake(":") }
        return .choice(condition, first, try choice())
    }

    /// Operands joined by operators that bind tighter than `level`.
    private mutating func binary(above level: Int) throws -> Formula {
        var value = try atom()
        while let sign = nextOperator(), sign.precedence > level {
            _ = take(sign.rawValue)
            value = .binary(sign, value, try binary(above: sign.precedence))
        }
        return value
    }

    private mutating func atom() throws -> Formula {
        if take("(") {
            let value = try choice()
            guard take(")") else { throw mistake(")") }
            return value
        }
        let word = prefix { $0.isFormulaLetter || $0.isFormulaDigit || $0 == "_" }
        guard let first = word.first else { throw mistake("a number, a name or (") }
        if first.isFormulaDigit {
            guard let number = Int(word) else { throw mistake("a number") }
            return .number(number)
        }
        switch word {
        case "layer": return .layer
        case "has", "rows":
            guard take("(") else { throw mistake("(") }
            let name = prefix { $0 != ")" }
            guard !name.isEmpty, take(")") else { throw mistake("the name of a tensor and )") }
            return word == "has" ? .has(name) : .rows(name)
        default: break
        }
        if take("[layer]") { return .inLayer(word) }
        let before = rest
        if prefix(while: { $0.isFormulaLetter }) == "is" {
            let value = prefix { $0.isFormulaLetter || $0.isFormulaDigit || $0 == "_" }
            guard !value.isEmpty else { throw mistake("a word") }
            return .text(word, value)
        }
        rest = before
        return .parameter(word)
    }

    /// The operator that comes next, which is not taken.
    private mutating func nextOperator() -> Formula.Operator? {
        skipSpaces()
        // The longer ones first, so that <= is not read as <.
        return Formula.Operator.allCases.filter { rest.hasPrefix($0.rawValue) }.max { $0.rawValue.count < $1.rawValue.count }
    }

    private mutating func take(_ token: String) -> Bool {
        skipSpaces()
        guard rest.hasPrefix(token) else { return false }
        rest.removeFirst(token.count)
        return true
    }

    private mutating func prefix(while accept: (Character) -> Bool) -> String {
        skipSpaces()
        let taken = rest.prefix(while: accept)
        rest = rest[taken.endIndex...]
        return String(taken)
    }

    private mutating func skipSpaces() { rest = rest.drop { $0 == " " } }
}

extension Character {
    fileprivate var isFormulaDigit: Bool { ("0"..."9").contains(self) }
    fileprivate var isFormulaLetter: Bool { ("a"..."z").contains(self) }
}

extension Formula: ExpressibleByStringLiteral {
    /// Reads a formula in its source form.
    ///
    /// - Throws: what was expected where, as a description.
    public init(parsing text: String) throws { self = try FormulaParser.parse(text) }

    /// A formula of the generated tables, which the generator has read before.
    public init(stringLiteral text: String) {
        do { self = try FormulaParser.parse(text) } catch { preconditionFailure("\(error)") }
    }
}
