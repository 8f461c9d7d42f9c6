import HIFICKernels

/// What the C structs make of a block's fields, for comparison with the spec.
public struct KernelLayout: Sendable, Hashable {
    /// The format's id.
    public let format: String
    /// Nil for the whole block.
    public let field: String?
    /// Bytes from the start of the block.
    public let offset: Int
    /// Size in bytes.
    public let bytes: Int

    /// Every field of every layout that the kernels know.
    public static var all: [KernelLayout] {
        (0..<hifi_layout_count()).map { index in
            let entry = hifi_layout_at(index)
            return KernelLayout(
                format: entry.format.map { String(cString: $0) } ?? "", field: entry.field.map { String(cString: $0) },
                offset: Int(entry.offset), bytes: Int(entry.bytes))
        }
    }
}
