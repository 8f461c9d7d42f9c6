import BlockSpec
import Crypto
import Foundation
import GGUF
import Quantization
import TestSupport

/// A folder of its own for a test, removed with the last reference to it.
final class TemporaryFolder: Sendable {
    let root: URL

    init() throws {
        root = FileManager.default.temporaryDirectory.appendingPathComponent("hifi-quantize-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    func path(_ name: String) -> String { root.appendingPathComponent(name).path }

    /// Writes a file and returns its path.
    func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        try Data(bytes).write(to: root.appendingPathComponent(name))
        return path(name)
    }

    /// Everything in it, hidden files too.
    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []).sorted() }

    func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: root.appendingPathComponent(name))) }
}

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
func importances(_ shape: GGUFBuilder.Qwen3Shape = .init(), seed: UInt64 = 9) -> [String: [Float]] {
    var random = SplitMix64(seed: seed)
    var entries: [String: [Float]] = [:]
    for tensor in GGUFBuilder.smallQwen3(shape).tensors {
        let name = String(decoding: tensor.name, as: UTF8.self)
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
