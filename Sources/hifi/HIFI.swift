#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import ArgumentParser
import HIFIBlockSpec
import HIFIFiles
import HIFIGGUF

/// The command line: each subcommand parses, calls one function of a library module, and renders what it returns.
struct HIFI: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hifi",
        abstract: "Is this quantized model file, and is this kernel, exactly right?",
        discussion: """
            Specifies, verifies and reproduces the Q3_K_HIFI quantization format for GGUF files.

            Outputs appear complete or not at all; an interrupted command says what it leaves. Interrupted commands end by the \
            signal (a shell sees 130, 143 or 129), and so do commands whose reader goes away (141; with SIGPIPE ignored, 74).

            Whatever is read into memory has a limit: texts and manifests 256 MiB; blocks and arrays 1 GiB; records and policies \
            64 MiB; config.json and lists 16 MiB. Models are mapped and may have any size. Pipes work for every input but models; \
            a pipe without a writer is an error.

            ADDRESSES
              verify, identify, inspect, hash, repair --from and figures sizes --model take https:// addresses, and \
            hf://OWNER/REPOSITORY[@REVISION]/FILE for files of the Hugging Face hub. Headers and tensors are fetched by the program \
            curl, in few requests for parts of the file; nothing is kept. HF_TOKEN is sent to the hub only, HF_ENDPOINT names another \
            hub. Proxies and certificates are curl's: https_proxy, CURL_CA_BUNDLE.

            EXIT STATUS
              0   conforming
              1   findings or mismatches
              2   input malformed or unreadable as claimed
              64  usage
              69  a needed device or library is unavailable
              70  internal error: a bug of this program
              74  input/output error, a full disk included
            The help of each command lists the ones it uses and what they mean there.

            --generate-completion-script bash, zsh or fish prints a completion script for that shell: commands, options, files, types, \
            mixes and revisions.
            """,
        version: ToolVersion.text,
        subcommands: [
            VerifyCommand.self, IdentifyCommand.self, InspectCommand.self, HashCommand.self, RepairCommand.self, AttributeCommand.self,
            TypesCommand.self,
            DecodeCommand.self, EncodeCommand.self, DotCommand.self, DiffCommand.self, ConformanceCommand.self,
            QuantizeCommand.self,
            ConvertCommand.self,
            FiguresCommand.self,
            PerplexityCommand.self,
            EvidenceCommand.self,
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
            try refuseOtherEncodings()
            if let message = UnknownCommand.message(Array(CommandLine.arguments.dropFirst())) { throw Failure(.usage, message) }
            var command = try HIFI.parseAsRoot()
            try command.run()
        } catch {
            if let failure = Failure(error) {
                JSONFailure.report(failure.message, status: failure.status.rawValue)
                failure.report()
            }
            let status = HIFI.exitCode(for: error)
            // The parser's words quote what was typed, whose line feeds are not those of its own lists.
            let full = HIFI.fullMessage(for: error)
            let message =
                status == .success ? Failure.printable(full) : Failure.oneLine(Failure.printable(HIFI.message(for: error)), of: full)
            // An exit status alone comes after a result; what the parser refuses has none.
            if !(error is ExitCode) { JSONFailure.report(HIFI.message(for: error), status: status.rawValue) }
            // Help goes where results go, and a full disk is an error there too.
            if !message.isEmpty { status == .success ? Standard.print(message) : Standard.printError(message) }
            exit(status.rawValue)
        }
    }

    /// A name that is not UTF-8 would be read as another one, and a file of that name be written.
    private static func refuseOtherEncodings() throws {
        for index in 1..<max(1, Int(CommandLine.argc)) {
            guard let argument = CommandLine.unsafeArgv[index], String(validatingCString: argument) == nil else { continue }
            throw Failure(.usage, "argument \(index) is not UTF-8; give the file another name, or use a link that has one")
        }
    }
}
