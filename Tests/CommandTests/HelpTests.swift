import Foundation
import TestSupport
import Testing

@Suite("Help texts are what was reviewed")
struct HelpTests {
    /// The path of every command that `--help` of another lists, the program itself first.
    static let commands: [[String]] = {
        guard let outcome = try? Tool.run(["--experimental-dump-help"]),
            let help = try? JSONDecoder().decode(Dump.self, from: outcome.output)
        else { return [] }
        return help.command.paths([])
    }()

    private struct Dump: Decodable {
        struct Command: Decodable {
            let commandName: String
            let shouldDisplay: Bool
            let subcommands: [Command]?

            func paths(_ path: [String]) -> [[String]] {
                guard shouldDisplay, commandName != "help" else { return [] }
                return [path] + (subcommands ?? []).flatMap { $0.paths(path + [$0.commandName]) }
            }
        }

        let command: Command
    }

    @Test("all commands are there")
    func all() { #expect(Self.commands.count > 15 && Self.commands.contains(["verify"])) }

    /// `HIFI_UPDATE_SNAPSHOTS=1` rewrites the files, for review as a diff.
    @Test("--help", arguments: commands)
    func help(path: [String]) throws {
        let outcome = try Tool.run(path + ["--help"])
        #expect(outcome.status == 0)
        #expect(path.count != 1 || outcome.text.contains("EXAMPLES"))
        let name = path.isEmpty ? "hifi" : path.joined(separator: "-")
        let file = Repository.root.appendingPathComponent("Tests/CommandTests/Help/\(name).txt")
        if ProcessInfo.processInfo.environment["HIFI_UPDATE_SNAPSHOTS"] == "1" { try outcome.output.write(to: file) }
        #expect(try outcome.output == Data(contentsOf: file), "see \(file.lastPathComponent); HIFI_UPDATE_SNAPSHOTS=1 rewrites it")
    }
}
