import HIFIBlockSpec
import HIFIGGUF

/// Works out what each known reader does with a file that has been read in one way.
struct ReaderJudge {
    let scan: GGUFScan
    let finder: ReadingFinder
    /// The file's own meaning: its readings that are left, the chosen one first.
    let readings: [Reading]
    let dialects: [String]
    let content: [SlotStatistics]

    func verdicts() -> [ReaderVerdict] { Spec.readers.map(verdict) }

    private func verdict(_ reader: Reader) -> ReaderVerdict {
        let loader = LoaderSimulation(reader, scan, extents: finder.extents, ids: finder.ids)
        let outcome: ReaderVerdict.Outcome
        let reasons: [String]
        if let refusal = loader.refusal {
            (outcome, reasons) = (.refuses, [refusal])
        } else if readings.isEmpty {
            (outcome, reasons) = (.undecided, ["it loads the file, but what the file means is not known"])
        } else {
            let results = readings.map { judge(reader, loader, $0) }
            let outcomes = Set(results.map(\.0))
            if outcomes.count == 1, let first = results.first {
                (outcome, reasons) = first
            } else {
                outcome = .undecided
                reasons = zip(readings, results).map { reading, result in
                    let hifi = reading.formats.values.filter(KnownFormats.isHIFI).sorted()
                    return "\(result.0.rawValue) if the file holds \(NumberText.list(hifi))"
                }
            }
        }
        return ReaderVerdict(
            reader: reader.id, title: reader.title, isOfFilesDialect: dialects.contains(reader.dialect), outcome: outcome, reasons: reasons)
    }

    /// The verdict on a file that loads, for one meaning of it.
    private func judge(_ reader: Reader, _ loader: LoaderSimulation, _ reading: Reading) -> (ReaderVerdict.Outcome, [String]) {
        var misreadings: [String] = []
        var open: [String] = []
        var remarks: [String] = []
        var crash: String?
        for id in finder.ids {
            guard let taken = loader.formats[id] else { continue }
            guard let meant = reading.formats[id] else {
                misreadings.append("it reads type id \(id) as \(taken); what it means in this file is not known")
                continue
            }
            if !KnownFormats.meansTheSame(taken, meant) {
                switch misreading(meant, takenFor: taken, id) {
                case .same: remarks.append(sameResult(meant, taken))
                case .other(let text): misreadings.append(text)
                case .open(let text): open.append(text)
                }
            } else if let text = orderMatters(meant, taken, id) {
                misreadings.append(text)
            }
            for fault in reader.faults where fault.formats.contains(taken) {
                let place = FaultPlace(tensors: (finder.tensorsByID[id] ?? []).map { scan.tensors[$0] }, statistics: statistics(id, meant))
                guard let (text, isOpen) = place.effect(of: fault) else { continue }
                if isOpen {
                    open.append(text)
                } else if fault.defect == "O7" {
                    crash = crash ?? text
                } else {
                    misreadings.append(text)
                }
            }
        }
        if let crash { return (.cannotRun, [crash] + misreadings) }
        if !misreadings.isEmpty { return (.misreads, misreadings) }
        return open.isEmpty ? (.right, remarks) : (.undecided, open)
    }

    private func statistics(_ id: UInt32, _ format: String) -> SlotStatistics? {
        content.first { $0.typeID == id && KnownFormats.meansTheSame($0.format, format) }
    }

    /// What comes of blocks of one format that are read in another of the same size.
    private enum Effect {
        /// These blocks give the same weights in both.
        case same
        /// Other weights.
        case other(String)
        /// That depends on blocks that were not looked at.
        case open(String)
    }

    private func misreading(_ meant: String, takenFor taken: String, _ id: UInt32) -> Effect {
        let what = "it reads \(meant) as \(taken)"
        guard let written = KnownFormats.byID[meant], let read = KnownFormats.byID[taken], sharesSlots(written, read) else {
            return .other(what)
        }
        let counts = (written: written.outliers?.count, read: read.outliers?.count)
        if counts.written != nil, counts.read == nil {
            guard let statistics = statistics(id, meant), statistics.blocks > 0 else {
                return .open(what + " and would apply unused slots, if there are any: no block was examined")
            }
            let unused = statistics.partlyFilled + statistics.blocks - statistics.informative
            if unused == 0 {
                guard !statistics.isComplete else { return .same }
                return .open(
                    what + " and would apply unused slots, of which none is in \(NumberText.grouped(statistics.blocks)) of "
                        + "\(NumberText.grouped(statistics.blocksAvailable)) blocks")
            }
            let share = NumberText.share(unused, of: statistics.blocks)
            return .other(what + " and applies the unused slots: weight 0 becomes zero in \(share) of the examined blocks")
        }
        if let count = counts.read, counts.written == nil, isZero(count, in: written) {
            return .other(what + " and drops every outlier, because the count is zero")
        }
        return .other(what)
    }

