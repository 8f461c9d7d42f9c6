import HIFIBlockSpec

/// What a verdict covers: what was checked of a file, and what was not.
///
/// A verdict says no more than this. Areas of a model as a whole (architecture, tokenizer, label, parts) are the same for all parts of a
/// split set.
public struct Coverage: Sendable, Hashable, Codable {
    /// One for each area, in the order of `Area`.
    public var items: [Item]
    /// Tensors by type, and how their blocks were looked at.
    public var types: [TypeCoverage]
    /// Whether nothing is left open that the file itself could be checked for: no item is a gap.
    public private(set) var isFull: Bool

    /// Creates a coverage; it is full if no item is a gap.
    public init(items: [Item], types: [TypeCoverage]) {
        (self.items, self.types) = (items, types)
        isFull = !items.contains(where: \.isGap)
    }

    /// What a verdict is about.
    public enum Area: String, Sendable, Hashable, Codable, CaseIterable {
        /// Header, keys, tensor records, where data lies.
        case container
        /// The content of the tensors.
        case blocks
        /// Names, shapes and required keys.
        case architecture
        /// The tokenizer's keys.
        case tokenizer
        /// `general.file_type` against the types of the tensors.
        case label
        /// Digests against a manifest.
        case digests
        /// All files of a split model.
        case parts
    }

    /// How far an area was checked.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        case checked
        case partly
        case unchecked
        /// There is nothing to check.
        case absent
    }

    /// One area.
    public struct Item: Sendable, Hashable, Codable {
        /// The area.
        public var area: Area
        /// How far it was checked.
        public var state: State
        /// What was checked, or would have been; a phrase.
        public var what: String
        /// What was not, and why; a phrase that stands for itself. Nil where all was checked.
        public var reason: String?

        /// Creates an item.
        public init(_ area: Area, _ state: State, _ what: String, _ reason: String? = nil) {
            (self.area, self.state, self.what, self.reason) = (area, state, what, reason)
        }

        /// Whether something is there that was not checked.
        public var isGap: Bool { state == .partly || state == .unchecked }
    }

    /// The tensors of one type.
    public struct TypeCoverage: Sendable, Hashable, Codable {
        /// The number stored in the file.
        public var id: UInt32
        /// The project's id of the format; nil where it is not known.
        public var format: String?
        /// Tensors whose blocks were checked by rules about their content.
        public var byContent = 0
        /// Tensors of which only the size was checked: the format has no rules about content.
        public var bySizeOnly = 0
        /// Tensors of integers, which are not judged.
        public var integers = 0
        /// Tensors whose data was not looked at.
        public var notLookedAt = 0
        /// Blocks checked by content; elements for types without blocks.
        public var blocksByContent = 0
    }

    /// The item of an area.
    public subscript(area: Area) -> Item? { items.first { $0.area == area } }

    /// Puts an item in the place of the one of its area.
    mutating func replace(_ item: Item) {
        self = Coverage(items: items.map { $0.area == item.area ? item : $0 }, types: types)
    }

    /// What was not checked, as phrases.
    public var gaps: [String] { items.filter(\.isGap).map { $0.reason ?? $0.what } }
}

extension Coverage.Area {
    /// What is said of a gap where the area is required.
    func sentence(_ state: String) -> RuleSentence {
        switch self {
        case .container: .coverContainer(state: state)
        case .blocks: .coverBlocks(state: state)
        case .architecture: .coverArchitecture(state: state)
        case .tokenizer: .coverTokenizer(state: state)
        case .label: .coverLabel(state: state)
        case .digests: .coverDigests(state: state)
        case .parts: .coverParts(state: state)
        }
    }

    /// Whether it is the same for all parts of a split model.
    var isOfModel: Bool {
        switch self {
        case .architecture, .tokenizer, .label, .parts: true
        case .container, .blocks, .digests: false
        }
    }
}
