import SpecLoader
import TestSupport
import Testing

@Suite("JSON Schema subset")
struct JSONSchemaSubsetTests {
    /// Schema, a value that satisfies it, and one that does not.
    static let cases: [(schema: String, good: String, bad: String)] = [
        ("{type: string}", "text", "1"),
        ("{type: integer}", "7", "7.5"),
        ("{type: integer}", "7.0", "'7'"),
        ("{type: number}", "7.5", "true"),
        ("{type: boolean}", "false", "0"),
        ("{type: 'null'}", "null", "{}"),
        ("{type: array}", "[]", "{}"),
        ("{type: object}", "{}", "[]"),
        ("{enum: [a, 1]}", "1", "'1'"),
        ("{const: hifi}", "hifi", "hi"),
        ("{pattern: '^[a-z]+$'}", "abc", "aBc"),
        ("{pattern: b}", "abc", "acc"),
        ("{minLength: 2}", "ab", "a"),
        ("{minimum: 1}", "1", "0"),
        ("{maximum: 1.5}", "1", "2"),
        ("{minItems: 1}", "[0]", "[]"),
        ("{maxItems: 1}", "[0]", "[0, 0]"),
        ("{items: {type: integer}}", "[1, 2]", "[1, x]"),
        ("{required: [a]}", "{a: 1}", "{b: 1}"),
        ("{properties: {a: {type: integer}}}", "{a: 1, b: x}", "{a: x}"),
        ("{properties: {a: {}}, additionalProperties: false}", "{a: 1}", "{a: 1, b: 1}"),
        ("{additionalProperties: {type: integer}}", "{a: 1}", "{a: x}"),
        ("{anyOf: [{type: string}, {minimum: 3}]}", "4", "2"),
        ("{oneOf: [{minimum: 3}, {maximum: 5}]}", "2", "4"),
        ("{$ref: '#/$defs/x', $defs: {x: {type: string}}}", "text", "1"),
        ("{items: {$ref: '#/$defs/x'}, $defs: {x: {type: string}}}", "[a]", "[1]"),
        ("{allOf: [{minimum: 3}, {maximum: 5}]}", "4", "6"),
        ("{uniqueItems: true}", "[1, 2]", "[1, 1]"),
        ("{minProperties: 1}", "{a: 1}", "{}"),
        ("{type: [string, integer]}", "a", "[]"),
        ("{maxLength: 2, default: a}", "ab", "abc"),
        ("{format: uri}", "'https://a.b/c%20d#e'", "'c/d'"),
        ("{format: uri}", "'urn:a:b'", "'urn:a b'"),
        ("{format: uri-reference}", "'c%20d/e.gguf'", "'c%2'"),
        ("{format: date-time}", "'2026-11-28T19:00:00Z'", "'2026-11-28'"),
        ("{$ref: '#/definitions/x', definitions: {x: {type: string}}}", "text", "1"),
        ("{propertyNames: {pattern: '^[a-z]$'}}", "{a: 1}", "{A: 1}"),
    ]

    @Test("a value that satisfies the schema passes and one that does not is named", arguments: cases.indices)
    func acceptsAndRejects(index: Int) throws {
        let (schema, good, bad) = Self.cases[index]
        let checker = try JSONSchemaSubset(SpecValue(yaml: schema))
        #expect(try checker.violations(in: SpecValue(yaml: good)) == [])
        #expect(try !checker.violations(in: SpecValue(yaml: bad)).isEmpty)
    }

    @Test(
        "a schema with a keyword outside the subset is refused, wherever it stands",
        arguments: [
            "{patternProperties: {}}", "{properties: {a: {format: date}}}", "{items: {maxProperties: 1}}", "{anyOf: [{not: {}}]}",
            "{$defs: {x: {if: {}}}}", "{additionalProperties: {multipleOf: 2}}", "{type: [string, text]}", "{type: text}",
            "{$ref: other.json}", "{$ref: 'other.json#/$defs/x'}", "{$ref: '#/$defs/missing'}", "{enum: []}", "{anyOf: []}",
            "{required: a}", "{pattern: '['}",
        ])
    func refusesUnknownKeywords(schema: String) throws {
        #expect(throws: (any Error).self) { try JSONSchemaSubset(SpecValue(yaml: schema)) }
    }

    @Test("a reference into another schema finds that schema's own definitions")
    func otherDocuments() throws {
        let other = try SpecValue(yaml: "{$defs: {x: {items: {$ref: '#/$defs/y'}}, y: {type: integer}}}")
        let schema = try SpecValue(yaml: "{$id: a.json, properties: {k: {$ref: 'b.json#/$defs/x'}}, $defs: {y: {type: string}}}")
        let checker = try JSONSchemaSubset(schema, others: ["b.json": other])
        #expect(try checker.violations(in: SpecValue(yaml: "{k: [1, 2]}")) == [])
        #expect(try checker.violations(in: SpecValue(yaml: "{k: [text]}")).count == 1)
    }

    @Test("a violation names its place")
    func namesThePlace() throws {
        let checker = try JSONSchemaSubset(SpecValue(yaml: "{properties: {a: {items: {type: string}}}}"))
        let violations = try checker.violations(in: SpecValue(yaml: "{a: [x, 3]}"))
        #expect(violations.count == 1)
        #expect(violations.first?.hasPrefix("/a/1: ") == true)
    }

    @Test("a key that occurs twice in a file is an error")
    func rejectsDuplicateKeys() {
        #expect(throws: (any Error).self) { try SpecValue(yaml: "{a: 1, a: 2}") }
    }
}
