import Foreign

/// JUnit XML, in the form that CI servers read: suites of cases with one outcome each.
public struct JUnitDocument: Sendable {
    /// One test case.
    public struct Case: Sendable {
        /// How a case ended.
        public enum Outcome: Sendable {
            /// Passed, with something to say or not.
            case passed(note: String?)
            /// The assertion of the case does not hold.
            case failure(type: String, message: String, body: String?)
            /// The case could not be carried out.
            case error(type: String, message: String, body: String?)
            /// Not carried out, and why.
            case skipped(message: String)
        }

        let className: String
        let name: String
        let outcome: Outcome
        let seconds: Double?

        public init(className: String, name: String, _ outcome: Outcome, seconds: Double? = nil) {
            self.className = className
            self.name = name
            self.outcome = outcome
            self.seconds = seconds
        }
    }

    /// Cases under one name.
    public struct Suite: Sendable {
        let name: String
        let cases: [Case]

        public init(_ name: String, _ cases: [Case]) {
            self.name = name
            self.cases = cases
        }
    }

    let name: String
    let suites: [Suite]

    public init(_ name: String, _ suites: [Suite]) {
        self.name = name
        self.suites = suites
    }

    /// The document, without a line feed at its end.
    public var text: String {
        var lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#]
        lines.append("<testsuites \(Self.attributes(name, suites.flatMap(\.cases)))>")
        for suite in suites {
            lines.append("  <testsuite \(Self.attributes(suite.name, suite.cases))>")
            for testCase in suite.cases { lines.append("    \(Self.element(testCase))") }
            lines.append("  </testsuite>")
        }
        return (lines + ["</testsuites>"]).joined(separator: "\n")
    }

    private static func attributes(_ name: String, _ cases: [Case]) -> String {
        let failures = cases.count { if case .failure = $0.outcome { true } else { false } }
        let errors = cases.count { if case .error = $0.outcome { true } else { false } }
        let skipped = cases.count { if case .skipped = $0.outcome { true } else { false } }
        let counts = "tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"\(errors)\" skipped=\"\(skipped)\""
        let seconds = cases.compactMap(\.seconds)
        return "name=\"\(escape(name))\" \(counts)" + (seconds.isEmpty ? "" : " time=\"\(time(seconds.reduce(0, +)))\"")
    }

    private static func element(_ testCase: Case) -> String {
        var head = "<testcase classname=\"\(escape(testCase.className))\" name=\"\(escape(testCase.name))\""
        if let seconds = testCase.seconds { head += " time=\"\(time(seconds))\"" }
        func complaint(_ tag: String, _ type: String, _ message: String, _ body: String?) -> String {
            let start = "\(head)><\(tag) type=\"\(escape(type))\" message=\"\(escape(message))\""
            return start + (body.map { ">\(escape($0))</\(tag)></testcase>" } ?? "/></testcase>")
        }
        return switch testCase.outcome {
        case .passed(nil): "\(head)/>"
        case .passed(let note?): "\(head)><system-out>\(escape(note))</system-out></testcase>"
        case .failure(let type, let message, let body): complaint("failure", type, message, body)
        case .error(let type, let message, let body): complaint("error", type, message, body)
        case .skipped(let message): "\(head)><skipped message=\"\(escape(message))\"/></testcase>"
        }
    }

    /// Seconds with three places.
    private static func time(_ seconds: Double) -> String {
        let milliseconds = Int((max(0, seconds) * 1000).rounded())
        let rest = String(milliseconds % 1000)
        return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }

    /// Text for use in attributes and elements. What cannot be seen, or is none of XML 1.0,
    /// is shown as `\u{1b}`.
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
            default: Printable.append(scalar, to: &output)
            }
        }
        return output
    }
}
