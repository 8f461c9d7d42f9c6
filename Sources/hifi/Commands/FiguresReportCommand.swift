import ArgumentParser
import Figures
import HIFIBlockSpec
import Rendering

struct FiguresReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Show the published figures and the results of checking them on one page.",
        discussion: """
            Writes a self-contained HTML page without script: size against perplexity, gains, bits per weight, error against size for \
            every type that can be encoded, published and computed figures side by side, and the verdicts of the audit.

            EXAMPLES
              hifi figures report --output report.html
              hifi figures report --output report.html --rows 256

            \(ExitStatus.section("written", [.inputOutput("the page cannot be written")]))
            """)

    @Option(name: .shortAndLong, help: "The page (- for standard output).", completion: .file(extensions: ["html"])) var output: String
    @Option(help: "Rows of 1024 weights of each input for the errors of the types; more take longer and change the third digit.") var rows =
        64
    @OptionGroup var options: OutputOptions

    func validate() throws {
        if rows < 1 || rows > 4096 { throw ValidationError("--rows needs a number from 1 to 4096") }
    }

    func run() throws {
        guard let table = Spec.published.first else { throw Failure(.internal, "the spec holds no published table") }
        var places = OutputPlaces()
        places.writes(output, as: "--output")
        try places.check()
        let progress = options.progress(counting: .things("formats"))
        let page: ReportPage
        do {
            let study = try ErrorStudy.run(rows: rows, progress: progress.update)
            page = try ReportPage(table, study: study)
        } catch {
            throw Failure(.internal, "\(error)")
        }
        progress.finish()
        try RawFiles.write(Array(page.text.utf8), to: output)
    }
}
