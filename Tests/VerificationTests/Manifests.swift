import HIFIForeign
import HIFIGGUF
import TestSupport

/// Manifests for tests.
enum Manifests {
    /// A manifest of the file, with everything in it.
    static func text(of path: String, form: Manifest.Form = .hifi) throws -> String {
        let file = try GGUFFile.scan(path: path)
        let layout = DataLayout(file.scan, blockSize: GGUFBuilder.SampleType.blockSize)
        let digests = FileDigests(file.scan, fileName: ForeignText(path: path), layout: layout, algorithms: [.xxh3, .sha256])
        return try Manifest([digests], form: form).text()
    }
}
