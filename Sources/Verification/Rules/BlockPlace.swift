import HIFIBlockSpec
import HIFIGGUF

/// Where the blocks of a tensor are. Where rows are interleaved, blocks and rows here are groups of them.
struct BlockPlace {
    let tensor: TensorInfo
    let format: BlockFormat
    /// Byte of the file where the data begins.
    let start: Int
    /// Set where rows are interleaved: which of the rows a byte is of.
    var woven: WovenGroup?

    /// Weights of a row, or of all rows that are interleaved.
    var rowElements: Int {
        let (elements, overflow) = Int(clamping: tensor.rowElements).multipliedReportingOverflow(by: woven?.rows ?? 1)
        return overflow ? .max : elements
    }

    var blocksPerRow: Int { max(1, rowElements / format.elements) }

    /// Whether blocks here are whole rows, of which the headers are known.
    private var isRows: Bool { woven.map { $0.format.elements != format.elements } ?? false }

    /// Bytes of the tensor that a block takes.
    func range(ofBlock block: Int) -> Range<Int> {
        let start = format.offset(ofBlock: block, perRow: blocksPerRow)
        return start..<start + format.bytes
    }

    func location() -> Finding.Location { .init(tensor: tensor.name, offset: start) }

    /// - Parameter row: counted singly, also where rows are interleaved.
    func location(row: Int) -> Finding.Location {
        let group = row / (woven?.rows ?? 1)
        return .init(tensor: tensor.name, offset: start + group * (blocksPerRow * format.bytes + format.headerBytes), row: row)
    }

    func location(block: Int, field: Field? = nil, scalar: Int? = nil) -> Finding.Location {
        let inField = field.map { min(($0.type.bytes) * (scalar ?? 0), $0.range.count - 1) } ?? 0
        let inBlock = (field?.offset ?? 0) + inField
        var row = block / blocksPerRow
        if let woven { row = row * woven.rows + woven.row(ofByte: inBlock, isHeader: isRows) }
        return .init(
            tensor: tensor.name, offset: start + range(ofBlock: block).lowerBound + inBlock, row: row, block: block % blocksPerRow,
            field: field?.name, index: field.flatMap { isOne($0) ? nil : scalar })
    }

    /// Whether a field has one number in each block.
    func isOne(_ field: Field) -> Bool { field.count == woven?.rows ?? 1 }

    /// What blocks are called.
    func name(_ count: Int) -> String {
        let one =
            format.elements == 1 ? "element" : woven == nil ? "block" : isRows ? "group of row headers" : "group of interleaved blocks"
        guard count != 1 else { return "One \(one)" }
        return woven == nil ? "\(count) \(one)s" : "\(count) groups\(one.dropFirst("group".count))"
    }
}
