/// Bytes in front of the blocks of each row, for formats whose rows share a scale.
///
/// A row is the header and then its blocks, without padding between them or between rows.
public struct RowHeader: Sendable, Hashable {
    /// Bytes of the header.
    public let bytes: Int
    /// Alignment in bytes that a natural C struct of this layout has. Files promise none.
    public let alignment: Int
    /// What stands in it: little-endian, in order of offset from the start of the row, without overlap. None for a format that is
    /// known by its size only.
    public let fields: [Field]

    /// Creates a header. The loader of `Spec/` vouches for the properties stated above.
    public init(bytes: Int, alignment: Int, fields: [Field]) {
        self.bytes = bytes
        self.alignment = alignment
        self.fields = fields
    }

    /// The field called `name`.
    public func field(_ name: String) -> Field? { fields.first { $0.name == name } }
}

/// How many bytes rows take, and where their blocks are. Nothing here overflows: what does not fit is `nil`.
extension BlockFormat {
    /// Bytes in front of the blocks of each row; 0 where there is no header.
    public var headerBytes: Int { rowHeader?.bytes ?? 0 }

    /// Bytes of a row of this many weights; `nil` if they are not whole blocks or the result does not fit.
    public func bytes(forRowOf weights: UInt64) -> UInt64? {
        guard weights.isMultiple(of: UInt64(elements)) else { return nil }
        let (blocks, overflow) = (weights / UInt64(elements)).multipliedReportingOverflow(by: UInt64(bytes))
        let (row, tooLong) = blocks.addingReportingOverflow(UInt64(headerBytes))
        return overflow || tooLong ? nil : row
    }

    /// Bytes of rows of this many weights each; `nil` if they are not whole blocks or the result does not fit.
    public func bytes(rows: UInt64, of weights: UInt64) -> UInt64? {
        guard let row = bytes(forRowOf: weights) else { return nil }
        let (all, overflow) = row.multipliedReportingOverflow(by: rows)
        return overflow ? nil : all
    }

    /// Weights of the row that these bytes are; `nil` if they are not a header and whole blocks.
    public func weights(inRowOf bytes: Int) -> Int? {
        let blocks = bytes - headerBytes
        guard blocks >= 0, blocks.isMultiple(of: self.bytes) else { return nil }
        let (weights, overflow) = (blocks / self.bytes).multipliedReportingOverflow(by: elements)
        return overflow ? nil : weights
    }

    /// The bytes of each row; `nil` for bytes that are not whole rows of this many weights, or none at all.
    public func rows(_ bytes: [UInt8], of weights: Int) -> [[UInt8]]? {
        guard weights > 0, !bytes.isEmpty, let size = self.bytes(forRowOf: UInt64(weights)).flatMap({ Int(exactly: $0) }), size > 0,
            bytes.count.isMultiple(of: size)
        else { return nil }
        return stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<$0 + size]) }
    }

    /// How many weights a row may have, for every way in which these bytes are whole rows, the longest first; nothing where there is none.
    ///
    /// - Parameter bytes: of all rows; of a format with interleaved rows, of whole groups of them.
    public func rowLengths(inRowsOf bytes: Int) -> [Int] {
        guard bytes > 0, bytes.isMultiple(of: interleave) else { return [] }
        let total = bytes / interleave
        var counts: Set<Int> = []
        var count = 1
        while count <= total / count {
            if total.isMultiple(of: count) { counts.formUnion([count, total / count]) }
            count += 1
        }
        return counts.compactMap { weights(inRowOf: total / $0) }.filter { $0 > 0 }.sorted(by: >)
    }

    /// Where a block begins, in bytes from the start of the tensor.
    ///
    /// - Parameters:
    ///   - block: its number in the tensor.
    ///   - perRow: blocks of a row, at least 1; of no account without a header.
    public func offset(ofBlock block: Int, perRow: Int) -> Int {
        guard let rowHeader else { return block * bytes }
        return block * bytes + (block / max(1, perRow) + 1) * rowHeader.bytes
    }

    /// A format whose blocks are the rows of this one, of which it knows the headers only: for checks of headers.
    ///
    /// - Parameter weights: of a row. The result is nil for a format without row headers, or where rows are not whole blocks.
    public func asRows(of weights: Int) -> BlockFormat? {
        guard let rowHeader, weights > 0, let size = bytes(forRowOf: UInt64(weights)), let size = Int(exactly: size) else { return nil }
        return BlockFormat(
            id: id, aliases: aliases, title: title, elements: weights, bytes: size, alignment: 1, base: nil, fields: rowHeader.fields,
            decoding: nil, encoding: nil, checks: checks.filter { rowHeader.field($0.field) != nil }, marks: .none, clauses: clauses,
            provenance: provenance)
    }

    /// The same weights where a row is one block: the header and the block as one format without a header.
    ///
    /// Whatever is known about blocks holds of these: rules, cases and comparisons of single blocks need no rows. A format without a
    /// header is returned as it is.
    public var asOneBlockRows: BlockFormat {
        guard let rowHeader else { return self }
        let moved = fields.map { field in
            Field(name: field.name, offset: field.offset + rowHeader.bytes, type: field.type, count: field.count, parts: field.parts)
        }
        return BlockFormat(
            id: id, aliases: aliases, title: title, elements: elements, bytes: bytes + rowHeader.bytes, alignment: 1, base: base,
            fields: rowHeader.fields + moved, decoding: decoding, encoding: encoding, checks: checks, marks: marks, clauses: clauses,
            provenance: provenance)
    }
}
