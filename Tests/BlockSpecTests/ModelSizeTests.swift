import BlockSpec
import Foundation
import Testing

/// Sizes and tensor counts from shapes and routing alone. The expected figures come from an independent model of the
/// same rules, which was checked against the published table and the sizes that the fork's history records.
@Suite("Sizes from shapes and mixes")
struct ModelSizeTests {
    /// Model, mix, tensors, weights, bytes, and what the loader prints.
    static let cells: [(model: String, mix: String, tensors: Int, elements: UInt64, bytes: UInt64, printed: String)] = [
        ("qwen3-0.6b", "q3_k_hifi", 311, 751632384, 400941056, "382.37 MiB, 4.27"),
        ("qwen3-0.6b", "q3_k_m", 311, 751632384, 408027136, "389.12 MiB, 4.34"),
        ("qwen3-0.6b", "q3_k_s", 311, 751632384, 383975424, "366.19 MiB, 4.09"),
        ("qwen3-1.7b", "q3_k_hifi", 311, 2031739904, 1041764352, "993.50 MiB, 4.10"),
        ("qwen3-1.7b", "q3_k_m", 311, 2031739904, 1067290624, "1017.85 MiB, 4.20"),
        ("qwen3-1.7b", "q3_k_s", 311, 2031739904, 995004416, "948.91 MiB, 3.92"),
        ("qwen3-4b", "q3_k_hifi", 398, 4022468096, 2007729664, "1.87 GiB, 3.99"),
        ("qwen3-4b", "q3_k_m", 398, 4022468096, 2069661184, "1.93 GiB, 4.12"),
        ("qwen3-4b", "q3_k_s", 398, 4022468096, 1881040384, "1.75 GiB, 3.74"),
        ("qwen3-8b", "q3_k_hifi", 399, 8190735360, 3994865664, "3.72 GiB, 3.90"),
        ("qwen3-8b", "q3_k_m", 399, 8190735360, 4118204416, "3.84 GiB, 4.02"),
        ("qwen3-8b", "q3_k_s", 399, 8190735360, 3763654656, "3.51 GiB, 3.68"),
        ("qwen3-14b", "q3_k_hifi", 443, 14768307200, 7072583680, "6.59 GiB, 3.83"),
        ("qwen3-14b", "q3_k_m", 443, 14768307200, 7315353600, "6.81 GiB, 3.96"),
        ("qwen3-14b", "q3_k_s", 443, 14768307200, 6651146240, "6.19 GiB, 3.60"),
        ("qwen3-32b", "q3_k_hifi", 707, 32762123264, 15377944576, "14.32 GiB, 3.76"),
        ("qwen3-32b", "q3_k_m", 707, 32762123264, 15965802496, "14.87 GiB, 3.90"),
        ("qwen3-32b", "q3_k_s", 707, 32762123264, 14383763456, "13.40 GiB, 3.51"),
    ]

    @Test("the eighteen published cells have these bytes", arguments: cells.indices)
    func bytes(index: Int) throws {
        let cell = Self.cells[index]
        let plan = try Plan(model: cell.model, mix: cell.mix)
        #expect(plan.tensors.count == cell.tensors)
        #expect(plan.elements == cell.elements)
        #expect(try plan.bytes() == cell.bytes)
        #expect(try plan.printed() == cell.printed)
    }

