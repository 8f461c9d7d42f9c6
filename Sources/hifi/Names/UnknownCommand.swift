import ArgumentParser
import HIFIBlockSpec
import HIFIForeign

/// A subcommand that begins with arguments, and may go without its name.
protocol TakingArguments {}

/// A command that does not exist, which the parser would take for an argument too many.
enum UnknownCommand {
    /// What to say about a command line whose first words name no command; nil where they do.
    static func message(_ words: [String]) -> String? {
        var command: any ParsableCommand.Type = HIFI.self
        var path = "hifi"
        for word in words {
            let subcommands = command.configuration.subcommands
            guard !subcommands.isEmpty, !word.hasPrefix("-"), word != "help" else { return nil }
            guard let next = subcommands.first(where: { name($0) == word }) else {
                // What is no subcommand may be the first argument of the usual one.
                if command.configuration.defaultSubcommand is any TakingArguments.Type { return nil }
                let known = subcommands.filter { $0.configuration.shouldDisplay }.map { name($0) }
                return "no command \"\(ForeignText(word))\" of \(path): \(NearNames.hint(word, in: known))"
            }
            (command, path) = (next, path + " " + word)
        }
        return nil
    }

    private static func name(_ command: any ParsableCommand.Type) -> String {
        command.configuration.commandName ?? ""
    }
}
