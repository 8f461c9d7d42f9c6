import HIFIGGUF
import HIFIIdentification

extension Stamp {
    /// Whether a key belongs to a stamp, which a rewritten file must not inherit.
    static func owns(_ key: String) -> Bool { keys.contains(key) }

    func write(to writer: inout GGUFWriter) throws(GGUFWriterError) {
        try writer.add(Self.versionKey, .string(version))
        try writer.add(Self.dialectKey, .string(dialect))
        try writer.add(Self.typesKey, .strings(types))
    }
}
