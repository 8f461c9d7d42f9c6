import HIFIBlockSpec
import HIFIReference
import Suite

/// A second Q3_K encoder, and one of outliers over it, written from the clauses (ENC-04 to ENC-06, ENC-09, ENC-13, ENC-17,
/// ENC-19 to ENC-22) with a switch at every decision. Without faults its bytes are those of the reference.
struct Q3KTwin: Sendable {
    let format: BlockFormat
    var policy = SearchPolicy()
    var outliers = OutlierPolicy()

    /// Decisions about outliers.
    struct OutlierPolicy: Sendable {
        /// Slots to fill.
        var count = 0
        /// The stored number is what the base misses, not the weight.
        var storesResiduals = false
        /// Chosen weights are zero in what the base sees.
        var clearsBase = true
        /// Scores are multiplied by importances.
        var countsImportance = true
        /// With importances the base takes the search made for them, without using them.
        var searchesBase = false
        /// Slots in order of position.
        var rising = false
        /// Of equal scores the first is chosen.
        var firstOfEquals = true
        /// The search ends at the first score that is not above zero.
        var stopsAtZero = false
        /// fp32 to fp16 for stored numbers.
        var half: @Sendable (Float) -> UInt16 = { SmallFloats.half($0) }
        /// The number of slots in use is stored.
        var writesCount = true
        /// Scores are squares instead of magnitudes; the order is the same.
        var signedScores = false
    }

    /// The formats that it encodes.
    static let formats = [
        "q3_k", "q3_k_hifi@r5", "q3_k_hifi@r6", "q3_k_hifi@r7a", "q3_k_hifi@r7c", "q3_k_hifi@r9", "q3_k_hifi@r12a", "q3_k_hifi@r12b",
        "q3_k_hifi@r12c",
        "q3_k_hifi@r13",
    ]

    /// Nil for other formats.
    init?(_ format: BlockFormat) {
        guard Self.formats.contains(format.id) else { return nil }
        self.format = format
        outliers.count = BlockDraft(format).slots?.number ?? 0
        switch format.id {
        case "q3_k_hifi@r7a":
            outliers.storesResiduals = true
            outliers.clearsBase = false
        case "q3_k_hifi@r9", "q3_k_hifi@r12a": outliers.searchesBase = true
        case "q3_k_hifi@r12b", "q3_k_hifi@r12c":
            outliers.searchesBase = true
            outliers.rising = true
        case "q3_k_hifi@r13":
            outliers.rising = true
            outliers.countsImportance = false
            outliers.stopsAtZero = true
        default: break
        }
    }

    func answer(_ request: Request) -> Answer { encoded(request, encode) }

    private func encode(_ x: [Float], _ importance: [Float]?) -> BlockDraft {
        var draft = BlockDraft(format)
        guard let slots = draft.slots else {
            encodeBase(x, importance, isSearched: importance != nil, &draft)
            return draft
        }
        func scores(_ values: [Float]) -> [Float] {
            values.indices.map { i in
                let magnitude = outliers.signedScores ? values[i] : abs(values[i])
                return outliers.countsImportance ? magnitude * (importance?[i] ?? 1) : magnitude
            }
        }
        let isSearched = outliers.searchesBase && importance != nil
        var chosen: [Int]
        var stored = x
        if outliers.storesResiduals {
            encodeBase(x, nil, isSearched: isSearched, &draft)
            let base = (try? Spec.format("q3_k").map { try ReferenceDecoder($0).decode(Array(draft.bytes.prefix(110))) }) ?? []
            stored = zip(x, base).map { $0 - $1 }
            chosen = choose(scores(stored))
        } else {
            chosen = choose(scores(x))
            if outliers.rising { chosen.sort() }
            var rest = x
            if outliers.clearsBase { for position in chosen { rest[position] = 0 } }
            encodeBase(rest, nil, isSearched: isSearched, &draft)
        }
        for slot in 0..<slots.number where slot < chosen.count {
            draft.setSlot(slot, position: chosen[slot], value: Int(outliers.half(stored[chosen[slot]])))
        }
        if outliers.writesCount { draft.setCount(chosen.count) }
        return draft
    }

