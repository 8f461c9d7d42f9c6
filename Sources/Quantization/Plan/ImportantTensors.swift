import HIFIBlockSpec
import HIFIForeign
import HIFIReference
import Importance

/// The choice of f08, the routing in force since 2026-02-08: with an importance matrix, the share of the candidate tensors with
/// the most uneven importances becomes HIFI (QUANT-12).
///
/// The candidates are counted by name, the norm vectors of q and k among them; a tensor without an entry counts as middling.
/// Read from the fork's sources; no recorded file shows it, since models up to p = 2 have no HIFI tensor in that routing.
struct ImportantTensors: Sendable {
    /// Importance, 0.2 to 0.9, of every candidate.
    let importance: [ForeignText: Float]
    /// The least importance that counts.
    let threshold: Float

    /// Nil where the mix does not look at importances for a model of this size.
    init?(_ mix: Mix, billions: Double, tensors: [SourceModel.Tensor], imatrix: ImportanceMatrix?) {
        guard let imatrix, billions > 2, !mix.importanceShares.isEmpty else { return nil }
        let share = mix.importanceShares.first { $0.atMost.map { billions <= $0 } ?? true }
        guard let share else { return nil }
        var scores: [ForeignText: Float] = [:]
        for tensor in tensors where Spec.quantizer.isImportanceCandidate(tensor.name.raw) {
            scores[tensor.name] = OutlierBudget.tensorImportance(imatrix.entries[tensor.name] ?? [])
        }
        let falling = scores.values.sorted(by: >)
        guard !falling.isEmpty else { return nil }
        let cut = Int(Float(falling.count) * (Float(share.percent) / 100))
        importance = scores
        threshold = falling[min(cut, falling.count - 1)]
    }

    func contains(_ name: ForeignText) -> Bool { importance[name].map { $0 >= threshold } ?? false }
}
