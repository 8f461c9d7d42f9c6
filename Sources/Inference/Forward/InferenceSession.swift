import CInference
import HIFIForeign
import HIFIKernels

/// A model at work on one sequence: positions are added, and what is asked for is read off.
///
/// Memory: the cache (context × layers × key width × 2), activations of at most `batch` positions, and at most 64 MiB of logits or those
/// of 16 positions. Weights stay where they are mapped. Results do not depend on the number of threads. Not for use from several
/// threads at once.
public final class InferenceSession {
    /// Called with the input of each product: the name of the matrix, the expert where its tensor holds several, rows of activations,
    /// their width. An expert sees only the positions that go through it.
    public typealias Observer = (
        _ tensor: String, _ expert: Int?, _ activations: UnsafeBufferPointer<Float>, _ columns: Int
    ) -> Void

    /// What computes.
    public let model: LanguageModel
    /// Positions that there is room for.
    public let context: Int
    /// Positions that can be added at once.
    public let batch: Int
    /// Positions so far.
    public private(set) var count = 0
    /// The instruction set in use.
    public var isa: InstructionSet { engine.isa }
    /// Threads at work, the caller included.
    public var threads: Int { engine.pool.threads }
    /// What is called with the input of each product.
    public var observer: Observer?

    let engine: Engine
    private let embedder: TokenEmbedder
    private let products: Products
    private let attention: Attention
    let memory: Memory
    /// Kept from one call to the next, since fresh memory has to be cleared.
    private var logitMemory: FloatMemory?
    /// Looks at every product for numbers that are not finite.
    private var isTracing = false

    /// Activations of a batch.
    struct Memory {
        let stream, normed, queries, keys, values, read, gate, up: FloatMemory
        /// Nil for a model without experts.
        let experts: ExpertMemory?

        init(_ shape: HyperParameters, batch: Int) throws(ModelError) {
            func rows(_ width: Int) throws(ModelError) -> FloatMemory { try FloatMemory(batch, width, for: "a batch of \(batch)") }
            stream = try rows(shape.embedding)
            normed = try rows(max(shape.embedding, shape.queryWidth))
            queries = try rows(shape.queryWidth)
            keys = try rows(shape.keyWidth)
            values = try rows(shape.keyWidth)
            read = try rows(shape.queryWidth)
            let inner = max(shape.feedForward, shape.experts?.sharedFeedForward ?? 0)
            gate = try rows(inner)
            up = try rows(inner)
            experts = try shape.experts.map { experts throws(ModelError) in try ExpertMemory(shape, experts, batch: batch) }
        }
    }

    /// - Throws: ``ModelError``: an instruction set that is not there, sizes that do not fit in memory.
    public init(_ model: LanguageModel, context: Int, batch: Int? = nil, options: InferenceOptions = InferenceOptions()) throws(ModelError)
    {
        self.model = model
        self.context = max(1, context)
        self.batch = min(max(1, batch ?? context), max(1, context))
        do { engine = try Engine(options) } catch { throw .kernel(error) }
        embedder = try TokenEmbedder(model, engine)
        products = try Products(engine, formats: model.matrices.map(\.format))
        attention = Attention(
            engine: engine, cache: try AttentionCache(model.shape, context: self.context),
            rotation: try Rotation(model, context: self.context))
        memory = try Memory(model.shape, batch: self.batch)
    }

    /// Forgets all positions.
    public func reset() { count = 0 }

    /// Adds positions and returns the logits of the last ones.
    ///
    /// - Parameters:
    ///   - tokens: at most ``batch``.
    ///   - outputs: how many of the last positions to compute logits for. The last layer is computed for these only, unless an
    ///     observer watches.
    ///   - body: called with stretches of logits, in order: the first position among the outputs, and as many rows of `vocabulary`
    ///     numbers as fit a bounded buffer.
    /// - Throws: ``ModelError``: a token outside the vocabulary, a full context, numbers that are not finite; what `body` throws.
    public func append(
        _ tokens: [Int32], outputs: Int = 1, _ body: (_ first: Int, _ logits: UnsafeBufferPointer<Float>) throws(ModelError) -> Void
    ) throws(ModelError) {
        guard tokens.count <= batch, count + tokens.count <= context else {
            throw .contextFull(positions: count + tokens.count, context: min(context, count + batch))
        }
        let outputs = min(outputs, tokens.count)
        do {
            try layers(tokens, outputs: outputs)
            try logits(tokens.count, outputs: outputs, body)
        } catch .nonFinite(let what, let position) {
            // Once more, to find out where it begins.
            guard !isTracing else { throw .nonFinite(what, position: position) }
            isTracing = true
            defer { isTracing = false }
            try layers(tokens, outputs: outputs)
            throw .nonFinite(what, position: position)
        }
        count += tokens.count
    }

