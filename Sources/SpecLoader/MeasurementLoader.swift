import HIFIBlockSpec

private struct MeasurementFile: Codable {
    struct Model: Codable {
        var id: String
        var label: String
        var embedding: Int
        var layers: Int
        var feedForward: Int
        var heads: Int
        var headsKV: Int
        var headSize: Int
        var vocabulary: Int
        var tied: Bool
        var outputTensor: Bool
    }

    struct Method: Codable {
        var text: String
        var tokens: Int
        var contextLength: Int
        var chunks: Int
        var scoredTokens: Int
        var threads: Int
        var imatrix: String
    }

    struct Tool: Codable {
        var id: String
        var commit: String
        var date: String
        var revision: String
    }

    struct Variant: Codable {
        var id: String
        var title: String
        var artificial: Bool
        var remark: String
    }

    struct Row: Codable {
        var variant: String
        var type: String
        var mix: String?
        var imatrix: Bool?
        var tool: String
        var bytes: Int
        var perplexity: String
        var error: String
        var sha256: String
    }

    struct Comparison: Codable {
        var ours: String
        var theirs: String
    }

    var id: String
    var title: String
    var architecture: String
    var model: Model
    var method: Method
    var tools: [Tool]
    var variants: [Variant]
    var rows: [Row]
    var comparison: Comparison
    var remarks: [String]
}

extension SpecSource {
    /// Reads and checks `measurements/*.yaml` against the other data.
    public func measurements(formats: Set<String>, mixes: [Mix], architectures: [Architecture]) throws -> [MeasurementSeries] {
        try files(in: "measurements").map { path in
            let file = try decodeStrictly(MeasurementFile.self, from: path)
            let checks = SpecChecks(file: path)
            guard path == "measurements/\(file.id).yaml" else { throw checks.fail("the id '\(file.id)' is not the name of the file") }
            guard architectures.contains(where: { $0.id == file.architecture }) else {
                throw checks.fail("unknown architecture '\(file.architecture)'")
            }
            try check(file, checks, mixes: Set(mixes.map(\.id)), formats: formats)
            return try series(file, checks)
        }
    }

    private func check(_ file: MeasurementFile, _ checks: SpecChecks, mixes: Set<String>, formats: Set<String>) throws {
        for mix in file.rows.compactMap(\.mix) + [file.comparison.ours, file.comparison.theirs] where !mixes.contains(mix) {
            throw checks.fail("unknown mix '\(mix)'")
        }
        try checks.unique(file.tools.map(\.id), "tool")
        try checks.unique(file.variants.map(\.id), "variant")
        try checks.known(file.tools.map(\.revision), among: formats, at: "tools")
        try checks.unique(file.rows.map { "\($0.variant) \($0.type) \($0.imatrix ?? false) \($0.tool)" }, "row")
        for row in file.rows {
            guard file.variants.contains(where: { $0.id == row.variant }) else { throw checks.fail("unknown variant '\(row.variant)'") }
            guard file.tools.contains(where: { $0.id == row.tool }) else { throw checks.fail("unknown tool '\(row.tool)'") }
            guard (row.mix == nil) == (row.imatrix == nil) else { throw checks.fail("\(row.type): mix and imatrix go together") }
            for figure in [row.perplexity, row.error] { try checks.decimal(figure) }
            guard row.sha256.count == 64, row.sha256.allSatisfy({ $0.isDigit || ("a"..."f").contains($0) }) else {
                throw checks.fail("'\(row.sha256)' is not a SHA-256 digest")
            }
        }
        for variant in file.variants {
            for mix in [file.comparison.ours, file.comparison.theirs] {
                for imatrix in [false, true]
                where !file.rows.contains(where: { $0.variant == variant.id && $0.mix == mix && $0.imatrix == imatrix }) {
                    throw checks.fail("the comparison lacks \(variant.id) \(mix) \(imatrix ? "with" : "without") an imatrix")
                }
            }
        }
    }

    private func series(_ file: MeasurementFile, _ checks: SpecChecks) throws -> MeasurementSeries {
        let (model, method) = (file.model, file.method)
        return MeasurementSeries(
            id: file.id, title: file.title, architecture: file.architecture,
            model: ModelShape(
                id: model.id, label: model.label, embedding: model.embedding, layers: model.layers, feedForward: model.feedForward,
                heads: model.heads, headsKV: model.headsKV, headSize: model.headSize, vocabulary: model.vocabulary, tied: model.tied,
                outputTensor: model.outputTensor),
            method: MeasurementMethod(
                text: method.text, tokens: method.tokens, contextLength: method.contextLength, chunks: method.chunks,
                scoredTokens: method.scoredTokens, threads: method.threads, imatrix: method.imatrix),
            tools: try file.tools.map {
                MeasurementTool(
                    id: $0.id, milestone: try checks.milestone(MilestoneSource(date: $0.date, commit: $0.commit)), revision: $0.revision)
            },
            variants: file.variants.map {
                MeasurementVariant(id: $0.id, title: $0.title, isArtificial: $0.artificial, remark: $0.remark)
            },
            rows: file.rows.map {
                Measurement(
                    variant: $0.variant, type: $0.type, mix: $0.mix, usesImatrix: $0.imatrix, tool: $0.tool, bytes: $0.bytes,
                    perplexity: $0.perplexity, error: $0.error, sha256: $0.sha256)
            },
            ours: file.comparison.ours, theirs: file.comparison.theirs, remarks: file.remarks)
    }
}
