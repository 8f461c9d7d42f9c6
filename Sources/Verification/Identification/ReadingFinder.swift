import BlockSpec
import GGUF

/// One way to read the type ids of a file.
struct Reading: Sendable {
    /// Dialects that read them so, in the order of the spec.
    var dialects: [String]
    /// The format of each type id of the file; ids without a meaning are absent.
    var formats: [UInt32: String]
    /// Tensors whose span contradicts it.
    let misfits: Int
    /// Tensors at the end of the file whose room neither fits nor contradicts.
    let loose: Int
    /// Tensors whose data fill their span.
    let exact: Int
}

/// Finds the readings of a file's type ids that explain the most spans.
struct ReadingFinder {
    /// How the tensors with one type id go with one block size.
    struct Tally: Sendable {
        var exact = 0
        var loose = 0
        var misfits = 0
    }

    private struct Size: Hashable {
        let elements: Int
        let bytes: Int
    }

    let table: SpanTable
    let extents: [TensorExtent]
    /// Indices of the tensors with each type id.
    let tensorsByID: [UInt32: [Int]]
    /// The type ids of the file, ascending.
    let ids: [UInt32]
    private var tallies: [UInt32: [Size: Tally]] = [:]

    init(_ scan: GGUFScan) {
        let table = SpanTable(scan)
        self.table = table
        extents = zip(scan.tensors, table.spans).map { TensorExtent($0, $1) }
        tensorsByID = Dictionary(grouping: scan.tensors.indices) { scan.tensors[$0].typeID }
        ids = tensorsByID.keys.sorted()
    }

    /// The span arithmetic of one tensor in one format.
    func fit(_ tensor: Int, _ format: BlockFormat) -> SpanFit {
        extents[tensor].fit(blockElements: format.elements, blockBytes: format.bytes, alignment: table.alignment)
    }

    /// How all tensors with an id go with a format.
    mutating func tally(_ id: UInt32, _ format: BlockFormat) -> Tally {
        let size = Size(elements: format.elements, bytes: format.bytes)
        if let known = tallies[id]?[size] { return known }
        var tally = Tally()
        for tensor in tensorsByID[id] ?? [] {
            let fit = fit(tensor, format)
            if fit.contradicts {
                tally.misfits += 1
            } else if fit.isLoose {
                tally.loose += 1
            } else if fit == .exact {
                tally.exact += 1
            }
        }
        tallies[id, default: [:]][size] = tally
        return tally
    }

    /// The readings with the fewest contradictions, each once, with all dialects that give it.
    ///
    /// A damaged tensor contradicts all readings alike, so the best one is still found. Ids that no dialect knows count as
    /// contradictions everywhere and are looked at once only, however many there are.
    mutating func best(among dialects: [Dialect]) -> [Reading] {
        let known = ids.filter { KnownFormats.assignedIDs.contains($0) }
        let unknown = ids.filter { !KnownFormats.assignedIDs.contains($0) }.reduce(0) { $0 + (tensorsByID[$1]?.count ?? 0) }
        var readings: [Reading] = []
        var position: [[UInt32: String]: Int] = [:]
        for dialect in dialects {
            for reading in self.readings(of: dialect, known, misfits: unknown) {
                if let at = position[reading.formats] {
                    readings[at].dialects.append(dialect.id)
                } else {
                    position[reading.formats] = readings.count
                    readings.append(reading)
                }
            }
        }
        let fewest = readings.map { ($0.misfits, $0.loose) }.min { $0 < $1 }
        guard let fewest else { return [] }
        return readings.filter { ($0.misfits, $0.loose) == fewest }
    }

    /// A dialect's readings: several where an id has several formats that fit equally well.
    private mutating func readings(of dialect: Dialect, _ known: [UInt32], misfits: Int) -> [Reading] {
        let types = KnownFormats.types[dialect.id] ?? [:]
        var readings = [Reading(dialects: [dialect.id], formats: [:], misfits: misfits, loose: 0, exact: 0)]
        for id in known {
            let formats = (types[id]?.formats ?? []).compactMap { KnownFormats.byID[$0] }
            let tallies = formats.map { ($0, tally(id, $0)) }
            guard let best = tallies.map({ ($0.1.misfits, $0.1.loose) }).min(by: { $0 < $1 }) else {
                let count = tensorsByID[id]?.count ?? 0
                readings = readings.map { $0.adding(nil, id, Tally(misfits: count)) }
                continue
            }
            let alternatives = tallies.filter { ($0.1.misfits, $0.1.loose) == best }
            readings = readings.flatMap { reading in alternatives.map { reading.adding($0.0.id, id, $0.1) } }
        }
        return readings
    }
}

extension Reading {
    fileprivate func adding(_ format: String?, _ id: UInt32, _ tally: ReadingFinder.Tally) -> Reading {
        var formats = formats
        formats[id] = format
        return Reading(
            dialects: dialects, formats: formats, misfits: misfits + tally.misfits, loose: loose + tally.loose, exact: exact + tally.exact)
    }
}
