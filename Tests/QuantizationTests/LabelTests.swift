import HIFIGGUF
import HIFIIdentification
import HIFIVerification
import Quantization
import TestSupport
import Testing

@Suite("A label is wrong where the tensors contradict it, not where some are of other types (GGUF-36)")
struct LabelTests {
    /// Quantizes a small model, gives it a file type, and asks both the rule and the identification.
    private func judge(
        _ mix: String, fileType: UInt32? = nil, overrides: [String] = [], shape: GGUFBuilder.Qwen3Shape = .init()
    ) throws -> (isAccused: Bool, reading: FileTypeReading) {
        let trial = try Trial(.smallQwen3(shape))
        var bytes = try trial.quantize(mix) { options in options.overrides = try overrides.map { try TypeOverride($0) } }
        if let fileType {
            let key = Array("general.file_type".utf8)
            let start = try #require(bytes.firstRange(of: key)).upperBound + 4
            for byte in 0..<4 { bytes[start + byte] = UInt8(truncatingIfNeeded: fileType >> (8 * UInt32(byte))) }
        }
        let path = try trial.folder.file("labelled.gguf", bytes)
        let report = Verifier().verify([path])
        let reading = try #require(Identification.identify(GGUFScan.scan(bytes)).fileType)
        return (report.files.flatMap(\.findings).contains { $0.rule == "GGUF-36" }, reading)
    }

    @Test(
        "rows that are not whole blocks have the types that take their place by the mix's own rule",
        arguments: ["q3_k_s", "q3_k_m", "q3_k_l", "q4_k_m", "q6_k"])
    func fallbacks(mix: String) throws {
        let found = try judge(mix, shape: .ragged)
        #expect(!found.isAccused && found.reading.agreement == .exact && found.reading.mix == mix)
        #expect(found.reading.text.contains("its own fallback types in"))
    }

    @Test(
        "types asked for by patterns, one type for all, and another mix of the same type are not reported as wrong labels",
        arguments: [
            ("q4_k_m", nil, ["ffn=q8_0"]), ("q4_k_m", nil, ["ffn_up=iq4_nl", "attn_k=q6_k", "token_embd=q8_0"]),
            ("q4_k_m", nil, [".=q4_k"]),
            ("q4_k_m", 14, []), ("q5_k_m", 16, []), ("q3_k_s", nil, ["token_embd=f16"]),
        ] as [(String, UInt32?, [String])])
    func honest(mix: String, fileType: UInt32?, overrides: [String]) throws {
        let found = try judge(mix, fileType: fileType, overrides: overrides)
        #expect(!found.isAccused && found.reading.agreement != .contradicts, "\(found.reading.text)")
    }

    @Test(
        "a file of which another mix explains every tensor, or nothing is as the label has it, is accused",
        arguments: [
            ("q3_k_s", 7, [".=q3_k"]), ("q3_k_m", 15, []), ("q8_0", 15, []), ("q4_k_m", 18, []), ("q6_k", 10, []), ("q4_0", 1, []),
        ] as [(String, UInt32, [String])])
    func lies(mix: String, fileType: UInt32, overrides: [String]) throws {
        let found = try judge(mix, fileType: fileType, overrides: overrides)
        #expect(found.isAccused && found.reading.agreement == .contradicts, "\(found.reading.text)")
    }
}
