import HIFIFiles
import HIFIForeign
import HIFIGGUF

/// How much each input column of each matrix matters, measured on a calibration text: the mean of the squared activations.
/// ``ImportanceSums`` is what such a file is written from.
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
    public init(path: ForeignText, entries: [ForeignText: [Float]], dataset: ForeignText?, chunks: Int) throws(ImportanceError) {
        for (name, values) in entries.sorted(by: { $0.key < $1.key }) {
            if let column = values.firstIndex(where: { !($0.isFinite && $0 >= 0) }) {
                throw .badValue(path: path, entry: name, column: column, value: values[column])
            }
        }
        (self.path, self.entries, self.dataset, self.chunks) = (path, entries, dataset, chunks)
    }

    /// Reads either form: GGUF (`general.type` is `imatrix`) or the older `.dat`.
    public static func load(path: String) throws(ImportanceError) -> ImportanceMatrix {
        let file: MappedFile
        do { file = try MappedFile(path: path) } catch { throw .file(error) }
        let bytes = file.bytes
        let matrix =
            bytes.load(UInt32.self, at: 0) == 0x4655_4747 ? try readGGUF(path: path) : try readLegacy(bytes, path: ForeignText(path: path))
        do { try file.checkUnchanged() } catch { throw .file(error) }
        return matrix
    }
}
