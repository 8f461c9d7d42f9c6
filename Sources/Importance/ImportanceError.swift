import HIFIFiles
import HIFIForeign
import HIFIGGUF

/// Why a file cannot be read as an importance matrix.
public enum ImportanceError: Error, CustomStringConvertible {
    /// The file system refused, or the file changed while it was read.
    case file(FileError)
    /// The container is broken.
    case container(GGUFError)
    /// Neither of the two forms, or a broken one.
    case malformed(path: ForeignText, String)
    /// A number that is not a finite number from 0 up.
    case badValue(path: ForeignText, entry: ForeignText, column: Int, value: Float)

    /// One line: what, where, what to do.
    public var description: String {
        switch self {
        case .file(let error): "\(error)"
        case .container(let error): "\(error)"
        case .malformed(let path, let reason): "\(path): \(reason)"
        case .badValue(let path, let entry, let column, let value):
            "\(path): entry \(entry) has \(value) in column \(column), not a finite number from 0 up"
        }
    }
}