    /// Model, mix, and the number of tensors in f32, the HIFI format, q3_k, q4_k, q5_k, q6_k.
    static let histograms: [(model: String, mix: String, counts: [Int])] = [
        ("qwen3-0.6b", "q3_k_hifi", [113, 37, 123, 37, 0, 1]),
        ("qwen3-0.6b", "q3_k_m", [113, 0, 113, 81, 3, 1]),
        ("qwen3-0.6b", "q3_k_s", [113, 0, 197, 0, 0, 1]),
        ("qwen3-0.6b", "q3_k_l", [113, 0, 113, 0, 84, 1]),
        ("qwen3-1.7b", "q3_k_hifi", [113, 37, 123, 37, 0, 1]),
        ("qwen3-1.7b", "q3_k_m", [113, 0, 113, 81, 3, 1]),
        ("qwen3-1.7b", "q3_k_s", [113, 0, 197, 0, 0, 1]),
        ("qwen3-1.7b", "q3_k_l", [113, 0, 113, 0, 84, 1]),
        ("qwen3-4b", "q3_k_hifi", [145, 48, 156, 48, 0, 1]),
        ("qwen3-4b", "q3_k_m", [145, 0, 144, 104, 4, 1]),
        ("qwen3-4b", "q3_k_s", [145, 0, 252, 0, 0, 1]),
        ("qwen3-4b", "q3_k_l", [145, 0, 144, 0, 108, 1]),
        ("qwen3-8b", "q3_k_hifi", [145, 48, 157, 48, 0, 1]),
        ("qwen3-8b", "q3_k_m", [145, 0, 145, 104, 4, 1]),
        ("qwen3-8b", "q3_k_s", [145, 0, 253, 0, 0, 1]),
        ("qwen3-8b", "q3_k_l", [145, 0, 145, 0, 108, 1]),
        ("qwen3-14b", "q3_k_hifi", [161, 53, 175, 53, 0, 1]),
        ("qwen3-14b", "q3_k_m", [161, 0, 161, 116, 4, 1]),
        ("qwen3-14b", "q3_k_s", [161, 0, 281, 0, 0, 1]),
        ("qwen3-14b", "q3_k_l", [161, 0, 161, 0, 120, 1]),
        ("qwen3-32b", "q3_k_hifi", [257, 85, 280, 84, 0, 1]),
        ("qwen3-32b", "q3_k_m", [257, 0, 257, 186, 6, 1]),
        ("qwen3-32b", "q3_k_s", [257, 0, 449, 0, 0, 1]),
        ("qwen3-32b", "q3_k_l", [257, 0, 257, 0, 192, 1]),
    ]

    @Test("tensor types occur as often as in the table", arguments: histograms.indices)
    func histogram(index: Int) throws {
        let (model, mix, counts) = Self.histograms[index]
        let histogram = try Plan(model: model, mix: mix).histogram
        let types = ["f32", "q3_k_hifi@r6", "q3_k", "q4_k", "q5_k", "q6_k"]
        #expect(types.map { histogram[$0] ?? 0 } == counts)
        #expect(histogram.values.reduce(0, +) == counts.reduce(0, +))
    }

