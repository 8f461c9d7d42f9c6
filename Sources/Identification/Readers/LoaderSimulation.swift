import HIFIBlockSpec
import HIFIGGUF

/// What a loader of the llama.cpp family does with the tensor table of a file.
///
/// These loaders know one dialect. They work out the size of every tensor from it and insist that each tensor begins where the
/// one before it ends, padded, and that all data lie inside the file. A wrong block size is so noticed at the next tensor; on the
/// last one only if it is too large.
struct LoaderSimulation {
    /// The loader's format for each type id.
    let formats: [UInt32: String]
    /// Why it does not load the file; nil if it does.
    let refusal: String?

    init(_ reader: Reader, _ scan: GGUFScan, extents: [TensorExtent], ids: [UInt32]) {
        let types = KnownFormats.types[reader.dialect] ?? [:]
        var formats: [UInt32: String] = [:]
        for id in ids {
            let candidates = types[id]?.formats ?? []
            formats[id] = candidates.first { reader.decodes.contains($0) } ?? candidates.first
        }
        self.formats = formats
        refusal = Self.refusal(scan, extents: extents) { formats[$0].flatMap { KnownFormats.byID[$0] } }
    }

    private static func refusal(_ scan: GGUFScan, extents: [TensorExtent], format: (UInt32) -> BlockFormat?) -> String? {
        guard scan.stoppedIn == nil, let dataStart = scan.dataStart else { return "the header cannot be read to its end" }
        let alignment = UInt64(max(1, scan.alignment))
        if let tensor = scan.tensors.first(where: { format($0.typeID) == nil }) {
            return "tensor \(tensor.name) has type id \(tensor.typeID), which it does not know"
        }
        var expected: UInt64 = 0
        var previous: (tensor: TensorInfo, format: BlockFormat)?
        for (tensor, extent) in zip(scan.tensors, extents) {
            guard let format = format(tensor.typeID) else { continue }
            guard let bytes = extent.bytes(format.size) else {
                return "rows of tensor \(tensor.name) are not a whole number of \(format.id) blocks"
            }
            if tensor.dataOffset != expected {
                let cause =
                    previous.map { " after \($0.tensor.name) (type id \($0.tensor.typeID), which it reads as \(describe($0.format)))" }
                    ?? ""
                return "the tensor offsets do not fit: it expects \(tensor.name) at \(NumberText.grouped(expected))\(cause), "
                    + "the file has it at \(NumberText.grouped(tensor.dataOffset))"
            }
            let (end, overflow) = expected.addingReportingOverflow(bytes)
            let (padded, overflow2) = end.addingReportingOverflow(alignment - 1)
            guard !overflow, !overflow2 else { return "the size of tensor \(tensor.name) overflows" }
            let room = scan.bytes.count >= dataStart ? UInt64(scan.bytes.count - dataStart) : 0
            if end > room {
                return "the data of \(tensor.name) (type id \(tensor.typeID), which it reads as \(describe(format))) end "
                    + "\(NumberText.grouped(end - room)) bytes past the end of the file"
            }
            expected = padded / alignment * alignment
            previous = (tensor, format)
        }
        return nil
    }

    private static func describe(_ format: BlockFormat) -> String {
        "\(format.id), \(KnownFormats.sizeText(format))"
    }
}
