import ArgumentParser
import Console
import HIFIForeign

/// How results look: the one place of the options that silence a command.
struct OutputOptions: ParsableArguments, ResultPrinting {
    @OptionGroup var silence: QuietOption
    @Flag(help: "Do not show progress on the terminal.") var noProgress = false

    var quiet: Bool { silence.quiet }

    /// The progress line of a command that goes through bytes, or through other things.
    func progress(counting unit: ProgressText.Unit = .bytes) -> ProgressLine {
        Progress.line(counting: unit, enabled: !quiet && !noProgress)
    }
}

/// For commands that are over before a progress could be shown.
struct QuietOption: ParsableArguments, ResultPrinting {
    @Flag(name: .shortAndLong, help: "Print nothing but errors; the exit status tells the result.") var quiet = false
}

/// The two forms that every result has.
enum ResultFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

/// Options that say whether results are printed.
protocol ResultPrinting {
    var quiet: Bool { get }
}

extension ResultPrinting {
    /// Prints a result in the form that was asked for, unless nothing is to be printed.
    ///
    /// - Parameter lines: the text form; nothing is printed where there are none.
    func show(_ result: some Encodable, as format: ResultFormat, _ lines: @autoclosure () -> [String]) throws {
        guard !quiet else { return }
        if format == .json { return Standard.print(try JSONText.render(result)) }
        show(lines())
    }

    /// Prints lines, unless nothing is to be printed.
    func show(_ lines: [String]) {
        if !quiet, !lines.isEmpty { Standard.print(lines.joined(separator: "\n")) }
    }

    /// Says what is odd on standard error, a line each.
    func note(_ notes: [String]) {
        if !quiet { for note in notes { Standard.printError("note: \(note)") } }
    }
}
