import HIFIBlockSpec
import HIFIGGUF

extension Identification {
    /// Identifies a scanned file.
    ///
    /// Takes time O(n log n) in the number of tensors, plus what the options allow for looking at blocks. Nothing in the file makes
    /// it fail: where nothing fits, the confidence is `none`.
    public static func identify(_ scan: GGUFScan, options: Options = Options()) -> Identification {
        var identifier = Identifier(scan, options)
        return identifier.run()
    }
}

/// The working state of an identification.
struct Identifier {
    let scan: GGUFScan
    let options: Identification.Options
    var finder: ReadingFinder
    var evidence: [Identification.Evidence] = []
    var ambiguities: [Identification.Ambiguity] = []
    var content: [SlotStatistics] = []
    /// The decision between meanings depends on too few blocks, or on a preference.
    var isWeak = false
    /// The blocks are too few to decide between meanings, or like none of them. A stamp that agrees with the sizes makes up for that,
    /// as a size that leaves a single meaning does.
    var isThin = false
    var stampConflicts: [Identification.StampConflict] = []
    /// The stamp to go by; nil for none, or one that is ill-formed.
    let stamp: Stamp?
    /// The formats that the stamp names, as far as it can be understood.
    let claims: [UInt32: String]

    let roles: TensorRoles
    let fileTypeValue: Int?
    /// What the file type says about the tensors, by its meaning and the meaning of the ids: many dialects share both.
    private var fileTypes: [FileTypeQuestion: FileTypeReading.Agreement] = [:]

    private struct FileTypeQuestion: Hashable {
        let assignment: FileTypeAssignment?
        let formats: [UInt32: String]
    }

    init(_ scan: GGUFScan, _ options: Identification.Options) {
        self.scan = scan
        self.options = options
        let metadata = options.model?.metadata ?? scan.metadata
        roles = TensorRoles(scan, metadata, model: options.model)
        fileTypeValue = metadata["general.file_type"]?.integer
        let reading = StampReading(metadata)
        // A caller that excludes dialects overrides a stamp that names one of them.
        let allowed = options.dialects
        stamp = reading?.stamp.flatMap { stamp in allowed?.contains(stamp.dialect) == false ? nil : stamp }
        claims = allowed == nil ? reading?.formats ?? [:] : stamp?.formats ?? [:]
        finder = ReadingFinder(scan)
    }

    mutating func run() -> Identification {
        let dialects = Spec.dialects.filter { dialect in options.dialects.map { $0.contains(dialect.id) } ?? true }
        var readings = finder.best(among: dialects)
        guard let misfits = readings.first?.misfits, !scan.tensors.isEmpty, misfits < scan.tensors.count - misfits else {
            return unidentified(readings)
        }
        // Another project's dialect competes only where the file says that it follows it, or might.
        let mayBeStamped = readings.contains(where: isStamped)
        if !mayBeStamped { setAsideForeign(&readings) }
        let bySize = readings
        lookInside(&readings)
        let isSettledByStamp = takeStamp(&readings, bySize: bySize)
        if mayBeStamped, !isSettledByStamp { setAsideForeign(&readings) }
        var meanings = groupByMeaning(readings)
        let isSettled = settle(&meanings)
        guard var chosen = meanings.first else { return unidentified(readings) }
        narrowByHistory(&chosen)
        if !isSettledByStamp { noteUnsizedRivals(chosen[0], among: dialects) }
        return assemble(chosen, others: isSettled ? [] : Array(meanings.dropFirst()), misfits: misfits)
    }

    // MARK: Steps

    /// Readings that only another project's dialect gives do not compete with those of upstream and the fork, but are told.
    private mutating func setAsideForeign(_ readings: inout [Reading]) {
        func isForeign(_ reading: Reading) -> Bool { reading.dialects.allSatisfy { Spec.dialect($0)?.family == .other } }
        let own = readings.filter { !isForeign($0) }
        guard !own.isEmpty else { return }
        for reading in readings where isForeign(reading) {
            for (id, format) in reading.formats.sorted(by: { $0.key < $1.key }) {
                guard let rival = own.first?.formats[id], rival != format else { continue }
                isWeak = true
                let title = Spec.dialect(reading.dialects[0])?.title ?? reading.dialects[0]
                ambiguities.append(
                    .init(
                        typeID: id, formats: [rival, format], decodesAlike: false,
                        text: "\(title) gives type id \(id) to \(format), whose blocks have the size of \(rival)",
                        decidedBy: "the program that wrote the file"))
            }
        }
        readings = own
    }

