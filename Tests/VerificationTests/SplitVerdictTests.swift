import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF
import HIFIVerification
import TestSupport
import Testing

@Suite("Parts of a set, as readers take them")
struct SplitVerdictTests {
    @Test(
        "A first part that holds metadata only is sound; a set without any tensor is told once (GGUF-42)", arguments: RuleProfile.allCases)
    func metadataFirst(_ profile: RuleProfile) throws {
        let report = try SplitCase.report(profile) { parts in
            parts.builders[1].tensors = parts.builders[0].tensors + parts.builders[1].tensors
            parts.builders[0].tensors = []
        }
        #expect(report.finding("GGUF-42") == nil && report.exitCode == 0, "\(report.findings.map(\.message))")
        let empty = try SplitCase.report(.spec) { parts in
            for index in 0..<2 { parts.builders[index].tensors = [] }
        }
        #expect(empty.findings.filter { $0.rule == "GGUF-42" }.count == 1)
    }

    @Test(
        "The loader reads the keys of parts in one type only: another integer is sound, and refused by the loader (GGUF-75)",
        arguments: [("split.no", 1), ("split.no", 0), ("split.count", 0), ("split.tensors.count", 0)])
    func types(_ key: String, _ part: Int) throws {
        func change(_ parts: inout SplitCase.Parts) throws {
            let index = try #require(parts.builders[part].entries.firstIndex { $0.key == Array(key.utf8) })
            let value = key == "split.no" ? UInt32(part) : key == "split.count" ? 2 : UInt32(GGUFBuilder.smallLlama().tensors.count)
            parts.builders[part].entries[index] = .init(key, .uint32(value))
        }
        #expect(try SplitCase.report(.spec) { try? change(&$0) }.finding("GGUF-75") == nil)
        let finding = try #require(try SplitCase.report(.runtime) { try? change(&$0) }.finding("GGUF-75"))
        #expect(finding.location.key == key && finding.found?.hasPrefix("uint32") == true)
    }

    @Test("split.count of a file alone is read too; of a later part the other keys are not")
    func alone() throws {
        var builder = GGUFBuilder.smallLlama()
        builder.entries.append(.init("split.count", .uint32(1)))
        func report(_ profile: RuleProfile) throws -> VerificationReport {
            try VerificationTests.report(builder.build().bytes, .with(profile))
        }
        #expect(try report(.spec).exitCode == 0)
        #expect(try report(.runtime).finding("GGUF-75")?.expected == "uint16")
        let later = try SplitCase.report(.runtime) { $0.builders[1].entries[1] = .init("split.count", .uint32(2)) }
        #expect(later.finding("GGUF-75") == nil)
    }

    @Test(
        "Of later parts the loader asks split.no only: another version, count or total is a mixture in form and loads (GGUF-78, GGUF-79)"
    )
    func laterParts() throws {
        let changes: [(String, @Sendable (inout SplitCase.Parts) -> Void)] = [
            ("GGUF-78", { $0.builders[1].version = 2 }), ("GGUF-78", { $0.builders[1].entries[1] = .init("split.count", .uint16(3)) }),
            ("GGUF-79", { $0.builders[1].entries[2] = .init("split.tensors.count", .int32(999)) }),
        ]
        for (rule, change) in changes {
            #expect(try SplitCase.report(.spec, change).finding(rule)?.severity == .error)
            #expect(try SplitCase.report(.runtime, change).finding(rule)?.severity == .warning)
        }
        let first = try SplitCase.report(.runtime) { $0.builders[0].entries[2] = .init("split.tensors.count", .int32(999)) }
        #expect(first.finding("GGUF-79")?.severity == .error)
    }

    @Test("A later part under a name of its own lacks no architecture (GGUF-32): its model's keys are in the first")
    func renamedLaterPart() throws {
        let report = try SplitCase.report(.spec) { parts in
            parts.names[1] = "other.gguf"
            parts.written[0] = false
        }
        #expect(report.finding("GGUF-32") == nil && report.finding("GGUF-80") != nil)
    }
}