    /// A routing of the fork, its block format where not the usual one, imatrix use, whether candidates count as important,
    /// and what the loader prints for the six models.
    static let history: [(mix: String, hifi: String?, imatrix: [Bool], important: Bool, printed: [String])] = [
        (
            "u116a", nil, [false, true], true,
            ["379.51 MiB, 4.24", "987.37 MiB, 4.08", "1.83 GiB, 3.91", "3.67 GiB, 3.85", "6.50 GiB, 3.78", "14.09 GiB, 3.70"]
        ),
        (
            "u124", nil, [false, true], true,
            ["397.27 MiB, 4.43", "1.01 GiB, 4.29", "1.94 GiB, 4.14", "3.89 GiB, 4.08", "6.91 GiB, 4.02", "15.02 GiB, 3.94"]
        ),
        (
            "u116b", nil, [false, true], true,
            ["379.51 MiB, 4.24", "987.37 MiB, 4.08", "1.83 GiB, 3.91", "3.67 GiB, 3.85", "6.50 GiB, 3.78", "14.09 GiB, 3.70"]
        ),
        (
            "u128", nil, [false, true], true,
            ["406.15 MiB, 4.53", "1.04 GiB, 4.39", "1.99 GiB, 4.25", "4.00 GiB, 4.20", "7.11 GiB, 4.14", "15.49 GiB, 4.06"]
        ),
        (
            "u134", nil, [false, true], true,
            ["419.47 MiB, 4.68", "1.08 GiB, 4.55", "2.07 GiB, 4.42", "4.17 GiB, 4.37", "7.42 GiB, 4.31", "16.19 GiB, 4.24"]
        ),
        (
            "hyb128", nil, [false, true], true,
            ["381.50 MiB, 4.26", "991.35 MiB, 4.09", "1.86 GiB, 3.98", "3.71 GiB, 3.89", "6.57 GiB, 3.82", "14.30 GiB, 3.75"]
        ),
        (
            "a1", nil, [false, true], true,
            ["382.55 MiB, 4.27", "992.57 MiB, 4.10", "1.86 GiB, 3.98", "3.71 GiB, 3.89", "6.56 GiB, 3.82", "14.26 GiB, 3.74"]
        ),
        (
            "q3_k_hifi", nil, [false, true], true,
            ["382.37 MiB, 4.27", "993.50 MiB, 4.10", "1.87 GiB, 3.99", "3.72 GiB, 3.90", "6.59 GiB, 3.83", "14.32 GiB, 3.76"]
        ),
        (
            "j09", nil, [false, true], true,
            ["439.65 MiB, 4.91", "1.09 GiB, 4.62", "1.88 GiB, 4.02", "3.99 GiB, 4.18", "6.97 GiB, 4.05", "14.82 GiB, 3.89"]
        ),
        (
            "j15", nil, [false, true], true,
            ["439.65 MiB, 4.91", "1.09 GiB, 4.62", "1.88 GiB, 4.02", "3.99 GiB, 4.18", "6.97 GiB, 4.05", "14.82 GiB, 3.89"]
        ),
        (
            "j16", nil, [false, true], true,
            ["389.12 MiB, 4.34", "1017.35 MiB, 4.20", "1.93 GiB, 4.12", "4.06 GiB, 4.26", "7.10 GiB, 4.13", "15.15 GiB, 3.97"]
        ),
        (
            "j17a", nil, [false, true], true,
            ["389.12 MiB, 4.34", "1017.35 MiB, 4.20", "2.34 GiB, 5.00", "4.86 GiB, 5.10", "7.10 GiB, 4.13", "15.15 GiB, 3.97"]
        ),
        (
            "j17b", nil, [false, true], true,
            ["389.12 MiB, 4.34", "1017.35 MiB, 4.20", "2.34 GiB, 5.00", "4.86 GiB, 5.10", "8.62 GiB, 5.02", "15.15 GiB, 3.97"]
        ),
        (
            "j18", nil, [true], true,
            ["389.12 MiB, 4.34", "1017.35 MiB, 4.20", "2.11 GiB, 4.51", "4.41 GiB, 4.63", "7.77 GiB, 4.52", "15.15 GiB, 3.97"]
        ),
        (
            "j18", nil, [false], true,
            ["389.12 MiB, 4.34", "1017.35 MiB, 4.20", "2.34 GiB, 5.00", "4.86 GiB, 5.10", "8.62 GiB, 5.02", "15.15 GiB, 3.97"]
        ),
        (
            "j19", nil, [true], true,
            ["389.12 MiB, 4.34", "1017.35 MiB, 4.20", "1.93 GiB, 4.12", "4.06 GiB, 4.26", "7.10 GiB, 4.13", "15.15 GiB, 3.97"]
        ),
        (
            "j19", nil, [false], true,
            ["389.12 MiB, 4.34", "1017.35 MiB, 4.20", "2.34 GiB, 5.00", "4.86 GiB, 5.10", "8.62 GiB, 5.02", "15.15 GiB, 3.97"]
        ),
        (
            "j20a", nil, [true], true,
            ["389.12 MiB, 4.34", "1.21 GiB, 5.12", "2.34 GiB, 5.00", "4.86 GiB, 5.10", "7.10 GiB, 4.13", "15.15 GiB, 3.97"]
        ),
        (
            "j20a", nil, [false], true,
            ["389.12 MiB, 4.34", "1017.35 MiB, 4.20", "2.34 GiB, 5.00", "4.06 GiB, 4.26", "8.62 GiB, 5.02", "15.15 GiB, 3.97"]
        ),
        (
            "j20b", nil, [true], true,
            ["389.12 MiB, 4.34", "1017.35 MiB, 4.20", "2.34 GiB, 5.00", "4.86 GiB, 5.10", "7.10 GiB, 4.13", "15.15 GiB, 3.97"]
        ),
        (
            "j20b", nil, [false], true,
            ["389.12 MiB, 4.34", "1017.35 MiB, 4.20", "2.34 GiB, 5.00", "4.06 GiB, 4.26", "8.62 GiB, 5.02", "15.15 GiB, 3.97"]
        ),
        (
            "j25", nil, [false, true], true,
            ["467.32 MiB, 5.22", "1.21 GiB, 5.12", "2.34 GiB, 5.00", "4.86 GiB, 5.10", "8.62 GiB, 5.02", "18.75 GiB, 4.92"]
        ),
        (
            "j26a", nil, [false, true], true,
            ["467.32 MiB, 5.22", "1.21 GiB, 5.12", "2.34 GiB, 5.00", "4.86 GiB, 5.10", "8.62 GiB, 5.01", "18.75 GiB, 4.92"]
        ),
        (
            "j26b", "q3_k_hifi@r9", [false, true], true,
            ["458.05 MiB, 5.11", "1.19 GiB, 5.04", "2.34 GiB, 5.00", "4.86 GiB, 5.10", "8.62 GiB, 5.01", "18.75 GiB, 4.92"]
        ),
        (
            "j26b", "q3_k_hifi@r11", [false, true], true,
            ["457.07 MiB, 5.10", "1.19 GiB, 5.03", "2.33 GiB, 4.98", "4.84 GiB, 5.08", "8.59 GiB, 5.00", "18.68 GiB, 4.90"]
        ),
        (
            "j26b", "q3_k_hifi@r12a", [false, true], true,
            ["434.42 MiB, 4.85", "1.12 GiB, 4.72", "2.14 GiB, 4.57", "4.48 GiB, 4.69", "7.89 GiB, 4.59", "17.02 GiB, 4.46"]
        ),
        (
            "f08", nil, [true], true,
            ["442.30 MiB, 4.94", "1.14 GiB, 4.83", "2.14 GiB, 4.57", "4.48 GiB, 4.69", "7.89 GiB, 4.59", "17.02 GiB, 4.46"]
        ),
        (
            "f08", nil, [false], true,
            ["442.30 MiB, 4.94", "1.14 GiB, 4.83", "2.14 GiB, 4.57", "4.48 GiB, 4.69", "7.99 GiB, 4.65", "17.27 GiB, 4.53"]
        ),
        (
            "f08", nil, [true], false,
            ["442.30 MiB, 4.94", "1.14 GiB, 4.83", "2.21 GiB, 4.71", "4.60 GiB, 4.83", "8.13 GiB, 4.73", "17.60 GiB, 4.61"]
        ),
    ]

