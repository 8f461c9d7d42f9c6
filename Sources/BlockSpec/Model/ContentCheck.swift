/// Something a well-formed block satisfies, tested by verification without decoding the whole block.
public struct ContentCheck: Sendable, Hashable {
    /// The clause that demands it; findings cite it.
    public let clause: String
    /// What is looked for.
    public let kind: Kind
    /// The field it is about; where in the block a finding points.
    public let field: String
    /// How much a violation matters.
    public let severity: Severity
    /// For `bytesWritten`: the bytes that may be there.
    public let bytes: ByteSet?

    /// The kinds of checks, by their names in the block language.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// No NaN, no infinity.
        case finite
        /// Every byte is zero.
        case zero
        /// The count that the correction reads is at most its maximum.
        case countWithinSlots = "count_within_slots"
        /// Every position in use lies inside the block.
        case indexInBlock = "index_in_block"
        /// No position is used twice.
        case distinct
        /// Positions in use rise.
        case ascending
        /// Slots past the count hold nothing: position 0, value 0.
        case unusedSlotsZero = "unused_slots_zero"
        /// The base decodes to ±0 at every position that a slot replaces.
        case baseZeroUnderOutlier = "base_zero_under_outlier"
        /// Unused slots (position 255 or 0, value 0) do not overwrite a live weight.
        case sentinelSparesWeights = "sentinel_spares_weights"
        /// The count is zero although slots hold something: another revision wrote this.
        case countZeroButSlotsFilled = "count_zero_but_slots_filled"
        /// Every byte of the field is one of those that encoders write.
        case bytesWritten = "bytes_written"
    }

    /// How much a violation matters.
    public enum Severity: String, Sendable, Hashable, CaseIterable {
        case error, warning, note
    }

    /// Creates a check.
    public init(clause: String, kind: Kind, field: String, severity: Severity, bytes: ByteSet? = nil) {
        self.clause = clause
        self.kind = kind
        self.field = field
        self.severity = severity
        self.bytes = bytes
    }
}

/// Some of the 256 bytes.
public struct ByteSet: Sendable, Hashable {
    /// Bit `b mod 64` of word `b div 64` is set for a byte `b` of the set.
    public let words: [UInt64]

    /// A set by its bits.
    public init(words: [UInt64]) { self.words = words }

    /// The bytes for which this holds.
    public init(where holds: (UInt8) -> Bool) {
        words = (0..<4).map { word in
            (0..<64).reduce(0) { holds(UInt8(64 * word + $1)) ? $0 | 1 << UInt64($1) : $0 }
        }
    }

    /// Whether a byte is in the set.
    public func contains(_ byte: UInt8) -> Bool { words[Int(byte >> 6)] >> UInt64(byte & 63) & 1 == 1 }
}
