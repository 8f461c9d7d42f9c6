import HIFIBlockSpec
import HIFIGGUF

extension Identifier {
    /// The result for a file that no dialect explains.
    func unidentified(_ readings: [Reading]) -> Identification {
        let reason =
            scan.tensors.isEmpty
            ? "no tensors, so the dialect cannot be identified"
            : "no known dialect explains the sizes of most tensors" + unsizedMeanings
        let nearest = readings.first
        let (misfits, count) = misfits(of: nearest, nearest?.dialects.last)
        var evidence = evidence
        if let nearest, !scan.tensors.isEmpty {
            evidence.append(
                .init(
                    kind: .span, clause: nil,
                    text:
                        "the nearest, \(nearest.dialects.last ?? ""), contradicts "
                        + "\(NumberText.share(count, of: scan.tensors.count)) of the tensors"
                ))
        }
        return Identification(
            confidence: .none, headline: reason, dialect: nil, dialects: [], isStock: false, hasShiftedIDs: false,
            types: typeReadings(nil, dialect: nil, disputed: []), tensorFormats: scan.tensors.map { _ in nil }, misfits: misfits,
            misfitCount: count, pythonSizes: [], hifiFormats: [], fileType: nil, mixes: [], evidence: evidence, ambiguities: ambiguities,
            stampConflicts: stampConflicts, content: content,
            readers: ReaderJudge(scan: scan, finder: finder, readings: [], dialects: [], content: content).verdicts())
    }

    /// Types of the file's numbers that nobody here knows the size of: not explained is not contradicted.
    private var unsizedMeanings: String {
        let names = finder.ids.flatMap { id in
            (TypeRegistry.number(id)?.meanings ?? []).filter(\.mayBeUnsized).map { "type id \(id) may be \($0.name) (\($0.project))" }
        }
        return names.isEmpty ? "" : "; \(NumberText.list(names)), whose size is not recorded"
    }

    /// The result for a meaning, and others that explain the file as well.
    mutating func assemble(_ chosen: [Reading], others: [[Reading]], misfits count: Int) -> Identification {
        let best = representative(chosen)
        let disputed = Set(
            finder.ids.filter { id in
                others.contains { group in
                    guard let mine = best.reading.formats[id], let other = group[0].formats[id] else { return false }
                    return !KnownFormats.meansTheSame(mine, other)
                }
            })
        let meaning = scan.tensors.map { best.reading.formats[$0.typeID] }
        let matcher = MixMatcher(roles, formats: meaning)
        let fileType = fileTypeValue.map { FileTypeReading(value: $0, in: best.dialect, matcher: matcher) }
        let mixes = sorted(matcher.matches(), by: fileType)
        let all = ([chosen] + others).flatMap { $0 }
        let dialects = inSpecOrder(chosen)
        let judge = ReaderJudge(
            scan: scan, finder: finder, readings: others.isEmpty ? [best.reading] : all, dialects: inSpecOrder(all), content: content)
        let types = typeReadings(best.reading, dialect: best.dialect, disputed: disputed, all: all)
        let isStock =
            best.reading.pythonSizes.isEmpty && best.reading.formats.allSatisfy { KnownFormats.upstreamID(of: $0.value) == $0.key }
        let hifi = types.filter { !$0.isContradicted }.flatMap(\.formats).filter(KnownFormats.isHIFI)
        let confidence: Identification.Confidence =
            !others.isEmpty
            ? .ambiguous
            : count > 0 || isWeak || isThin || best.reading.exact == 0 || !best.reading.pythonSizes.isEmpty ? .likely : .certain
        let shifted = hasShiftedIDs(best.reading)
        return Identification(
            confidence: confidence,
            headline: headline(best, dialects: dialects, isStock: isStock, isShifted: shifted, types: types, disputed: disputed)
                + (count > 0 ? "; \(NumberText.count(count, "tensor")) cannot be explained" : ""),
            dialect: others.isEmpty ? best.dialect.id : nil, dialects: others.isEmpty ? dialects : inSpecOrder(all), isStock: isStock,
            hasShiftedIDs: shifted, types: types,
            tensorFormats: scan.tensors.map { disputed.contains($0.typeID) ? nil : best.reading.formats[$0.typeID] },
            misfits: misfits(of: best.reading, best.dialect.id).listed, misfitCount: count, pythonSizes: best.reading.pythonSizes,
            hifiFormats: hifi, fileType: fileType, mixes: mixes,
            evidence: spanEvidence(best.reading) + evidence + contextEvidence(fileType, mixes), ambiguities: ambiguities,
            stampConflicts: stampConflicts, content: content,
            readers: judge.verdicts())
    }

    // MARK: Choice among equals

