#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import HIFIFiles
import HIFIForeign
import HIFIGGUF

/// Where a command may write: nowhere that it reads from, no two outputs in one place.
///
/// Every command that writes declares here, before it reads anything, the files that it will read and those that it will write. Paths
/// are compared by the files they lead to, so hard links, symbolic links and other spellings are seen through.
struct OutputPlaces {
    /// A path and what it is to the user: `-m`, `--record`, `the output`.
    private struct Named: CustomStringConvertible {
        let name: String
        let path: String

        var description: String { path == "-" || name == path ? name : "\(name) \(ForeignText(path: path))" }
    }

    private var inputs: [Named] = []
    private var outputs: [Named] = []

    /// More parts of a split model than this are not looked for.
    private static let partLimit = 10_000

    /// Adds a file that is read. `-`, standard input, counts like any other file where a file was redirected to it.
    mutating func reads(_ path: String?, as name: String) {
        if let path { inputs.append(Named(name: name, path: path)) }
    }

    /// Adds a model that is read, with all parts where it is a part of a split one.
    mutating func reads(model path: String?, as name: String) {
        guard let path else { return }
        reads(path, as: name)
        guard let part = SplitName(path: path) else { return }
        for number in 1...min(part.count, Self.partLimit) where number != part.number { reads(part.path(of: number), as: name) }
    }

    /// Adds a file that is written. `-` is standard output.
    mutating func writes(_ path: String?, as name: String) {
        if let path { outputs.append(Named(name: name, path: path)) }
    }

    /// Adds what is printed, which may have been sent to a file that is read (`>> model.gguf`).
    mutating func writesStandardOutput() { writes("-", as: "standard output") }

    /// Throws, with the exit status of wrong usage, where an output would replace an input or another output; with that of
    /// input/output errors where it cannot be written at all.
    func check() throws {
        var taken: [Place: Named] = [:]
        for output in outputs {
            let place = try Place(output: output.path)
            if let other = try inputs.first(where: { try Place(input: $0.path) == place }) {
                throw Failure(
                    .usage,
                    "\(output) is the same file as \(other), which is read: it would be lost; write to another file")
            }
            if let other = taken[place] {
                throw Failure(
                    .usage,
                    "\(output) and \(other) are the same file; each output needs one of its own")
            }
            taken[place] = output
        }
        for output in outputs { try RawFiles.checkPlace(output.path) }
    }

    /// What a path stands for, as far as the system can say before anything is written.
    private enum Place: Hashable {
        /// A file that exists.
        case file(FileIdentity)
        /// A name in a directory, where nothing is yet.
        case name(String, in: FileIdentity)
        /// A path that leads nowhere.
        case path(String)
        /// Standard input or output that is not a file: a terminal, a pipe.
        case stream(Int32)

        init(input path: String) throws(FileError) {
            self = path == "-" ? try Self.stream(of: STDIN_FILENO) : try FileIdentity(path: path).map(Place.file) ?? .path(path)
        }

        init(output path: String) throws(FileError) {
            if path == "-" {
                self = try Self.stream(of: STDOUT_FILENO)
            } else if let identity = try FileIdentity(path: path) {
                self = .file(identity)
            } else {
                let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
                let directory = slash.map { String(path[...$0]) } ?? "."
                let name = slash.map { String(path[path.utf8.index(after: $0)...]) } ?? path
                self = try FileIdentity(path: directory).map { .name(name, in: $0) } ?? .path(path)
            }
        }

        private static func stream(of descriptor: Int32) throws(FileError) -> Place {
            try FileIdentity(regularFile: descriptor).map(Place.file) ?? .stream(descriptor)
        }
    }
}
