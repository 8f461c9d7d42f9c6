import HIFIBlockSpec
import HIFIReference
import Mutants
import Suite

/// Mistakes about parts of terms that kernels sum by themselves: minima, outliers, integers, biases.
extension RowMistakes {
    // MARK: Minima

    static func minima(_ add: Add) {
        /// Activations by which minima are multiplied, instead of those of their own weights.
        func sums(_ name: String, _ fault: String, _ code: @escaping @Sendable (_ row: RowProduct, _ weight: Int) -> Double) {
            add(name, fault) { row in
                row.code.indices.reduce(0) { sum, weight in
                    sum + (row.scaled[weight] * Double(row.code[weight]) + row.minimum[weight] * code(row, weight)) * row.scale(weight)
                }
            }
        }
        let moves: [(String, String, @Sendable (Int) -> Int)] = [
            ("half-first", "those of the first half", { $0 & ~128 }), ("half-second", "those of the second half", { $0 | 128 }),
            ("half-other", "those of the other half", { $0 ^ 128 }), ("swap-16", "those of the neighbouring 16", { $0 ^ 16 }),
            ("swap-32", "those of the neighbouring 32", { $0 ^ 32 }), ("swap-64", "those of the neighbouring 64", { $0 ^ 64 }),
            ("first-16", "those of the first 16 of each 32", { $0 & ~16 }), ("second-16", "those of the last 16 of each 32", { $0 | 16 }),
            ("first-32", "those of the first 32 of each 64", { $0 & ~32 }), ("second-32", "those of the last 32 of each 64", { $0 | 32 }),
            ("next-16", "those of the next 16", { $0 & ~255 | ($0 + 16) & 255 }),
            ("previous-16", "those of the 16 before", { $0 & ~255 | ($0 + 240) & 255 }),
            ("next-32", "those of the next 32", { $0 & ~255 | ($0 + 32) & 255 }),
            ("previous-32", "those of the 32 before", { $0 & ~255 | ($0 + 224) & 255 }),
            ("reverse", "those of the sub-blocks in reverse order", { $0 & ~255 | 240 - $0 & 240 | $0 & 15 }),
            ("all-first", "those of the first 16", { $0 & ~240 }),
        ]
        for (name, words, move) in moves {
            sums("minima-\(name)", "minima are multiplied by sums of activations that are not their own: \(words)") { row, weight in
                let other = move(weight)
                return other < row.code.count ? Double(row.code[other]) : 0
            }
        }
        /// Sums of 16 activations that are no longer what they were.
        for change in Change.activationSums {
            add("minima-sums-\(change.name)", "sums of 16 activations for the minima \(change.words)") { row in
                var total = row.code.indices.reduce(0) { $0 + row.scaled[$1] * Double(row.code[$1]) * row.scale($1) }
                for start in stride(from: 0, to: row.code.count, by: 16) {
                    let sum = (start..<min(start + 16, row.code.count)).reduce(0) { $0 + row.code[$1] }
                    total += row.minimum[start] * change.apply(Double(sum)) * row.scale(start)
                }
                return total
            }
        }
        for size in [16, 32] {
            add("minima-once-\(size)", "the minimum of each \(size) weights is subtracted once, not times the sum of their activations") {
                row in
                row.code.indices.reduce(0) { sum, weight in
                    let minimum = weight % size == 0 ? row.minimum[weight] : 0
                    return sum + (row.scaled[weight] * Double(row.code[weight]) + minimum) * row.scale(weight)
                }
            }
        }
        for shift in [-8, -4, -2, 2, 4, 8] {
            let words = "\(abs(shift)) bytes too \(shift < 0 ? "early" : "far")"
            add("minima-sums-at\(shift)", "the sums of activations for the minima are read \(words)") { row in
                guard let stored = row.activation.field("bsums") else { return .nan }
                let (elements, kind) = (row.activation.elements, row.activation)
                let every = elements / stored.count
                return row.code.indices.reduce(0) { sum, weight in
                    var minimum = 0.0
                    if weight % every == 0 {
                        let at = weight / elements * kind.bytes + stored.offset + weight % elements / every * stored.type.bytes + shift
                        let bytes = (at..<at + 2).map { row.activations.indices.contains($0) ? row.activations[$0] : 0 }
                        minimum = row.minimum[weight] * Double(Int16(truncatingIfNeeded: Int(bytes[0]) | Int(bytes[1]) << 8))
                    }
                    return sum + (row.scaled[weight] * Double(row.code[weight]) + minimum) * row.scale(weight)
                }
            }
        }
        add("minima-unscaled", "minima are not multiplied by the activation scale") { row in
            row.code.indices.reduce(0) { sum, weight in
                sum + row.scaled[weight] * Double(row.code[weight]) * row.scale(weight) + row.minimum[weight] * Double(row.code[weight])
            }
        }
        add("minima-first-block", "minima count in the first block of a row only") { row in
            row.code.indices.reduce(0) { sum, weight in
                let minimum = weight < row.activation.elements ? row.minimum[weight] : 0
                return sum + (row.scaled[weight] + minimum) * Double(row.code[weight]) * row.scale(weight)
            }
        }
        add("minima-last-block", "minima count in the last block of a row only") { row in
            row.code.indices.reduce(0) { sum, weight in
                let minimum = weight >= row.code.count - row.activation.elements ? row.minimum[weight] : 0
                return sum + (row.scaled[weight] + minimum) * Double(row.code[weight]) * row.scale(weight)
            }
        }
    }

