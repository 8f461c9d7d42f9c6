/// A report as JUnit XML: a suite for each kind of case, a test case for each case.
public enum JUnitReport {
    /// The document.
    public static func text(_ report: ConformanceReport) -> String {
        let red = report.results.count { isFailure($0) }
        var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"]
        lines.append(
            "<testsuites name=\"\(escape("hifi conformance \(report.suite), \(report.system)"))\" tests=\"\(report.results.count)\" failures=\"\(red)\" time=\"\(time(report.seconds))\">"
        )
        for kind in ConformanceCase.Kind.allCases {
            let results = report.results.filter { $0.kind == kind }
            guard !results.isEmpty else { continue }
            let failures = results.count { isFailure($0) }
            let errors = results.count { isError($0) }
            let skipped = results.count { isSkip($0) }
            lines.append(
                "  <testsuite name=\"\(kind.rawValue)\" tests=\"\(results.count)\" failures=\"\(failures)\" errors=\"\(errors)\" skipped=\"\(skipped)\" time=\"\(time(results.reduce(0) { $0 + $1.seconds }))\">"
            )
            for result in results { append(result, to: &lines) }
            lines.append("  </testsuite>")
        }
        lines.append("</testsuites>")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func append(_ result: CaseResult, to lines: inout [String]) {
        let name = result.format.isEmpty ? result.kind.rawValue : result.format
        let head =
            "    <testcase classname=\"\(escape("\(result.kind.rawValue).\(name)"))\" name=\"\(escape(result.id))\" time=\"\(time(result.seconds))\""
        let message = escape(result.detail ?? result.outcome.rawValue)
        let body = escape(
            "\(result.why) Clauses: \(result.clauses.joined(separator: ", ")). Flags: \(result.flags.joined(separator: ", ")).")
        if isFailure(result) {
            lines.append("\(head)><failure type=\"\(result.outcome.rawValue)\" message=\"\(message)\">\(body)</failure></testcase>")
        } else if isError(result) {
            lines.append("\(head)><error type=\"\(result.outcome.rawValue)\" message=\"\(message)\">\(body)</error></testcase>")
        } else if isSkip(result) {
            lines.append("\(head)><skipped message=\"\(message)\"/></testcase>")
        } else {
            lines.append("\(head)/>")
        }
    }

    private static func isFailure(_ result: CaseResult) -> Bool { result.outcome == .fail || result.outcome == .unexpectedPass }
    private static func isError(_ result: CaseResult) -> Bool { [.error, .crash, .timeout].contains(result.outcome) }
    private static func isSkip(_ result: CaseResult) -> Bool { result.outcome == .skip || result.outcome == .expectedFailure }

    /// Seconds with three places.
    private static func time(_ seconds: Double) -> String {
        let milliseconds = Int((max(0, seconds) * 1000).rounded())
        let rest = String(milliseconds % 1000)
        return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }

    /// Text for use in attributes and elements. Characters that XML 1.0 does not have become U+FFFD.
    static func escape(_ text: String) -> String {
        var output = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": output += "&amp;"
            case "<": output += "&lt;"
            case ">": output += "&gt;"
            case "\"": output += "&quot;"
            case "'": output += "&apos;"
            case "\n": output += "&#10;"
            case "\r": output += "&#13;"
            case "\t": output += "&#9;"
            default:
                let isAllowed = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
                output.unicodeScalars.append(isAllowed ? scalar : "\u{FFFD}")
            }
        }
        return output
    }
}
