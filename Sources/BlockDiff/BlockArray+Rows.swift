import HIFIBlockSpec
import HIFIFiles
import HIFIGGUF
import HIFIReference

extension BlockArray {
    /// Rows with headers as rows of one block: each block with a copy of its row's header in front, put together when it is read. So
    /// whatever compares and explains blocks sees what a block's weights depend on.
    ///
    /// - Parameters:
    ///   - rows: whole rows; a rest is left out.
    ///   - weights: of each row. The result is nil where rows are not whole blocks, or the format has no row headers.
    public init?(rows: ByteView, of weights: Int, _ format: BlockFormat) {
        guard let header = format.rowHeader, weights > 0, let size = format.bytes(forRowOf: UInt64(weights)),
            let rowBytes = Int(exactly: size)
        else { return nil }
        let perRow = weights / format.elements
        let unit = header.bytes + format.bytes
        let (blocks, overflow) = (rows.count / rowBytes).multipliedReportingOverflow(by: perRow)
        let (bytes, tooLong) = blocks.multipliedReportingOverflow(by: unit)
        guard !overflow, !tooLong else { return nil }
        self.init(blockBytes: unit, byteCount: bytes, rows: Rows(blocks: max(1, perRow), headerBytes: header.bytes)) { offset, count in
            guard offset >= 0, count >= 0, offset <= bytes, count <= bytes - offset else { return nil }
            guard count > 0 else { return [] }
            var found: [UInt8] = []
            let first = offset / unit
            found.reserveCapacity(count + 2 * unit)
            for block in first...(offset + count - 1) / unit {
                let row = block / perRow * rowBytes
                let start = format.offset(ofBlock: block, perRow: perRow)
                guard let head = rows.slice(row..<row + header.bytes), let body = rows.slice(start..<start + format.bytes) else {
                    return nil
                }
                found += Array(head) + Array(body)
            }
            let skipped = offset - first * unit
            return Array(found[skipped..<skipped + count])
        }
    }

    /// Interleaved rows as the blocks of single rows, each behind a copy of its row's header where there is one, taken apart when they
    /// are read.
    ///
    /// - Parameters:
    ///   - rows: whole groups of rows; a rest is left out.
    ///   - weights: of each row. The result is nil where rows are not whole blocks.
    public init?(woven rows: ByteView, of weights: Int, _ unweaver: Unweaver) {
        let format = unweaver.format
        guard weights > 0, let size = format.bytes(forRowOf: UInt64(weights)), let rowBytes = Int(exactly: size) else { return nil }
        let (groupBytes, tooLong) = rowBytes.multipliedReportingOverflow(by: unweaver.rows)
        let perRow = weights / format.elements
        let (header, unit) = (format.headerBytes, format.headerBytes + format.bytes)
        let (blocks, overflow) = (tooLong ? 0 : rows.count / groupBytes * unweaver.rows).multipliedReportingOverflow(by: perRow)
        let (bytes, tooMany) = blocks.multipliedReportingOverflow(by: unit)
        guard !tooLong, !overflow, !tooMany else { return nil }
        let layout = header > 0 ? Rows(blocks: max(1, perRow), headerBytes: header) : nil
        self.init(blockBytes: unit, byteCount: bytes, rows: layout) { offset, count in
            guard offset >= 0, count >= 0, offset <= bytes, count <= bytes - offset else { return nil }
            guard count > 0 else { return [] }
            var found: [UInt8] = []
            let first = offset / unit
            for block in first...(offset + count - 1) / unit {
                let (row, column) = block.quotientAndRemainder(dividingBy: perRow)
                let (group, place) = row.quotientAndRemainder(dividingBy: unweaver.rows)
                let start = group * groupBytes
                let pieces = start + unweaver.rows * (header + column * format.bytes)
                guard let head = rows.slice(start + place * header..<start + (place + 1) * header),
                    let piece = rows.slice(pieces..<pieces + unweaver.rows * format.bytes)
                else { return nil }
                found += Array(head) + unweaver.block(ofRow: place, in: ArraySlice(Array(piece)))
            }
            let skipped = offset - first * unit
            return Array(found[skipped..<skipped + count])
        }
    }
}
