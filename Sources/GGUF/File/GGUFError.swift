import HIFIFiles
import HIFIForeign

/// Why a GGUF file cannot be used.
public enum GGUFError: Error, Hashable, Sendable {
    /// The file system refused, or the file changed under us.
    case file(FileError)
    /// The structure is broken in a way that no reader can work around.
    case structure(path: ForeignText, StructuralProblem)
    /// The range of a tensor's data does not lie inside the file.
    case tensorOutsideFile(path: ForeignText, tensor: ForeignText, start: Int?, byteCount: Int, fileSize: Int)
    /// A metadata value is missing or of the wrong type.
    case metadata(path: ForeignText, MetadataError)
    /// Parts of a split model that do not fit together.
    case parts(SplitProblem)
}

extension GGUFError {
    /// Whether the file is of a kind that is not read here (big-endian, version 1), rather than damaged.
    public var isUnreadKind: Bool {
        if case .structure(_, let problem) = self { problem.isUnreadKind } else { false }
    }
}

extension GGUFError: CustomStringConvertible {
    /// One line: what, where, why.
    public var description: String {
        switch self {
        case .file(let error): return error.description
        case .structure(let path, let problem): return "\(path): \(problem)"
        case .tensorOutsideFile(let path, let tensor, let start, let byteCount, let fileSize):
            let place = start.map { "from byte \($0) on" } ?? "past the end"
            return "\(path): tensor \(tensor) needs \(byteCount) bytes \(place), but the file has \(fileSize) bytes"
        case .metadata(let path, let error): return "\(path): \(error)"
        case .parts(let problem): return problem.description
        }
    }
}
