import HIFIForeign

/// Everything that a comparison found.
public struct DiffReport: Sendable, Hashable, Codable {
    /// The two sides, as they were named.
    public let expected: ForeignText
    /// The actual side.
    public let actual: ForeignText
    /// Differences of metadata keys, for whole files.
    public var keys: [KeyDifference]
    /// One entry per pair of arrays; those that are equal have figures only.
    public var arrays: [ArrayDiff]
    /// What a reader should know.
    public var notes: [String]

    /// Creates a report.
    public init(expected: ForeignText, actual: ForeignText, keys: [KeyDifference] = [], arrays: [ArrayDiff] = [], notes: [String] = []) {
        (self.expected, self.actual, self.keys, self.arrays, self.notes) = (expected, actual, keys, arrays, notes)
    }

    /// Nothing differs.
    public var isEqual: Bool { keys.isEmpty && arrays.allSatisfy(\.isEqual) }

    private enum CodingKeys: String, CodingKey {
        case expected, actual, keys, arrays, notes, isEqual
    }

    /// Writes all members, and whether all is equal.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(expected, forKey: .expected)
        try container.encode(actual, forKey: .actual)
        try container.encode(keys, forKey: .keys)
        try container.encode(arrays, forKey: .arrays)
        try container.encode(notes, forKey: .notes)
        try container.encode(isEqual, forKey: .isEqual)
    }

    /// Reads what `encode` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            expected: try container.decode(ForeignText.self, forKey: .expected),
            actual: try container.decode(ForeignText.self, forKey: .actual),
            keys: try container.decode([KeyDifference].self, forKey: .keys),
            arrays: try container.decode([ArrayDiff].self, forKey: .arrays),
            notes: try container.decode([String].self, forKey: .notes))
    }
}

/// A metadata key on which two files differ.
public struct KeyDifference: Sendable, Hashable, Codable {
    /// The key.
    public let key: ForeignText
    /// The values as text, with their types; nil where the file has no such key.
    public let expected: String?
    /// The same in the actual file.
    public let actual: String?
}

/// Two arrays compared.
public struct ArrayDiff: Sendable, Hashable, Codable {
    /// Name of the tensor; empty for files that are one array.
    public let name: ForeignText
    /// Format of the blocks on each side; nil for plain fp32 files.
    public var expectedFormat: String?
    /// The same of the actual side.
    public var actualFormat: String?
    /// Why the arrays could not be compared in full: other shapes, one missing, a type that cannot be decoded.
    public var problem: String?
    /// The figures; nil where nothing could be compared.
    public var statistics: DiffStatistics?
    /// The first differences.
    public var first: [WeightDifference] = []
    /// Stored bytes that differ, where both sides have blocks of one format.
    public var stored: [StoredDifference] = []
    /// Which side is right.
    public var referee: Referee?
    /// What the mistake is, on the side that is not the reference.
    public var explanations: [Explanation] = []
    /// True if the explanations are about the expected side, because the actual one is what the reference gives.
    public var explainsExpected = false

    /// Creates an entry without findings.
    public init(name: ForeignText, expectedFormat: String? = nil, actualFormat: String? = nil, problem: String? = nil) {
        (self.name, self.expectedFormat, self.actualFormat, self.problem) = (name, expectedFormat, actualFormat, problem)
    }

    /// Nothing differs, and everything was compared.
    public var isEqual: Bool { problem == nil && stored.isEmpty && (statistics.map { $0.differing == 0 } ?? true) }
}

/// A byte of two blocks that differs.
public struct StoredDifference: Sendable, Hashable, Codable {
    /// Number of the block.
    public let block: Int
    /// `scales[3]`
    public let field: String
    /// Byte in the block.
    public let byte: Int
    /// The byte in hexadecimal.
    public let expected: String
    /// The actual side.
    public let actual: String
}
