import ArgumentParser
import HIFIFiles
import HIFIForeign
import HIFIGGUF
import Rendering

/// The files of a command that takes several: each has its own result or error, and a bad one hides no good one.
struct ModelFiles {
    /// What a file is to the command.
    enum Entry {
        /// A model, readable whole, with the file that it was named by.
        case model(SplitSet)
        case failure(FileFailure)
    }

    let entries: [Entry]

    /// Folders are walked, `-` is standard input.
    init(_ arguments: [String], source: any FileSource) {
        let inputs = ModelInputs(arguments, source: source)
        entries =
            inputs.models.map { model in
                do throws(GGUFError) {
                    try model.checkReadable()
                    return .model(model)
                } catch {
                    return .failure(FileFailure(model.parts.first?.file.path ?? "", error))
                }
            } + inputs.failures.map { .failure(FileFailure($0.path, .file($0))) }
    }

    /// All failures, those met later included, told on standard error.
    static func report(_ failures: [FileFailure]) {
        for failure in failures { Standard.printError("hifi: error: \(failure.error.message)") }
    }

    /// Help for the argument.
    static let help: ArgumentHelp =
        "GGUF files, folders of them (*.gguf below, hidden ones left out), https:// and hf:// addresses, or - for standard input."

    /// Refuses what cannot be read twice, and a list of nothing.
    static func validate(_ arguments: [String], besides others: String?...) throws {
        try RemoteInput.validate(arguments)
        if (arguments + others.compactMap(\.self)).count(where: { $0 == "-" }) > 1 {
            throw ValidationError("- is standard input, which can be read once: name it once")
        }
    }
}

extension FileFailure {
    init(_ file: ForeignText, _ error: GGUFError) {
        self.init(file, Failure.Status(error), "\(error)")
    }

    init(_ file: ForeignText, _ status: Failure.Status, _ message: String) {
        self.init(file, Reason(message: message, exitCode: status.rawValue))
    }
}
