import HIFIBlockSpec
import HIFIReference
import Mutants
import Suite

/// A way to decode blocks wrongly: one that the self-test plants, or one that people make in other forms than it does.
struct DecodingMistake: Sendable {
    /// The mutant, or the name of the mistake.
    let id: String
    /// What is done, as a sentence without a full stop.
    let words: String
    /// The defect of the catalogue.
    let defect: String?
    /// Blocks, or a row with its header, to the bits of weights, those of NaNs as a class.
    let decode: @Sendable ([UInt8]) -> [UInt32]

    /// All mistakes of a format, catalogued defects first.
    static func all(of format: BlockFormat) -> [DecodingMistake] {
        let planted = (DeclarationMutants.mutants(of: format) + DecoderFaults.mutants(of: format)).compactMap {
            mutant -> DecodingMistake? in
            guard let decode = (mutant.system as? FunctionSystem)?.decode else { return nil }
            return DecodingMistake(id: mutant.id, words: mutant.fault, defect: mutant.defect) { decode($0).map(FloatPattern.classified) }
        }
        // In a product several mistakes may look alike; what is plainly said goes before what the self-test makes of declarations.
        return planted.filter { $0.defect != nil } + DecodingMistakeMaker(format).made + planted.filter { $0.defect == nil }
    }
}

/// Mistakes about the integers of a block, for every format that declares them.
struct DecodingMistakeMaker {
    let format: BlockFormat
    let decoder: ReferenceDecoder
    private(set) var made: [DecodingMistake] = []

    init(_ format: BlockFormat) {
        self.format = format
        guard let decoder = try? ReferenceDecoder(format) else { preconditionFailure("formats with mistakes can be decoded") }
        self.decoder = decoder
        guard format.elements > 1 else { return }
        let draft = BlockDraft(format)
        places(draft)
        bits("code", draft.codeWidth, draft.codeCount, { $0.code($1) }, { $0.setCode($1, $2) })
        integers("scale", draft.scaleWidth, draft.scaleCount, { $0.scale($1) }, { $0.setScale($1, $2) })
        integers("minimum", draft.minimumWidth, draft.minimumCount, { $0.minimum($1) }, { $0.setMinimum($1, $2) })
        planes(.code, draft.codeCount)
        for part in [Part.scale, .minimum] where (layout(part)?.planes.count ?? 0) > 1 { planes(part, layout(part)?.count ?? 0) }
        if draft.scaleCount > 0, draft.scaleCount == draft.minimumCount {
            moves(draft.scaleCount, "scale and minimum", "scales and minima") { old, new, i, j in
                new.setScale(i, old.scale(j))
                new.setMinimum(i, old.minimum(j))
            }
            steps(draft.scaleCount, "scale and minimum", "scales and minima") { old, new, i, j in
                new.setScale(i, old.scale(j))
                new.setMinimum(i, old.minimum(j))
            }
            for index in 0..<min(layout(.scale)?.planes.count ?? 0, layout(.minimum)?.planes.count ?? 0) {
                exchangeBoth(index)
                exchange(index, .scale, .minimum)
                exchange(index, .minimum, .scale)
            }
            add("scale-is-minimum", "scales are read for minima, and minima for scales") { old, new in
                for i in 0..<old.scaleCount {
                    new.setScale(i, old.minimum(i))
                    new.setMinimum(i, old.scale(i))
                }
            }
        }
        values()
        fields()
        slots(draft)
        // What may look like something simpler comes last.
        for part in [Part.code, .scale, .minimum] { planeOrders(part) }
        scaleChanges(draft)
        layouts()
    }

    // MARK: Adding

    mutating func add(_ id: String, _ words: String, decode: @escaping @Sendable ([UInt8]) -> [UInt32]) {
        made.append(DecodingMistake(id: "\(id)", words: words, defect: nil, decode: format.decodingRows(decode)))
    }

