import CUDAKernels
import HIFIForeign
import HIFIKernels
import Inference

/// A model at work on a device: weights stay there, and chunks run through all layers several at a time.
///
/// With decoded weights (`exact`) the results are the processor's, bit for bit: each sum has the same order. Otherwise quantized products
/// are those of the device's kernels, and all else is the same. Results do not depend on how many chunks run together. Not for use from
/// several threads at once.
public final class DeviceEvaluator: ChunkEvaluator {
    /// The model that runs.
    public let model: LanguageModel
    /// Positions of a chunk that are computed at once.
    public let batch: Int
    /// Chunks that the device runs together, as many as it has memory for.
    public let chunksAtOnce: Int
    /// What is multiplied with what.
    public let arithmetic: InferenceOptions.Arithmetic
    /// The name that a record keeps: `cuda`, or `cuda:` with the layout of the weights.
    public let kernel: String
    /// Threads of the processor's part.
    public let threads: Int
    /// The device's name.
    public var device: ForeignText? { backend.device.name }

    private let backend: CUDABackend
    private let engine: Engine
    private let weights: DeviceModel
    private let room: Workspace
    private let rotation: RotationTable
    private let height: Int
    private var broken: BrokenRows

    /// Positions that fill a device, about.
    private static let usualPositions = 4096