    private func layers(_ tokens: [Int32], outputs: Int) throws(ModelError) {
        let shape = model.shape
        try embed(tokens)
        for (index, layer) in model.layers.enumerated() {
            try norm(memory.stream, layer.attentionNorm, 0..<tokens.count)
            let input = Activations(memory.normed.start, rows: tokens.count, columns: shape.embedding)
            try multiply(layer.query, input, into: memory.queries.start)
            try multiply(layer.key, input, into: memory.keys.start)
            try multiply(layer.value, input, into: memory.values.start)
            attention.prepare(memory.queries, memory.keys, memory.values, layer, index, first: count, count: tokens.count)
            // Behind the last keys and values, only positions with outputs matter.
            let from = index == model.layers.count - 1 && observer == nil ? tokens.count - outputs : 0
            let rows = tokens.count - from
            guard rows > 0 else { return }
            attention.attend(memory.queries, layer: index, first: count, from: from, count: tokens.count, into: memory.read)
            try addProduct(layer.attentionOutput, memory.read.row(from, width: shape.queryWidth), shape.queryWidth, from..<tokens.count)
            try norm(memory.stream, layer.feedForwardNorm, from..<tokens.count)
            let normed = Activations(memory.normed.row(from, width: shape.embedding), rows: rows, columns: shape.embedding, first: from)
            switch layer.feedForward {
            case .dense(let gated):
                try gate(gated, normed)
                try addProduct(gated.down, memory.gate.start, gated.down.columns, from..<tokens.count)
            case .experts(let experts): try addExperts(experts, normed, from..<tokens.count)
            }
        }
    }

    /// silu(gate · x) · (up · x), into `memory.gate`: rows of the part's width.
    func gate(_ gated: LanguageModel.Gated, _ input: Activations) throws(ModelError) {
        try multiply(gated.gate, input, into: memory.gate.start)
        try multiply(gated.up, input, into: memory.up.start)
        let (gate, up, width, table) = (memory.gate, memory.up, gated.gate.rows, engine.floats.table)
        engine.inStretches(input.rows, of: 16) { stretch in
            let place = stretch.lowerBound * width
            table.swiglu(gate.start + place, up.start + place, gate.start + place, stretch.count * width)
        }
    }

    private func embed(_ tokens: [Int32]) throws(ModelError) {
        let width = model.shape.embedding
        try embedder.embed(tokens, into: UnsafeMutableBufferPointer(start: memory.stream.start, count: memory.stream.count))
        if isTracing { try trace(memory.stream.start, rows: tokens.count, width: width, "a row of token_embd.weight") }
    }

    /// Norms rows of the stream.
    private func norm(_ stream: FloatMemory, _ weight: [Float], _ rows: Range<Int>) throws(ModelError) {
        let (normed, width, epsilon, table) = (memory.normed, model.shape.embedding, model.shape.epsilon, engine.floats.table)
        engine.inStretches(rows.count, of: 16) { stretch in
            weight.withUnsafeBufferPointer { weight in
                for row in stretch {
                    let index = rows.lowerBound + row
                    table.rms_norm(
                        stream.row(index, width: width), weight.baseAddress, epsilon, normed.row(index, width: width), width)
                }
            }
        }
    }

