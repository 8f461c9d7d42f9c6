/// One block type, declared: its bytes, what each bit means, and the arithmetic that turns bits into weights.
///
/// Declarations are data. `Reference` interprets them; kernels, documents and checks are derived from them.
public struct BlockFormat: Sendable, Hashable, Identifiable {
    /// The project's name for the type: `q3_k`, or `q3_k_hifi@r6` for a revision.
    public let id: String
    /// Other names that mean the same format, e.g. `q3_k_hifi` for `q3_k_hifi@r6`.
    public let aliases: [String]
    /// A one-line description.
    public let title: String
    /// Weights per block; a row is a whole number of blocks.
    public let elements: Int
    /// Bytes per block; blocks follow each other without padding.
    public let bytes: Int
    /// Alignment in bytes that a natural C struct of this layout has. Files promise none beyond their own alignment key.
    public let alignment: Int
    /// What stands in front of the blocks of each row; nil where rows begin with their first block.
    public let rowHeader: RowHeader?
    /// Rows whose blocks are woven together, so that a tensor has a multiple of so many rows; 1 where each row stands for itself.
    public let interleave: Int
    /// How those blocks are woven together; nil where that is not declared.
    public let weave: Weave?
    /// Bytes behind the last row of a tensor, which belong to no row; 0 for nearly every format.
    public let tensorTail: Int
    /// Id of the format this one extends: same bytes at the start, more after them.
    public let base: String?
    /// Those of the base included; little-endian, in order of offset, without overlap, all inside the block.
    public let fields: [Field]
    /// How to decode; nil for a format that is known by its size only.
    public let decoding: Decoding?
    /// How to encode; nil for a format that has no encoder here.
    public let encoding: Encoding?
    /// What a well-formed block satisfies beyond its size, the checks of the base first.
    public let checks: [ContentCheck]
    /// What identifies its blocks beside the checks.
    public let marks: Marks
    /// The numbered sentences of this format that findings, vectors and documents cite. Those of the base stand at the base;
    /// formats declared as variants of one another share theirs, which stand at the first of them. See ``Spec/clause(_:)``.
    public let clauses: [Clause]
    /// When the format was in force and where that is known from.
    public let provenance: Provenance?

    /// Creates a format. The loader of `Spec/` vouches for the properties stated above; this initializer checks nothing.
    public init(
        id: String, aliases: [String], title: String, elements: Int, bytes: Int, alignment: Int, rowHeader: RowHeader? = nil,
        interleave: Int = 1, weave: Weave? = nil, tensorTail: Int = 0, base: String?, fields: [Field],
        decoding: Decoding?, encoding: Encoding?, checks: [ContentCheck], marks: Marks, clauses: [Clause], provenance: Provenance?
    ) {
        self.id = id
        self.aliases = aliases
        self.title = title
        self.elements = elements
        self.bytes = bytes
        self.alignment = alignment
        self.rowHeader = rowHeader
        self.interleave = interleave
        self.weave = weave
        self.tensorTail = tensorTail
        self.base = base
        self.fields = fields
        self.decoding = decoding
        self.encoding = encoding
        self.checks = checks
        self.marks = marks
        self.clauses = clauses
        self.provenance = provenance
    }

    /// The field of the block called `name`.
    public func field(_ name: String) -> Field? { fields.first { $0.name == name } }

    /// Bits of file per weight, the headers of rows left out.
    public var bitsPerWeight: Double { Double(bytes * 8) / Double(elements) }

    /// The name before the revision: `q3_k_hifi` of `q3_k_hifi@r6`.
    public var family: String { String(id.prefix { $0 != "@" }) }
}

/// A run of equal scalars at a fixed place in the block.
public struct Field: Sendable, Hashable {
    /// The name in the declaration: `qs`, `outlier_idx`.
    public let name: String
    /// Bytes from the start of the block.
    public let offset: Int
    /// How each scalar is read.
    public let type: ScalarType
    /// Number of scalars.
    public let count: Int
    /// Where the bits of a single scalar are that is cut up and lies within other fields; empty for a field of its own bytes.
    public let parts: [Part]