    private func choose(_ scores: [Float]) -> [Int] {
        var scores = scores
        var chosen: [Int] = []
        for _ in 0..<outliers.count {
            var best = 0
            for i in scores.indices.dropFirst() where outliers.firstOfEquals ? scores[i] > scores[best] : scores[i] >= scores[best] {
                best = i
            }
            if outliers.stopsAtZero, !(scores[best] > 0) { break }
            chosen.append(best)
            scores[best] = -.greatestFiniteMagnitude
        }
        return chosen
    }

    /// - Parameter importance: used only where the base itself is weighted, that is for plain Q3_K.
    private func encodeBase(_ x: [Float], _ importance: [Float]?, isSearched: Bool, _ draft: inout BlockDraft) {
        var scales: [Float] = []
        var totals: [Float] = []
        var codes: [Int] = []
        var squares: Float = 0
        for value in x { squares += value * value }
        let evening = policy.evening * squares / 256
        for group in 0..<16 {
            let values = x[16 * group..<16 * group + 16]
            guard isSearched else {
                let found = policy.descent(values)
                scales.append(found.scale)
                codes += found.codes
                continue
            }
            var weights: [Float] = []
            var total: Float = 0
            for i in values.indices {
                let weight = importance.map { $0[i] * (evening + x[i] * x[i]).squareRoot() } ?? x[i] * x[i]
                weights.append(weight)
                total += weight
            }
            let found = policy.grid(values, weights: weights, limit: 4)
            scales.append(found.scale)
            totals.append(total)
            codes += found.codes
        }
        let (superScale, scaleCodes) = isSearched ? policy.grid(scales[...], weights: totals, limit: 32) : plainSuperScale(scales)
        store(x, codes, scaleCodes, superScale * policy.factor, &draft)
    }

    private func plainSuperScale(_ scales: [Float]) -> (Float, [Int]) {
        let extreme = policy.extreme(scales[...])
        guard extreme != 0 else { return (0, scales.map { _ in -32 }) }
        let inverse = -32 / extreme
        let codes = scales.map {
            max(policy.scaleLow, min(policy.scaleHigh, Int(Int8(truncatingIfNeeded: policy.scaleNearest(inverse * $0)))))
        }
        return (1 / inverse, codes)
    }

    private func store(_ x: [Float], _ codes: [Int], _ scaleCodes: [Int], _ superScale: Float, _ draft: inout BlockDraft) {
        let half = policy.half(superScale)
        let seen = policy.seesRoundedScale ? SmallFloats.float(half: half) : superScale
        if let d = format.field("d") { draft.set(d, bits: UInt64(half)) }
        for group in 0..<16 {
            draft.setScale(group, scaleCodes[group] + 32)
            let step = seen * Float(scaleCodes[group])
            for i in 16 * group..<16 * group + 16 {
                let isKept = step == 0 || !policy.takesAnew
                let code = isKept ? codes[i] : max(policy.low, min(policy.high, policy.finalNearest(x[i] / step)))
                draft.setCode(i, code + 4)
            }
        }
    }
}

/// The answer of an encoder of blocks of 256 weights, each with its importances if there are any.
func encoded(_ request: Request, _ encode: ([Float], [Float]?) -> BlockDraft) -> Answer {
    guard case .encode(_, _, let values, let columns, let importance) = request else { return .skipped(reason: "not part of this mutant") }
    guard values.allSatisfy({ abs($0) <= 65504 }) else { return .error("a weight cannot be stored") }
    return .bytes(
        stride(from: 0, to: values.count, by: 256).flatMap { start in
            let column = start % columns
            return encode(Array(values[start..<start + 256]), importance.map { Array($0[column..<column + 256]) }).bytes
        })
}