    /// Every row of the matrix times every row of activations, and the bias: `output[a * matrix.rows + w]`.
    func multiply(_ matrix: WeightMatrix, _ input: Activations, into output: UnsafeMutablePointer<Float>) throws(ModelError) {
        if engine.arithmetic == .kernels, let row = input.firstBrokenRow(engine) {
            throw .nonFinite("an input of tensor \(matrix.title)", position: count + row)
        }
        observer?(
            matrix.name.raw, matrix.expert, UnsafeBufferPointer(start: input.values, count: input.rows * input.columns), input.columns)
        try products.multiply(matrix, input, into: output)
        if let bias = matrix.bias { add(bias, to: output, rows: input.rows) }
        if isTracing { try trace(matrix, input, output) }
    }

    private func add(_ bias: [Float], to output: UnsafeMutablePointer<Float>, rows: Int) {
        let (output, table) = (MutableFloats(output), engine.floats.table)
        engine.inStretches(rows, of: 16) { stretch in
            bias.withUnsafeBufferPointer { bias in
                for row in stretch { table.add(output.start + row * bias.count, bias.baseAddress, bias.count) }
            }
        }
    }

    /// Adds a product to rows of the stream. The norm's memory holds the product in between.
    private func addProduct(
        _ matrix: WeightMatrix, _ values: UnsafePointer<Float>, _ width: Int, _ rows: Range<Int>
    ) throws(ModelError) {
        let input = Activations(values, rows: rows.count, columns: width, first: rows.lowerBound)
        try multiply(matrix, input, into: memory.normed.start)
        let (stream, normed, embedding, table) = (memory.stream, memory.normed, model.shape.embedding, engine.floats.table)
        engine.inStretches(rows.count, of: 16) { stretch in
            table.add(
                stream.row(rows.lowerBound + stretch.lowerBound, width: embedding), normed.row(stretch.lowerBound, width: embedding),
                stretch.count * embedding)
        }
    }

    private func logits(
        _ rows: Int, outputs: Int, _ body: (Int, UnsafeBufferPointer<Float>) throws(ModelError) -> Void
    ) throws(ModelError) {
        guard outputs > 0 else { return }
        let shape = model.shape
        try norm(memory.stream, model.outputNorm, rows - outputs..<rows)
        // 64 MiB of logits at a time, of 16 positions at least.
        let height = min(outputs, max(16, (16 << 20) / shape.vocabulary))
        let memory = try memoryOfLogits(rows: height)
        for first in stride(from: 0, to: outputs, by: height) {
            let count = min(height, outputs - first)
            let input = Activations(
                self.memory.normed.row(rows - outputs + first, width: shape.embedding), rows: count, columns: shape.embedding,
                first: rows - outputs + first)
            try multiply(model.output, input, into: memory.start)
            try body(first, memory.prefix(count * shape.vocabulary))
        }
    }

    private func memoryOfLogits(rows: Int) throws(ModelError) -> FloatMemory {
        let (count, overflow) = rows.multipliedReportingOverflow(by: model.shape.vocabulary)
        if !overflow, let logitMemory, logitMemory.count >= count { return logitMemory }
        let memory = try FloatMemory(rows, model.shape.vocabulary, for: "logits")
        logitMemory = memory
        return memory
    }

    /// Throws for the first row of a product with a number that is not finite.
    private func trace(_ matrix: WeightMatrix, _ input: Activations, _ output: UnsafePointer<Float>) throws(ModelError) {
        for row in 0..<input.rows {
            let product = UnsafeBufferPointer(start: output + row * matrix.rows, count: matrix.rows)
            guard !product.allSatisfy(\.isFinite) else { continue }
            let values = UnsafeBufferPointer(start: input.values + row * input.columns, count: input.columns)
            if products.roundsThroughQ80(matrix), let value = values.first(where: { abs($0) > ModelError.largestQ80 }) {
                throw .activationOverflow(tensor: ForeignText(matrix.title), position: count + input.number(of: row), value: value)
            }
            throw .nonFinite("the product of tensor \(matrix.title)", position: count + input.number(of: row))
        }
    }

    /// Throws for the first row with a number that is not finite.
    private func trace(_ values: UnsafePointer<Float>, rows: Int, width: Int, first: Int = 0, _ what: String) throws(ModelError) {
        for row in 0..<rows where !UnsafeBufferPointer(start: values + row * width, count: width).allSatisfy(\.isFinite) {
            throw .nonFinite(what, position: count + first + row)
        }
    }
}
