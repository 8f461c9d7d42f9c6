import Console
import Figures
import HIFIGGUF
import HIFIVerification
import Pages

/// An inspection for people.
package struct InspectionText {
    package let lines: [String]

    package init(_ inspection: Inspection, tensors: Bool, keys: Bool) {
        var lines = [Style.bold(inspection.path) + Self.headline(inspection)]
        if let architecture = inspection.architecture {
            lines.append("  model    \(architecture)" + (inspection.name.map { ", \($0)" } ?? ""))
        }
        let bits = inspection.bitsPerWeight.map { ", \($0.rounded(toPlaces: 2)) bits per weight" } ?? ""
        lines.append("  weights  \(inspection.elements.grouped) in \(LoaderSize.size(UInt64(clamping: inspection.tensorBytes)))\(bits)")
        lines.append("  types    " + (inspection.dialect ?? "unknown dialect") + " (\(inspection.confidence.rawValue))")
        lines.append("")
        lines += Self.histogram(inspection)
        if keys { lines += [""] + Self.keys(inspection) }
        if tensors { lines += [""] + Self.tensors(inspection) }
        self.lines = lines
    }

    private static func headline(_ inspection: Inspection) -> String {
        let version = inspection.version.map { "GGUF v\($0)" } ?? "GGUF"
        let part = inspection.part.map { "part \($0.number) of \($0.count), " } ?? ""
        return
            "  \(part)\(version), \(inspection.bytes.counting("byte")), \(inspection.tensors.count.counting("tensor")), "
            + "\(inspection.keys.count.counting("key")), alignment \(inspection.alignment)"
    }

    private static func histogram(_ inspection: Inspection) -> [String] {
        var table = TextTable([
            ("type", .left), ("id", .right), ("tensors", .right), ("weights", .right), ("bytes", .right), ("bpw", .right),
        ])
        for count in inspection.histogram {
            let bits = count.elements > 0 ? (8 * Double(count.bytes) / Double(count.elements)).rounded(toPlaces: 4) : "-"
            table.add(
                count.format ?? "unknown", "\(count.typeID)", "\(count.tensors)", count.elements.grouped, count.bytes.grouped, bits)
        }
        return table.lines(indent: "  ")
    }

    private static func keys(_ inspection: Inspection) -> [String] {
        var table = TextTable([("key", .left), ("type", .left), ("value", .left)])
        for key in inspection.keys { table.add("\(key.key)", key.type, cut(key.preview, to: 80)) }
        return table.lines(indent: "  ")
    }

    private static func tensors(_ inspection: Inspection) -> [String] {
        var table = TextTable([("tensor", .left), ("type", .left), ("shape", .left), ("offset", .right), ("bytes", .right)])
        for tensor in inspection.tensors {
            table.add(
                "\(tensor.name)", tensor.format ?? "id \(tensor.typeID)", tensor.dimensions.map(String.init).joined(separator: " × "),
                tensor.offset.map(\.grouped) ?? "outside", tensor.bytes.map(\.grouped) ?? "unknown")
        }
        return table.lines(indent: "  ")
    }

    private static func cut(_ text: String, to length: Int) -> String {
        text.count <= length ? text : text.prefix(length - 1) + "…"
    }
}
