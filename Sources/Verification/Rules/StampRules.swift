import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF
import HIFIIdentification

/// Whether the file's stamp is well-formed, and names the type ids that the file has. What the tensors say to it is found out by
/// identification (`STAMP-11`).
enum StampRules {
    static func check(_ model: ModelView, into findings: inout FindingCollector) {
        guard let first = model.parts.first, first.scan.stoppedIn != .fixedHeader, first.scan.stoppedIn != .metadata,
            let reading = StampReading(model.metadata)
        else { return }
        for problem in reading.problems {
            let location = Finding.Location(key: problem.key, offset: problem.offset)
            // What this specification does not know is not a fault of the file.
            findings.add(
                problem.sentence, location, expected: problem.expected, found: problem.found,
                advice: problem.isOfNewer
                    ? "The stamp is not used, as a newer specification is needed for it."
                    : "The stamp is not used. Write it again, or remove it.",
                count: problem.count, atMost: problem.isOfNewer ? .note : .error)
        }
        if reading.isNewer, let version = reading.version {
            findings.add(
                .stampNewer(), .init(key: ForeignText(Stamp.versionKey), offset: reading.offset(of: Stamp.versionKey)),
                expected: "at most \(Spec.version)", found: version,
                advice: "Verify it with a newer release.")
        }
        checkNumbers(model, reading, &findings)
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
                .stampNotTheFilesMissing(), location,
                expected: "type id \(list(missing))", found: reading.ids.isEmpty ? "no entry" : "type id \(list(reading.ids.sorted()))",
                advice: "The tensors' types were changed after the stamp was written, or tensors were added.", count: missing.count)
        }
        let extra = reading.ids.subtracting(ids).sorted()
        if model.isComplete, !extra.isEmpty {
            findings.add(
                .stampNotTheFilesExtra(), location,
                expected: "type id \(list(ids.sorted())) only", found: "type id \(list(extra)) too",
                advice: "The tensors' types were changed after the stamp was written, or tensors were removed.", count: extra.count)
        }
    }

    private static func list(_ ids: [UInt32]) -> String { NumberText.list(ids.prefix(64).map { "\($0)" }, limit: 12) }
}
