import ArgumentParser
import Mutants
import Suite

struct SelfTest: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Run all mutants against the stored vectors; list survivors.")

    @Option(help: "The vector folder.") var folder = "Vectors"
    @Flag(help: "List equivalent mutants too.") var equivalent = false

    func run() throws {
        let report = ConformanceSelfTest.run(try VectorStore.load(folder))
        for result in report.results where result.fate == .survived || (equivalent && result.fate == .equivalent) {
            print("\(result.fate.rawValue): \(result.id): \(result.fault)\(result.argument.map { " (\($0))" } ?? "")")
        }
        for control in report.failingControls { print("control: \(control)") }
        print(
            "killed \(report.count(.killed)), equivalent \(report.count(.equivalent)), "
                + "survived \(report.count(.survived)) in \(report.seconds) s"
        )
        if !report.isComplete { throw ExitCode(1) }
    }
}
