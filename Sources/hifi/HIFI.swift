#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import ArgumentParser
import BlockSpec
import GGUF

/// The command line: each subcommand parses, calls one function of a library module, and renders what it returns.
struct HIFI: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hifi",
        abstract: "Is this quantized model file, and is this kernel, exactly right?",
        discussion: """
            Specifies, verifies and reproduces the Q3_K_HIFI quantization format for GGUF files.

            Exit status: 0 conforming; 1 findings or mismatches; 2 input malformed or unreadable as claimed; 64 usage; \
            69 a needed device or library is unavailable; 70 internal error; 74 input/output error.
            """,
        version: Spec.version,
        subcommands: [
            VerifyCommand.self, IdentifyCommand.self, InspectCommand.self, HashCommand.self,
            DecodeCommand.self, EncodeCommand.self, DotCommand.self, DiffCommand.self, ConformanceCommand.self,
            QuantizeCommand.self,
            ConvertCommand.self,
            FiguresCommand.self,
            PerplexityCommand.self,
            ImatrixCommand.self,
            BenchCommand.self,
            GGMLWorkerCommand.self,
        ])
}

@main
enum Program {
    static func main() {
        Standard.openMissingStreams()
        // A file over the process's size limit is an error of the write, not the end of the process in the middle of it.
        signal(SIGXFSZ, SIG_IGN)
        TruncationGuard.install()
        TemporaryFiles.removeOnInterrupt()
        do {
            var command = try HIFI.parseAsRoot()
            try command.run()
        } catch let failure as Failure {
            failure.report()
        } catch {
            // The parser's words quote what was typed.
            let (status, text) = (HIFI.exitCode(for: error), Failure.printable(HIFI.fullMessage(for: error)))
            if !text.isEmpty { status.isSuccess ? Standard.print(text) : Standard.printError(text) }
            exit(status.rawValue)
        }
    }
}
