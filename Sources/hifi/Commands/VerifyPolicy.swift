import ArgumentParser
import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import HIFIGGUF
import HIFIVerification
import Suite

/// The areas that `--require` names.
enum RequiredAreas {
    static func parse(_ text: String?) throws -> Set<Coverage.Area> {
        guard let text else { return [] }
        var areas: Set<Coverage.Area> = []
        for word in text.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
            if word == "full" {
                areas.formUnion(Coverage.Area.allCases.filter { $0 != .digests })
            } else if let area = Coverage.Area(rawValue: word) {
                areas.insert(area)
            } else {
                let known = ["full"] + Coverage.Area.allCases.map(\.rawValue)
                throw ValidationError("--require: there is no area '\(ForeignText(word))'; \(NearNames.hint(word, in: known))")
            }
        }
        return areas
    }
}

/// The policy that the options of `verify` put together: those of the files in order, then those of the command line.
enum PolicyInput {
    /// Nil where there is none. Ends with 64 where one is invalid, and with 74 where it cannot be read.
    static func read(files: [String], rules: [String], profile: RuleProfile) throws -> Policy? {
        guard !files.isEmpty || !rules.isEmpty else { return nil }
        var policy = Policy()
        for file in files {
            let text = try WholeFile.read(argument: file, Policy.fileLimit)
            try checkSyntax(text, file)
            try policy.load(text, path: file)
        }
        for rule in rules { try policy.add(rule, from: "--rule") }
        try policy.check(profile)
        return policy
    }
}

extension PolicyInput {
    /// Ends with 64, naming the place, where a file is not JSON or says one thing twice. What else is wrong with it, loading tells.
    private static func checkSyntax(_ text: [UInt8], _ path: String) throws {
        do throws(JSONParser.Problem) { _ = try JSONParser.parse(text) } catch {
            let before = text.prefix(error.offset)
            let line = before.count { $0 == UInt8(ascii: "\n") } + 1
            let column = before.count - (before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0) + 1
            throw Failure(
                .usage,
                "\(ForeignText(path: path)): line \(line), column \(column): not JSON: \(error.what); "
                    + "a policy is a JSON object as in Spec/schema/policy.json"
            )
        }
    }
}

/// The file that `--write-baseline` writes.
enum BaselineOutput {
    /// Findings listed of each severity and file where they are to be written: as good as all.
    static let findingsCap = 200_000

    /// What came of it, in one line.
    struct Outcome {
        let line: String
        /// Whether nothing was written, since the files are not such that a policy could know their findings.
        let isRefused: Bool
    }

    static func write(_ report: VerificationReport, keeping policy: Policy?, to path: String) throws -> Outcome {
        let baseline: Baseline
        do { baseline = try Baseline(report, keeping: policy) } catch {
            return Outcome(line: "error: no baseline was written: \(error)", isRefused: true)
        }
        var file = try AtomicFile(path: path)
        try file.write(Array(baseline.text.utf8))
        try file.commit()
        return Outcome(
            line: "\(ForeignText(path: path)): \(baseline.count) finding\(baseline.count == 1 ? "" : "s") known from now on",
            isRefused: false)
    }
}
