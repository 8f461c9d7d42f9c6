import Console
import Inference
import Pages

/// Perplexities and divergences as text.
package enum PerplexityText {
    /// A perplexity by itself, with four places.
    package static func value(_ estimate: PerplexityEstimate) -> String { estimate.perplexity.rounded(toPlaces: 4) }

    /// The last line of llama-perplexity.
    package static func last(_ estimate: PerplexityEstimate) -> String {
        let value = self.value(estimate)
        guard let error = estimate.error else { return "Final estimate: PPL = \(value)" }
        return "Final estimate: PPL = \(value) +/- \(error.rounded(toPlaces: 5))"
    }

    /// Two records beside each other.
    package static func lines(_ comparison: RecordComparison, _ first: String, _ second: String) -> [String] {
        var table = TextTable([("", .left), ("PPL", .right), ("+/-", .right)])
        for (path, estimate) in [(first, comparison.first), (second, comparison.second)] {
            table.add(path, estimate.perplexity.rounded(toPlaces: 4), estimate.error?.rounded(toPlaces: 5) ?? "-")
        }
        var lines = table.lines()
        if let ratio = comparison.ratio {
            lines.append("second / first, chunk by chunk: \(ratio.value.rounded(toPlaces: 6)) +/- \(ratio.error.rounded(toPlaces: 6))")
        }
        return lines + comparison.differences.map { "differs, as allowed: \($0.pin) (\($0.first) against \($0.second))" }
    }

    package static func lines(_ report: DivergenceReport) -> [String] {
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
