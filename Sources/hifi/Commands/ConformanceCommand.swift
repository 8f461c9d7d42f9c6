import ArgumentParser
import Conformance
import Foreign
import GGUF
import Kernels

struct ConformanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conformance",
        abstract: "Run the conformance suite against an implementation.",
        discussion: """
            Puts every vector to the system under test and compares: decoding bit for bit, encoding byte for byte, products within their \
            a-priori rounding bound. A crash, a hang or nonsense is a result. The vectors are looked for in ./Vectors, then beside this \
            program.

            A filter is KIND:PATTERN with KIND one of id, format, clause, flag, level, kind, and * for anything; filters of one kind widen, \
            of different kinds narrow the choice. A list of expected failures has one case id (or pattern) and a reason per line; a listed \
            case that passes fails the run.

            EXAMPLES
              hifi conformance
              hifi conformance --backend avx2 --filter kind:decode
              hifi conformance --ggml /path/to/lib --filter 'format:q3_k*'
              hifi conformance --exec "python3 my_adapter.py" --expected-failures known.txt --format junit > report.xml
              hifi conformance --backend cpu --format html > report.html
              hifi conformance --self-test
            """)

    @Option(help: "reference, cpu (fastest), scalar, avx2, avx512, neon, \(CUDASystem.names).") var backend: String?
    @Option(help: "Folder with libggml-base and libggml-cpu, or one such library.") var ggml: String?
    @Option(help: "Adapter program with arguments; see Vectors/PROTOCOL.md.") var exec: String?
    @Option(help: "Which cases, may be given more than once.") var filter: [String] = []
    @Option(help: "Folder of vectors.") var vectors: String?
    @Option(name: .customLong("expected-failures"), help: "File of cases that are known to fail.") var expectedFailures: String?
    @Option(help: "Put each case so many times; all answers must be the same.") var `repeat` = 1
    @Option(help: "Seconds for one answer of an external program.") var timeout = 60
    @Flag(name: .customLong("self-test"), help: "Test the suite itself: every planted fault must be noticed.") var selfTest = false
    @Flag(help: "Outcomes by clause too; with --self-test, every mutant.") var details = false
    @Option(help: "text, json, junit or html.") var format = Format.text
    @Flag(help: "No progress on standard error.") var noProgress = false
    @Flag(help: "Print nothing: the exit status tells.") var quiet = false

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, junit, html
    }

    func validate() throws {
        if [backend, ggml, exec].compactMap(\.self).count > 1 { throw ValidationError("one of --backend, --ggml and --exec at most") }
        if selfTest, backend != nil || ggml != nil || exec != nil || !filter.isEmpty || expectedFailures != nil {
            throw ValidationError("--self-test takes no system, filter or list: it tests the suite")
        }
        if selfTest, format == .junit || format == .html { throw ValidationError("--self-test reports as text or json") }
        if `repeat` < 1 || `repeat` > 1000 { throw ValidationError("--repeat needs a number from 1 to 1000") }
        if timeout < 1 || timeout > 86400 { throw ValidationError("--timeout needs a number of seconds from 1 to 86400") }
    }

    func run() throws {
        let store = try load()
        if selfTest { return try runSelfTest(store) }
        let options = ConformanceRunner.Options(filter: try chosen(), expectedFailures: try list(), repetitions: `repeat`)
        guard store.cases.contains(where: options.filter.chooses) else { throw Failure(.usage, "no case matches the filter") }
        let system = try system()
        let progress = CaseProgress(enabled: !noProgress && !quiet)
        let report = ConformanceRunner.run(store, options, system: system, progress: progress.update)
        progress.finish()
        (system as? ExecSystem)?.stop()
        if !quiet { try render(report) }
        if !report.isConforming { throw ExitCode(Failure.Status.findings.rawValue) }
    }

    private func runSelfTest(_ store: VectorStore) throws {
        let progress = CaseProgress(enabled: !noProgress && !quiet)
        let report = ConformanceSelfTest.run(store, progress: progress.update)
        progress.finish()
        if !quiet { Standard.print(format == .json ? try JSONText.render(report) : report.lines(listing: details).joined(separator: "\n")) }
        if !report.isComplete { throw ExitCode(Failure.Status.findings.rawValue) }
    }

    private func render(_ report: ConformanceReport) throws {
        switch format {
        case .text: Standard.print(ReportText.lines(report, clauses: details).joined(separator: "\n"))
        case .json: Standard.print(try JSONText.render(report))
        case .junit: Standard.write(Array(JUnitReport.text(report).utf8))
        case .html: Standard.write(Array(ConformancePage(report).text.utf8))
        }
    }

    private func load() throws -> VectorStore {
        let places = vectors.map { [$0] } ?? ["Vectors", ProgramFolder.path + "/Vectors"]
        do throws(VectorProblem) {
            return try VectorStore.load(VectorStore.find(in: places))
        } catch {
            throw Failure(error.isDamage ? .malformed : .inputOutput, "\(error)")
        }
    }

    private func chosen() throws -> CaseFilter {
        do { return try CaseFilter(terms: filter) } catch { throw Failure(.usage, "\(error)") }
    }

    private func list() throws -> ExpectedFailures {
        guard let expectedFailures else { return ExpectedFailures() }
        let text = String(decoding: try RawFiles.read(expectedFailures), as: UTF8.self)
        do { return try ExpectedFailures(text: text) } catch { throw Failure(.malformed, "\(expectedFailures): \(error)") }
    }

    private func system() throws -> any SystemUnderTest {
        if let ggml { return try started(.ggml(directory: ggml, timeout: .seconds(timeout))) }
        if let exec {
            guard let command = CommandWords.split(exec), !command.isEmpty else {
                throw Failure(.usage, "--exec needs a command; a quote is left open")
            }
            return try started(ExecSystem(command: command, name: "exec:\(ForeignText(path: exec))", timeout: .seconds(timeout)))
        }
        let name = backend ?? "reference"
        if name == "reference" { return ReferenceSystem.shared }
        if let path = CUDASystem.path(named: name) {
            let device = try CUDASystem.open(path)
            return KernelSystem(device, name: device.name)
        }
        do {
            if name == "cpu" { return KernelSystem(try CPUBackend()) }
            guard let isa = InstructionSet(rawValue: name) else {
                throw Failure(
                    .usage,
                    "no backend \"\(ForeignText(name))\": there are reference, cpu, \(InstructionSet.allCases.map(\.rawValue).joined(separator: ", ")), \(CUDASystem.names)"
                )
            }
            return KernelSystem(try CPUBackend(isa: isa))
        } catch let error as KernelError {
            throw Failure(.unavailable, "\(error)")
        }
    }

    private func started(_ system: ExecSystem) throws -> ExecSystem {
        do { try system.start() } catch { throw Failure(.unavailable, "\(error)") }
        return system
    }
}
