import HIFIBlockSpec

/// Decodes blocks by interpreting their declaration. Slow, obvious, exact: this is what every other decoder is compared
/// with.
public struct ReferenceDecoder: Sendable {
    /// The format of the blocks.
    public let format: BlockFormat

    private let code: IntegerReader?
    private let scale: IntegerReader?
    private let minimum: IntegerReader?
    /// Weights per scale or minimum.
    private let scaleEvery: Int
    private let minimumEvery: Int
    private let skipping: Field?
    private let value: Arithmetic
    private let correction: CorrectionReader?

    /// Fails for formats that the spec knows by size only.
    public init(_ format: BlockFormat) throws(DecodeError) {
        guard let decoding = format.decoding else { throw .knownBySizeOnly(format.id) }
        self.format = format
        code = decoding.code.map { IntegerReader($0, in: format) }
        scale = decoding.scale.map { IntegerReader($0, in: format) }
        minimum = decoding.minimum.map { IntegerReader($0, in: format) }
        scaleEvery = decoding.scale?.every ?? 1
        minimumEvery = decoding.minimum?.every ?? 1
        skipping = decoding.code?.skipping.map(format.declared)
        value = Arithmetic(decoding.value)
        correction = format.outliers.map(CorrectionReader.init)
    }

    /// Decodes whole blocks; in a format with row headers, the header of one row and its blocks.
    ///
    /// - Parameters:
    ///   - blocks: a whole number of blocks, any alignment.
    ///   - output: exactly `elements` weights per block.
    /// - Throws: if the two sizes do not belong together. Content never throws: NaN, infinities, duplicate positions and
    ///   over-large counts have a defined meaning (NUM-03 to NUM-05 and the clauses of the format).
    public func decode(_ blocks: UnsafeRawBufferPointer, into output: UnsafeMutableBufferPointer<Float>) throws(DecodeError) {
        let count = try blockCount(blocks.count)
        guard output.count == count * format.elements else {
            throw .wrongOutputCount(expected: count * format.elements, found: output.count)
        }
        let header = BlockBytes(bytes: .init(rebasing: blocks[..<format.headerBytes]))
        let scalars = value.names.map { name in format.rowHeader?.field(name).map { header.float($0) } }
        for index in 0..<count {
            let start = format.headerBytes + index * format.bytes
            let block = BlockBytes(bytes: .init(rebasing: blocks[start..<start + format.bytes]))
            let weights = UnsafeMutableBufferPointer(rebasing: output[index * format.elements..<(index + 1) * format.elements])
            decode(block, of: scalars, into: weights)
        }
    }

    /// Decodes rows of this many weights each.
    ///
    /// - Parameters:
    ///   - rows: a whole number of rows, any alignment.
    ///   - rowWeights: a whole number of blocks, at least one.
    ///   - output: exactly `rowWeights` weights per row.
    /// - Throws: as for blocks.
    public func decode(
        rows: UnsafeRawBufferPointer, rowWeights: Int, into output: UnsafeMutableBufferPointer<Float>
    ) throws(DecodeError) {
        guard format.rowHeader != nil else { return try decode(rows, into: output) }
        guard rowWeights > 0, let size = format.bytes(forRowOf: UInt64(rowWeights)), let rowBytes = Int(exactly: size),
            rows.count.isMultiple(of: rowBytes)
        else { throw .partialRow(format: format.id, bytes: rows.count, weights: rowWeights) }
        let count = rows.count / rowBytes
        let (weights, overflow) = count.multipliedReportingOverflow(by: rowWeights)
        guard !overflow, output.count == weights else {
            throw .wrongOutputCount(expected: overflow ? Int.max : weights, found: output.count)
        }
        for row in 0..<count {
            try decode(
                .init(rebasing: rows[row * rowBytes..<(row + 1) * rowBytes]),
                into: .init(rebasing: output[row * rowWeights..<(row + 1) * rowWeights]))
        }
    }

