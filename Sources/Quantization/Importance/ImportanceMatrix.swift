import Files
import Foreign
import GGUF

/// How much each input column of each matrix matters, measured on a calibration text: the mean of the squared activations.
public struct ImportanceMatrix: Sendable {
    /// The path as it was given. llama-quantize stores it in the files it makes.
    public let path: ForeignText
    /// Values by tensor name: one per column, matrix after matrix for tensors of three dimensions.
    public let entries: [ForeignText: [Float]]
    /// What the first text was called; nil where the file does not say.
    public let dataset: ForeignText?
    /// Chunks of text that it was measured on; 0 where the file does not say.
    public let chunks: Int

    /// Creates a matrix. Every value must be a finite number from 0 up.
    public init(path: ForeignText, entries: [ForeignText: [Float]], dataset: ForeignText?, chunks: Int) throws(QuantizationError) {
        for (name, values) in entries.sorted(by: { $0.key < $1.key }) {
            if let column = values.firstIndex(where: { !($0.isFinite && $0 >= 0) }) {
                throw .badImportance(path: path, entry: name, column: column, value: values[column])
            }
        }
        (self.path, self.entries, self.dataset, self.chunks) = (path, entries, dataset, chunks)
    }

    /// Reads either form: GGUF (`general.type` is `imatrix`) or the older `.dat`.
    public static func load(path: String) throws(QuantizationError) -> ImportanceMatrix {
        let file: MappedFile
        do { file = try MappedFile(path: path) } catch { throw .file(error) }
        let bytes = file.bytes
        let matrix =
            bytes.load(UInt32.self, at: 0) == 0x4655_4747 ? try readGGUF(path: path) : try readLegacy(bytes, path: ForeignText(path: path))
        do { try file.checkUnchanged() } catch { throw .file(error) }
        return matrix
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
