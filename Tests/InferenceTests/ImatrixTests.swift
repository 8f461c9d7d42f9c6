import Foundation
import HIFIForeign
import HIFIGGUF
import Importance
import Inference
import TestSupport
import Testing

@Suite("Importance matrices")
struct ImatrixTests {
    private func collect(threads: Int = 1, includesOutput: Bool = false, chunks: ClosedRange<Int> = 1...2) throws -> ImportanceSums {
        let session = try InferenceSession(TinyModel.load(), context: 64, options: .init(threads: threads))
        return try ImportanceCollector(session, includesOutput: includesOutput)
            .collect(TinyModel.run(context: 64, chunks: chunks), dataset: "a/text.txt")
    }

    @Test("Every matrix within the layers has an entry; those with the same input have the same sums")
    func entries() throws {
        let matrix = try collect()
        #expect(matrix.entries.count == 42)
        #expect(matrix.entries.map(\.name) == matrix.entries.map(\.name).sorted())
        let byName = Dictionary(uniqueKeysWithValues: matrix.entries.map { ($0.name, $0) })
        for layer in 0..<6 {
            func sums(_ part: String) -> [Float]? { byName["blk.\(layer).\(part).weight"]?.sums }
            #expect(sums("attn_q") == sums("attn_k"))
            #expect(sums("attn_q") == sums("attn_v"))
            #expect(sums("ffn_gate") == sums("ffn_up"))
            #expect(sums("attn_q")?.count == 256)
            #expect(sums("attn_output")?.count == 512)
            #expect(sums("ffn_down")?.count == 768)
        }
        // All positions of all chunks count, those of the last layer too.
        #expect(matrix.entries.allSatisfy { $0.counts == [128] && $0.sums.allSatisfy { $0 > 0 } })
    }

    @Test("Sums are those of the activations")
    func sums() throws {
        let session = try InferenceSession(TinyModel.load(), context: 64)
        let run = try TinyModel.run(context: 64, chunks: 1...1)
        var expected = [Double](repeating: 0, count: 768)
        session.observer = { name, _, activations, columns in
            guard name == "blk.5.ffn_down.weight" else { return }
            for (index, value) in activations.enumerated() { expected[index % columns] += Double(value) * Double(value) }
        }
        try session.append(Array(run.tokens.prefix(64)), outputs: 0) { _, _ in }
        let matrix = try collect(chunks: 1...1)
        #expect(matrix.entries.first { $0.name == "blk.5.ffn_down.weight" }?.sums == expected.map { Float($0) })
    }

    @Test("Threads change no bit")
    func threads() throws { #expect(try collect(threads: 3).entries == collect().entries) }

    @Test("The file has the tensors and keys that llama.cpp's quantizer reads")
    func file() throws {
        let folder = try TemporaryFolder()
        let matrix = try collect()
        try matrix.write(to: folder.path("m.gguf"))
        let file = try GGUFFile.open(path: folder.path("m.gguf"))
        #expect(file.metadata.map(\.key) == ["general.type", "imatrix.datasets", "imatrix.chunk_count", "imatrix.chunk_size"])
        #expect(try file.value("general.type", as: ForeignText.self) == "imatrix")
        #expect(try file.value("imatrix.datasets", as: [ForeignText].self) == ["a/text.txt"])
        #expect(try file.value("imatrix.chunk_count", as: UInt32.self) == 2)
        #expect(try file.value("imatrix.chunk_size", as: UInt32.self) == 64)
        #expect(file.tensors.count == 84)
        let counts = try #require(file.tensor(named: "blk.0.attn_k.weight.counts"))
        #expect(counts.dimensions == [1] && counts.typeID == 0)
        #expect(try file.bytes(of: counts, byteCount: 4).load(UInt32.self, at: 0) == Float(128).bitPattern)
        let sums = try #require(file.tensor(named: "blk.0.attn_k.weight.in_sum2"))
        #expect(sums.dimensions == [256])
        #expect(try file.bytes(of: sums, byteCount: 1024).load(UInt32.self, at: 4) == matrix.entries[0].sums[1].bitPattern)
    }

    @Test("The output matrix counts only where it has a tensor of its own")
    func output() throws { #expect(try collect(includesOutput: true).entries.count == 42) }
}
