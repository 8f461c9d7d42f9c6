import Foundation
import TestSupport
import Testing

@Suite("Help texts are what was reviewed")
struct HelpTests {
    static let commands = ["verify", "identify", "inspect", "hash", "decode", "encode", "dot", "diff", "conformance", "bench"]

    /// `HIFI_UPDATE_SNAPSHOTS=1` rewrites the files, for review as a diff.
    @Test("--help", arguments: [""] + commands)
    func help(command: String) throws {
        let outcome = try Tool.run((command.isEmpty ? [] : [command]) + ["--help"])
        #expect(outcome.status == 0)
        #expect(command.isEmpty || outcome.text.contains("EXAMPLES"))
        let file = Repository.root.appendingPathComponent("Tests/CommandTests/Help/\(command.isEmpty ? "hifi" : command).txt")
        if ProcessInfo.processInfo.environment["HIFI_UPDATE_SNAPSHOTS"] == "1" { try outcome.output.write(to: file) }
        #expect(try outcome.output == Data(contentsOf: file), "see \(file.lastPathComponent); HIFI_UPDATE_SNAPSHOTS=1 rewrites it")
    }
}
