import CInference

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A mean with its standard error.
public struct Estimate: Sendable, Hashable, Codable {
    /// The mean.
    public let value: Double
    /// Its standard error, 0 where there is no variance.
    public let error: Double

    /// The mean of numbers whose sum and sum of squares are given.
    init(sum: Double, squares: Double, count: Int) {
        value = sum / Double(count)
        let variance = squares / Double(count) - value * value
        error = count > 1 && variance > 0 ? (variance / Double(count - 1)).squareRoot() : 0
    }

    /// A value and its error.
    public init(value: Double, error: Double) { (self.value, self.error) = (value, error) }
}

/// How far a model's predictions are from a baseline's, over the scored positions.
public struct DivergenceReport: Sendable, Hashable, Codable {
    /// Positions compared.
    public let count: Int
    /// The baseline's form.
    public let form: Baseline.Form
    /// Of the model.
    public let perplexity: Estimate
    /// Of the baseline.
    public let baselinePerplexity: Estimate
    /// Mean of ln p(baseline) − ln p(model) of the tokens that follow: ln of the ratio of perplexities.
    public let logRatio: Estimate
    /// The ratio itself.
    public let ratio: Estimate
    /// Correlation of the two models' losses, nil where one has no variance.
    public let correlation: Double?
    /// Kullback-Leibler divergence of the model from the baseline.
    public let meanDivergence: Estimate
    /// Half of the positions diverge less.
    public let medianDivergence: Double
    /// Share of positions in per cent → divergence that so many do not exceed.
    public let percentiles: [String: Double]
    /// At the position that diverges most.
    public let maximumDivergence: Double
    /// At the position that diverges least; rounding can make it a little less than 0.
    public let minimumDivergence: Double
    /// Share of positions where both find the same token most likely.
    public let sameTop: Estimate
    /// Change of the probability of the token that follows: mean and root mean square.
    public let probabilityChange: Estimate
    /// Root mean square of the change of probability.
    public let probabilityChangeRMS: Double
}

/// Compares the logits that it sees with a baseline's.
public final class DivergenceMeter: LogitWatcher {
    private let baseline: Baseline
    private var divergences: [Double] = []
    private var losses: [Double] = []
    private var baselineLosses: [Double] = []
    private var sameTop = 0

    /// - Throws: ``BaselineError`` where the baseline is of another text, context or vocabulary, or lacks chunks.
    public init(_ baseline: Baseline, run: PerplexityRun, vocabulary: Int) throws(PerplexityError) {
        let path = baseline.path
        guard baseline.context == run.context else {
            throw .baseline(.otherContext(path: path, baseline: baseline.context, asked: run.context))
        }
        guard baseline.vocabulary == vocabulary else {
            throw .baseline(.otherVocabulary(path: path, baseline: baseline.vocabulary, model: vocabulary))
        }
        for chunk in run.chunks {
            guard let tokens = baseline.tokens(chunk) else {
                throw .baseline(.noSuchChunk(path: path, chunk: chunk, available: baseline.chunks))
            }
            // llama-perplexity keeps a chunk's first token even where another is run in its place.
            let skipped = run.beginning == nil ? 0 : 1
            guard tokens.dropFirst(skipped) == run.chunk(chunk).dropFirst(skipped) else {
                throw .baseline(.otherTokens(path: path, chunk: chunk))
            }
        }
        self.baseline = baseline
    }

    /// What a position contributes.
    private struct Position {
        var divergence = Double.nan
        var baselineLoss = Double.nan
        var hasSameTop = false
    }

    /// Compares rows of logits.
    public func see(_ rows: LogitRows, chunk: Int, first: Int) throws(PerplexityError) {
        guard let logits = rows.logits.baseAddress.map(Floats.init) else { return }
        var positions = [Position](repeating: Position(), count: rows.targets.count)
        let baseline = baseline
        positions.withUnsafeMutableBufferPointer { buffer in
            let results = Results(buffer)
            rows.engine.inStretches(rows.targets.count, of: 8) { stretch in
                withUnsafeTemporaryAllocation(byteCount: 4 * baseline.vocabulary, alignment: 64) { scratch in
                    let base = scratch.bindMemory(to: Float.self)
                    for row in stretch {
                        baseline.withPosition(first + row, chunk: chunk) { bytes in
                            Self.read(bytes, baseline.form, into: base)
                            results.buffer[row] = Self.compare(rows, row, logits.start + row * rows.vocabulary, base, baseline.form)
                        }
                    }
                }
            }
        }
        for (row, position) in positions.enumerated() {
            guard position.divergence.isFinite, position.baselineLoss.isFinite else {
                throw .baseline(.notFinite(path: baseline.path, chunk: chunk, position: first + row))
            }
            divergences.append(position.divergence)
            baselineLosses.append(position.baselineLoss)
            losses.append(rows.losses[row])
            if position.hasSameTop { sameTop += 1 }
        }
    }

