import Mutants

/// Rows of 256 weights on which a fused multiply-add changes what the Q3_K search decides.
enum SensitiveRows {
    /// Places that the rows leave at zero.
    static let zeros = (0..<16).map { 16 * $0 + (5 * $0 + 3) % 16 }

    /// The first three of a seeded sequence.
    static let rows: [[Float]] = {
        var inputs = EncodeInputs(count: 256, seed: 0x5EA4_C4ED)
        var found: [[Float]] = []
        for _ in 0..<100_000 where found.count < 3 {
            var row = inputs.bells(0.7)
            for place in zeros { row[place] = 0 }
            if ContractionSensitivity.changesQ3K(row) { found.append(row) }
        }
        return found
    }()
}
