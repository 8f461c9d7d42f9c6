import BlockSpec

private struct QuantizerFile: Codable {
    struct Names: Codable {
        var names: [String]
        var parts: [String]
    }

    struct Role: Codable {
        var part: String?
        var name: String?
        var kind: String
    }

    struct Fallback: Codable {
        var from: [String]
        var to: String
    }

    struct Count: Codable {
        var formats: [String]
        var least: Int
        var most: Int
        var standard: Int
    }

    struct Sized: Codable {
        struct Line: Codable {
            var atMost: Double?
            var below: Double?
            var outliers: Int
        }

        var formats: [String]
        var counts: [Line]
    }

    struct Candidates: Codable {
        var parts: [String]
        var exceptions: [String]
    }

    struct Share: Codable {
        var below: Double?
        var share: Double
    }

    struct Size: Codable {
        var layers: Int
        var architectures: [String]
        var grouped: [String]
    }

    var kept: Names
    var roles: [Role]
    var fallbacks: [Fallback]
    var lastFallback: String
    var headFallback: String
    var outlierCounts: [Count]
    var sizedOutliers: Sized
    var importanceCandidates: Candidates
    var negligibleResiduals: [Share]
    var called70B: Size
    var clauses: [ClauseSource]
}

extension SpecSource {
    /// The file with the quantizer's rules and their clauses.
    static var quantizerFile: String { "quantizer.yaml" }

    /// Reads and checks the tables of `quantizer.yaml`.
    public func quantizerRules() throws -> QuantizerRules {
        let file = try decodeStrictly(QuantizerFile.self, from: Self.quantizerFile)
        let formats = Dictionary(try self.formats().map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        try QuantizerChecks(checks: SpecChecks(file: Self.quantizerFile), formats: formats).check(file)
        let checks = SpecChecks(file: Self.quantizerFile)
        return QuantizerRules(
            kept: NameList(names: file.kept.names, parts: file.kept.parts),
            roles: try file.roles.map {
                TensorNameRole(part: $0.part, name: $0.name, kind: try checks.word($0.kind, TensorKind.self, at: "roles"))
            },
            fallbacks: file.fallbacks.map { TypeFallback(from: $0.from, to: $0.to) }, lastFallback: file.lastFallback,
            headFallback: file.headFallback,
            outlierCounts: file.outlierCounts.map {
                OutlierCount(formats: $0.formats, least: $0.least, most: $0.most, standard: $0.standard)
            },
            sizedFormats: file.sizedOutliers.formats,
            sizedOutliers: file.sizedOutliers.counts.map { SizedOutliers(atMost: $0.atMost, below: $0.below, outliers: $0.outliers) },
            importanceParts: file.importanceCandidates.parts, importanceExceptions: file.importanceCandidates.exceptions,
            negligibleResiduals: file.negligibleResiduals.map { ResidualShare(below: $0.below, share: $0.share) },
            called70B: NamedSize(
                layers: file.called70B.layers, architectures: file.called70B.architectures, grouped: file.called70B.grouped))
    }

    /// The clauses of `quantizer.yaml`.
    public func quantizerClauses() throws -> [Clause] {
        var clauses = ClauseRegister()
        return try clauses.read(quantizerClauseSources(), from: Self.quantizerFile)
    }

    func quantizerClauseSources() throws -> [ClauseSource] {
        try decodeStrictly(QuantizerFile.self, from: Self.quantizerFile).clauses
    }
}

private struct QuantizerChecks {
    let checks: SpecChecks
    let formats: [String: BlockFormat]

    func check(_ file: QuantizerFile) throws {
        for role in file.roles where (role.part == nil) == (role.name == nil) {
            throw checks.fail("roles: \(role.kind) has a part or a name, one of the two")
        }
        try fallbacks(file)
        try counts(file)
        try lastHasNoEnd(file.sizedOutliers.counts.map { $0.atMost ?? $0.below }, "sizedOutliers")
        try lastHasNoEnd(file.negligibleResiduals.map(\.below), "negligibleResiduals")
        try checks.unique(file.called70B.architectures + file.called70B.grouped, "called70B: architecture")
        for line in file.sizedOutliers.counts where line.atMost != nil && line.below != nil {
            throw checks.fail("sizedOutliers: a line has atMost or below, not both")
        }
    }

    private func fallbacks(_ file: QuantizerFile) throws {
        try known(file.fallbacks.flatMap(\.from) + file.fallbacks.map(\.to) + [file.lastFallback, file.headFallback], "fallbacks")
        try checks.unique(file.fallbacks.flatMap(\.from), "fallbacks: format")
        for fallback in file.fallbacks {
            let elements = formats[fallback.to]?.elements ?? 0
            for type in fallback.from where (formats[type]?.elements ?? 0) <= elements {
                throw checks.fail("fallbacks: \(fallback.to) does not have smaller blocks than \(type)")
            }
        }
        guard formats[file.lastFallback]?.elements == 1 else {
            throw checks.fail("lastFallback: \(file.lastFallback) does not fit all rows")
        }
    }

    private func counts(_ file: QuantizerFile) throws {
        let listed = file.outlierCounts.flatMap(\.formats)
        try known(listed, "outlierCounts")
        try checks.unique(listed, "outlierCounts: format")
        for count in file.outlierCounts {
            guard count.least...max(count.least, count.most) ~= count.standard, count.least <= count.most else {
                throw checks.fail("outlierCounts: \(count.standard) is not between \(count.least) and \(count.most)")
            }
            for format in count.formats where count.most != formats[format]?.decoding?.correction?.slots {
                throw checks.fail("outlierCounts: \(format) does not have \(count.most) slots")
            }
        }
        try known(file.sizedOutliers.formats, "sizedOutliers")
        for format in file.sizedOutliers.formats where !listed.contains(format) {
            throw checks.fail("sizedOutliers: \(format) is not among outlierCounts")
        }
    }

    /// Ends rise, and the last line has none, so that one always holds.
    private func lastHasNoEnd(_ ends: [Double?], _ place: String) throws {
        let closed = ends.dropLast().compactMap { $0 }
        guard let last = ends.last, last == nil, closed.count == ends.count - 1, zip(closed, closed.dropFirst()).allSatisfy({ $0 < $1 })
        else {
            throw checks.fail("\(place): ends must rise, and the last line has none")
        }
    }

    private func known(_ ids: [String], _ place: String) throws { try checks.known(ids, among: Set(formats.keys), at: place) }
}