    /// A position's logits, or ln p in the form of llama-perplexity.
    private static func read(_ bytes: UnsafeRawBufferPointer, _ form: Baseline.Form, into base: UnsafeMutableBufferPointer<Float>) {
        switch form {
        case .float32:
            for i in base.indices {
                base[i] = Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * i, as: UInt32.self)))
            }
        case .original16:
            let step = Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt32.self)))
            let least = Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
            for i in base.indices {
                let code = UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 + 2 * i, as: UInt16.self))
                base[i] = step * Float(code) + least
            }
        }
    }

    private static func compare(
        _ rows: LogitRows, _ row: Int, _ logits: UnsafePointer<Float>, _ values: UnsafeMutableBufferPointer<Float>, _ form: Baseline.Form
    ) -> Position {
        let table = rows.engine.floats.table
        guard let base = values.baseAddress, table.all_finite(base, values.count) == 1 else { return Position() }
        let width = values.count
        let target = Int(rows.targets[row])
        let largest = table.largest(base, width)
        var position = Position()
        position.hasSameTop = top(base, width, largest) == top(logits, width, rows.largest[row])
        switch form {
        case .float32:
            let sum = table.exponential_sum(base, largest, width)
            let logSum = Double(largest) + log(sum)
            // Σ p (ln p − ln q), the constants of both logarithms apart: nothing is left of equal logits.
            position.divergence = table.divergence_sum(base, logits, largest, width) / sum + (rows.logSums[row] - logSum)
            position.baselineLoss = logSum - Double(base[target])
        case .original16:
            position.baselineLoss = -Double(base[target])
            // As in llama-perplexity: what is 16 below certainty does not count, and probabilities are not normalized again.
            for i in 0..<width where base[i] <= -16 { base[i] = -1000 }
            position.divergence =
                table.divergence_sum(base, logits, 0, width) + rows.logSums[row] * table.exponential_sum(base, 0, width)
        }
        return position
    }

    private struct Results: @unchecked Sendable {
        // Unchecked: each task writes the positions of its stretch.
        let buffer: UnsafeMutableBufferPointer<Position>
        init(_ buffer: UnsafeMutableBufferPointer<Position>) { self.buffer = buffer }
    }

    /// The first place of the largest number.
    private static func top(_ values: UnsafePointer<Float>, _ count: Int, _ largest: Float) -> Int {
        (0..<count).first { values[$0] == largest } ?? -1
    }

    /// The statistics of everything seen; nil where that is nothing.
    public func report() -> DivergenceReport? {
        let count = losses.count
        guard count > 0 else { return nil }
        func estimate(_ values: [Double]) -> Estimate {
            Estimate(sum: values.reduce(0, +), squares: values.reduce(0) { $0 + $1 * $1 }, count: count)
        }
        func perplexity(_ mean: Estimate) -> Estimate { Estimate(value: exp(mean.value), error: mean.error * exp(mean.value)) }
        let (loss, baselineLoss) = (estimate(losses), estimate(baselineLosses))
        let logRatio = estimate(zip(losses, baselineLosses).map { $0 - $1 })
        let covariance = zip(losses, baselineLosses).reduce(0) { $0 + ($1.0 - loss.value) * ($1.1 - baselineLoss.value) } / Double(count)
        let scale = loss.error * baselineLoss.error * Double(max(1, count - 1))
        let changes = zip(losses, baselineLosses).map { exp(-$0) - exp(-$1) }
        let sorted = divergences.sorted()
        let agreement = Double(sameTop) / Double(count)
        let shares = [("99.9", 0.999), ("99", 0.99), ("95", 0.95), ("90", 0.9), ("10", 0.1), ("5", 0.05), ("1", 0.01)]
        return DivergenceReport(
            count: count, form: baseline.form, perplexity: perplexity(loss), baselinePerplexity: perplexity(baselineLoss),
            logRatio: logRatio, ratio: perplexity(logRatio), correlation: scale > 0 ? covariance / scale : nil,
            meanDivergence: estimate(divergences), medianDivergence: Self.percentile(sorted, 0.5),
            percentiles: Dictionary(uniqueKeysWithValues: shares.map { ($0.0, Self.percentile(sorted, $0.1)) }),
            maximumDivergence: sorted[count - 1], minimumDivergence: sorted[0],
            sameTop: Estimate(value: agreement, error: (agreement * (1 - agreement) / Double(max(1, count - 1))).squareRoot()),
            probabilityChange: estimate(changes),
            probabilityChangeRMS: (changes.reduce(0) { $0 + $1 * $1 } / Double(count)).squareRoot())
    }

    /// Between neighbours in proportion.
    private static func percentile(_ sorted: [Double], _ share: Double) -> Double {
        let place = share * Double(sorted.count - 1)
        let index = Int(place)
        let rest = place - Double(index)
        return (1 - rest) * sorted[index] + rest * sorted[min(index + 1, sorted.count - 1)]
    }
}
