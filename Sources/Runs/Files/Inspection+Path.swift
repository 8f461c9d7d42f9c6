import HIFIFiles
import HIFIGGUF
import HIFIIdentification
import HIFIVerification

extension Inspection {
    /// What the file at a path contains; `-` is standard input. Of a part of a split model, what its types mean and which model it is
    /// follows from all parts that are there.
    ///
    /// - Parameter limit: elements of an array that are given; nil for all.
    package static func read(_ path: String, arrayLimit limit: Int?) throws(GGUFError) -> Inspection {
        let file: GGUFFile
        do { file = path == "-" ? GGUFFile.scan(try MappedFile(argument: path)) : try GGUFFile.scan(path: path) } catch {
            throw .file(error)
        }
        try file.checkReadable()
        let inspection: Inspection
        if SplitName(path: path) != nil, let model = try? SplitSet.open(path: path),
            let index = model.parts.firstIndex(where: { $0.file.path.raw == path })
        {
            inspection = Inspection(
                file, identification: Identification.identify(model)[index], model: model.metadata, arrayLimit: limit)
        } else {
            inspection = Inspection(file, identification: Identification.identify(file.scan), arrayLimit: limit)
        }
        do { try file.mapping.checkUnchanged() } catch { throw .file(error) }
        return inspection
    }
}
