#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import HIFIForeign

/// What the standard streams are connected to, and how text may look there.
enum Terminal {
    /// Standard output may carry colour: a terminal, and the user did not object (`NO_COLOR`, `TERM=dumb`).
    static let outputHasColour = isatty(STDOUT_FILENO) == 1 && environment("NO_COLOR").isEmpty && environment("TERM") != "dumb"
    /// Standard error is a terminal, so that a line may be rewritten.
    static let errorIsInteractive = isatty(STDERR_FILENO) == 1 && environment("TERM") != "dumb"

    /// Columns of the terminal that standard error goes to; 80 where it does not tell.
    static var errorWidth: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Standard output is a terminal.
    static let outputIsTerminal = isatty(STDOUT_FILENO) == 1

    private static func environment(_ name: String) -> String { getenv(name).map { String(cString: $0) } ?? "" }
}

/// Colours that carry meaning; plain text where standard output takes none.
enum Style: String {
    case bold = "1", dim = "2", red = "31", green = "32", yellow = "33", cyan = "36"

    func callAsFunction(_ text: String) -> String {
        Terminal.outputHasColour ? "\(Self.begin)\(rawValue)\(Self.middle)\(text)\(Self.end)" : text
    }

    func callAsFunction(_ text: ForeignText) -> String { self("\(text)") }

    // Marks in place of the terminal's own, so that no text has escape characters before it is printed: control characters, which no
    // foreign text shows.
    private static let (begin, middle, end): (Unicode.Scalar, Unicode.Scalar, Unicode.Scalar) = ("\u{1}", "\u{2}", "\u{3}")

    /// Lines for standard output or error: printable but for line feeds, with the marks of styles turned into what the terminal takes.
    static func rendered(_ text: String) -> String {
        guard Terminal.outputHasColour, text.unicodeScalars.contains(begin) else { return Printable.lines(text) }
        var result = ""
        var rest = text.unicodeScalars[...]
        while let place = rest.firstIndex(where: { $0 == begin || $0 == end }) {
            result += Printable.lines(String(rest[..<place]))
            let isBegin = rest[place] == begin
            rest = rest[rest.index(after: place)...]
            let code = isBegin ? rest.prefix { ("0"..."9").contains($0) } : rest.prefix(0)
            if isBegin { rest = rest[code.endIndex...].dropFirst() }
            result += "\u{1B}[\(isBegin ? Style(rawValue: String(code))?.rawValue ?? "0" : "0")m"
        }
        return result + Printable.lines(String(rest))
    }
}
