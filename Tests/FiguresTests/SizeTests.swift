import Figures
import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF
import TestSupport
import Testing

@Suite("Sizes from shapes and mixes")
struct SizeTests {
    /// Model, mix, bytes and what the loader prints, from an independent model of the same rules.
    static let cells: [(model: String, mix: String, bytes: UInt64, printed: String)] = [
        ("qwen3-0.6b", "q3_k_hifi", 400_941_056, "382.37 MiB, 4.27"), ("qwen3-0.6b", "q3_k_m", 408_027_136, "389.12 MiB, 4.34"),
        ("qwen3-0.6b", "q3_k_s", 383_975_424, "366.19 MiB, 4.09"), ("qwen3-1.7b", "q3_k_hifi", 1_041_764_352, "993.50 MiB, 4.10"),
        ("qwen3-1.7b", "q3_k_m", 1_067_290_624, "1017.85 MiB, 4.20"), ("qwen3-1.7b", "q3_k_s", 995_004_416, "948.91 MiB, 3.92"),
        ("qwen3-4b", "q3_k_hifi", 2_007_729_664, "1.87 GiB, 3.99"), ("qwen3-4b", "q3_k_m", 2_069_661_184, "1.93 GiB, 4.12"),
        ("qwen3-4b", "q3_k_s", 1_881_040_384, "1.75 GiB, 3.74"), ("qwen3-8b", "q3_k_hifi", 3_994_865_664, "3.72 GiB, 3.90"),
        ("qwen3-8b", "q3_k_m", 4_118_204_416, "3.84 GiB, 4.02"), ("qwen3-8b", "q3_k_s", 3_763_654_656, "3.51 GiB, 3.68"),
        ("qwen3-14b", "q3_k_hifi", 7_072_583_680, "6.59 GiB, 3.83"), ("qwen3-14b", "q3_k_m", 7_315_353_600, "6.81 GiB, 3.96"),
        ("qwen3-14b", "q3_k_s", 6_651_146_240, "6.19 GiB, 3.60"), ("qwen3-32b", "q3_k_hifi", 15_377_944_576, "14.32 GiB, 3.76"),
        ("qwen3-32b", "q3_k_m", 15_965_802_496, "14.87 GiB, 3.90"), ("qwen3-32b", "q3_k_s", 14_383_763_456, "13.40 GiB, 3.51"),
    ]