    /// A meaning whose size nobody recorded cannot be ruled out by sizes: where a dialect with one explains all the rest of the file, the
    /// reading that was chosen is not certain.
    private mutating func noteUnsizedRivals(_ chosen: Reading, among dialects: [Dialect]) {
        var rivals: [UInt32: [String]] = [:]
        for dialect in dialects {
            let types = KnownFormats.types[dialect.id] ?? [:]
            let unsized = finder.ids.filter { types[$0]?.mayBeUnsized == true }
            guard !unsized.isEmpty else { continue }
            let explains = finder.ids.allSatisfy { unsized.contains($0) || finder.isExplained($0, by: types[$0]) }
            guard explains else { continue }
            for id in unsized where chosen.formats[id] != nil {
                let project = TypeRegistry.number(id)?.meanings.first { $0.dialects.contains(dialect.id) }?.project ?? dialect.title
                rivals[id, default: []].append("\(types[id]?.name ?? "") (\(project))")
            }
        }
        for (id, names) in rivals.sorted(by: { $0.key < $1.key }) {
            guard let format = chosen.formats[id] else { continue }
            isWeak = true
            let list = NumberText.list(names, and: "or")
            ambiguities.append(
                .init(
                    typeID: id, formats: [format], decodesAlike: false,
                    text: "type id \(id) is \(format) by its size; it may be \(list), whose size is not recorded",
                    decidedBy: "the program that wrote the file, or a stamp"))
        }
    }

    /// Looks at the blocks of ids that the readings disagree about, and of all HIFI formats.
    private mutating func lookInside(_ readings: inout [Reading]) {
        let judge = ContentJudge(scan: scan, options: options)
        for id in finder.ids where KnownFormats.assignedIDs.contains(id) {
            var formats: [String] = []
            for reading in readings {
                if let format = reading.formats[id], !formats.contains(format) { formats.append(format) }
            }
            guard formats.count > 1 || formats.contains(where: KnownFormats.isHIFI) else { continue }
            let tensors = (finder.tensorsByID[id] ?? []).filter { index in
                formats.contains { KnownFormats.byID[$0].map { !finder.fit(index, $0).contradicts } ?? false }
            }
            let judgement = judge.judge(id, formats, tensors: tensors)
            content += judgement.statistics
            evidence += judgement.evidence
            if judgement.contradictsAll || judgement.isWeak { isThin = true }
            if judgement.contradictsAll, let python = judge.pythonStride(id, formats, tensors: tensors) {
                evidence.append(python.evidence)
                for index in readings.indices where readings[index].formats[id] != nil {
                    readings[index].formats[id] = nil
                    readings[index].pythonSizes.append(python.size)
                }
                continue
            }
            let left = readings.filter { reading in reading.formats[id].map(judgement.kept.contains) ?? true }
            if !left.isEmpty { readings = left }
        }
        let used = Set(readings.flatMap { $0.formats.values })
        content = content.filter { used.contains($0.format) }
    }

    /// Readings of equal meaning together, in the order given.
    private func groupByMeaning(_ readings: [Reading]) -> [[Reading]] {
        var groups: [[Reading]] = []
        for reading in readings {
            let at = groups.firstIndex { group in
                reading.formats.count == group[0].formats.count && reading.pythonSizes == group[0].pythonSizes
                    && reading.formats.allSatisfy { id, format in
                        group[0].formats[id].map { KnownFormats.meansTheSame($0, format) } ?? false
                    }
            }
            if let at { groups[at].append(reading) } else { groups.append([reading]) }
        }
        return groups
    }

