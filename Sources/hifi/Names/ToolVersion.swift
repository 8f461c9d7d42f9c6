import HIFIBlockSpec

/// What `--version` prints.
enum ToolVersion {
    /// Of this package, as in its tags.
    static let package = "0.1.0"

    /// Tool, version, commit, version of the specification.
    static let text = "hifi \(package), commit \(builtFromCommit ?? "unknown"), spec \(Spec.version)"
}
