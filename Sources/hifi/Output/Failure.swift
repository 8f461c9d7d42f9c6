#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

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

    /// Prints the message to standard error and ends the process.
    func report() -> Never {
        Standard.printError("hifi: error: \(message)")
        exit(status.rawValue)
    }
}
