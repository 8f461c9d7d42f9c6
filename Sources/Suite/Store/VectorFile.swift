import HIFIForeign

/// One file of vectors: cases of one kind and one format.
public struct VectorFile: Sendable, Hashable {
    /// Path below the vector folder: `decode/hifi-r06.json`.
    public let path: String
    /// The kind of all its cases.
    public let kind: ConformanceCase.Kind
    /// The format of all its cases; empty where they are about files.
    public let format: String
    /// The highest number that was ever given in this file.
    public let lastNumber: Int
    /// In order of their ids.
    public let cases: [ConformanceCase]

    /// Creates a file.
    public init(path: String, kind: ConformanceCase.Kind, format: String, lastNumber: Int, cases: [ConformanceCase]) {
        self.path = path
        self.kind = kind
        self.format = format
        self.lastNumber = lastNumber
        self.cases = cases
    }

    /// The name of a format in paths and ids: `hifi-r12c` for `q3_k_hifi@r12c`, `hifi-r06` for `@r6`, others with `@` as `-`.
    public static func slug(of format: String) -> String {
        let prefix = "q3_k_hifi@r"
        guard format.hasPrefix(prefix) else { return format.isEmpty ? "files" : String(format.map { $0 == "@" ? "-" : $0 }) }
        let rest = format.dropFirst(prefix.count)
        let digits = rest.prefix { $0.isNumber }
        return "hifi-r" + (digits.count < 2 ? "0" : "") + rest
    }

    /// The id of case `number` in a file of this kind and format.
    public static func id(kind: ConformanceCase.Kind, format: String, number: Int) -> String {
        let digits = String(number)
        return "\(slug(of: format))-\(kind.tag)-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    /// The path of the file for cases of this kind and format.
    public static func path(kind: ConformanceCase.Kind, format: String) -> String { "\(kind.rawValue)/\(slug(of: format)).json" }

    /// The file as it is stored: a line for each case, so that changes show as lines.
    public var text: String {
        var head: [JSONValue.Member] = [
            .init("schema", .string("schema/\(kind.rawValue).json")), .init("kind", .string(kind.rawValue)),
            .init("format", .string(format)),
            .init("lastNumber", .number(lastNumber)),
        ]
        if let activation = activationFormat { head.append(.init("activation", .string(activation))) }
        var text = "{\n"
        for member in head { text += "\"\(member.name)\": \(member.value.line),\n" }
        text += "\"cases\": [\n"
        text += cases.map(\.json.line).joined(separator: ",\n")
        return text + (cases.isEmpty ? "]\n}\n" : "\n]\n}\n")
    }

    private var activationFormat: String? {
        guard case .dot(_, let format, _, _, _)? = cases.first?.task else { return nil }
        return format
    }

    /// Reads the stored form.
    ///
    /// - Throws: `VectorProblem.malformed`, naming the case where it can.
    public init(path: String, text: [UInt8]) throws(VectorProblem) {
        func fail(_ what: String) -> VectorProblem { .malformed(file: path, what: what) }
        let document: JSONValue
        do { document = try JSONParser.parse(text) } catch { throw fail("\(error)") }
        guard let kind = (document["kind"]?.string).flatMap(ConformanceCase.Kind.init(rawValue:)) else {
            throw fail("it has no known kind")
        }
        guard let format = document["format"]?.string, let lastNumber = document["lastNumber"]?.number, let list = document["cases"]?.array
        else { throw fail("it lacks format, lastNumber or cases") }
        var cases: [ConformanceCase] = []
        cases.reserveCapacity(list.count)
        for (index, value) in list.enumerated() {
            let name = value["id"]?.string ?? "case \(index)"
            guard let entry = ConformanceCase(json: value, kind: kind, format: format, activation: document["activation"]?.string) else {
                throw fail("\(ForeignText(name)) is incomplete or has a value that cannot be read")
            }
            cases.append(entry)
        }
        self.init(path: path, kind: kind, format: format, lastNumber: lastNumber, cases: cases)
    }
}
