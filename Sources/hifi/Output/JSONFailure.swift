import HIFIForeign
import Rendering

/// A failure for machines: where `--format json` was asked for, standard output has an object with `error` in place of a result
/// (`Spec/schema/output/error.json`). The line on standard error is the same as ever.
enum JSONFailure {
    private struct Object: Encodable {
        let error: FileFailure.Reason
    }

    /// Prints it, if JSON was asked for and nothing has been printed.
    static func report(_ message: String, status: Int32, arguments: [String] = Array(CommandLine.arguments.dropFirst())) {
        guard !Standard.hasPrinted, wantsJSON(arguments), status != 0,
            let text = try? JSONText.render(Object(error: .init(message: message, exitCode: status)))
        else { return }
        Standard.print(text)
    }

    /// The last `--format` counts, as it does for the parser.
    private static func wantsJSON(_ arguments: [String]) -> Bool {
        var format: String?
        for (index, argument) in arguments.enumerated() {
            if argument == "--" { break }
            if argument == "--format", arguments.indices.contains(index + 1) { format = arguments[index + 1] }
            if argument.hasPrefix("--format=") { format = String(argument.dropFirst(9)) }
        }
        return format == "json" && !arguments.contains("-q") && !arguments.contains("--quiet")
    }
}
