#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import HIFIForeign

extension ExecSystem {
    /// The hidden subcommand that answers for a ggml.
    public static let ggmlWorkerCommand = "__ggml-worker"

    /// A ggml library in a process of its own: this program, started again as a worker.
    ///
    /// - Parameters:
    ///   - directory: a folder with `libggml-base.so`, `libggml-cpu.so` or their like anywhere in it, or one library.
    ///   - executable: the program to start; nil for this one.
    public static func ggml(directory: String, executable: String? = nil, timeout: Duration = .seconds(60)) -> ExecSystem {
        let program = executable ?? ownPath
        return ExecSystem(
            command: [program, ggmlWorkerCommand, directory], name: "ggml:\(ForeignText(path: directory))", timeout: timeout,
            refusesByAborting: true)
    }

    /// The file of this very program, even if it was started by another name.
    private static var ownPath: String {
        guard let resolved = realpath("/proc/self/exe", nil) else { return CommandLine.arguments.first ?? "hifi" }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// What the worker does: answers on its standard streams until it is dismissed. Returns at the end.
    ///
    /// Whatever the library prints goes to standard error, lest it be taken for an answer.
    public static func runGGMLWorker(directory: String) {
        // A library that dies shall die at once with its own message, not a backtrace of this program.
        for number in [SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP] { signal(number, SIG_DFL) }
        // ggml's own backtrace asks a debugger, for seconds.
        setenv("GGML_NO_BACKTRACE", "1", 1)
        let output = dup(STDOUT_FILENO)
        dup2(STDERR_FILENO, STDOUT_FILENO)
        do {
            let system = try GGMLSystem(path: directory)
            AdapterServer(system, version: system.version, supports: system.supports).run(input: STDIN_FILENO, output: output)
        } catch {
            AdapterServer.refuse(error.description, input: STDIN_FILENO, output: output)
        }
    }
}
