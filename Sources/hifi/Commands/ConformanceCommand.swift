import Adapters
import ArgumentParser
import Conformance
import Foundation
import HIFIFiles
import HIFIForeign
import HIFIKernels
import Mutants
import Rendering
import Runs
import Suite

struct ConformanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conformance",
        abstract: "Run the conformance suite against an implementation.",
        discussion: """
            Runs every vector through the system under test and compares: decoding bit for bit, encoding byte for byte, products \
            within their a-priori rounding bound. A crash, a hang or a malformed answer is a result; after \
            \(ConformanceRunner.hangLimit) timeouts in a row the rest is reported as not run. Vectors are searched for in \
            ./Vectors, then beside this program.

            A filter is KIND:PATTERN; KIND is one of id, format, clause, flag, level, kind, and * matches anything. Several \
            filters of one kind widen the choice, filters of different kinds narrow it.

            Cases are required, recommended (input that no encoder makes) or optional. Failures count down to --level; others are \
            only reported. A crash or a hang always counts. What the system does not do is skipped, with the reason; --require \
            sets the least that must apply: a number of cases, a share (20%), or a filter of which every case must apply \
            (format:q4_k).

            Failures are grouped by the single mistake that gives exactly the same answers, where one is known: a fault that \
            --self-test plants, a defect of Spec/defects.yaml, or another common mistake. --compare shows what changed since an \
            earlier run.

            A list of expected failures has one case id (or pattern) and a reason per line. A listed case that passes fails the \
            run; ~ before an id marks a case that fails in some runs only. --write-expected writes such a list and keeps the \
            heading (comments before the first case) and the reasons of a given one; it does not change the exit status. With \
            --repeat a case that is answered wrongly is put to a new process each time, so that answers from uninitialized memory \
            are noticed.

            EXAMPLES
              hifi conformance
              hifi conformance --backend avx2 --filter kind:decode
              hifi conformance --ggml /path/to/lib --filter 'format:q3_k*'
              hifi conformance --ggml /path/to/lib --level required --require 1200
              hifi conformance --ggml /path/to/lib --repeat 3 --write-expected known.txt
              hifi conformance --exec "python3 my_adapter.py" --expected-failures known.txt --format junit > report.xml
              hifi conformance --backend cpu --format html > report.html
              hifi conformance --ggml /path/to/lib --compare before.json
              hifi conformance --self-test

            \(ExitStatus.section(
                "conforming",
                [
                    .findings("failures, or nothing was tested; with --self-test, a planted fault that went unnoticed"),
                    .malformed("vectors or a list of expected failures that are damaged"), .unavailable, .unreadable,
                ]))
            """)

    @Option(help: "reference, cpu (fastest), scalar, avx2, avx512, amx, neon, \(Backend.deviceNames).") var backend: String?
    @Option(help: "Folder with libggml-base and libggml-cpu, or one such library.", completion: .anyFile) var ggml: String?
    @Option(help: "Adapter program with arguments; see Vectors/PROTOCOL.md.") var exec: String?
    @Option(help: "Which cases to run; may be repeated.") var filter: [String] = []
    @Option(help: "Folder with the vectors.", completion: .directory) var vectors: String?
    @Option(name: .customLong("expected-failures"), help: "List of cases that are known to fail.", completion: .anyFile)
    var expectedFailures: String?
    @Option(
        name: .customLong("write-expected"), help: "Write the list of expected failures that would make this run pass.",
        completion: .anyFile)
    var writeExpected: String?
    @Option(help: "Report of an earlier run (--format json) to compare with.", completion: .anyFile) var compare: String?
    @Option(help: "Failures count down to this level: required, recommended or optional. [recommended]") var level: ConformanceCase.Level?
    @Option(help: "The least that must apply: a number of cases, a share such as 20%, or a filter. May be repeated.")
    var require: [String] = []
    @Option(help: "Run each case this many times; answers that change are reported as unstable. [1]") var `repeat`: Int?
    @Option(help: "Seconds to wait for one answer of an external program (--ggml, --exec), its greeting included. [60]") var timeout: Int?
    @Flag(name: .customLong("self-test"), help: "Test the suite itself: every planted fault must be noticed.") var selfTest = false
    @Flag(help: "Outcomes by clause too; with --self-test, every mutant.") var details = false
    @Option(help: "text, json, junit or html.") var format = Format.text
    @OptionGroup var output: OutputOptions

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, junit, html
    }

    func validate() throws {
        if [backend, ggml, exec].compactMap(\.self).count > 1 { throw ValidationError("one of --backend, --ggml and --exec at most") }
        let isOfSystem =
            backend != nil || ggml != nil || exec != nil || !filter.isEmpty || expectedFailures != nil || writeExpected != nil
            || level != nil || !require.isEmpty || compare != nil
        if selfTest, isOfSystem {
            throw ValidationError("--self-test takes no system, filter, list or requirement: it tests the suite")
        }
        if selfTest, format == .junit || format == .html { throw ValidationError("--self-test reports as text or json") }
        if selfTest, `repeat` != nil { throw ValidationError("--repeat does nothing with --self-test") }
        if timeout != nil, ggml == nil, exec == nil {
            throw ValidationError("--timeout goes with --ggml or --exec: nothing else is waited for")
        }
        if compare != nil, format == .junit { throw ValidationError("--compare does nothing with --format junit") }
        if details, !selfTest, format != .text { throw ValidationError("--details is for text: \(format.rawValue) lists everything") }
        if details, selfTest, format == .json { throw ValidationError("--details is for text: json lists everything") }
        if let `repeat`, `repeat` < 1 || `repeat` > 1000 { throw ValidationError("--repeat needs a number from 1 to 1000") }
        if let timeout, timeout < 1 || timeout > 86400 { throw ValidationError("--timeout needs a number of seconds from 1 to 86400") }
    }

    func run() throws {
        var places = OutputPlaces()
        places.reads(expectedFailures, as: "--expected-failures")
        places.reads(compare, as: "--compare")
        places.writes(writeExpected, as: "--write-expected")
        if writeExpected != nil { places.writesStandardOutput() }
        try places.check()
        let requirements = try self.requirements()
        let store = try load()
        if selfTest { return try runSelfTest(store) }
        var options = ConformanceRunner.Options(
            filter: try chosen(), expectedFailures: try list(), repetitions: `repeat` ?? 1, level: level ?? .recommended,
            requirements: requirements)
        options.diagnoses = true
        let cases = store.cases.filter(options.filter.chooses)
        guard !cases.isEmpty else { throw Failure(.usage, "no case matches the filter") }
        if let reason = requirements.lazy.compactMap({ $0.impossibility(among: cases) }).first {
            throw Failure(.usage, "--require: \(reason)")
        }
        let system = try system()
        let progress = output.progress(counting: .things("cases"))
        let old = try compare.map { try WholeFile.readText(argument: $0, .record) }
        var report = ConformanceRunner.run(store, options, system: system, progress: progress.update)
        progress.finish()
        (system as? ExecSystem)?.stop()
        if let failure = (system as? ExecSystem)?.failure { throw failure }
        if let old, let compare {
            do { report.comparison = try RunComparison(report, with: Data(old)) } catch {
                throw Failure(.malformed, "\(ForeignText(path: compare)) is not a report of hifi conformance --format json")
            }
        }
        if let writeExpected {
            try RawFiles.write(Array(options.expectedFailures.updated(by: report, title: title(system)).utf8), to: writeExpected)
        }
        if !output.quiet { try render(report) }
        if !report.isConforming { throw ExitCode(Failure.Status.findings.rawValue) }
    }

    private func runSelfTest(_ store: VectorStore) throws {
        let progress = output.progress(counting: .things("mutants"))
        let report = ConformanceSelfTest.run(store, progress: progress.update)
        progress.finish()
        try output.show(report, as: format == .json ? .json : .text, ConformanceText.lines(report, listing: details))
        if !report.isComplete { throw ExitCode(Failure.Status.findings.rawValue) }
    }

    private func render(_ report: ConformanceReport) throws {
        switch format {
        case .text: output.show(ConformanceText.lines(report, clauses: details))
        case .json: Standard.print(try JSONText.render(report))
        case .junit: Standard.write(Array(ConformanceJUnit.text(report).utf8))
        case .html: Standard.write(Array(ConformancePage(report).text.utf8))
        }
    }

    private func load() throws -> VectorStore {
        // Beside the program, and where an installed one has what it shares.
        let own = ["/Vectors", "/../share/hifi/Vectors"].map { ProgramFolder.path + $0 }
        let places = vectors.map { [$0] } ?? ["Vectors"] + own
        return try VectorStore.load(VectorStore.find(in: places))
    }

    /// What a list that is written is of.
    private func title(_ system: any SystemUnderTest) -> String {
        guard let greeting = (system as? ExecSystem)?.greeting else { return system.name }
        return greeting.version.isEmpty ? "\(greeting.name)" : "\(greeting.name) version \(greeting.version)"
    }

    private func requirements() throws -> [Requirement] {
        try require.map { text in
            do { return try Requirement(text) } catch { throw Failure(.usage, "--require: \(error)") }
        }
    }

    private func chosen() throws -> CaseFilter {
        do { return try CaseFilter(terms: filter) } catch { throw Failure(.usage, "\(error)") }
    }

    private func list() throws -> ExpectedFailures {
        guard let expectedFailures else { return ExpectedFailures() }
        let text = String(decoding: try WholeFile.readText(argument: expectedFailures, .settings), as: UTF8.self)
        do { return try ExpectedFailures(text: text) } catch {
            throw Failure(.malformed, "\(ForeignText(path: expectedFailures)): \(error)")
        }
    }

    private func system() throws -> any SystemUnderTest {
        if let exec {
            guard let words = CommandWords.split(exec) else { throw Failure(.usage, "--exec: a quote is left open in the command") }
            guard !words.isEmpty else { throw Failure(.usage, "--exec needs a command") }
        }
        if let foreign = ggml.map(Backend.ggml) ?? exec.map(Backend.exec) { return try foreign.open(timeout: .seconds(timeout ?? 60)) }
        let name = backend ?? "reference"
        switch Backend(named: name) {
        case nil, .ggml, .exec:
            let known = InstructionSet.allCases.map(\.rawValue).joined(separator: ", ")
            throw Failure(.usage, "no backend \"\(ForeignText(name))\": there are reference, cpu, \(known), \(Backend.deviceNames)")
        case let own?: return try own.open()
        }
    }
}

extension ConformanceCase.Level: ExpressibleByArgument {}
