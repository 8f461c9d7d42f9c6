import BlockSpec
import Verification

/// Findings in SARIF 2.1.0, the form that code-scanning services read.
struct SARIFLog: Encodable {
    let version = "2.1.0"
    let schema = "https://json.schemastore.org/sarif-2.1.0.json"
    let runs: [Run]

    enum CodingKeys: String, CodingKey {
        case version, runs
        case schema = "$schema"
    }

    struct Run: Encodable {
        let tool: Tool
        let results: [Result]
        let properties: Properties
    }

    /// What SARIF has no place for: what the verdict on each file is and covers.
    struct Properties: Encodable {
        let files: [File]

        struct File: Encodable {
            let path: String
            let verdict: Verdict
            let coverage: Coverage
        }
    }

    struct Tool: Encodable {
        let driver: Driver
    }

    struct Driver: Encodable {
        let name = "hifi"
        let version: String
        let rules: [Rule]
    }

    struct Rule: Encodable {
        let id: String
        let shortDescription: Message
        let fullDescription: Message
    }

    struct Message: Encodable {
        let text: String
    }

    struct Result: Encodable {
        let ruleId: String
        let level: String
        let message: Message
        let locations: [Location]
        let occurrenceCount: Int
        /// Absent where the finding counts.
        let suppressions: [Suppression]?
    }

    struct Suppression: Encodable {
        /// Not in the file itself, but in a policy.
        let kind = "external"
        let status = "accepted"
        let justification: String

        enum CodingKeys: String, CodingKey { case kind, status, justification }
    }

    struct Location: Encodable {
        let physicalLocation: Physical
        let logicalLocations: [Logical]

        struct Physical: Encodable {
            let artifactLocation: Artifact
            let region: Region?
        }

        struct Artifact: Encodable {
            let uri: String
        }

        struct Region: Encodable {
            let byteOffset: Int
        }

        struct Logical: Encodable {
            let fullyQualifiedName: String
        }
    }

    init(_ report: VerificationReport) {
        let findings = report.files.flatMap { file in file.findings.map { (file.path.raw, $0) } }
        let rules = Set(findings.map(\.1.rule)).sorted().map { id in
            let (title, text) = Self.describe(id)
            return Rule(id: id, shortDescription: Message(text: title), fullDescription: Message(text: text))
        }
        let results = findings.map { path, finding in
            Result(
                ruleId: finding.rule, level: finding.severity.rawValue, message: Message(text: Self.message(finding)),
                locations: ([finding.location] + finding.examples).map { Self.location($0, in: path) }, occurrenceCount: finding.count,
                suppressions: finding.suppressed.map { [Suppression(justification: "\($0) (\(finding.suppressedBy ?? "policy"))")] })
        }
        let files = report.files.map { Properties.File(path: $0.path.raw, verdict: $0.verdict, coverage: $0.coverage) }
        runs = [
            Run(
                tool: Tool(driver: Driver(version: HIFI.configuration.version, rules: rules)), results: results,
                properties: Properties(files: files))
        ]
    }

    /// Viewers show the message alone, so that it names the tensor or key.
    private static func message(_ finding: Finding) -> String {
        guard let subject = finding.location.tensor ?? finding.location.key else { return finding.message }
        return "\(subject): \(finding.message)"
    }

    private static func location(_ place: Finding.Location, in path: String) -> Location {
        let name = [
            place.tensor?.description, place.key?.description, place.row.map { "row \($0)" }, place.block.map { "block \($0)" },
            place.field,
        ]
        .compactMap(\.self).joined(separator: "/")
        return Location(
            physicalLocation: .init(
                artifactLocation: .init(uri: place.file?.raw ?? path), region: place.offset.map { .init(byteOffset: $0) }),
            logicalLocations: name.isEmpty ? [] : [.init(fullyQualifiedName: name)])
    }

    private static func describe(_ id: String) -> (title: String, text: String) {
        if let rule = Spec.containerRule(id) { return (rule.title, rule.text) }
        let clause = Spec.formats.lazy.flatMap(\.clauses).first { $0.id == id }
        return (id, clause?.text ?? id)
    }
}