    @Test("every routing of the history gives these sizes", arguments: history.indices)
    func historicalSizes(index: Int) throws {
        let row = Self.history[index]
        let models = try #require(Spec.architecture("qwen3")).models
        #expect(models.count == row.printed.count)
        for (model, printed) in zip(models, row.printed) {
            for imatrix in row.imatrix {
                let plan = try Plan(model: model.id, mix: row.mix, hifi: row.hifi, imatrix: imatrix, important: row.important)
                #expect(try plan.printed() == printed, "\(row.mix) \(model.id)")
            }
        }
    }

    /// A routing of the fork, imatrix use, importance, and the tensor counts of the 1.7B and the 14B model.
    static let historicalCounts: [(mix: String, imatrix: Bool, important: Bool, small: [String: Int], large: [String: Int])] = [
        (
            "u116a", false, true, ["f32": 113, "hifi": 197, "q6_k": 1],
            ["f32": 161, "hifi": 281, "q6_k": 1]
        ),
        (
            "u124", false, true, ["f32": 113, "hifi": 197, "q6_k": 1],
            ["f32": 161, "hifi": 281, "q6_k": 1]
        ),
        (
            "u116b", false, true, ["f32": 113, "hifi": 197, "q6_k": 1],
            ["f32": 161, "hifi": 281, "q6_k": 1]
        ),
        (
            "u128", false, true, ["f32": 113, "hifi": 197, "q6_k": 1],
            ["f32": 161, "hifi": 281, "q6_k": 1]
        ),
        (
            "u134", false, true, ["f32": 113, "hifi": 197, "q6_k": 1],
            ["f32": 161, "hifi": 281, "q6_k": 1]
        ),
        (
            "hyb128", false, true, ["f32": 113, "hifi": 56, "q3_k": 113, "q4_k": 28, "q6_k": 1],
            ["f32": 161, "hifi": 80, "q3_k": 161, "q4_k": 40, "q6_k": 1]
        ),
        (
            "a1", false, true, ["f32": 113, "hifi": 11, "q3_k": 124, "q4_k": 62, "q6_k": 1],
            ["f32": 161, "hifi": 14, "q3_k": 177, "q4_k": 90, "q6_k": 1]
        ),
        (
            "q3_k_hifi", false, true, ["f32": 113, "hifi": 37, "q3_k": 123, "q4_k": 37, "q6_k": 1],
            ["f32": 161, "hifi": 53, "q3_k": 175, "q4_k": 53, "q6_k": 1]
        ),
        (
            "j09", false, true, ["f32": 113, "q3_k": 140, "q4_k": 53, "q5_k": 3, "q6_k": 2],
            ["f32": 161, "q3_k": 200, "q4_k": 76, "q5_k": 4, "q6_k": 2]
        ),
        (
            "j15", false, true, ["f32": 113, "q3_k": 140, "q4_k": 55, "q5_k": 1, "q6_k": 2],
            ["f32": 161, "q3_k": 200, "q4_k": 74, "q5_k": 6, "q6_k": 2]
        ),
        (
            "j16", false, true, ["f32": 113, "q3_k": 113, "q4_k": 83, "q5_k": 1, "q6_k": 1],
            ["f32": 161, "q3_k": 160, "q4_k": 114, "q5_k": 6, "q6_k": 2]
        ),
        (
            "j17a", false, true, ["f32": 113, "q3_k": 113, "q4_k": 83, "q5_k": 1, "q6_k": 1],
            ["f32": 161, "q3_k": 160, "q4_k": 114, "q5_k": 6, "q6_k": 2]
        ),
        (
            "j17b", false, true, ["f32": 113, "q3_k": 113, "q4_k": 83, "q5_k": 1, "q6_k": 1],
            ["f32": 161, "hifi": 160, "q4_k": 114, "q5_k": 6, "q6_k": 2]
        ),
        (
            "j18", true, true, ["f32": 113, "q3_k": 113, "q4_k": 83, "q5_k": 1, "q6_k": 1],
            ["f32": 161, "q3_k_hifi_res8": 160, "q4_k": 114, "q5_k": 6, "q6_k": 2]
        ),
        (
            "j18", false, true, ["f32": 113, "q3_k": 113, "q4_k": 83, "q5_k": 1, "q6_k": 1],
            ["f32": 161, "hifi": 160, "q4_k": 114, "q5_k": 6, "q6_k": 2]
        ),
        (
            "j19", true, true, ["f32": 113, "q3_k": 113, "q4_k": 83, "q5_k": 1, "q6_k": 1],
            ["f32": 161, "q3_k": 160, "q4_k": 114, "q5_k": 6, "q6_k": 2]
        ),
        (
            "j19", false, true, ["f32": 113, "q3_k": 113, "q4_k": 83, "q5_k": 1, "q6_k": 1],
            ["f32": 161, "hifi": 160, "q4_k": 114, "q5_k": 6, "q6_k": 2]
        ),
        (
            "j20a", true, true, ["f32": 113, "hifi": 113, "q4_k": 83, "q5_k": 1, "q6_k": 1],
            ["f32": 161, "q3_k": 160, "q4_k": 114, "q5_k": 6, "q6_k": 2]
        ),
        (
            "j20a", false, true, ["f32": 113, "q3_k": 113, "q4_k": 83, "q5_k": 1, "q6_k": 1],
            ["f32": 161, "hifi": 160, "q4_k": 114, "q5_k": 6, "q6_k": 2]
        ),
        (
            "j20b", true, true, ["f32": 113, "q3_k": 113, "q4_k": 83, "q5_k": 1, "q6_k": 1],
            ["f32": 161, "q3_k": 160, "q4_k": 114, "q5_k": 6, "q6_k": 2]
        ),
        (
            "j20b", false, true, ["f32": 113, "q3_k": 113, "q4_k": 83, "q5_k": 1, "q6_k": 1],
            ["f32": 161, "hifi": 160, "q4_k": 114, "q5_k": 6, "q6_k": 2]
        ),
        (
            "j25", false, true, ["f32": 113, "hifi": 113, "q4_k": 83, "q5_k": 1, "q6_k": 1],
            ["f32": 161, "hifi": 160, "q4_k": 114, "q5_k": 6, "q6_k": 2]
        ),
        (
            "j26a", false, true, ["f32": 113, "hifi": 113, "q4_k": 81, "q5_k": 3, "q6_k": 1],
            ["f32": 161, "hifi": 160, "q4_k": 116, "q5_k": 4, "q6_k": 2]
        ),
        (
            "j26b", false, true, ["f32": 113, "hifi": 112, "q4_k": 82, "q5_k": 3, "q6_k": 1],
            ["f32": 161, "hifi": 160, "q4_k": 116, "q5_k": 4, "q6_k": 2]
        ),
        (
            "f08", true, true, ["f32": 113, "q4_k": 194, "q5_k": 3, "q6_k": 1],
            ["f32": 161, "hifi": 160, "q4_k": 116, "q5_k": 4, "q6_k": 2]
        ),
        (
            "f08", false, true, ["f32": 113, "q4_k": 194, "q5_k": 3, "q6_k": 1],
            ["f32": 161, "hifi": 120, "q4_k": 156, "q5_k": 4, "q6_k": 2]
        ),
        (
            "f08", true, false, ["f32": 113, "q4_k": 194, "q5_k": 3, "q6_k": 1],
            ["f32": 161, "q4_k": 276, "q5_k": 4, "q6_k": 2]
        ),
    ]

