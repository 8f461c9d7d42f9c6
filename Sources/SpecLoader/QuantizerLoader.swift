import HIFIBlockSpec

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

    struct Layers: Codable {
        var tensors: [String]
        var among: String
        var namedWithExperts: Bool?
    }

    struct Fallback: Codable {
        var from: [String]
        var to: String
    }

    struct Routing: Codable {
        var mixes: String
        var architectures: [String]?
        var kept: Names
        var roles: [Role]
        var layers: [Layers]?
        var overrides: String
        var fallbacks: [Fallback]
        var lastFallback: String
        var headFallback: String
        var needsImatrix: [String]?
    }

    struct Sized: Codable {
        var atMost: Double?
        var below: Double?
        var outliers: Int
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
        var architectures: [String]
        var layers: Int
        var grouped: Bool?
    }

    struct Range: Codable {
        var formats: [String]
        var lowest: Double?
        var highest: Double
    }

    var routing: [Routing]
    var sizedOutliers: [Sized]
    var importanceCandidates: Candidates
    var negligibleResiduals: [Share]
    var called70B: [Size]
    var weightRanges: [Range]
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
            routing: try file.routing.map { try Self.rules($0, checks) },
            sizedOutliers: file.sizedOutliers.map { SizedOutliers(atMost: $0.atMost, below: $0.below, outliers: $0.outliers) },
            importanceParts: file.importanceCandidates.parts, importanceExceptions: file.importanceCandidates.exceptions,
            negligibleResiduals: file.negligibleResiduals.map { ResidualShare(below: $0.below, share: $0.share) },
            called70B: file.called70B.map {
                NamedSize(architectures: $0.architectures, layers: $0.layers, grouped: $0.grouped ?? false)
            },
            weightRanges: file.weightRanges.map {
                WeightRange(formats: $0.formats, lowest: $0.lowest ?? -$0.highest, highest: $0.highest)
            })
    }

    private static func rules(_ source: QuantizerFile.Routing, _ checks: SpecChecks) throws -> RoutingRules {
        func kind(_ word: String, _ place: String) throws -> TensorKind { try checks.word(word, TensorKind.self, at: place) }
        return RoutingRules(
            mixes: try checks.word(source.mixes, MixKind.self, at: "routing"), architectures: source.architectures ?? [],
            kept: NameList(names: source.kept.names, parts: source.kept.parts),
            roles: try source.roles.map { TensorNameRole(part: $0.part, name: $0.name, kind: try kind($0.kind, "roles")) },
            layers: try (source.layers ?? []).map {
                LayerCount(
                    tensors: try $0.tensors.map { try kind($0, "layers") }, among: try checks.word($0.among, CountTotal.self, at: "layers"),
                    namedWithExperts: $0.namedWithExperts ?? false)
            },
            overrides: try checks.word(source.overrides, OverrideOrder.self, at: "overrides"),
            fallbacks: source.fallbacks.map { TypeFallback(from: $0.from, to: $0.to) }, lastFallback: source.lastFallback,
            headFallback: source.headFallback, needsImatrix: source.needsImatrix ?? [])
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
        try checks.unique(file.routing.map(\.mixes), "routing: mixes")
        for kind in MixKind.allCases where !file.routing.contains(where: { $0.mixes == kind.rawValue }) {
            throw checks.fail("routing: nothing for \(kind.rawValue) mixes")
        }
        for routing in file.routing {
            try known(routing.needsImatrix ?? [], "needsImatrix")
            for role in routing.roles where (role.part == nil) == (role.name == nil) {
                throw checks.fail("roles: \(role.kind) has a part or a name, one of the two")
            }
            try checks.unique((routing.layers ?? []).flatMap(\.tensors), "layers: tensor")
            try checks.unique(routing.architectures ?? [], "routing: architecture")
            try fallbacks(routing)
        }
        try lastHasNoEnd(file.sizedOutliers.map { $0.atMost ?? $0.below }, "sizedOutliers")
        let ranged = file.weightRanges.flatMap(\.formats)
        try known(ranged, "weightRanges")
        try checks.unique(ranged, "weightRanges: format")
        try lastHasNoEnd(file.negligibleResiduals.map(\.below), "negligibleResiduals")
        try checks.unique(file.called70B.flatMap(\.architectures), "called70B: architecture")
        for line in file.sizedOutliers where line.atMost != nil && line.below != nil {
            throw checks.fail("sizedOutliers: a line has atMost or below, not both")
        }
    }

    private func fallbacks(_ file: QuantizerFile.Routing) throws {
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
