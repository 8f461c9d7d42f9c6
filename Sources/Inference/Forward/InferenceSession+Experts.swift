import CInference

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Room for a layer of experts.
struct ExpertMemory {
    /// Logits of the router, a row of `count` for each position.
    let router: FloatMemory
    /// Positions that share an expert, one after another.
    let gathered: FloatMemory
    /// What an expert makes of them.
    let product: FloatMemory
    /// Sums over the experts of each position.
    let mixed: FloatMemory

    init(_ shape: HyperParameters, _ experts: HyperParameters.Experts, batch: Int) throws(ModelError) {
        router = try FloatMemory(batch, experts.count, for: "a batch of \(batch)")
        gathered = try FloatMemory(batch, shape.embedding, for: "a batch of \(batch)")
        product = try FloatMemory(batch, shape.embedding, for: "a batch of \(batch)")
        mixed = try FloatMemory(batch, shape.embedding, for: "a batch of \(batch)")
    }
}

/// Which positions go through each expert, and with which weight.
struct ExpertChoice {
    /// By expert: numbers of rows, rising, and their weights.
    let rows: [[(row: Int, weight: Float)]]

    /// Chooses for each row of logits the `used` experts of the largest softmax, of equal ones the first; their weights are the softmax,
    /// divided by the sum of the chosen ones where the model says so. The sum counts as 2^-14 at least, as llama.cpp has it.
    init(_ logits: UnsafePointer<Float>, rows count: Int, _ experts: HyperParameters.Experts) {
        var rows = [[(row: Int, weight: Float)]](repeating: [], count: experts.count)
        for row in 0..<count {
            let values = UnsafeBufferPointer(start: logits + row * experts.count, count: experts.count)
            let largest = values.max() ?? 0
            let terms = values.map { exp($0 - largest) }
            let sum = terms.reduce(0, +)
            let chosen = terms.indices.sorted { terms[$0] != terms[$1] ? terms[$0] > terms[$1] : $0 < $1 }.prefix(experts.used)
            var weights = chosen.map { terms[$0] / sum }
            if experts.normalizesWeights {
                let total = max(weights.reduce(0, +), 0x1p-14)
                weights = weights.map { $0 / total }
            }
            for (expert, weight) in zip(chosen, weights) { rows[expert].append((row, weight)) }
        }
        self.rows = rows
    }
}

extension InferenceSession {
    /// Adds what the experts make of rows of the stream. Each expert sees the positions that chose it, in the order of experts; sums of a
    /// position have that order too, whatever the threads.
    func addExperts(_ experts: LanguageModel.Experts, _ input: Activations, _ rows: Range<Int>) throws(ModelError) {
        guard let memory = memory.experts, let shape = model.shape.experts else { return }
        let (width, table) = (model.shape.embedding, engine.floats.table)
        try multiply(experts.router, input, into: memory.router.start)
        let choice = ExpertChoice(memory.router.start, rows: input.rows, shape)
        memset(memory.mixed.start, 0, 4 * input.rows * width)
        for (gated, chosen) in zip(experts.choice, choice.rows) where !chosen.isEmpty {
            for (index, entry) in chosen.enumerated() {
                memory.gathered.row(index, width: width).update(from: input.values + entry.row * width, count: width)
            }
            let numbers = chosen.map(\.row)
            let part = Activations(
                memory.gathered.start, rows: chosen.count, columns: width, first: input.first, numbers: numbers)
            try apply(gated, part, numbers, into: memory.product.start)
            add(memory.product, to: memory.mixed, chosen)
        }
        if let (gate, expert) = experts.shared {
            let numbers = Array(0..<input.rows)
            try multiply(gate, input, into: memory.router.start)
            let weights = numbers.map { row in (row: row, weight: 1 / (1 + exp(-memory.router.start[row]))) }
            try apply(expert, input, numbers, into: memory.product.start)
            add(memory.product, to: memory.mixed, weights)
        }
        let (stream, mixed) = (self.memory.stream, memory.mixed)
        engine.inStretches(rows.count, of: 16) { stretch in
            table.add(
                stream.row(rows.lowerBound + stretch.lowerBound, width: width), mixed.row(stretch.lowerBound, width: width),
                stretch.count * width)
        }
    }

    private func apply(
        _ gated: LanguageModel.Gated, _ input: Activations, _ numbers: [Int], into output: UnsafeMutablePointer<Float>
    ) throws(ModelError) {
        try gate(gated, input)
        let inner = Activations(
            memory.gate.start, rows: input.rows, columns: gated.down.columns, first: input.first, numbers: numbers)
        try multiply(gated.down, inner, into: output)
    }

    /// Adds rows, weighted, to rows of another memory: product, then sum, each rounded.
    private func add(_ product: FloatMemory, to mixed: FloatMemory, _ chosen: [(row: Int, weight: Float)]) {
        let (width, table) = (model.shape.embedding, engine.floats.table)
        engine.inStretches(chosen.count, of: 16) { stretch in
            for index in stretch {
                let source = product.row(index, width: width)
                table.scale(source, chosen[index].weight, width)
                table.add(mixed.row(chosen[index].row, width: width), source, width)
            }
        }
    }
}
