import GGUF
import TestSupport
import Testing

@Suite("The catalogue of damaged files")
struct CorruptionTests {
    /// What the container module must find in each case that can be seen without reading weights or knowing architectures.
    static let expectations: [String: (scan: Set<StructuralProblem.Code>, layout: Set<LayoutFinding.Code>)] = [:]

    @Test("print", arguments: CorruptionCorpus.cases)
    func prints(_ damaged: CorruptionCorpus.Case) {
        let scan = GGUFScan.scan(damaged.bytes)
        let layout = DataLayout(scan, blockSize: GGUFBuilder.SampleType.blockSize)
        print("CASE", damaged.id, damaged.bytes.count, scan.problems.map(\.code.rawValue), layout.findings.map { "\($0.code.rawValue) \($0.range) \($0.found)" }.prefix(6))
    }
}
