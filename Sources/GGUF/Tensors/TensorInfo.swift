import HIFIFiles
import HIFIForeign

/// One tensor record of the header, as stored.
public struct TensorInfo: Hashable, Sendable {
    /// Number of the record in the file, from 0.
    public let index: Int
    /// The name; bytes that are not UTF-8 are replaced by U+FFFD (`nameBytes` has them as stored).
    public let name: ForeignText
    /// The name's bytes, without its length field.
    public let nameBytes: ByteView
    /// Where the record lies in the file, from its name's length field to the end of its offset field.
    public let recordRange: Range<Int>
    /// Extents from the fastest-varying dimension (the row length) on; as many as stored, normally 1 to 4.
    public let dimensions: [UInt64]
    /// The type id as stored. What it means depends on the dialect that wrote the file.
    public let typeID: UInt32
    /// Where the data begins, in bytes from the start of the data section, as stored.
    public let dataOffset: UInt64

    /// Where the name's bytes lie in the file.
    public var nameRange: Range<Int> {
        let start = recordRange.lowerBound + 8
        return start..<start + nameBytes.count
    }
    /// Where the number of dimensions (u32) is stored.
    public var dimensionCountOffset: Int { nameRange.upperBound }
    /// Where dimension `i` (u64) is stored.
    public func dimensionOffset(_ i: Int) -> Int { dimensionCountOffset + 4 + 8 * i }
    /// Where the type id (u32) is stored.
    public var typeIDOffset: Int { recordRange.upperBound - 12 }
    /// Where the data offset (u64) is stored.
    public var dataOffsetOffset: Int { recordRange.upperBound - 8 }

    /// The number of elements, or nil where the product does not fit a signed 64-bit integer. No dimensions make one element.
    public var elementCount: Int? {
        var product = 1
        for dimension in dimensions {
            guard let extent = Int(exactly: dimension) else { return nil }
            let (next, overflow) = product.multipliedReportingOverflow(by: extent)
            if overflow { return nil }
            product = next
        }
        return product
    }

    /// Elements of one row: the first dimension, 1 where there is none.
    public var rowElements: UInt64 { dimensions.first ?? 1 }
}
