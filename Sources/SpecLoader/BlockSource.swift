import HIFIBlockSpec

/// A block declaration as it stands in `Spec/blocks` and `Spec/revisions`, before defaults and inheritance.
struct BlockSource: Codable {
    var id: String
    var aliases: [String]?
    var title: String
    var extends: String?
    var elements: Int?
    var bytes: Int
    var alignment: Int
    /// What stands in front of the blocks of each row.
    var rowHeader: RowHeaderSource?
    var fields: [FieldSource]
    var code: IntegerSource?
    var scale: IntegerSource?
    var min: IntegerSource?
    var value: String?
    var correction: CorrectionSource?
    var encoder: EncoderSource?
    var checks: [CheckSource]?
    var marks: MarksSource?
    var clauses: [ClauseSource]
    var provenance: ProvenanceSource?
    /// Numberings that give the format its number, for a revision that none of `dialects.yaml` knows.
    var dialects: [DialectFile.Numbering]?
    /// Formats that share the declaration and differ in what they restate; without variants the file is one format.
    var variants: [VariantSource]?
}

/// What a variant restates.
struct VariantSource: Codable {
    var id: String
    var aliases: [String]?
    var title: String?
    var bytes: Int?
    var alignment: Int?
    var fields: [FieldSource]?
    var correction: CorrectionSource?
    /// Another correction mode, all else equal.
    var mode: String?
    var encoder: EncoderSource?
    /// Kinds of check that do not hold for this variant.
    var dropChecks: [String]?
    var marks: MarksSource?
    var provenance: ProvenanceSource?
}

struct RowHeaderSource: Codable {
    var bytes: Int
    var alignment: Int
    /// None where only the size is known.
    var fields: [FieldSource]?
}

struct FieldSource: Codable {
    var name: String
    var offset: Int
    var type: String
    var count: Int
    /// Of a scalar that is cut up.
    var parts: [PartSource]?
}

struct PartSource: Codable {
    var bit: Int
    var width: Int
    var place: Int?
}

/// Digits and planes, or runs that have them.
struct IntegerSource: Codable {
    var every: Int?
    var digits: OrderedIntegers?
    var planes: [PlaneSource]?
    var runs: [RunSource]?
    var bias: Int?
    var codebook: [Int]?
    var grid: GridUseSource?
    /// The digit that counts ternary digits.
    var ternary: String?
    /// Whether the fifth ternary digit comes first.
    var lastFirst: Bool?
    var sequence: SequenceSource?
    /// The type of scalar that the bits are.
    var read: String?
    var skipping: String?
}

struct RunSource: Codable {
    var digits: OrderedIntegers
    var planes: [PlaneSource]
    /// The lane of the first integer.
    var firstLane: Int?
}

struct SequenceSource: Codable {
    var lane: [String]
    var start: UInt32
    var multiplier: UInt32
    var mask: UInt32
    var bias: Int?
    var magnitude: Bool?
}

struct GridUseSource: Codable {
    var id: String
    var lane: [String]
    var signs: String?
}

/// A plane's place is written as bytes and shifts, or as bits where codes straddle bytes; both become bit strides.
struct PlaneSource: Codable {
    var field: String
    var byte: OrderedIntegers?
    var firstByte: Int?
    var shift: OrderedIntegers?
    var firstShift: Int?
    var bit: OrderedIntegers?
    var firstBit: Int?
    var width: Int
    var place: Int?
    var signed: Bool?
    /// Bits of the words whose Gray code is meant.
    var gray: Int?
}

struct CorrectionSource: Codable {
    var mode: String
    var slots: Int
    var index: String
    var value: String
    var count: CountSource?
    var duplicates: String?
    var switching: SwitchSource?
}

struct CountSource: Codable {
    var field: String
    var mask: Int?
    var maximum: Int
}

struct SwitchSource: Codable {
    var field: String
    var mask: Int
    var whenSet: String
}

struct EncoderSource: Codable {
    /// That of the base where there is none.
    var search: String?
    var outliers: OutlierSource?
    /// What is different where importances are given.
    var guided: OutlierSource?
    /// No if not given.
    var needsImportances: Bool?
}

/// Every key has a default but `least`, `standard` and `choice`; in `guided` all are those of `outliers`.
struct OutlierSource: Codable {
    var least: Int?
    var standard: Int?
    var follows: String?
    var choice: String?
    var scoredByImportance: Bool?
    var stored: String?
    var guidance: String?
    var order: String?
    var unused: Int?
    var unusedWithoutOutliers: Int?
    var count: String?
    var countFlag: Int?
    var stopsAtZero: Bool?
    var passesOverNaN: Bool?
    var variesFor: Double?
}

struct MarksSource: Codable {
    var specificity: Int?
    var forms: [MarkSource]?
    var habits: HabitsSource?
    var current: Bool?
    var otherLayout: String?
}

struct MarkSource: Codable {
    var clause: String
    var kind: String
    var field: String
    var from: Int?
}

struct HabitsSource: Codable {
    var order: String?
    var unused: String?
    var number: String?
}

struct CheckSource: Codable {
    var clause: String
    var kind: String
    var field: String
    var severity: String
    var bytes: String?
}

struct ClauseSource: Codable {
    var id: String
    var topic: String
    var text: String
}

struct ProvenanceSource: Codable {
    var source: String
    var commits: [String]
    var period: [String]
    var note: String?
}

/// `Spec/blocks/plain.yaml`.
struct PlainSource: Codable {
    var plain: [Entry]
    var clauses: [ClauseSource]

    struct Entry: Codable {
        var id: String
        var title: String
        var type: String
        var bytes: Int
        var encoder: EncoderSource?
        var checks: [CheckSource]?
    }
}

/// `Spec/blocks/sizes.yaml`.
struct SizesSource: Codable {
    var sizes: [Entry]
    var clauses: [ClauseSource]

    struct Entry: Codable {
        var id: String
        var aliases: [String]?
        var elements: Int
        var bytes: Int
        var alignment: Int
        var rowHeader: RowHeaderSource?
        var interleave: Int?
        var weave: WeaveSource?
        var tail: Int?
        var title: String
    }
}

/// How interleaved rows of a format lie.
struct WeaveSource: Codable {
    var of: String
    var runs: [Run]

    /// All in bits; `to` has the digits and `row`.
    struct Run: Codable {
        var field: String
        var width: Int
        var digits: OrderedIntegers?
        var first: Int?
        var from: OrderedIntegers?
        var at: Int
        var to: OrderedIntegers
    }
}

/// A file that holds nothing but clauses.
struct ClauseFile: Codable {
    var clauses: [ClauseSource]
}

/// A YAML mapping of names to integers whose order matters (digits, most significant first).
struct OrderedIntegers: Codable {
    var pairs: [(name: String, value: Int)]

    subscript(name: String) -> Int { pairs.first { $0.name == name }?.value ?? 0 }

    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        pairs = try container.allKeys.map { ($0.stringValue, try container.decode(Int.self, forKey: $0)) }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        for (name, value) in pairs {
            if let key = Key(stringValue: name) { try container.encode(value, forKey: key) }
        }
    }
}