    /// Chooses among meanings that explain the file equally well, where something beyond the tensors speaks for one. Moves that one
    /// to the front; returns false where nothing does.
    private mutating func settle(_ meanings: inout [[Reading]]) -> Bool {
        guard meanings.count > 1 else { return true }
        func move(_ index: Int) { meanings.insert(meanings.remove(at: index), at: 0) }
        let stock = meanings.indices.filter { index in
            meanings[index].contains { reading in reading.formats.allSatisfy { KnownFormats.upstreamID(of: $0.value) == $0.key } }
        }
        if let only = stock.first {
            move(only)
            note(among: meanings, decidedBy: "taken as stock types under upstream's ids, which are far more common")
            isWeak = true
            return true
        }
        var agreeing: [Int] = []
        for index in meanings.indices {
            let isExact = meanings[index].contains { reading in
                reading.dialects.compactMap(Spec.dialect).contains { agreement(of: reading, in: $0) == .exact }
            }
            if isExact { agreeing.append(index) }
        }
        if agreeing.count == 1 {
            move(agreeing[0])
            note(among: meanings, decidedBy: "general.file_type and the routing fit the first")
            isWeak = true
            return true
        }
        note(among: meanings, decidedBy: nil)
        return false
    }

    private mutating func note(among meanings: [[Reading]], decidedBy: String?) {
        for id in finder.ids {
            var formats: [String] = []
            for format in meanings.compactMap({ $0[0].formats[id] }) where !formats.contains(format) { formats.append(format) }
            guard formats.count > 1 else { continue }
            ambiguities.append(Distinction.ambiguity(typeID: id, formats: formats, decodesAlike: false, decidedBy: decidedBy))
        }
    }

    /// Marks that encoders leave without changing the meaning: order of slots, sentinels, counts.
    private mutating func narrowByHistory(_ readings: inout [Reading]) {
        for id in finder.ids {
            let formats = Set(readings.compactMap { $0.formats[id] })
            guard formats.count > 1, let statistics = content.first(where: { $0.typeID == id && formats.contains($0.format) }) else {
                continue
            }
            guard let habit = EncoderHabit.observed(statistics, among: formats) else { continue }
            let left = readings.filter { reading in reading.formats[id].map { !habit.excludes.contains($0) } ?? true }
            guard !left.isEmpty else { continue }
            readings = left
            evidence.append(.init(kind: .content, clause: habit.clause, text: habit.text))
        }
        for id in finder.ids {
            var formats: [String] = []
            for format in readings.compactMap({ $0.formats[id] }) where !formats.contains(format) { formats.append(format) }
            guard formats.count > 1 else { continue }
            ambiguities.append(Distinction.ambiguity(typeID: id, formats: formats, decodesAlike: true, decidedBy: nil))
        }
        noteUndecidedShift(readings)
    }

    /// A file with HIFI blocks and no stock type from 12 on fits the dialects that shift those and the ones that do not.
    private mutating func noteUndecidedShift(_ readings: [Reading]) {
        let shifts = Set(readings.flatMap(\.dialects).compactMap(Spec.dialect).map(\.shiftsStockTypes))
        guard shifts.count > 1, let hifi = readings[0].formats.first(where: { KnownFormats.isHIFI($0.value) }) else { return }
        ambiguities.append(
            .init(
                typeID: hifi.key, formats: [hifi.value], decodesAlike: true,
                text: "nothing in the file shows whether its dialect shifts the stock types",
                decidedBy: "a tensor of a shifted type, such as Q4_K or Q6_K"))
    }

    /// What the file type, as a dialect reads it, says about the tensors, as a reading has them; nil for files without one.
    mutating func agreement(of reading: Reading, in dialect: Dialect) -> FileTypeReading.Agreement? {
        guard let fileTypeValue else { return nil }
        let question = FileTypeQuestion(
            assignment: FileTypeReading.assignment(of: fileTypeValue, in: dialect), formats: reading.formats)
        if let known = fileTypes[question] { return known }
        let formats = scan.tensors.map { reading.formats[$0.typeID] }
        let answer = FileTypeReading.agreement(question.assignment, MixMatcher(roles, formats: formats))
        fileTypes[question] = answer
        return answer
    }
}
