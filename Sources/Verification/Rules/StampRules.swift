import BlockSpec
import Foreign
import GGUF

/// Whether the file's stamp is well-formed, and names the type ids that the file has. What the tensors say to it is found out by
/// identification (`STAMP-11`).
enum StampRules {
    static func check(_ model: ModelView, into findings: inout FindingCollector) {
        guard let first = model.parts.first, first.scan.stoppedIn != .fixedHeader, first.scan.stoppedIn != .metadata,
            let reading = StampReading(model.metadata)
        else { return }
        for problem in reading.problems {
            let location = Finding.Location(key: problem.key, offset: problem.offset)
            if problem.isOfNewer {
                // What this specification does not know is not a fault of the file.
                add(problem, location, as: .note, into: &findings)
            } else {
                findings.add(
                    problem.rule, location, problem.message, expected: problem.expected, found: problem.found,
                    advice: "The stamp is not used. Write it again, or remove it.", count: problem.count)
            }
        }
        if reading.isNewer, let version = reading.version {
            findings.add(
                .stampNewer, .init(key: ForeignText(Stamp.versionKey), offset: reading.offset(of: Stamp.versionKey)),
                "The stamp was written by a newer version of the specification.", expected: "at most \(Spec.version)", found: version,
                advice: "Verify it with a newer release.")
        }
        checkNumbers(model, reading, &findings)
    }

    private static func add(
        _ problem: StampReading.Problem, _ location: Finding.Location, as severity: Finding.Severity, into findings: inout FindingCollector
    ) {
        findings.add(
            Finding(
                rule: problem.rule.rawValue, severity: severity, kind: RuleCatalogue.kind(of: problem.rule), location: location,
                message: problem.message, expected: problem.expected, found: problem.found,
                advice: "The stamp is not used, as a newer specification is needed for it.", count: problem.count))
    }

    /// `STAMP-09`. Which ids are missing is known of an incomplete set too, which are too many is not.
    private static func checkNumbers(_ model: ModelView, _ reading: StampReading, _ findings: inout FindingCollector) {
        // An entry that could not be understood may be the one that is missing.
        guard !reading.problems.contains(where: { [.stampEntry, .stampValueType, .stampIncomplete].contains($0.rule) }) else { return }
        let location = Finding.Location(key: ForeignText(Stamp.typesKey), offset: reading.offset(of: Stamp.typesKey))
        let ids = Set(model.tensors.map(\.info.typeID))
        let missing = ids.subtracting(reading.ids).sorted()
        if !missing.isEmpty {
            findings.add(
                .stampNotTheFiles, location, "hifi.types does not cover every type id of the file.",
                expected: "type id \(list(missing))", found: reading.ids.isEmpty ? "no entry" : "type id \(list(reading.ids.sorted()))",
                advice: "The tensors' types were changed after the stamp was written, or tensors were added.", count: missing.count)
        }
        let extra = reading.ids.subtracting(ids).sorted()
        if model.isComplete, !extra.isEmpty {
            findings.add(
                .stampNotTheFiles, location, "hifi.types names type ids that no tensor has.",
                expected: "type id \(list(ids.sorted())) only", found: "type id \(list(extra)) too",
                advice: "The tensors' types were changed after the stamp was written, or tensors were removed.", count: extra.count)
        }
    }

    private static func list(_ ids: [UInt32]) -> String { NumberText.list(ids.prefix(64).map { "\($0)" }, limit: 12) }
}
