import HIFIForeign

/// A piece of HTML that is also well-formed XML.
///
/// Literals are markup; whatever is interpolated into one is escaped, unless it is markup itself. Text from a file can so
/// never become markup by being forgotten.
public struct Markup: Sendable, Hashable, ExpressibleByStringInterpolation {
    /// The markup as it is sent.
    public private(set) var text: String

    /// Markup as written in the source.
    public init(stringLiteral value: String) { text = value }

    /// Markup with interpolated parts.
    public init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

    private init(safe text: String) { self.text = text }

    /// Nothing.
    public static let empty = Markup(safe: "")

    /// Plain text, every character standing for itself.
    public static func plain(_ text: String) -> Markup { Markup(safe: escaped(text)) }

    /// Two pieces, one after the other.
    public static func + (left: Markup, right: Markup) -> Markup { Markup(safe: left.text + right.text) }

    /// Appends a piece.
    public static func += (left: inout Markup, right: Markup) { left.text += right.text }

    /// Collects literals as they are and escapes the rest.
    public struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        /// Starts with nothing.
        public init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity + interpolationCount * 16) }

        /// Markup of the source.
        public mutating func appendLiteral(_ literal: String) { text += literal }

        /// Markup stays markup.
        public mutating func appendInterpolation(_ markup: Markup) { text += markup.text }

        /// Anything else is text.
        public mutating func appendInterpolation(_ value: some StringProtocol) { text += Markup.escaped(String(value)) }

        /// Text from elsewhere, in its printable form.
        public mutating func appendInterpolation(_ value: ForeignText) { text += Markup.escaped(value.description) }

        /// A whole number.
        public mutating func appendInterpolation(_ value: some BinaryInteger) { text += String(value) }

        /// A coordinate: two places at most, no trailing zeros.
        public mutating func appendInterpolation(_ value: Double) { text += Markup.coordinate(value) }
    }

    /// Text for an element or a quoted attribute. What cannot be seen, or turns the text around, is
    /// shown as `\u{1b}`; XML 1.0 could not carry some of it anyway.
    static func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            default: Printable.append(scalar, to: &result)
            }
        }
        return result
    }

    private static func coordinate(_ value: Double) -> String {
        guard value.isFinite else { return "0" }
        var text = FixedPoint.text(value, places: 2)
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text == "-0" || text.isEmpty ? "0" : text
    }
}

extension Sequence<Markup> {
    /// All pieces, one after the other.
    public func joined(by separator: Markup = "\n") -> Markup {
        var result = Markup.empty
        var isFirst = true
        for piece in self {
            if !isFirst { result += separator }
            result += piece
            isFirst = false
        }
        return result
    }
}
