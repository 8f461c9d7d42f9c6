import Quantization
import TestSupport
import Testing

/// Digests of files that the library of llama.cpp as in llama-cpp-python 0.3.36 wrote from the same inputs with one thread.
@Suite("Whole files equal the fork's, byte for byte")
struct RecordedFileTests {
    static let digests = [
        "q3_k_s": "47f4252e0bc3f76d1922e46e498ad38d763111bc56933b064a1e71f8e9d383e4",
        "q3_k_m": "fb4fe15d0c896443227f04b2ed9dfb643de8ab92f5c1b3eca33a634cc54ba0c9",
        "q3_k_l": "9b46e9905e6f5802ad4587fdce14213eab048a0e1017c6ecdf2af54a02a4968f",
        "q4_k_m": "d529ae47f4af2422ff3e8d2c8f05ac327b363f9f0cbdfc19b782bde741a347a6",
        "q6_k": "48a03abde0c929ad15d2e5ee8ec063753f0b67b5ad960101863b8eeeab62cd36",
        "q8_0": "744e508151f942e1b6fd44ed3c3378e5c2e234a01f09385df06922329ee75915",
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
            ("q4_k_m", "96568cbe475ebbcb589cd677e2b0ad9638c74f7656fb1fec92acb2261770e5df"),
            ("q6_k", "073398f7abffb263001fac9dd24387498a4d0534a463213fb636a87d1f347b4a"),
            ("q8_0", "814428b92fcaf13a10d985fe2581b1283fbd4e96fbf09afe31c7ea55d0eb6291"),
        ])
    func ragged(mix: String, digest: String) throws {
        #expect(try sha256(Trial(.smallQwen3(.ragged)).quantize(mix)) == digest)
    }

    @Test("rows of 144 weights stay F16")
    func narrow() throws {
        let trial = try Trial(.smallQwen3(.narrow))
        #expect(try sha256(trial.quantize("q4_k_m")) == "6f6b5b90840f091be586658a1acab3b605a9ffbf1e39b86ab4e94d16a8c11007")
    }

    @Test("Q8_0 to Q3_K_M, with leave to requantize")
    func requantized() throws {
        let trial = try Trial()
        let middle = try trial.folder.file("q8.gguf", trial.quantize("q8_0"))
        let model = try SourceModel.open(path: middle)
        var options = QuantizationOptions(routing: try Routing(mix: "q3_k_m"))
        options.allowsRequantizing = true
        _ = try Quantizer.write(model, plan: QuantizationPlan(model, options), options: options, to: trial.output)
        #expect(try sha256(trial.folder.bytes("out.gguf")) == "d136f76a105595058ae5523feb313aa6fc43273dcace1a36b2f277e5236d2250")
    }
}
