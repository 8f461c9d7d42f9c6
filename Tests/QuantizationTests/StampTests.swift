import HIFIBlockSpec
import HIFIGGUF
import HIFIIdentification
import HIFIVerification
import Quantization
import TestSupport
import Testing

@Suite("Stamped files say what they are")
struct StampTests {
    /// Rules of errors and warnings.
    private func faults(_ path: String, _ profile: RuleProfile) throws -> [String] {
        var options = VerifierOptions()
        options.profile = profile
        let report = Verifier(options).verify([path])
        #expect(report.failures.isEmpty)
        return report.files.flatMap(\.findings).filter { $0.severity > .note }.map(\.rule)
    }

    @Test(
        "a stamped file conforms as without it, in both profiles, and is identified by the stamp",
        arguments: ["q3_k_s", "q3_k_m", "q3_k_l", "q3_k_hifi", "q4_k_m", "q6_k", "q8_0", "u128", "a1"], RuleProfile.allCases)
    func quantized(mix: String, profile: RuleProfile) throws {
        let trial = try Trial()
        try trial.quantize(mix)
        let plain = try faults(trial.output, profile)
        let bytes = try trial.quantize(mix) { $0.stamp = Spec.version }
        #expect(try faults(trial.output, profile) == plain)
        let scan = GGUFScan.scan(bytes)
        let identification = Identification.identify(scan)
        #expect(identification.confidence == .certain && identification.ambiguities == [])
        #expect(identification.dialect == scan.metadata["hifi.dialect"]?.string?.raw)
        #expect(identification.dialects.count == 1)
        #expect(identification.evidence.contains { $0.kind == .stamp })
        let formats = Dictionary(zip(scan.tensors.map(\.typeID), identification.tensorFormats).map { ($0, $1) }) { first, _ in first }
        #expect(try #require(Stamp(scan.metadata)).formats == formats.compactMapValues { $0 })
    }

    @Test(
        "a converted file is named by its stamp down to the letter of the revision",
        arguments: ["r7c", "r7e", "r9", "r10", "r11", "r12a", "r12b", "r12c", "r13"], RuleProfile.allCases)
    func converted(revision: String, profile: RuleProfile) throws {
        let folder = try TemporaryFolder()
        let options = ConvertTests.options(revision, stamp: Spec.version)
        _ = try Converter.convert(SourceModel.open(path: ConvertTests.tiny), options, to: folder.path("out.gguf"))
        let file = try GGUFFile.open(path: folder.path("out.gguf"))
        let identification = Identification.identify(file.scan)
        #expect(identification.confidence == .certain)
        #expect(identification.hifiFormats == ["q3_k_hifi@\(revision)"])
        #expect(identification.dialect == file.metadata["hifi.dialect"]?.string?.raw)
        let faults = try faults(folder.path("out.gguf"), profile)
        #expect(!faults.contains { $0.hasPrefix("STAMP-") || ["IDENT-02", "IDENT-03", "IDENT-06"].contains($0) })
        let model = try SourceModel.open(path: folder.path("out.gguf"))
        #expect(model.tensors.contains { $0.format.id == "q3_k_hifi@\(revision)" })
        #expect(model.dialect?.id == identification.dialect)
    }

    @Test("a stamp that the tensors contradict does not mislead a conversion")
    func contradicted() throws {
        let trial = try Trial()
        let bytes = try trial.quantize("q3_k_hifi") { $0.stamp = Spec.version }
        let (right, wrong) = (Array("40=q3_k_hifi@r6".utf8), Array("40=q3_k_hifi@r9".utf8))
        let at = try #require(bytes.indices.first { bytes[$0...].starts(with: right) })
        var changed = bytes
        changed.replaceSubrange(at..<at + right.count, with: wrong)
        let path = try trial.folder.file("changed.gguf", changed)
        #expect(try faults(path, .spec).contains("STAMP-11"))
        #expect(try SourceModel.open(path: path).tensors.contains { $0.format.id == "q3_k_hifi@r6" })
    }
}
