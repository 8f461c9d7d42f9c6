import HIFIFiles
import HIFIForeign
import HIFIGGUF

extension ImportanceMatrix {
    /// The GGUF form: for each matrix a tensor of sums, `NAME.in_sum2`, and one of counts, `NAME.counts`, both F32.
    static func readGGUF(path: String) throws(ImportanceError) -> ImportanceMatrix {
        let file: GGUFFile
        do { file = try GGUFFile.open(path: path) } catch { throw .container(error) }
        let path = file.path
        let type = file.metadata[GGUFNames.typeKey]?.string
        guard type?.raw == GGUFNames.type else {
            let what = type.map { "general.type is \($0)" } ?? "it has no key general.type"
            throw .malformed(path: path, "this GGUF file is not an importance matrix: \(what); name the file that an imatrix tool wrote")
        }
        var entries: [ForeignText: [Float]] = [:]
        for sums in file.tensors where sums.name.hasSuffix(GGUFNames.sums) {
            let name = ForeignText(sums.name.raw.dropLast(GGUFNames.sums.count))
            guard let counts = file.tensor(named: name.adding(GGUFNames.counts).raw) else {
                throw .malformed(path: path, "entry \(name) has sums but no counts")
            }
            entries[name] = try means(of: floats(sums, file), over: floats(counts, file), name, path)
        }
        for counts in file.tensors where counts.name.hasSuffix(GGUFNames.counts) {
            let name = ForeignText(counts.name.raw.dropLast(GGUFNames.counts.count))
            if entries[name] == nil { throw .malformed(path: path, "entry \(name) has counts but no sums") }
        }
        guard !entries.isEmpty else { throw .malformed(path: path, "an importance matrix without entries") }
        let chunks = file.metadata[GGUFNames.chunkCount]?.integer ?? 0
        let dataset = file.metadata[GGUFNames.datasets]?.stringElements?.first { _ in true }
        return try ImportanceMatrix(
            path: path, entries: entries, dataset: dataset.map { ForeignText(decoding: $0) }, chunks: max(0, chunks))
    }

    /// Sums over counts. A matrix that no token reached (an expert) counts as 1 everywhere.
    private static func means(
        of sums: [Float], over counts: [Float], _ name: ForeignText, _ path: ForeignText
    ) throws(ImportanceError) -> [Float] {
        guard !counts.isEmpty, !sums.isEmpty, sums.count % counts.count == 0 else {
            throw .malformed(path: path, "entry \(name) has \(sums.count) sums for \(counts.count) counts")
        }
        if let bad = counts.firstIndex(where: { !$0.isFinite || $0 < 0 }) {
            throw .malformed(path: path, "entry \(name) has the count \(counts[bad]), not a finite number from 0 up")
        }
        let columns = sums.count / counts.count
        return sums.indices.map { index in
            let count = counts[index / columns]
            return count > 0 ? sums[index] / count : 1
        }
    }

    private static func floats(_ tensor: TensorInfo, _ file: GGUFFile) throws(ImportanceError) -> [Float] {
        guard tensor.typeID == 0 else {
            throw .malformed(path: file.path, "tensor \(tensor.name) has type \(tensor.typeID), expected F32")
        }
        let view: ByteView?
        do { view = try file.bytes(of: tensor, block: BlockSize(elements: 1, bytes: 4)) } catch { throw .container(error) }
        guard let view else { throw .malformed(path: file.path, "the size of tensor \(tensor.name) overflows") }
        return (0..<view.count / 4).map { Float(bitPattern: view.load(UInt32.self, at: 4 * $0) ?? 0) }
    }
}
