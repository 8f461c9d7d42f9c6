import HIFIBlockSpec
import HIFIForeign
import HIFIIdentification

extension Identification {
    /// What the identification has to say as findings, by the rules `IDENT-01` to `IDENT-16` and `STAMP-11`.
    ///
    /// A good file gives notes at most: what other programs do with it is worth knowing and no fault of the file.
    /// - Parameters:
    ///   - profile: which severities apply.
    ///   - file: name for the locations.
    ///   - includingContent: also the rules about the content of blocks (`IDENT-08` to `IDENT-12`), from the blocks that were looked
    ///     at. Leave them out where all blocks are checked by the clauses of their formats, which name every place.
    public func findings(profile: RuleProfile, file: ForeignText? = nil, includingContent: Bool = true) -> [Finding] {
        let maker = RuleFindings(profile: profile, file: file)
        var findings = (numberingFindings(maker) + stampFindings(maker) + revisionFindings(maker) + readerFindings(maker)).compactMap { $0 }
        if includingContent { findings += contentFindings(maker).compactMap { $0 } }
        return findings
    }

    /// `IDENT-17`: the parts of a split set follow one dialect. Parts are given by their file names.
    public static func findings(parts: [(file: ForeignText, identification: Identification)], profile: RuleProfile) -> [Finding] {
        let known = parts.filter { !$0.identification.dialects.isEmpty }
        guard let first = known.first else { return [] }
        var common = Set(first.identification.dialects)
        for part in known.dropFirst() {
            let next = common.intersection(part.identification.dialects)
            if next.isEmpty {
                let finding = RuleFindings(profile: profile, file: part.file).finding(
                    .partsOfOneDialect(),
                    expected: NumberText.list(common.sorted(), limit: 3, and: "or"),
                    found: NumberText.list(part.identification.dialects, limit: 3, and: "or"),
                    advice: "Download the parts of one model again."
                )
                return finding.map { [$0] } ?? []
            }
            common = next
        }
        return []
    }

    // MARK: Dialect

    private func numberingFindings(_ maker: RuleFindings) -> [Finding?] {
        var findings: [Finding?] = []
        switch confidence {
        case .none:
            let first = misfits.first
            findings.append(
                maker.finding(
                    .noDialectFitsNone(result: headline), tensor: first?.name,
                    found: first.map { "tensor \($0.name): \($0.problem.rawValue)" },
                    advice: "Check that the file is complete, or name the program that wrote it."))
        case .ambiguous:
            findings.append(
                maker.finding(
                    .dialectsDisagree(result: headline),
                    found: NumberText.list(dialects, limit: 6, and: "or"),
                    advice: ambiguities.first.map { "What would decide: \($0.decidedBy)." }))
        case .certain, .likely:
            findings.append(
                maker.finding(.dialect(result: headline), found: "\(confidence.rawValue), dialect \(dialect ?? "unknown")"))
        }
        if confidence != .none, misfitCount > 0 { findings.append(misfitFinding(maker)) }
        if hasShiftedIDs {
            findings.append(
                maker.finding(
                    .stockNumbersShifted(), expected: "upstream's ids", found: shiftedIDs,
                    advice: "Renumber the file before use with another program."))
        }
        findings += collisionFindings(maker)
        if let fileType, isForeign(fileType) {
            findings.append(
                maker.finding(
                    .fileTypeOfOtherDialect(reading: fileType.text), key: "general.file_type",
                    found: "\(fileType.value)", advice: "Set the key to what the file holds."))
        }
        for size in pythonSizes {
            findings.append(
                maker.finding(
                    .pythonBlockSize(number: "\(size.typeID)", type: size.format),
                    expected: "\(size.libraryBytes) bytes per block", found: "\(size.bytes) bytes per block",
                    advice: "Write the file again with the library's block sizes; the data of these tensors cannot be trusted."))
        }
        return findings
    }

    /// Single tensors that contradict an otherwise clear reading.
    private func misfitFinding(_ maker: RuleFindings) -> Finding? {
        guard let first = misfits.first else { return nil }
        let guess = first.wouldFit.isEmpty ? "" : "; the span is that of \(NumberText.list(first.wouldFit, and: "or"))"
        return maker.finding(
            .noDialectFitsSome(tensors: NumberText.count(misfitCount, "tensor"), first: "\(first.name)", guess: guess),
            tensor: first.name, expected: first.needed.map { "\(NumberText.grouped($0)) bytes and padding" },
            found: first.span.map { "\(NumberText.grouped($0)) bytes, type id \(first.typeID)" } ?? "type id \(first.typeID)",
            advice: advice(onMisfitOf: first.typeID), count: misfitCount)
    }

