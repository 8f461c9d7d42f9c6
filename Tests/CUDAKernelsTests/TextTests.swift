import CUDAKernels
import Foundation
import TestSupport
import Testing

@Suite("The kernels' text and what is made of it")
struct TextTests {
    @Test("the binary carries the files of the folder, all of them, in the order of their names")
    func embedded() throws {
        let files = Repository.files(below: "Sources/CUDATexts/Kernels", withExtension: "cu")
        #expect(files.count == 14)
        #expect(try KernelText.source == files.map { try Repository.text($0) }.joined())
    }

    @Test("the PTX was made of this text", arguments: KernelText.architectures)
    func current(_ architecture: Int) throws {
        let digest = SHA256.hash(data: Data(KernelText.source.utf8)).map { String(format: "%02x", $0) }.joined()
        let ptx = KernelText.ptx(architecture)
        #expect(try ptx == Repository.text("Sources/CUDATexts/PTX/compute_\(architecture).ptx"))
        #expect(ptx.hasPrefix("// sha256 \(digest), compute_\(architecture) "), "stale: run Scripts/cuda-ptx")
        #expect(ptx.contains(".target sm_\(architecture)\n"))
    }

    @Test("the PTX has every kernel that the text has", arguments: KernelText.architectures)
    func complete(_ architecture: Int) {
        let ptx = KernelText.ptx(architecture)
        for format in ["q3_k", "q4_k", "q5_k", "q6_k", "q8_0", "hifi", "res8"] {
            for kernel in ["decode_\(format)", "decode_short_\(format)", "repack_\(format)", "gather_\(format)"]
                + [1, 4, 8].map({ "tiles_\(format)_\($0)" }) + [1, 4].map({ "rows_\(format)_\($0)" })
            { #expect(ptx.contains(".entry hifi_\(kernel)("), "\(kernel)") }
        }
        let floats =
            [
                "quantize_q8k", "quantize_q80", "spread_q8k", "quantize_spread", "quantize_swiglu", "norm", "heads", "add", "swiglu",
                "through_q8_0",
                "through_q8_k",
            ]
            + ["broken", "attention_scores", "attention_terms", "attention_read_64", "attention_read_128", "score"]
            + ["f32", "f16", "bf16"].flatMap { ["product_\($0)_32", "product_\($0)_128", "gather_\($0)"] }
        for kernel in floats { #expect(ptx.contains(".entry hifi_\(kernel)("), "\(kernel)") }
    }

    /// The C structs and enums of the text against the Swift that launches it.
    @Test("sizes that both sides must agree on")
    func sizes() {
        for sentence in [
            "#define SEGMENT 16\n", "#define WARPS 4\n", "#define ROWS 128\n", "#define COLS 128\n", "#define PITCH 272\n",
            "#define DEPTH 8\n",
        ] {
            #expect(KernelText.source.contains(sentence))
        }
    }
}

@Suite("NVIDIA's compiler takes the kernels")
struct CompilerTests {
    static let compiler = try? NVRTC()
    static let why: Comment = "no NVRTC library: that the kernels compile is NOT checked; HIFI_NVRTC=$(Scripts/cuda-nvrtc) gives one"

    /// A kernel with a stack frame spills registers, or keeps an array in memory: both are slow.
    @Test("no kernel needs a stack", .enabled(if: compiler != nil, why), arguments: ["sm_75", "sm_80", "sm_90"])
    func stackless(_ architecture: String) throws {
        let image = try #require(Self.compiler).compile(KernelText.source, architecture: architecture).image
        let frames = try #require(MachineImage.frames(of: image))
        #expect(frames.count >= 96)
        #expect(frames.filter { $0.value > 0 } == [:])
    }

    @Test("mistakes are reported with the compiler's message", .enabled(if: compiler != nil, why))
    func mistakes() throws {
        let compiler = try #require(Self.compiler)
        #expect { try compiler.compile("__global__ void f() { oops(); }", architecture: "sm_90") } throws: { "\($0)".contains("oops") }
    }

    @Test("a folder without the library")
    func missing() {
        #expect(throws: CUDAError.noCompiler("/nowhere")) { _ = try NVRTC(folder: "/nowhere") }
    }
}

/// What a test needs of a machine image, which is an ELF file.
enum MachineImage {
    /// Bytes of stack of each function, by the attributes of section `.nv.info`; nil if the file has no such section.
    static func frames(of image: [UInt8]) -> [String: Int]? {
        func integer(_ at: Int, _ bytes: Int) -> Int? {
            guard at >= 0, at + bytes <= image.count else { return nil }
            return (0..<bytes).reduce(0) { $0 | Int(image[at + $1]) << (8 * $1) }
        }
        func name(_ at: Int) -> String? {
            guard at >= 0, at < image.count else { return nil }
            return String(decoding: image[at...].prefix { $0 != 0 }, as: UTF8.self)
        }
        guard image.starts(with: [0x7F, 0x45, 0x4C, 0x46]), let table = integer(40, 8), let count = integer(60, 2),
            let names = integer(62, 2)
        else { return nil }
        func section(_ index: Int, _ field: Int, _ bytes: Int) -> Int? { integer(table + 64 * index + field, bytes) }
        guard let nameTable = section(names, 24, 8), let symbols = (0..<count).first(where: { section($0, 4, 4) == 2 }),
            let symbolTable = section(symbols, 24, 8), let link = section(symbols, 40, 4), let symbolNames = section(link, 24, 8),
            let info = (0..<count).first(where: { section($0, 0, 4).flatMap { name(nameTable + $0) } == ".nv.info" }),
            var at = section(info, 24, 8), let size = section(info, 32, 8)
        else { return nil }
        let end = at + size
        var frames: [String: Int] = [:]
        while at < end, let form = integer(at, 1), let attribute = integer(at + 1, 1), let length = integer(at + 2, 2) {
            // Form 4 carries bytes; attribute 0x11 is a function's frame: its symbol, its size.
            if form == 4, attribute == 0x11, let symbol = integer(at + 4, 4), let bytes = integer(at + 8, 4),
                let function = integer(symbolTable + 24 * symbol, 4).flatMap({ name(symbolNames + $0) })
            {
                frames[function] = bytes
            }
            at += form == 4 ? 4 + length : 4
        }
        return frames
    }
}