    // MARK: Outliers

    static func outliers(_ add: Add) {
        /// What the correction of a weight is multiplied by, instead of its activation.
        func corrections(_ name: String, _ fault: String, _ factor: @escaping @Sendable (_ row: RowProduct, _ weight: Int) -> Double) {
            add(name, fault) { row in
                let weights = row.weights
                return row.code.indices.reduce(0) { sum, weight in
                    let own = Double(row.code[weight]) * row.scale(weight)
                    guard row.isOutlier[weight] else { return sum + weights[weight] * own }
                    return sum + row.base[weight] * own + (weights[weight] - row.base[weight]) * factor(row, weight)
                }
            }
            add("\(name)-whole", "\(fault), and the weight under an outlier is left out") { row in
                let weights = row.weights
                return row.code.indices.reduce(0) { sum, weight in
                    let own = Double(row.code[weight]) * row.scale(weight)
                    return sum + weights[weight] * (row.isOutlier[weight] ? factor(row, weight) : own)
                }
            }
        }
        corrections("outliers-unscaled", "outliers are multiplied by activation codes, not by their scale") { Double($0.code[$1]) }
        corrections("outliers-scale-alone", "outliers are multiplied by the activation scale, not by the code") { $0.scale($1) }
        corrections("outliers-d", "outliers are multiplied by d as well") { row, weight in
            row.d.isEmpty ? .nan : Double(row.code[weight]) * row.scale(weight) * row.d[weight / row.format.elements]
        }
        corrections("outliers-first-scale", "outliers take the activation scale of the first block") { Double($0.code[$1]) * $0.scales[0] }
        corrections("outliers-last-scale", "outliers take the activation scale of the last block") {
            Double($0.code[$1]) * $0.scales[$0.scales.count - 1]
        }
        corrections("outliers-first-block", "outliers take their activations from the first block") { row, weight in
            Double(row.code[weight % row.activation.elements]) * row.scales[0]
        }
        corrections("outliers-first-codes", "outliers take their activation codes from the first block, and the scale from their own") {
            row, weight in Double(row.code[weight % row.activation.elements]) * row.scale(weight)
        }
        corrections("outliers-next", "outliers take the activation after their own") { row, weight in
            weight + 1 < row.code.count ? Double(row.code[weight + 1]) * row.scale(weight) : 0
        }
        corrections("outliers-previous", "outliers take the activation before their own") { row, weight in
            weight > 0 ? Double(row.code[weight - 1]) * row.scale(weight) : 0
        }
        corrections("outliers-absolute", "outliers are multiplied by activations without their sign") { row, weight in
            abs(Double(row.code[weight])) * row.scale(weight)
        }
        corrections("outliers-fp16", "outliers are multiplied by activations rounded to fp16") { row, weight in
            half(Double(row.code[weight]) * row.scale(weight))
        }
        corrections("outliers-half-block", "outliers act in the first half of a block only") { row, weight in
            weight % row.format.elements < row.format.elements / 2 ? Double(row.code[weight]) * row.scale(weight) : 0
        }
        add("outliers-first-block-only", "outliers act in the first block of a row only") { row in
            let weights = row.weights
            return row.code.indices.reduce(0) { sum, weight in
                let value = row.isOutlier[weight] && weight >= row.format.elements ? row.base[weight] : weights[weight]
                return sum + value * Double(row.code[weight]) * row.scale(weight)
            }
        }
    }

