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
            let text = try RawFiles.read(file, Policy.fileLimit)
            try checkSyntax(text, file)
            do throws(PolicyError) { try policy.load(text, path: file) } catch { throw Failure(.usage, "\(error)") }
        }
        do throws(PolicyError) {
            for rule in rules { try policy.add(option: rule) }
            try policy.check(profile)
        } catch {
            throw Failure(.usage, "\(error)")
        }
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

    /// Refuses a path that is one of the files to be verified.
    static func check(_ path: String, inputs: [String]) throws {
        guard let output = identity(path) else { return }
        for input in inputs where identity(input).map({ $0 == output }) == true {
            throw Failure(
                .usage,
                "--write-baseline: \(ForeignText(path: path)) is \(ForeignText(path: input)), which would be replaced; name another file")
        }
    }

    /// Device and number of the file that a path leads to.
    private static func identity(_ path: String) -> [UInt64]? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return [UInt64(truncatingIfNeeded: status.st_dev), UInt64(truncatingIfNeeded: status.st_ino)]
    }

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
        do { try write(baseline.text, to: path) } catch { throw Failure(.inputOutput, "\(error)") }
        return Outcome(
            line: "\(ForeignText(path: path)): \(baseline.count) finding\(baseline.count == 1 ? "" : "s") known from now on",
            isRefused: false)
    }

    private static func write(_ text: String, to path: String) throws(FileError) {
        var file = try AtomicFile(path: path)
        try file.write(Array(text.utf8))
        try file.commit()
    }
}
