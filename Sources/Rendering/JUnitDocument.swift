import HIFIForeign

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

        /// Creates a case; `seconds` is how long it took, if that was measured.
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

        /// Creates a suite.
        public init(_ name: String, _ cases: [Case]) {
            self.name = name
            self.cases = cases
        }
    }

    let name: String
    let suites: [Suite]

    /// Cases of one class and name are distinguished by a number after the name, from the second on: servers keep one result for each name.
    public init(_ name: String, _ suites: [Suite]) {
        self.name = name
        var taken: Set<[String]> = []
        self.suites = suites.map { suite in
            Suite(
                suite.name,
                suite.cases.map { testCase in
                    let name = Self.unused(testCase.name, of: testCase.className, &taken)
                    return Case(className: testCase.className, name: name, testCase.outcome, seconds: testCase.seconds)
                })
        }
    }

    private static func unused(_ name: String, of className: String, _ taken: inout Set<[String]>) -> String {
        var (candidate, number) = (name, 1)
        while !taken.insert([className, candidate]).inserted {
            number += 1
            candidate = "\(name) #\(number)"
        }
        return candidate
    }

    /// The document, without a line feed at its end.
    public var text: String {
        var lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#]
        lines.append("<testsuites \(Self.attributes(name, suites.flatMap(\.cases), isRoot: true))>")
        for suite in suites {
            lines.append("  <testsuite \(Self.attributes(suite.name, suite.cases))>")
            for testCase in suite.cases { lines.append("    \(Self.element(testCase))") }
            lines.append("  </testsuite>")
        }
        return (lines + ["</testsuites>"]).joined(separator: "\n")
    }

    /// The root has no count of skipped cases in the schema that servers go by.
    private static func attributes(_ name: String, _ cases: [Case], isRoot: Bool = false) -> String {
        let failures = cases.count { if case .failure = $0.outcome { true } else { false } }
        let errors = cases.count { if case .error = $0.outcome { true } else { false } }
        let skipped = cases.count { if case .skipped = $0.outcome { true } else { false } }
        let counts = "tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"\(errors)\"" + (isRoot ? "" : " skipped=\"\(skipped)\"")
        // The sum of what the cases say, which is rounded.
        let milliseconds = cases.reduce(0) { $0 + Self.milliseconds($1.seconds ?? 0) }
        return "name=\"\(escape(name))\" \(counts) time=\"\(time(milliseconds))\""
    }

    private static func element(_ testCase: Case) -> String {
        let head =
            "<testcase classname=\"\(escape(testCase.className))\" name=\"\(escape(testCase.name))\" "
            + "time=\"\(time(milliseconds(testCase.seconds ?? 0)))\""
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

    private static func milliseconds(_ seconds: Double) -> Int { Int((max(0, seconds) * 1000).rounded()) }

    /// Seconds with three places.
    private static func time(_ milliseconds: Int) -> String {
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
