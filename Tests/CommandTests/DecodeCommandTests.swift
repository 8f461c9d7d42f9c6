import Foundation
import HIFIBlockSpec
import TestSupport
import Testing

@Suite("hifi decode")
struct DecodeCommandTests {
    @Test("decodes recorded blocks to a raw file, to standard output and to .npy")
    func outputs() throws {
        let folder = try TemporaryFolder()
        let blocks = "Vectors/recorded/decode/q3_k_hifi-r6.random.bin"
        let raw = folder.path("w.f32")
        #expect(try Tool.run(["decode", "--type", "q3_k_hifi", "--blocks", blocks, "-o", raw]).status == 0)
        let weights = try Data(contentsOf: folder.url("w.f32"))
        #expect(weights.count == 512 * 256 * 4)

        let piped = try Tool.run(["decode", "--type", "Q3_K_HIFI@r6", "--blocks", "-", "-o", "-"], input: Data(Repository.bytes(blocks)))
        #expect(piped.status == 0)
        #expect(piped.output == weights)

        #expect(try Tool.run(["decode", "--type", "q3_hifi", "--blocks", blocks, "-o", folder.path("w.npy")]).status == 0)
        let array = try Data(contentsOf: folder.url("w.npy"))
        #expect(array.suffix(weights.count) == weights)
        #expect(array.starts(with: [0x93] + Array("NUMPY".utf8)))
    }

    @Test("every backend here gives the same bits", arguments: ["cpu", "scalar"])
    func backends(name: String) throws {
        let blocks = "Vectors/recorded/decode/q3_k_hifi-r6.random.bin"
        let decode = ["decode", "--type", "q3_k_hifi", "--blocks", blocks, "-o", "-"]
        let kernel = try Tool.run(decode + ["--backend", name])
        #expect(kernel.status == 0, "\(kernel.errors)")
        #expect(try kernel.output == Tool.run(decode).output)
    }

    @Test("an unavailable backend and an unknown one give different errors")
    func noBackend() throws {
        let decode = ["decode", "--type", "q3_k", "--blocks", "Vectors/recorded/decode/q3_k.random.bin", "-o", "-", "--backend"]
        #expect(try Tool.run(decode + ["ggml:/nowhere"]).status == 69)
        #expect(try Tool.run(decode + ["exec:/nowhere/adapter"]).status == 69)
        #expect(try Tool.run(decode + ["abacus"]).status == 64)
        #if arch(x86_64)
            #expect(try Tool.run(decode + ["neon"]).status == 69)
        #endif
    }

