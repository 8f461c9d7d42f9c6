import Inference

/// Perplexities and divergences as text.
enum PerplexityText {
    /// The last line of llama-perplexity.
    static func last(_ estimate: PerplexityEstimate) -> String {
        let value = estimate.perplexity.rounded(toPlaces: 4)
        guard let error = estimate.error else { return "Final estimate: PPL = \(value)" }
        return "Final estimate: PPL = \(value) +/- \(error.rounded(toPlaces: 5))"
    }

    static func lines(_ report: DivergenceReport) -> [String] {
        var table = TextTable([("", .left), ("", .right), ("", .left)])
        func add(_ name: String, _ value: Double, _ error: Double? = nil, places: Int = 6) {
            table.add(name, value.rounded(toPlaces: places), error.map { "+/- \($0.rounded(toPlaces: places))" } ?? "")
        }
        func add(_ name: String, _ estimate: Estimate, places: Int = 6) { add(name, estimate.value, estimate.error, places: places) }
        add("PPL", report.perplexity)
        add("PPL of the baseline", report.baselinePerplexity)
        add("PPL ratio", report.ratio)
        add("ln PPL ratio", report.logRatio)
        if let correlation = report.correlation { add("correlation of ln p, %", 100 * correlation, places: 2) }
        add("KLD mean", report.meanDivergence)
        add("KLD median", report.medianDivergence)
        for share in ["90", "95", "99", "99.9"] { if let value = report.percentiles[share] { add("KLD \(share) %", value) } }
        add("KLD maximum", report.maximumDivergence)
        add("KLD minimum", report.minimumDivergence)
        add("change of p, %", 100 * report.probabilityChange.value, 100 * report.probabilityChange.error, places: 3)
        add("change of p, RMS, %", 100 * report.probabilityChangeRMS, places: 3)
        add("same top token, %", 100 * report.sameTop.value, 100 * report.sameTop.error, places: 3)
        return table.lines()
    }
}
