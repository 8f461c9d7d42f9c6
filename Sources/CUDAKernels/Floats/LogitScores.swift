/// What is kept of rows of logits; allocated once for the most rows.
package struct LogitScores: Sendable {
    /// The largest logit; NaN if there is any.
    package let largest: DeviceArray<Float>
    /// The sum of exp(logit − largest), in double.
    package let sums: DeviceArray<Double>
    /// The target's logit; NaN if the target is outside the vocabulary.
    package let logits: DeviceArray<Float>

    /// - Throws: `outOfMemory`, `failed`.
    package init(_ backend: CUDABackend, rows: Int) throws(CUDAError) {
        largest = try DeviceArray(backend, count: rows)
        sums = try DeviceArray(backend, count: rows)
        logits = try DeviceArray(backend, count: rows)
    }

    private init(_ largest: DeviceArray<Float>, _ sums: DeviceArray<Double>, _ logits: DeviceArray<Float>) {
        (self.largest, self.sums, self.logits) = (largest, sums, logits)
    }

    /// A stretch of rows.
    package func slice(_ rows: Range<Int>) -> LogitScores { LogitScores(largest.slice(rows), sums.slice(rows), logits.slice(rows)) }
}

extension CUDABackend {
    /// For each row of logits: `largest`, `exponential_sum` with that as offset, and the logit of a token. Does not wait.
    ///
    /// - Parameters:
    ///   - logits: `[row][token]`.
    ///   - targets: a token for each row.
    package func score(
        _ logits: DeviceArray<Float>, vocabulary: Int, targets: DeviceArray<Int32>, rows: Int, into scores: LogitScores
    ) throws(CUDAError) {
        precondition(vocabulary > 0 && room(rows, vocabulary) <= logits.count && rows <= targets.count, "rows outside the arrays")
        precondition(rows <= scores.largest.count && rows <= scores.sums.count && rows <= scores.logits.count, "no room for the scores")
        guard rows > 0 else { return }
        try module.launch(
            "hifi_score", grid: (rows, 1), threads: 288,
            [
                logits.argument, targets.argument, checked(vocabulary), scores.largest.argument, scores.sums.argument,
                scores.logits.argument,
            ])
    }
}
