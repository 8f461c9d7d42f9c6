import HIFIForeign

/// Colours that carry meaning.
///
/// Text is made with marks in place of a terminal's escapes, so that whoever makes it need not know where it goes:
/// ``rendered(_:colour:)`` turns them into colours, or leaves them out.
package enum Style: String {
    case bold = "1", dim = "2", red = "31", green = "32", yellow = "33", cyan = "36"

    package func callAsFunction(_ text: String) -> String { "\(Self.begin)\(rawValue)\(Self.middle)\(text)\(Self.end)" }

    package func callAsFunction(_ text: ForeignText) -> String { self("\(text)") }

    // Control characters, which no foreign text shows.
    private static let (begin, middle, end): (Unicode.Scalar, Unicode.Scalar, Unicode.Scalar) = ("\u{1}", "\u{2}", "\u{3}")

    /// Lines for a standard stream: printable but for line feeds, the marks turned into what a terminal takes, or left out.
    package static func rendered(_ text: String, colour: Bool) -> String {
        pieces(text).map { piece in
            switch piece {
            case .text(let text): Printable.lines(text)
            case .begin(let code): colour ? "\u{1B}[\(Style(rawValue: code)?.rawValue ?? "0")m" : ""
            case .end: colour ? "\u{1B}[0m" : ""
            }
        }.joined()
    }

    /// Characters that are seen of a text.
    static func width(of text: String) -> Int {
        pieces(text).reduce(0) { if case .text(let text) = $1 { $0 + text.count } else { $0 } }
    }

    private enum Piece {
        case text(String)
        case begin(String)
        case end
    }

    private static func pieces(_ text: String) -> [Piece] {
        guard text.utf8.contains(where: { $0 == 1 || $0 == 3 }) else { return [.text(text)] }
        var pieces: [Piece] = []
        var rest = text.unicodeScalars[...]
        while let place = rest.firstIndex(where: { $0 == begin || $0 == end }) {
            pieces.append(.text(String(rest[..<place])))
            let isBegin = rest[place] == begin
            rest = rest[rest.index(after: place)...]
            guard isBegin else {
                pieces.append(.end)
                continue
            }
            let code = rest.prefix { ("0"..."9").contains($0) }
            rest = rest[code.endIndex...].dropFirst()
            pieces.append(.begin(String(code)))
        }
        return pieces + [.text(String(rest))]
    }
}