    /// One that reads another block than there is.
    mutating func add(_ id: String, _ words: String, change: @escaping @Sendable (BlockDraft, inout BlockDraft) -> Void) {
        let (format, decoder) = (format, decoder)
        add(id, words) { bytes in
            var changed: [UInt8] = []
            changed.reserveCapacity(bytes.count)
            for start in stride(from: 0, to: bytes.count - format.bytes + 1, by: format.bytes) {
                let old = BlockDraft(format, bytes: Array(bytes[start..<start + format.bytes]))
                var new = old
                change(old, &new)
                changed += new.bytes
            }
            return ((try? decoder.decode(changed)) ?? []).map { FloatPattern.classified($0.bitPattern) }
        }
    }

    /// One that changes weights, by their place in the block.
    mutating func add(_ id: String, _ words: String, weights change: @escaping @Sendable ([Float]) -> [Float]) {
        let (elements, decoder) = (format.elements, decoder)
        add(id, words) { bytes in
            let weights = (try? decoder.decode(bytes)) ?? []
            return stride(from: 0, to: weights.count, by: elements).flatMap { start in
                change(Array(weights[start..<start + elements])).map { FloatPattern.classified($0.bitPattern) }
            }
        }
    }

    // MARK: Places

    /// Other orders of the weights in a block, and what they are called.
    private func orders() -> [(id: String, words: String, order: [Int])] {
        let count = format.elements
        var orders: [(String, String, [Int])] = []
        var size = 1
        while size < count {
            let run = size
            orders.append(
                (
                    "swap-\(run)", "neighbouring \(run == 1 ? "weights" : "runs of \(run) weights") are swapped",
                    (0..<count).map { $0 ^ run }
                ))
            if run > 1 {
                orders.append(("reverse-\(run)", "runs of \(run) weights are in reverse order", (0..<count).map { $0 ^ (run - 1) }))
            }
            size *= 2
        }
        orders.append(("reverse-\(count)", "the weights of a block are in reverse order", (0..<count).map { count - 1 - $0 }))
        for run in [16, 32, 64] where 4 * run <= count {
            for (a, b) in [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)] {
                orders.append(
                    (
                        "quarters-\(run)-\(a)\(b)", "of every four runs of \(run) weights, runs \(a) and \(b) are swapped",
                        (0..<count).map { place in
                            let part = place / run % 4
                            return part == a ? place + (b - a) * run : part == b ? place + (a - b) * run : place
                        }
                    ))
            }
            orders.append(
                (
                    "backwards-\(run)", "every four runs of \(run) weights are in reverse order",
                    (0..<count).map { place in place - place % (4 * run) + (3 - place / run % 4) * run + place % run }
                ))
            for turn in 1...3 {
                orders.append(
                    (
                        "turn-\(run)-\(turn)", "every four runs of \(run) weights are rotated by \(turn)",
                        (0..<count).map { place in place - place % (4 * run) + (place + turn * run) % (4 * run) }
                    ))
            }
        }
        // Pairs that lie side by side instead of half a run apart, and the other way round.
        for run in [16, 32, 64, 128, 256] where run <= count {
            let spread = (0..<count).map { place in place - place % run + (place % run % 2) * (run / 2) + place % run / 2 }
            let joined = (0..<count).map { place in place - place % run + (place % run % (run / 2)) * 2 + place % run / (run / 2) }
            orders.append(("spread-\(run)", "in runs of \(run) the two halves of a byte are taken for neighbours", spread))
            orders.append(("joined-\(run)", "in runs of \(run) neighbours are taken to lie half a run apart", joined))
        }
        for shift in [1, -1] {
            orders.append(
                (
                    "shift\(shift)", "each weight is the one \(shift > 0 ? "after" : "before") it",
                    (0..<count).map { ($0 + shift + count) % count }
                ))
        }
        return orders
    }

    private mutating func places(_ draft: BlockDraft) {
        for (id, words, order) in orders() {
            add("places-\(id)", words, weights: { weights in order.map { weights[$0] } })
            guard draft.codeCount == format.elements, draft.scaleCount > 0 else { continue }
            add("codes-\(id)", "\(words), but not their scales") { old, new in
                for i in 0..<old.codeCount { new.setCode(i, old.code(order[i])) }
            }
        }
    }
}
