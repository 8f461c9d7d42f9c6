import Console
import HIFIBlockSpec
import HIFIReference

/// Block types and products of raw blocks, as tables.
package enum RawBlockText {
    /// The block types that can be decoded.
    package static func types() -> [String] {
        var table = TextTable([("type", .left), ("weights", .right), ("bytes", .right), ("bpw", .right), ("", .left)])
        for format in Spec.formats where format.decoding != nil || format.weave != nil {
            let names = ([format.title] + format.aliases.map { "also \($0)" }).joined(separator: "; ")
            let bytes = "\(format.bytes)" + (format.rowHeader.map { "+\($0.bytes) a row" } ?? "")
            table.add(format.id, "\(format.elements)", bytes, "\(format.bitsPerWeight)", names)
        }
        return table.lines()
    }

    /// A product for each row, and how far it may be off.
    package static func products(_ products: [Float], of exact: [DotValue]) -> [String] {
        var table = TextTable([
            ("row", .right), ("exact", .right), ("may be off by", .right), ("found", .right), ("is off by", .right), ("", .left),
        ])
        for (row, (value, product)) in zip(exact, products).enumerated() {
            let error = abs(Double(product) - value.value)
            let numbers = [text(value.value), text(value.bound()), text(product), text(error)]
            table.add(["\(row)"] + numbers + [value.admits(product) ? "" : "too far off"])
        }
        return table.lines()
    }

    /// A number; the sign of a NaN says nothing.
    private static func text(_ value: some BinaryFloatingPoint & CustomStringConvertible) -> String {
        value.isNaN ? "nan" : value.description
    }
}
