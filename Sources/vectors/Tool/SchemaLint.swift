import SpecLoader
import Suite

/// Vector files against their JSON Schemas.
public enum SchemaLint {
    /// What does not fit, each with file and place; empty where all is well.
    public static func problems(in store: VectorStore) throws -> [String] {
        var schemas: [String: JSONSchemaSubset] = [:]
        return try store.files.flatMap { file in
            let kind = file.kind.rawValue
            let schema = try schemas[kind] ?? JSONSchemaSubset(SpecValue(JSONParser.parse(store.read("schema/\(kind).json"))))
            schemas[kind] = schema
            return try schema.violations(in: SpecValue(JSONParser.parse(store.read(file.path)))).map { "\(file.path)\($0)" }
        }
    }
}

extension SpecValue {
    /// The same value; the order of members is not kept.
    fileprivate init(_ json: JSONValue) {
        self =
            switch json {
            case .null: .null
            case .bool(let value): .bool(value)
            case .number(let value): .integer(value)
            case .string(let text): .string(text)
            case .array(let elements): .array(elements.map(SpecValue.init))
            case .object(let members): .object(Dictionary(members.map { ($0.name, SpecValue($0.value)) }) { first, _ in first })
            }
    }
}
