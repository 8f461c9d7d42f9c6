import ArgumentParser
import Foundation
import SpecLoader

struct CoverageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coverage",
        abstract: "List where each clause of the spec is cited.",
        discussion: """
            Looks for clause ids (Q3K-07, and ranges like "Q3K-01 to Q3K-07") in the checks of the block formats, in the code of \
            Verification and GGUF, in the tests, and in the members "clause" and "clauses" of the JSON files under Vectors/. A \
            content clause is covered by a check and a test, a rule by code and a test, any other clause by a test; a vector \
            counts as a test.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Option(help: "Root of the checkout.") var root = "."
    @Option(help: "How to print the list.") var format = Format.text
    @Flag(help: "Fail if a clause is not covered, or a cited one does not exist.") var check = false

    func run() throws {
        let coverage = try Coverage(root: URL(fileURLWithPath: root))
        print(format == .text ? coverage.text() : try coverage.json())
        if check, !(coverage.uncovered.isEmpty && coverage.dangling.isEmpty) { throw ExitCode.failure }
    }
}
