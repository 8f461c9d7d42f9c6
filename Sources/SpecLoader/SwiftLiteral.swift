import HIFIBlockSpec

/// Renders a model value as the Swift expression that constructs it.
///
/// The generated sources of `BlockSpec` are written with this: a struct becomes a call of its memberwise initializer
/// with every label spelled out, so a property that is added to the model without a value in `Spec/` fails to compile
/// instead of being forgotten.
enum SwiftLiteral {
    /// The Swift source of `value`. Strings, numbers, booleans, optionals, arrays, plain enums and structs whose
    /// initializer has one label per stored property are supported; anything else conforms to `SwiftLiteralConvertible`.
    static func render(_ value: Any, indent: Int = 0) -> String {
        if let custom = value as? any SwiftLiteralConvertible { return custom.swiftLiteral }
        if let text = value as? String { return text.swiftQuoted }
        if value is Double || value is any BinaryInteger || value is Bool { return "\(value)" }

        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional:
            guard let wrapped = mirror.children.first else { return "nil" }
            return render(wrapped.value, indent: indent)
        case .collection:
            return list(mirror.children.map { render($0.value, indent: indent + 1) }, open: "[", close: "]", indent: indent)
        case .enum where mirror.children.isEmpty:
            return ".\(value)"
        case .struct:
            let defaults = (value as? any HasDefaults)?.defaults ?? [:]
            let arguments = mirror.children.compactMap { child -> String? in
                let (label, text) = (child.label ?? "_", render(child.value, indent: indent + 1))
                return defaults[label] == text ? nil : "\(label): \(text)"
            }
            return list(arguments, open: "\(name(of: mirror.subjectType))(", close: ")", indent: indent)
        default:
            preconditionFailure("no Swift literal for \(mirror.subjectType); conform it to SwiftLiteralConvertible")
        }
    }

    /// The type's name with its enclosing types, without its module.
    private static func name(of type: Any.Type) -> String {
        String(reflecting: type).split(separator: ".").dropFirst().joined(separator: ".")
    }

    /// One line when it fits in 130 columns, otherwise one element a line.
    private static func list(_ items: [String], open: String, close: String, indent: Int) -> String {
        let line = open + items.joined(separator: ", ") + close
        if line.count + indent * 4 <= 130, !line.contains("\n") { return line }
        let pad = String(repeating: "    ", count: indent + 1)
        return open + "\n" + items.map { pad + $0 }.joined(separator: ",\n") + "\n" + String(repeating: "    ", count: indent) + close
    }
}

/// A model type whose initializer has defaults for what hardly any value states.
protocol HasDefaults {
    /// By label, as they are written.
    var defaults: [String: String] { get }
}

extension BlockFormat: HasDefaults {
    var defaults: [String: String] { ["rowHeader": "nil", "interleave": "1", "weave": "nil", "tensorTail": "0"] }
}

extension BitPlane: HasDefaults {
    var defaults: [String: String] { ["gray": "0"] }
}

extension IndexedInteger.Run: HasDefaults {
    var defaults: [String: String] { ["firstLane": "0"] }
}

extension Dialect: HasDefaults {
    var defaults: [String: String] { ["sources": "[]"] }
}

extension TypeAssignment: HasDefaults {
    var defaults: [String: String] { ["use": ".files", "of": "nil", "isWritten": "false"] }
}

/// A model type that knows its own Swift source, because reflection cannot tell (enums with payloads, private storage).
protocol SwiftLiteralConvertible {
    var swiftLiteral: String { get }
}

extension String {
    /// The text as a Swift string literal, quotes and backslashes escaped.
    var swiftQuoted: String {
        var out = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\t": out += "\\t"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}