    /// Some bits of a scalar that is cut up.
    public struct Part: Sendable, Hashable {
        /// Counted from the start of the field.
        public let bit: Int
        /// How many.
        public let width: Int
        /// Where they go: the bits are shifted left by this.
        public let place: Int

        /// Creates a part.
        public init(bit: Int, width: Int, place: Int) {
            self.bit = bit
            self.width = width
            self.place = place
        }
    }

    /// Creates a field.
    public init(name: String, offset: Int, type: ScalarType, count: Int, parts: [Part] = []) {
        self.name = name
        self.offset = offset
        self.type = type
        self.count = count
        self.parts = parts
    }

    /// Bytes that the field covers; of a scalar that is cut up, from the first of them to the last.
    public var range: Range<Int> {
        guard let end = parts.map({ ($0.bit + $0.width + 7) / 8 }).max() else { return offset..<offset + type.bytes * count }
        return offset..<offset + end
    }

    /// The bits of a scalar that is cut up.
    ///
    /// - Parameter byte: the bytes of the block, by their offsets.
    public func gathered(_ byte: (Int) -> UInt8) -> UInt64 {
        parts.reduce(0) { bits, part in
            (0..<part.width).reduce(bits) { bits, index in
                let position = 8 * offset + part.bit + index
                return bits | UInt64(byte(position >> 3) >> UInt8(position & 7) & 1) << UInt64(part.place + index)
            }
        }
    }
}

/// How the bytes of a scalar are read. All little-endian.
public enum ScalarType: String, Sendable, Hashable, CaseIterable {
    case u8, i8, u16, i16, u32, i32, i64, f16, bf16, f32, f64
    /// 2^(e − 128): half of the OCP E8M0 value, defined for all 256 codes.
    case e8m0half = "e8m0_half"
    /// The HIFI family's own E4M3: no subnormals, no NaN, no infinity. Code 0 is 0, else ±(1 + m/8)·2^(e − 7).
    case e4m3hifi = "e4m3_hifi"

    /// Size of one scalar in bytes.
    public var bytes: Int {
        switch self {
        case .u8, .i8, .e8m0half, .e4m3hifi: 1
        case .u16, .i16, .f16, .bf16: 2
        case .u32, .i32, .f32: 4
        case .i64, .f64: 8
        }
    }

    /// True where the scalar can hold NaN or an infinity.
    public var canBeNonFinite: Bool {
        switch self {
        case .f16, .bf16, .f32, .f64: true
        default: false
        }
    }
}

/// A numbered sentence of the spec.
public struct Clause: Sendable, Hashable, Identifiable {
    /// E.g. `Q3K-03`; never reused for another meaning.
    public let id: String
    /// What the clause is about.
    public let topic: Topic
    /// The sentence.
    public let text: String

    /// What clauses are about: where bits are, decoding, encoding, products, what a healthy block holds.
    public enum Topic: String, Sendable, Hashable, CaseIterable {
        case layout, decode, encode, dot, content
    }

    /// Creates a clause.
    public init(id: String, topic: Topic, text: String) {
        self.id = id
        self.topic = topic
        self.text = text
    }
}

/// When a format was in force.
public struct Provenance: Sendable, Hashable {
    /// Where it was defined: project and commits, first to last.
    public let source: String
    /// Abbreviated commit ids, in order of time.
    public let commits: [String]
    /// ISO dates (first, last) between which the format was written by its source; empty if undated.
    public let period: [String]
    /// Anything a reader of the declaration must know about how sure it is.
    public let note: String?

    /// Creates a provenance.
    public init(source: String, commits: [String], period: [String], note: String?) {
        self.source = source
        self.commits = commits
        self.period = period
        self.note = note
    }
}
