import HIFIBlockSpec

private struct PublishedFile: Codable {
    struct Event: Codable {
        var date: String
        var commit: String?
        var event: String
    }

    struct Provenance: Codable {
        var document: String
        var history: [Event]
        var pullRequest: String
        var environment: String
        var revision: String
        var dialect: String
        var notStated: [String]
    }

    struct Column: Codable {
        var name: String
        var mix: String
    }

    struct Cell: Codable {
        var model: String
        var mix: String
        var size: String
        var bpw: String
        var perplexity: String
        var tokensPerSecond: String
    }

    struct Percentages: Codable {
        var metric: String
        var against: String
        var percent: [String]
    }

    struct Claim: Codable {
        var id: String
        var text: String
        var verdict: String
        var remark: String
        var check: Check
    }

    struct Check: Codable {
        var metric: String
        var of: String
        var against: String
        var models: [String]
        var form: String
        var low: String
        var high: String
    }

    struct Pair: Codable {
        var id: String
        var model: String
        var ours: String
        var theirs: String
        var source: String
        var remark: String
    }

    struct Conclusion: Codable {
        var certainty: String
        var statement: String
        var caveats: [String]
    }

    struct Evidence: Codable {
        var id: String
        var source: String
        var statement: String
        var suggests: String
    }

    struct Recorded: Codable {
        var id: String
        var source: String
        var what: String
        var model: String
        var mix: String
        var imatrix: Bool?
        var size: String
        var measure: String
        var agrees: Bool
        var remark: String?
    }

    var id: String
    var title: String
    var architecture: String
    var provenance: Provenance
    var mixes: [Column]
    var cells: [Cell]
    var derived: [Percentages]
    var claims: [Claim]
    var imatrixEvidence: [Evidence]
    var likeForLike: [Pair]
    var imatrixConclusion: Conclusion
    var recordedSizes: [Recorded]
}

extension SpecSource {
    /// Reads and checks `published/*.yaml` against the other data.
    public func publishedTables(
        formats: Set<String>, dialects: DialectData, mixes: [Mix], architectures: [Architecture]
    ) throws -> [PublishedTable] {
        try files(in: "published").map { path in
            let file = try decodeStrictly(PublishedFile.self, from: path)
            let reader = PublishedReader(checks: SpecChecks(file: path), mixes: Set(mixes.map(\.id)), formats: formats, dialects: dialects)
            guard let architecture = architectures.first(where: { $0.id == file.architecture }) else {
                throw reader.checks.fail("unknown architecture '\(file.architecture)'")
            }
            return try reader.table(file, models: Set(architecture.models.map(\.id)))
        }
    }
}

private struct PublishedReader {
    let checks: SpecChecks
    let mixes: Set<String>
    let formats: Set<String>
    let dialects: DialectData

