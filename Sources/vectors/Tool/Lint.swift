import ArgumentParser
import BlockSpec
import Conformance
import Foundation

struct Lint: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check schema, formatting, ids, references and coverage of the stored vectors.")

    @Option(help: "The vector folder.") var folder = "Vectors"
    @Flag(help: "List the clauses that no case shows.") var coverage = false

    func run() throws {
        let store = try VectorStore.load(folder)
        var problems = VectorLint.problems(in: store)
        let check = JSONSchemaCheck { text, pattern in
            guard let regex = try? NSRegularExpression(pattern: pattern) else { return false }
            return regex.firstMatch(in: text, range: NSRange(location: 0, length: text.utf16.count)) != nil
        }
        for file in store.files {
            let schema = try JSONParser.parse(store.read("schema/\(file.kind.rawValue).json"))
            problems += check.violations(of: try JSONParser.parse(store.read(file.path)), against: schema).map { "\(file.path)\($0)" }
        }
        for problem in problems { print(problem) }
        if coverage {
            for clause in VectorLint.uncoveredClauses(in: store) {
                print("no case shows \(clause.id) (\(clause.topic.rawValue)): \(clause.text)")
            }
        }
        guard problems.isEmpty else { throw ExitCode(1) }
        print("\(store.cases.count) cases in \(store.files.count) files are in order")
    }
}
