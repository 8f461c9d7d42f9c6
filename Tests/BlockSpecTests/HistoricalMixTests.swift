import HIFIBlockSpec
import Testing

/// The fork's other routings, each with the sizes and tensor counts that an independent model of its rules gives.
@Suite("Sizes of the fork's historical mixes")
struct HistoricalMixTests {
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
                let plan = try RoutedModel(model: model.id, mix: row.mix, hifi: row.hifi, imatrix: imatrix, important: row.important)
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
            let plan = try RoutedModel(model: model, mix: row.mix, imatrix: row.imatrix, important: row.important)
            #expect(plan.histogram == expected, "\(model)")
        }
    }
}
