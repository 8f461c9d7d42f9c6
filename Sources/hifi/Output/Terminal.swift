#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the standard streams are connected to, and how text may look there.
enum Terminal {
    /// Standard output may carry colour: a terminal, and the user did not object (`NO_COLOR`, `TERM=dumb`).
    static let outputHasColour = isatty(STDOUT_FILENO) == 1 && environment("NO_COLOR").isEmpty && environment("TERM") != "dumb"
    /// Standard error is a terminal, so that a line may be rewritten.
    static let errorIsInteractive = isatty(STDERR_FILENO) == 1 && environment("TERM") != "dumb"

    /// Columns of the terminal that standard error goes to; 80 where it does not tell.
    static var errorWidth: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Standard output is a terminal.
    static let outputIsTerminal = isatty(STDOUT_FILENO) == 1

    private static func environment(_ name: String) -> String { getenv(name).map { String(cString: $0) } ?? "" }
}
