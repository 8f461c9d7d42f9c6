import Foundation
import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF
import Quantization
import TestSupport

/// A quantization in a folder of its own.
struct Trial {
    let folder: TemporaryFolder
    let input: String
    var output: String { folder.path("out.gguf") }

    init(_ builder: GGUFBuilder = .smallQwen3()) throws {
        folder = try TemporaryFolder()
        input = try folder.file("in.gguf", builder.build().bytes)
    }

    /// Quantizes and returns the bytes of the file.
    @discardableResult
    func quantize(_ mix: String, revision: String? = nil, _ change: (inout QuantizationOptions) throws -> Void = { _ in }) throws -> [UInt8]
    {
        defer { withExtendedLifetime(folder) {} }
        var options = QuantizationOptions(routing: try Routing(mix: mix, revision: revision))
        try change(&options)
        let model = try SourceModel.open(path: input)
        _ = try Quantizer.write(model, plan: QuantizationPlan(model, options), options: options, to: output)
        return try folder.bytes("out.gguf")
    }

    func plan(_ mix: String, revision: String? = nil, _ change: (inout QuantizationOptions) throws -> Void = { _ in }) throws
        -> QuantizationPlan
    {
        defer { withExtendedLifetime(folder) {} }
        var options = QuantizationOptions(routing: try Routing(mix: mix, revision: revision))
        try change(&options)
        return try QuantizationPlan(SourceModel.open(path: input), options)
    }
}

extension QuantizationPlan {
    func format(_ name: String) -> String? { tensors.first { $0.source.name == name }?.format.id }
}

/// Importances for every matrix in the layers of a small model: positive, uneven.
func importances(_ shape: GGUFBuilder.Qwen3Shape = .init(), seed: UInt64 = 9) -> [ForeignText: [Float]] {
    var random = SplitMix64(seed: seed)
    var entries: [ForeignText: [Float]] = [:]
    for tensor in GGUFBuilder.smallQwen3(shape).tensors {
        let name = ForeignText(decoding: tensor.name)
        guard name.hasPrefix("blk."), tensor.dimensions.count == 2, let columns = tensor.dimensions.first else { continue }
        entries[name] = (0..<columns).map { _ in
            let uniform = Float(random.next() >> 40) / Float(1 << 24)
            return uniform * uniform * uniform * 8
        }
    }
    return entries
}

func sha256(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}
