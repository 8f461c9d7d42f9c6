import ArgumentParser
import Conformance
import GGUF
import Kernels

struct ConformanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conformance",
        abstract: "Run the conformance suite against a kernel, a library or a program.",
        discussion: """
            Every case of Vectors/ is put to the system under test, and its answers are compared with what is right: decoding bit for bit, \
            encoding byte for byte, products within the rounding bound computed for the case. Foreign code runs in a process of its own, so \
            that a crash or a hang is a result. Vectors/PROTOCOL.md tells how to write an adapter.

            --self-test turns the suite on itself: faulty decoders, encoders and products must all be noticed.

            Exit status: 0 conforming; 1 a case failed, or a mutant survived; 69 the system is not available; 74 the vectors are not found.

            EXAMPLES
              hifi conformance
              hifi conformance --backend avx2 --filter 'format:q3_k_hifi@*'
              hifi conformance --exec 'python3 Vectors/adapters/example_adapter.py' --filter kind:decode
              hifi conformance --ggml /opt/llama/lib --expected-failures known.txt --format junit > result.xml
              hifi conformance --self-test
            """)

    @Option(help: "reference, cpu (the fastest here), or one of scalar, avx2, avx512, neon.") var backend: String?
    @Option(help: "A folder with libggml-base and libggml-cpu.") var ggml: String?
    @Option(help: "A program that speaks the protocol, with its arguments.") var exec: String?
    @Option(help: "Only cases that match: id, format, clause, flag, level or kind, e.g. kind:decode; * stands for anything. May be repeated.")
    var filter: [String] = []
    @Option(help: "A list of cases known to fail: a pattern of ids and a reason on each line.") var expectedFailures: String?
    @Option(help: "Put each case so often; all answers must be the same.") var `repeat` = 1
    @Option(help: "Seconds that one answer may take.") var timeout = 30.0
    @Option(help: "The folder of vectors.") var vectors: String?
    @Flag(help: "Run mutants instead of a system: faults that the suite must notice.") var selfTest = false
    @Option(help: "text, json or junit.") var format = ReportFormat.text
    @OptionGroup var output: OutputOptions

    enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
        case text, json, junit
    }

    func validate() throws {
        if [backend, ggml, exec].compactMap(\.self).count > 1 { throw ValidationError("--backend, --ggml and --exec exclude each other") }
        if selfTest, backend != nil || ggml != nil || exec != nil || !filter.isEmpty || format == .junit {
            throw ValidationError("--self-test runs all mutants of this program; it takes no system, filter or junit")
        }
        if `repeat` < 1 || !(timeout > 0) { throw ValidationError("--repeat and --timeout take positive numbers") }
    }

    func run() throws {
        let store = try loadVectors()
        if selfTest { return try runSelfTest(store) }
        var options = ConformanceRunner.Options(repetitions: `repeat`)
        do { options.filter = try CaseFilter(terms: filter) } catch { throw Failure(.usage, "--filter: \(error)") }
        if let expectedFailures {
            let text = String(decoding: try RawFiles.read(expectedFailures), as: UTF8.self)
            do { options.expectedFailures = try ExpectedFailures(text: text) } catch { throw Failure(.malformed, "\(expectedFailures): \(error)") }
        }
        let progress = output.progress
        let report = ConformanceRunner.run(store, options, system: try system()) { done, total in
            progress.update("cases", done: done, of: total, unit: .count)
        }
        progress.finish()
        if report.results.isEmpty { throw Failure(.usage, "no case matches the filter") }
        if !output.quiet {
            switch format {
            case .text: Standard.print(ConformanceText(report).lines.joined(separator: "\n"))
            case .json: Standard.print(try JSONText.render(report))
            case .junit: Standard.print(JUnitDocument(report).text)
            }
        }
        if !report.isConforming { throw ExitCode(Failure.Status.findings.rawValue) }
    }

    private func runSelfTest(_ store: VectorStore) throws {
        let progress = output.progress
        let report = ConformanceSelfTest.run(store) { done, total in progress.update("mutants", done: done, of: total, unit: .count) }
        progress.finish()
        if !output.quiet {
            Standard.print(format == .json ? try JSONText.render(report) : SelfTestText(report).lines.joined(separator: "\n"))
        }
        if !report.isComplete { throw ExitCode(Failure.Status.findings.rawValue) }
    }

    private func loadVectors() throws -> VectorStore {
        do {
            return try VectorStore.load(try vectors ?? VectorStore.find(in: ["Vectors", "../Vectors"]))
        } catch {
            throw Failure(.inputOutput, "\(error)")
        }
    }

    private func system() throws -> any SystemUnderTest {
        if let ggml { return try started(.ggml(directory: ggml, timeout: .seconds(timeout))) }
        if let exec {
            guard let words = CommandWords.split(exec), !words.isEmpty else { throw Failure(.usage, "--exec: cannot read \"\(exec)\"") }
            return try started(ExecSystem(command: words, name: "exec:\(exec)", timeout: .seconds(timeout)))
        }
        switch backend {
        case nil, "reference": return ReferenceSystem()
        case let name?:
            let isa = InstructionSet(rawValue: name)
            guard isa != nil || name == "cpu" else { throw Failure(.usage, "no backend \"\(name)\"") }
            do { return KernelSystem(try CPUBackend(isa: isa)) } catch { throw Failure(.unavailable, "\(error)") }
        }
    }

    private func started(_ system: ExecSystem) throws -> ExecSystem {
        do { try system.start() } catch { throw Failure(.unavailable, "\(error)") }
        return system
    }
}
