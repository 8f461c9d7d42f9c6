/// A command line as the words of a program and its arguments.
public enum CommandWords {
    /// Splits at spaces; quotes (`'…'`, `"…"`) and backslashes keep words together. A line that uses anything else of a
    /// shell's language (`|`, `$`, `*`, `;`, …) is left to the shell: `/bin/sh -c LINE`. Nil for an empty line or an open quote.
    public static func split(_ line: String) -> [String]? {
        var words: [String] = []
        var word = ""
        var isInWord = false
        var quote: Character?
        var rest = line[...]
        while let character = rest.popFirst() {
            if let open = quote {
                if character == open {
                    quote = nil
                } else if character == "\\", open == "\"", let next = rest.first, "\"\\$`".contains(next) {
                    word.append(rest.removeFirst())
                } else if open == "\"", "$`".contains(character) {
                    return ["/bin/sh", "-c", line]
                } else {
                    word.append(character)
                }
                continue
            }
            switch character {
            case " ", "\t", "\n":
                if isInWord { words.append(word) }
                word = ""
                isInWord = false
            case "'", "\"":
                quote = character
                isInWord = true
            case "\\":
                guard let next = rest.popFirst() else { return nil }
                word.append(next)
                isInWord = true
            case "|", "&", ";", "<", ">", "(", ")", "$", "`", "*", "?", "[", "#", "~", "!", "{":
                return ["/bin/sh", "-c", line]
            default:
                word.append(character)
                isInWord = true
            }
        }
        if quote != nil { return nil }
        if isInWord { words.append(word) }
        // An assignment before the command is the shell's business too.
        if words.first?.contains("=") == true { return ["/bin/sh", "-c", line] }
        return words.isEmpty ? nil : words
    }
}