    /// A type whose size nobody here knows cannot be told from a damaged number.
    private func advice(onMisfitOf typeID: UInt32) -> String {
        let unsized = (TypeRegistry.number(typeID)?.meanings ?? []).filter(\.mayBeUnsized).map { "\($0.name) (\($0.who))" }
        guard !unsized.isEmpty else { return "The file was probably damaged, or its header was edited." }
        return
            "Type id \(typeID) may be \(NumberText.list(unsized, and: "or")), whose blocks are not known here: ask the program that wrote "
            + "the file. If it was not that one, the file was damaged, or its header was edited."
    }

    private var shiftedIDs: String {
        NumberText.list(
            types.compactMap { type in
                guard let format = type.formats.first, let stock = KnownFormats.upstreamID(of: format), stock != type.id else { return nil }
                return "\(type.id) for \(format)"
            })
    }

    /// An id means something else upstream. That is a fault of the file's where an upstream reader would go on and misread it; where
    /// the sizes make it refuse, it is worth a note.
    private func collisionFindings(_ maker: RuleFindings) -> [Finding?] {
        let upstream = KnownFormats.types["upstream"] ?? [:]
        let isMisread = readers.contains { $0.reader == "upstream-today" && $0.outcome == .misreads }
        return types.filter { !$0.isContradicted && $0.formats.contains(where: KnownFormats.isHIFI) }.map { type in
            guard let name = upstream[type.id]?.name, let format = type.formats.first else { return nil }
            let number = "\(type.id)"
            return maker.finding(
                isMisread
                    ? .numberCollidesMisread(number: number, type: format, other: name)
                    : .numberCollidesRefused(number: number, type: format, other: name),
                found: "type id \(type.id) in \(NumberText.count(type.tensors, "tensor"))",
                advice: "Use a reader of \(dialect.map { "dialect \($0)" } ?? "the file's dialect").", isNote: !isMisread)
        }
    }

    /// The file type has no meaning in any dialect that the file may follow, or contradicts the tensors where another dialect's
    /// would not.
    private func isForeign(_ fileType: FileTypeReading) -> Bool { fileType.agreement == .unassigned }

    // MARK: Stamp

    /// The stamp says one thing and the tensors another.
    private func stampFindings(_ maker: RuleFindings) -> [Finding?] {
        stampConflicts.map { conflict in
            let found = NumberText.list(conflict.found, limit: 12, and: "or")
            let subject = conflict.typeID.map { "type id \($0)" } ?? "the dialect"
            let key = conflict.typeID == nil ? Stamp.dialectKey : Stamp.typesKey
            return maker.finding(
                .stampContradicted(
                    key: key, subject: subject, stamped: "\(conflict.stamped)", found: found, reason: "\(conflict.reason)"),
                key: ForeignText(key), expected: "\(subject): \(found)",
                found: "\(subject): \(conflict.stamped)",
                advice: "The stamp is not used. It was copied from another file, or the tensors were changed; write it again.")
        }
    }

    // MARK: Revisions

    private func revisionFindings(_ maker: RuleFindings) -> [Finding?] {
        var findings: [Finding?] = ambiguities.map { ambiguity in
            maker.finding(
                .revisionAmbiguous(ambiguity: ambiguity.text.prefix(1).uppercased() + ambiguity.text.dropFirst()),
                found: NumberText.list(ambiguity.formats, limit: 12, and: "or"), advice: "What decides: \(ambiguity.decidedBy).",
                isNote: ambiguity.decodesAlike || confidence != .ambiguous)
        }
        if let format = hifiFormats.first(where: { KnownFormats.byID[$0]?.marks.otherLayout != nil }) {
            findings.append(
                maker.finding(
                    .strideDiffersOnGPU(type: format), found: format,
                    advice: "Convert the file to a revision with one block size."))
        }
        // Only formats that come in revisions are superseded.
        let superseded = hifiFormats.first { $0.contains("@") && KnownFormats.byID[$0]?.marks.isCurrent == false }
        if let format = superseded, confidence != .ambiguous {
            findings.append(
                maker.finding(
                    .revisionSuperseded(type: format), found: format,
                    advice: "Convert it where that is lossless."))
        }
        return findings
    }

    // MARK: Readers

    private func readerFindings(_ maker: RuleFindings) -> [Finding?] {
        guard !isStock || !hifiFormats.isEmpty, confidence != .none else { return [] }
        var findings: [Finding?] = readers.filter { $0.isOfFilesDialect && ($0.outcome == .misreads || $0.outcome == .cannotRun) }.map {
            reader in
            maker.finding(
                reader.outcome == .cannotRun ? .readerMisreadsStopped(reader: reader.title) : .readerMisreadsMisread(reader: reader.title),
                found: reader.reasons.first, advice: "Its results are not what the file says.")
        }
        let others = readers.filter { !($0.isOfFilesDialect && ($0.outcome == .misreads || $0.outcome == .cannotRun)) }
        if !others.isEmpty {
            let right = others.count { $0.outcome == .right }
            findings.append(
                maker.finding(
                    .readerMisreadsOthers(outcomes: Self.outcomes(others)), expected: "other readers that read it correctly",
                    found: "\(right) of \(others.count)", isNote: true))
        }
        return findings
    }

    /// `fork-a reads it correctly; fork-b and upstream-today refuse it`.
    private static func outcomes(_ readers: [ReaderVerdict]) -> String {
        let phrases: [(ReaderVerdict.Outcome, one: String, several: String)] = [
            (.right, "reads it correctly", "read it correctly"), (.refuses, "refuses it", "refuse it"),
            (.misreads, "misreads it", "misread it"), (.cannotRun, "cannot run it", "cannot run it"),
            (.undecided, "is undecided", "are undecided"),
        ]
        return phrases.compactMap { outcome, one, several in
            let names = readers.filter { $0.outcome == outcome }.map(\.reader)
            return names.isEmpty ? nil : "\(NumberText.list(names)) \(names.count == 1 ? one : several)"
        }.joined(separator: "; ")
    }

    // MARK: Content

    private func contentFindings(_ maker: RuleFindings) -> [Finding?] {
        content.filter { hifiFormats.contains($0.format) }.flatMap { statistics -> [Finding?] in
            let place = "in the examined blocks of type id \(statistics.typeID)"
            func broken(_ kind: ContentCheck.Kind) -> Int {
                KnownFormats.byID[statistics.format]?.checks.first { $0.kind == kind }.flatMap { statistics.broken[$0.clause] } ?? 0
            }
            func blocks(_ sentence: RuleSentence, _ count: Int, _ advice: String) -> Finding? {
                guard count > 0 else { return nil }
                return maker.finding(
                    sentence, found: "\(NumberText.share(count, of: statistics.blocks)) blocks", advice: advice,
                    count: count)
            }
            let replaces = KnownFormats.byID[statistics.format]?.decoding?.correction?.mode == .replace
            let live = replaces ? statistics.listed - (statistics.listedZero ?? statistics.listed) : 0
            return [
                blocks(.countZeroButFilled(place: place), broken(.countZeroButSlotsFilled), "These may be blocks of r12."),
                blocks(.countTooLarge(place: place), broken(.countWithinSlots), "Download the file again."),
                blocks(
                    .sentinelOverWeight0(place: place), statistics.lostWeights > 0 ? statistics.sentinel0 : 0,
                    "Readers disagree about that weight."),
                blocks(
                    .sentinelOverWeight255(place: place), statistics.lostWeights > 0 ? statistics.sentinel255 : 0,
                    "Readers disagree about that weight."),
                live > 0
                    ? maker.finding(
                        .readersDifferAtOutliers(place: place),
                        found: "\(NumberText.share(live, of: statistics.listed)) slots", advice: "Encode the tensors again.", count: live)
                    : nil,
            ]
        }
    }
}

/// Makes findings of the spec's rules.
struct RuleFindings {
    let profile: RuleProfile
    let file: ForeignText?

    /// Nil where the rule is off in the profile. `isNote` lowers the severity to a note.
    func finding(
        _ sentence: RuleSentence, tensor: ForeignText? = nil, key: ForeignText? = nil, expected: String? = nil, found: String? = nil,
        advice: String? = nil, count: Int = 1, isNote: Bool = false
    ) -> Finding? {
        let rule = sentence.rule.declaration
        guard let severity = Finding.Severity(rule.severity(in: profile)) else { return nil }
        return Finding(
            rule: rule.id, severity: isNote ? .note : severity, kind: Finding.Kind(rule.findingClass),
            location: .init(file: file, key: key, tensor: tensor), message: sentence.text, expected: expected, found: found,
            advice: advice, count: count)
    }
}
