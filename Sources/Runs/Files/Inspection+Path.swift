import HIFIFiles
import HIFIGGUF
import HIFIIdentification
import HIFIVerification

extension Inspection {
    /// What the file at a path contains; `-` is standard input. Of a part of a split model, what its types mean and which model it is
    /// follows from all parts that are there.
    ///
    /// - Parameters:
    ///   - limit: elements of an array that are given; nil for all.
    ///   - source: where files come from.
    package static func read(
        _ path: String, arrayLimit limit: Int?, source: any FileSource = LocalFiles()
    ) throws(GGUFError) -> Inspection {
        let file: GGUFFile
        do {
            file =
                path == StandardInput.path ? GGUFFile.scan(try MappedFile(argument: path)) : try GGUFFile.scan(path: path, source: source)
        } catch {
            throw .file(error)
        }
        try file.checkReadable()
        let inspection: Inspection
        if let model = try wholeModel(path, source), let index = model.parts.firstIndex(where: { $0.file.path == file.path }) {
            inspection = Inspection(
                file, identification: Identification.identify(model)[index], model: model.metadata, arrayLimit: limit)
        } else {
            inspection = Inspection(file, identification: Identification.identify(file.scan), arrayLimit: limit)
        }
        do { try file.mapping.checkUnchanged() } catch { throw .file(error) }
        return inspection
    }

    /// The split model that a path leads into; nil where it does not, or its parts do not make a model.
    private static func wholeModel(_ path: String, _ source: any FileSource) throws(GGUFError) -> SplitSet? {
        guard SplitName(path: path) != nil else { return nil }
        do throws(GGUFError) { return try SplitSet.open(path: path, source: source) } catch {
            // A part that cannot be read might have said something else.
            if case .file = error { throw error }
            return nil
        }
    }
}
