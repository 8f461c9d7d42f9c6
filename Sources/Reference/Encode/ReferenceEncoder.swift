import HIFIBlockSpec

/// Encodes rows of weights to blocks, byte for byte as llama.cpp and its HIFI fork do, compiled without contraction.
///
/// Every operation is one IEEE operation in a fixed order, so bytes do not depend on processor, compiler or the number of
/// threads that rows are shared out to. Bytes that a format declares but its original never wrote (`tail` of
/// q5_k_hifi_res8, `n_outliers` of r10 and r11 without outliers) are written as zero.
public struct ReferenceEncoder: Sendable {
    /// Which of llama.cpp's two entry points.
    public enum Path: String, Sendable, CaseIterable {
        /// The quantizer's: whole rows, with or without an importance matrix.
        case chunk
        /// The per-type reference function: no importance matrix. Same bytes as `chunk` without one, but for IQ4_NL.
        case reference
    }

    /// What is encoded to.
    public let format: BlockFormat
    /// Which way in.
    public let path: Path
    /// What happens to weights out of range.
    public let policy: InputPolicy
    /// Outliers per block that were asked for; nil for formats without.
    public let outliers: Int?
    /// Whether importances that spoil a block are refused (QUANT-20), where the policy does not ask for llama.cpp's bytes.
    public let refusesSpoiling: Bool

    private let packer: BlockPacker
    private let base: (any BaseEncoder)?
    private let plainOutliers: OutlierEncoder?
    private let guidedOutliers: OutlierEncoder?

    /// Creates an encoder.
    ///
    /// - Parameters:
    ///   - format: what to encode to.
    ///   - path: which of llama.cpp's two entry points; they differ in some formats.
    ///   - outliers: outliers per block for the HIFI formats; nil takes the standard number (QUANT-08), that is
    ///     all slots (6 for q6_k_hifi_dynamic). `Spec.quantizer` has the counts for a model.
    ///   - modelBillions: size of the model, for the two formats whose count varies by block; nil takes the fork's
    ///     value outside a model (1 for q6_k_hifi_res8, 4 for q5_k_hifi_res8).
    ///   - policy: what becomes of weights that the format cannot hold.
    ///   - refusesSpoiling: refuse importances under which a block would get a scale that is not a number, or lose all its weights.
    ///     llama.cpp writes such blocks, and so does this encoder by default.
    /// - Throws: `noEncoder`, `outlierCount`.
    public init(
        _ format: BlockFormat, path: Path = .chunk, outliers: Int? = nil, modelBillions: Float? = nil, policy: InputPolicy = .reject,
        refusesSpoiling: Bool = false
    ) throws(EncodeError) {
        try self.init(
            format, path: path, outliers: outliers, modelBillions: modelBillions, policy: policy, refusesSpoiling: refusesSpoiling,
            entries: nil)
    }

    /// The same with kernels for the search of entries, which then is not the reference's.
    package init(
        _ format: BlockFormat, path: Path, outliers: Int?, modelBillions: Float?, policy: InputPolicy, refusesSpoiling: Bool,
        entries: EntryKernelMaker?
    ) throws(EncodeError) {
        guard let encoding = format.encoding, let packer = BlockPacker(format) else { throw .noEncoder(format.id) }
        self.format = format
        self.path = path
        self.policy = policy
        self.refusesSpoiling = refusesSpoiling && policy != .asOriginal
        self.packer = packer
        base = baseEncoder(for: format, entries: entries)
        guard let plain = encoding.outliers, let guided = encoding.guidedOutliers, let base,
            let slots = format.decoding?.correction?.slots
        else {
            guard base != nil || encoding.search == .scalar else { throw .noEncoder(format.id) }
            if let outliers, outliers != 0 { throw .outlierCount(format: format.id, asked: outliers, allowed: 0...0) }
            self.outliers = nil
            plainOutliers = nil
            guidedOutliers = nil
            return
        }
        let count = outliers ?? plain.standard
        guard plain.least...slots ~= count else { throw .outlierCount(format: format.id, asked: count, allowed: plain.least...slots) }
        self.outliers = count
        plainOutliers = OutlierEncoder(format, plain, count: count, billions: modelBillions, base: base, packer: packer)
        guidedOutliers = OutlierEncoder(format, guided, count: count, billions: modelBillions, base: base, packer: packer)
    }

    /// True if the spec has an encoder for the format.
    public static func canEncode(_ format: BlockFormat) -> Bool { (try? ReferenceEncoder(format)) != nil }

    /// Bytes that `weights` weights take.
    public func encodedBytes(weights: Int) -> Int { weights / format.elements * format.bytes }

