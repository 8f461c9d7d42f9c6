import HIFIBlockSpec
import Suite

/// Finds rows on which fused multiply-add changes an encoder's bytes: about one block in eight thousand, so that vectors
/// have to look for them.
public enum ContractionSensitivity {
    /// Whether a Q3_K encoder that fuses its sums makes other blocks of this row.
    public static func changesQ3K(_ row: [Float]) -> Bool {
        guard let format = Spec.format("q3_k"), let twin = Q3KTwin(format) else { return false }
        var fused = twin
        fused.policy.fuses = true
        let request = Request.encode(format: "q3_k", path: .reference, values: row, columns: row.count, importance: nil)
        return twin.answer(request) != fused.answer(request)
    }
}
