import Quantization
import TestSupport
import Testing

/// Digests of files that llama.cpp's own library wrote from the same inputs with one thread (build of May 2026; the mixes and their
/// encoders are those of the fork's revisions, whose own files give the same bytes on the models they were recorded with).
@Suite("Whole files equal the original's, byte for byte")
struct RecordedFileTests {
    static let digests = [
        "q3_k_s": "91bd7fce1d19dd22a78327723da1c26cd2e98bab0924eb25e4c6cfa55feb8c02",
        "q3_k_m": "ad4276f65ddece5fd3af0963114fc07b68d8f5ac116b78bb08dec142a2f00e59",
        "q3_k_l": "015d62bfdb920bd24c81ff20ebcbb7db66df630e77727dba58bcf52da160e65f",
        "q4_k_m": "d01bf2c4727486000dded61c2e350b115374fc2e071fbc947f1657426dae3f55",
        "q6_k": "051849f20c5cac4945207dbaf09e7bccbbe9a471524aa3bea363683aa3981c71",
        "q8_0": "58236de6e4532b3ae91863523a19a87a2e513fb96b3d24c2e87ee241d75fc08a",
    ]

    @Test("from F16, with any number of threads", arguments: digests.keys.sorted(), [1, 3])
    func mixes(mix: String, threads: Int) throws {
        #expect(try sha256(Trial().quantize(mix) { $0.threads = threads }) == Self.digests[mix])
    }

    @Test("from F32 and BF16, where the weights are the same numbers", arguments: GGUFBuilder.WeightType.allCases)
    func inputs(type: GGUFBuilder.WeightType) throws {
        #expect(try sha256(Trial(.smallQwen3(type: type)).quantize("q3_k_m")) == Self.digests["q3_k_m"])
    }

    @Test(
        "rows of 160 and 320 weights fall back to smaller blocks",
        arguments: [
            ("q4_k_m", "96bdc87bd7dd798ede3cf6f050ab12d3e44d5072c142e25f5f51e294f6844327"),
            ("q6_k", "3b0d8ad2d3fce07cfa7672c3af45f0fe1249ed0546f4d36b365e543c4812751a"),
            ("q8_0", "0451df41b1ffa3333452ddcced0f67fb20ebef7603104801aa15d3953ed4d032"),
        ])
    func ragged(mix: String, digest: String) throws {
        #expect(try sha256(Trial(.smallQwen3(.ragged)).quantize(mix)) == digest)
    }

    @Test("rows of 144 weights stay F16")
    func narrow() throws {
        let trial = try Trial(.smallQwen3(.narrow))
        #expect(try sha256(trial.quantize("q4_k_m")) == "b577fbed6c59736e096a1ade260fdda75dea459f2b1d37fef4f990f974bf6ee0")
    }

    @Test("Q8_0 to Q3_K_M, with leave to requantize")
    func requantized() throws {
        let trial = try Trial()
        let middle = try trial.folder.file("q8.gguf", trial.quantize("q8_0"))
        let model = try SourceModel.open(path: middle)
        var options = QuantizationOptions(routing: try Routing(mix: "q3_k_m"))
        options.allowsRequantizing = true
        _ = try Quantizer.write(model, plan: QuantizationPlan(model, options), options: options, to: trial.output)
        #expect(try sha256(trial.folder.bytes("out.gguf")) == "7660758dee3e9ade67b4d8ab0a4a25fc668d10d26fe58c62a770c4533909f97a")
    }
}
