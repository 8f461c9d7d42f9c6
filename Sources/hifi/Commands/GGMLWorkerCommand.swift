import Adapters
import ArgumentParser
import Suite

/// Not for people: this program starts itself with it, so that foreign code runs in a process that may die.
struct GGMLWorkerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: ExecSystem.ggmlWorkerCommand, abstract: "Answer for a ggml library by the adapter protocol.", shouldDisplay: false)

    @Argument(help: "Folder of the library, or its file.") var directory: String

    func run() { ExecSystem.runGGMLWorker(directory: directory) }
}
