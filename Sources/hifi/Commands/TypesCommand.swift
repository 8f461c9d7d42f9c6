import ArgumentParser
import HIFIBlockSpec
import HIFIForeign
import Rendering

struct TypesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "types",
        abstract: "List type numbers: who means what by them, since when, and how much is known.",
        discussion: """
            A GGUF file stores the type of a tensor as a number, and several programs gave the same number to different types. \
            Without an argument all numbers are listed; numbers choose some. A type is decoded (the meaning of every byte is \
            specified), sized (only the length of a block), or named. Below a number that has several meanings stands what \
            tells them apart in a file.

            EXAMPLES
              hifi types 43
              hifi types --project ik-llama
              hifi types --known sized --format json
              hifi types --format html > types.html

            \(ExitStatus.section("listed", [.findings("no number has the meaning asked for")]))
            """)

    @Argument(help: "Type numbers; all by default.") var numbers: [UInt32] = []
    @Option(help: "Only what this dialect, or family of dialects (upstream, fork, fork-python, other), means.", completion: .dialects)
    var project: String?
    @Option(help: "Only types that are decoded, sized or named.") var known: TypeMeaning.Knowledge?
    @Flag(help: "Only numbers with several meanings.") var collisions = false
    @Option(help: "text, json or html.") var format = Format.text
    @OptionGroup var output: QuietOption

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, html
    }

    func validate() throws {
        guard let project else { return }
        let names = DialectFamily.allCases.map(\.rawValue) + KnownNames.dialects
        guard names.contains(project) else {
            throw ValidationError("no dialect \"\(ForeignText(project))\": \(NearNames.hint(project, in: names))")
        }
    }

    func run() throws {
        let list = TypeList(numbers: Set(numbers), project: project, known: known, collisions: collisions)
        // A table without rows says nothing.
        if list.entries.isEmpty, !output.quiet, format == .text {
            let asked = numbers.count == 1 ? "type \(numbers[0])" : numbers.isEmpty ? "any number" : "these numbers"
            let isFiltered = project != nil || known != nil || collisions
            throw Failure(.findings, "nothing is known of \(asked)" + (isFiltered ? " that fits the options" : ""))
        }
        if !output.quiet {
            switch format {
            case .text: Standard.print(list.lines.joined(separator: "\n"))
            case .json: Standard.print(try JSONText.render(list.entries))
            case .html: Standard.print(list.page)
            }
        }
        if list.entries.isEmpty { throw ExitCode(Failure.Status.findings.rawValue) }
    }
}

extension TypeMeaning.Knowledge: ExpressibleByArgument {}
