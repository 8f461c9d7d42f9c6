#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Logits of some positions, with the log-softmax of the tokens that follow.
public struct LogitRows: @unchecked Sendable {
    // Unchecked: the logits are only read, during the call that they are handed to.
    /// Rows of one number for each token of the vocabulary; empty where nobody asked for them.
    public let logits: UnsafeBufferPointer<Float>
    /// The token that follows each position.
    public let targets: [Int32]
    /// The largest logit of each row.
    let largest: [Float]
    /// ln of the sum of exp of each row.
    let logSums: [Double]
    /// −ln p of each target.
    public let losses: [Double]
    /// What works on the logits.
    let engine: Engine

    var vocabulary: Int { logits.count / max(1, targets.count) }

    /// Rows that are looked at here.
    init(_ logits: UnsafeBufferPointer<Float>, _ targets: [Int32], _ engine: Engine) {
        let width = logits.count / max(1, targets.count)
        var rows = [Row](repeating: Row(largest: 0, sum: 0, target: 0), count: targets.count)
        if let start = logits.baseAddress.map(Floats.init) {
            rows.withUnsafeMutableBufferPointer { buffer in
                let results = Results(buffer)
                engine.inStretches(targets.count, of: 8) { stretch in
                    for row in stretch {
                        let values = start.start + row * width
                        let largest = engine.floats.table.largest(values, width)
                        results.buffer[row] = Row(
                            largest: largest, sum: engine.floats.table.exponential_sum(values, largest, width),
                            target: values[Int(targets[row])])
                    }
                }
            }
        }
        self.init(rows, targets, logits: logits, engine)
    }

    /// Rows that a device has looked at.
    ///
    /// - Parameter logits: empty if nobody will look at them.
    package init(_ rows: [Row], _ targets: [Int32], logits: UnsafeBufferPointer<Float>, _ engine: Engine) {
        (self.logits, self.targets, self.engine) = (logits, targets, engine)
        largest = rows.map(\.largest)
        let logSums = rows.map { Double($0.largest) + log($0.sum) }
        self.logSums = logSums
        losses = zip(rows, logSums).map { $1 - Double($0.target) }
    }

    /// What is read off one row.
    package struct Row: Sendable {
        let largest: Float
        let sum: Double
        let target: Float

        /// - Parameters:
        ///   - largest: NaN if there is any.
        ///   - sum: of exp(logit − largest), in double, by sixteen lanes.
        ///   - target: the logit of the token that follows.
        package init(largest: Float, sum: Double, target: Float) { (self.largest, self.sum, self.target) = (largest, sum, target) }
    }

    /// - Throws: `nonFinite` for the first row with a NaN or without a finite maximum.
    /// - Parameter first: the first row's number among the chunk's scored positions.
    package func checkFinite(_ model: LanguageModel, _ chunk: ScoredChunk, first: Int) throws(ModelError) {
        guard let row = largest.firstIndex(where: { !$0.isFinite }) else { return }
        let position = chunk.tokens.count - chunk.targets.count + first + row
        throw .nonFinite("the product of tensor \(model.output.name)", position: position)
    }

    private struct Results: @unchecked Sendable {
        // Unchecked: each task writes the rows of its stretch.
        let buffer: UnsafeMutableBufferPointer<Row>
        init(_ buffer: UnsafeMutableBufferPointer<Row>) { self.buffer = buffer }
    }
}
