import Adapters
import Conformance
import Diagnosis
import Foundation
import HIFIBlockSpec
import TestSupport
import Testing

/// Mistakes that were planted to rate the diagnosis, not to build it: `Faulty/fresh.c`, `unseen.c`, and `third.c` to `sixth.c`, listed in
/// `Faulty/fresh.txt` with what is named for each.
@Suite("Diagnosis of freshly planted mistakes", .enabled(if: Fixture.compiler != nil))
struct FreshFaultTests {
    struct Line: Sendable, CustomStringConvertible {
        let number: Int
        let format: String
        let mode: String
        /// `right`, `wrong` or `unnamed`.
        let rating: String
        /// The cause; empty where none is named.
        let words: String

        var description: String { "\(number) \(mode)" }
    }

    /// The table: number, format, operation, rating, the mistake, the cause, with bars in between.
    static let lines: [Line] = {
        let path = Repository.root.appendingPathComponent("Tests/ConformanceTests/Faulty/fresh.txt")
        guard let text = try? String(contentsOf: path, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
            let parts = line.split(separator: "|", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 6, let number = Int(parts[0]) else { return nil }
            return Line(number: number, format: parts[1], mode: parts[2], rating: parts[3], words: parts[5])
        }
    }()

    private static let adapters: Result<[String], any Error> = Result {
        let folder = try Fixture.folder()
        return try ["fresh", "unseen", "third", "fourth", "fifth", "sixth"].map { name in
            let program = folder.appendingPathComponent(name).path
            let source = Repository.root.appendingPathComponent("Tests/ConformanceTests/Faulty/\(name).c").path
            let result = try Fixture.run([
                try #require(Fixture.compiler), "-O1", "-ffp-contract=off", "-Wall", "-Wextra", "-Werror", "-o", program, source, "-lm",
            ])
            try #require(result.status == 0, "\(result.errors)")
            return program
        }
    }

    private func report(_ number: Int, _ mode: String, _ formats: [String]) throws -> ConformanceReport {
        let program = try Self.adapters.get()[number / 200]
        let system = ExecSystem(command: [program, "\(number)", mode], timeout: .seconds(60))
        defer { system.stop() }
        var options = ConformanceRunner.Options(filter: try CaseFilter(terms: formats.map { "format:" + $0 }))
        options.diagnoses = true
        return ConformanceRunner.run(try StoredVectors.result.get(), options, system: system)
    }

    /// What passes here may be blamed on the planted mistake where it fails.
    @Test(
        "the kernels without a mistake pass",
        arguments: Sample.of([1000, 0, 200, 400, 600, 800], every: 6, "sets of kernels without a mistake"), ["decode", "dot"])
    func control(_ number: Int, _ mode: String) throws {
        let formats = Set(Self.lines.map(\.format)).sorted()
        #expect(formats.count == 15)
        let report = try report(number, mode, formats)
        #expect(report.isConforming && report.diagnoses.isEmpty, "\(number)")
    }

    @Test("each mistake is noticed, and named as the table says", arguments: Sample.of(lines, every: 24, "freshly planted mistakes"))
    func named(_ line: Line) throws {
        let report = try report(line.number, line.mode, [line.format])
        #expect(!report.isConforming)
        let causes = report.diagnoses.compactMap(\.cause).map(\.words)
        #expect(causes == (line.words.isEmpty ? [] : [line.words]), "\(line)")
    }

    @Test("of at least sixty mistakes nine of ten are named rightly, and at most one of fifty wrongly")
    func rates() {
        #expect(Set(Self.lines.map(\.number)).count >= 60)
        #expect(Self.lines.allSatisfy { ["right", "wrong", "unnamed"].contains($0.rating) })
        #expect(Self.lines.allSatisfy { ($0.rating == "unnamed") == $0.words.isEmpty })
        let count = Double(Self.lines.count)
        #expect(Double(Self.lines.count { $0.rating == "right" }) >= 0.9 * count)
        #expect(Double(Self.lines.count { $0.rating == "wrong" }) <= 0.02 * count)
    }
}
