import HIFIBlockSpec
import HIFICKernels
import HIFIGGUF

/// What one pass over a tensor's data found out.
package struct TensorContent: Sendable {
    /// Blocks that break the format's checks; nil for formats without any.
    package var tally: ContentTally?
    /// Rows whose header breaks the format's checks; nil for formats without row headers.
    package var rowTally: ContentTally?
    /// Rows whose bytes are all zero, and the first of them.
    package var zeroRows = 0
    package var firstZeroRow = 0
    /// Blocks with a subnormal scale, and the first of them.
    package var subnormalScales = 0
    package var firstSubnormalScale = 0
    /// Fields with numbers out of all proportion.
    package var disproportions: [Disproportion] = []
    /// Set where plain floats are of no plausible size.
    package var floats: FloatSurvey?
    /// Set where the whole tensor is one value or one block over and over.
    package var uniformity: Uniformity?
}

/// Looks at one tensor's blocks, a cache-sized stretch at a time, so that a hash of the same bytes can share the trip from memory.
package struct TensorScan {
    package let scanner: ContentScanner
    /// Looks at rows as if they were blocks, for what stands in their headers; nil without row headers.
    private let rowScanner: ContentScanner?
    private let rowBytes: Int
    private let isMatrix, isNorm: Bool
    /// Set where rows are interleaved: then blocks and rows here are groups of them.
    private let woven: WovenRows?
    /// Fields of a single fp16 scale.
    private let halfScales: [Field]
    private let exampleLimit: Int
    private var seen = hifi_scan_found.nothing
    package private(set) var content = TensorContent()

    package init(_ tensor: TensorInfo, _ format: BlockFormat, exampleLimit: Int) {
        let woven = WovenRows(format)
        let format = woven?.group.format ?? format
        self.woven = woven
        scanner = ContentScanner(format)
        let (elements, overflow) = Int(clamping: tensor.rowElements).multipliedReportingOverflow(by: woven?.group.rows ?? 1)
        let rowElements = overflow ? .max : elements
        let rows = format.asRows(of: rowElements)
        rowScanner = rows.map { ContentScanner($0) }
        // The layout has made sure that rows are whole blocks.
        rowBytes = rows?.bytes ?? rowElements / format.elements * format.bytes
        isMatrix = tensor.dimensions.count > 1
        isNorm = !isMatrix && tensor.name.hasSuffix("norm.weight")
        self.exampleLimit = exampleLimit
        halfScales = (rows ?? format).scaleFields.filter { $0.type == .f16 && ($0.count == 1 || woven != nil) }
        if let rowScanner { content.rowTally = ContentTally(checks: rowScanner.checks.count, exampleLimit: exampleLimit) }
        if !scanner.checks.isEmpty { content.tally = ContentTally(checks: scanner.checks.count, exampleLimit: exampleLimit) }
    }

    package var chunkBytes: Int { rowScanner?.chunkBytes ?? scanner.chunkBytes }

    /// Looks at bytes `offset` and following of the tensor; both ends are block borders, or borders of rows that have headers.
    package mutating func take(_ chunk: UnsafeRawBufferPointer, at offset: Int, of tensor: UnsafeRawBufferPointer) {
        if let rowScanner { return takeRows(chunk, at: offset, of: tensor, rowScanner) }
        let firstBlock = offset / scanner.format.bytes
        var subnormal: Int?
        if var tally = content.tally {
            content.tally = nil  // so that it is not copied
            subnormal = scanner.look(chunk, firstBlock: firstBlock, into: &tally, seen: &seen)
            content.tally = tally
        }
        // Kernels count a block's one scale, not those of several rows.
        if woven != nil { subnormal = nil }
        if subnormal != 0 { noteSubnormal(chunk, subnormal, firstBlock) }
        if isMatrix, rowBytes > 0 { countZeroRows(offset..<offset + chunk.count, tensor) }
    }

    /// Whole rows: their headers, and then the blocks of each.
    private mutating func takeRows(
        _ chunk: UnsafeRawBufferPointer, at offset: Int, of tensor: UnsafeRawBufferPointer, _ rowScanner: ContentScanner
    ) {
        guard rowBytes > 0 else { return }
        let (firstRow, header) = (offset / rowBytes, scanner.format.headerBytes)
        var subnormal: Int?
        if var tally = content.rowTally {
            content.rowTally = nil
            subnormal = rowScanner.look(chunk, firstBlock: firstRow, into: &tally, seen: &seen)
            content.rowTally = tally
        }
        if subnormal != 0 { noteSubnormal(chunk, subnormal, firstRow, stride: rowBytes) }
        if var tally = content.tally {
            content.tally = nil
            let perRow = (rowBytes - header) / scanner.format.bytes
            var ignored = hifi_scan_found.nothing
            for row in 0..<chunk.count / rowBytes {
                let blocks = UnsafeRawBufferPointer(rebasing: chunk[row * rowBytes + header..<(row + 1) * rowBytes])
                _ = scanner.look(blocks, firstBlock: (firstRow + row) * perRow, into: &tally, seen: &ignored)
            }
            content.tally = tally
        }
        if isMatrix { countZeroRows(offset..<offset + chunk.count, tensor) }
    }

    /// - Parameter count: how many there are, if that is known.
    private mutating func noteSubnormal(
        _ chunk: UnsafeRawBufferPointer, _ count: Int?, _ firstBlock: Int, stride: Int? = nil
    ) {
        guard let start = chunk.baseAddress else { return }
        let stride = stride ?? scanner.format.bytes
        let blocks = chunk.count / stride
        // Exponent 0 and a mantissa: with the sign gone, 1 to 1023.
        func subnormals(_ block: Int, _ field: Field) -> Int {
            let first = start + block * stride
            return (0..<field.count).count { scalar in
                let bits =
                    field.parts.isEmpty
                    ? first.half(field.offset + 2 * scalar) : UInt16(truncatingIfNeeded: field.gathered { first.byte($0) })
                return (bits & 0x7FFF) &- 1 < 0x3FF
            }
        }
        if content.subnormalScales == 0 {
            for field in halfScales {
                guard let first = (0..<blocks).first(where: { subnormals($0, field) > 0 }) else { continue }
                content.firstSubnormalScale = firstBlock + first
                break
            }
        }
        content.subnormalScales +=
            count ?? halfScales.reduce(0) { sum, field in (0..<blocks).reduce(sum) { $0 + subnormals($1, field) } }
    }

    /// Rows that begin in `range` and hold nothing but zero bytes.
    private mutating func countZeroRows(_ range: Range<Int>, _ tensor: UnsafeRawBufferPointer) {
        var row = (range.lowerBound + rowBytes - 1) / rowBytes
        while row * rowBytes < range.upperBound, row * rowBytes + rowBytes <= tensor.count {
            let bytes = UnsafeRawBufferPointer(rebasing: tensor[row * rowBytes..<(row + 1) * rowBytes])
            let zeros = woven?.zeroRows(bytes) ?? (Uniformity.isZero(bytes) ? [0] : [])
            if content.zeroRows == 0, let first = zeros.first { content.firstZeroRow = row * (woven?.group.rows ?? 1) + first }
            content.zeroRows += zeros.count
            row += 1
        }
    }

    /// Ends the pass: looks at what only the whole tensor shows.
    package mutating func finish(_ tensor: UnsafeRawBufferPointer) {
        if isMatrix {
            content.uniformity = Uniformity(of: tensor, (rowScanner ?? scanner).format, unweaver: woven?.unweaver)
        } else if isNorm, Uniformity.isZero(tensor) {
            // Whatever passes such a norm is zero. Other vectors may be: biases often are.
            content.uniformity = .zero
        }
        content.floats = FloatSurvey(tensor, scanner.format)
        content.disproportions = (rowScanner ?? scanner).disproportions(seen, in: tensor, exampleLimit: exampleLimit)
    }
}

extension BlockFormat {
    /// Fields that the values of outliers are stored in, one scalar per slot.
    package var outlierValueFields: Set<String> {
        guard let correction = decoding?.correction else { return [] }
        return Set(correction.value.names.filter { field($0)?.count == correction.slots })
    }

    /// Floating-point fields that must be finite and are neither outliers nor the weights themselves.
    var scaleFields: [Field] {
        guard elements > 1 else { return [] }
        let outliers = outlierValueFields
        return checks.filter { $0.kind == .finite && !outliers.contains($0.field) }.compactMap { field($0.field) }
    }
}