    @Test("every routing of the history gives these tensor counts", arguments: historicalCounts.indices)
    func historicalHistograms(index: Int) throws {
        let row = Self.historicalCounts[index]
        let hifi = try #require(Spec.mix(row.mix)?.hifiFormats.first)
        for (model, counts) in [("qwen3-1.7b", row.small), ("qwen3-14b", row.large)] {
            let expected = Dictionary(uniqueKeysWithValues: counts.map { ($0.key == "hifi" ? hifi : $0.key, $0.value) })
            let plan = try Plan(model: model, mix: row.mix, imatrix: row.imatrix, important: row.important)
            #expect(plan.histogram == expected, "\(model)")
        }
    }

    @Test("the sizes printed in the table follow from the loader's, rounded half up once more where it prints fewer digits")
    func publishedSizes() throws {
        let table = try #require(Spec.published.first { $0.id == "qwen3" })
        #expect(table.cells.count == 18)
        for cell in table.cells {
            let plan = try Plan(model: cell.model, mix: cell.mix)
            let parts = try plan.printed().components(separatedBy: ", ")
            #expect(roundHalfUp(parts[0], likeFigure: cell.size) == cell.size, "\(cell.model) \(cell.mix)")
            #expect(parts[1] == cell.bpw, "\(cell.model) \(cell.mix)")
        }
    }

