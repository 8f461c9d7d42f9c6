import SpecLoader

/// The part of JSON Schema (draft 2020-12) that `Spec/schema` uses, as a checker that refuses what it does not know.
///
/// A schema with any other keyword is rejected when it is read, not when a value happens to reach it: a keyword that is
/// silently ignored would make every test that relies on it pass.
struct JSONSchemaSubset {
    private let root: [String: SpecValue]

    private static let annotations: Set<String> = ["$schema", "$id", "$comment", "title", "description"]
    private static let schemaLists: Set<String> = ["oneOf", "anyOf"]
    private static let schemaMaps: Set<String> = ["properties", "$defs"]
    private static let assertions: Set<String> = [
        "type", "enum", "const", "pattern", "minLength", "minimum", "maximum", "minItems", "maxItems", "required",
    ]
    private static let types: Set<String> = ["null", "boolean", "integer", "number", "string", "array", "object"]

    /// Reads a schema, keywords in all corners included.
    init(_ schema: SpecValue) throws {
        guard case .object(let root) = schema else { throw SchemaError("the schema is not an object") }
        self.root = root
        try inspect(schema, at: "#")
    }

    /// What is wrong with a value, each with its place; empty if it satisfies the schema.
    func violations(in value: SpecValue) throws -> [String] { try check(value, .object(root), at: "") }

    // MARK: Reading the schema

    private func inspect(_ schema: SpecValue, at place: String) throws {
        if case .bool = schema { return }
        guard case .object(let keywords) = schema else { throw SchemaError("\(place) is not a schema") }
        for (keyword, argument) in keywords {
            let place = "\(place)/\(keyword)"
            switch (keyword, argument) {
            case (_, .string) where Self.annotations.contains(keyword): break
            case (_, .array(let schemas)) where Self.schemaLists.contains(keyword) && !schemas.isEmpty:
                for schema in schemas { try inspect(schema, at: place) }
            case (_, .object(let schemas)) where Self.schemaMaps.contains(keyword):
                for (name, schema) in schemas { try inspect(schema, at: "\(place)/\(name)") }
            case ("additionalProperties", _), ("items", _): try inspect(argument, at: place)
            case ("$ref", .string(let target)): _ = try resolve(target, at: place)
            case ("type", .string(let type)) where Self.types.contains(type): break
            case ("pattern", .string(let pattern)): _ = try Regex(pattern)
            case ("enum", .array(let values)) where !values.isEmpty: break
            case ("required", .array(let names)) where names.allSatisfy({ if case .string = $0 { true } else { false } }): break
            case ("minLength", .integer), ("minItems", .integer), ("maxItems", .integer): break
            case ("minimum", .integer), ("minimum", .number), ("maximum", .integer), ("maximum", .number), ("const", _): break
            default: throw SchemaError("\(place) is not understood")
            }
        }
    }

    private func resolve(_ target: String, at place: String) throws -> SpecValue {
        guard target.hasPrefix("#/$defs/"), case .object(let definitions) = root["$defs"],
            let schema = definitions[String(target.dropFirst(8))]
        else { throw SchemaError("\(place): nothing at \(target)") }
        return schema
    }

    // MARK: Checking a value

    private func check(_ value: SpecValue, _ schema: SpecValue, at place: String) throws -> [String] {
        guard case .object(let keywords) = schema else {
            return schema == .bool(true) ? [] : ["\(place): is not allowed"]
        }
        var found: [String] = []
        for (keyword, argument) in keywords.sorted(by: { $0.key < $1.key }) {
            switch (keyword, argument) {
            case ("$ref", .string(let target)): found += try check(value, resolve(target, at: place), at: place)
            case ("anyOf", .array(let schemas)):
                let results = try schemas.map { try check(value, $0, at: place) }
                if !results.contains([]) { found.append("\(place): fits no alternative (\(results.first?.first ?? ""))") }
            case ("oneOf", .array(let schemas)):
                let fitting = try schemas.filter { try check(value, $0, at: place).isEmpty }.count
                if fitting != 1 { found.append("\(place): fits \(fitting) alternatives instead of one") }
            default:
                if Self.assertions.contains(keyword), try !holds(keyword, argument, value) {
                    found.append("\(place): \(keyword) \(argument) does not hold")
                }
            }
        }
        if case .array(let elements) = value, let items = keywords["items"] {
            for (index, element) in elements.enumerated() { found += try check(element, items, at: "\(place)/\(index)") }
        }
        if case .object(let members) = value { found += try checkMembers(members, keywords, at: place) }
        return found
    }

    private func checkMembers(_ members: [String: SpecValue], _ keywords: [String: SpecValue], at place: String) throws -> [String] {
        var properties: [String: SpecValue] = [:]
        if case .object(let listed) = keywords["properties"] { properties = listed }
        return try members.sorted { $0.key < $1.key }.flatMap { name, member in
            guard let schema = properties[name] ?? keywords["additionalProperties"] else { return [String]() }
            return try check(member, schema, at: "\(place)/\(name)")
        }
    }

    /// Assertions speak only of values of the kind they are made for.
    private func holds(_ keyword: String, _ argument: SpecValue, _ value: SpecValue) throws -> Bool {
        switch (keyword, argument, value) {
        case ("type", .string(let type), _): value.isOfType(type)
        case ("enum", .array(let values), _): values.contains(value)
        case ("const", _, _): argument == value
        case ("pattern", .string(let pattern), .string(let text)): try Regex(pattern).firstMatch(in: text) != nil
        case ("minLength", .integer(let bound), .string(let text)): text.unicodeScalars.count >= bound
        case ("minItems", .integer(let bound), .array(let elements)): elements.count >= bound
        case ("maxItems", .integer(let bound), .array(let elements)): elements.count <= bound
        case ("minimum", _, _): value.amount.flatMap { amount in argument.amount.map { amount >= $0 } } ?? true
        case ("maximum", _, _): value.amount.flatMap { amount in argument.amount.map { amount <= $0 } } ?? true
        case ("required", .array(let names), .object(let members)):
            names.allSatisfy { if case .string(let name) = $0 { members[name] != nil } else { false } }
        default: true
        }
    }
}

struct SchemaError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

extension SpecValue {
    fileprivate var amount: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    fileprivate func isOfType(_ type: String) -> Bool {
        switch self {
        case .null: type == "null"
        case .bool: type == "boolean"
        case .integer: type == "integer" || type == "number"
        case .number(let value): type == "number" || (type == "integer" && value == value.rounded())
        case .string: type == "string"
        case .array: type == "array"
        case .object: type == "object"
        }
    }
}
