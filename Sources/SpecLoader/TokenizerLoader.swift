import HIFIBlockSpec

private struct TokenizerFile: Codable {
    struct Model: Codable {
        var id: String
        var algorithm: String?
        var beginning: Int?
        var ending: Int?
        var unknown: Int?
        var addsBeginning: Bool?
        var addsEnding: Bool?
    }

    struct Splitting: Codable {
        var id: String
        var patterns: [String]
    }

    struct Name: Codable {
        var names: [String]
        var splitting: String?
        var ignoresMerges: Bool?
        var addsBeginning: Bool?
    }

    var unicode: String
    var models: [Model]
    var controlTexts: [String]
    var userDefinedTexts: [String]
    var tokenKeys: [String]
    var flagKeys: [String]
    var splittings: [Splitting]
    var preTokenizers: [Name]
}

extension SpecSource {
    /// Reads and checks `tokenizers.yaml`.
    public func tokenizerRules() throws -> TokenizerRules {
        let path = "tokenizers.yaml"
        let checks = SpecChecks(file: path)
        let file = try decodeStrictly(TokenizerFile.self, from: path)
        try checks.unique(file.models.map(\.id), "model")
        try checks.unique(file.splittings.map(\.id), "splitting")
        try checks.unique(file.preTokenizers.flatMap(\.names), "pre-tokenizer")
        let known = Set(file.splittings.map(\.id))
        let used = file.preTokenizers.compactMap(\.splitting)
        for id in used where !known.contains(id) { throw checks.fail("preTokenizers: unknown splitting '\(id)'") }
        for id in known where !used.contains(id) { throw checks.fail("splitting \(id) belongs to no pre-tokenizer") }
        let version = file.unicode.split(separator: ".").compactMap { Int($0) }
        guard version.count == 2 else { throw checks.fail("unicode: '\(file.unicode)' is not a version like 15.1") }
        return TokenizerRules(
            unicode: file.unicode,
            models: try file.models.map { model in
                TokenizerModel(
                    id: model.id, algorithm: try model.algorithm.map { try checks.word($0, TokenizerAlgorithm.self, at: model.id) },
                    beginning: model.beginning, ending: model.ending, unknown: model.unknown, addsBeginning: model.addsBeginning ?? false,
                    addsEnding: model.addsEnding ?? false)
            },
            controlTexts: file.controlTexts, userDefinedTexts: file.userDefinedTexts, tokenKeys: file.tokenKeys, flagKeys: file.flagKeys,
            splittings: file.splittings.map { WordSplitting(id: $0.id, patterns: $0.patterns) },
            preTokenizers: file.preTokenizers.map {
                PreTokenizerName(
                    names: $0.names, splitting: $0.splitting, ignoresMerges: $0.ignoresMerges ?? false,
                    addsBeginning: $0.addsBeginning ?? false)
            })
    }
}
