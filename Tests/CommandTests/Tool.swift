import Foundation
import TestSupport

/// Runs the built command line as a user does.
enum Tool {
    /// The binary that was built together with the tests.
    static let path: String = {
        let test = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: test).deletingLastPathComponent().appendingPathComponent("hifi").path
    }()

    struct Outcome {
        let status: Int32
        /// False if a signal ended the process.
        let exited: Bool
        let output: Data
        let errors: String

        var text: String { String(decoding: output, as: UTF8.self) }
    }

    /// Runs the tool in the root of the checkout, with variables added to this process's environment.
    static func run(_ arguments: [String], input: Data = Data(), environment added: [String: String] = [:]) throws -> Outcome {
        try launch(path, arguments, input: input, environment: added)
    }

    /// Runs a line of shell, in which `$HIFI` is the tool.
    static func shell(_ line: String) throws -> Outcome { try launch("/bin/sh", ["-c", line], environment: ["HIFI": path]) }

    private static func launch(
        _ executable: String, _ arguments: [String], input: Data = Data(), environment added: [String: String]
    ) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.currentDirectoryURL = Repository.root
        var environment = ProcessInfo.processInfo.environment
        environment["NO_COLOR"] = "1"
        environment["COLUMNS"] = "100"
        process.environment = environment.merging(added) { $1 }
        // Files, not pipes: neither side can block on the other.
        let folder = try TemporaryFolder()
        try input.write(to: folder.url("in"))
        for name in ["out", "err"] { try Data().write(to: folder.url(name)) }
        let (output, errors) = (try FileHandle(forWritingTo: folder.url("out")), try FileHandle(forWritingTo: folder.url("err")))
        process.standardInput = try FileHandle(forReadingFrom: folder.url("in"))
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, exited: process.terminationReason == .exit, output: try Data(contentsOf: folder.url("out")),
            errors: String(decoding: try Data(contentsOf: folder.url("err")), as: UTF8.self))
    }
}
