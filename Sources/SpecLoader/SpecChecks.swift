import HIFIBlockSpec

/// Checks that the loaders share; each throws a ``SpecError`` that names the file.
struct SpecChecks {
    let file: String

    func fail(_ message: String) -> SpecError { SpecError(file: file, message: message) }

    func unique<ID: Hashable>(_ ids: some Sequence<ID>, _ what: String) throws {
        var seen: Set<ID> = []
        for id in ids where !seen.insert(id).inserted { throw fail("\(what) \(id) occurs twice") }
    }

    /// Lower-case words with digits and underscores, optionally `@` and a revision (`@r12c`, `@r10-gpu`).
    func formatID(_ id: String) throws {
        let parts = id.split(separator: "@", omittingEmptySubsequences: false)
        let isWord = parts.first.map { word in
            word.first?.isLowercaseLetter == true && word.allSatisfy { $0.isLowercaseLetter || $0.isDigit || $0 == "_" }
        }
        let isRevision = parts.dropFirst().allSatisfy { revision in
            revision.split(separator: "-", omittingEmptySubsequences: false).allSatisfy {
                !$0.isEmpty && $0.allSatisfy { $0.isLowercaseLetter || $0.isDigit }
            }
        }
        guard isWord == true, isRevision, parts.count <= 2 else { throw fail("'\(id)' is not a format id") }
    }

    /// The formats must be declared, and named by their ids rather than by aliases.
    func known(_ formats: [String], among declared: Set<String>, at place: String) throws {
        for format in formats where !declared.contains(format) { throw fail("\(place): no format has the id '\(format)'") }
    }

    func milestone(_ source: MilestoneSource) throws -> Milestone {
        if source.date == nil && source.commit == nil { throw fail("a milestone needs a date or a commit") }
        if let date = source.date, !date.isSpecDate { throw fail("'\(date)' is not a date like 2025-12-22 or 2025-12-22 09:24") }
        if let commit = source.commit, commit.count != 9 || !commit.allSatisfy({ $0.isDigit || ("a"..."f").contains($0) }) {
            throw fail("'\(commit)' is not an abbreviated commit id of nine digits")
        }
        return Milestone(date: source.date, commit: source.commit)
    }

    /// `16.42` or `17`, without a sign.
    func decimal(_ text: String) throws {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isDigit) }) else {
            throw fail("'\(text)' is not a decimal number")
        }
    }

    /// A word of a closed set, with the alternatives in the message.
    func word<Word: RawRepresentable & CaseIterable>(_ text: String, _ type: Word.Type, at place: String) throws -> Word
    where Word.RawValue == String {
        if let word = Word(rawValue: text) { return word }
        throw fail("\(place): '\(text)' is none of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
    }
}

/// `{date: …, commit: …}` in a file.
struct MilestoneSource: Codable {
    var date: String?
    var commit: String?
}

extension Character {
    var isDigit: Bool { ("0"..."9").contains(self) }
    var isLowercaseLetter: Bool { ("a"..."z").contains(self) }
}

extension String {
    /// `2025-12-22` or `2025-12-22 09:24`, with a month, day, hour and minute that exist.
    var isSpecDate: Bool {
        let halves = split(separator: " ", omittingEmptySubsequences: false)
        let day = halves[0].split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard halves.count <= 2, day.count == 3, day.map(\.count) == [4, 2, 2], day.allSatisfy({ $0.allSatisfy(\.isDigit) })
        else { return false }
        let numbers = day.compactMap { Int($0) }
        guard (2023...2100).contains(numbers[0]), (1...12).contains(numbers[1]) else { return false }
        let isLeap = numbers[0].isMultiple(of: 4) && (!numbers[0].isMultiple(of: 100) || numbers[0].isMultiple(of: 400))
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][numbers[1] - 1]
        guard (1...days).contains(numbers[2]) else { return false }
        guard halves.count == 2 else { return true }
        let time = halves[1].split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard time.map(\.count) == [2, 2], time.allSatisfy({ $0.allSatisfy(\.isDigit) }) else { return false }
        let clock = time.compactMap { Int($0) }
        return clock[0] < 24 && clock[1] < 60
    }
}
