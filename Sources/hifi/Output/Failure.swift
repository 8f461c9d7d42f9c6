#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import HIFIFiles
import HIFIForeign

/// A failed command: one line for people and an exit status for machines.
struct Failure: Error {
    let message: String
    let status: Status

    /// The exit statuses of the program; the larger ones are those of sysexits.h.
    enum Status: Int32 {
        case findings = 1
        case malformed = 2
        case usage = 64
        case unavailable = 69
        case `internal` = 70
        case inputOutput = 74
    }

    init(_ status: Status, _ message: String) {
        self.status = status
        self.message = message
    }

    /// A message in which an argument of the command line that has a line feed stands escaped: what is printed keeps line feeds, since
    /// messages have some of their own.
    static func printable(_ message: String) -> String {
        var message = message
        for argument in CommandLine.arguments.dropFirst() where argument.utf8.contains(UInt8(ascii: "\n")) {
            // The value after the name of an option too.
            let value = argument.split(separator: "=", maxSplits: 1).last.map(String.init) ?? argument
            for text in [argument, value] { message = message.replacing(text, with: "\(ForeignText(path: text))") }
        }
        return message
    }

    /// What the parser says of a wrong command line: its lines, lists among them, as one, and where to read on instead of the usage.
    ///
    /// - Parameter full: the same with the usage, which ends by naming the command's help; empty where there is nothing to say.
    static func oneLine(_ message: String, of full: String) -> String {
        guard !full.isEmpty else { return "" }
        let lines = message.split(separator: "\n").map { line in
            let text = line.drop { $0 == " " }
            return text.hasPrefix("- ") ? text.dropFirst(2) : text
        }
        let text = lines.dropFirst().reduce(String(lines.first ?? "")) { text, line in
            text + (text.hasSuffix(":") ? " " : text.hasSuffix(".") ? " " : ", ") + line
        }
        let help = full.split(separator: "\n").last { $0.contains(#/--help'/#) }?.split(separator: "'").first { $0.contains(#/--help/#) }
        return "Error: " + text + (help.map { " (`\($0)` says more)" } ?? "")
    }

    /// Prints the message to standard error and ends the process.
    func report() -> Never {
        Standard.printError("hifi: error: \(Self.printable(message))")
        // What would have removed them is not reached any more.
        TemporaryFiles.removeAll()
        exit(status.rawValue)
    }
}
