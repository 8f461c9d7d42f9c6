import HIFIBlockSpec

private struct LoaderFile: Codable {
    struct Companion: Codable {
        var suffixes: [String]
        var beside: [String]
        var shape: [String]
    }

    var build: String
    var architectures: [String]
    var generalKeys: [ArchitectureKeySource]
    var keys: [ArchitectureKeySource]
    var constraints: [ArchitectureConstraintSource]
    var companions: [Companion]
}

extension SpecSource {
    /// Reads and checks `loader.yaml`.
    public func loaderRules() throws -> LoaderRules {
        let path = "loader.yaml"
        let checks = SpecChecks(file: path)
        let file = try decodeStrictly(LoaderFile.self, from: path)
        try checks.unique(file.architectures, "architecture")
        try checks.unique((file.generalKeys + file.keys).map(\.key), "key")
        return LoaderRules(
            build: file.build, architectures: file.architectures, generalKeys: try file.generalKeys.map(checks.key),
            keys: try file.keys.map(checks.key), constraints: try file.constraints.map(checks.constraint),
            companions: try file.companions.map { companion in
                CompanionTensor(
                    suffixes: companion.suffixes, beside: companion.beside,
                    shape: try companion.shape.map { try checks.formula($0, at: "companions") })
            })
    }
}
