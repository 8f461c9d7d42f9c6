import HIFIBlockSpec
import HIFIReference

/// The integers of a declaration that may be wrong on purpose: bits outside the block read as 0, and so do codes outside a codebook.
struct PlaneBits {
    private let reader: IntegerReader
    private let selection: Selection?

    init(_ rule: IndexedInteger, _ format: BlockFormat) { (reader, selection) = (IntegerReader(rule, in: format), rule.selection) }

    /// All integers, in order.
    func values(_ block: [UInt8]) -> [Int] {
        codes(block).enumerated().map { index, code in
            if let book = reader.codebook, !book.indices.contains(code) { return reader.bias }
            return reader.value(of: code, index)
        }
    }

    /// The planes put together, of all integers.
    private func codes(_ block: [UInt8]) -> [Int] {
        func byte(_ index: Int) -> UInt8 { block.indices.contains(index) ? block[index] : 0 }
        return (0..<reader.count).map { index in
            reader.code(
                index,
                { position, width in
                    guard block.indices.contains(position >> 3) else { return 0 }
                    return (Int(byte(position >> 3)) | Int(byte((position >> 3) + 1)) << 8) >> (position & 7) & (1 << width - 1)
                }, byte)
        }
    }

    /// Where codes name entries of a grid, the number of the entry for each integer; nil elsewhere.
    func entries(_ block: [UInt8]) -> [Int]? {
        guard let selection, case .grid(_, let bits) = selection.rule else { return nil }
        return codes(block).map { $0 & (1 << bits - 1) }
    }

    /// Bytes of the block that hold bits of integer `index`; none past the last integer.
    func bytes(_ index: Int) -> Set<Int> { index < reader.count ? reader.bytes(index) : [] }
}

/// Scalars of fields; nil where they are not inside the block.
enum FieldScalar {
    /// As fp32.
    static func float(_ field: Field, _ index: Int, _ block: [UInt8]) -> Float? {
        isInside(field, index, block) ? block.withUnsafeBytes { BlockBytes(bytes: $0).float(field, index) } : nil
    }

    /// As an integer; floats by their bits.
    static func integer(_ field: Field, _ index: Int, _ block: [UInt8]) -> Int? {
        isInside(field, index, block) ? block.withUnsafeBytes { BlockBytes(bytes: $0).integer(field, index) } : nil
    }

    private static func isInside(_ field: Field, _ index: Int, _ block: [UInt8]) -> Bool {
        if !field.parts.isEmpty { return index == 0 && field.range.lowerBound >= 0 && field.range.upperBound <= block.count }
        let start = field.offset + index * field.type.bytes
        return index >= 0 && index < field.count && start >= 0 && start + field.type.bytes <= block.count
    }
}
