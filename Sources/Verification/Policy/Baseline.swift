import HIFIFiles
import HIFIForeign
import HIFIGGUF

extension Finding {
    /// The fingerprint of a finding that still has all its places.
    ///
    /// - Parameter evidence: a digest of what was judged, where the places are too many to be listed; a finding is another one if that
    ///   changes.
    func computedFingerprint(evidence: String?) -> String {
        var fields = [rule, clause ?? "", (location.file ?? "").lastPathComponent.raw, found ?? "", String(count), evidence ?? ""]
        for place in [location] + examples {
            fields += [place.tensor?.raw ?? "", place.key?.raw ?? "", place.field ?? ""]
            fields += [place.row, place.block, place.index].map { $0.map(String.init) ?? "" }
        }
        // The unit separator stands in no field.
        let text = fields.map { $0.replacing("\u{1F}", with: " ") }.joined(separator: "\u{1F}")
        return String(Digest.of(ByteView(Array(text.utf8)), .sha256).hex.prefix(16))
    }
}

/// A policy file that says of all findings of a report: known.
public struct Baseline: Sendable {
    /// The text of the file.
    public let text: String
    /// How many findings it lists.
    public let count: Int

    /// The reason given for each finding until someone writes a better one.
    static let reason: ForeignText = "there when the baseline was written"

    private struct File: Encodable {
        var version = Policy.version
        var rules: [Rule]
        var known: [Policy.Known]
    }

    private struct Rule: Encodable {
        var rule, severity: String
        var reason: ForeignText
        var tensors, keys, files: [String]?
    }

    /// - Parameters:
    ///   - report: as verified, with every finding listed.
    ///   - policy: what was in force: decisions that stand in files are kept, known findings too where they still occur.
    /// - Throws: where a finding cannot be known: of a malformed container, of a file that could not be read, or one that is counted only.
    public init(_ report: VerificationReport, keeping policy: Policy?) throws(PolicyError) {
        func refuse(_ problem: String, _ remedy: String) -> PolicyError {
            PolicyError(source: "", place: "", problem: problem, remedy: remedy)
        }
        if let failure = report.failures.first { throw refuse("not everything was read: \(failure.message)", "verify what can be read") }
        for file in report.files {
            guard file.counts.structuralErrors == 0, file.counts.unsupportedErrors == 0 else {
                throw refuse(
                    "\(file.path) is \(file.verdict.rawValue), which no policy can excuse", "leave the file out, or download it again"
                )
            }
            guard file.counts.omitted == 0 else {
                throw refuse("\(file.path) has more findings than can be listed", "leave the file out, or silence the rule")
            }
        }
        var known: [String: Policy.Known] = [:]
        for finding in report.files.flatMap(\.findings) where finding.severity > .note || policy?.known[finding.fingerprint] != nil {
            // What a decision silences is settled by it; what was known stays known for its reason.
            let earlier = policy?.known[finding.fingerprint]
            guard finding.suppressed == nil || earlier != nil else { continue }
            known[finding.fingerprint] = Policy.Known(
                fingerprint: finding.fingerprint, rule: finding.rule, file: (finding.location.file ?? "").lastPathComponent,
                tensor: finding.location.tensor, key: finding.location.key, message: ForeignText(finding.message),
                reason: earlier?.reason ?? Self.reason)
        }
        let rules = (policy?.decisions ?? []).filter(\.isOfFile).map { decision in
            func patterns(_ globs: [Glob]) -> [String]? { globs.isEmpty ? nil : globs.map(\.pattern) }
            return Rule(
                rule: decision.rule, severity: decision.severity.rawValue, reason: decision.reason, tensors: patterns(decision.tensors),
                keys: patterns(decision.keys), files: patterns(decision.files))
        }
        let sorted = known.values.sorted {
            ($0.file, $0.rule, $0.tensor ?? $0.key ?? "", $0.fingerprint) < ($1.file, $1.rule, $1.tensor ?? $1.key ?? "", $1.fingerprint)
        }
        do { text = try JSONText.render(File(rules: rules, known: sorted)) + "\n" } catch {
            throw refuse("the findings cannot be written as JSON", "report this")
        }
        count = sorted.count
    }
}
