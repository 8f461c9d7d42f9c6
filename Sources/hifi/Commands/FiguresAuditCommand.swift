import ArgumentParser
import Figures
import HIFIBlockSpec
import HIFIForeign
import Rendering

struct FiguresAuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Check the published table against its own figures.",
        discussion: """
            Derives every percentage and every claim of the published table again and shows the arithmetic: what follows from the \
            printed figures, what does not, and what changes when exact bytes replace rounded sizes. Then what is known about the \
            use of an importance matrix, with its uncertainty, and a small measured model whose ranking is reversed by that alone.

            EXAMPLES
              hifi figures audit
              hifi figures audit --format json

            \(ExitStatus.section("audited, whatever the verdicts are: they are in the output", []))
            """)

    @Option(help: "text or json.") var format = ResultFormat.text
    @OptionGroup var result: QuietOption

    func run() throws {
        guard let table = Spec.published.first else { throw Failure(.internal, "the spec holds no published table") }
        let audit: Audit
        do { audit = try Audit(table) } catch { throw Failure(.internal, "\(error)") }
        try result.show(audit, as: format, AuditText(audit).lines)
    }
}
