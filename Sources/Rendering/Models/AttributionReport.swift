import Console
import HIFIBlockSpec
import HIFIForeign
import HIFIIdentification
import Quantization

/// Who made a file, for people and machines.
package struct AttributionReport: Encodable {
    /// Tensors with one format and one result.
    struct Group: Encodable {
        let format: String
        /// `copied`, `made`, `nearly`, `unexplained`, `notInSource` or `noEncoder`.
        let result: String
        let makers: [TensorMaker]
        /// Of `nearly`: equal blocks, from 0 to 1, in the tensor that has fewest.
        let share: Double?
        /// Of `unexplained`: the smallest and the largest error, as multiples of this program's own.
        let errorRatios: [Double]?
        let tensors: [ForeignText]
        let blocks: Int
        let compared: Int
    }

    let file: ForeignText
    let source: ForeignText
    let importances: [ForeignText]
    let groups: [Group]
    /// `with`, `without`, `mixed` or `undecided`.
    let weighting: String
    /// The matrix that was used, if it was one for all.
    let matrix: ForeignText?
    /// Routings that the tensors follow, and whose type numbers the file has; none where they do not tell.
    let mixes: [String]
    let dialect: String?
    /// One sentence.
    let sentence: String
    /// Whether one way made every tensor that was encoded.
    package let isExplained: Bool

    /// - Parameter identification: of the parts of the file.
    package init(_ attribution: Attribution, _ identification: [Identification]) {
        mixes = Identification.exactMixes(identification)
        dialect = identification.last { $0.dialect != nil && $0.dialects.count == 1 }?.dialect
        (file, source, importances) = (attribution.file, attribution.source, attribution.importances)
        groups = Self.groups(attribution.tensors)
        let encoded = attribution.tensors.filter { $0.verdict != .copied }
        let weightings = Set(encoded.compactMap(\.weighting)).subtracting([.either])
        let made = encoded.filter { !$0.makers.isEmpty }
        let matrices = weightings.compactMap { if case .by(let path) = $0 { path } else { nil } }
        let without = encoded.filter { $0.weighting == Attribution.Weighting.none }
        switch matrices.count {
        case 0: (weighting, matrix) = (without.isEmpty ? "undecided" : "without", nil)
        // Of tensors that a matrix has no entry for, a file says nothing else.
        case 1: (weighting, matrix) = (without.contains { $0.covered.contains(matrices[0]) } ? "mixed" : "with", matrices[0])
        default: (weighting, matrix) = ("mixed", nil)
        }
        isExplained = made.count == encoded.count && matrices.count <= 1
        let what = [mixes.first, dialect.flatMap { Spec.dialect($0)?.title }.map { "(\($0))" }].compactMap(\.self).joined(separator: " ")
        let sentence = Self.sentence(encoded, made, weighting, matrix, importances)
        self.sentence = what.isEmpty || made.isEmpty ? sentence : "\(what): \(sentence)"
    }

    private static func groups(_ tensors: [TensorAttribution]) -> [Group] {
        struct Key: Hashable {
            let format: String
            let result: String
            let makers: [TensorMaker]
        }
        var order: [Key] = []
        var members: [Key: [TensorAttribution]] = [:]
        for tensor in tensors {
            var makers = tensor.makers
            if case .nearly(let maker, _) = tensor.verdict { makers = [maker] }
            let key = Key(format: tensor.format, result: name(tensor.verdict), makers: makers)
            if members[key] == nil { order.append(key) }
            members[key, default: []].append(tensor)
        }
        return order.map { key in
            let tensors = members[key] ?? []
            let shares = tensors.compactMap { if case .nearly(_, let share) = $0.verdict { share } else { nil } }
            let ratios = tensors.compactMap { if case .unexplained(let ratio) = $0.verdict { ratio } else { nil } }
            return Group(
                format: key.format, result: key.result, makers: key.makers, share: shares.min(),
                errorRatios: ratios.isEmpty ? nil : [ratios.min() ?? 0, ratios.max() ?? 0], tensors: tensors.map(\.name),
                blocks: tensors.reduce(0) { $0 + $1.blocks }, compared: tensors.reduce(0) { $0 + $1.compared })
        }
    }

    private static func name(_ verdict: TensorAttribution.Verdict) -> String {
        switch verdict {
        case .copied: "copied"
        case .made: "made"
        case .nearly: "nearly"
        case .unexplained: "unexplained"
        case .notInSource: "notInSource"
        case .noEncoder: "noEncoder"
        }
    }

    private static func sentence(
        _ encoded: [TensorAttribution], _ made: [TensorAttribution], _ weighting: String, _ matrix: ForeignText?, _ tried: [ForeignText]
    ) -> String {
        guard !encoded.isEmpty else { return "every tensor is a copy of the source's: nothing was encoded" }
        guard !made.isEmpty else {
            return "not one of \(NumberText.count(encoded.count, "tensor")) is what the encoders here make of this source"
        }
        let through = Set(made.flatMap { $0.makers.map(\.through) })
        let origin = through.count == 1 ? through.first.flatMap { $0 }.map { ", quantized again from \($0)" } ?? "" : ""
        let near = encoded.count { if case .nearly = $0.verdict { true } else { false } }
        let weights =
            switch weighting {
            case "with": "with importances from \(matrix ?? "")"
            case "without": tried.isEmpty ? "without importances" : "without importances, or none of those named"
            case "mixed":
                matrix.map { "with importances from \($0) in some tensors and without in others" }
                    ?? "with importances from several matrices"
            default: "in formats on which importances have no influence"
            }
        let others = encoded.count - made.count - near
        let rest = (near == 0 ? "" : "; \(near) nearly so") + (others == 0 ? "" : "; \(others) by another hand")
        return "\(made.count) of \(NumberText.count(encoded.count, "tensor")) \(weights)\(origin), without contraction\(rest)"
    }

    /// Tensors named of a group.
    private static let named = 3

    /// - Parameter listing: names every tensor.
    package func lines(listing: Bool) -> [String] {
        var lines = ["\(isExplained ? Style.green("explained") : Style.yellow("in part"))  \(file): \(sentence)"]
        for group in groups {
            let names = group.tensors.prefix(listing ? .max : Self.named).joined(separator: ", ")
            let more = group.tensors.count > Self.named && !listing ? ", …" : ""
            lines.append("    \(group.format) × \(group.tensors.count): \(Self.words(group)) (\(names)\(more))")
        }
        let compared = groups.reduce(0) { $0 + $1.compared }
        let blocks = groups.reduce(0) { $0 + $1.blocks }
        lines.append("    compared \(NumberText.grouped(compared)) of \(NumberText.grouped(blocks)) blocks")
        return lines
    }

    private static func words(_ group: Group) -> String {
        switch group.result {
        case "copied": return "as in the source"
        case "made": return list(group.makers)
        case "nearly":
            return "nearly \(list(group.makers)): \(percent(group.share ?? 0)) of the blocks or more are equal; another build, or other "
                + "importances that hardly matter"
        case "notInSource": return "the source has no tensor of this name and shape"
        case "noEncoder": return "nothing here writes this format"
        default:
            guard let ratios = group.errorRatios else { return "made otherwise" }
            let range = ratios[0] == ratios[1] ? factor(ratios[0]) : "\(factor(ratios[0])) to \(factor(ratios[1]))"
            let guess =
                ratios[1] < 2
                ? "another search, or other importances"
                : ratios[0] > 4 ? "weights of another source" : "another search, or weights that were changed before"
            return "made otherwise: \(guess) (error \(range) times that of an encoder without importances)"
        }
    }

    /// Makers in words; several that give the same are one choice.
    private static func list(_ makers: [TensorMaker]) -> String {
        guard let first = makers.first else { return "" }
        var words: [String] = []
        let matrices = makers.map(\.importances).reduce(into: [ForeignText?]()) { if !$0.contains($1) { $0.append($1) } }
        if matrices.count == 1 {
            words.append(matrices[0].map { "with importances from \($0)" } ?? "without importances")
        } else {
            let named = matrices.compactMap(\.self).map { "\($0)" }
            words.append(
                matrices.contains(nil)
                    ? "with or without importances, which make no difference" : "with importances from \(named.joined(separator: " or "))")
        }
        if let through = first.through { words.append("after \(through)") }
        if makers.allSatisfy(\.isReference) { words.append("by the reference routine") }
        if makers.allSatisfy({ $0.outliers != nil }), let count = first.outliers {
            words.append("with \(NumberText.count(count, "outlier"))")
        }
        return words.joined(separator: ", ")
    }

    private static func percent(_ share: Double) -> String { "\(Double(Int(share * 1000)) / 10) %" }
    private static func factor(_ ratio: Double) -> String { "\(Double(Int(min(ratio, 1e9) * 100)) / 100)" }
}
