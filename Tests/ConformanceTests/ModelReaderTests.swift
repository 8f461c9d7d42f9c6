import BlockDiff
import Foundation
import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF
import TestSupport
import Testing

@Suite("Reading the types of a model by a dialect that was named")
struct ModelReaderTests {
    /// Number 40 of 2026-01-26: five revisions of one size, of which two replace and three add.
    private static let dialect = "fork-2026-01-26"

    private static func format(stamp: String?, dialect: String = ModelReaderTests.dialect, typeID: UInt32 = 40, data: Int = 160) throws
        -> String
    {
        var builder = GGUFBuilder()
        builder.entries = [.init("general.architecture", .string("qwen3"))]
        if let stamp {
            builder.entries += [
                .init("hifi.spec_version", .string("0.1.0")), .init("hifi.dialect", .string(Self.dialect)),
                .init("hifi.types", .strings(["0=f32", "\(typeID)=\(stamp)"])),
            ]
        }
        builder.tensors = [
            .init("blk.0.attn_v.weight", [256, 4], typeID: typeID, data: [UInt8](repeating: 0, count: 4 * data)),
            .init("output_norm.weight", [8], typeID: 0, data: [UInt8](repeating: 1, count: 32)),
        ]
        let folder = try TemporaryFolder()
        let model = try SplitSet.open(path: try folder.file("model.gguf", builder.build().bytes))
        let reading = try #require(ModelReader(dialect: dialect)).read(model, name: "model")
        let tensor = try #require(reading.tensor(named: "blk.0.attn_v.weight"))
        switch tensor.reading.format(of: tensor.info) {
        case .success(let format): return format.id
        case .failure(let problem): return problem.description
        }
    }

    @Test("of revisions that fit alike, the file's stamp says which", arguments: ["b", "c", "d", "e", "f"])
    func stamped(_ letter: String) throws {
        #expect(try Self.format(stamp: "q3_k_hifi@r7\(letter)") == "q3_k_hifi@r7\(letter)")
    }

    @Test("what neither stamp nor blocks settle is named, and not guessed")
    func open() throws {
        let problem = try Self.format(stamp: nil)
        #expect(problem.contains("may be q3_k_hifi@r7b") && problem.contains("q3_k_hifi@r7f"), "\(problem)")
    }

    @Test("a number of one meaning, and of several that differ in size, needs no stamp")
    func settled() throws {
        #expect(try Self.format(stamp: nil, dialect: "fork-2025-12-22", data: 134) == "q3_k_hifi@r6")
        #expect(try Self.format(stamp: nil, dialect: "fork-2026-01-17", data: 134) == "q3_k_hifi@r6")
        #expect(try Self.format(stamp: nil, dialect: "fork-2026-01-17", data: 160) == "q3_k_hifi@r7a")
    }
}
