/// What may reach a reader's eyes: no scalar that steers a terminal, reorders a line or cannot be seen.
public enum Printable {
    /// Whether a scalar is shown as it is. Not shown so are controls (C0, DEL, C1), separators of lines and paragraphs, bidirectional
    /// controls, what has no width (joiners, invisible operators, the soft hyphen, fillers, tags, variation selectors), and noncharacters.
    public static func shows(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        if value < 0x7f { return value >= 0x20 }
        if value < 0xad { return value >= 0xa0 }
        switch value {
        case 0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b...0x180f, 0x200b...0x200f, 0x2028...0x202e, 0x2060...0x206f, 0x3164,
            0xfe00...0xfe0f, 0xfeff, 0xffa0, 0xfff0...0xfffb, 0x1bca0...0x1bca3, 0x1d173...0x1d17a, 0xe0000...0xe0fff:
            return false
        default: return value & 0xfffe != 0xfffe && !(0xfdd0...0xfdef).contains(value)
        }
    }

    /// A name for a message: escaped as `\u{1b}`, on one line, cut with `…` after `limit` scalars of the name. A backslash is doubled where
    /// it would otherwise read as the beginning of an escape, so that two names never look the same.
    public static func name(_ text: String, limit: Int) -> String {
        if isPlain(text.utf8, limit) { return text }
        var result = ""
        var room = limit
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard room > 0 else { return result + "…" }
            room -= 1
            if scalar == "\\" {
                result += rest.first.map { $0 == "\\" || $0 == "u" || !shows($0) } ?? false ? "\\\\" : "\\"
            } else {
                append(scalar, to: &result)
            }
        }
        return result
    }

    /// Text of our own layout with whatever else may have got into it: escaped but for line feeds. Backslashes stay, as the names in the
    /// text are escaped already.
    public static func lines(_ text: String) -> String {
        if isPlain(text.utf8, .max, lineFeeds: true) { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar == "\n" { result.unicodeScalars.append(scalar) } else { append(scalar, to: &result) }
        }
        return result
    }

    /// A JSON text whose strings have `\u` escapes for what is not shown. Its line feeds are those of its layout: in strings JSON has none.
    public static func json(_ text: String) -> String {
        if isPlain(text.utf8, .max, lineFeeds: true) { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar == "\n" || shows(scalar) {
                result.unicodeScalars.append(scalar)
            } else {
                for unit in String(scalar).utf16 { result += "\\u" + hex(UInt32(unit), digits: 4) }
            }
        }
        return result
    }

    /// Appends a scalar, or its escape.
    public static func append(_ scalar: Unicode.Scalar, to result: inout String) {
        if shows(scalar) { result.unicodeScalars.append(scalar) } else { result += "\\u{" + hex(scalar.value, digits: 1) + "}" }
    }

    private static func hex(_ value: UInt32, digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }

    /// Whether all bytes are printable ASCII without a backslash (beside line feeds, where these may stay, and backslashes with them) and
    /// no more than `limit`: then the text is shown as it is.
    private static func isPlain(_ bytes: String.UTF8View, _ limit: Int, lineFeeds: Bool = false) -> Bool {
        guard bytes.count <= limit else { return false }
        return bytes.allSatisfy { byte in
            switch byte {
            case 0x5c, 0x0a: lineFeeds
            default: byte >= 0x20 && byte < 0x7f
            }
        }
    }
}
