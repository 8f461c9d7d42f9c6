import Foundation
import TestSupport
import Testing

@Suite("hifi attribute")
struct AttributeCommandTests {
    private let folder: TemporaryFolder
    /// A made-up model, and importances for the matrices of its layers.
    private let source: String
    private let matrix: String

    init() throws {
        folder = try TemporaryFolder()
        let builder = GGUFBuilder.smallQwen3()
        source = try folder.file("source.gguf", builder.build().bytes)
        // The older form of importance matrices: how many, then name, calls and sums of each.
        var random = SplitMix64(seed: 5)
        var bytes: [UInt8] = []
        func add(_ value: UInt32) { bytes += [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value >> $0) } }
        let matrices = builder.tensors.filter { $0.name.starts(with: Array("blk.".utf8)) && $0.dimensions.count == 2 }
        add(UInt32(matrices.count))
        for tensor in matrices {
            add(UInt32(tensor.name.count))
            bytes += tensor.name
            add(1)
            add(UInt32(tensor.dimensions[0]))
            for _ in 0..<tensor.dimensions[0] { add((Float(random.next() >> 40) / Float(1 << 20)).bitPattern) }
        }
        matrix = try folder.file("i.dat", bytes)
    }

    private func quantize(_ mix: String, _ more: String...) throws -> String {
        let path = folder.path("\(mix)\(more.count).gguf")
        let outcome = try Tool.run(["quantize", source, path, "--mix", mix] + more)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return path
    }

    @Test("names the routing, the project, and the matrix that was used")
    func sentences() throws {
        let plain = try quantize("q3_k_hifi")
        let guided = try quantize("q3_k_hifi", "--imatrix", matrix)
        let without = try Tool.run(["attribute", plain, "--source", source, "--imatrix", matrix])
        #expect(without.status == 0, "\(without.errors)")
        #expect(without.text.hasPrefix("explained  \(plain): q3_k_hifi"), "\(without.text)")
        #expect(without.text.contains(" made without importances, or with none of those named, without contraction\n"), "\(without.text)")
        let with = try Tool.run(["attribute", guided, "--source", source, "--imatrix", matrix, "--tensors", "--all-content"])
        #expect(with.status == 0 && with.text.contains(" made with importances from \(matrix), without contraction\n"), "\(with.text)")
        #expect(with.text.contains("q6_k × 1: without importances (token_embd.weight)"), "\(with.text)")
        #expect(with.text.contains("blk.7.ffn_down.weight"), "\(with.text)")
        let unnamed = try Tool.run(["attribute", guided, "--source", source])
        #expect(unnamed.status == 1 && unnamed.text.hasPrefix("in part  "), "\(unnamed.text)")
        #expect(unnamed.text.contains(" by another hand\n"), "\(unnamed.text)")
        #expect(
            unnamed.text.contains("made otherwise: another search, other importances, or a source that was rounded otherwise (error "),
            "\(unnamed.text)")
    }

    @Test("a copy, and a file that has another shape than its source")
    func others() throws {
        let copy = try Tool.run(["attribute", VerifyCommandTests.model, "--source", VerifyCommandTests.model])
        #expect(copy.status == 0 && copy.text.contains("every tensor is a copy of the source's: nothing was encoded"), "\(copy.text)")
        let other = try Tool.run(["attribute", VerifyCommandTests.model, "--source", source])
        #expect(other.status == 1 && other.text.contains("the source has no tensor of this name and shape"), "\(other.text)")
    }
}
