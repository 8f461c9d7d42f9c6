#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
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

    /// Prints the message to standard error and ends the process.
    func report() -> Never {
        Standard.printError("hifi: error: \(Self.printable(message))")
        exit(status.rawValue)
    }
}
