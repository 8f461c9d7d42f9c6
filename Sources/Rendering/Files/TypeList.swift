import Console
import HIFIBlockSpec
import Pages

/// The registry of type numbers, or what was chosen of it, as text, as JSON and as a page.
package struct TypeList {
    /// One number.
    package struct Entry: Encodable {
        let number: UInt32
        let meanings: [Meaning]
        /// What tells the meanings apart in a file.
        let decidedBy: String?
    }

    /// What the number means to some dialects.
    struct Meaning: Encodable {
        let name: String
        let status: String
        let use: String
        let repackedFrom: String?
        let who: String
        let dialects: [String]
        let since: Date?
        let until: Date?
        let formats: [Format]
        let known: TypeMeaning.Knowledge
        let explanation: String?
        let note: String?
        let sources: [String]
    }

    /// When, as far as it is known.
    struct Date: Encodable {
        let date: String?
        let commit: String?

        init(_ milestone: Milestone) { (date, commit) = (milestone.date, milestone.commit) }

        var text: String { [date, commit].compactMap(\.self).joined(separator: " ") }
    }

    /// A format and its size.
    struct Format: Encodable {
        let id: String
        let weights: Int
        let bytes: Int
        let rowHeaderBytes: Int
        let tailBytes: Int
        let interleavedRows: Int
        let decoded: Bool

        init(_ format: BlockFormat) {
            (id, weights, bytes) = (format.id, format.elements, format.bytes)
            (rowHeaderBytes, tailBytes, interleavedRows) = (format.headerBytes, format.tensorTail, format.interleave)
            decoded = format.decoding != nil || format.weave != nil
        }

        /// `144 / 256`, the header of a row, and what stands at the end of a tensor.
        var size: String {
            "\(bytes) / \(weights)" + (rowHeaderBytes > 0 ? " + \(rowHeaderBytes) a row" : "") + (tailBytes > 0 ? " + \(tailBytes)" : "")
        }
    }

    package let entries: [Entry]

    package init(numbers: Set<UInt32>, project: String?, known: TypeMeaning.Knowledge?, collisions: Bool) {
        entries = TypeRegistry.numbers.compactMap { number in
            guard numbers.isEmpty || numbers.contains(number.id), !collisions || number.collides else { return nil }
            let chosen = number.meanings.filter { meaning in
                let isOf = project.map { meaning.dialects.contains($0) || meaning.family.rawValue == $0 } ?? true
                return isOf && (known.map { meaning.knowledge == $0 } ?? true)
            }
            guard !chosen.isEmpty else { return nil }
            return Entry(number: number.id, meanings: chosen.map(Self.meaning), decidedBy: number.decidedBy)
        }
    }

    private static func meaning(_ meaning: TypeMeaning) -> Meaning {
        Meaning(
            name: meaning.name, status: meaning.status.rawValue, use: meaning.use.rawValue, repackedFrom: meaning.of, who: meaning.who,
            dialects: meaning.dialects, since: meaning.since.map(Date.init), until: meaning.until.map(Date.init),
            formats: meaning.formats.compactMap(Spec.format).map(Format.init), known: meaning.knowledge, explanation: meaning.explanation,
            note: meaning.note, sources: meaning.sources)
    }

    // MARK: Text

    package var lines: [String] {
        var table = TextTable([
            ("number", .right), ("name", .left), ("known", .left), ("bytes / weights", .left), ("since", .left), ("who", .left),
        ])
        for entry in entries {
            for (place, meaning) in entry.meanings.enumerated() {
                table.add(
                    place == 0 ? "\(entry.number)" : "", meaning.name, meaning.standing, meaning.size, meaning.since?.text ?? "",
                    meaning.who)
            }
            if let decidedBy = entry.decidedBy { table.add("", "", "", "", "", "told apart by \(decidedBy)") }
        }
        return table.lines()
    }

    // MARK: Page

    package var page: String {
        var page = Page(
            title: "Type numbers of GGUF files", kicker: "hifi types",
            lead: """
                <p>Who means what by the number of a tensor's type. A type is <b>decoded</b> where the meaning of every byte is specified, \
                <b>sized</b> where only the length of a block is known, and <b>named</b> otherwise.</p>
                """)
        var table = PageTable(
            "Type numbers",
            [
                ("number", .number), ("name", .code), ("known", .text), ("bytes / weights", .text), ("since", .text), ("until", .text),
                ("who", .text), ("remarks", .text),
            ])
        for entry in entries {
            for (place, meaning) in entry.meanings.enumerated() {
                let apart = place == 0 ? entry.decidedBy.map { "told apart by \($0)" } : nil
                let remarks = [meaning.explanation, meaning.note, apart].compactMap(\.self) + meaning.sources.map { "from \($0)" }
                table.add(
                    [
                        "\(entry.number)", "\(meaning.name)", "\(meaning.standing)", "\(meaning.size)", "\(meaning.since?.text ?? "")",
                        "\(meaning.until?.text ?? "")", "\(meaning.who)", remarks.map(Markup.plain).joined(by: "<br/>"),
                    ], startsGroup: place == 0)
            }
        }
        page.add(table.markup(showsCaption: false))
        return page.text
    }
}

extension TypeList.Meaning {
    /// How much is known, or why no file has it.
    fileprivate var standing: String {
        switch (status, use) {
        case ("removed", _), ("reserved", _): status
        case (_, "files"): known.rawValue
        default: "\(known.rawValue), \(use)"
        }
    }

    /// The sizes of its formats, each once.
    fileprivate var size: String {
        var sizes: [String] = []
        for format in formats where !sizes.contains(format.size) { sizes.append(format.size) }
        return sizes.joined(separator: ", ")
    }
}
