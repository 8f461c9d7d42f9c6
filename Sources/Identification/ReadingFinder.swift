import HIFIBlockSpec
import HIFIGGUF

/// One way to read the type ids of a file.
package struct Reading: Sendable {
    /// Dialects that read them so, in the order of the spec.
    package var dialects: [String]
    /// The format of each type id of the file; ids without a meaning are absent.
    package var formats: [UInt32: String]
    /// Ids whose tensors have the distances of the fork's Python package and not of its library.
    package var pythonSizes: [PythonBlockSize] = []
    /// Tensors whose span contradicts it.
    package let misfits: Int
    /// Tensors at the end of the file whose room neither fits nor contradicts.
    let loose: Int
    /// Tensors whose data fill their span.
    package let exact: Int
}

/// Finds the readings of a file's type ids that explain the most spans.
struct ReadingFinder {
    /// How the tensors with one type id go with one block size.
    struct Tally: Sendable {
        var exact = 0
        var loose = 0
        var misfits = 0
    }

    private struct Key: Hashable {
        let formats: [UInt32: String]
        let pythonSizes: [PythonBlockSize]
    }

    let table: SpanTable
    let extents: [TensorExtent]
    /// Indices of the tensors with each type id.
    let tensorsByID: [UInt32: [Int]]
    /// The type ids of the file, ascending.
    let ids: [UInt32]
    private var tallies: [UInt32: [HIFIGGUF.BlockSize: Tally]] = [:]

    init(_ scan: GGUFScan) {
        let table = SpanTable(scan)
        self.table = table
        extents = zip(scan.tensors, table.spans).map { TensorExtent($0, $1) }
        tensorsByID = Dictionary(grouping: scan.tensors.indices) { scan.tensors[$0].typeID }
        ids = tensorsByID.keys.sorted()
    }

    /// The span arithmetic of one tensor in one format.
    func fit(_ tensor: Int, _ format: BlockFormat) -> SpanFit {
        extents[tensor].fit(format.size, alignment: table.alignment)
    }

    /// How all tensors with an id go with a format, or with another block size than its own.
    mutating func tally(_ id: UInt32, _ format: BlockFormat, bytes: Int? = nil) -> Tally {
        let size = HIFIGGUF.BlockSize(
            elements: format.elements, bytes: bytes ?? format.bytes, rowHeader: format.headerBytes, tail: format.tensorTail)
        if let known = tallies[id]?[size] { return known }
        var tally = Tally()
        for tensor in tensorsByID[id] ?? [] {
            let fit = extents[tensor].fit(size, alignment: table.alignment)
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
        var position: [Key: Int] = [:]
        for dialect in dialects {
            for reading in self.readings(of: dialect, known, misfits: unknown) {
                let key = Key(formats: reading.formats, pythonSizes: reading.pythonSizes)
                if let at = position[key] {
                    readings[at].dialects.append(dialect.id)
                } else {
                    position[key] = readings.count
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
            if best.0 > 0, let python = pythonReading(id, formats) {
                readings = readings.map { $0.adding(python, tensorsByID[id]?.count ?? 0) }
                continue
            }
            // A format that none of its tensors can hold is not a meaning: whichever dialect names it, something is wrong with them.
            if best.0 == tensorsByID[id]?.count {
                readings = readings.map { $0.adding(nil, id, Tally(misfits: best.0)) }
                continue
            }
            let alternatives = tallies.filter { ($0.1.misfits, $0.1.loose) == best }
            readings = readings.flatMap { reading in alternatives.map { reading.adding($0.0.id, id, $0.1) } }
        }
        return readings
    }

    /// Whether some format of an assignment fits every tensor with the id.
    mutating func isExplained(_ id: UInt32, by type: TypeAssignment?) -> Bool {
        (type?.formats ?? []).contains { KnownFormats.byID[$0].map { tally(id, $0).misfits == 0 } ?? false }
    }

    /// The Python package's block size for one of the formats, if the spans of all tensors with the id have it.
    private mutating func pythonReading(_ id: UInt32, _ formats: [BlockFormat]) -> PythonBlockSize? {
        for format in formats {
            guard let size = PythonBlockSize.of(format, typeID: id) else { continue }
            let tally = tally(id, format, bytes: size.bytes)
            if tally.misfits == 0, tally.exact > 0 { return size }
        }
        return nil
    }
}

extension Reading {
    fileprivate func adding(_ format: String?, _ id: UInt32, _ tally: ReadingFinder.Tally) -> Reading {
        var formats = formats
        formats[id] = format
        return Reading(
            dialects: dialects, formats: formats, pythonSizes: pythonSizes, misfits: misfits + tally.misfits, loose: loose + tally.loose,
            exact: exact + tally.exact)
    }

    /// Explains all tensors with an id by a size of the Python package. Counts as loose, so that a reading with right sizes wins.
    fileprivate func adding(_ python: PythonBlockSize, _ tensors: Int) -> Reading {
        Reading(
            dialects: dialects, formats: formats, pythonSizes: pythonSizes + [python], misfits: misfits, loose: loose + tensors,
            exact: exact)
    }
}