    /// Encodes rows to a new array.
    ///
    /// - Parameters:
    ///   - rows: whole rows, one after another.
    ///   - columns: weights per row, a positive multiple of the block length.
    ///   - importance: one value per column, used for every row.
    public func encode(_ rows: [Float], columns: Int, importance: [Float]? = nil) throws(EncodeError) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: encodedBytes(weights: rows.count))
        let result: Result<Void, EncodeError> = rows.withUnsafeBufferPointer { rows in
            output.withUnsafeMutableBytes { output in
                Result { () throws(EncodeError) in try encode(rows, columns: columns, importance: importance, into: output) }
            }
        }
        try result.get()
        return output
    }

    /// Encodes rows into zeroed memory of exactly `encodedBytes` bytes.
    ///
    /// - Throws: any `EncodeError` but those of the initialiser; the output is then unspecified.
    public func encode(
        _ rows: UnsafeBufferPointer<Float>, columns: Int, importance: [Float]?, into output: UnsafeMutableRawBufferPointer
    ) throws(EncodeError) {
        try checkShape(rows, columns, importance)
        precondition(output.count == encodedBytes(weights: rows.count), "output must hold exactly the encoded rows")
        let checked = try checkedRows(rows, columns)
        let result: Result<Void, EncodeError> = checked.withUnsafeBufferPointer { own in
            let rows = own.isEmpty ? rows : own
            return (importance ?? []).withUnsafeBufferPointer { values in
                Result { () throws(EncodeError) in try encodeRows(rows, columns, importance == nil ? nil : values, output) }
            }
        }
        try result.get()
    }

    private func checkShape(_ rows: UnsafeBufferPointer<Float>, _ columns: Int, _ importance: [Float]?) throws(EncodeError) {
        guard columns > 0, columns % format.elements == 0 else {
            throw .partialBlock(format: format.id, columns: columns, blockWeights: format.elements)
        }
        guard rows.count % columns == 0 else { throw .partialRow(weights: rows.count, columns: columns) }
        guard let importance else {
            guard format.encoding?.needsImportances != true else { throw .importanceRequired(format.id) }
            return
        }
        guard path == .chunk else { throw .importanceOnReferencePath(format.id) }
        guard importance.count == columns else { throw .importanceCount(expected: columns, found: importance.count) }
        guard policy != .asOriginal else { return }
        for (column, value) in importance.enumerated() where !(value.isFinite && value >= 0) {
            throw .badImportance(column: column, value: value)
        }
    }

    /// Throws for, or replaces, weights out of range. Empty if the rows can be used as they are.
    private func checkedRows(_ rows: UnsafeBufferPointer<Float>, _ columns: Int) throws(EncodeError) -> [Float] {
        guard policy != .asOriginal else { return [] }
        let range = format.weightRange
        guard let first = rows.firstIndex(where: { !range.contains($0) }) else { return [] }
        guard policy == .clamp else { throw .badWeight(rows, at: first, columns: columns, range) }
        let largest = format.clampedWeight
        return rows.map { $0.isNaN ? 0 : max(-largest, min(largest, $0)) }
    }

    private func encodeRows(
        _ rows: UnsafeBufferPointer<Float>, _ columns: Int, _ importance: UnsafeBufferPointer<Float>?,
        _ output: UnsafeMutableRawBufferPointer
    ) throws(EncodeError) {
        guard base != nil else { return encodeScalars(rows, output) }
        var content = packer.emptyContent()
        for row in 0..<rows.count / columns {
            let weights = rows.group(row * columns, columns)
            let meanSquare = format.elements == 32 && importance != nil ? meanSquare(weights) : 0
            for block in 0..<columns / format.elements {
                let start = block * format.elements
                let offset = (row * columns + start) / format.elements * format.bytes
                let bytes = UnsafeMutableRawBufferPointer(rebasing: output[offset..<offset + format.bytes])
                let slice = importance?.group(start, format.elements)
                encodeBlock(weights.group(start, format.elements), slice, meanSquare, &content, bytes)
                if policy == .asOriginal { continue }
                let x = weights.group(start, format.elements)
                var broken: String?
                visitNonFinite(in: bytes) { field, _, _ in broken = broken ?? field.name }
                if refusesSpoiling, let slice, broken != nil || losesAll(x, slice, bytes) {
                    try blameImportance(x, slice, meanSquare, row: row, column: start)
                }
                guard let broken else { continue }
                guard policy == .clamp else { throw .scaleOverflow(row: row, column: start, field: broken) }
                visitNonFinite(in: bytes) { FieldWriter.write($2, to: $0, $1, in: bytes) }
            }
        }
    }

    /// Whether a block stores nothing of weights that importances count.
    private func losesAll(
        _ x: UnsafeBufferPointer<Float>, _ importance: UnsafeBufferPointer<Float>, _ block: UnsafeMutableRawBufferPointer
    ) -> Bool {
        format.storesNothing(UnsafeRawBufferPointer(block)) && x.indices.contains { x[$0] != 0 && importance[$0] > 0 }
    }

    /// Throws if the size of its importances is what spoils a block: it comes out well without them, and, unless all are zero, with
    /// the same proportions about 1 too. Names the largest, or, where even that is below 1 and sums can only have vanished, the
    /// smallest above zero.
    private func blameImportance(
        _ x: UnsafeBufferPointer<Float>, _ importance: UnsafeBufferPointer<Float>, _ meanSquareOfRow: Float, row: Int, column: Int
    ) throws(EncodeError) {
        let counted = importance.indices.filter { importance[$0] > 0 }
        let largest = counted.max { importance[$0] < importance[$1] } ?? 0
        guard comesOutWell(x, nil, meanSquareOfRow) else { return }
        if importance[largest] > 0 {
            let factor = Double(sign: .plus, exponent: -Int(importance[largest].exponent), significand: 1)
            let isFine = importance.map { Float(Double($0) * factor) }.withUnsafeBufferPointer { comesOutWell(x, $0, meanSquareOfRow) }
            guard isFine else { return }
        }
        let vanishes = importance[largest] < 1
        let place = vanishes ? counted.min { importance[$0] < importance[$1] } ?? 0 : largest
        throw .unusableImportance(row: row, column: column, place: column + place, value: importance[place], vanishes: vanishes)
    }

    /// Whether a block has finite scales and stores something.
    private func comesOutWell(_ x: UnsafeBufferPointer<Float>, _ importance: UnsafeBufferPointer<Float>?, _ meanSquareOfRow: Float) -> Bool
    {
        var content = packer.emptyContent()
        var block = [UInt8](repeating: 0, count: format.bytes)
        return block.withUnsafeMutableBytes { bytes in
            encodeBlock(x, importance, meanSquareOfRow, &content, bytes)
            var isBroken = false
            visitNonFinite(in: bytes) { _, _, _ in isBroken = true }
            return !isBroken && !format.storesNothing(UnsafeRawBufferPointer(bytes))
        }
    }

    private func encodeBlock(
        _ x: UnsafeBufferPointer<Float>, _ importance: UnsafeBufferPointer<Float>?, _ meanSquareOfRow: Float, _ content: inout BlockContent,
        _ block: UnsafeMutableRawBufferPointer
    ) {
        if let outliers = importance == nil ? plainOutliers : guidedOutliers {
            outliers.encode(x, importance: importance, into: &content, block: block)
            return
        }
        // IQ4_NL searches on the chunk path even without importances.
        let searches = importance != nil || (path == .chunk && base is CodebookEncoder)
        let guidance: Guidance = searches ? .searched(importance: importance) : .plain
        base?.encode(x, guidance: guidance, meanSquareOfRow: meanSquareOfRow, into: &content)
        packer.write(content, to: block)
    }

    private func meanSquare(_ row: UnsafeBufferPointer<Float>) -> Float {
        var sum: Float = 0
        for value in row { sum += value * value }
        return sum / Float(row.count)
    }

    private func encodeScalars(_ rows: UnsafeBufferPointer<Float>, _ output: UnsafeMutableRawBufferPointer) {
        guard let field = format.fields.first else { return }
        for i in rows.indices {
            let bytes = UnsafeMutableRawBufferPointer(rebasing: output[i * format.bytes..<(i + 1) * format.bytes])
            FieldWriter.write(rows[i], to: field, in: bytes)
        }
    }

    /// Calls `body` for every scalar of a block that is not finite, with the largest finite value of its sign; for a NaN, which only
    /// importances bring about, with 0, and only where those are refused.
    private func visitNonFinite(in block: UnsafeMutableRawBufferPointer, _ body: (Field, Int, Float) -> Void) {
        let bytes = BlockBytes(bytes: UnsafeRawBufferPointer(block))
        for field in format.fields where field.type.canBeNonFinite {
            for index in 0..<field.count {
                let value = bytes.float(field, index)
                let largest: Float = field.type == .f16 ? 65504 : .greatestFiniteMagnitude
                if value.isInfinite || (value.isNaN && refusesSpoiling) {
                    body(field, index, value.isNaN ? 0 : value < 0 ? -largest : largest)
                }
            }
        }
    }
}

extension EncodeError {
    /// The weight at an index is out of range.
    public static func badWeight(
        _ rows: UnsafeBufferPointer<Float>, at index: Int, columns: Int, _ range: ClosedRange<Float>
    ) -> EncodeError {
        let value = rows[index]
        return .badWeight(
            row: index / columns, column: index % columns, value: value, largest: value < 0 ? -range.lowerBound : range.upperBound)
    }
}

extension BlockFormat {
    /// Whether every scale, minimum and stored weight of a block is zero, so that it decodes to zeros only. Not told of formats whose
    /// scales are codes.
    public func storesNothing(_ block: UnsafeRawBufferPointer) -> Bool {
        guard decoding?.code != nil else { return false }
        let bytes = BlockBytes(bytes: block)
        let scalars = fields.filter { $0.type.canBeNonFinite || $0.type == .e4m3hifi }
        return !scalars.isEmpty && scalars.allSatisfy { field in (0..<field.count).allSatisfy { bytes.float(field, $0) == 0 } }
    }
}
