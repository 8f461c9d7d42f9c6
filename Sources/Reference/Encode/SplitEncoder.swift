import HIFIBlockSpec

/// IQ1_S and IQ1_M: sub-blocks of thirty-two or sixteen weights, each with a scale, and a shift for all of it or for each half (ENC-37,
/// ENC-38).
struct SplitEncoder: BaseEncoder {
    private let entries: TernaryEntries
    private let kind: Kind

    enum Kind {
        /// IQ1_S.
        case oneShift
        /// IQ1_M.
        case twoShifts

        /// Weights of a sub-block.
        var part: Int { self == .oneShift ? 32 : 16 }
        /// Shifts of a sub-block.
        var shifts: Int { self == .oneShift ? 1 : 2 }
        /// Sub-blocks whose magnitudes are all below this have no scale.
        var least: Float { self == .oneShift ? 1e-12 : 1e-7 }
        /// What the super-scale is multiplied by in the end.
        var factor: Float { self == .oneShift ? 1.125 : 1.1125 }

        /// Whether a trial shifts these eight weights, or this half, down. Trials are numbered by a bit for each shift, the first highest.
        func isDown(_ trial: Int, _ group: Int) -> Bool { self == .oneShift ? trial == 1 : trial >> (1 - group) & 1 == 1 }
    }

    /// Nil unless codes name ternary entries.
    init?(_ code: IndexedInteger, _ kind: Kind) {
        guard let entries = TernaryEntries(code) else { return nil }
        (self.entries, self.kind) = (entries, kind)
    }

    func encode(_ x: UnsafeBufferPointer<Float>, guidance: Guidance, meanSquareOfRow: Float, into content: inout BlockContent) {
        let evening = 2 * sumOfSquares(x) / 256
        let (part, count) = (kind.part, 256 / kind.part)
        content.clearEntries()
        withScratch(256 + count + 2 * 33) { scratch, bytes in
            let scales = scratch.group(256, count)
            for j in 0..<count {
                let values = x.group(part * j, part)
                let weights = scratch.group(part * j, part)
                scales[j] = 0
                TernaryEntries.weigh(values, guidance.importance?.group(part * j, part), evening: evening, weights)
                guard !TernaryEntries.isNegligible(values, below: kind.least) else { continue }
                let order = bytes.group(0, part)
                let levels = bytes.group(part, part)
                TernaryEntries.sort(values, into: order)
                let best =
                    switch kind {
                    case .oneShift: Self.best(values, weights, order, sums: scratch.group(256 + count, 2 * 33))
                    case .twoShifts: Self.best(values, weights, order)
                    }
                guard let split = best else { continue }
                // Under a negative scale levels and shifts are the opposite ones.
                let opposed = split.scale < 0
                let trial = opposed ? 1 << kind.shifts - 1 - split.shifts : split.shifts
                TernaryEntries.levels(split, order: order, opposed: opposed, into: levels)
                for shift in 0..<kind.shifts { content.minima[kind.shifts * j + shift] = kind.isDown(trial, shift) ? 1 : 0 }
                scales[j] = entries.settle(
                    values, weights, levels, scale: abs(split.scale), isDown: { kind.isDown(trial, $0) }, first: part * j, &content)
            }
            guard var step = content.codeScales(.init(scales)) else { return }
            if kind == .twoShifts { step = refit(x, .init(scratch), content, step) }
            content.scale = step * kind.factor
        }
    }

    /// The best of all splits under both shifts, by (Σ w·x·q)² / Σ w·q²; the first of equals. Nil where no weight counts.
    ///
    /// Sums are differences of running ones over the weights in rising order.
    private static func best(
        _ x: UnsafeBufferPointer<Float>, _ weights: UnsafeMutableBufferPointer<Float>, _ order: UnsafeMutableBufferPointer<UInt8>,
        sums: UnsafeMutableBufferPointer<Float>
    ) -> TernaryEntries.Split? {
        let count = x.count
        let sumX = sums.group(0, count + 1)
        let sumW = sums.group(count + 1, count + 1)
        (sumX[0], sumW[0]) = (0, 0)
        for place in 0..<count {
            let i = Int(order[place])
            sumX[place + 1] = sumX[place] + weights[i] * x[i]
            sumW[place + 1] = sumW[place] + weights[i]
        }
        var best = -Float.greatestFiniteMagnitude
        var found: TernaryEntries.Split?
        for first in 0...count {
            for last in first...count {
                for shifts in 0..<2 {
                    let low = TernaryEntries.value(0, isDown: shifts == 1)
                    let middle = TernaryEntries.value(1, isDown: shifts == 1)
                    let high = TernaryEntries.value(2, isDown: shifts == 1)
                    let projection =
                        (sumX[first] - sumX[0]) * low + (sumX[last] - sumX[first]) * middle + (sumX[count] - sumX[last]) * high
                    let ofLow = (sumW[first] - sumW[0]) * low * low
                    let ofMiddle = (sumW[last] - sumW[first]) * middle * middle
                    let ofHigh = (sumW[count] - sumW[last]) * high * high
                    let norm = ofLow + ofMiddle + ofHigh
                    guard norm > 0, projection * projection > best * norm else { continue }
                    let scale = projection / norm
                    best = scale * projection
                    found = .init(first: first, last: last, scale: scale, shifts: shifts)
                }
            }
        }
        return found
    }

