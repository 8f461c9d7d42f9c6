import HIFIBlockSpec
import HIFIGGUF

/// Decides by the bytes of the blocks what a type id stands for, where id and size leave several formats.
struct ContentJudge {
    /// What came out for one type id.
    struct Judgement {
        /// Formats that the content allows, in the order given.
        var kept: [String]
        /// Formats that it rules out.
        var refuted: [String] = []
        /// It allows none of them; `kept` are all again.
        var contradictsAll = false
        /// It decided between formats of different meaning.
        var decided = false
        /// It decided on fewer blocks than make a pattern.
        var isWeak = false
        var evidence: [Identification.Evidence] = []
        var statistics: [SlotStatistics] = []
    }

    fileprivate struct Candidate {
        let format: BlockFormat
        let statistics: SlotStatistics
        let marks: [StructureMark]
        var reason: Identification.Evidence?

        var replaces: Bool { format.decoding?.correction.map { $0.mode == .replace && $0.switching == nil } ?? false }
        var adds: Bool { format.decoding?.correction.map { $0.mode == .add && $0.switching == nil } ?? false }
    }

    let scan: GGUFScan
    let options: Identification.Options

    /// Looks at the tensors with one id in the light of each candidate.
    func judge(_ id: UInt32, _ formats: [String], tensors: [Int]) -> Judgement {
        var candidates = formats.compactMap { KnownFormats.byID[$0] }.map { format in
            Candidate(format: format, statistics: SlotStatistics(format: format.id, typeID: id), marks: [])
        }
        // Revisions that differ only in what their encoders write need to be looked at once.
        for index in candidates.indices {
            let format = candidates[index].format
            let twin = candidates[..<index].first { $0.format.fields == format.fields && $0.format.bytes == format.bytes }
            let statistics = twin.map { renamed($0.statistics, format.id) } ?? survey(format, id, tensors)
            candidates[index] = Candidate(format: format, statistics: statistics, marks: twin?.marks ?? StructureMark.marks(of: format))
        }
        var judgement = Judgement(kept: formats)
        judgement.statistics = candidates.filter { $0.statistics.blocks > 0 }.map(\.statistics)
        guard formats.count > 1 else {
            // Nothing to decide, but what the base looks like under the outliers says whether readers will agree.
            judgement.evidence = candidates.filter { $0.statistics.listed > 0 }.map { summary($0, id) }
            return judgement
        }
        refuteByStructure(&candidates)
        refuteByBase(&candidates)
        preferSpecific(&candidates)
        conclude(candidates, id, &judgement)
        return judgement
    }

    /// Blocks of another format in the distances that the fork's Python package takes for its size: where none of the formats of
    /// that size fits, and the blocks are those of the other at the other's own stride.
    func pythonStride(_ id: UInt32, _ formats: [String], tensors: [Int]) -> (size: PythonBlockSize, evidence: Identification.Evidence)? {
        let sizes = Set(formats.compactMap { KnownFormats.byID[$0]?.bytes })
        for name in Spec.dialects.reversed().flatMap({ KnownFormats.types[$0.id]?[id]?.formats ?? [] }) where !formats.contains(name) {
            guard let format = KnownFormats.byID[name], let size = PythonBlockSize.of(format, typeID: id), sizes == [size.bytes] else {
                continue
            }
            let statistics = survey(format, id, tensors)
            guard statistics.informative >= SlotStatistics.enoughBlocks, statistics.isWellFormed, statistics.base == .cleared else {
                continue
            }
            let text =
                "not \(NumberText.list(formats, limit: 12, and: "or")), but \(format.id) when read in steps of \(format.bytes) bytes: "
            return (size, evidence(format.clauses.first { $0.topic == .layout }?.id, text + (statistics.baseText ?? "")))
        }
        return nil
    }

    private func renamed(_ statistics: SlotStatistics, _ format: String) -> SlotStatistics {
        var copy = SlotStatistics(format: format, typeID: statistics.typeID)
        copy.take(from: statistics)
        return copy
    }

    private func survey(_ format: BlockFormat, _ id: UInt32, _ tensors: [Int]) -> SlotStatistics {
        var survey = SlotSurvey(format, typeID: id)
        // Outlier slots are in blocks without row headers only.
        guard format.rowHeader == nil else { return survey.finish(available: 0) }
        var (places, elsewhere): ([(start: Int, blocks: Int)], Int) = ([], 0)
        for tensor in tensors.lazy.map({ scan.tensors[$0] }) {
            guard let start = scan.start(of: tensor), let elements = tensor.elementCount else { continue }
            let blocks = elements / format.elements
            let (size, overflow) = blocks.multipliedReportingOverflow(by: format.bytes)
            let room = scan.bytes.count - start
            if isLookedAt(tensor), scan.bytes.isPresent(start..<start + (overflow ? room : min(size, room))) {
                places.append((start, blocks))
            } else {
                elsewhere = elsewhere.addingReportingOverflow(blocks).overflow ? .max : elsewhere + blocks
            }
        }
        // Tensors of a damaged file may overlap: no more is read than the file holds.
        let budget = options.readsAllContent ? scan.bytes.count : options.sampleBytes
        let runs = BlockRuns(places, blockBytes: format.bytes, fileBytes: scan.bytes.count, budget: budget)
        runs.forEachBlock(scan.bytes) { survey.look(at: $0) }
        let (available, overflow) = runs.available.addingReportingOverflow(elsewhere)
        return survey.finish(available: overflow ? .max : available)
    }

    private func isLookedAt(_ tensor: TensorInfo) -> Bool { options.tensors?.contains(tensor.name.raw) ?? true }

    // MARK: Rules

