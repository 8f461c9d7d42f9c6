/// Checks a document against the part of JSON Schema that the vector files use: type, const, enum, required, properties,
/// additionalProperties (false), items, minItems, minLength, minimum, and pattern through a function.
///
/// An unknown keyword is a violation too, so that a schema cannot promise what is not checked.
public struct JSONSchemaCheck: Sendable {
    private let matches: @Sendable (String, String) -> Bool

    /// - Parameter matches: whether a text (first) matches a regular expression (second).
    public init(matches: @escaping @Sendable (String, String) -> Bool) { self.matches = matches }

    /// Sentences about what does not fit, at most `limit`; empty for a document that fits.
    public func violations(of document: JSONValue, against schema: JSONValue, limit: Int = 20) -> [String] {
        var found: [String] = []
        check(document, schema, at: "", &found)
        return Array(found.prefix(limit))
    }

    private func check(_ value: JSONValue, _ schema: JSONValue, at place: String, _ found: inout [String]) {
        for keyword in schema.members ?? [] {
            switch (keyword.name, keyword.value) {
            case ("$schema", _), ("title", _), ("properties", _): break
            case ("type", .string(let type)): if !value.isOf(type) { found.append("\(place): not of type \(type)") }
            case ("const", let constant): if value != constant { found.append("\(place): not \(constant.line)") }
            case ("enum", .array(let values)): if !values.contains(value) { found.append("\(place): none of \(keyword.value.line)") }
            case ("pattern", .string(let pattern)):
                if let text = value.string, !matches(text, pattern) { found.append("\(place): does not match \(pattern)") }
            case ("minLength", .number(let least)):
                if let text = value.string, text.count < least { found.append("\(place): shorter than \(least)") }
            case ("minimum", .number(let least)):
                if let number = value.number, number < least { found.append("\(place): below \(least)") }
            case ("minItems", .number(let least)):
                if let items = value.array, items.count < least { found.append("\(place): fewer than \(least)") }
            case ("items", let item):
                for (index, element) in (value.array ?? []).enumerated() { check(element, item, at: "\(place)[\(index)]", &found) }
            case ("required", .array(let names)):
                for name in names.compactMap(\.string) where value[name] == nil { found.append("\(place): lacks \(name)") }
            case ("additionalProperties", .bool(false)):
                for member in value.members ?? [] where schema["properties"]?[member.name] == nil {
                    found.append("\(place): has an unknown member \(member.name)")
                }
            default: found.append("the schema has an unknown keyword \(keyword.name)")
            }
        }
        for member in value.members ?? [] {
            if let inner = schema["properties"]?[member.name] { check(member.value, inner, at: "\(place).\(member.name)", &found) }
        }
    }
}

extension JSONValue {
    fileprivate func isOf(_ type: String) -> Bool {
        switch (type, self) {
        case ("string", .string), ("integer", .number), ("array", .array), ("object", .object), ("boolean", .bool), ("null", .null): true
        default: false
        }
    }
}
