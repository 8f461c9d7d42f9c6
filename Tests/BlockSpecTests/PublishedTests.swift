import HIFIBlockSpec
import Testing

@Suite("Published figures")
struct PublishedTests {
    @Test("the table has a cell for each of six models and three mixes, and 36 percentages")
    func shape() throws {
        let table = try #require(Spec.published.first { $0.id == "qwen3" })
        #expect(table.models == ["0.6b", "1.7b", "4b", "8b", "14b", "32b"].map { "qwen3-\($0)" })
        for model in table.models {
            for column in table.columns { #expect(table.cell(model: model, mix: column.mix) != nil) }
        }
        #expect(table.cells.count == 18)
        #expect(table.derived.reduce(0) { $0 + $1.percent.count } == 36)
        #expect(table.provenance.revision == "q3_k_hifi@r6")
    }

    @Test("33 of the 36 percentages follow from the figures printed beside them")
    func percentages() throws {
        let table = try #require(Spec.published.first { $0.id == "qwen3" })
        var exceptions: [String] = []
        for row in table.derived {
            for (model, printed) in zip(table.models, row.percent) {
                let ours = try figure(of: row.metric, in: try #require(table.cell(model: model, mix: "q3_k_hifi")))
                let theirs = try figure(of: row.metric, in: try #require(table.cell(model: model, mix: row.against)))
                // In tenths of a per cent, halves away from zero.
                let tenths = ((ours - theirs) / theirs * 1000).rounded(.toNearestOrAwayFromZero)
                let expected = try #require(Double(printed)) * 10
                if tenths != expected.rounded() { exceptions.append("\(model) \(row.metric) \(row.against) \(tenths / 10)") }
            }
        }
        #expect(
            exceptions == [
                "qwen3-0.6b perplexity q3_k_m -16.5", "qwen3-1.7b perplexity q3_k_m -21.3", "qwen3-4b perplexity q3_k_m -7.2",
            ])
    }

    private func figure(of metric: PublishedMetric, in cell: PublishedCell) throws -> Double {
        switch metric {
        case .perplexity: try #require(Double(cell.perplexity))
        case .speed: try #require(Double(cell.tokensPerSecond))
        case .size: try #require(cell.size.split(separator: " ").first.flatMap { Double($0) })
        }
    }
}
