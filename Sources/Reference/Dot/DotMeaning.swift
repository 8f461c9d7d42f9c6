/// What a matrix product makes of stored outliers. `decoded` conforms (DOT-03); the others are what readers in
/// circulation compute, for telling which of them wrote a number.
public enum DotMeaning: String, Sendable, CaseIterable {
    /// Decoded weights times decoded activations: slots act in order as the format's correction says.
    case decoded
    /// Every slot in use is added to the base, never replacing it (r4 to r6 on all processors, r13, q2_k_hifi, CUDA r12).
    case add
    /// For every slot, duplicates included, the base is taken off and the value added (r3; r9 to r12 and q4_k_hifi on CPU).
    case baseOffPerSlot = "base-off-per-slot"
    /// The first eight slots are added, whatever the count (r7 on CPU until 2026-01-26).
    case addFirstEight = "add-first-8"
    /// As `add`, but only where the activation's code exceeds 4 in magnitude (q5_k_hifi_res8, q6_k_hifi_res8,
    /// q6_k_hifi_dynamic on CPU).
    case addWhereActive = "add-where-active"
    /// Outliers play no part (a reader that takes the block for its base; Vulkan from r6 on).
    case baseOnly = "base-only"
}
