import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import HIFIGGUF

/// The keys of a stamp as stored: what of them can be understood, and what is wrong with them.
package struct StampReading: Sendable {
    /// What is wrong by one rule, at its first place.
    package struct Problem: Sendable {
        package let sentence: RuleSentence
        package let key: ForeignText
        /// Byte in the file; nil where the key is missing.
        package let offset: Int?
        package let expected: String
        package let found: String
        /// The writer went by a newer specification, which may know what this one does not.
        package let isOfNewer: Bool
        /// Entries of `hifi.types` with this problem.
        package var count = 1

        package var rule: Rule { sentence.rule }
    }

    /// At most one for each rule and key.
    package private(set) var problems: [Problem] = []
    /// The version, where it is one, and whether this specification is older.
    package private(set) var version: String?
    package private(set) var isNewer = false
    package private(set) var dialect: Dialect?
    /// What `hifi.types` says in entries that can be understood and are not repeated.
    package private(set) var formats: [UInt32: String] = [:]
    /// Every type id that has an entry.
    package private(set) var ids: Set<UInt32> = []
    private var stored: [String: MetadataEntry] = [:]

    /// Entries of `hifi.types` that are looked at.
    static let entryLimit = 1024
    /// Bytes of a string that are looked at: more than any version, dialect or entry has.
    private static let stringLimit = 256

    /// Nil for a file with none of the keys.
    package init?(_ metadata: Metadata) {
        for key in Stamp.keys { stored[key] = metadata[key] }
        guard !stored.isEmpty else { return nil }
        for key in Stamp.keys where stored[key] == nil {
            note(
                .stampIncomplete(key: key), ForeignText(key), nil, "all of \(NumberText.list(Stamp.keys))",
                "no such key")
        }
        readVersion()
        readDialect()
        readTypes()
        checkNumbering()
    }

    /// The stamp, where nothing is wrong with it.
    package var stamp: Stamp? {
        guard problems.isEmpty, let version, let dialect else { return nil }
        return Stamp(version: version, dialect: dialect.id, formats: formats)
    }

    /// Where a key's value lies.
    package func offset(of key: String) -> Int? { stored[key]?.valueRange.lowerBound }

    // MARK: Keys

    private mutating func readVersion() {
        guard let (text, offset) = string(Stamp.versionKey) else { return }
        guard let numbers = Self.numbers(text.raw) else {
            note(
                .stampVersion(), ForeignText(Stamp.versionKey), offset,
                "three numbers joined by dots, \(Spec.version)",
                Self.quoted(text))
            return
        }
        version = text.raw
        isNewer = Self.numbers(Spec.version)?.lexicographicallyPrecedes(numbers) ?? false
    }

    private mutating func readDialect() {
        guard let (text, offset) = string(Stamp.dialectKey) else { return }
        dialect = Spec.dialect(text.raw)
        guard dialect == nil else { return }
        note(
            .stampDialectUnknown(), ForeignText(Stamp.dialectKey), offset,
            "the id of a dialect, fork-2025-12-22", Self.quoted(text))
    }

    private mutating func readTypes() {
        guard let entry = stored[Stamp.typesKey] else { return }
        guard let elements = entry.stringElements, let count = entry.elementCount else {
            noteType(entry, "array of string")
            return
        }
        if count > Self.entryLimit {
            note(
                .stampEntryMany(), ForeignText(Stamp.typesKey), entry.valueRange.lowerBound,
                "at most \(Self.entryLimit)", "\(NumberText.grouped(count)) entries")
        }
        var repeated: Set<UInt32> = []
        // Element type and count come first.
        var offset = entry.valueRange.lowerBound + 12
        for element in elements.prefix(Self.entryLimit) {
            if let id = read(element, at: offset), !ids.insert(id).inserted { repeated.insert(id) }
            offset += 8 + element.count
        }
        for id in repeated { formats[id] = nil }
    }

    /// Takes one entry, and gives its type id.
    private mutating func read(_ element: ByteView, at offset: Int) -> UInt32? {
        let text = ForeignText(decoding: element.prefix(Self.stringLimit))
        let parts = text.raw.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let id = Self.number(parts[0]).flatMap({ UInt32(exactly: $0) }), !parts[1].isEmpty else {
            note(
                .stampEntryForm(), ForeignText(Stamp.typesKey), offset, "ID=FORMAT, 40=q3_k_hifi@r6",
                Self.quoted(text))
            return nil
        }
        if ids.contains(id) {
            note(
                .stampRepeated(number: "\(id)"), ForeignText(Stamp.typesKey), offset, "each type id once",
                "\(Self.quoted(text)) after another entry")
        }
        if KnownFormats.byID[String(parts[1])] != nil {
            formats[id] = String(parts[1])
        } else {
            let full = Spec.format(String(parts[1])).map { "the full id, \($0.id)" }
            note(
                .stampFormatUnknown(number: "\(id)"), ForeignText(Stamp.typesKey), offset,
                full ?? "the id of a format, q3_k_hifi@r6", Self.quoted(text))
        }
        return id
    }

    /// `STAMP-10`.
    private mutating func checkNumbering() {
        guard let dialect else { return }
        let types = KnownFormats.types[dialect.id] ?? [:]
        for (id, format) in formats.sorted(by: { $0.key < $1.key }) {
            let meant = types[id]?.formats ?? []
            guard !meant.contains(format) else { continue }
            let meaning = meant.isEmpty ? "no meaning" : NumberText.list(meant, and: "or")
            note(
                .stampNotTheDialects(number: "\(id)", type: format, dialect: dialect.id, meaning: meaning), ForeignText(Stamp.typesKey),
                offset(of: Stamp.typesKey),
                "type id \(id): \(meaning) (\(dialect.id))", "type id \(id): \(format)")
        }
    }

    // MARK: Parts

    private mutating func string(_ key: String) -> (text: ForeignText, offset: Int)? {
        guard let entry = stored[key] else { return nil }
        guard let bytes = entry.stringBytes else {
            noteType(entry, "string")
            return nil
        }
        return (ForeignText(decoding: bytes.prefix(Self.stringLimit)), entry.valueRange.lowerBound)
    }

    private mutating func noteType(_ entry: MetadataEntry, _ expected: String) {
        note(
            .stampValueType(key: "\(entry.key)"), entry.key, entry.valueTypeOffset, expected, entry.typeDescription)
    }

    private mutating func note(_ sentence: RuleSentence, _ key: ForeignText, _ offset: Int?, _ expected: String, _ found: String) {
        if let known = problems.firstIndex(where: { $0.rule == sentence.rule && $0.key == key }) {
            problems[known].count += 1
            return
        }
        problems.append(
            Problem(
                sentence: sentence, key: key, offset: offset, expected: expected, found: found,
                isOfNewer: isNewer && [.stampDialectUnknown, .stampFormatUnknown].contains(sentence.rule)))
    }

    private static func quoted(_ text: ForeignText) -> String { text.isEmpty ? "an empty string" : "\(text)" }

    /// `1.20.3`.
    private static func numbers(_ text: String) -> [Int]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { number($0) }
        return parts.count == 3 && numbers.count == 3 ? numbers : nil
    }

    /// A decimal number without sign and leading zeros.
    private static func number(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }), text == "0" || !text.hasPrefix("0") else { return nil }
        return Int(text)
    }
}
