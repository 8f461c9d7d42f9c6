import Foundation
import TestSupport
import Testing

@Suite("hifi encode and hifi dot with activations")
struct ActivationCommandTests {
    private static let activations = "Vectors/recorded/activation/gauss.f32"
    private static let encode = ["encode", "--columns", "1024", "--input", activations, "-o", "-"]

    @Test("types of activations are made as for a matrix product", arguments: [("q8_k", 292, 256), ("q8_1", 36, 32)])
    func types(_ type: String, _ bytes: Int, _ values: Int) throws {
        let count = try Repository.bytes(Self.activations).count / 4
        let made = try Tool.run(Self.encode + ["--type", type])
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.output.count == count / values * bytes)
        #expect(try made.output == Tool.run(Self.encode + ["--type", type, "--activations", "portable"]).output)
    }

    @Test("Q8_0 activations of the portable code are the bytes of Q8_0 weights; the vector code rounds ties to even")
    func variants() throws {
        let weights = try Tool.run(Self.encode + ["--type", "q8_0"])
        #expect(weights.status == 0, "\(weights.errors)")
        #expect(try Tool.run(Self.encode + ["--type", "q8_0", "--activations", "portable"]).output == weights.output)
        let ties = [127, 0.5, 1.5, -2.5] + [Float](repeating: 0, count: 28)
        let input = ties.withUnsafeBytes { Data($0) }
        let encode = ["encode", "--type", "q8_0", "--columns", "32", "--input", "-", "-o", "-", "--activations"]
        #expect(try Array(Tool.run(encode + ["portable"], input: input).output[..<6]) == [0, 0x3C, 127, 1, 2, 0xFD])
        #expect(try Array(Tool.run(encode + ["vector"], input: input).output[..<6]) == [0, 0x3C, 127, 0, 2, 0xFE])
    }

    @Test("options that do not apply to activations are refused")
    func refusals() throws {
        let other = try Tool.run(Self.encode + ["--type", "q3_k", "--activations", "vector"])
        #expect(other.status == 64)
        #expect(other.errors.contains("q3_k is not a type of activations"), "\(other.errors)")
        for option in [["--imatrix", "x"], ["--outliers", "2"], ["--backend", "cpu"], ["--on-nonfinite", "original"]] {
            #expect(try Tool.run(Self.encode + ["--type", "q8_k"] + option).status == 64, "\(option)")
        }
        #expect(try Tool.run(Self.encode + ["--type", "q8_k", "--columns", "1000"]).status == 64)
    }

    @Test("rows with headers are multiplied whole; rows that lie together are refused with a way out")
    func rows() throws {
        let folder = try TemporaryFolder()
        let path = "Vectors/recorded/rows/iq4_ks.encoded.bin"
        let decoded = try Tool.run(["decode", "--type", "iq4_ks", "--columns", "1024", "--blocks", path, "-o", "-"])
        #expect(decoded.status == 0, "\(decoded.errors)")
        func floats(_ data: Data) -> [Float] {
            data.withUnsafeBytes { bytes in
                (0..<bytes.count / 4).map { bytes.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
            }
        }
        let weights = floats(decoded.output)
        for place in [0, 255, 256, 1023] {
            var vector = [Float](repeating: 0, count: 1024)
            vector[place] = 1
            let one = try folder.file("vector", vector.withUnsafeBytes(Array.init))
            let products = try Tool.run(["dot", "--type", "iq4_ks", "--blocks", path, "--activations", one, "-o", "-"])
            #expect(products.status == 0, "\(products.errors)")
            let found = floats(products.output)
            #expect(found.count == weights.count / 1024 && found.count > 1)
            for (row, product) in found.enumerated() {
                let weight = weights[1024 * row + place]
                #expect(abs(product - weight) <= 4 * weight.ulp, "row \(row), weight \(place)")
            }
        }
        let woven = try Tool.run(["dot", "--type", "q4_k_r4", "--blocks", path, "--activations", path, "-o", "-"])
        #expect(woven.status == 64 && woven.errors.contains("`hifi decode` takes them apart"), "\(woven.errors)")
    }

    @Test("no NaN is printed with a sign")
    func nan() throws {
        let folder = try TemporaryFolder()
        for half: [UInt8] in [[0x00, 0x7E], [0x00, 0xFE]] {
            let block = try folder.file("block", half + [UInt8](repeating: 1, count: 32))
            let ones = try folder.file("ones", [Float](repeating: -1, count: 32).withUnsafeBytes(Array.init))
            let words = ["dot", "--type", "q8_0", "--blocks", block, "--activations", ones, "-o", folder.path("y"), "--bounds"]
            let text = try Tool.run(words).text
            #expect(text.contains("nan") && !text.contains("-nan"), "\(text)")
        }
    }

    @Test("every row of blocks is multiplied with its own vector, or all with one")
    func pairs() throws {
        let folder = try TemporaryFolder()
        let blocks = try Array(Repository.bytes("Vectors/recorded/decode/q3_k.random.bin").suffix(6 * 110))
        let values = try Array(Repository.bytes(Self.activations).prefix(3 * 512 * 4))
        let all = try folder.file("blocks", blocks)
        let dot = ["dot", "--type", "q3_k", "-o", "-"]
        let paired = try Tool.run(
            dot + ["--blocks", all, "--activations", folder.file("three", values), "--columns", "512"])
        #expect(paired.status == 0, "\(paired.errors)")
        #expect(paired.output.count == 12)
        for row in 0..<3 {
            let vector = try folder.file("one", Array(values[2048 * row..<2048 * row + 2048]))
            let one = try folder.file("row", Array(blocks[220 * row..<220 * row + 220]))
            let alone = try Tool.run(dot + ["--blocks", one, "--activations", vector]).output
            #expect(paired.output.dropFirst(4 * row).prefix(4) == alone)
            let shared = try Tool.run(dot + ["--blocks", all, "--activations", vector]).output
            #expect(shared.count == 12 && shared.dropFirst(4 * row).prefix(4) == alone)
        }
        let two = try Tool.run(
            dot + ["--blocks", all, "--activations", folder.file("two", Array(values.prefix(4096))), "--columns", "512"])
        #expect(two.status == 2)
        #expect(two.errors.contains("2 vectors for 3 rows"), "\(two.errors)")
        #expect(try Tool.run(dot + ["--blocks", all, "--activations", folder.path("two"), "--columns", "100"]).status == 64)
    }
}
