/// How wide texts of charts are, estimated for the widest of the usual fonts, since that of the reader is not known.
///
/// The advances are those of DejaVu Sans, in thousandths of the font size; Helvetica, Arial, Inter and Segoe UI are narrower.
public enum TextWidth {
    /// The font size of texts in charts, in units of the drawing.
    public static let fontSize = 12.0

    /// The width of a text in units of the drawing.
    public static func estimate(_ text: String, strong: Bool = false, fontSize: Double = fontSize) -> Double {
        text.unicodeScalars.reduce(0) { $0 + advance($1) } / 1000 * fontSize * (strong ? 1.13 : 1)
    }

    private static func advance(_ scalar: Unicode.Scalar) -> Double {
        switch scalar {
        case "i", "j", "l", "'", "|", ".", ",", " ", "\u{A0}", ":", ";", "I": 340
        case "f", "t", "r", "(", ")", "/", "-": 420
        case "0"..."9", "a"..."e", "g", "h", "k", "n"..."q", "s", "u", "v", "x"..."z", "_", "J", "L", "T", "F", "S", "P", "E", "Z", "X",
            "Y", "C":
            650
        case "A", "B", "D", "G", "H", "K", "N", "O", "Q", "R", "U", "V", "w", "+", "=", "<", ">", "\u{2212}", "≠", "→", "←", "≈", "×": 840
        case "m", "M", "W", "%", "@": 1000
        default: 1000
        }
    }
}
