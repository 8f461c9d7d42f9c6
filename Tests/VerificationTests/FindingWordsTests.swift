import HIFIBlockSpec
import HIFIGGUF
import HIFIVerification
import TestSupport
import Testing

@Suite("What findings say")
struct FindingWordsTests {
    /// Findings of every damaged file that the tests have, in both profiles.
    static func all() throws -> [Finding] {
        var reports: [VerificationReport] = []
        for profile in RuleProfile.allCases {
            for file in CorruptionCorpus.cases { reports.append(try report(file.bytes, .with(profile))) }
            for file in HIFICorpus.cases { reports.append(try report(file.bytes, .with(profile), identify: file.identify)) }
            for file in RuleCase.all { reports.append(try report(file.bytes, .with(profile) { $0.limits = file.limits })) }
            reports.append(try report(RuleCase.withoutTokenizer.bytes, .with(profile)))
        }
        for file in SplitCase.all { reports.append(try file.report()) }
        for file in ManifestCase.all { reports.append(try file.report()) }
        for file in CoverageCase.all { reports.append(try file.report()) }
        reports.append(try PolicyTests.goneReport())
        return reports.flatMap { $0.files.flatMap(\.findings) }
    }

    @Test("Every finding says what is expected, what was found and what to do about it")
    func complete() throws {
        var missing: Set<String> = []
        for finding in try Self.all() {
            if finding.expected == nil { missing.insert("\(finding.rule) expected") }
            if finding.found == nil { missing.insert("\(finding.rule) found") }
            if finding.advice == nil { missing.insert("\(finding.rule) advice") }
        }
        #expect(missing.sorted() == [])
    }
}