    /// The best of all splits under the four pairs of shifts, as above, but that each sum runs over the weights in
    /// rising order from the first.
    private static func best(
        _ x: UnsafeBufferPointer<Float>, _ weights: UnsafeMutableBufferPointer<Float>, _ order: UnsafeMutableBufferPointer<UInt8>
    ) -> TernaryEntries.Split? {
        let count = x.count
        return withUnsafeTemporaryAllocation(of: SIMD4<Float>.self, capacity: 6 * count) { terms in
            // By place and level, the terms of the four trials.
            for place in 0..<count {
                let i = Int(order[place])
                for level in 0..<3 {
                    var (ofX, ofQ) = (SIMD4<Float>(), SIMD4<Float>())
                    for shifts in 0..<4 {
                        let q = TernaryEntries.value(level, isDown: Kind.twoShifts.isDown(shifts, i / 8))
                        ofX[shifts] = weights[i] * q * x[i]
                        ofQ[shifts] = weights[i] * q * q
                    }
                    terms[6 * place + level] = ofX
                    terms[6 * place + 3 + level] = ofQ
                }
            }
            return best(terms, count)
        }
    }

    private static func best(_ terms: UnsafeMutableBufferPointer<SIMD4<Float>>, _ count: Int) -> TernaryEntries.Split? {
        var best = -Float.greatestFiniteMagnitude
        var found: TernaryEntries.Split?
        var (lowX, lowQ) = (SIMD4<Float>(), SIMD4<Float>())
        for first in 0...count {
            var (middleX, middleQ) = (lowX, lowQ)
            for last in first...count {
                var (projection, norm) = (middleX, middleQ)
                for place in last..<count {
                    projection += terms[6 * place + 2]
                    norm += terms[6 * place + 5]
                }
                for shifts in 0..<4 where norm[shifts] > 0 && projection[shifts] * projection[shifts] > best * norm[shifts] {
                    let scale = projection[shifts] / norm[shifts]
                    best = scale * projection[shifts]
                    found = .init(first: first, last: last, scale: scale, shifts: shifts)
                }
                if last < count {
                    middleX += terms[6 * last + 1]
                    middleQ += terms[6 * last + 4]
                }
            }
            if first < count {
                lowX += terms[6 * first]
                lowQ += terms[6 * first + 3]
            }
        }
        return found
    }

    /// The super-scale by least squares over the block as it will be read.
    private func refit(
        _ x: UnsafeBufferPointer<Float>, _ weights: UnsafeBufferPointer<Float>, _ content: BlockContent, _ step: Float
    ) -> Float {
        let levels = entries.index.entries
        var projection: Float = 0
        var norm: Float = 0
        for i in x.indices {
            let level = levels[8 * Int(content.entries[i]) + i % 8]
            let value = TernaryEntries.value(Int(level), isDown: content.minima[i / 8] == 1)
            let q = value * Float(2 * Int(content.scales[i / 16]) + 1)
            projection += weights[i] * q * x[i]
            norm += weights[i] * q * q
        }
        return norm > 0 ? projection / norm : step
    }
}

extension BlockContent {
    /// Entry 0 without a shift down everywhere, and scales of 0: what parts keep of which nothing is stored.
    fileprivate mutating func clearEntries() {
        for i in entries.indices { entries[i] = 0 }
        for j in minima.indices { minima[j] = 0 }
        for j in scales.indices { scales[j] = 0 }
        scale = 0
    }

    /// Codes for the scales of parts, of which the largest becomes 15 of the super-scale, code 7.
    ///
    /// - Returns: the super-scale; nil where all scales are 0: then shifts are not stored either.
    fileprivate mutating func codeScales(_ values: UnsafeBufferPointer<Float>) -> Float? {
        var largest: Float = 0
        for value in values where !(largest > value) { largest = value }
        guard largest != 0 else {
            for j in minima.indices { minima[j] = 0 }
            return nil
        }
        let step = largest / 15
        let inverse = 1 / step
        for j in values.indices { scales[j] = UInt8(Rounding.clamp(Rounding.nearest(0.5 * (inverse * values[j] - 1)), 0, 7)) }
        return step
    }
}
