import HIFIBlockSpec

/// What becomes of one tensor.
public struct TensorPlan: Sendable {
    /// The tensor that is read.
    public let source: SourceModel.Tensor
    /// The format that is written.
    public let format: BlockFormat
    /// Bytes that it takes in the output.
    public let byteCount: Int
    /// Outliers for each block; nil for the format's usual number.
    public let outliers: Int?
    /// One value per column, matrix after matrix.
    public let importance: [Float]?
    /// What is unusual about it: a fallback type, an override that was not taken.
    public let note: String?

    /// The data is copied as it is.
    public var isCopied: Bool { format.id == source.format.id }

    init(
        source: SourceModel.Tensor, format: BlockFormat, outliers: Int?, importance: [Float]?, note: String?
    ) throws(QuantizationError) {
        let (bytes, overflow) = (source.weights / format.elements).multipliedReportingOverflow(by: format.bytes)
        guard source.columns % format.elements == 0, !overflow else {
            throw .badShape(
                tensor: source.name, dimensions: source.info.dimensions, reason: "its rows are not whole \(format.id) blocks")
        }
        (self.source, self.format, self.outliers) = (source, format, outliers)
        (self.importance, self.note) = (importance, note)
        byteCount = format.id == source.format.id ? source.bytes.count : bytes
    }
}
