import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import HIFIGGUF
import HIFIIdentification

/// The metadata of a quantized file, in llama-quantize's order.
enum OutputMetadata {
    /// The version of the K-quants' layout, the same since 2023.
    private static let quantizationVersion: UInt32 = 2
    /// llama-quantize keeps strings that it adds in 128 bytes, the last of them zero.
    private static let longestString = 127
    /// Keys that the output gets new, at the end, and those of split models, which it loses.
    private static let dropped: Set<String> = [
        "general.quantization_version", "general.file_type", "split.no", "split.count", "split.tensors.count",
        "quantize.imatrix.file", "quantize.imatrix.dataset", "quantize.imatrix.entries_count", "quantize.imatrix.chunks_count",
    ]

    /// Keys of the input in their order, then the two that say what the file is, then where the importances came from.
    static func write(_ model: SourceModel, _ plan: QuantizationPlan, _ options: QuantizationOptions, to writer: inout GGUFWriter)
        throws(GGUFWriterError)
    {
        let rewritten = options.imatrix == nil ? dropped.filter { !$0.hasPrefix("quantize.") } : dropped
        for entry in model.metadata where !rewritten.contains(entry.key.raw) && !Stamp.owns(entry.key.raw) { try writer.add(copyOf: entry) }
        try writer.add("general.quantization_version", .uint32(quantizationVersion))
        try writer.add("general.file_type", .uint32(plan.fileType))
        if let imatrix = options.imatrix {
            try writer.add("quantize.imatrix.file", stored(imatrix.path))
            if let dataset = imatrix.dataset { try writer.add("quantize.imatrix.dataset", stored(dataset)) }
            try writer.add("quantize.imatrix.entries_count", .uint32(UInt32(clamping: imatrix.entries.count)))
            if imatrix.chunks > 0 { try writer.add("quantize.imatrix.chunks_count", .uint32(UInt32(clamping: imatrix.chunks))) }
        }
        if let version = options.stamp {
            try Stamp(version: version, dialect: plan.dialect, formats: plan.tensors.map(\.format)).write(to: &writer)
        }
    }

    /// A string as llama-quantize stores it: cut by bytes, even inside a character.
    private static func stored(_ foreign: ForeignText) -> MetadataValue {
        let text = foreign.raw
        guard text.utf8.count > longestString else { return .string(text) }
        let bytes = Array(text.utf8.prefix(longestString))
        let length = withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { Array($0) }
        return .stored(.string, ByteView(length + bytes))
    }
}
