import HIFIBlockSpec

private struct DefectFile: Codable {
    struct Entry: Codable {
        var id: String
        var kinds: [String]
        var formats: [String]
        var `where`: String
        var introduced: MilestoneSource?
        var fixed: MilestoneSource?
        var wrong: String
        var correct: String
        var test: String
        var peerTestCatches: Bool?
        var note: String?
    }

    var defects: [Entry]
}

extension SpecSource {
    /// Reads and checks `defects.yaml`.
    ///
    /// - Parameter formats: the declared formats.
    public func defects(formats: Set<String>) throws -> [Defect] {
        let path = "defects.yaml"
        let checks = SpecChecks(file: path)
        let entries = try decodeStrictly(DefectFile.self, from: path).defects
        try checks.unique(entries.map(\.id), "defect")
        return try entries.map { entry in
            let digits = entry.id.dropFirst()
            guard let letter = entry.id.first, "BFO".contains(letter), !digits.isEmpty, digits.allSatisfy(\.isDigit) else {
                throw checks.fail("'\(entry.id)' is not B, F or O with a number")
            }
            guard !entry.kinds.isEmpty, !entry.formats.isEmpty else { throw checks.fail("\(entry.id): kinds and formats are required") }
            try checks.known(entry.formats, among: formats, at: entry.id)
            guard (letter == "F") == (entry.peerTestCatches != nil) else {
                throw checks.fail("\(entry.id): peerTestCatches belongs to planted faults, to all of them")
            }
            return Defect(
                id: entry.id, kinds: try entry.kinds.map { try checks.word($0, DefectKind.self, at: entry.id) }, formats: entry.formats,
                location: entry.where, introduced: try entry.introduced.map(checks.milestone), fixed: try entry.fixed.map(checks.milestone),
                wrong: entry.wrong, correct: entry.correct, test: entry.test, isCaughtByPeerTest: entry.peerTestCatches, note: entry.note)
        }
    }
}
