import ArgumentParser

@main
struct SpecTool: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spectool",
        abstract: "Maintains what is derived from Spec/.",
        subcommands: [Generate.self, CoverageCommand.self])
}
