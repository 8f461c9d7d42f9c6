import HIFIBlockSpec
import HIFIReference

/// How large the numbers of a tensor of plain floats are, and whether its bytes are in the right order (`CONTENT-12`, `CONTENT-13`).
///
/// A share of the numbers tells: a tensor of the wrong size or order is so throughout. At most `sampleSize` are looked at, spread evenly,
/// so that this costs nothing beside the pass over the data.
package struct FloatSurvey: Sendable, Hashable {
    /// Numbers of no plausible size, where there are more than a sound tensor has.
    package private(set) var odd: Odd?
    /// Set where the other byte order makes ordinary numbers of odd ones.
    package private(set) var swapped: Swapped?

    /// Numbers of no plausible size.
    package struct Odd: Sendable, Hashable {
        /// How many of so many that are finite and not zero.
        package let count, of: Int
        /// The first of them.
        package let first: Double
    }

    /// A tensor in the other byte order.
    package struct Swapped: Sendable, Hashable {
        /// How many of so many numbers are odd as they stand.
        package let odd, of: Int
        /// The first odd number as it stands, and in the other order.
        package let first, firstSwapped: Double

        /// Nil where the other order does not make the numbers ordinary.
        fileprivate init?(_ sample: [UnsafeRawPointer], _ reader: Reader, odd: Int, of numbers: Int) {
            let values = sample.map { (value: reader.value($0, swapped: false), other: reader.value($0, swapped: true)) }
                .filter { $0.value != 0 }
            guard values.count(where: { reader.ordinary.contains($0.other.magnitude) }) * 100 >= numbers * 99,
                let first = values.first(where: { !reader.expected.contains($0.value.magnitude) })
            else { return nil }
            (self.odd, of, self.first, firstSwapped) = (odd, numbers, first.value, first.other)
        }
    }

    static let sampleSize = 1024
    /// Magnitudes are from here to there. Frequency factors hold 1e30 where nothing is to rotate.
    private static let plausible = 1e-30...1e31
    /// Of so many finite numbers, one may be too small: training leaves some. None may be too large, which nothing leaves.
    private static let smallShare = 4
    /// Fewer numbers tell nothing about the order of bytes.
    private static let fewest = 16

    /// Nil for types other than plain floats, and where nothing is amiss.
    package init?(_ tensor: UnsafeRawBufferPointer, _ format: BlockFormat) {
        guard format.elements == 1, let type = format.fields.first?.type, let reader = Reader(type) else { return nil }
        let count = tensor.count / type.bytes
        guard count > 0, let start = tensor.baseAddress else { return nil }
        // An odd step, lest it always meets the same columns.
        let step = count <= Self.sampleSize ? 1 : (count / Self.sampleSize) | 1
        var (numbers, finite, odd, small, large) = (0, 0, 0, 0, 0)
        for index in stride(from: 0, to: count, by: step) {
            let magnitude = reader.value(start + index * type.bytes, swapped: false).magnitude
            guard magnitude != 0 else { continue }
            numbers += 1
            if !reader.expected.contains(magnitude) { odd += 1 }
            guard magnitude.isFinite else { continue }
            finite += 1
            if magnitude < Self.plausible.lowerBound { small += 1 }
            // Masks hold the lowest number of the type in place of -infinity.
            if magnitude > Self.plausible.upperBound, !reader.isLowest(start + index * type.bytes) { large += 1 }
        }
        // Sound tensors, nearly all, end here.
        guard odd > 0 else { return nil }
        let sample = stride(from: 0, to: count, by: step).map { start + $0 * type.bytes }
        if numbers >= Self.fewest, odd * 20 > numbers { swapped = Swapped(sample, reader, odd: odd, of: numbers) }
        guard swapped == nil else { return }
        guard reader.hasWideRange, Self.smallShare * small > finite || large > 0 else { return nil }
        let first = sample.first { place in
            let value = reader.value(place, swapped: false)
            return value != 0 && value.isFinite && !Self.plausible.contains(value.magnitude) && !reader.isLowest(place)
        }
        self.odd = Odd(count: small + large, of: finite, first: first.map { reader.value($0, swapped: false) } ?? 0)
    }

    /// Reads the scalars of one type in either order.
    fileprivate struct Reader {
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

        /// Whether it is the lowest finite number of its type.
        func isLowest(_ place: UnsafeRawPointer) -> Bool {
            let value = value(place, swapped: false)
            return switch type {
            case .f64: value == -Double.greatestFiniteMagnitude || value == -Double(Float.greatestFiniteMagnitude)
            case .bf16: value == -Double(Float(bitPattern: 0x7F7F_0000))
            default: value == -Double(Float.greatestFiniteMagnitude)
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
