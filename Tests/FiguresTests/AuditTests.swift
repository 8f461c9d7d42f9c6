import Figures
import HIFIBlockSpec
import Testing

@Suite("The published table checked against its own figures")
struct AuditTests {
    let audit: Audit

    init() throws { audit = try Audit(#require(Spec.published.first)) }

    /// Published and recomputed (three places) percentages, models in order, from a hand-made table.
    static let rows: [(metric: String, against: String, published: [String], recomputed: [String])] = [
        (
            "perplexity", "Q3_K_M", ["-16.4", "-21.4", "-7.3", "-4.4", "-1.6", "-2.0"],
            ["-16.466", "-21.346", "-7.250", "-4.434", "-1.574", "-2.007"]
        ),
        (
            "size", "Q3_K_M", ["-1.7", "-2.4", "-3.1", "-3.1", "-3.2", "-3.7"],
            ["-1.735", "-2.397", "-3.109", "-3.125", "-3.231", "-3.699"]
        ),
        (
            "speed", "Q3_K_M", ["-2.8", "-1.3", "-1.1", "-0.5", "+0.2", "+0.7"],
            ["-2.754", "-1.341", "-1.085", "-0.511", "+0.211", "+0.733"]
        ),
        (
            "perplexity", "Q3_K_S", ["-26.0", "-26.7", "-12.2", "-7.2", "-3.4", "-58.9"],
            ["-25.966", "-26.672", "-12.159", "-7.206", "-3.399", "-58.891"]
        ),
        (
            "size", "Q3_K_S", ["+4.4", "+4.7", "+6.9", "+6.0", "+6.5", "+6.9"],
            ["+4.418", "+4.700", "+6.857", "+5.983", "+6.462", "+6.866"]
        ),
        (
            "speed", "Q3_K_S", ["-1.8", "-3.4", "-5.5", "-6.3", "-6.5", "-7.2"],
            ["-1.779", "-3.414", "-5.520", "-6.348", "-6.490", "-7.241"]
        ),
    ]

    @Test("every percentage comes out as by hand, and 33 of 36 follow")
    func percentages() {
        #expect(audit.percentages.count == 36)
        for row in Self.rows {
            let checks = audit.percentages.filter { $0.metric == row.metric && $0.against == row.against }
            #expect(checks.map(\.label) == ["0.6B", "1.7B", "4B", "8B", "14B", "32B"])
            #expect(checks.map(\.published) == row.published)
            #expect(checks.map(\.change.percent) == row.recomputed)
            for check in checks where check.verdict == .follows { #expect(check.change.rounded == check.published) }
        }
        #expect(
            audit.unfounded.map { "\($0.metric) \($0.against) \($0.label)" } == ["0.6B", "1.7B", "4B"].map { "perplexity Q3_K_M \($0)" })
        #expect(audit.unfounded.map(\.change.rounded) == ["-16.5", "-21.3", "-7.2"])
        #expect(audit.summary.percentagesFollowing == 33)
    }

    @Test("the three that do not follow may come from digits that were not printed")
    func ranges() {
        #expect(
            audit.unfounded.map { "\($0.range.lowest) \($0.range.highest)" } == ["-16.495 -16.437", "-21.386 -21.306", "-7.303 -7.196"])
        for check in audit.percentages { #expect(check.range.allowsPublished, "\(check.metric) \(check.against) \(check.label)") }
    }

    @Test("six size percentages change when exact bytes replace rounded sizes")
    func exactBytes() {
        #expect(
            audit.changed.map { "\($0.against) \($0.label) \($0.fromBytes?.change.percent ?? "") \($0.fromBytes?.change.rounded ?? "")" }
                == [
                    "Q3_K_M 4B -2.992 -3.0", "Q3_K_M 8B -2.995 -3.0", "Q3_K_M 14B -3.319 -3.3", "Q3_K_S 4B +6.735 +6.7",
                    "Q3_K_S 8B +6.143 +6.1", "Q3_K_S 14B +6.336 +6.3",
                ])
        #expect(audit.percentages.allSatisfy { ($0.metric == "size") == ($0.fromBytes != nil) })
    }

    @Test("the arithmetic is shown with the figures as printed")
    func arithmetic() throws {
        let first = try #require(audit.percentages.first)
        #expect(first.change.formula == "(26.43 - 31.64) / 31.64" && first.change.ours == "26.43" && first.change.theirs == "31.64")
    }

    @Test("claims get the verdicts of the spec, derived from figures")
    func claims() throws {
        let table = try #require(Spec.published.first)
        #expect(audit.claims.map(\.verdict) == table.claims.map(\.verdict.rawValue))
        #expect(audit.claims.map(\.verdict) == ["follows", "partly", "contradicted"])
        #expect(audit.claims[0].values.map(\.change.percent) == ["+143.253"])
        #expect(audit.claims[1].values.map(\.isInRange) == [false, false, true, true, true, true])
        #expect(audit.claims[2].values.map(\.change.rounded) == ["+35", "+36", "+14", "+8", "+4"])
        #expect(audit.claims[2].values.map(\.change.percent) == ["+35.074", "+36.374", "+13.842", "+7.765", "+3.518"])
    }

    @Test("one routing and one block size give the HIFI cells")
    func sizeEvidence() {
        #expect(audit.sizeEvidence.routings.filter { $0.cells > 0 }.map(\.mix) == ["q3_k_hifi"])
        #expect(audit.sizeEvidence.routings.first { $0.mix == "q3_k_hifi" }?.cells == 6)
        #expect(audit.sizeEvidence.routings.count >= 20)
        #expect(audit.sizeEvidence.blockBytes == [134])
    }

    @Test("recorded sizes agree or not as the spec notes")
    func recordedSizes() throws {
        let table = try #require(Spec.published.first)
        for (record, found) in zip(table.recordedSizes, audit.sizeEvidence.recorded) {
            #expect(record.id == found.id)
            switch record.measure {
            case .tensors: #expect(found.match?.follows == record.agrees, "\(record.id)")
            case .file: #expect(found.match == nil)
            }
        }
        #expect(audit.sizeEvidence.recorded.first { $0.id == "S7" }?.computed == "1.04 GiB (1064.28 MiB)")
    }

    @Test("the importance matrix is called probable, with evidence, caveats and the gain that remains")
    func imatrix() {
        #expect(audit.imatrix.certainty == "probable" && audit.imatrix.statement.contains("probably"))
        #expect(audit.imatrix.evidence.map(\.id) == (1...7).map { "E\($0)" } && !audit.imatrix.caveats.isEmpty)
        #expect(audit.imatrix.likeForLike.map(\.change.percent) == ["-0.170", "+1.142"])
        #expect(audit.imatrix.likeForLike.map(\.published) == ["-21.4", "-1.6"])
    }

    @Test("on the small model with outliers the ranking turns around with the conditions, on the plain one it does not")
    func reversal() throws {
        #expect(audit.reversals.map(\.turnsAround) == [false, true])
        let outliers = try #require(audit.reversals.last)
        #expect(outliers.isArtificial && outliers.combinations.map(\.change.percent) == ["+0.488", "+0.422", "-0.812", "+1.738"])
        #expect(outliers.combinations.map(\.oursWins) == [false, false, true, false])
        #expect(outliers.combinations.map(\.isFair) == [true, true, false, false])
    }

    @Test("a table with other figures gets other verdicts")
    func otherFigures() throws {
        let table = try #require(Spec.published.first)
        func with(_ cells: [PublishedCell]) throws -> Audit {
            try Audit(
                PublishedTable(
                    id: table.id, title: table.title, architecture: table.architecture, provenance: table.provenance,
                    columns: table.columns, cells: cells, derived: table.derived, claims: table.claims,
                    imatrixEvidence: table.imatrixEvidence, likeForLike: table.likeForLike, imatrixVerdict: table.imatrixVerdict,
                    recordedSizes: table.recordedSizes))
        }
        var cells = table.cells
        let old = cells[17]
        cells[17] = PublishedCell(
            model: old.model, mix: old.mix, size: "13.41 GiB", bpw: old.bpw, perplexity: "9.19", tokensPerSecond: old.tokensPerSecond)
        let changed = try with(cells)
        #expect(changed.summary.cellsFollowing == 17)
        #expect(changed.claims[0].verdict == "contradicted" && changed.claims[0].values[0].change.rounded == "+11")
        #expect(changed.unfounded.contains { $0.label == "32B" && $0.against == "Q3_K_S" && !$0.range.allowsPublished })
    }
}

@Suite("Measurements of small models")
struct MeasurementTests {
    @Test("the quantized files are larger than their tensors by a header of the same size, up to alignment")
    func sizes() throws {
        let series = try #require(Spec.measurements.first)
        let architecture = try #require(Spec.architecture(series.architecture))
        let model = try SizedModel(series.model, of: architecture)
        for row in series.rows {
            guard let mix = row.mix else { continue }
            let size = try ModelSize(model, .init(mix: mix, imatrix: row.usesImatrix == true))
            // Header, tokenizer and padding; four more keys with an importance matrix.
            let rest = row.bytes - Int(size.bytes)
            let keys = row.usesImatrix == true ? 224 : 0
            #expect((64_544...64_640).contains(rest - keys), "\(row.variant) \(row.type) \(rest)")
        }
    }
}
