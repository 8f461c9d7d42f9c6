import ArgumentParser

/// How results look; shared by all commands that print some.
struct OutputOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Print nothing but errors; the exit status tells the result.") var quiet = false
    @Flag(help: "Do not show progress on the terminal.") var noProgress = false
}

/// For commands that are over before a progress could be shown.
struct QuietOption: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Print nothing but errors; the exit status tells the result.") var quiet = false
}

/// The two forms that every result has.
enum ResultFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}