    // MARK: Integer sums

    /// Sums of products of codes that do not fit the integers that they are kept in.
    static func integers(_ reader: BlockReader, _ add: Add) {
        guard reader.part(.minimum) == nil, reader.layout.slots == nil, reader.fields.count == 1 else { return }
        let elements = reader.format.elements
        if let code = reader.part(.code), code.width == 8, code.count == elements { saturatingPairs(elements, add) }
        for (size, unit) in [
            (1, "single weights"), (2, "pairs"), (4, "four weights"), (8, "eight weights"), (16, "16 weights"), (32, "32 weights"),
            (elements, "a block"),
        ]
        where size <= elements && !(unit == "32 weights" && elements == 32) {
            for change in Change.integers {
                add("integers-\(size)-\(change.name)", "sums of integer products of \(unit) \(change.words)") { row in
                    guard row.d.count * elements == row.code.count else { return .nan }
                    var total = 0.0
                    for start in stride(from: 0, to: row.code.count, by: size) {
                        let d = row.d[start / elements]
                        guard d != 0, d.isFinite else {
                            for weight in start..<start + size { total += row.scaled[weight] * Double(row.code[weight]) * row.scale(start) }
                            continue
                        }
                        var sum = 0.0
                        for weight in start..<start + size { sum += (row.scaled[weight] / d).rounded() * Double(row.code[weight]) }
                        total += change.apply(max(-1e9, min(1e9, sum))) * d * row.scale(start)
                    }
                    return total
                }
            }
        }
    }

    /// Instructions that multiply unsigned by signed bytes hold sums of pairs to 16 bits; signed codes are lifted by 128 for them.
    private static func saturatingPairs(_ elements: Int, _ add: Add) {
        add("integers-lifted", "codes are lifted by 128, and sums of pairs of their products are held to 16 bits") { row in
            var total = 0.0
            for start in stride(from: 0, to: row.code.count, by: 2) {
                let d = row.d[start / elements]
                guard d != 0, d.isFinite else {
                    for weight in start..<start + 2 { total += row.scaled[weight] * Double(row.code[weight]) * row.scale(start) }
                    continue
                }
                var (sum, lift) = (0.0, 0.0)
                for weight in start..<start + 2 {
                    sum += ((row.scaled[weight] / d).rounded() + 128) * Double(row.code[weight])
                    lift += 128 * Double(row.code[weight])
                }
                total += (max(-32768, min(32767, sum)) - lift) * d * row.scale(start)
            }
            return total
        }
    }

    // MARK: Biases

    /// Codes are multiplied as they are stored, and the bias is taken off by sums of activations, which go wrong.
    static func biases(_ reader: BlockReader, _ add: Add) {
        guard let code = reader.part(.code)?.rule, code.bias != 0, code.codebook == nil, code.selection == nil, reader.layout.slots == nil
        else { return }
        let bias = Double(code.bias)
        for size in Set([16, 32, reader.format.elements]).sorted() where size <= reader.format.elements {
            for change in Change.activationSums {
                add("bias-\(size)-\(change.name)", "sums of \(size) activations, by which the bias is taken off, \(change.words)") { row in
                    var total = 0.0
                    var start = 0
                    while start < row.code.count {
                        // What one unit of code is worth, by weight.
                        var (sum, worth) = (0, 0.0)
                        for weight in start..<start + size {
                            total += row.scaled[weight] * Double(row.code[weight]) * row.scale(weight)
                            sum += row.code[weight]
                            if row.unit[weight] != 0 { worth = row.unit[weight] }
                        }
                        total += (change.apply(Double(sum)) - Double(sum)) * bias * worth * row.scale(start)
                        start += size
                    }
                    return total
                }
            }
        }
    }
}
