import HIFIForeign

/// Why a vector folder or one of its files cannot be used.
public enum VectorProblem: Error, Hashable, CustomStringConvertible {
    /// No folder with an `index.json` was found in any of these places.
    case notFound([String])
    /// A file cannot be read.
    case unreadable(file: String, reason: String)
    /// A file is not what it should be.
    case malformed(file: String, what: String)

    /// Whether there is no such folder.
    public var isMissing: Bool { if case .notFound = self { true } else { false } }

    /// Whether files are there but are not what they should be.
    public var isDamage: Bool {
        switch self {
        case .malformed: true
        case .notFound, .unreadable: false
        }
    }

    /// One line: what, where, what to do.
    public var description: String {
        switch self {
        case .notFound(let places):
            "no conformance vectors in \(places.map { ForeignText(path: $0) }.joined(separator: " or ")); "
                + "name the folder that holds their index.json"
        case .unreadable(let file, let reason): "cannot read \(ForeignText(path: file)): \(reason)"
        case .malformed(let file, let what): "\(ForeignText(path: file)) is not a file of conformance vectors: \(what)"
        }
    }
}
