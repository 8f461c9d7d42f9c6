import BlockSpec
import GGUF

/// Keys that say without doubt what a file holds: the same type ids have meant different blocks, and no stock key tells which.
///
/// `hifi.spec_version` names the version of the specification, `hifi.dialect` the numbering, and `hifi.types` has a string
/// `ID=FORMAT` for every type id in the file, for example `40=q3_k_hifi@r6`.
struct Stamp: Sendable {
    let version: String
    let dialect: Dialect
    let formats: [BlockFormat]

    private static let versionKey = "hifi.spec_version"
    private static let dialectKey = "hifi.dialect"
    private static let typesKey = "hifi.types"

    /// The formats that a file's stamp names, by type id; empty where there is none, or one that cannot be understood.
    static func formats(in metadata: Metadata) -> [UInt32: BlockFormat] {
        guard let elements = metadata[typesKey]?.stringElements else { return [:] }
        var formats: [UInt32: BlockFormat] = [:]
        for element in elements {
            let parts = String(decoding: element, as: UTF8.self).split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let id = UInt32(parts[0]), let format = Spec.format(String(parts[1])) else { continue }
            formats[id] = format
        }
        return formats
    }

    /// The numbering that a file's stamp names.
    static func dialect(in metadata: Metadata) -> Dialect? { metadata[dialectKey]?.string.flatMap(Spec.dialect) }

    /// Whether a key belongs to a stamp, which a rewritten file must not inherit.
    static func owns(_ key: String) -> Bool { [versionKey, dialectKey, typesKey].contains(key) }

    func write(to writer: inout GGUFWriter) throws(GGUFWriterError) {
        var names: [UInt32: String] = [:]
        for format in formats {
            if let id = dialect.typeIDs(of: format.id).first { names[id] = format.id }
        }
        try writer.add(Self.versionKey, .string(version))
        try writer.add(Self.dialectKey, .string(dialect.id))
        try writer.add(Self.typesKey, .strings(names.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }))
    }
}