    private func refuteByStructure(_ candidates: inout [Candidate]) {
        for index in candidates.indices {
            let (statistics, format) = (candidates[index].statistics, candidates[index].format.id)
            guard statistics.informative > 0, !statistics.isWellFormed else { continue }
            let worst = statistics.broken.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
            let mark = candidates[index].marks.first { $0.clause == worst }
            candidates[index].reason = evidence(
                worst,
                "not \(format): \(NumberText.share(statistics.informative - statistics.wellFormed, of: statistics.informative)) "
                    + "of the blocks do not have its structure" + (mark.map { ", mostly \($0.text)" } ?? ""))
        }
    }

    private func refuteByBase(_ candidates: inout [Candidate]) {
        for index in candidates.indices where candidates[index].reason == nil {
            let (base, format) = (candidates[index].statistics.base, candidates[index].format.id)
            let text = candidates[index].statistics.baseText ?? ""
            if candidates[index].replaces, base == .live {
                candidates[index].reason = evidence(
                    candidates[index].clause, "not \(format), whose encoder clears the base under each outlier: read that way, \(text)")
            } else if candidates[index].adds, base == .cleared {
                candidates[index].reason = evidence(
                    candidates[index].clause, "not \(format), whose residuals go to weights of any base: read that way, \(text)")
            }
        }
        let isCleared = candidates.contains { $0.reason == nil && $0.replaces && $0.statistics.base == .cleared }
        guard isCleared else { return }
        for index in candidates.indices where candidates[index].reason == nil && candidates[index].replaces {
            let statistics = candidates[index].statistics
            guard statistics.base == .open, statistics.listed >= SlotStatistics.enoughSlots else { continue }
            candidates[index].reason = evidence(
                candidates[index].clause,
                "not \(candidates[index].format.id): read that way, \(statistics.baseText ?? "its base is not cleared")"
            )
        }
    }

    /// Formats whose marks hardly occur by accident win over those of the same size that ask for little.
    private func preferSpecific(_ candidates: inout [Candidate]) {
        let alive = candidates.filter { $0.reason == nil }
        guard let most = alive.map(\.format.marks.specificity).max(), most > 0,
            let best = alive.first(where: { $0.format.marks.specificity == most }),
            best.statistics.informative >= SlotStatistics.enoughBlocks
        else { return }
        let size = KnownFormats.bytesPer256(best.format)
        for index in candidates.indices where candidates[index].reason == nil {
            let format = candidates[index].format.id
            // Where sizes differ, zeros that look like the longer block's padding may be the file's.
            guard KnownFormats.bytesPer256(candidates[index].format) == size else { continue }
            guard candidates[index].format.marks.specificity < most, !KnownFormats.meansTheSame(format, best.format.id) else { continue }
            let marks = best.marks.map(\.text)
            candidates[index].reason = evidence(
                best.clause,
                "not \(format): \(NumberText.share(best.statistics.wellFormed, of: best.statistics.informative)) "
                    + "of the blocks show the marks of \(best.format.id) (\(NumberText.list(marks)))")
        }
    }

    // MARK: Conclusion

    private func conclude(_ candidates: [Candidate], _ id: UInt32, _ judgement: inout Judgement) {
        let kept = candidates.filter { $0.reason == nil }
        guard let first = kept.first else {
            judgement.contradictsAll = true
            judgement.evidence = candidates.compactMap(\.reason)
            return
        }
        judgement.kept = kept.map(\.format.id)
        judgement.refuted = candidates.filter { $0.reason != nil }.map(\.format.id)
        judgement.decided = candidates.contains { $0.reason != nil && !KnownFormats.meansTheSame($0.format.id, first.format.id) }
        judgement.isWeak = judgement.decided && first.statistics.informative < SlotStatistics.enoughBlocks
        for candidate in kept where !kept.prefix(while: { $0.format.id != candidate.format.id }).contains(where: sameSurvey(candidate)) {
            judgement.evidence.append(summary(candidate, id))
        }
        // One line for formats that are out for the same reason.
        var said: Set<String> = []
        for reason in candidates.compactMap(\.reason) {
            let key = (reason.clause ?? "") + (reason.text.split(separator: ":").last.map(String.init) ?? "")
            if said.insert(key).inserted { judgement.evidence.append(reason) }
        }
    }

    private func sameSurvey(_ candidate: Candidate) -> (Candidate) -> Bool {
        { $0.format.fields == candidate.format.fields && $0.format.bytes == candidate.format.bytes }
    }

    private func summary(_ candidate: Candidate, _ id: UInt32) -> Identification.Evidence {
        let statistics = candidate.statistics
        let looked =
            statistics.isComplete
            ? "all \(NumberText.grouped(statistics.blocks)) blocks of type id \(id)"
            : "\(NumberText.grouped(statistics.blocks)) of \(NumberText.grouped(statistics.blocksAvailable)) blocks of type id \(id)"
        guard statistics.informative > 0 else {
            return evidence(nil, "\(looked) hold only zeros after the base, so the content does not decide")
        }
        var parts: [String] = []
        let marks = candidate.marks.map(\.text)
        if !marks.isEmpty {
            let share = NumberText.share(statistics.wellFormed, of: statistics.informative)
            parts.append("\(share) of those with anything after the base have \(NumberText.list(marks))")
        }
        if let base = statistics.baseText { parts.append(base) }
        if parts.isEmpty { parts.append("nothing in them contradicts it") }
        return evidence(candidate.clause, "\(looked), read as \(candidate.format.id): " + parts.joined(separator: "; "))
    }

    private func evidence(_ clause: String?, _ text: String) -> Identification.Evidence {
        Identification.Evidence(kind: .content, clause: clause, text: text)
    }
}

extension ContentJudge.Candidate {
    /// The clause that says how the format is laid out.
    fileprivate var clause: String? { format.clauses.first { $0.topic == .layout }?.id }
}