    /// Copies a model to a device.
    ///
    /// - Parameters:
    ///   - context: positions that a chunk may have.
    ///   - options: the processor's part: logits are compared there, and types without kernels decoded.
    ///   - positions: how many to compute together, if the device has room; chunks are not cut.
    ///   - progress: called with the layers that have been copied and how many there are.
    /// - Throws: `kernel(.device)` for a model or a context that the device has no room for; `kernel(.unavailable)`.
    public init(
        _ model: LanguageModel, on backend: CUDABackend, context: Int, options: InferenceOptions = InferenceOptions(),
        positions: Int? = nil, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws(ModelError) {
        guard options.arithmetic != .reference else { throw .kernel(.unavailable("the reference on a device")) }
        do throws(KernelError) { engine = try Engine(options) } catch { throw .kernel(error) }
        (self.model, self.backend, batch, arithmetic) = (model, backend, max(1, context), options.arithmetic)
        kernel = arithmetic == .exact || backend.usesMatrixKernel ? "cuda" : "cuda:\(backend.residentLayout.rawValue)"
        threads = options.threads
        let weights = try DeviceModel(model, on: backend, engine, arithmetic, progress: progress)
        self.weights = weights
        let wanted = max(1, (positions ?? Self.usualPositions) / batch)
        let size = try Self.size(model.shape, weights, backend, sequences: wanted, length: batch)
        (chunksAtOnce, height) = (size.sequences, size.height)
        rotation = try Self.rotation(model, backend, context: batch)
        do throws(CUDAError) {
            room = try Workspace(size, on: backend)
            // The embedding, and of each layer seven products and four inputs; the output's product and its input.
            broken = try BrokenRows(backend, limit: 1 + 11 * model.shape.layers + 2 * size.positions)
        } catch { throw .kernel(.device("\(error)")) }
    }

    /// Runs chunks on the device, several at a time, and returns the results of their last positions; see ``ChunkEvaluator``.
    public func evaluate(
        _ chunks: [ScoredChunk], keepsLogits: Bool,
        _ body: (_ chunk: Int, _ first: Int, _ rows: LogitRows) throws(ModelError) -> Void
    ) throws(ModelError) {
        for first in stride(from: 0, to: chunks.count, by: chunksAtOnce) {
            let group = Array(chunks[first..<min(first + chunksAtOnce, chunks.count)])
            do throws(ModelError) {
                try evaluate(group, isTracing: false, keepsLogits: keepsLogits) { number, start, rows throws(ModelError) in
                    try body(first + number, start, rows)
                }
            } catch .nonFinite(let what, let position) {
                // Once more, to find out where it begins.
                try evaluate(group, isTracing: true, keepsLogits: false) { _, _, _ in }
                throw .nonFinite(what, position: position)
            }
        }
    }

    private func evaluate(
        _ chunks: [ScoredChunk], isTracing: Bool, keepsLogits: Bool,
        _ body: (_ chunk: Int, _ first: Int, _ rows: LogitRows) throws(ModelError) -> Void
    ) throws(ModelError) {
        guard let length = chunks.first?.tokens.count, let outputs = chunks.first?.targets.count, length > 0 else { return }
        precondition(chunks.allSatisfy { $0.tokens.count == length && $0.targets.count == outputs }, "chunks of different lengths")
        guard length <= batch else { throw .contextFull(positions: length, context: batch) }
        var pass = DevicePass(
            backend: backend, model: weights, shape: model.shape, room: room, rotation: rotation, arithmetic: arithmetic,
            sequences: chunks.count, length: length, isTracing: isTracing, broken: broken)
        try weights.embedding.embed(chunks.flatMap(\.tokens), numbers: room.tokens, into: room.stream)
        try asModelError { () throws(CUDAError) in
            try pass.broken.reset()
            try room.targets.upload(chunks.flatMap(\.targets))
            try pass.layers()
        }
        if keepsLogits {
            try handOver(chunks, outputs: outputs, &pass, body)
        } else {
            try score(chunks, outputs: outputs, &pass, body)
        }
    }

    /// Chunks with their logits, a stretch at a time: the device waits for the consumer.
    private func handOver(
        _ chunks: [ScoredChunk], outputs: Int, _ pass: inout DevicePass,
        _ body: (_ chunk: Int, _ first: Int, _ rows: LogitRows) throws(ModelError) -> Void
    ) throws(ModelError) {
        let vocabulary = model.shape.vocabulary
        var logits = [Float](repeating: 0, count: min(height, outputs) * vocabulary)
        for (number, chunk) in chunks.enumerated() {
            for first in stride(from: 0, to: outputs, by: height) {
                let count = min(height, outputs - first)
                let stretch = number * outputs + first..<number * outputs + first + count
                try asModelError { () throws(CUDAError) in try pass.logits(stretch, outputs: outputs) }
                let rows = try rows(stretch, pass)
                let targets = Array(chunk.targets[first..<first + count])
                let result: Result<Void, ModelError> = logits.withUnsafeMutableBufferPointer { buffer in
                    Result { () throws(ModelError) in
                        let stretch = UnsafeMutableBufferPointer(rebasing: buffer[0..<count * vocabulary])
                        try asModelError { () throws(CUDAError) in try room.logits.download(into: stretch) }
                        let seen = LogitRows(rows, targets, logits: UnsafeBufferPointer(stretch), engine)
                        try seen.checkFinite(model, chunk, first: first)
                        try body(number, first, seen)
                    }
                }
                try result.get()
            }
        }
    }

    /// Chunks without logits: everything is asked for, and then read at once.
    private func score(
        _ chunks: [ScoredChunk], outputs: Int, _ pass: inout DevicePass,
        _ body: (_ chunk: Int, _ first: Int, _ rows: LogitRows) throws(ModelError) -> Void
    ) throws(ModelError) {
        let count = chunks.count * outputs
        try asModelError { () throws(CUDAError) in
            for first in stride(from: 0, to: count, by: height) {
                try pass.logits(first..<min(first + height, count), outputs: outputs)
            }
        }
        let rows = try rows(0..<count, pass)
        guard outputs > 0 else { return }
        for (number, chunk) in chunks.enumerated() {
            let seen = LogitRows(
                Array(rows[number * outputs..<(number + 1) * outputs]), chunk.targets, logits: UnsafeBufferPointer(start: nil, count: 0),
                engine)
            try seen.checkFinite(model, chunk, first: 0)
            try body(number, 0, seen)
        }
    }

    /// Waits for the device, and reads what it found in rows of logits.
    private func rows(_ stretch: Range<Int>, _ pass: DevicePass) throws(ModelError) -> [LogitRows.Row] {
        if let broken = try asModelError({ () throws(CUDAError) in try pass.broken.first() }) { throw broken }
        return try asModelError { () throws(CUDAError) in
            let scores = room.scores.slice(stretch)
            let (largest, sums, logits) = (try scores.largest.download(), try scores.sums.download(), try scores.logits.download())
            return largest.indices.map { LogitRows.Row(largest: largest[$0], sum: sums[$0], target: logits[$0]) }
        }
    }

    private static func rotation(_ model: LanguageModel, _ backend: CUDABackend, context: Int) throws(ModelError) -> RotationTable {
        let tables = try Rotation(model, context: context).tables
        return try asModelError { () throws(CUDAError) in
            try RotationTable(
                backend, kind: model.shape.rotation == .pairs ? .pairs : .halves, cosines: tables.cosines, sines: tables.sines,
                size: model.shape.headSize)
        }
    }

    /// As many sequences as were asked for, or as there is room for.
    private static func size(
        _ shape: HyperParameters, _ weights: DeviceModel, _ backend: CUDABackend, sequences: Int, length: Int
    ) throws(ModelError) -> Workspace.Size {
        // A twentieth is left to other users of the device.
        let free = try asModelError { () throws(CUDAError) in try backend.device.memory().free } / 20 * 19
        let matrices = weights.matrices
        for count in stride(from: sequences, through: 1, by: -1) {
            let size = Workspace.Size(
                shape: shape, sequences: count, length: length, needsRounding: matrices.contains { $0.rounding != nil },
                needsDecoding: matrices.contains { if case .blocks = $0.form { true } else { false } },
                needsQuantizing: matrices.contains { if case .quantized = $0.form { true } else { false } })
            if let bytes = size.bytes, bytes <= free { return size }
        }
        throw .kernel(
            .device("no room for a chunk of \(length) positions: \(backend.device.name) has \(free) bytes free beside the weights"))
    }
}
