import Foundation
import HIFIBlockSpec

/// Turns `Spec/` into the Swift sources of `Sources/BlockSpec/Generated`.
public struct Generator {
    let source: SpecSource

    /// A generator that reads these files.
    public init(source: SpecSource) { self.source = source }

    /// Every generated file: name → text. Deterministic, so a test can compare it with what is committed.
    public func files() throws -> [String: String] {
        var files: [String: String] = [:]
        for section in Self.sections {
            let body = try section.render(source)
            files[section.fileName] = """
                // Generated from Spec/ by `swift run spectool generate`. Do not edit: change the spec and run it again.

                \(body)

                """
        }
        return files
    }

    /// One generated file.
    struct Section {
        let fileName: String
        let render: (SpecSource) throws -> String
    }

    /// In the order of DESIGN: what a block is, who numbered it how, which tensor gets it, what was published.
    static var sections: [Section] { blockSections + dataSections }

    private static var blockSections: [Section] {
        [
            Section(fileName: "Formats.swift") { source in
                constants(try source.formats(), type: "BlockFormat", in: "Spec", name: "format")
            },
            Section(fileName: "Grids.swift") { source in
                let grids = try source.gridSources()
                let ids = grids.map(\.grid.id)
                return constants(grids, type: "Grid", in: "Spec", name: "grid") + "\n\n"
                    + lookUp(ids, type: "Grid", in: "Spec", name: "grid", isTotal: true)
            },
            Section(fileName: "Numerics.swift") { source in
                constants(try source.clauses(of: .numerics), type: "Clause", in: "Spec", name: "numericsClause")
            },
            Section(fileName: "Products.swift") { source in
                constants(try source.clauses(of: .products), type: "Clause", in: "Spec", name: "productClause")
            },
            Section(fileName: "Encoding.swift") { source in
                constants(try source.clauses(of: .encoding), type: "Clause", in: "Spec", name: "encodingClause")
            },
        ]
    }

    /// How a table is written.
    enum ListStyle {
        /// One private constant for each element, so that the compiler checks each literal on its own.
        case separate
        /// All elements in one literal, for many small ones.
        case inline
    }

    /// `extension Namespace { static let name: Element = … }`.
    static func constant<Element>(_ element: Element, type: String, in namespace: String, name: String) -> String {
        made(element, type: type, name: name) + "\n\nextension \(namespace) {\n    static let \(name): \(type) = \(name)Made()\n}"
    }

    /// A function that makes the value. The optimizer has nothing to gain in a literal that is built once, but would spend two thirds
    /// of the module's build time on them all.
    private static func made<Element>(_ element: Element, type: String, name: String) -> String {
        "@_optimize(none) private func \(name)Made() -> \(type) {\n\(SwiftLiteral.render(element))\n}"
    }

    /// `extension Namespace { static let nameTable: [Element] = […] }`.
    static func constants<Element>(
        _ elements: [Element], type: String, in namespace: String, name: String, list style: ListStyle = .separate
    ) -> String {
        if style == .inline {
            let lines = elements.map { "        \(SwiftLiteral.render($0, indent: 2))," }.joined(separator: "\n")
            return "extension \(namespace) {\n    static let \(name)Table: [\(type)] = [\n\(lines)\n    ]\n}"
        }
        let items = elements.enumerated().map { index, element in
            "private let \(name)\(index) = \(name)\(index)Made()\n" + made(element, type: type, name: "\(name)\(index)")
        }
        let list = elements.indices.map { "\(name)\($0)" }.joined(separator: ", ")
        return items.joined(separator: "\n\n") + "\n\nextension \(namespace) {\n    static let \(name)Table: [\(type)] = [\(list)]\n}"
    }

    /// A function that finds an element of such a table by its id without building the others.
    ///
    /// - Parameter isTotal: only ids of the table are asked for, by other generated files.
    static func lookUp(_ ids: [String], type: String, in namespace: String, name: String, isTotal: Bool = false) -> String {
        let other = isTotal ? "preconditionFailure(\"no \\(id) in the table\")" : "nil"
        let cases = ids.enumerated().map { index, id in "        case \(id.swiftQuoted): \(name)\(index)" }
        return """
            extension \(namespace) {
                static func \(name)Entry(_ id: String) -> \(type)\(isTotal ? "" : "?") {
                    switch id {
            \(cases.joined(separator: "\n"))
                    default: \(other)
                    }
                }
            }
            """
    }
}
