import Console
import HIFIForeign
import Pages
import Quantization

/// What a conversion did, for people and machines.
package struct ConversionReport: Encodable {
    let input: String
    let output: String
    let bytes: Int
    let dialect: String
    let convertedTensors: Int
    let convertedBlocks: Int
    let renumberedTensors: Int
    let fileTypeBefore: UInt32?
    let fileTypeAfter: UInt32?

    package init(_ summary: Converter.Summary, input: String, output: String) {
        (self.input, self.output, bytes, dialect) = (input, output, summary.bytes, summary.dialect.id)
        (convertedTensors, convertedBlocks) = (summary.convertedTensors, summary.convertedBlocks)
        renumberedTensors = summary.renumberedTensors
        (fileTypeBefore, fileTypeAfter) = (summary.fileType?.before, summary.fileType?.after)
    }

    package var lines: [String] {
        var lines = [Style.bold(ForeignText(path: output)) + "  \(bytes.grouped) bytes, dialect \(dialect)"]
        if convertedTensors > 0 {
            lines.append(
                "  converted   \(convertedTensors.counting("tensor")), \(convertedBlocks.counting("block")), every weight as before")
        }
        lines.append("  renumbered  \(renumberedTensors.counting("tensor"))")
        if let before = fileTypeBefore, let after = fileTypeAfter, before != after { lines.append("  file type   \(before) → \(after)") }
        return lines
    }
}
