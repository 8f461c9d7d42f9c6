#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How a process ended.
package enum ExitStatus: Hashable, Sendable, CustomStringConvertible {
    case exited(Int32)
    case signalled(Int32)

    /// From the status word of `waitpid`.
    package init(word: Int32) {
        let signal = word & 0x7F
        self = signal == 0 ? .exited(word >> 8 & 0xFF) : .signalled(signal)
    }

    package var isSuccess: Bool { self == .exited(0) }

    package var description: String {
        switch self {
        case .exited(let status) where status > 128 && Self.names[status - 128] != nil:
            "exit status \(status) (a shell's word for \(Self.names[status - 128] ?? ""))"
        case .exited(let status): "exit status \(status)"
        case .signalled(let signal): "signal \(signal)\(Self.names[signal].map { " (\($0))" } ?? "")"
        }
    }

    /// Whether a description of a crash begins with an end by `abort`.
    package static func isAbort(_ description: String) -> Bool { description.hasPrefix("\(ExitStatus.signalled(SIGABRT))") }

    private static let names: [Int32: String] = [
        SIGABRT: "SIGABRT", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGHUP: "SIGHUP", SIGILL: "SIGILL", SIGINT: "SIGINT", SIGKILL: "SIGKILL",
        SIGPIPE: "SIGPIPE", SIGQUIT: "SIGQUIT", SIGSEGV: "SIGSEGV", SIGSYS: "SIGSYS", SIGTERM: "SIGTERM", SIGTRAP: "SIGTRAP",
        SIGXCPU: "SIGXCPU", SIGXFSZ: "SIGXFSZ",
    ]
}
