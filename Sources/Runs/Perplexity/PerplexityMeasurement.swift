import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import Inference

/// A perplexity, from a model and a text to scores and a record: chunks are chosen, run and scored, and kept if the run is interrupted.
package struct PerplexityMeasurement {
    /// What to measure, and how.
    package struct Request {
        /// Nil where a baseline gives the text.
        package var text: TextFile?
        /// Tokens in a chunk; nil for those of the baseline, else 512.
        package var context: Int?
        package var chunks: ChunkChoice?
        /// What to compare with.
        package var baseline: Baseline?
        /// Where the logits go.
        package var baselineOutput: String?
        /// Where the record will go, if it is wanted; chunks are kept beside it, see ``keepsChunks``.
        package var record: String?
        /// Whether to go on from what an interrupted run with the same record kept.
        package var resumes = false
        package var device = ModelDevice.cpu
        package var options = InferenceOptions()

        package init() {}

        /// Whether chunks are kept in case of an interruption: logits are not.
        package var keepsChunks: Bool { record != nil && record != "-" && baseline == nil && baselineOutput == nil }
    }

    /// Who is told how far it is.
    package struct Watcher {
        /// Layers that a device has, and how many there are.
        package var loading: (_ done: Int, _ total: Int) -> Void = { _, _ in }
        /// Begins with the chunks that an earlier run has done.
        package var began: (_ earlier: [ChunkScore]) -> Void = { _ in }
        /// All scores so far, after each chunk.
        package var scored: (ArraySlice<ChunkScore>) -> Void = { _ in }
        /// Chunks cannot be kept; the run goes on.
        package var notKept: (FileError) -> Void = { _ in }
        /// What to say if the run is interrupted; nil says nothing and keeps nothing.
        package var interrupted: (@Sendable (UnfinishedRun.Fate) -> String)?

        package init() {}
    }

    /// What was measured.
    package struct Outcome {
        package let scores: [ChunkScore]
        /// From the baseline, where there is one.
        package let divergence: DivergenceReport?
        /// With all conditions, where it was asked for or is asked for now; reads all of the model.
        package let record: () -> PerplexityRecord?
        private let unfinished: UnfinishedRun?

        fileprivate init(
            scores: [ChunkScore], divergence: DivergenceReport?, unfinished: UnfinishedRun?, record: @escaping () -> PerplexityRecord?
        ) {
            (self.scores, self.divergence, self.unfinished, self.record) = (scores, divergence, unfinished, record)
        }

        /// The record is written: what was kept of the run is not needed any more.
        package func discardKept() { unfinished?.finish() }
    }

    /// The chunks.
    package let run: PerplexityRun
    /// What is odd about text, tokenizer or context, and should be said beside a figure.
    package let notes: [String]
    private let model: RunnableModel
    private let request: Request

    /// Chooses the chunks.
    ///
    /// - Throws: `perplexity`, `malformed`.
    package init(_ model: RunnableModel, _ request: Request) throws(RunError) {
        (self.model, self.request) = (model, request)
        run = try model.run(
            request.text, context: request.context ?? request.baseline?.context ?? 512, chunks: request.chunks, baseline: request.baseline)
        notes = (request.text?.notes ?? []) + model.notes(context: run.context)
    }

    /// Runs the chunks.
    ///
    /// - Throws: `perplexity`, `unavailable`, `otherRun`, `file`, `malformed`.
    package func measure(_ watcher: Watcher = Watcher()) throws(RunError) -> Outcome {
        let evaluator = try model.evaluator(
            context: run.context, options: request.options, device: request.device, progress: watcher.loading)
        let setting = request.record.flatMap { self.setting(evaluator, record: $0) }
        let kept = request.keepsChunks ? setting : nil
        let earlier = request.resumes ? try kept?.earlierChunks(of: run.chunks) ?? [] : []
        let unfinished = watcher.interrupted.map { UnfinishedRun(kept, range: run.chunks, done: earlier, words: $0) }
        watcher.began(earlier)
        var scores = earlier
        var meter: DivergenceMeter?
        do throws(PerplexityError) {
            let vocabulary = model.model.shape.vocabulary
            meter = try request.baseline.map { baseline throws(PerplexityError) in
                try DivergenceMeter(baseline, run: run, vocabulary: vocabulary)
            }
            let writer: BaselineWriter?
            do throws(BaselineError) {
                writer = try request.baselineOutput.map { path throws(BaselineError) in
                    try BaselineWriter(path: path, run: run, vocabulary: vocabulary)
                }
            } catch { throw .baseline(error) }
            _ = try run.scores(evaluator, from: run.chunks.lowerBound + earlier.count, watcher: meter ?? writer) { score in
                scores.append(score)
                if let failure = unfinished?.add(score) { watcher.notKept(failure) }
                watcher.scored(scores[...])
            }
            do { try writer?.finish() } catch { throw .baseline(error) }
        } catch { throw .perplexity(path: model.path, error) }
        try model.checkUnchanged()
        let (all, divergence) = (scores, meter?.report())
        return Outcome(scores: all, divergence: divergence, unfinished: unfinished) {
            (setting ?? self.setting(evaluator, record: "")).map { setting in
                PerplexityRecord(
                    conditions: setting.conditions, model: setting.model, threads: setting.threads, device: setting.device, chunks: all,
                    divergence: divergence, notes: setting.notes)
            }
        }
    }

    /// Everything of a record but the chunks; nil without a text to be pinned.
    private func setting(_ evaluator: any ChunkEvaluator, record: String) -> UnfinishedRun.Setting? {
        request.text.map { text in
            UnfinishedRun.Setting(
                record: record,
                conditions: .init(
                    run: run, text: ByteView(text.bytes), tokenizer: model.tokenizer, evaluator: evaluator, spec: Spec.version),
                model: .init(model.model, file: ForeignText(path: model.path)), threads: evaluator.threads, device: evaluator.device,
                notes: notes)
        }
    }
}
