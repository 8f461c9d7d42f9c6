import HIFIForeign
import Suite

/// What failures have in common, and the mistake that gives just what the system gave.
public struct Diagnosis: Sendable, Hashable, Codable {
    /// What was asked: `decode`, `encode`, `quantize`, `dot`, `product`.
    public let operation: SeriesRecipe.Operation
    /// The formats concerned.
    public let formats: [String]
    /// Failing cases that belong together.
    public let cases: [String]
    /// Failing cases of the operation with these formats, these among them.
    public let failures: Int
    /// The mistake; nil where none that is known gives these answers.
    public let cause: Cause?
    /// The mistake that comes nearest, and how many cases it explains, where none explains enough.
    public let nearest: Nearest?
    /// Where wrong weights lie, as a phrase; nil where they lie everywhere, or that is not known.
    public let place: String?
    /// Of an encoder: that its answers look as if it only rounded otherwise. Nil where a cause is known.
    public let rounding: RoundedOtherwise?
    /// Wrong weights by where they lie; nil for other operations than decoding.
    public let histogram: PlaceHistogram?
    /// How many of the cases the system died of.
    public let crashes: Int
    /// How many of the cases are optional.
    public let optional: Int

    /// A mistake that gives the system's answers.
    public struct Cause: Sendable, Hashable, Codable {
        /// The mutant of the self-test, or the name of the mistake.
        public let id: String
        /// What the system does, as a sentence without a full stop.
        public let words: String
        /// The defect of the catalogue that does the same.
        public let defect: String?
        /// Cases that pass although the mistake would fail them: 0 unless something else is amiss too.
        public let contradicted: Int
    }

    /// A mistake that explains too little.
    public struct Nearest: Sendable, Hashable, Codable {
        /// What it does.
        public let words: String
        /// Cases that it explains.
        public let explained: Int
    }

    /// A mistake must explain so much of what fails to be named.
    static let leastShare = 0.4

    /// A product is one number, which a wrong mistake gives by chance now and then: one that leaves many unexplained is not named.
    static let leastShareOfProducts = 0.8

    /// One sentence.
    public var sentence: String {
        let types = formats.count > 3 ? "\(formats.count) types" : formats.map { ForeignText($0) }.joined(separator: ", ")
        let kinds = [
            crashes == 0 ? nil : crashes == cases.count ? "crashing" : "\(crashes) of them crashing",
            optional == 0 ? nil : optional == cases.count ? "optional" : "\(optional) of them optional",
        ].compactMap(\.self)
        let named = ([operation.rawValue, types] + kinds).joined(separator: ", ")
        let failing = "\(cases.count) of \(failures) failing case\(failures == 1 ? "" : "s") (\(named))"
        let lying = place.map { "; wrong weights lie \($0)" } ?? rounding.map { "; \($0.words)" } ?? ""
        guard let cause else {
            let near = nearest.map { ", the nearest (\($0.words)) \($0.explained)" } ?? ""
            return "\(failing): no single known mistake explains more than 40 %\(near)\(lying)"
        }
        return "\(failing): \(cause.words) [\(([cause.defect].compactMap(\.self) + [cause.id]).joined(separator: ", "))]\(lying)"
    }
}

/// Wrong weights counted by where they lie.
public struct PlaceHistogram: Sendable, Hashable, Codable {
    /// By sub-block of 16 (of 8 in blocks of 32).
    public private(set) var subBlocks: [Int]
    /// By place in each 32 weights.
    public private(set) var lanes: [Int]
    /// By block of the row; the last entry counts all later ones.
    public private(set) var blocks: [Int]

    static let blocksListed = 8

    package init(elements: Int) {
        subBlocks = [Int](repeating: 0, count: max(1, elements / Self.subBlock(elements)))
        lanes = [Int](repeating: 0, count: min(32, elements))
        blocks = [Int](repeating: 0, count: Self.blocksListed)
    }

    private static func subBlock(_ elements: Int) -> Int { elements >= 256 ? 16 : max(1, elements / 4) }

    package mutating func count(block: Int, index: Int, elements: Int) {
        subBlocks[index / Self.subBlock(elements)] += 1
        lanes[index % lanes.count] += 1
        blocks[min(block, Self.blocksListed - 1)] += 1
    }

    package mutating func add(_ other: PlaceHistogram) {
        guard subBlocks.count == other.subBlocks.count, lanes.count == other.lanes.count else { return }
        for i in subBlocks.indices { subBlocks[i] += other.subBlocks[i] }
        for i in lanes.indices { lanes[i] += other.lanes[i] }
        for i in blocks.indices { blocks[i] += other.blocks[i] }
    }
}
