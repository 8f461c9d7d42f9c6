import HIFIBlockSpec

private struct MixFile: Codable {
    struct Rule: Codable {
        var tensors: [String]
        var when: String?
        var type: String
    }

    struct Rewrite: Codable {
        var from: String
        var tensors: [String]?
        var when: String?
        var type: String
    }

    struct Share: Codable {
        var atMost: Double?
        var percent: Int
    }

    struct Routing: Codable {
        var id: String
        var title: String
        var aliases: [String]?
        var label: String?
        var kind: String
        var extends: String?
        var hifi: [String]?
        var since: MilestoneSource?
        var until: MilestoneSource?
        var rules: [Rule]?
        var rewrites: [Rewrite]?
        var `default`: String?
        var needsImatrix: [String]?
        var countsLayers: Bool?
        var importanceShares: [Share]?
        var notes: [String]?
    }

    /// Rules of all mixes of the file, before their own.
    var rules: [Rule]?
    /// What all mixes of the file rewrite first.
    var rewrites: [Rewrite]?
    var mixes: [Routing]
}

extension SpecSource {
    /// Reads and checks `mixes/*.yaml`: stock mixes first, then the published one, then the history.
    ///
    /// - Parameter formats: the declared formats.
    public func mixes(formats: Set<String>) throws -> [Mix] {
        var mixes: [Mix] = []
        let order = ["mixes/stock.yaml", "mixes/low-bit.yaml", "mixes/plain.yaml", "mixes/q3_k_hifi.yaml"]
        let files = try files(in: "mixes")
        for path in order.filter(files.contains) + files.filter({ !order.contains($0) }) {
            let file = try decodeStrictly(MixFile.self, from: path)
            let reader = MixReader(checks: SpecChecks(file: path), formats: formats, common: file)
            for source in file.mixes { mixes.append(try reader.mix(source, known: mixes)) }
        }
        return mixes
    }
}

private struct MixReader {
    let checks: SpecChecks
    let formats: Set<String>
    /// The file, whose own rules and rewrites are those of every mix.
    let common: MixFile

    func mix(_ source: MixFile.Routing, known: [Mix]) throws -> Mix {
        let place = "mix \(source.id)"
        let names = known.flatMap { [$0.id] + $0.aliases }
        for name in [source.id] + (source.aliases ?? []) where names.contains(name) { throw checks.fail("\(place): \(name) occurs twice") }
        let base = try source.extends.map { id in
            guard let base = known.first(where: { $0.id == id }) else { throw checks.fail("\(place): '\(id)' must come before it") }
            return base
        }
        let shared = try (common.rules ?? []).map { try rule($0, at: place) }
        guard let rules = try source.rules?.map({ try rule($0, at: place) }) ?? base?.rules.filter({ !shared.contains($0) }) else {
            throw checks.fail("\(place): no rules")
        }
        guard let defaultType = source.default ?? base?.defaultType else { throw checks.fail("\(place): no default") }
        let rewritten = try (common.rewrites ?? []).map { try rewrite($0, at: place) }
        // What is inherited may hold the common ones already.
        let own = try source.rewrites?.map { try rewrite($0, at: place) } ?? base?.rewrites.filter { !rewritten.contains($0) } ?? []
        let mix = Mix(
            id: source.id, title: source.title, aliases: source.aliases ?? [], label: source.label,
            kind: try checks.word(source.kind, MixKind.self, at: place),
            hifiFormats: source.hifi ?? base?.hifiFormats ?? [], since: try source.since.map(checks.milestone),
            until: try source.until.map(checks.milestone), rules: shared + rules,
            rewrites: rewritten + own, defaultType: defaultType, needsImatrix: source.needsImatrix ?? [],
            countsLayers: source.countsLayers ?? false,
            importanceShares: (source.importanceShares ?? []).map { ImportanceShare(atMost: $0.atMost, percent: $0.percent) },
            notes: source.notes ?? [])
        try check(mix)
        return mix
    }

    private func check(_ mix: Mix) throws {
        let place = "mix \(mix.id)"
        try checks.known(mix.hifiFormats, among: formats, at: place)
        let types = mix.rules.map(\.type) + mix.rewrites.flatMap { [$0.from, $0.type] } + [mix.defaultType] + mix.needsImatrix
        try checks.known(types.filter { $0 != "hifi" }, among: formats, at: place)
        if types.contains("hifi") && mix.hifiFormats.isEmpty { throw checks.fail("\(place): uses hifi but lists no hifi format") }
        if mix.rules.contains(where: { $0.tensors.contains(.output) }) {
            throw checks.fail("\(place): rules speak of head, not of output, so that files without an output matrix are routed too")
        }
    }

    private func rule(_ source: MixFile.Rule, at place: String) throws -> MixRule {
        MixRule(tensors: try kinds(source.tensors, at: place), conditions: try conditions(source.when, at: place), type: source.type)
    }

    private func rewrite(_ source: MixFile.Rewrite, at place: String) throws -> MixRewrite {
        MixRewrite(
            from: source.from, tensors: try kinds(source.tensors ?? [], at: place), conditions: try conditions(source.when, at: place),
            type: source.type)
    }

    private func kinds(_ names: [String], at place: String) throws -> [TensorKind] {
        try names.map { try checks.word($0, TensorKind.self, at: place) }
    }

    private func conditions(_ text: String?, at place: String) throws -> [MixCondition] {
        guard let text else { return [] }
        guard let conditions = MixConditionParser.parse(text) else { throw checks.fail("\(place): cannot read condition '\(text)'") }
        return conditions
    }
}
