import FoundationEssentials

/// Results as JSON: keys sorted, one value a line, so that two results can be compared as text. In its strings what cannot be seen, or
/// steers a terminal, is written as `\u009b`.
package enum JSONText {
    package static func render(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return Printable.json(String(decoding: try encoder.encode(value), as: UTF8.self))
    }
}