    @Test("recorded sizes of tensor data agree or not as noted")
    func recordedSizes() throws {
        let table = try #require(Spec.published.first { $0.id == "qwen3" })
        let sizes = table.recordedSizes.filter { $0.measure == .tensors }
        #expect(sizes.count == 9)
        for recorded in sizes {
            let plan = try Plan(model: recorded.model, mix: recorded.mix, imatrix: recorded.usesImatrix ?? false)
            let computed = try plan.printed().components(separatedBy: ", ")[0]
            #expect((roundHalfUp(computed, likeFigure: recorded.size) == recorded.size) == recorded.agrees, "\(recorded.id): \(computed)")
        }
    }
}

/// The tensors of a model with the type that a mix gives each.
private struct Plan {
    let tensors: [(tensor: ModelTensor, type: String)]

    init(model id: String, mix: String, hifi: String? = nil, imatrix: Bool = false, important: Bool = true) throws {
        let (architecture, model) = try #require(Spec.model(id))
        let mix = try #require(Spec.mix(mix))
        let context = MixContext(model: model, usesImatrix: imatrix, isImportant: important)
        tensors = architecture.tensors(of: model).map { tensor in
            (tensor, mix.type(of: tensor.kind, layer: tensor.layer, context: context, hifi: hifi))
        }
    }

