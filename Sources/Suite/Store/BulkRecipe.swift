/// Much coverage in few bytes: how to make the input, and a digest of the right output.
public struct BulkRecipe: Sendable, Hashable {
    /// What is done with the input.
    public let operation: Operation
    /// Where the input comes from.
    public let source: Source
    /// XXH3-128 of the output. Of fp32 output every NaN counts as 0x7FC00000; bytes are little-endian.
    public let digest: String

    /// What is done with the input.
    public enum Operation: String, Sendable, Hashable, Codable, CaseIterable {
        case decode, encode
    }

    /// Where the input comes from.
    public enum Source: Sendable, Hashable {
        /// `count` blocks by a generator.
        case generated(BulkGenerator, seed: UInt64, count: Int)
        /// A file of blocks that were fed to another implementation.
        case recordedBlocks(file: String, count: Int, provenance: String)
        /// A file of fp32 weights that were fed to another implementation.
        case recordedWeights(file: String, importance: String?, path: Request.EncodePath, rows: Int, columns: Int, provenance: String)
    }

    /// Creates a recipe.
    public init(operation: Operation, source: Source, digest: String) {
        self.operation = operation
        self.source = source
        self.digest = digest
    }
}

/// Named ways to make blocks. A generator never changes what it makes; a better one gets a new name.
public enum BulkGenerator: String, Sendable, Hashable, Codable, CaseIterable {
    /// Every byte random.
    case uniformBytes = "uniform-bytes-1"
    /// Every byte random, then every float field made finite and of moderate size: the two top exponent bits are cleared.
    case moderateScales = "moderate-scales-1"
    /// As `moderateScales`; block k has k mod 65536 as the bits of its first fp16 field.
    case everyHalf = "every-half-1"
    /// Block k of a format with outliers: all bytes zero but the count (all slots in use); slot k mod slots holds position
    /// k div slots mod elements, the other slots the positions after it, each slot its own value, the scale of residuals 1.
    case slotPositions = "slot-positions-1"
}

/// The SplitMix64 generator: the same numbers from the same seed everywhere.
public struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// A generator whose numbers depend on `seed` alone.
    public init(seed: UInt64) { state = seed }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    /// `count` random bytes, eight from each number, lowest first.
    public mutating func bytes(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 7)
        while bytes.count < count {
            let word = next()
            for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: word >> shift)) }
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }
}
