import Foundation
import HIFIBlockSpec
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
        let plan = try RoutedModel(model: cell.model, mix: cell.mix)
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
        let histogram = try RoutedModel(model: model, mix: mix).histogram
        let types = ["f32", "q3_k_hifi@r6", "q3_k", "q4_k", "q5_k", "q6_k"]
        #expect(types.map { histogram[$0] ?? 0 } == counts)
        #expect(histogram.values.reduce(0, +) == counts.reduce(0, +))
    }

    @Test("the sizes printed in the table follow from the loader's, rounded half up once more where it prints fewer digits")
    func publishedSizes() throws {
        let table = try #require(Spec.published.first { $0.id == "qwen3" })
        #expect(table.cells.count == 18)
        for cell in table.cells {
            let plan = try RoutedModel(model: cell.model, mix: cell.mix)
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
            let plan = try RoutedModel(model: recorded.model, mix: recorded.mix, imatrix: recorded.usesImatrix ?? false)
            let computed = try plan.printed().components(separatedBy: ", ")[0]
            #expect((roundHalfUp(computed, likeFigure: recorded.size) == recorded.size) == recorded.agrees, "\(recorded.id): \(computed)")
        }
    }
}
