import ArgumentParser
import HIFIBlockSpec
import Suite

struct Lint: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check schema, formatting, ids, references and coverage of the stored vectors.")

    @Option(help: "The vector folder.") var folder = "Vectors"
    @Flag(help: "List the clauses that no case shows.") var coverage = false

    func run() throws {
        let store = try VectorStore.load(folder)
        let problems = try VectorLint.problems(in: store) + SchemaLint.problems(in: store)
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
