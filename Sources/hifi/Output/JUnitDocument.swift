import Verification

/// A verification report as JUnit XML: a suite for each file, a case for each rule that has something to say.
struct JUnitDocument {
    let text: String

    init(_ report: VerificationReport) {
        var lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#]
        let failing = report.files.reduce(0) { $0 + $1.findings.filter { $0.severity > .note }.count } + report.failures.count
        let cases = report.files.reduce(0) { $0 + max(1, $1.findings.count) } + report.failures.count
        lines.append("<testsuites name=\"hifi verify\" tests=\"\(cases)\" failures=\"\(failing)\">")
        for file in report.files { lines += Self.suite(file) }
        for failure in report.failures {
            let name = Self.escaped(failure.file)
            lines.append("  <testsuite name=\"\(name)\" tests=\"1\" failures=\"0\" errors=\"1\">")
            lines.append(
                "    <testcase classname=\"\(name)\" name=\"readable\"><error message=\"\(Self.escaped(failure.message))\"/></testcase>")
            lines.append("  </testsuite>")
        }
        text = (lines + ["</testsuites>"]).joined(separator: "\n")
    }

    private static func suite(_ file: FileReport) -> [String] {
        let name = escaped(file.path)
        let failing = file.findings.filter { $0.severity > .note }.count
        var lines = ["  <testsuite name=\"\(name)\" tests=\"\(max(1, file.findings.count))\" failures=\"\(failing)\">"]
        if file.findings.isEmpty { lines.append("    <testcase classname=\"\(name)\" name=\"conforming\"/>") }
        for finding in file.findings {
            let place = [finding.location.tensor, finding.location.key].compactMap(\.self).joined(separator: " ")
            let title = escaped(finding.rule + (place.isEmpty ? "" : " \(place)"))
            if finding.severity == .note {
                lines.append(
                    "    <testcase classname=\"\(name)\" name=\"\(title)\"><system-out>\(escaped(finding.message))</system-out></testcase>")
            } else {
                let kind = "\(finding.severity.rawValue) \(finding.kind.rawValue)"
                lines.append("    <testcase classname=\"\(name)\" name=\"\(title)\">")
                lines.append("      <failure type=\"\(kind)\" message=\"\(escaped(finding.message))\"/>")
                lines.append("    </testcase>")
            }
        }
        return lines + ["  </testsuite>"]
    }

    /// Text for an XML attribute or element. Characters that XML 1.0 cannot carry become U+FFFD.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n", "\t", "\r": result += "&#\(scalar.value);"
            case "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}": result.unicodeScalars.append(scalar)
            default: result += "\u{FFFD}"
            }
        }
        return result
    }
}
