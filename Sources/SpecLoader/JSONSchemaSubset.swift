/// The part of JSON Schema that `Spec/schema` uses (draft 2020-12) and that published schemas of drafts 4 to 7 use, as a checker that
/// refuses what it does not know.
///
/// A schema with any other keyword is rejected when it is read, not when a value happens to reach it: a keyword that is
/// silently ignored would make every test that relies on it pass.
public struct JSONSchemaSubset {
    /// A schema and the document that its references start from.
    private struct Place {
        let schema: SpecValue
        let document: String
    }

    /// Documents by `$id`; the one that is checked against has its own name.
    private let documents: [String: SpecValue]
    private let start: String
    /// Compiled once: a pattern is matched at every place of its kind.
    private var patterns: [String: Regex<AnyRegexOutput>] = [:]

    private static let annotations: Set<String> = ["$schema", "$id", "id", "$comment", "title", "description"]
    private static let schemaLists: Set<String> = ["oneOf", "anyOf", "allOf"]
    private static let schemaMaps: Set<String> = ["properties", "$defs", "definitions"]
    private static let assertions: Set<String> = [
        "type", "enum", "const", "pattern", "format", "minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems", "uniqueItems",
        "minProperties", "required",
    ]
    private static let types: Set<String> = ["null", "boolean", "integer", "number", "string", "array", "object"]

    /// Reads a schema, keywords in all corners included.
    ///
    /// - Parameter others: further schemas that it may refer to, by `$id`.
    public init(_ schema: SpecValue, others: [String: SpecValue] = [:]) throws {
        guard case .object(let root) = schema else { throw SchemaError("the schema is not an object") }
        if case .string(let id) = root["$id"] { start = id } else { start = "" }
        documents = others.merging([start: schema]) { _, own in own }
        for (name, document) in documents { try inspect(document, in: name, at: "\(name)#") }
    }

    /// What is wrong with a value, each with its place; empty if it satisfies the schema.
    public func violations(in value: SpecValue) throws -> [String] {
        try check(value, Place(schema: documents[start] ?? .null, document: start), at: "")
    }

    // MARK: Reading the schema

    private mutating func inspect(_ schema: SpecValue, in document: String, at place: String) throws {
        if case .bool = schema { return }
        guard case .object(let keywords) = schema else { throw SchemaError("\(place) is not a schema") }
        for (keyword, argument) in keywords {
            let place = "\(place)/\(keyword)"
            switch (keyword, argument) {
            case (_, .string) where Self.annotations.contains(keyword): break
            case (_, .array(let schemas)) where Self.schemaLists.contains(keyword) && !schemas.isEmpty:
                for schema in schemas { try inspect(schema, in: document, at: place) }
            case (_, .object(let schemas)) where Self.schemaMaps.contains(keyword):
                for (name, schema) in schemas { try inspect(schema, in: document, at: "\(place)/\(name)") }
            case ("additionalProperties", _), ("items", _), ("propertyNames", _): try inspect(argument, in: document, at: place)
            case ("$ref", .string(let target)): _ = try resolve(target, from: document, at: place)
            case ("type", .string(let type)) where Self.types.contains(type): break
            case ("type", .array(let types))
            where types.allSatisfy({ if case .string(let type) = $0 { Self.types.contains(type) } else { false } }):
                break
            case ("pattern", .string(let pattern)): patterns[pattern] = try Regex(pattern)
            case ("enum", .array(let values)) where !values.isEmpty: break
            case ("required", .array(let names)) where names.allSatisfy({ if case .string = $0 { true } else { false } }): break
            case ("format", .string(let name)) where SchemaFormat(rawValue: name) != nil: break
            case ("default", _): break
            case ("minLength", .integer), ("maxLength", .integer), ("minItems", .integer), ("maxItems", .integer),
                ("minProperties", .integer):
                break
            case ("uniqueItems", .bool): break
            case ("minimum", .integer), ("minimum", .number), ("maximum", .integer), ("maximum", .number), ("const", _): break
            default: throw SchemaError("\(place) is not understood")
            }
        }
    }

    /// `#/$defs/name` of the same document, or `other.json#/$defs/name`; `#/definitions/name` in older drafts.
    private func resolve(_ target: String, from document: String, at place: String) throws -> Place {
        let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let name = parts[0].isEmpty ? document : parts[0]
        let steps = (parts.last ?? "").split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, steps.count == 3, ["$defs", "definitions"].contains(steps[1]), case .object(let root) = documents[name],
            case .object(let definitions) = root[steps[1]], let schema = definitions[steps[2]]
        else { throw SchemaError("\(place): nothing at \(target)") }
        return Place(schema: schema, document: name)
    }

    // MARK: Checking a value

