import Suite

/// JSON Schemas (draft 2020-12) of the vector files, one per kind.
enum Schemas {
    /// By path below the folder.
    static let all: [String: String] = {
        var files: [String: String] = [:]
        for kind in ConformanceCase.Kind.allCases { files["schema/\(kind.rawValue).json"] = pretty(schema(of: kind)) }
        return files
    }()

    private typealias Member = JSONValue.Member

    private static func object(_ pairs: [(String, JSONValue)]) -> JSONValue { .object(pairs.map { Member($0.0, $0.1) }) }
    private static func text(pattern: String? = nil, minLength: Int? = nil) -> JSONValue {
        var pairs: [(String, JSONValue)] = [("type", .string("string"))]
        if let pattern { pairs.append(("pattern", .string(pattern))) }
        if let minLength { pairs.append(("minLength", .number(minLength))) }
        return object(pairs)
    }
    private static func oneOf(_ values: [String]) -> JSONValue { object([("enum", .array(values.map(JSONValue.string)))]) }
    private static func list(of item: JSONValue, atLeast count: Int = 0) -> JSONValue {
        object([("type", .string("array")), ("minItems", .number(count)), ("items", item)])
    }
    private static let count = object([("type", .string("integer")), ("minimum", .number(1))])
    private static let hex = text(pattern: "^([0-9a-f]{2})+$")
    private static let maskedHex = text(pattern: "^([0-9a-f]{2}|\\.\\.)+$")
    private static let floats = text(pattern: "^(([0-9a-f]{8}|nan)(\\*[0-9]+)?( ([0-9a-f]{8}|nan)(\\*[0-9]+)?)*)$")
    private static let double = text(pattern: "^[0-9a-f]{16}$")
    private static let ids = text(pattern: "^[A-Z0-9]+-[0-9]+$")

    static func schema(of kind: ConformanceCase.Kind) -> JSONValue {
        var head: [(String, JSONValue)] = [
            ("schema", text()), ("kind", object([("const", .string(kind.rawValue))])), ("format", text()),
            ("lastNumber", object([("type", .string("integer")), ("minimum", .number(0))])),
        ]
        var needed = ["schema", "kind", "format", "lastNumber", "cases"]
        if kind == .dot {
            head.append(("activation", text(minLength: 1)))
            needed.append("activation")
        }
        head.append(("cases", list(of: caseSchema(of: kind))))
        return object([
            ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
            ("title", .string("Conformance vectors of kind \(kind.rawValue)")), ("type", .string("object")),
            ("required", .array(needed.map(JSONValue.string))), ("additionalProperties", .bool(false)), ("properties", object(head)),
        ])
    }

    private static func caseSchema(of kind: ConformanceCase.Kind) -> JSONValue {
        var properties: [(String, JSONValue)] = [
            ("id", text(pattern: "^[a-z0-9_-]+-\(kind.tag)-[0-9]{6}$")), ("clauses", list(of: ids)),
            ("level", oneOf(ConformanceCase.Level.allCases.map(\.rawValue))),
            ("flags", list(of: text(pattern: "^[A-Za-z0-9-]+$"), atLeast: 1)),
            ("result", oneOf(ConformanceCase.Validity.allCases.map(\.rawValue))), ("why", text(minLength: 10)),
        ]
        var needed = properties.map(\.0)
        func add(_ name: String, _ schema: JSONValue, optional: Bool = false) {
            properties.append((name, schema))
            if !optional { needed.append(name) }
        }
        let path = oneOf([Request.EncodePath.reference.rawValue, Request.EncodePath.chunk.rawValue])
        switch kind {
        case .decode:
            add("blocks", hex)
            add("expect", floats)
        case .encode:
            add("path", path)
            add("columns", count)
            add("input", floats)
            add("importance", floats, optional: true)
            add("expect", maskedHex, optional: true)
        case .activation:
            add("input", floats)
            add("expect", list(of: maskedHex, atLeast: 1))
        case .dot:
            add("blocks", hex)
            add("activations", hex)
            add("exact", double)
            add("bound", double)
        case .content:
            add("blocks", hex)
            add("expect", list(of: ids))
        case .gguf:
            add("file", text(pattern: "^gguf/[a-z0-9_-]+\\.gguf$"))
            add("expect", list(of: ids))
        case .bulk:
            add("operation", oneOf(BulkRecipe.Operation.allCases.map(\.rawValue)))
            add("generator", oneOf(BulkGenerator.allCases.map(\.rawValue)), optional: true)
            add("seed", double, optional: true)
            add("count", count, optional: true)
            add("blocks", text(minLength: 1), optional: true)
            add("weights", text(minLength: 1), optional: true)
            add("importance", text(minLength: 1), optional: true)
            add("path", path, optional: true)
            add("rows", count, optional: true)
            add("columns", count, optional: true)
            add("provenance", text(minLength: 1), optional: true)
            add("expect", text(pattern: "^[0-9a-f]{32}$"))
        case .series:
            add("operation", oneOf(SeriesRecipe.Operation.allCases.map(\.rawValue)))
            add("axis", oneOf(SeriesAxis.allCases.map(\.rawValue)))
            add("path", path, optional: true)
            add("importance", object([("const", .bool(true))]), optional: true)
            add("activations", text(minLength: 1), optional: true)
            add("seed", double)
            add("expect", list(of: text(pattern: "^[0-9a-f]{32}( [0-9a-f]{32})*$"), atLeast: 1))
        }
        return object([
            ("type", .string("object")), ("required", .array(needed.map(JSONValue.string))), ("additionalProperties", .bool(false)),
            ("properties", object(properties)),
        ])
    }

    /// Indented by two spaces, short values on one line.
    private static func pretty(_ value: JSONValue, indent: String = "") -> String {
        let line = value.line
        if line.utf8.count + indent.utf8.count <= 120 { return line }
        let inner = indent + "  "
        switch value {
        case .object(let members):
            let lines = members.map { "\(inner)\(JSONValue.string($0.name).line): \(pretty($0.value, indent: inner))" }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}" + (indent.isEmpty ? "\n" : "")
        case .array(let values):
            return "[\n" + values.map { inner + pretty($0, indent: inner) }.joined(separator: ",\n") + "\n\(indent)]"
        default: return line
        }
    }
}