    /// Whether two formats have the same base and the same slots that replace.
    private func sharesSlots(_ a: BlockFormat, _ b: BlockFormat) -> Bool {
        guard let x = a.outliers, let y = b.outliers, x.rule.mode == .replace, y.rule.mode == .replace else { return false }
        let places = { (slots: OutlierSlots) in ([slots.index] + slots.operands).map(\.range) }
        return a.base == b.base && a.bytes == b.bytes && places(x) == places(y)
    }

    /// Whether a format asks for zero where another has this field.
    private func isZero(_ field: Field, in format: BlockFormat) -> Bool {
        format.checks.contains { check in
            check.kind == .zero && format.field(check.field).map { $0.range.contains(field.offset) } == true
        }
    }

    private func sameResult(_ meant: String, _ taken: String) -> String {
        "it reads \(meant) as \(taken), which gives the same weights, because every block uses all its slots"
    }

    /// Positions that do not rise end the list early in some kernels of later builds.
    private func orderMatters(_ meant: String, _ taken: String, _ id: UInt32) -> String? {
        guard taken != meant, KnownFormats.byID[meant]?.encoding?.outliers?.order == .score,
            KnownFormats.byID[taken]?.encoding?.outliers?.order == .position, let statistics = statistics(id, meant),
            statistics.rising < statistics.ordered
        else {
            return nil
        }
        return "its CUDA and Metal kernels skip outliers after a larger position (B28); positions do not rise in "
            + NumberText.share(statistics.ordered - statistics.rising, of: statistics.ordered) + " of the examined blocks"
    }
}

/// The blocks of one type id, to tell whether a reader's fault shows in them.
struct FaultPlace {
    let tensors: [TensorInfo]
    let statistics: SlotStatistics?

    /// What the fault does to these blocks, and whether that depends on blocks that were not looked at; nil where it does nothing.
    func effect(of fault: ReaderFault) -> (text: String, isOpen: Bool)? {
        let way = fault.operation == .dot ? "matrix product" : "decoding"
        let what = "\(way) (\(fault.defect)): \(fault.effect)"
        if dependsOnBlocks(fault.defect), (statistics?.blocks ?? 0) == 0 {
            return (what + " Whether any block is concerned is not known: no block was examined.", true)
        }
        guard let count = affected(by: fault.defect) else { return nil }
        return (what + (count.isEmpty ? "" : " Here: \(count)."), false)
    }

    private func dependsOnBlocks(_ defect: String) -> Bool { ["B3", "B20", "B21", "O3"].contains(defect) }

    /// How much of the file a defect concerns: nil for nothing, an empty text where it is not known or concerns everything.
    private func affected(by defect: String) -> String? {
        switch defect {
        case "B3":
            guard let statistics, let zero = statistics.listedZero, statistics.blocks > 0 else { return "" }
            let live = statistics.listed - zero
            return live == 0 ? nil : NumberText.share(live, of: statistics.listed) + " of the examined slots"
        case "B20":
            guard let statistics, statistics.blocks > 0 else { return "" }
            return statistics.sentinel255 == 0
                ? nil : NumberText.share(statistics.sentinel255, of: statistics.blocks) + " of the examined blocks"
        case "B21":
            guard let statistics, statistics.blocks > 0 else { return "" }
            let unused = statistics.partlyFilled + statistics.blocks - statistics.informative
            return unused == 0 ? nil : NumberText.share(unused, of: statistics.blocks) + " of the examined blocks"
        case "O3":
            guard let statistics, let most = statistics.mostUsed else { return "" }
            return most < 6 ? nil : ""
        case "O6":
            let long = tensors.filter { $0.rowElements > 256 }.count
            return long == 0 ? nil : NumberText.count(long, "tensor") + " with longer rows"
        default:
            return ""
        }
    }
}
