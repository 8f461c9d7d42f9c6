import ArgumentParser
import Foundation
import HIFIBlockSpec

@main
struct VectorsTool: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vectors",
        abstract: "Writes, checks and lints Vectors/. Vectors are never changed by hand.",
        subcommands: [Generate.self, Check.self, Lint.self, SelfTest.self])
}

struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write the vectors. Cases that are there keep their ids; new ones get new numbers; numbers are never given twice.")

    @Option(help: "The vector folder.") var folder = "Vectors"

    func run() throws {
        let output = try VectorWriter(folder: folder).output()
        let changed = try output.write()
        print(
            "\(output.caseCount) cases in \(output.files.count) files; \(changed.isEmpty ? "up to date" : "wrote \(changed.count) files")")
    }
}

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Make the vectors again and compare; write nothing.")

    @Option(help: "The vector folder.") var folder = "Vectors"

    func run() throws {
        let stale = try VectorWriter(folder: folder).output().stale()
        guard stale.isEmpty else { throw ValidationError("out of date: \(stale.joined(separator: ", ")); run vectors generate") }
        print("up to date")
    }
}
