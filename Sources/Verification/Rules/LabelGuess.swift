import HIFIBlockSpec
import HIFIGGUF
import HIFIIdentification

/// Finds out which formats would fill the bytes that a file reserves for a tensor: what a wrong label should have said.
struct LabelGuess {
    private let scan: GGUFScan
    private let layout: DataLayout
    /// One entry per block size, with the names of the formats that have it; those of upstream and the HIFI fork, then those of others.
    private let sizes: [(block: HIFIGGUF.BlockSize, names: [String])]
    private let otherSizes: [(block: HIFIGGUF.BlockSize, names: [String])]

    init(_ scan: GGUFScan, _ layout: DataLayout) {
        (self.scan, self.layout) = (scan, layout)
        sizes = Self.sizes { !KnownFormats.isForeign($0) }
        otherSizes = Self.sizes(KnownFormats.isForeign)
    }

    private static func sizes(_ isMeant: (String) -> Bool) -> [(block: HIFIGGUF.BlockSize, names: [String])] {
        var sizes: [(block: HIFIGGUF.BlockSize, names: [String])] = []
        for format in Spec.formats where isMeant(format.id) {
            if let known = sizes.firstIndex(where: { $0.block == format.size }) {
                // Revisions that share a size are distinguished by other means.
                if !sizes[known].names.contains(where: { $0.hasPrefix(format.family) }) { sizes[known].names.append(format.id) }
            } else {
                sizes.append((format.size, [format.id]))
            }
        }
        return sizes
    }

    /// The formats whose data, padded, would reach exactly to the next tensor (or the end of the file). None where the
    /// bytes overlap with an earlier tensor's, or where the tensor is empty.
    func formats(for tensor: TensorInfo) -> [String] {
        guard layout.extents.indices.contains(tensor.index), let span = layout.extents[tensor.index].spanBytes, span > 0 else { return [] }
        let isLast = layout.extents[tensor.index].start.map { $0 + span == scan.bytes.count } ?? false
        let own = fitting(sizes, tensor, span, isLast)
        return own.isEmpty ? fitting(otherSizes, tensor, span, isLast) : own
    }

    private func fitting(
        _ sizes: [(block: HIFIGGUF.BlockSize, names: [String])], _ tensor: TensorInfo, _ span: Int, _ isLast: Bool
    ) -> [String] {
        sizes.filter { size in
            guard let bytes = DataLayout.byteCount(dimensions: tensor.dimensions, block: size.block), bytes > 0, bytes <= span else {
                return false
            }
            let (padded, overflow) = bytes.addingReportingOverflow(scan.alignment - 1)
            guard !overflow else { return false }
            return padded / scan.alignment * scan.alignment == span || (isLast && bytes == span)
        }.flatMap(\.names)
    }

    /// The formats as a phrase, or nil where there are none: "q4_1", "q4_1 or iq4_xs".
    func phrase(for tensor: TensorInfo) -> String? {
        let names = formats(for: tensor)
        guard let last = names.prefix(4).last else { return nil }
        let others = names.prefix(4).dropLast()
        return (others.isEmpty ? "" : others.joined(separator: ", ") + " or ") + last
    }
}
