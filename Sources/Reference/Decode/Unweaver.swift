import HIFIBlockSpec

/// Takes interleaved rows apart, into rows of the format that they were made of.
public struct Unweaver: Sendable {
    /// What the rows are woven as.
    public let format: BlockFormat
    /// What single rows are.
    public let base: BlockFormat
    /// By row: for each bit of a block, its place in the group.
    private let places: [[Int]]

    /// Nil for formats that do not say how rows are interleaved.
    public init?(_ format: BlockFormat) {
        guard let weave = format.weave, let base = Spec.format(weave.base) else { return nil }
        (self.format, self.base) = (format, base)
        let places = (0..<format.interleave).map { weave.places(ofRow: $0, in: base).compactMap(\.self) }
        guard places.allSatisfy({ $0.count == 8 * base.bytes && $0.allSatisfy { $0 < 8 * base.bytes * format.interleave } }) else {
            return nil
        }
        self.places = places
    }

    /// Rows that lie together.
    public var rows: Int { places.count }

    /// Weights of each of the rows that these bytes are; nil if they are not so many headers and whole blocks of each.
    public func weights(inRowsOf bytes: Int) -> Int? {
        guard bytes >= 0, bytes.isMultiple(of: rows) else { return nil }
        return format.weights(inRowOf: bytes / rows)
    }

    /// One row of a group, its header in front.
    ///
    /// - Parameters:
    ///   - row: which of the rows, from 0 on.
    ///   - group: the headers of all rows, then their blocks, one of each together. Anything else has no rows: the result is nil.
    public func row(_ row: Int, of group: [UInt8]) -> [UInt8]? {
        guard places.indices.contains(row), let weights = weights(inRowsOf: group.count) else { return nil }
        let header = format.headerBytes
        var bytes = Array(group[row * header..<(row + 1) * header])
        for block in 0..<weights / format.elements {
            let start = rows * (header + block * format.bytes)
            bytes += self.block(ofRow: row, in: group[start..<start + rows * format.bytes])
        }
        return bytes
    }

    /// The block of one row out of the blocks of all rows that lie together.
    ///
    /// - Parameters:
    ///   - row: which of the rows; below `rows`.
    ///   - blocks: one of each row, woven: exactly `rows` times the bytes of a block.
    public func block(ofRow row: Int, in blocks: ArraySlice<UInt8>) -> [UInt8] {
        precondition(blocks.count == rows * format.bytes, "one block of each row")
        var block = [UInt8](repeating: 0, count: base.bytes)
        for (bit, place) in places[row].enumerated() where blocks[blocks.startIndex + place >> 3] >> UInt8(place & 7) & 1 == 1 {
            block[bit >> 3] |= 1 << UInt8(bit & 7)
        }
        return block
    }

    /// Decodes the rows of a group, one after the other.
    ///
    /// - Throws: `partialRow` where these bytes are not whole rows.
    public func decode(_ group: [UInt8]) throws(DecodeError) -> [Float] {
        let decoder = try ReferenceDecoder(base)
        let weights = try decode(group) { row throws(DecodeError) in try decoder.decode(row) }
        guard let weights else { throw .partialRow(format: format.id, bytes: group.count, weights: nil) }
        return weights
    }

    /// Decodes the rows of one group or several, one after the other.
    ///
    /// - Parameters:
    ///   - groups: whole groups; of anything else the result is nil.
    ///   - rowWeights: weights of a row; nil for a single group.
    ///   - decode: the weights of a row of ``base``, with its header in front.
    public func decode<Failure: Error>(
        _ groups: [UInt8], rowWeights: Int? = nil, by decode: ([UInt8]) throws(Failure) -> [Float]
    ) throws(Failure) -> [Float]? {
        guard let columns = rowWeights ?? weights(inRowsOf: groups.count), columns > 0,
            let row = format.bytes(forRowOf: UInt64(columns)).flatMap({ Int(exactly: $0) }), row > 0, row <= groups.count / rows,
            groups.count.isMultiple(of: row * rows)
        else { return nil }
        var values: [Float] = []
        for start in stride(from: 0, to: groups.count, by: row * rows) {
            let group = Array(groups[start..<start + row * rows])
            for number in 0..<rows {
                guard let bytes = self.row(number, of: group) else { return nil }
                values += try decode(bytes)
            }
        }
        return values
    }
}
