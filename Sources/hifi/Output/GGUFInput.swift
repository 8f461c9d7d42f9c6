import GGUF
import Verification

/// A GGUF file that a command works on.
enum GGUFInput {
    /// Maps and scans a file in whatever state it is.
    static func scan(_ path: String) throws -> GGUFFile {
        do {
            return try GGUFFile.scan(path: path)
        } catch {
            throw Failure(.inputOutput, "\(error)")
        }
    }

    /// Maps and scans a file that must be readable as GGUF.
    static func open(_ path: String) throws -> GGUFFile {
        do {
            return try GGUFFile.open(path: path)
        } catch .file(let error) {
            throw Failure(.inputOutput, "\(error)")
        } catch {
            throw Failure(.malformed, "\(error)")
        }
    }

    /// Maps and scans a model to be read whole: a file, or all parts of the split model that it is one of.
    static func openModel(_ path: String) throws -> SplitSet {
        do {
            return try SplitSet.open(path: path)
        } catch .file(let error) {
            throw Failure(.inputOutput, "\(error)")
        } catch {
            throw Failure(.malformed, "\(error)")
        }
    }

    /// Opens the models that paths lead to, each once, whichever parts of a split one are named.
    static func openModels(_ paths: [String]) throws -> [SplitSet] {
        do {
            return try SplitSet.open(paths: paths)
        } catch .file(let error) {
            throw Failure(.inputOutput, "\(error)")
        } catch {
            throw Failure(.malformed, "\(error)")
        }
    }

    /// Throws if a part of the model was changed since it was opened.
    static func checkUnchanged(_ model: SplitSet) throws {
        do {
            try model.checkUnchanged()
        } catch {
            throw Failure(.inputOutput, "\(error)")
        }
    }

    /// Throws if the file was changed since it was opened, so that no result is printed for a mixture of two states.
    static func checkUnchanged(_ file: GGUFFile) throws {
        do {
            try file.mapping.checkUnchanged()
        } catch {
            throw Failure(.inputOutput, "\(error)")
        }
    }
}
