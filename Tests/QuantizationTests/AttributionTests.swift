import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import HIFIGGUF
import HIFIKernels
import HIFIReference
import Importance
import Quantization
import TestSupport
import Testing

/// Files made in known ways, and what attribution says of them.
@Suite("Who made a file")
struct AttributionTests {
    private static func matrix(_ path: String, seed: UInt64) throws -> ImportanceMatrix {
        try ImportanceMatrix(path: ForeignText(path), entries: importances(seed: seed), dataset: nil, chunks: 1)
    }

    private static func attribute(
        _ file: String, from source: String, _ matrices: [ImportanceMatrix] = [], sample: Int? = Attributor.usualSample
    ) throws -> Attribution {
        try Attributor(importances: matrices, sampleWeights: sample, threads: 2)
            .attribute(SourceModel.open(path: file), from: SourceModel.open(path: source))
    }

    /// A way to make a file.
    struct Way: CustomTestStringConvertible {
        let mix: String
        var revision: String?
        var usesMatrix = false

        var testDescription: String { "\(mix) \(revision ?? "") \(usesMatrix ? "with" : "without") importances" }
    }

    @Test(
        "each tensor of a file that was quantized from the source is explained, with the matrix that was used and no other",
        arguments: ["q3_k_s", "q3_k_m", "q4_k_m", "q5_k_s", "q6_k", "q8_0", "q4_0", "iq4_xs", "iq4_nl", "iq3_s"].flatMap {
            [Way(mix: $0), Way(mix: $0, usesMatrix: true)]
        } + ["r4", "r6", "r12"].flatMap { [Way(mix: "q3_k_hifi", revision: $0), Way(mix: "q3_k_hifi", revision: $0, usesMatrix: true)] })
    func made(_ way: Way) throws {
        let trial = try Trial()
        let (used, other) = (try Self.matrix("used.dat", seed: 9), try Self.matrix("other.dat", seed: 10))
        try trial.quantize(way.mix, revision: way.revision) { if way.usesMatrix { $0.imatrix = used } }
        let attribution = try Self.attribute(trial.output, from: trial.input, [other, used])
        for tensor in attribution.tensors where tensor.verdict != .copied { #expect(!tensor.makers.isEmpty, "\(tensor)") }
        // Q8_0 is the same with any importances.
        let told: [ForeignText?] = way.mix == "q8_0" ? [] : [way.usesMatrix ? "used.dat" : nil]
        #expect(attribution.fitting == told, "\(attribution.fitting)")
    }

    @Test("two matrices that say the same cannot be told apart, and none that is named is none that was used")
    func alike() throws {
        let trial = try Trial()
        let (one, same) = (try Self.matrix("one.dat", seed: 9), try Self.matrix("same.dat", seed: 9))
        try trial.quantize("q3_k_m") { $0.imatrix = one }
        #expect(try Self.attribute(trial.output, from: trial.input, [one, same]).fitting == ["one.dat", "same.dat"])
        #expect(try Self.attribute(trial.output, from: trial.input, []).made.count { $0.format == "q3_k" } == 0)
    }

    @Test("a matrix that is not named is no reason to name another: what it made is left unexplained, near this source")
    func unnamed() throws {
        let trial = try Trial()
        try trial.quantize("q3_k_s") { $0.imatrix = try Self.matrix("used.dat", seed: 9) }
        let attribution = try Self.attribute(trial.output, from: trial.input, [Self.matrix("other.dat", seed: 10)])
        let layers = attribution.tensors.filter { $0.name.hasPrefix("blk.") && $0.format == "q3_k" }
        #expect(!layers.isEmpty)
        for tensor in layers {
            guard case .unexplained(let ratio?) = tensor.verdict else {
                Issue.record("\(tensor)")
                continue
            }
            #expect(ratio > 0.9 && ratio < 2, "\(tensor)")
        }
    }

    @Test("a file that was quantized again is found to have been in another format before", arguments: ["q8_0", "q6_k", "q4_0"])
    func again(through: String) throws {
        let trial = try Trial()
        let first = try trial.quantize(through)
        let middle = try trial.folder.file("middle.gguf", first)
        var options = QuantizationOptions(routing: try Routing(mix: "q3_k_s", revision: nil))
        options.allowsRequantizing = true
        let model = try SourceModel.open(path: middle)
        _ = try Quantizer.write(model, plan: QuantizationPlan(model, options), options: options, to: trial.folder.path("final.gguf"))
        let attribution = try Self.attribute(trial.folder.path("final.gguf"), from: trial.input)
        let layers = attribution.tensors.filter { $0.format == "q3_k" }
        #expect(!layers.isEmpty)
        for tensor in layers { #expect(tensor.makers.contains { $0.through == through }, "\(tensor)") }
    }

    @Test("other weights, other shapes and bytes changed in one row are no work of these encoders")
    func strangers() throws {
        let trial = try Trial()
        let bytes = try trial.quantize("q3_k_s")
        var shape = GGUFBuilder.Qwen3Shape()
        shape.vocabulary *= 2
        let larger = try Trial(.smallQwen3(shape))
        let others = try Self.attribute(trial.output, from: larger.input)
        #expect(others.tensors.contains { $0.verdict == .notInSource })
        // A block in a row that is compared, since all are.
        let scan = GGUFScan.scan(bytes)
        let tensor = try #require(scan.tensors.first { $0.typeID == 11 })
        var changed = bytes
        changed[try #require(scan.start(of: tensor)) + 40] ^= 0xFF
        let path = try trial.folder.file("changed.gguf", changed)
        let attribution = try Self.attribute(path, from: trial.input, sample: nil)
        guard case .nearly(let maker, let share) = attribution.tensors[tensor.index].verdict else {
            Issue.record("\(attribution.tensors[tensor.index])")
            return
        }
        #expect(maker.importances == nil && share > 0.9 && share < 1)
        // Weights of another model of this shape.
        var random = SplitMix64(seed: 3)
        var noise = GGUFBuilder.smallQwen3()
        for index in noise.tensors.indices where noise.tensors[index].typeID == 1 {
            // Halves from 0.5 to 1 of either sign.
            noise.tensors[index].data = (0..<noise.tensors[index].data.count / 2).flatMap { _ -> [UInt8] in
                let bits = UInt16(truncatingIfNeeded: random.next()) & 0x83FF | 0x3800
                return [UInt8(truncatingIfNeeded: bits), UInt8(bits >> 8)]
            }
        }
        let stranger = try Trial(noise)
        let foreign = try Self.attribute(trial.output, from: stranger.input)
        for tensor in foreign.tensors where tensor.format == "q3_k" {
            guard case .unexplained(let ratio?) = tensor.verdict else {
                Issue.record("\(tensor)")
                continue
            }
            #expect(ratio > 4, "\(tensor)")
        }
    }
}