    @Test("an unknown type is a usage error that names the nearest")
    func unknownType() throws {
        let outcome = try Tool.run(["decode", "--type", "q3_k_hifi@r99", "--blocks", "x", "-o", "y"])
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("q3_k_hifi@r6"))
    }

    @Test("a partial block is malformed, a missing file an input error, a type without layout a usage error")
    func failures() throws {
        let folder = try TemporaryFolder()
        let odd = try folder.file("odd", [UInt8](repeating: 0, count: 135))
        let partial = try Tool.run(["decode", "--type", "q3_k_hifi", "--blocks", odd, "-o", folder.path("o")])
        #expect(partial.status == 2)
        #expect(partial.errors.contains("134 bytes"))
        #expect(!FileManager.default.fileExists(atPath: folder.path("o")))
        #expect(try Tool.run(["decode", "--type", "q3_k", "--blocks", folder.path("none"), "-o", "-"]).status == 74)
        #expect(try Tool.run(["decode", "--type", "q3_k", "--blocks", odd, "-o", "/nowhere/at/all"]).status != 0)
        let turbo = try #require(Spec.format("q4_k_turbo"))
        let even = try folder.file("even", [UInt8](repeating: 0, count: turbo.bytes))
        #expect(try Tool.run(["decode", "--type", "q4_k_turbo", "--blocks", even, "-o", "-"]).status == 64)
        #expect(try Tool.run(["decode"]).status == 64)
    }

    @Test("interleaved rows are written one after the other, of one group or of several")
    func interleaved() throws {
        let folder = try TemporaryFolder()
        let group = try Repository.bytes("Vectors/recorded/woven/iq4_ks_r4.bin")
        let one = try folder.file("one", group)
        let decode = ["decode", "--type", "iq4_ks_r4", "-o", "-", "--blocks"]
        let weights = try Tool.run(decode + [one])
        #expect(weights.status == 0 && weights.output.count == 4 * 512 * 4, "\(weights.errors)")
        let two = try folder.file("two", group + group)
        #expect(try Tool.run(decode + [two, "--columns", "512"]).output == weights.output + weights.output)
        for words in [[two, "--columns", "256"], [two, "--columns", "500"], [try folder.file("odd", Array(group.dropLast()))]] {
            #expect(try Tool.run(decode + words).status == 2, "\(words)")
        }
        for backend in ["reference", "cpu"] {
            #expect(try Tool.run(decode + [one, "--backend", backend]).output == weights.output, "\(backend)")
        }
    }

    @Test("rows with headers are decoded by every backend, of one row or of several", arguments: ["iq4_ks", "iq2_kl", "q8_kv", "iq1_bn"])
    func rows(type: String) throws {
        let path = "Vectors/recorded/rows/\(type).random.bin"
        let decode = ["decode", "--type", type, "-o", "-", "--columns", "1024", "--blocks", path]
        let weights = try Tool.run(decode)
        #expect(weights.status == 0 && weights.output.count == 4 * 1024 * 4, "\(weights.errors)")
        for backend in ["reference", "cpu", "scalar"] {
            #expect(try Tool.run(decode + ["--backend", backend]).output == weights.output, "\(backend)")
        }
    }

    @Test("how long rows are has to be said where the file leaves several possibilities")
    func rowLengths() throws {
        let folder = try TemporaryFolder()
        // Five rows of 64 weights, one of 352, or nine of 32.
        let five = try folder.file("five", [UInt8](repeating: 0, count: 5 * 72))
        let decode = ["decode", "--type", "q8_kv", "--blocks", five, "-o", "-"]
        let open = try Tool.run(decode)
        #expect(open.status == 64 && open.output.isEmpty)
        #expect(
            open.errors.contains("360 bytes of q8_kv may be rows of 352, 64, 32 weights") && open.errors.contains("--columns"),
            "\(open.errors)"
        )
        #expect(try Tool.run(decode + ["--columns", "64"]).output.count == 5 * 64 * 4)
        #expect(try Tool.run(decode + ["--columns", "352"]).output.count == 352 * 4)
        let woven = try folder.file("woven", [UInt8](repeating: 0, count: 8 * 144))
        #expect(try Tool.run(["decode", "--type", "q4_k_r4", "--blocks", woven, "-o", "-"]).status == 64)
    }

    @Test(
        "of a type that is not described, what is known is said",
        arguments: [
            ("i2_s", ["known by its size only: 1 byte for 4 weights, 32 at the end of each tensor"]),
            ("q8_k16", ["known by its size only", "20 in front of each row"]),
            (
                "TQ3_1S",
                ["TQ3_1S is known by name only, as type 44 (turbo-tan/llama.cpp-tq3) and 45 (llama-cpp-turboquant)", "not recorded here\n"]
            ), ("q4_2", ["known by name only", "withdrawn"]),
        ])
    func undescribed(_ type: String, _ words: [String]) throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("b", [UInt8](repeating: 0, count: 84))
        let outcome = try Tool.run(["decode", "--type", type, "--blocks", path, "-o", "-"])
        #expect(outcome.status == 64)
        for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
    }

    @Test("lists every decodable type")
    func list() throws {
        let text = try Tool.run(["decode", "--list"]).text
        for format in Spec.formats where format.decoding != nil { #expect(text.contains(format.id)) }
    }
}
