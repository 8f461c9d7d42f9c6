import Benchmarks
import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import HIFIGGUF
import HIFIKernels
import HIFIVerification
import Inference

/// Measures models beside their source.
package struct EvidenceRun {
    /// What to measure.
    package struct Request {
        package var source: String
        package var models: [String]
        package var text: String
        package var context = 512
        package var chunks: ChunkChoice?
        package var threads = 1

        package init(source: String, models: [String], text: String) { (self.source, self.models, self.text) = (source, models, text) }
    }

    /// What is at work: a model's name, and how much of it is done.
    package typealias Progress = (_ what: String, _ done: Int, _ total: Int) -> Void

    private let request: Request
    private let text: TextFile
    let source: RunnableModel
    private let models: [RunnableModel]
    let backend: CPUBackend

    /// Opens everything, and finds what cannot be compared before anything is measured.
    ///
    /// - Throws: `container`, `malformed`, `file`, `unavailable`, `unknown`.
    package init(_ request: Request) throws(RunError) {
        self.request = request
        text = try TextFile(request.text)
        source = try RunnableModel(request.source)
        var models: [RunnableModel] = []
        for path in request.models { models.append(try RunnableModel(path)) }
        self.models = models
        for model in models where model.tokenizer.digest != source.tokenizer.digest {
            throw .malformed(
                "\(ForeignText(path: model.path)): its tokenizer is not that of \(ForeignText(path: source.path)), so that perplexities "
                    + "cannot be compared")
        }
        do throws(KernelError) { backend = try CPUBackend(threads: request.threads) } catch { throw .unavailable("\(error)") }
    }

    /// Measures, with the source's logits in a temporary file in `folder` until the end.
    ///
    /// - Throws: `perplexity`, `file`, `malformed`.
    package func measure(
        scratch folder: String, progress: @escaping Progress = { _, _, _ in }
    ) throws(RunError) -> (evidence: Evidence, timings: EvidenceTimings) {
        let scratch: (path: String, registration: TemporaryFiles.Registration)
        do throws(FileError) { scratch = try TemporaryFiles.make("hifi-evidence", in: folder) } catch { throw .file(error) }
        defer { TemporaryFiles.remove(scratch.path, scratch.registration) }
        var timings: [EvidenceTimings.Run] = []
        let first = try measured(source, baseline: nil, writing: scratch.path, &timings, progress)
        let baseline: Inference.Baseline
        do throws(BaselineError) { baseline = try Inference.Baseline(path: scratch.path) } catch {
            throw .perplexity(path: source.path, .baseline(error))
        }
        var subjects: [Evidence.Subject] = []
        for model in models {
            let outcome = try measured(model, baseline: baseline, writing: nil, &timings, progress)
            subjects.append(try subject(model, outcome, errors: try errors(of: model, progress)))
        }
        let prepared = try source.run(text, context: request.context, chunks: request.chunks)
        let evidence = Evidence(
            spec: Spec.version, method: method(prepared), source: try subject(source, first, errors: nil), models: subjects)
        let machine = BenchMachine.current()
        return (evidence, EvidenceTimings(machine: machine.processor, threads: request.threads, runs: timings))
    }

    private func measured(
        _ model: RunnableModel, baseline: Inference.Baseline?, writing path: String?, _ timings: inout [EvidenceTimings.Run],
        _ progress: @escaping Progress
    ) throws(RunError) -> PerplexityMeasurement.Outcome {
        var request = PerplexityMeasurement.Request()
        (request.text, request.context, request.chunks) = (text, self.request.context, self.request.chunks)
        (request.baseline, request.baselineOutput) = (baseline, path)
        request.options = InferenceOptions(arithmetic: .exact, threads: self.request.threads)
        let prepared = try PerplexityMeasurement(model, request)
        var watcher = PerplexityMeasurement.Watcher()
        let name = "\(Self.name(model.path))"
        watcher.scored = { progress(name, $0.count, prepared.run.chunks.count) }
        let began = ContinuousClock.now
        let outcome = try prepared.measure(watcher)
        let seconds = (ContinuousClock.now - began) / .seconds(1)
        let tokens = Double(prepared.run.chunks.count * prepared.run.context)
        timings.append(.init(name: Self.name(model.path), seconds: seconds, tokensPerSecond: tokens / max(seconds, 1e-9)))
        return outcome
    }

    private func method(_ run: PerplexityRun) -> Evidence.Method {
        Evidence.Method(
            text: Self.name(text.path), textBytes: text.bytes.count, textDigest: Digest.of(ByteView(text.bytes), .sha256).hex,
            tokens: run.tokens.count, tokenizer: source.tokenizer.digest.hex, context: run.context, firstChunk: run.chunks.lowerBound,
            lastChunk: run.chunks.upperBound, firstScored: run.firstScored)
    }

    private func subject(
        _ model: RunnableModel, _ outcome: PerplexityMeasurement.Outcome, errors: [Evidence.TensorError]?
    ) throws(RunError) -> Evidence.Subject {
        let record = PerplexityRecord.Model(model.model, file: Self.name(model.path))
        var counts: [String: (tensors: Int, bytes: Int)] = [:]
        var weights = 0
        for (part, identification) in zip(model.files.parts, model.identifications) {
            let inspection = Inspection(part.file, identification: identification)
            for tensor in inspection.tensors {
                counts[tensor.format ?? "type \(tensor.typeID)", default: (0, 0)].tensors += 1
                counts[tensor.format ?? "type \(tensor.typeID)", default: (0, 0)].bytes += tensor.bytes ?? 0
            }
            weights += inspection.elements
        }
        try model.checkUnchanged()
        let formats = counts.map { Evidence.FormatCount(format: $0.key, tensors: $0.value.tensors, bytes: $0.value.bytes) }
        return Evidence.Subject(
            name: record.file, bytes: record.bytes, sha256: record.sha256, tensorBytes: formats.reduce(0) { $0 + $1.bytes },
            weights: weights,
            formats: formats.sorted { ($1.bytes, $0.format) < ($0.bytes, $1.format) }, imatrix: record.imatrix,
            perplexity: PerplexityEstimate(outcome.scores), divergence: outcome.divergence, errors: errors)
    }

    static func name(_ path: String) -> ForeignText { ForeignText(path: path.split(separator: "/").last.map(String.init) ?? path) }
}