    /// The dialect to name, among those that give the file one meaning: the one whose file type describes the tensors best, then
    /// upstream before forks, then one that writes these formats before one that had them in passing, then one with a date in
    /// history, then the newest.
    private mutating func representative(_ readings: [Reading]) -> (reading: Reading, dialect: Dialect) {
        let order = Dictionary(Spec.dialects.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        var best: (reading: Reading, dialect: Dialect, rank: (Int, Int, Int, Int, Int))?
        for reading in readings {
            for dialect in reading.dialects.compactMap(Spec.dialect) {
                let rank = (
                    Self.rank(agreement(of: reading, in: dialect) ?? .open), Self.rank(dialect.family),
                    Self.writes(dialect, reading) ? 1 : 0, dialect.since == nil ? 0 : 1, order[dialect.id] ?? 0
                )
                if let best, best.rank >= rank { continue }
                best = (reading, dialect, rank)
            }
        }
        if let best { return (best.reading, best.dialect) }
        let reading = readings.first ?? Reading(dialects: [], formats: [:], misfits: 0, loose: 0, exact: 0)
        return (reading, Spec.dialects[Spec.dialects.count - 1])
    }

    /// Each format comes first among those that the dialect has had under its id.
    private static func writes(_ dialect: Dialect, _ reading: Reading) -> Bool {
        let types = KnownFormats.types[dialect.id] ?? [:]
        return reading.formats.allSatisfy { id, format in types[id].map { $0.formats.first == format } ?? true }
    }

    private static func rank(_ agreement: FileTypeReading.Agreement) -> Int {
        switch agreement {
        case .exact: 3
        case .mostly: 2
        case .partly, .open, .contradicts: 1
        case .unassigned: 0
        }
    }

    private static func rank(_ family: DialectFamily) -> Int {
        switch family {
        case .upstream: 3
        case .fork: 2
        case .forkPython: 1
        case .other: 0
        }
    }

    private func inSpecOrder(_ readings: [Reading]) -> [String] {
        let ids = Set(readings.flatMap(\.dialects))
        return Spec.dialects.map(\.id).filter(ids.contains)
    }

    /// The mix that the file type names first, then others in the order found.
    private func sorted(_ mixes: [MixMatch], by fileType: FileTypeReading?) -> [MixMatch] {
        mixes.filter { $0.id == fileType?.mix } + mixes.filter { $0.id != fileType?.mix }
    }

    /// Some stock type carries another id than upstream's, one higher.
    private func hasShiftedIDs(_ reading: Reading) -> Bool {
        reading.formats.contains { id, format in
            guard let stock = KnownFormats.upstreamID(of: format) else { return false }
            return stock < 40 && id == stock + 1
        }
    }

    // MARK: Parts of the result

    private func misfits(of reading: Reading?, _ dialect: String?) -> (listed: [Identification.SpanMisfit], count: Int) {
        var listed: [Identification.SpanMisfit] = []
        var count = 0
        let types = dialect.flatMap { KnownFormats.types[$0] } ?? [:]
        for tensor in scan.tensors {
            let named = reading?.formats[tensor.typeID] ?? types[tensor.typeID]?.formats.first
            let format = named.flatMap { KnownFormats.byID[$0] }
            let fit = format.map { finder.fit(tensor.index, $0) } ?? .untyped
            guard fit.contradicts, reading?.pythonSizes.contains(where: { $0.typeID == tensor.typeID }) != true else { continue }
            count += 1
            guard listed.count < Identification.misfitLimit else { continue }
            let extent = finder.extents[tensor.index]
            let wouldFit =
                extent.span.isLast
                ? []
                : KnownFormats.stock.filter { id in
                    id != format?.id && (KnownFormats.byID[id].map { finder.fit(tensor.index, $0) == .exact } ?? false)
                }
            listed.append(
                .init(
                    tensor: tensor.index, name: tensor.name, typeID: tensor.typeID, problem: fit, span: extent.span.bytes,
                    needed: format.flatMap { extent.bytes($0.size) }, wouldFit: wouldFit))
        }
        return (listed, count)
    }

    /// What every type id of the file stands for; at most 64 of the ids that nobody knows.
    private func typeReadings(_ reading: Reading?, dialect: Dialect?, disputed: Set<UInt32>, all: [Reading] = [])
        -> [Identification.TypeReading]
    {
        var unknown = 0
        let names = dialect.flatMap { KnownFormats.types[$0.id] } ?? [:]
        return finder.ids.compactMap { id in
            let meant = reading?.formats[id]
            let format = meant ?? names[id]?.formats.last
            if format == nil {
                unknown += 1
                if unknown > 64 { return nil }
            }
            var formats = format.map { [$0] } ?? []
            if disputed.contains(id) {
                for other in all.compactMap({ $0.formats[id] }) where !formats.contains(other) { formats.append(other) }
            }
            let tensors = finder.tensorsByID[id] ?? []
            let weights = tensors.reduce(UInt64(0)) { sum, index in
                let (next, overflow) = sum.addingReportingOverflow(finder.extents[index].elements ?? 0)
                return overflow ? UInt64.max : next
            }
            return .init(
                id: id, name: names[id]?.name, formats: formats, isContradicted: meant == nil && format != nil, tensors: tensors.count,
                weights: weights, bytesPer256: format.flatMap { KnownFormats.byID[$0] }.map(KnownFormats.bytesPer256))
        }
    }
}
