import HIFIBlockSpec
import HIFIGGUF
import HIFIIdentification

/// Whether a chat template reaches out of its sandbox (`GGUF-82`).
enum TemplateRules {
    /// Bytes of all templates together that are read.
    private static let limit = 4 << 20

    static func check(_ model: ModelView, into findings: inout FindingCollector) {
        let patterns = (Rule.templateReach.declaration.patterns).map(TemplatePattern.init)
        var room = limit
        for entry in model.metadata where entry.key.hasPrefix("tokenizer.chat_template") && entry.valueType == .string {
            // A string begins with its length.
            let stored = entry.valueBytes.dropFirst(8)
            let text = Array(stored.prefix(room))
            room -= text.count
            if text.count < stored.count {
                findings.add(
                    .templateReachUnread(bytes: "\(stored.count - text.count)"),
                    .init(key: entry.key, offset: entry.valueRange.lowerBound + 8 + text.count),
                    expected: "at most \(limit) bytes in all templates",
                    found: "\(stored.count) bytes in this one", atMost: .note)
            }
            let code = TemplateCode.ranges(of: text)
            let hits = TemplatePattern.matches(of: patterns, in: text, code)
            guard let first = hits.first else { continue }
            findings.add(
                .templateReachReaches(), .init(key: entry.key, offset: entry.valueRange.lowerBound + 8 + first.offset),
                expected: "messages and text only",
                found: NumberText.list(hits.map(\.pattern), limit: 6),
                advice: "Render it only in a sandbox, or take the template from the model's publisher.", count: hits.count)
        }
    }
}

/// The parts of a template that are code: what stands in `{{ … }}` and `{% … %}`.
enum TemplateCode {
    /// Ascending; a bracket that is not closed runs to the end of the text.
    static func ranges(of text: [UInt8]) -> [Range<Int>] {
        let (open, percent, hash, close) = (UInt8(ascii: "{"), UInt8(ascii: "%"), UInt8(ascii: "#"), UInt8(ascii: "}"))
        var ranges: [Range<Int>] = []
        var position = 0
        while position + 1 < text.count {
            guard text[position] == open, [open, percent, hash].contains(text[position + 1]) else {
                position += 1
                continue
            }
            let last = text[position + 1] == open ? close : text[position + 1]
            var end = position + 2
            while end + 1 < text.count, !(text[end] == last && text[end + 1] == close) { end += 1 }
            if end + 1 >= text.count { end = text.count }
            if text[position + 1] != hash { ranges.append(position + 2..<end) }
            position = min(end + 2, text.count)
        }
        return ranges
    }
}

/// A pattern of the rule: words and signs in order, blanks between them or not.
struct TemplatePattern {
    let text: String
    private let tokens: [Token]
    /// Whether the last word may go on.
    private let isOpen: Bool

    private struct Token {
        var bytes: [UInt8]
        var isWord: Bool
    }

    init(_ text: String) {
        self.text = text
        isOpen = text.hasSuffix("*")
        var tokens: [Token] = []
        for byte in text.utf8.dropLast(isOpen ? 1 : 0) {
            let isWord = Self.isWordByte(byte)
            if isWord, tokens.last?.isWord == true {
                tokens[tokens.count - 1].bytes.append(byte)
            } else {
                tokens.append(Token(bytes: [byte], isWord: isWord))
            }
        }
        self.tokens = tokens
    }

    /// The patterns that occur, each with the byte at which it first does, in the order of the text.
    static func matches(of patterns: [TemplatePattern], in text: [UInt8], _ code: [Range<Int>]) -> [(pattern: String, offset: Int)] {
        var beginning = [[Int]](repeating: [], count: 256)
        for (index, pattern) in patterns.enumerated() {
            if let first = pattern.tokens.first?.bytes.first { beginning[Int(first)].append(index) }
        }
        var found: [(pattern: String, offset: Int)] = []
        for range in code {
            for position in range where !beginning[Int(text[position])].isEmpty {
                let hits = beginning[Int(text[position])].filter { patterns[$0].matches(text, at: position, end: range.upperBound) }
                guard !hits.isEmpty else { continue }
                found += hits.map { (patterns[$0].text, position) }
                beginning[Int(text[position])].removeAll { hits.contains($0) }
            }
        }
        return found
    }

    private func matches(_ text: [UInt8], at start: Int, end: Int) -> Bool {
        var position = start
        for (index, token) in tokens.enumerated() {
            if index > 0 { while position < end, [0x20, 0x09, 0x0A, 0x0D].contains(text[position]) { position += 1 } }
            guard position + token.bytes.count <= end, text[position..<position + token.bytes.count].elementsEqual(token.bytes) else {
                return false
            }
            if token.isWord, position > 0, index == 0, Self.isWordByte(text[position - 1]) { return false }
            position += token.bytes.count
            let mayGoOn = isOpen && index == tokens.count - 1
            if token.isWord, !mayGoOn, position < text.count, Self.isWordByte(text[position]) { return false }
        }
        return true
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
    }
}