    @Test("all eighteen published cells follow, three of them printed with fewer digits")
    func published() throws {
        let table = try #require(Spec.published.first)
        let report = try SizeReport.published(table, SizeReport.publishedMixes.map { try .init(mix: $0) })
        #expect(report.cells == 18 && report.following == 18 && report.agrees)
        for cell in Self.cells {
            let row = try #require(report.rows.first { $0.size.model.raw == cell.model && $0.size.mix == cell.mix })
            #expect(row.size.bytes == cell.bytes)
            #expect("\(row.size.loader.size), \(row.size.loader.bitsPerWeight)" == cell.printed)
        }
        let matches = report.rows.compactMap { row in row.published.map { "\(row.label) \($0.name) \($0.sizeMatch.rawValue)" } }
        #expect(
            matches.filter { !$0.hasSuffix("exact") }
                == ["1.7B Q3_HIFI fewer-digits", "1.7B Q3_K_M rounded-twice", "1.7B Q3_K_S fewer-digits"])
    }

    @Test("the published files hold the output matrix where shapes say so: no cell follows the other way round")
    func outputTensor() throws {
        let table = try #require(Spec.published.first)
        let report = try SizeReport.published(table, SizeReport.publishedMixes.map { try .init(mix: $0) })
        for model in report.models {
            #expect(model.cellsWithOutput == (model.id == "qwen3-4b" ? 0 : 3), "\(model.id)")
            #expect(model.cellsWithoutOutput == (model.id == "qwen3-4b" ? 3 : 0), "\(model.id)")
        }
        #expect(report.models.filter { $0.isTied == true && $0.hasOutputTensor }.map(\.id) == ["qwen3-0.6b", "qwen3-1.7b"])
    }

    /// Tensors in f32, the HIFI format, q3_k, q4_k, q5_k, q6_k, for hifi, m, s and l of each model.
    static let histograms: [(model: String, counts: [[Int]])] = [
        ("qwen3-0.6b", [[113, 37, 123, 37, 0, 1], [113, 0, 113, 81, 3, 1], [113, 0, 197, 0, 0, 1], [113, 0, 113, 0, 84, 1]]),
        ("qwen3-1.7b", [[113, 37, 123, 37, 0, 1], [113, 0, 113, 81, 3, 1], [113, 0, 197, 0, 0, 1], [113, 0, 113, 0, 84, 1]]),
        ("qwen3-4b", [[145, 48, 156, 48, 0, 1], [145, 0, 144, 104, 4, 1], [145, 0, 252, 0, 0, 1], [145, 0, 144, 0, 108, 1]]),
        ("qwen3-8b", [[145, 48, 157, 48, 0, 1], [145, 0, 145, 104, 4, 1], [145, 0, 253, 0, 0, 1], [145, 0, 145, 0, 108, 1]]),
        ("qwen3-14b", [[161, 53, 175, 53, 0, 1], [161, 0, 161, 116, 4, 1], [161, 0, 281, 0, 0, 1], [161, 0, 161, 0, 120, 1]]),
        ("qwen3-32b", [[257, 85, 280, 84, 0, 1], [257, 0, 257, 186, 6, 1], [257, 0, 449, 0, 0, 1], [257, 0, 257, 0, 192, 1]]),
    ]

    @Test("tensor types occur as often as in the table", arguments: histograms.indices)
    func histogram(index: Int) throws {
        let (id, expected) = Self.histograms[index]
        for (mix, counts) in zip(["q3_k_hifi", "q3_k_m", "q3_k_s", "q3_k_l"], expected) {
            let size = try ModelSize(SizedModel(known: id), .init(mix: mix))
            #expect(["f32", "q3_k_hifi@r6", "q3_k", "q4_k", "q5_k", "q6_k"].map(size.tensors(of:)) == counts, "\(id) \(mix)")
            #expect(size.tensors == counts.reduce(0, +))
            #expect(size.histogram.reduce(0) { $0 + $1.bytes } == size.bytes)
            #expect(size.histogram.reduce(0) { $0 + $1.elements } == size.elements)
        }
    }

    /// Model, mix, revision, imatrix and what the loader prints: shapes, routings and revisions that were not published.
    static let others: [(model: String, mix: String, revision: String?, imatrix: Bool, printed: [String])] = [
        ("qwen3-0.6b", "q3_k_hifi", "r5", false, ["381.08 MiB"]), ("qwen3-1.7b", "q3_k_hifi", "r5", false, ["989.66 MiB"]),
        ("qwen3-0.6b", "q3_k_hifi", "r12", false, ["382.80 MiB"]), ("qwen3-1.7b", "q3_k_hifi", "q3_k_hifi@r12", false, ["994.79 MiB"]),
        ("qwen3-0.6b", "a1", "r6", false, ["383.14 MiB"]), ("qwen3-1.7b", "A1", "r6", false, ["994.72 MiB"]),
        ("qwen3-0.6b", "u116a", nil, false, ["379.51 MiB"]), ("qwen3-32b", "u134", nil, false, ["16.19 GiB"]),
        ("qwen3-14b", "j18", nil, true, ["7.77 GiB"]), ("qwen3-14b", "j18", nil, false, ["8.62 GiB"]),
        ("qwen3-8b", "f08", nil, true, ["4.48 GiB", "4.60 GiB"]), ("qwen3-8b", "f08", nil, false, ["4.48 GiB"]),
        ("qwen3-1.7b", "f08", nil, true, ["1.14 GiB"]),
    ]

    @Test("other routings and revisions give the sizes of their time", arguments: others.indices)
    func otherRoutings(index: Int) throws {
        let (model, mix, revision, imatrix, printed) = Self.others[index]
        let request = try ModelSize.Request(mix: mix, revision: revision, imatrix: imatrix)
        #expect(try ModelSize.all(SizedModel(known: model), request).map(\.loader.size) == printed)
    }

    @Test("a checkpoint without lm_head gives other sizes than the published 0.6B")
    func configuration() throws {
        let config = HuggingFaceConfig(
            modelType: "qwen3", hiddenSize: 1024, layers: 28, intermediateSize: 3072, heads: 16, headsKV: 8, headSize: 128,
            vocabulary: 151_936, tied: true)
        let tied = try config.model(id: "0.6B")
        #expect(!tied.hasOutputTensor && tied.notes.contains { $0.contains("qwen3-0.6b hold output.weight") })
        let size = try ModelSize(tied, .init(mix: "q3_k_hifi"))
        #expect("\(size.loader.size), \(size.loader.bitsPerWeight)" == "318.61 MiB, 4.48")
        #expect(try ModelSize(config.model(id: "0.6B", outputTensor: true), .init(mix: "q3_k_hifi")).bytes == 400_941_056)
    }

    @Test("a llama of one layer has the size that was added up by hand")
    func llama() throws {
        let config = HuggingFaceConfig(
            modelType: "llama", hiddenSize: 256, layers: 1, intermediateSize: 256, heads: 2, headsKV: 1, vocabulary: 256, tied: false)
        let size = try ModelSize(config.model(id: "small"), .init(mix: "q3_k_s"))
        // Seven 256 × 256 matrices, two of 256 × 128, three norms; the output in Q6_K.
        #expect(size.elements == 7 * 65_536 + 2 * 32_768 + 3 * 256)
        #expect(size.bytes == 6 * 256 * 110 + 2 * 128 * 110 + 256 * 210 + 3 * 256 * 4)
        #expect(size.tensors == 12 && size.hifi == nil && size.fallbacks == 0)
    }

    @Test("rows that are not whole super-blocks take the quantizer's other types")
    func fallbacks() throws {
        func model(_ width: Int) throws -> SizedModel {
            try HuggingFaceConfig(
                modelType: "llama", hiddenSize: width, layers: 1, intermediateSize: 256, heads: 1, headSize: 256, vocabulary: 10,
                tied: false
            ).model(id: "odd")
        }
        let size = try ModelSize(model(288), .init(mix: "q3_k_m"))
        // The head's Q8_0 is a rule of its own (QUANT-04), not a fallback.
        #expect(size.fallbacks == 6 && size.tensors(of: "q4_0") == 5 && size.tensors(of: "q5_1") == 1 && size.tensors(of: "q8_0") == 1)
        #expect(try ModelSize(model(100), .init(mix: "q3_k_s")).tensors(of: "f16") == 7)
        #expect {
            _ = try ModelSize(model(288), .init(mix: "q3_k_hifi"))
        } throws: {
            $0 as? FiguresError == .noWholeBlocks(tensor: "blk.0.attn_v.weight", format: "q3_k_hifi@r6", columns: 288)
        }
    }

    @Test("impossible names and numbers are refused")
    func refusals() throws {
        #expect(throws: FiguresError.self) { try ModelSize.Request(mix: "q3_k_x") }
        #expect(throws: FiguresError.self) { try ModelSize.Request(mix: "q3_k_hifi", revision: "r14") }
        #expect(throws: FiguresError.self) { try SizedModel(known: "qwen3-2b") }
        let whole = HuggingFaceConfig(
            modelType: "qwen3", hiddenSize: 256, layers: 2, intermediateSize: 256, heads: 2, vocabulary: 100, tied: true)
        _ = try whole.model(id: "")
        for change in [{ $0.layers = 0 }, { $0.layers = 10_001 }, { $0.hiddenSize = .max }, { $0.vocabulary = -1 }, { $0.heads = 0 }]
            as [(inout HuggingFaceConfig) -> Void]
        {
            var config = whole
            change(&config)
            #expect(throws: FiguresError.self) { try config.model(id: "") }
        }
        var config = whole
        config.intermediateSize = nil
        #expect { _ = try config.model(id: "") } throws: { $0 as? FiguresError == .missing("intermediate_size") }
        config.modelType = "mamba"
        #expect(throws: FiguresError.self) { try config.model(id: "") }
    }

    @Test("the largest shapes that are allowed are too large to count, and say so")
    func overflow() throws {
        let config = HuggingFaceConfig(
            modelType: "qwen3", hiddenSize: 1 << 20, layers: 10_000, intermediateSize: 1 << 20, heads: 1 << 20, headSize: 1 << 20,
            vocabulary: 1 << 28, tied: false)
        #expect { _ = try ModelSize(config.model(id: "huge"), .init(mix: "q8_0")) } throws: {
            $0 as? FiguresError == .tooLarge("the sum of all tensors")
        }
    }

    @Test("a real file has the size that its shapes and its routing give, and so have its parts together", arguments: [false, true])
    func file(isSplit: Bool) throws {
        let folder = try TemporaryFolder()
        var path = Repository.root.appendingPathComponent("Vectors/models/tiny-qwen3-q3_k_hifi-r6.gguf").path
        if isSplit { path = try SplitModel.write(path, tensors: [0, 40], prefix: folder.path("model"))[1] }
        let files = try SplitSet.open(path: path)
        let report = try SizeReport(
            [SizedModel(files, path: ForeignText(path))], [.init(mix: "q3_k_hifi"), .init(mix: "q3_k_m")], stored: .init(files))
        let stored = try #require(report.stored)
        #expect(stored.bytes == report.rows[0].size.bytes && stored.elements == report.rows[0].size.elements)
        #expect(stored.bytes == 3_214_336 && stored.mixes == ["q3_k_hifi"])
        #expect(report.models[0].hasOutputTensor == false && report.cells == 0 && report.agrees)
    }
}
