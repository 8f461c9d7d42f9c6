import HIFIBlockSpec
import HIFIForeign
import Suite

/// A request as the adapter protocol has it (`Vectors/PROTOCOL.md`): its words and its payloads.
package struct ExecRequest {
    let operation: Operation
    let type: String
    /// Members with payloads, in the order of the document.
    var payloads: [(name: String, bytes: [UInt8])]
    /// Further members.
    var words: [JSONValue.Member] = []
    /// Numbers in the answer to a product.
    private var numbers = 1

    package enum Operation: String, CaseIterable {
        case decode, encode, quantize, dot, product
    }

    init(_ request: Request) {
        switch request {
        case .decode(let format, let blocks):
            (operation, type, payloads) = (.decode, format, [("blocks", blocks)])
        case .encode(let format, let path, let values, let columns, let importance):
            (operation, type) = (.encode, format)
            payloads = [("values", FloatBytes.bytes(values.lazy.map(\.bitPattern)))]
            if let importance { payloads.append(("importance", FloatBytes.bytes(importance.lazy.map(\.bitPattern)))) }
            words = [.init("path", .string(path.rawValue)), .init("columns", .number(columns))]
        case .quantizeActivations(let format, let values):
            (operation, type, payloads) = (.quantize, format, [("values", FloatBytes.bytes(values.lazy.map(\.bitPattern)))])
        case .dot(let format, let blocks, let activationFormat, let activations):
            (operation, type, payloads) = (.dot, format, [("blocks", blocks), ("activations", activations)])
            words = [.init("activation_type", .string(activationFormat))]
        case .product(let format, let blocks, let rows, let activationFormat, let activations, let columns):
            (operation, type, payloads) = (.product, format, [("blocks", blocks), ("activations", activations)])
            words = [.init("activation_type", .string(activationFormat)), .init("rows", .number(rows)), .init("columns", .number(columns))]
            numbers = rows * columns
        }
    }

    /// Bytes of a right answer; nil where the spec does not know the type or the input is not whole blocks.
    var answerBytes: Int? {
        if operation == .dot || operation == .product { return 4 * numbers }
        guard let format = Spec.format(type), let input = payloads.first?.bytes.count else { return nil }
        switch operation {
        case .decode:
            let (bytes, overflow) = (format.weights(inRowOf: input) ?? -1).multipliedReportingOverflow(by: 4)
            return overflow || bytes < 0 ? nil : bytes
        default: return input % (4 * format.elements) == 0 ? input / (4 * format.elements) * format.bytes : nil
        }
    }

    /// The other way round: a request out of a message; throws what is wrong with it.
    static func read(_ json: JSONValue, payload: (ExecPayload) -> [UInt8]?) throws(ExecProblem) -> Request {
        func word(_ name: String) throws(ExecProblem) -> String {
            guard let text = json[name]?.string else { throw ExecProblem("member \"\(name)\" is missing or no string") }
            return text
        }
        func bytes(_ name: String) throws(ExecProblem) -> [UInt8] {
            guard let value = json[name], let form = ExecPayload(value), let bytes = payload(form) else {
                throw ExecProblem("member \"\(name)\" is missing or no payload")
            }
            return bytes
        }
        func floats(_ name: String) throws(ExecProblem) -> [Float] {
            guard let bits = FloatBytes.bits(try bytes(name)) else { throw ExecProblem("member \"\(name)\" is not whole fp32 scalars") }
            return bits.map(Float.init(bitPattern:))
        }
        switch Operation(rawValue: try word("op")) {
        case .decode: return .decode(format: try word("type"), blocks: try bytes("blocks"))
        case .encode:
            guard let path = Request.EncodePath(rawValue: try word("path")) else { throw ExecProblem("unknown path") }
            guard let columns = json["columns"]?.number, columns > 0 else { throw ExecProblem("member \"columns\" is missing or no count") }
            let importance = json["importance"] == nil ? nil : try floats("importance")
            return .encode(format: try word("type"), path: path, values: try floats("values"), columns: columns, importance: importance)
        case .quantize: return .quantizeActivations(format: try word("type"), values: try floats("values"))
        case .dot:
            return .dot(
                format: try word("type"), blocks: try bytes("blocks"), activationFormat: try word("activation_type"),
                activations: try bytes("activations"))
        case .product:
            guard let rows = json["rows"]?.number, let columns = json["columns"]?.number, (1...1 << 20).contains(rows),
                (1...1 << 20).contains(columns)
            else { throw ExecProblem("member \"rows\" or \"columns\" is missing or no count") }
            return .product(
                format: try word("type"), blocks: try bytes("blocks"), rows: rows, activationFormat: try word("activation_type"),
                activations: try bytes("activations"), columns: columns)
        case nil: throw ExecProblem("unknown operation")
        }
    }
}

/// What is wrong with a message of the adapter protocol.
struct ExecProblem: Error {
    let text: String

    init(_ text: String) { self.text = text }
}

/// How an adapter introduces itself.
public struct ExecGreeting: Sendable, Hashable {
    /// What it adapts.
    public let name: ForeignText
    /// Of what it adapts; empty if it does not say.
    public let version: ForeignText
    /// Types per operation (`decode`, `encode`, `quantize`, `dot`, `product`); an operation that is missing is asked for every type, but
    /// for `product`, and so is one whose list has `*`.
    public let supports: [String: Set<String>]

    /// Nil where the message is not a greeting.
    package init?(_ json: JSONValue) {
        guard let name = json["name"]?.string else { return nil }
        self.name = ForeignText(name)
        version = ForeignText(json["version"]?.string ?? "")
        guard let members = json["supports"].map(\.members) ?? [] else { return nil }
        var supports: [String: Set<String>] = [:]
        for member in members {
            guard let types = member.value.strings else { return nil }
            supports[member.name] = Set(types.map { $0.lowercased() })
        }
        self.supports = supports
    }

    /// False where the adapter lists the types of this operation and this one is not among them, under none of its names.
    package func covers(_ operation: ExecRequest.Operation, _ type: String) -> Bool {
        // Products of several rows came later: they are asked only of adapters that list them.
        guard let types = supports[operation.rawValue] else { return operation != .product }
        if types.contains("*") { return true }
        let format = Spec.format(type)
        let names = [type.lowercased()] + (format.map { [$0.id] + $0.aliases } ?? [])
        return names.contains { types.contains($0) }
    }
}

extension OwnCheck {
    /// As a message has it: `{"verdict": "rejects", "by": "ggml_validate_row_data"}`.
    package var json: JSONValue {
        func object(_ verdict: String, _ by: String) -> JSONValue {
            .object([.init("verdict", .string(verdict)), .init("by", .string(by))])
        }
        return switch self {
        case .rejects(let name): object("rejects", name.raw)
        case .accepts(let name): object("accepts", name.raw)
        case .none(let reason): object("none", reason)
        }
    }

    /// Nil where the value is not a verdict.
    package init?(_ json: JSONValue) {
        guard let verdict = json["verdict"]?.string, let by = json["by"]?.string else { return nil }
        switch verdict {
        case "rejects": self = .rejects(by: ForeignText(by))
        case "accepts": self = .accepts(by: ForeignText(by))
        case "none": self = .none(reason: "\(ForeignText(sentence: by))")
        default: return nil
        }
    }
}
