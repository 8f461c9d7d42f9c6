import HIFIForeign
import Importance

extension ImportanceMatrix {
    /// Reads either form, for a quantization.
    public static func read(path: String) throws(QuantizationError) -> ImportanceMatrix {
        do { return try load(path: path) } catch { throw .imatrix(error) }
    }

    /// The values for a tensor, or nil where there are none.
    ///
    /// - Parameters:
    ///   - size: columns times matrices.
    ///   - toleratingSize: nil for an entry of another size, instead of an error; llama-quantize does so for token embeddings.
    /// - Throws: `importanceSize`.
    func values(for tensor: ForeignText, size: Int, toleratingSize: Bool) throws(QuantizationError) -> [Float]? {
        guard let values = entries[tensor] else { return nil }
        guard values.count == size else {
            if toleratingSize { return nil }
            throw .importanceSize(path: path, tensor: tensor, expected: size, found: values.count)
        }
        return values
    }
}
