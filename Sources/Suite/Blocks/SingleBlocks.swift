import HIFIBlockSpec

/// Formats as cases are made of them and as faults are planted into them: where rows have headers, a row of one block is the block. So
/// the scalars of a header are set, changed and explained like those of any block.
package enum SingleBlocks {
    /// Every format of the spec.
    package static let formats = Spec.formats.map(\.asOneBlockRows)

    /// The format of that name.
    package static func format(_ name: String) -> BlockFormat? { Spec.format(name)?.asOneBlockRows }
}

/// Between single blocks and the row in which they are asked for. Formats without row headers have the same bytes both ways.
extension BlockFormat {
    /// Bytes of a row header that a block of this format begins with; 0 where there is none.
    package var headBytes: Int {
        guard let own = Spec.format(id), let header = own.rowHeader, bytes == own.bytes + header.bytes else { return 0 }
        return header.bytes
    }

    /// Single blocks as a row: the header of the first, then the blocks without theirs.
    package func row(of blocks: [UInt8]) -> [UInt8] {
        let head = headBytes
        guard head > 0 else { return blocks }
        var row = Array(blocks.prefix(head))
        for start in stride(from: 0, to: blocks.count - bytes + 1, by: bytes) { row += blocks[start + head..<start + bytes] }
        return row
    }

    /// The blocks of a row, each behind the row's header; a rest that is no block is left out.
    package func blocks(ofRow row: [UInt8]) -> [UInt8] {
        let head = headBytes
        guard head > 0 else { return row }
        var blocks: [UInt8] = []
        for start in stride(from: head, to: row.count - (bytes - head) + 1, by: bytes - head) {
            blocks += row[..<head] + row[start..<start + bytes - head]
        }
        return blocks
    }

    /// A decoder of single blocks as one of rows.
    package func decodingRows(_ decode: @escaping @Sendable ([UInt8]) -> [UInt32]) -> @Sendable ([UInt8]) -> [UInt32] {
        guard headBytes > 0 else { return decode }
        return { decode(blocks(ofRow: $0)) }
    }
}
