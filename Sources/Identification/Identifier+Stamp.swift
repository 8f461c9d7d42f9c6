import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF

extension Identifier {
    /// Whether a reading is the one that the stamp names: its dialect, and its format for each type id.
    package func isStamped(_ reading: Reading) -> Bool {
        guard let stamp, reading.dialects.contains(stamp.dialect) else { return false }
        return reading.formats.allSatisfy { id, format in stamp.formats[id].map { $0 == format } ?? true }
    }

    /// Leaves the reading that the stamp names, where sizes and blocks allow it (`STAMP-11`); returns false where they do not, or
    /// where there is no stamp.
    ///
    /// - Parameter bySize: the readings before any block was looked at.
    mutating func takeStamp(_ readings: inout [Reading], bySize: [Reading]) -> Bool {
        noteConflicts(readings, bySize)
        guard let stamp, stampConflicts.isEmpty else { return false }
        let agreeing = readings.filter(isStamped)
        guard !agreeing.isEmpty else {
            let dialects = Set(readings.flatMap(\.dialects))
            let found = Spec.dialects.map(\.id).filter(dialects.contains)
            stampConflicts.append(.init(typeID: nil, stamped: ForeignText(stamp.dialect), found: found, reason: "sizes and blocks"))
            return false
        }
        noteEvidence(stamp, among: readings)
        isThin = false
        readings = agreeing.map { reading in
            var reading = reading
            reading.dialects = [stamp.dialect]
            return reading
        }
        return true
    }

    /// Type ids that the stamp gives a format which sizes or blocks rule out.
    private mutating func noteConflicts(_ readings: [Reading], _ bySize: [Reading]) {
        for id in finder.ids {
            guard let claim = claims[id] else { continue }
            let found = formats(of: id, in: readings)
            guard !found.isEmpty, !found.contains(claim) else { continue }
            stampConflicts.append(
                .init(
                    typeID: id, stamped: ForeignText(claim), found: found,
                    reason: reason(id, claim, found, isBySize: !formats(of: id, in: bySize).contains(claim))))
        }
    }

    private func reason(_ id: UInt32, _ claim: String, _ found: [String], isBySize: Bool) -> String {
        let formats = ([claim] + found.prefix(1)).compactMap { KnownFormats.byID[$0] }
        guard isBySize, formats.count == 2, KnownFormats.sizeText(formats[0]) != KnownFormats.sizeText(formats[1]) else {
            return isBySize ? "no dialect that explains the tensors gives the id to it" : "the content of the blocks rules it out"
        }
        return "the distances between tensors give \(KnownFormats.sizeText(formats[1])), and it has \(KnownFormats.sizeNumber(formats[0]))"
    }

    private mutating func noteEvidence(_ stamp: Stamp, among readings: [Reading]) {
        var settled: [String] = []
        for id in finder.ids {
            guard let claim = stamp.formats[id] else { continue }
            let others = formats(of: id, in: readings).filter { $0 != claim }
            guard !others.isEmpty else { continue }
            settled.append("type id \(id) is \(ForeignText(claim)) and not \(NumberText.list(others, limit: 12, and: "or"))")
        }
        let numberings = Set(readings.flatMap(\.dialects)).count
        var text = "the file's stamp (hifi.dialect, hifi.types) names \(stamp.dialect)"
        if numberings > 1 { text += " among the \(numberings) numberings that are possible" }
        text += settled.isEmpty ? ", and the formats that sizes and blocks give" : "; by it " + NumberText.list(settled)
        evidence.append(.init(kind: .stamp, clause: Rule.stampContradicted.rawValue, text: text))
    }

    /// The formats that readings give an id, each once.
    private func formats(of id: UInt32, in readings: [Reading]) -> [String] {
        var formats: [String] = []
        for format in readings.compactMap({ $0.formats[id] }) where !formats.contains(format) { formats.append(format) }
        return formats
    }
}
