import HIFIGGUF
import HIFIVerification
import TestSupport
import Testing

/// CONTENT-11 in the verdict on a file.
@Suite("Scales in proportion, in files")
struct MagnitudeRuleTests {
    @Test("of runs of random bytes in the data of a model, all of 4096 bytes are noticed, most of 256, some of 64")
    func damage() throws {
        let model = try Repository.bytes("Vectors/models/tiny-qwen3-q3_k_hifi-r6.gguf")
        let clean = try report(model)
        #expect(clean.exitCode == 0 && !clean.rules.contains("CONTENT-11"))
        var random = SplitMix64(seed: 4)
        var noticed: [Int: Int] = [:]
        for length in [64, 256, 4096] {
            for _ in 0..<40 {
                // The tensors lie one after another after the header; norms are few.
                let start = 100_000 + Int(random.next() % UInt64(model.count - 100_000 - length))
                var bytes = model
                bytes.replaceSubrange(start..<start + length, with: random.bytes(length))
                if try report(bytes).exitCode != 0 { noticed[length, default: 0] += 1 }
            }
        }
        #expect(noticed[4096] == 40)
        #expect(noticed[256, default: 0] > 20)
        #expect(noticed[64, default: 0] > 0)
    }

    @Test("a finding tells tensor, row, block, field, byte, number, limit and median")
    func finding() throws {
        var builder = GGUFBuilder.smallLlama()
        builder.tensors[0].data.replace(at: 600, with: UInt16(0xF800))
        let report = try report(builder.build().bytes)
        let finding = try #require(report.finding("CONTENT-11"))
        #expect(finding.severity == .warning && report.exitCode == 1)
        let place = finding.location
        #expect(place.tensor == "token_embd.weight" && place.row == 15 && place.block == 0 && place.field == "d")
        #expect(finding.message == "One number of the tensor: d is far out of proportion (q4_1).")
        #expect(finding.found == "d = 32768.0 in magnitude")
        #expect(finding.expected?.hasPrefix("a magnitude below 64.0; the median is 0.04") == true)
    }
}
