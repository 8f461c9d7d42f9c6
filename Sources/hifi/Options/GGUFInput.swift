import HIFIFiles
import HIFIGGUF

/// A GGUF file that a command works on.
enum GGUFInput {
    /// Maps and scans a model to be read whole: a file, or all parts of the split model that it is one of.
    ///
    /// - Parameters:
    ///   - unread: the status for a sound file of a kind that is not read here; commands whose 1 is an answer take another.
    ///   - source: where files come from.
    static func openModel(
        _ path: String, unread: Failure.Status = .findings, source: any FileSource = LocalFiles()
    ) throws -> SplitSet {
        try refuseStandardInput(path)
        do { return try SplitSet.open(path: path, source: source) } catch {
            throw Failure(Failure.Status(error, unread: unread), "\(error)")
        }
    }

    /// Throws for `-` where a model is read more than once, or beside its other parts.
    static func refuseStandardInput(_ path: String) throws {
        guard path == "-" else { return }
        throw Failure(
            .usage, "a model is not taken from standard input here: save it to a file, and name that (./- for a file of that name)")
    }
}
