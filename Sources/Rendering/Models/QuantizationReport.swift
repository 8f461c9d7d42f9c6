import Console
import Figures
import HIFIForeign
import Pages
import Quantization

/// What a quantization did or would do, for people and machines.
package struct QuantizationReport: Encodable {
    let input: ForeignText
    let output: String
    let mix: String
    let hifi: String?
    let dialect: String
    let fileType: UInt32
    let tensors: Int
    let weights: Int
    let types: [TypeCount]
    /// Bytes of tensor data, without header and padding.
    let dataBytes: Int
    /// Bytes of the file; nothing for a dry run.
    let bytes: Int?
    let bitsPerWeight: Double
    let notes: [String]

    struct TypeCount: Encodable {
        let type: String
        let tensors: Int
        let bytes: Int
    }

    package init(_ model: SourceModel, _ plan: QuantizationPlan, summary: Quantizer.Summary?, output: String) {
        input = model.path
        self.output = output
        mix = plan.routing.mix.id
        hifi = plan.routing.hifi?.id
        dialect = plan.dialect.id
        fileType = plan.fileType
        tensors = plan.tensors.count
        weights = plan.weights
        types = Dictionary(grouping: plan.tensors) { $0.format.id }.sorted { $0.key < $1.key }.map { id, tensors in
            TypeCount(type: id, tensors: tensors.count, bytes: tensors.reduce(0) { $0 + $1.byteCount })
        }
        dataBytes = plan.dataBytes
        bytes = summary?.bytes
        bitsPerWeight = 8 * Double(plan.dataBytes) / Double(max(1, plan.weights))
        notes = summary?.notes ?? plan.notes
    }

    /// The text form.
    ///
    /// - Parameters:
    ///   - listing: each of these tensors gets a line.
    ///   - reason: why nothing was written, if nothing was.
    package func lines(listing: [TensorPlan], unwritten reason: String) -> [String] {
        let revision = hifi.map { ", \($0)" } ?? ""
        var lines = [Style.bold("\(ForeignText(path: output))") + (bytes.map { "  \($0.grouped) bytes" } ?? "  not written (\(reason))")]
        lines.append("  mix      \(mix)\(revision), file type \(fileType), numbers of \(dialect)")
        lines.append(
            "  weights  \(weights.grouped) in \(LoaderSize.size(UInt64(clamping: dataBytes))), "
                + "\(bitsPerWeight.rounded(toPlaces: 2)) bits per weight")
        let counts = types.map { "\($0.type) \($0.tensors)" }.joined(separator: ", ")
        lines.append("  tensors  \(tensors): \(counts)")
        lines += notes.map { "  \(Style.yellow("note"))     \($0)" }
        guard !listing.isEmpty else { return lines }
        var table = TextTable([("tensor", .left), ("from", .left), ("to", .left), ("bytes", .right), ("", .left)])
        for tensor in listing {
            let remarks = [tensor.importance == nil ? nil : "imatrix", tensor.outliers.map { "\($0) outliers" }].compactMap(\.self)
            table.add(
                "\(tensor.source.name)", tensor.source.format.id, tensor.isCopied ? "same" : tensor.format.id, tensor.byteCount.grouped,
                remarks.joined(separator: ", "))
        }
        return lines + [""] + table.lines(indent: "  ")
    }
}
