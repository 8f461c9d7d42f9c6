import Foundation
import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF
import HIFIIdentification
import HIFIVerification
import TestSupport
import Testing

@Suite("Files with HIFI tensors")
struct RuleHIFITests {
    @Test("Valid files of every revision pass in both profiles", arguments: HIFICorpus.cases.filter(\.rules.isEmpty))
    func valid(_ file: HIFICorpus.Case) throws {
        // The samples have no tokenizer and are of no architecture that a loader knows: nothing else may stand against them.
        var policy = Policy()
        try policy.add("TOK-01=off:the samples have no tokenizer", from: "--rule")
        try policy.add("ARCH-02=off:the samples are of a made-up architecture", from: "--rule")
        for profile in RuleProfile.allCases {
            let report = try report(file.bytes, .with(profile) { $0.policy = policy }, identify: file.identify)
            #expect(report.findings.filter { $0.severity > .note && $0.suppressed == nil } == [])
            #expect(report.exitCode == 0)
        }
    }

    @Test("A planted fault is found, by its rule", arguments: HIFICorpus.cases.filter { !$0.rules.isEmpty })
    func caught(_ file: HIFICorpus.Case) throws {
        for profile in RuleProfile.allCases {
            let report = try report(file.bytes, .with(profile), identify: file.identify)
            for rule in file.rules { #expect(report.finding(rule) != nil, "\(rule) not among \(report.rules.sorted())") }
            #expect(report.finding(file.rules[0])?.kind.rawValue == file.kind)
            #expect(report.exitCode == 1 || report.exitCode == 2)
        }
    }

    @Test("A planted fault does not look like another", arguments: HIFICorpus.cases.filter { $0.kind == "damaged" && !$0.rules.isEmpty })
    func nothingElse(_ file: HIFICorpus.Case) throws {
        let report = try report(file.bytes, identify: file.identify)
        let errors = Set(report.findings.filter { $0.severity == .error }.map(\.rule))
        #expect(errors.isSubset(of: file.rules))
    }

    @Test("Files stay small", arguments: HIFICorpus.cases)
    func small(_ file: HIFICorpus.Case) {
        #expect(file.bytes.count <= 64 << 10)
    }

    @Test("A finding names tensor, row, block, field, slot and byte, and shows the bits")
    func place() throws {
        let file = try #require(HIFICorpus.cases.first { $0.id == "q3_k_hifi@r6-03-nan-outlier" })
        let finding = try #require(try report(file.bytes, identify: file.identify).finding("R6-05"))
        let image = HIFICorpus.builder(HIFICorpus.samples[0]).build()
        #expect(finding.location.tensor == ForeignText(HIFICorpus.victim))
        #expect(finding.location.row == 5)
        #expect(finding.location.block == 0)
        #expect(finding.location.field == "outlier_vals")
        #expect(finding.location.index == 3)
        #expect(finding.location.offset == image.dataRanges[2].lowerBound + 5 * 134 + 118 + 2 * 3)
        #expect(finding.found == "outlier_vals[3] = 0xFFFF (NaN)")
        #expect(finding.count == 1)
    }

    @Test("A tensor with many bad blocks gives one finding, counted, with few places")
    func counted() throws {
        let file = try #require(HIFICorpus.cases.first { $0.id == "q3_k_hifi@r6-07-all-nan" })
        let report = try report(file.bytes, .with(.spec) { $0.exampleLimit = 3 }, identify: file.identify)
        let findings = report.findings.filter { $0.rule == "CONTENT-01" }
        #expect(findings.map(\.count) == [16])
        #expect(findings.first?.examples.compactMap(\.row) == [1, 2, 3])
        #expect(findings.first?.found == "d = 0xFFFF (NaN)")
        #expect(findings.first?.clause == "Q3K-08")
    }

    @Test("NaN and infinity are counted apart")
    func apart() throws {
        let file = try #require(HIFICorpus.cases.first { $0.id == "q3_k_hifi@r6-08-nan-and-inf" })
        let report = try report(file.bytes, identify: file.identify)
        #expect(report.finding("CONTENT-01")?.location.row == 5)
        #expect(report.finding("CONTENT-02")?.location.row == 2)
        #expect(report.finding("CONTENT-02")?.found == "d = 0x7C00 (+infinity)")
    }

    @Test("Identification finds the published revision by itself, and its faults")
    func identified() throws {
        for file in HIFICorpus.cases where file.format == "q3_k_hifi@r6" {
            let report = try report(file.bytes)
            #expect((report.exitCode == 0) == file.rules.isEmpty, "\(file.id): \(report.rules.sorted())")
        }
    }

    @Test("Five thousand random changes never crash it, and rarely escape it")
    func fuzz() throws {
        var random = SplitMix64(seed: 0x5EED)
        let folder = try TemporaryFolder()
        let valid = HIFICorpus.cases.filter(\.rules.isEmpty)
        for round in 0..<5000 {
            let file = valid[round % valid.count]
            var bytes = file.bytes
            for _ in 0..<Int.random(in: 1...4, using: &random) { mutate(&bytes, &random) }
            let path = try folder.write(bytes)
            // Every other file with what identification makes of the wreck.
            let verifier = round % 2 == 0 ? Verifier(.init(), identify: file.identify) : Verifier()
            let report = verifier.verify([path])
            #expect(report.failures.isEmpty)
            #expect(report.files.count == 1)
        }
    }

    private func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
        guard !bytes.isEmpty else { return }
        // Half of the changes hit the header, where they matter most.
        let position = Int.random(in: 0..<(Bool.random(using: &random) ? min(900, bytes.count) : bytes.count), using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: bytes[position] = [0, 0xFF, 0x7F, 0x80].randomElement(using: &random) ?? 0
        case 2: bytes.removeSubrange(position...)
        case 3: for i in position..<min(position + 8, bytes.count) { bytes[i] = UInt8.random(in: .min ... .max, using: &random) }
        default: bytes.removeSubrange(position..<min(position + Int.random(in: 1...64, using: &random), bytes.count))
        }
    }
}
