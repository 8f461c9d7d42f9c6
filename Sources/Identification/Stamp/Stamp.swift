import HIFIBlockSpec
import HIFIGGUF

/// Keys by which a file says itself what it holds, since the same type ids have meant different blocks and no stock key tells which.
///
/// `hifi.spec_version` names the version of the specification, `hifi.dialect` the dialect of the type ids, and `hifi.types` has a string
/// `ID=FORMAT` for every type id in the file, for example `40=q3_k_hifi@r6` (`STAMP-01` to `STAMP-11`).
public struct Stamp: Sendable, Hashable {
    /// The version of the specification that the writer went by: `0.1.0`.
    public let version: String
    /// The id of the dialect.
    public let dialect: String
    /// The id of the format that each type id of the file stands for.
    public let formats: [UInt32: String]

    /// The key of the specification's version, a string.
    public static let versionKey = "hifi.spec_version"
    /// The key of the dialect, a string.
    public static let dialectKey = "hifi.dialect"
    /// The key of the formats, an array of strings.
    public static let typesKey = "hifi.types"
    /// All keys, in the order in which they are written.
    public static let keys = [versionKey, dialectKey, typesKey]

    /// The stamp of a new file with blocks of these formats under the dialect's ids.
    public init(version: String = Spec.version, dialect: Dialect, formats: [BlockFormat]) {
        var names: [UInt32: String] = [:]
        var seen: Set<String> = []
        for format in formats where seen.insert(format.id).inserted {
            if let id = dialect.typeIDs(of: format.id).first { names[id] = format.id }
        }
        self.init(version: version, dialect: dialect.id, formats: names)
    }

    /// The stamp of a file; nil where there is none, or one that breaks `STAMP-01` to `STAMP-10` by itself.
    public init?(_ metadata: Metadata) {
        guard let stamp = StampReading(metadata)?.stamp else { return nil }
        self = stamp
    }

    package init(version: String, dialect: String, formats: [UInt32: String]) {
        (self.version, self.dialect, self.formats) = (version, dialect, formats)
    }

    /// The strings of `hifi.types`, in the order of ids.
    public var types: [String] { formats.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" } }
}
