/// What the outlier slots of some blocks look like when the blocks are read in one format.
public struct SlotStatistics: Sendable, Hashable, Codable {
    /// The format they were read in.
    public private(set) var format: String
    /// The number stored in the file.
    public let typeID: UInt32
    /// Blocks looked at.
    public internal(set) var blocks = 0
    /// Blocks that the tensors hold.
    public internal(set) var blocksAvailable = 0
    /// Blocks with anything in the bytes beyond the base; only these tell revisions apart.
    public internal(set) var informative = 0
    /// Informative blocks that satisfy what every block of the format must.
    public internal(set) var wellFormed = 0
    /// The clauses that the other informative blocks break, each with how often.
    public internal(set) var broken: [String: Int] = [:]
    /// Slots that list a weight (unused ones left out).
    public internal(set) var listed = 0
    /// Of those, slots at whose weight the base decodes to zero; nil for formats whose base has no code for zero.
    public internal(set) var listedZero: Int?
    /// Weights looked at that no slot lists.
    public internal(set) var others = 0
    /// Of those, the ones at which the base decodes to zero.
    public internal(set) var othersZero = 0
    /// Blocks with fewer used slots than the format has.
    public internal(set) var partlyFilled = 0
    /// Blocks with an unused slot at weight 255.
    public internal(set) var sentinel255 = 0
    /// Blocks with an unused slot at weight 0 beside a used one.
    public internal(set) var sentinel0 = 0
    /// Blocks in which an unused slot replaces a weight whose base is not zero, or which another slot lists.
    public internal(set) var lostWeights = 0
    /// Blocks with at least two used slots.
    public internal(set) var ordered = 0
    /// Of those, blocks whose positions rise.
    public internal(set) var rising = 0
    /// Fewest and most used slots in an informative block.
    public internal(set) var fewestUsed: Int?
    /// Most used slots in an informative block.
    public internal(set) var mostUsed: Int?

    package init(format: String, typeID: UInt32) {
        self.format = format
        self.typeID = typeID
    }

    /// Takes over what was counted in a format of the same layout.
    package mutating func take(from other: SlotStatistics) {
        let name = format
        self = other
        format = name
    }

    /// Every block that was there was looked at.
    public var isComplete: Bool { blocks >= blocksAvailable }

    /// Enough blocks to call a pattern no accident.
    static let enoughBlocks = 4
    /// Enough slots to judge a share.
    static let enoughSlots = 16

    /// Nearly all informative blocks are what the format asks for; a damaged block or two in a hundred change nothing.
    var isWellFormed: Bool { wellFormed * 20 >= informative * 19 }

    /// What the base says at the listed weights.
    package enum BaseVerdict {
        /// Zero wherever a slot points and not elsewhere.
        case cleared
        /// Zero no more often than chance has it.
        case live
        /// Too few slots, a base that is zero nearly everywhere, or something between.
        case open
    }

    /// Whether the encoder took the listed weights out of the base.
    package var base: BaseVerdict {
        guard let listedZero, listed >= Self.enoughSlots else { return .open }
        if listedZero * 5 < listed * 3 { return .live }
        guard othersZero * 5 <= others * 4 else { return .open }
        return listedZero * 20 >= listed * 19 ? .cleared : .open
    }

    /// The share of zeros at listed weights and elsewhere, in words.
    var baseText: String? {
        guard let listedZero, listed > 0 else { return nil }
        return "the base is zero at \(NumberText.share(listedZero, of: listed)) of the weights that slots list, "
            + "at \(NumberText.share(othersZero, of: others)) of others"
    }
}
