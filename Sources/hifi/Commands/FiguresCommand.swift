import ArgumentParser

struct FiguresCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "figures",
        abstract: "Recompute the published figures of Q3_K_HIFI.",
        discussion: """
            Works on the published comparison of Q3_HIFI with Q3_K_M and Q3_K_S on Qwen3: its sizes from shapes and routing alone, \
            its percentages and claims derived again from its own numbers, its perplexities measured again, and a page that shows \
            all of it.

            EXAMPLES
              hifi figures sizes
              hifi figures audit
              hifi figures report --output report.html
              hifi figures perplexity --model model.gguf --text wiki.test.raw
            """,
        subcommands: [
            FiguresSizesCommand.self, FiguresAuditCommand.self, FiguresReportCommand.self, FiguresPerplexityCommand.self,
        ])
}