    var elements: UInt64 { tensors.reduce(0) { $0 + $1.tensor.elements } }

    var histogram: [String: Int] { Dictionary(tensors.map { ($0.type, 1) }, uniquingKeysWith: +) }

    func bytes() throws -> UInt64 {
        try tensors.reduce(0) { sum, item in
            let size = try #require(Spec.blockSize(of: item.type))
            #expect(item.tensor.dimensions[0].isMultiple(of: UInt64(size.elements)))
            return sum + (try #require(size.bytes(forElements: item.tensor.elements)))
        }
    }

    /// Size and bits for a weight as llama.cpp's loader prints them: MiB below 1 GiB, two decimals each.
    func printed() throws -> String {
        let bytes = try bytes()
        let isSmall = bytes < 1 << 30
        let size = Double(bytes) / (isSmall ? 1_048_576 : 1_073_741_824)
        let bpw = Double(bytes) * 8 / Double(elements)
        return String(format: "%.2f %@, %.2f", size, isSmall ? "MiB" : "GiB", bpw)
    }
}

/// `text`, a figure with two decimals and a unit, cut to as many decimals as `model` has, halves rounded up.
private func roundHalfUp(_ text: String, likeFigure model: String) -> String {
    let (figure, unit) = split(text)
    let decimals = split(model).figure.split(separator: ".").dropFirst().first?.count ?? 0
    let digits = figure.replacingOccurrences(of: ".", with: "")
    guard let hundredths = Int(digits), decimals <= 2 else { return text }
    let step = [100, 10, 1][decimals]
    let value = (hundredths + step / 2) / step
    guard decimals > 0 else { return "\(value) \(unit)" }
    let scale = decimals == 1 ? 10 : 100
    let fraction = String(value % scale)
    return "\(value / scale).\(String(repeating: "0", count: decimals - fraction.count))\(fraction) \(unit)"
}

private func split(_ text: String) -> (figure: String, unit: String) {
    let words = text.split(separator: " ").map(String.init)
    return (words.first ?? "", words.last ?? "")
}
