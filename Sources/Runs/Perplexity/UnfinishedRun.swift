#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import HIFIFiles
import HIFIForeign
import Inference
import Synchronization

/// The chunks of a perplexity run that is not finished, kept in a file beside the record so that another run can go on from
/// them.
///
/// The file is written every few seconds, so that little is lost whatever ends the program, and once more when it is interrupted. The
/// record itself appears only when the run is complete.
package final class UnfinishedRun: Sendable {
    /// Everything but the chunks.
    struct Setting: Sendable {
        /// Where the record will go.
        let record: String
        let conditions: PerplexityRecord.Conditions
        let model: PerplexityRecord.Model
        let threads: Int
        let device: ForeignText?
        let notes: [String]
    }

    /// What becomes of the chunks that were done when a run is interrupted.
    package enum Fate {
        /// No record was asked for, so that none are kept.
        case lost(done: Int, of: Int)
        case noneDone
        case kept(done: Int, of: Int, path: ForeignText)
        /// Some are kept; the last could not be written.
        case keptInPart(kept: Int, done: Int, of: Int, FileError)
    }

    private struct State {
        var chunks: [ChunkScore]
        var saved: Int
        var lastSaved = ContinuousClock.now
        var isFinished = false
        var failure: FileError?
    }

    private static let interval = Duration.seconds(5)

    private let setting: Setting?
    private let range: ClosedRange<Int>
    private let words: @Sendable (Fate) -> String
    private let state: Mutex<State>
    private let interruption = Mutex<Interruption.Registration?>(nil)

    /// - Parameters:
    ///   - setting: nil where no record was asked for, so that nothing is kept.
    ///   - range: the chunks that the whole run has.
    ///   - chunks: those that an earlier run has done.
    ///   - words: what an interruption says.
    init(
        _ setting: Setting?, range: ClosedRange<Int>, done chunks: [ChunkScore], words: @escaping @Sendable (Fate) -> String
    ) {
        (self.setting, self.range, self.words) = (setting, range, words)
        state = Mutex(State(chunks: chunks, saved: chunks.count))
        let action = Interruption.perform { [weak self] in self?.keep() }
        interruption.withLock { $0 = action }
    }

    deinit { interruption.withLock { $0?.cancel() } }

    /// Where the chunks of an unfinished run lie.
    package static func path(of record: String) -> String { record + ".partial" }

    /// Takes the score of the next chunk.
    ///
    /// - Returns: what went wrong the first time that the file could not be written; the run goes on.
    func add(_ score: ChunkScore) -> FileError? {
        state.withLock { state in
            state.chunks.append(score)
            guard ContinuousClock.now - state.lastSaved >= Self.interval, state.failure == nil else { return nil }
            save(&state)
            return state.failure
        }
    }

    /// The record is written: what was kept is not needed any more.
    func finish() {
        interruption.withLock { $0?.cancel() }
        state.withLock { state in
            state.isFinished = true
            if let setting { unlink(Self.path(of: setting.record)) }
        }
    }

    /// Keeps what there is at an interruption, and says so.
    private func keep() -> String? {
        state.withLock { state in
            guard !state.isFinished else { return nil }
            let (done, all) = (state.chunks.count, range.count)
            guard let setting else { return words(.lost(done: done, of: all)) }
            guard done > 0 else { return words(.noneDone) }
            if state.saved < done { save(&state) }
            if let failure = state.failure { return words(.keptInPart(kept: state.saved, done: done, of: all, failure)) }
            return words(.kept(done: done, of: all, path: ForeignText(path: Self.path(of: setting.record))))
        }
    }

    private func save(_ state: inout State) {
        guard let setting, !state.isFinished else { return }
        let record = PerplexityRecord(
            conditions: setting.conditions, model: setting.model, threads: setting.threads, device: setting.device, chunks: state.chunks,
            notes: setting.notes, partial: .init(first: range.lowerBound, last: range.upperBound))
        state.lastSaved = .now
        do throws(FileError) {
            let text = (try? JSONText.render(record)) ?? ""
            var file = try AtomicFile(path: Self.path(of: setting.record), isAnnounced: false)
            try file.write(Array((text + "\n").utf8))
            try file.commit()
            (state.saved, state.failure) = (state.chunks.count, nil)
        } catch { state.failure = error }
    }
}

extension UnfinishedRun.Setting {
    /// The chunks that an interrupted run of the same kind has left; none where there is nothing to go on from.
    ///
    /// - Throws: `otherRun` where what was left is of another run, naming what differs; `malformed`, `file`.
    func earlierChunks(of range: ClosedRange<Int>) throws(RunError) -> [ChunkScore] {
        let path = UnfinishedRun.path(of: record)
        if access(path, F_OK) == 0 {
            let earlier = try RecordFile.read(path, partial: true)
            try check(earlier, path, chunks: earlier.partial.map { $0.first...max($0.first, $0.last) }, wanted: range)
            guard earlier.chunks.map(\.chunk) == Array(range.prefix(earlier.chunks.count)) else {
                throw .malformed("\(ForeignText(path: path)): its chunks are not the first ones of the run, in order")
            }
            return earlier.chunks
        }
        // A job that is started again after it was complete has nothing to do.
        guard access(record, F_OK) == 0, let complete = try? RecordFile.read(record) else { return [] }
        guard let first = complete.chunks.first?.chunk, let last = complete.chunks.last?.chunk else { return [] }
        try check(complete, record, chunks: first...last, wanted: range)
        return complete.chunks
    }

    private func check(
        _ earlier: PerplexityRecord, _ path: String, chunks: ClosedRange<Int>?, wanted: ClosedRange<Int>
    ) throws(RunError) {
        let now = PerplexityRecord(conditions: conditions, model: model, threads: threads, chunks: earlier.chunks)
        func pins(_ record: PerplexityRecord, _ chunks: ClosedRange<Int>?) -> [RecordPin] {
            let range = chunks.map { "\($0.lowerBound)..\($0.upperBound)" } ?? "unknown"
            return [
                .init(name: "model", value: "\(record.model.sha256), \(record.model.bytes) bytes"), .init(name: "chunks", value: range),
            ]
                + record.pins.filter { $0.name != "chunks" }
        }
        let differences = zip(pins(earlier, chunks), pins(now, wanted)).filter { $0.value != $1.value }
        guard !differences.isEmpty else { return }
        let words = differences.map { "\($0.name) (\($0.value) there, \($1.value) here)" }.joined(separator: "; ")
        throw .otherRun(path: path, differences: words)
    }
}
