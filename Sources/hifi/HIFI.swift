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

            Outputs appear complete or not at all; what an interrupted command leaves, it says. Interrupted commands end by the signal (a shell \
            sees 130, 143 or 129), and so does one whose reader goes away (141; with SIGPIPE ignored, 74).

            What is read whole has a limit: texts, manifests 256 MiB; blocks and arrays 1 GiB; records, policies 64 MiB; config.json and lists \
            16 MiB. Models are mapped, and may be of any size. Pipes can stand for anything but models; one that nobody writes to is an error.

            EXIT STATUS
              0   conforming
              1   findings or mismatches
              2   input malformed or unreadable as claimed
              64  usage
              69  a needed device or library is unavailable
              70  internal error: a bug of this program
              74  input/output error, a full disk included
            The help of each command says which of them it ends with, and what they mean there.

            --generate-completion-script bash, zsh or fish prints a script for the shell, which completes commands, options, files, types, \
            mixes and revisions.
            """,
        version: ToolVersion.text,
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
        Interruption.install()
        do {
            if let message = UnknownCommand.message(Array(CommandLine.arguments.dropFirst())) { throw Failure(.usage, message) }
            var command = try HIFI.parseAsRoot()
            try command.run()
        } catch let failure as Failure {
            JSONFailure.report(failure.message, status: failure.status.rawValue)
            failure.report()
        } catch {
            let status = HIFI.exitCode(for: error)
            // The parser's words quote what was typed.
            let message = Failure.printable(HIFI.fullMessage(for: error))
            // An exit status alone comes behind a result; what the parser refuses has none.
            if !(error is ExitCode) { JSONFailure.report(HIFI.message(for: error), status: status.rawValue) }
            // Help goes where results go, and a full disk is an error there too.
            if !message.isEmpty { status == .success ? Standard.print(message) : Standard.printError(message) }
            exit(status.rawValue)
        }
    }
}
