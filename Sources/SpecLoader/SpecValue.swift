import Foundation
import Yams

/// A YAML or JSON document as plain values, for checks that do not know the model.
public indirect enum SpecValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([SpecValue])
    case object([String: SpecValue])
}

extension SpecSource {
    /// Reads a `.yaml` or `.json` file below `Spec`. JSON is read as the YAML that it is.
    public func value(at path: String) throws -> SpecValue { try read(SpecValue.self, from: path) { try SpecValue(yaml: $0) } }

    /// All `.yaml` files below `Spec`, with the schema that each must satisfy: `x.yaml` has `schema/x.json` and
    /// `folder/y.yaml` has `schema/folder.json`.
    public func filesWithSchemas() throws -> [(file: String, schema: String)] {
        guard let paths = FileManager.default.enumerator(atPath: root.path) else {
            throw SpecError(file: "", message: "cannot list \(root.path)")
        }
        return paths.compactMap { $0 as? String }.filter { $0.hasSuffix(".yaml") }.sorted().map { file in
            let stem = file.split(separator: "/").first.map(String.init) ?? file
            return (file, "schema/\(stem.hasSuffix(".yaml") ? String(stem.dropLast(5)) : stem).json")
        }
    }
}

extension SpecValue {
    /// Parses a document. Plain scalars are read by the YAML 1.2 core rules, so `off` and dates are strings.
    public init(yaml: String) throws {
        guard let node = try Yams.compose(yaml: yaml) else {
            self = .null
            return
        }
        self = try SpecValue(node)
    }

    private init(_ node: Node) throws {
        switch node {
        case .scalar(let scalar):
            self = scalar.style == .plain ? SpecValue(plainScalar: scalar.string) : .string(scalar.string)
        case .sequence(let sequence):
            self = .array(try sequence.map { try SpecValue($0) })
        case .mapping(let mapping):
            var object: [String: SpecValue] = [:]
            for (key, value) in mapping {
                guard let name = key.string else { throw SpecError(file: "", message: "a key is not a string") }
                if object.updateValue(try SpecValue(value), forKey: name) != nil {
                    throw SpecError(file: "", message: "key \(name) occurs twice")
                }
            }
            self = .object(object)
        case .alias:
            throw SpecError(file: "", message: "aliases are not used in Spec/")
        }
    }

    private init(plainScalar text: String) {
        switch text {
        case "", "~", "null": self = .null
        case "true": self = .bool(true)
        case "false": self = .bool(false)
        default:
            let isNumeric = text.contains(where: \.isDigit) && text.allSatisfy { $0.isDigit || "+-.eE".contains($0) }
            if isNumeric, let integer = Int(text) {
                self = .integer(integer)
            } else if isNumeric, let number = Double(text) {
                self = .number(number)
            } else {
                self = .string(text)
            }
        }
    }
}