    func table(_ file: PublishedFile, models: Set<String>) throws -> PublishedTable {
        let mentioned =
            file.mixes.map(\.mix) + file.cells.map(\.mix) + file.derived.map(\.against) + file.recordedSizes.map(\.mix)
            + file.claims.flatMap { [$0.check.of, $0.check.against] }
        for mix in mentioned where !mixes.contains(mix) { throw checks.fail("unknown mix '\(mix)'") }
        let named = file.cells.map(\.model) + file.recordedSizes.map(\.model) + file.likeForLike.map(\.model)
        for model in named + file.claims.flatMap(\.check.models) where !models.contains(model) {
            throw checks.fail("unknown model '\(model)'")
        }
        try checks.unique(file.cells.map { "\($0.model) \($0.mix)" }, "cell")
        let ids = file.claims.map(\.id) + file.imatrixEvidence.map(\.id) + file.likeForLike.map(\.id) + file.recordedSizes.map(\.id)
        try checks.unique(ids, "id")
        for cell in file.cells {
            try size(cell.size)
            for figure in [cell.bpw, cell.perplexity, cell.tokensPerSecond] { try checks.decimal(figure) }
        }
        for figure in file.likeForLike.flatMap({ [$0.ours, $0.theirs] }) { try checks.decimal(figure) }
        for claim in file.claims {
            for figure in [claim.check.low, claim.check.high] { try percent(figure) }
            let cells = claim.check.models.flatMap { model in [claim.check.of, claim.check.against].map { (model, $0) } }
            for (model, mix) in cells where !file.cells.contains(where: { $0.model == model && $0.mix == mix }) {
                throw checks.fail("\(claim.id): no cell for \(model) and \(mix)")
            }
        }
        for recorded in file.recordedSizes { try size(recorded.size) }
        let count = Set(file.cells.map(\.model)).count
        for row in file.derived {
            guard row.percent.count == count else { throw checks.fail("\(row.metric): one percentage for each of \(count) models") }
            for figure in row.percent { try percent(figure) }
        }
        return PublishedTable(
            id: file.id, title: file.title, architecture: file.architecture, provenance: try provenance(file.provenance),
            columns: file.mixes.map { PublishedColumn(name: $0.name, mix: $0.mix) },
            cells: file.cells.map {
                PublishedCell(
                    model: $0.model, mix: $0.mix, size: $0.size, bpw: $0.bpw, perplexity: $0.perplexity,
                    tokensPerSecond: $0.tokensPerSecond)
            },
            derived: try file.derived.map {
                PublishedPercentages(
                    metric: try checks.word($0.metric, PublishedMetric.self, at: "derived"), against: $0.against, percent: $0.percent)
            },
            claims: try file.claims.map {
                PublishedClaim(
                    id: $0.id, text: $0.text, verdict: try checks.word($0.verdict, ClaimVerdict.self, at: $0.id), remark: $0.remark,
                    check: try check($0.check, at: $0.id))
            },
            imatrixEvidence: try file.imatrixEvidence.map {
                ImatrixEvidence(
                    id: $0.id, source: $0.source, statement: $0.statement,
                    suggests: try checks.word($0.suggests, ImatrixConclusion.self, at: $0.id))
            },
            likeForLike: file.likeForLike.map {
                LikeForLike(id: $0.id, model: $0.model, ours: $0.ours, theirs: $0.theirs, source: $0.source, remark: $0.remark)
            },
            imatrixVerdict: ImatrixVerdict(
                certainty: try checks.word(file.imatrixConclusion.certainty, Certainty.self, at: "imatrixConclusion"),
                statement: file.imatrixConclusion.statement, caveats: file.imatrixConclusion.caveats),
            recordedSizes: try file.recordedSizes.map {
                RecordedSize(
                    id: $0.id, source: $0.source, subject: $0.what, model: $0.model, mix: $0.mix, usesImatrix: $0.imatrix, size: $0.size,
                    measure: try checks.word($0.measure, SizeMeasure.self, at: $0.id), agrees: $0.agrees, remark: $0.remark)
            })
    }

    private func provenance(_ source: PublishedFile.Provenance) throws -> PublishedProvenance {
        try checks.known([source.revision], among: formats, at: "provenance")
        guard dialects.dialects.contains(where: { $0.id == source.dialect }) else {
            throw checks.fail("unknown dialect '\(source.dialect)'")
        }
        return PublishedProvenance(
            document: source.document,
            history: try source.history.map { event in
                PublicationEvent(
                    milestone: try checks.milestone(MilestoneSource(date: event.date, commit: event.commit)), event: event.event)
            },
            pullRequest: source.pullRequest, environment: source.environment, revision: source.revision, dialect: source.dialect,
            notStated: source.notStated)
    }

    /// `382.37 MiB` or `1.87 GiB`.
    private func size(_ text: String) throws {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, words[1] == "MiB" || words[1] == "GiB" else { throw checks.fail("'\(text)' is not a size in MiB or GiB") }
        try checks.decimal(String(words[0]))
    }

    /// A decimal number with a sign.
    private func percent(_ text: String) throws {
        guard text.hasPrefix("+") || text.hasPrefix("-") else { throw checks.fail("percentage '\(text)' has no sign") }
        try checks.decimal(String(text.dropFirst()))
    }

    private func check(_ source: PublishedFile.Check, at place: String) throws -> ClaimCheck {
        ClaimCheck(
            metric: try checks.word(source.metric, PublishedMetric.self, at: place), mix: source.of, against: source.against,
            models: source.models, form: try checks.word(source.form, ClaimForm.self, at: place), low: source.low, high: source.high)
    }
}