    /// Decodes whole blocks, or a row with its header, to a new array of `elements` weights per block.
    public func decode(_ blocks: [UInt8]) throws(DecodeError) -> [Float] {
        var output = [Float](repeating: 0, count: try blockCount(blocks.count) * format.elements)
        let result: Result<Void, DecodeError> = blocks.withUnsafeBytes { bytes in
            output.withUnsafeMutableBufferPointer { buffer in
                Result { () throws(DecodeError) in try decode(bytes, into: buffer) }
            }
        }
        try result.get()
        return output
    }

    /// Blocks in so many bytes.
    private func blockCount(_ bytes: Int) throws(DecodeError) -> Int {
        let left = bytes - format.headerBytes
        guard left >= 0, left.isMultiple(of: format.bytes) else {
            throw format.rowHeader == nil
                ? .partialBlock(format: format.id, bytes: bytes, blockBytes: format.bytes)
                : .partialRow(format: format.id, bytes: bytes, weights: nil)
        }
        return left / format.bytes
    }

    /// - Parameter scalars: what the header of the row gives for the names of the value; nil where the block does.
    private func decode(_ block: BlockBytes, of scalars: [Float?], into weights: UnsafeMutableBufferPointer<Float>) {
        let skipped = skipping.map { field in Set((0..<field.count).map { block.integer(field, $0) }) } ?? []
        // Scalars of the block are the same for all its weights.
        var operands = zip(value.names, scalars).map { name, shared in shared ?? format.field(name).map { block.float($0) } ?? 0 }
        let codeOperand = value.names.firstIndex(of: "code")
        let scaleOperand = value.names.firstIndex(of: "scale")
        let minimumOperand = value.names.firstIndex(of: "min")
        var rank = 0
        for i in weights.indices {
            if skipped.contains(i) {
                weights[i] = 0  // no code; its slot gives the weight below
                continue
            }
            if let code, let codeOperand { operands[codeOperand] = Float(code.value(rank, in: block)) }
            if let scale, let scaleOperand, i % scaleEvery == 0 { operands[scaleOperand] = Float(scale.value(i / scaleEvery, in: block)) }
            if let minimum, let minimumOperand, i % minimumEvery == 0 {
                operands[minimumOperand] = Float(minimum.value(i / minimumEvery, in: block))
            }
            weights[i] = value.evaluate(operands)
            rank += 1
        }
        correction?.apply(block, to: weights)
    }
}

/// Why blocks cannot be decoded.
public enum DecodeError: Error, Equatable, CustomStringConvertible {
    case knownBySizeOnly(String)
    case partialBlock(format: String, bytes: Int, blockBytes: Int)
    /// Not the header and the blocks of whole rows; without the weights of a row, of one row.
    case partialRow(format: String, bytes: Int, weights: Int?)
    case wrongOutputCount(expected: Int, found: Int)

    /// One line that says what is wrong.
    public var description: String {
        switch self {
        case .knownBySizeOnly(let id):
            "\(id) is known by its size only\(Self.size(id)) (SIZE-01); its content cannot be decoded"
        case .partialBlock(let id, let bytes, let blockBytes):
            "\(bytes) bytes are not a whole number of \(id) blocks of \(blockBytes) bytes (\(bytes % blockBytes) left over)"
        case .partialRow(let id, let bytes, let weights):
            "\(bytes) bytes are not the header and the blocks of \(weights.map { "rows of \($0) weights" } ?? "a row") in \(id)"
        case .wrongOutputCount(let expected, let found): "the output holds \(found) weights; these blocks have \(expected)"
        }
    }

    /// `: 54 bytes for 256 weights`, and what stands in front of rows or behind the last.
    private static func size(_ id: String) -> String {
        guard let format = Spec.format(id) else { return "" }
        return ": \(format.bytes) byte\(format.bytes == 1 ? "" : "s") for \(format.elements) weights"
            + (format.headerBytes > 0 ? ", \(format.headerBytes) in front of each row" : "")
            + (format.tensorTail > 0 ? ", \(format.tensorTail) at the end of each tensor" : "")
    }
}
