import HIFIBlockSpec
import HIFIContent
import HIFIReference
import Suite

/// Collects cases; works out what is right with two implementations that must agree.
struct CaseCollector {
    /// A case before it has a number.
    struct Draft {
        var kind: ConformanceCase.Kind
        var format: String
        var clauses: [String]
        var level: ConformanceCase.Level
        var flags: [String]
        var validity: ConformanceCase.Validity
        var why: String
        var task: ConformanceCase.Task
    }

    /// A case that cannot be frozen.
    struct Disagreement: Error, CustomStringConvertible {
        let description: String
    }

    private(set) var drafts: [Draft] = []
    /// Files that cases refer to, by path below the folder.
    var attachments: [String: [UInt8]] = [:]
    private var places: [Key: Int] = [:]

    private struct Key: Hashable {
        let format: String
        let task: ConformanceCase.Task
    }

    /// Adds a draft, or its clauses and flags to an equal one that is there already.
    mutating func add(_ draft: Draft) {
        let key = Key(format: draft.format, task: draft.task)
        guard let place = places[key] else {
            places[key] = drafts.count
            drafts.append(draft)
            return
        }
        for clause in draft.clauses where !drafts[place].clauses.contains(clause) { drafts[place].clauses.append(clause) }
        for flag in draft.flags where !drafts[place].flags.contains(flag) { drafts[place].flags.append(flag) }
    }

    /// Adds a decode case; blocks with row headers make one row, under the header of the first.
    ///
    /// Blocks that break a content clause of severity error become `acceptable` and `recommended`.
    mutating func decode(_ format: BlockFormat, _ blocks: [UInt8], _ clauses: [String], _ flags: [String], _ why: String) throws {
        let scanner = ContentScanner(format)
        var tally = ContentTally(checks: scanner.checks.count, exampleLimit: 1)
        let row = format.row(of: blocks)
        format.blocks(ofRow: row).withUnsafeBytes { scanner.scan($0, firstBlock: 0, into: &tally) }
        let isDamaged = zip(scanner.checks, tally.counts).contains { $0.severity == .error && $1 > 0 }
        add(
            Draft(
                kind: .decode, format: format.id, clauses: clauses, level: isDamaged ? .recommended : .required, flags: flags,
                validity: isDamaged ? .acceptable : .valid, why: why,
                task: .decode(blocks: row, weights: try Self.weights(format, row))))
    }

    mutating func decode(_ draft: BlockDraft, _ clauses: [String], _ flags: [String], _ why: String) throws {
        try decode(draft.format, draft.bytes, clauses, flags, why)
    }

    mutating func decode(_ drafts: [BlockDraft], _ clauses: [String], _ flags: [String], _ why: String) throws {
        guard let format = drafts.first?.format else { return }
        try decode(format, drafts.flatMap(\.bytes), clauses, flags, why)
    }

    /// The weights of blocks, or of a row with its header, on which the reference and the hand-written decoder agree.
    static func weights(_ format: BlockFormat, _ blocks: [UInt8]) throws -> [UInt32] {
        let asked = format.headBytes > 0 ? Spec.format(format.id) ?? format : format
        let reference = try ReferenceDecoder(asked).decode(blocks).map { FloatPattern.classified($0.bitPattern) }
        var second: [UInt32] = []
        let singles = format.blocks(ofRow: blocks)
        for start in stride(from: 0, to: singles.count, by: format.bytes) {
            guard let weights = HandDecoder.decode(format.id, Array(singles[start..<start + format.bytes])) else {
                throw Disagreement(description: "no second decoder for \(format.id)")
            }
            second += weights
        }
        guard reference == second else {
            let place = zip(reference, second).enumerated().first { $1.0 != $1.1 }
            throw Disagreement(
                description: """
                    \(format.id): reference and second decoder differ at weight \(place?.offset ?? -1): \
                    \(Hex.text(place?.element.0 ?? 0)) and \(Hex.text(place?.element.1 ?? 0)); block \(Hex.text(blocks))
                    """)
        }
        return reference
    }
}
