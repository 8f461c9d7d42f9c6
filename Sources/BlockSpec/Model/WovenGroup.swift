/// A group of interleaved rows, described as rows of a format of its own: one block of it is one block of each of the rows.
///
/// Checks look at bytes where they lie. So what a check asks of the blocks of single rows is moved to where the weave puts it, and a
/// finding names the byte of the file; nothing is taken apart.
public struct WovenGroup: Sendable, Hashable {
    /// What the group is: as many weights and bytes as all its rows together, the fields that checks look at, and the checks.
    public let format: BlockFormat
    /// Rows that lie together.
    public let rows: Int
    /// The row of each bit of a group of blocks.
    private let owners: [Int]

    /// Nil for a format that does not say how its rows are interleaved, and where a check of single rows has no counterpart in the group:
    /// then none is made, so that nobody takes half of the checks for all of them.
    public init?(_ woven: BlockFormat) {
        guard let weave = woven.weave, let base = Spec.format(weave.base) else { return nil }
        let rows = woven.interleave
        let places = (0..<rows).map { weave.places(ofRow: $0, in: base).compactMap(\.self) }
        var owners = [Int](repeating: -1, count: 8 * woven.bytes * rows)
        for (row, bits) in places.enumerated() {
            for bit in bits where owners.indices.contains(bit) { owners[bit] = row }
        }
        guard places.allSatisfy({ $0.count == 8 * base.bytes }), !owners.contains(-1) else { return nil }

        var fields: [Field] = []
        var headerFields: [Field] = []
        for check in base.checks {
            if let field = base.rowHeader?.field(check.field) {
                // One header after another: an array, if the field is all of a header.
                guard check.kind == .finite, field.parts.isEmpty, field.range == 0..<woven.headerBytes else { return nil }
                let all = Field(name: field.name, offset: 0, type: field.type, count: field.count * rows)
                if !headerFields.contains(all) { headerFields.append(all) }
            } else {
                guard let field = Self.moved(check, of: base, places) else { return nil }
                if !fields.contains(field) { fields.append(field) }
            }
        }
        fields.sort { $0.offset < $1.offset }
        let header = woven.rowHeader.map {
            RowHeader(bytes: $0.bytes * rows, alignment: $0.alignment, fields: headerFields)
        }
        format = BlockFormat(
            id: woven.id, aliases: woven.aliases, title: woven.title, elements: woven.elements * rows, bytes: woven.bytes * rows,
            alignment: woven.alignment, rowHeader: header, base: nil, fields: fields, decoding: nil, encoding: nil, checks: base.checks,
            marks: .none, clauses: base.clauses, provenance: woven.provenance)
        (self.rows, self.owners) = (rows, owners)
    }

    /// The field of the group that a check looks at instead of the one of a single block.
    private static func moved(_ check: ContentCheck, of base: BlockFormat, _ places: [[Int]]) -> Field? {
        guard let field = base.field(check.field), field.parts.isEmpty else { return nil }
        let width: Int
        switch check.kind {
        case .finite: width = 8 * field.type.bytes
        case .bytesWritten:
            // What is true of each digit of a byte is true of it in every byte that is made of such digits.
            guard let digit = check.bytes?.digitWidth(where: { Self.areTogether(field, width: $0, places) }) else { return nil }
            width = digit
        default: return nil
        }
        guard areTogether(field, width: width, places) else { return nil }
        let bits = places.flatMap { row in (8 * field.range.lowerBound..<8 * field.range.upperBound).map { row[$0] } }.sorted()
        guard let first = bits.first, first.isMultiple(of: 8), bits == Array(first..<first + bits.count) else { return nil }
        let isBytes = check.kind == .bytesWritten
        return Field(
            name: field.name, offset: first / 8, type: isBytes ? .u8 : field.type,
            count: bits.count / (isBytes ? 8 : 8 * field.type.bytes))
    }

    /// Whether each so many bits of the field stay together, in their order and at a multiple of so many bits.
    private static func areTogether(_ field: Field, width: Int, _ places: [[Int]]) -> Bool {
        places.allSatisfy { row in
            stride(from: 8 * field.range.lowerBound, to: 8 * field.range.upperBound, by: width).allSatisfy { bit in
                row[bit].isMultiple(of: min(width, 8)) && (0..<width).allSatisfy { row[bit + $0] == row[bit] + $0 }
            }
        }
    }

    /// The row of a byte, by its lowest bit.
    ///
    /// - Parameters:
    ///   - byte: counted from the start of a group of blocks, or of the headers.
    ///   - isHeader: whether it is a byte of the headers.
    public func row(ofByte byte: Int, isHeader: Bool = false) -> Int {
        if isHeader { return byte / max(1, format.headerBytes / rows) }
        return owners.indices.contains(8 * byte) ? owners[8 * byte] : 0
    }

    /// The bits of a row in a group of blocks, as a mask for each of its bytes.
    public func mask(ofRow row: Int) -> [UInt8] {
        (0..<format.bytes).map { byte in
            (0..<8).reduce(0) { owners[8 * byte + $1] == row ? $0 | 1 << UInt8($1) : $0 }
        }
    }
}

extension ByteSet {
    /// The largest number of bits, for which `holds`, such that a byte is in the set if all its digits of so many bits are in one set of
    /// digits; nil if there is none.
    fileprivate func digitWidth(where holds: (Int) -> Bool) -> Int? {
        [8, 4, 2, 1].first { width in
            let mask = UInt8(truncatingIfNeeded: 1 << width - 1)
            let digits = Set((UInt8.min...UInt8.max).filter(contains).map { $0 & mask })
            let isProduct = (UInt8.min...UInt8.max).allSatisfy { byte in
                contains(byte) == stride(from: 0, to: 8, by: width).allSatisfy { digits.contains(byte >> UInt8($0) & mask) }
            }
            return isProduct && holds(width)
        }
    }
}
