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
        /// Whether importances make a difference to the format.
        let reactsToImportances: Bool
        /// The source has it in a format of fewer bits.
        let isFiner: Bool
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
    /// What the file is, in one line.
    let identified: String?
    /// One sentence.
    let sentence: String
    /// Whether one way made every tensor that was encoded.
    package let isExplained: Bool

    /// - Parameter identification: of the parts of the file.
    package init(_ attribution: Attribution, _ identification: [Identification]) {
        mixes = Identification.exactMixes(identification)
        identified = identification.first { !$0.tensorFormats.isEmpty }?.headline
        dialect = identification.last { $0.dialect != nil && $0.dialects.count == 1 }?.dialect
        (file, source, importances) = (attribution.file, attribution.source, attribution.importances)
        groups = Self.groups(attribution.tensors)
        let encoded = attribution.tensors.filter { $0.verdict != .copied }
        let fitting = attribution.fitting
        let matrices = fitting.compactMap(\.self)
        let isTold = attribution.made.contains(where: \.reactsToImportances)
        weighting =
            !isTold || (fitting.contains(nil) && !matrices.isEmpty)
            ? "undecided" : fitting.isEmpty ? "mixed" : matrices.isEmpty ? "without" : "with"
        matrix = weighting == "with" && matrices.count == 1 ? matrices[0] : nil
        isExplained = attribution.made.count == encoded.count && weighting != "mixed"
        let sentence = Self.sentence(encoded, attribution, weighting, matrices)
        self.sentence = mixes.first.map { attribution.made.isEmpty ? sentence : "\($0): \(sentence)" } ?? sentence
    }

    private static func groups(_ tensors: [TensorAttribution]) -> [Group] {
        struct Key: Hashable {
            let format: String
            let result: String
            let makers: [TensorMaker]
            let reacts: Bool
        }
        var order: [Key] = []
        var members: [Key: [TensorAttribution]] = [:]
        for tensor in tensors {
            var makers = tensor.makers
            if case .nearly(let maker, _) = tensor.verdict { makers = [maker] }
            let key = Key(format: tensor.format, result: name(tensor.verdict), makers: makers, reacts: tensor.reactsToImportances)
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
                blocks: tensors.reduce(0) { $0 + $1.blocks }, compared: tensors.reduce(0) { $0 + $1.compared },
                reactsToImportances: key.reacts,
                isFiner: bits(key.format) > (tensors.first?.sourceFormat).map(bits) ?? .infinity)
        }
    }

    private static func bits(_ format: String) -> Double { Spec.format(format).map { 8 * Double($0.bytes) / Double($0.elements) } ?? 0 }

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
        _ encoded: [TensorAttribution], _ attribution: Attribution, _ weighting: String, _ matrices: [ForeignText]
    ) -> String {
        let made = attribution.made
        guard !encoded.isEmpty else { return "every tensor is a copy of the source's: nothing was encoded" }
        guard !made.isEmpty else {
            return "not one of \(NumberText.count(encoded.count, "tensor")) is what the encoders here make of this source"
        }
        let near = encoded.count { if case .nearly = $0.verdict { true } else { false } }
        let others = encoded.count - made.count - near
        // A part of a file may fit by chance what the rest contradicts.
        let verb = near + others == 0 ? "made" : "as they would be made"
        let weights =
            switch weighting {
            case "with":
                "with importances from \(matrices.map { "\($0)" }.joined(separator: " or "))"
                    + (matrices.count > 1 ? ", which cannot be told apart" : "")
            case "without": "without importances" + (attribution.importances.isEmpty ? "" : ", or with none of those named")
            case "mixed": "with importances in some tensors, and without or with others in the rest"
            default: "with or without importances, which these formats do not tell"
            }
        let through = made.flatMap { $0.makers.map(\.through) }.reduce(into: [String?]()) { if !$0.contains($1) { $0.append($1) } }
        let formats = through.compactMap(\.self)
        let origin =
            formats.isEmpty
            ? "" : ", quantized again from \(formats.joined(separator: " and "))" + (through.contains(nil) ? " in part" : "")
        let rest = (near == 0 ? "" : "; \(near) nearly so") + (others == 0 ? "" : "; \(others) by another hand")
        return "\(made.count) of \(NumberText.count(encoded.count, "tensor")) \(verb) \(weights)\(origin), without contraction\(rest)"
    }

    /// Tensors named of a group.
    private static let named = 3

    /// - Parameter listing: names every tensor.
    package func lines(listing: Bool) -> [String] {
        let isUnknown = !groups.contains { $0.result == "made" || $0.result == "copied" }
        let mark = isExplained ? Style.green("explained") : isUnknown ? Style.red("unexplained") : Style.yellow("in part")
        var lines = ["\(mark)  \(file): \(sentence)"]
        for group in groups {
            let names = group.tensors.prefix(listing ? .max : Self.named).joined(separator: ", ")
            let more = group.tensors.count > Self.named && !listing ? ", …" : ""
            lines.append("    \(group.format) × \(group.tensors.count): \(Self.words(group)) (\(names)\(more))")
        }
        if let identified { lines.append("    \(identified)") }
        let compared = groups.reduce(0) { $0 + $1.compared }
        let blocks = groups.reduce(0) { $0 + $1.blocks }
        lines.append("    compared \(NumberText.grouped(compared)) of \(NumberText.grouped(blocks)) blocks")
        return lines
    }

    private static func words(_ group: Group) -> String {
        switch group.result {
        case "copied": return "as in the source"
        case "made": return list(group.makers, group.reactsToImportances)
        case "nearly":
            return
                "nearly \(list(group.makers, group.reactsToImportances)): \(percent(group.share ?? 0)) of the blocks or more are equal; "
                + "another build, or other importances that hardly matter"
        case "notInSource": return "the source has no tensor of this name and shape"
        case "noEncoder": return "nothing here writes this format"
        default:
            guard let ratios = group.errorRatios else { return "other weights than the source's" }
            let range = ratios[0] == ratios[1] ? factor(ratios[0]) : "\(factor(ratios[0])) to \(factor(ratios[1]))"
            let guess =
                group.isFiner
                ? "the source is coarser than the file; were the two exchanged?"
                : ratios[1] < 2
                    ? "another search, other importances, or a source that was rounded otherwise"
                    : ratios[0] > 4
                        ? "weights of another source" : "another search, a converted revision, or weights that were changed before"
            return "made otherwise: \(guess) (error \(range) times that of an encoder without importances)"
        }
    }

    /// Makers in words; several that give the same are one choice.
    private static func list(_ makers: [TensorMaker], _ reacts: Bool) -> String {
        guard let first = makers.first else { return "" }
        var words: [String] = []
        let matrices = makers.map(\.importances).reduce(into: [ForeignText?]()) { if !$0.contains($1) { $0.append($1) } }
        if !reacts {
            words.append("with or without importances, which make no difference")
        } else if matrices.count == 1 {
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
    private static func factor(_ ratio: Double) -> String {
        ratio < 0.01 ? "under 0.01" : ratio > 1e6 ? "over a million" : "\(Double(Int(ratio * 100)) / 100)"
    }
}
