import BlockSpec
import Reference

/// How large the numbers of a tensor of plain floats are, and whether its bytes are in the right order (`CONTENT-12`, `CONTENT-13`).
///
/// A share of the numbers tells: a tensor of the wrong size or order is so throughout. At most `sampleSize` are looked at, spread evenly,
/// so that this costs nothing beside the pass over the data.
struct FloatSurvey: Sendable, Hashable {
    /// The median magnitude of the numbers that are not zero and finite, where it is not plausible.
    private(set) var oddMedian: Double?
    /// Set where the other byte order makes ordinary numbers of odd ones.
    private(set) var swapped: Swapped?

    /// A tensor in the other byte order.
    struct Swapped: Sendable, Hashable {
        /// How many of so many numbers are odd as they stand.
        let odd, of: Int
        /// The first odd number as it stands, and in the other order.
        let first, firstSwapped: Double
    }

    static let sampleSize = 4096
    /// Median magnitudes are from here to there.
    private static let plausible = 1e-30...1e30
    /// Fewer numbers tell nothing about the order of bytes.
    private static let fewest = 16

    /// Nil for types other than plain floats, and where nothing is amiss.
    init?(_ tensor: UnsafeRawBufferPointer, _ format: BlockFormat) {
        guard format.elements == 1, let type = format.fields.first?.type, let reader = Reader(type) else { return nil }
        let count = tensor.count / type.bytes
        guard count > 0, let start = tensor.baseAddress else { return nil }
        // An odd step, lest it always meets the same columns.
        let step = count <= Self.sampleSize ? 1 : (count / Self.sampleSize) | 1
        var magnitudes: [Double] = []
        magnitudes.reserveCapacity(min(count, Self.sampleSize))
        var (numbers, odd, ordinary) = (0, 0, 0)
        var first: (Double, Double)?
        for index in stride(from: 0, to: count, by: step) {
            let place = start + index * type.bytes
            let value = reader.value(place, swapped: false)
            guard value != 0 else { continue }
            numbers += 1
            if value.isFinite { magnitudes.append(value.magnitude) }
            let isOdd = !value.isFinite || !reader.expected.contains(value.magnitude)
            let other = reader.value(place, swapped: true)
            if isOdd {
                odd += 1
                if first == nil { first = (value, other) }
            }
            if reader.ordinary.contains(other.magnitude) { ordinary += 1 }
        }
        if let first, numbers >= Self.fewest, odd * 20 > numbers, ordinary * 100 >= numbers * 99 {
            swapped = Swapped(odd: odd, of: numbers, first: first.0, firstSwapped: first.1)
            return
        }
        guard reader.hasWideRange, !magnitudes.isEmpty else { return nil }
        magnitudes.sort()
        let median = magnitudes[magnitudes.count / 2]
        guard !Self.plausible.contains(median) else { return nil }
        oddMedian = median
    }

    /// Reads the scalars of one type in either order.
    private struct Reader {
        let type: ScalarType
        /// Magnitudes that are not odd, and those that are ordinary.
        let expected, ordinary: ClosedRange<Double>

        var hasWideRange: Bool { type != .f16 }

        init?(_ type: ScalarType) {
            self.type = type
            switch type {
            case .f32, .bf16, .f64: (expected, ordinary) = (1e-30...1e30, 1e-12...1e6)
            case .f16: (expected, ordinary) = (0x1p-14...65504, 0x1p-14...256)
            default: return nil
            }
        }

        func value(_ place: UnsafeRawPointer, swapped: Bool) -> Double {
            func bits<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type) -> T {
                let stored = place.loadUnaligned(as: type).littleEndian
                return swapped ? stored.byteSwapped : stored
            }
            switch type {
            case .f16: return Double(SmallFloats.float(half: bits(UInt16.self)))
            case .bf16: return Double(Float(bitPattern: UInt32(bits(UInt16.self)) << 16))
            case .f64: return Double(bitPattern: bits(UInt64.self))
            default: return Double(Float(bitPattern: bits(UInt32.self)))
            }
        }
    }
}
