import Files
import Foreign
import GGUF

extension ImportanceMatrix {
    /// The GGUF form: for each matrix a tensor of sums, `NAME.in_sum2`, and one of counts, `NAME.counts`, both F32.
    static func readGGUF(path: String) throws(QuantizationError) -> ImportanceMatrix {
        let file: GGUFFile
        do { file = try GGUFFile.open(path: path) } catch { throw .container(error) }
        let path = file.path
        let type = file.metadata["general.type"]?.string
        guard type == "imatrix" else {
            let what = type.map { "general.type is \($0)" } ?? "it has no key general.type"
            throw .imatrix(path: path, "this GGUF file is not an importance matrix: \(what); name the file that an imatrix tool wrote")
        }
        var entries: [ForeignText: [Float]] = [:]
        for sums in file.tensors where sums.name.hasSuffix(".in_sum2") {
            let name = ForeignText(sums.name.raw.dropLast(8))
            guard let counts = file.tensor(named: name.adding(".counts").raw) else {
                throw .imatrix(path: path, "entry \(name) has sums but no counts")
            }
            entries[name] = try means(of: floats(sums, file), over: floats(counts, file), name, path)
        }
        for counts in file.tensors where counts.name.hasSuffix(".counts") {
            let name = ForeignText(counts.name.raw.dropLast(7))
            if entries[name] == nil { throw .imatrix(path: path, "entry \(name) has counts but no sums") }
        }
        guard !entries.isEmpty else { throw .imatrix(path: path, "an importance matrix without entries") }
        let chunks = file.metadata["imatrix.chunk_count"]?.integer ?? 0
        let dataset = file.metadata["imatrix.datasets"]?.stringElements?.first { _ in true }
        return try ImportanceMatrix(
            path: path, entries: entries, dataset: dataset.map { ForeignText(decoding: $0) }, chunks: max(0, chunks))
    }

    /// Sums over counts. A matrix that no token reached (an expert) counts as 1 everywhere.
    private static func means(
        of sums: [Float], over counts: [Float], _ name: ForeignText, _ path: ForeignText
    ) throws(QuantizationError) -> [Float] {
        guard !counts.isEmpty, !sums.isEmpty, sums.count % counts.count == 0 else {
            throw .imatrix(path: path, "entry \(name) has \(sums.count) sums for \(counts.count) counts")
        }
        if let bad = counts.firstIndex(where: { !$0.isFinite || $0 < 0 }) {
            throw .imatrix(path: path, "entry \(name) has the count \(counts[bad]), not a finite number from 0 up")
        }
        let columns = sums.count / counts.count
        return sums.indices.map { index in
            let count = counts[index / columns]
            return count > 0 ? sums[index] / count : 1
        }
    }

    private static func floats(_ tensor: TensorInfo, _ file: GGUFFile) throws(QuantizationError) -> [Float] {
        guard tensor.typeID == 0 else {
            throw .imatrix(path: file.path, "tensor \(tensor.name) has type \(tensor.typeID), expected F32")
        }
        let view: ByteView?
        do { view = try file.bytes(of: tensor, block: BlockSize(elements: 1, bytes: 4)) } catch { throw .container(error) }
        guard let view else { throw .imatrix(path: file.path, "the size of tensor \(tensor.name) overflows") }
        return (0..<view.count / 4).map { Float(bitPattern: view.load(UInt32.self, at: 4 * $0) ?? 0) }
    }
}