    private func check(_ value: SpecValue, _ schema: Place, at place: String) throws -> [String] {
        guard case .object(let keywords) = schema.schema else {
            return schema.schema == .bool(true) ? [] : ["\(place): is not allowed"]
        }
        func sub(_ part: SpecValue) -> Place { Place(schema: part, document: schema.document) }
        var found: [String] = []
        for (keyword, argument) in keywords.sorted(by: { $0.key < $1.key }) {
            switch (keyword, argument) {
            case ("$ref", .string(let target)): found += try check(value, resolve(target, from: schema.document, at: place), at: place)
            case ("allOf", .array(let schemas)):
                for part in schemas { found += try check(value, sub(part), at: place) }
            case ("anyOf", .array(let schemas)):
                let results = try schemas.map { try check(value, sub($0), at: place) }
                if !results.contains([]) { found.append("\(place): fits no alternative (\(results.first?.first ?? ""))") }
            case ("oneOf", .array(let schemas)):
                let results = try schemas.map { try check(value, sub($0), at: place) }
                let fitting = results.filter(\.isEmpty).count
                if fitting != 1 { found.append("\(place): fits \(fitting) alternatives instead of one (\(results.flatMap(\.self)))") }
            default:
                if Self.assertions.contains(keyword), try !holds(keyword, argument, value) {
                    found.append("\(place): \(keyword) \(argument) does not hold")
                }
            }
        }
        if case .array(let elements) = value, let items = keywords["items"] {
            for (index, element) in elements.enumerated() { found += try check(element, sub(items), at: "\(place)/\(index)") }
        }
        if case .object(let members) = value { found += try checkMembers(members, keywords, in: schema.document, at: place) }
        return found
    }

    private func checkMembers(
        _ members: [String: SpecValue], _ keywords: [String: SpecValue], in document: String, at place: String
    ) throws -> [String] {
        var properties: [String: SpecValue] = [:]
        if case .object(let listed) = keywords["properties"] { properties = listed }
        return try members.sorted { $0.key < $1.key }.flatMap { name, member in
            var found: [String] = []
            if let names = keywords["propertyNames"] {
                found += try check(.string(name), Place(schema: names, document: document), at: "\(place)/\(name)")
            }
            guard let schema = properties[name] ?? keywords["additionalProperties"] else { return found }
            return found + (try check(member, Place(schema: schema, document: document), at: "\(place)/\(name)"))
        }
    }

    /// Assertions speak only of values of the kind they are made for.
    private func holds(_ keyword: String, _ argument: SpecValue, _ value: SpecValue) throws -> Bool {
        switch (keyword, argument, value) {
        case ("type", .string(let type), _): value.isOfType(type)
        case ("type", .array(let types), _): types.contains { if case .string(let type) = $0 { value.isOfType(type) } else { false } }
        case ("enum", .array(let values), _): values.contains(value)
        case ("const", _, _): argument == value
        case ("pattern", .string(let pattern), .string(let text)): try patterns[pattern]?.firstMatch(in: text) != nil
        case ("format", .string(let name), .string(let text)): SchemaFormat(rawValue: name)?.holds(text) ?? false
        case ("maxLength", .integer(let bound), .string(let text)): text.unicodeScalars.count <= bound
        case ("minLength", .integer(let bound), .string(let text)): text.unicodeScalars.count >= bound
        case ("minItems", .integer(let bound), .array(let elements)): elements.count >= bound
        case ("maxItems", .integer(let bound), .array(let elements)): elements.count <= bound
        case ("uniqueItems", .bool(true), .array(let elements)): Set(elements).count == elements.count
        case ("minProperties", .integer(let bound), .object(let members)): members.count >= bound
        case ("minimum", _, _): value.amount.flatMap { amount in argument.amount.map { amount >= $0 } } ?? true
        case ("maximum", _, _): value.amount.flatMap { amount in argument.amount.map { amount <= $0 } } ?? true
        case ("required", .array(let names), .object(let members)):
            names.allSatisfy { if case .string(let name) = $0 { members[name] != nil } else { false } }
        default: true
        }
    }
}

/// A schema that the checker cannot read.
public struct SchemaError: Error, CustomStringConvertible {
    /// What it cannot read, and where.
    public let description: String

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

/// What `format` may ask for, by the grammars of RFC 3986 and RFC 3339 as far as characters and order go.
private enum SchemaFormat: String {
    case uri
    case uriReference = "uri-reference"
    case dateTime = "date-time"

    func holds(_ text: String) -> Bool {
        let isReference =
            text.wholeMatch(
                of: #/([A-Za-z0-9\-._~:\/?@!$&'()*+,;=\[\]]|%[0-9A-Fa-f]{2})*(#([A-Za-z0-9\-._~:\/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)?/#)
            != nil
        return switch self {
        case .uri: isReference && text.firstMatch(of: #/^[A-Za-z][A-Za-z0-9+.\-]*:/#) != nil
        case .uriReference: isReference
        case .dateTime: text.wholeMatch(of: #/\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)/#) != nil
        }
    }
}
