import HIFIBlockSpec

/// Parses the arithmetic of `value:` lines.
///
///     sum     = product { ("+" | "-") product }
///     product = atom { ("*" | "/") atom }
///     atom    = "f32(" name ")" | number | "(" sum ")"
///
/// Operators of one level associate to the left, as written in C.
struct ExpressionParser {
    private var rest: Substring

    /// Parses all of `text` or says what was expected where.
    static func parse(_ text: String) throws -> Expression {
        var parser = ExpressionParser(rest: text[...])
        let value = try parser.sum()
        parser.skipSpaces()
        guard parser.rest.isEmpty else { throw Mistake(text: text, at: "\(parser.rest)") }
        return value
    }

    struct Mistake: Error, CustomStringConvertible {
        let text: String
        let at: String
        var description: String { "cannot read \"\(text)\" at \"\(at)\": expected f32(name), a number, ( ) or + - * /" }
    }

    private mutating func sum() throws -> Expression {
        var value = try product()
        while true {
            if take("+") {
                value = .add(value, try product())
            } else if take("-") {
                value = .subtract(value, try product())
            } else {
                return value
            }
        }
    }

    private mutating func product() throws -> Expression {
        var value = try atom()
        while true {
            if take("*") {
                value = .multiply(value, try atom())
            } else if take("/") {
                value = .divide(value, try atom())
            } else {
                return value
            }
        }
    }

    private mutating func atom() throws -> Expression {
        if take("f32(") {
            let name = prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            guard !name.isEmpty, take(")") else { throw Mistake(text: name, at: "\(rest)") }
            return .f32(name)
        }
        if take("(") {
            let value = try sum()
            guard take(")") else { throw Mistake(text: "(…", at: "\(rest)") }
            return value
        }
        skipSpaces()
        let digits = prefix { $0.isDigit || $0 == "." }
        // A literal is exactly what is written.
        guard let number = Double(digits), number < Double(1 << 24), digits.first?.isDigit == true, digits.last?.isDigit == true,
            Double(Float(number)) == number
        else { throw Mistake(text: digits.isEmpty ? "atom" : digits, at: "\(rest)") }
        return .literal(Float(number))
    }

    private mutating func take(_ token: String) -> Bool {
        skipSpaces()
        guard rest.hasPrefix(token) else { return false }
        rest.removeFirst(token.count)
        return true
    }

    private mutating func prefix(while accept: (Character) -> Bool) -> String {
        let taken = rest.prefix(while: accept)
        rest = rest[taken.endIndex...]
        return String(taken)
    }

    private mutating func skipSpaces() { rest = rest.drop { $0 == " " } }
}

extension Expression: SwiftLiteralConvertible {
    var swiftLiteral: String {
        switch self {
        case .f32(let name): ".f32(\(name.swiftQuoted))"
        case .literal(let value): ".literal(\(value))"
        case .add(let a, let b): ".add(\(a.swiftLiteral), \(b.swiftLiteral))"
        case .subtract(let a, let b): ".subtract(\(a.swiftLiteral), \(b.swiftLiteral))"
        case .multiply(let a, let b): ".multiply(\(a.swiftLiteral), \(b.swiftLiteral))"
        case .divide(let a, let b): ".divide(\(a.swiftLiteral), \(b.swiftLiteral))"
        }
    }
}
