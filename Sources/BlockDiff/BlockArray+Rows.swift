import HIFIBlockSpec
import HIFIFiles
import HIFIGGUF

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
        self.init(blockBytes: unit, byteCount: bytes) { offset, count in
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
}
