/// A sum over a window of bytes that follows the window cheaply from place to place: Σ byte[i] · B^(n − 1 − i) modulo 2^64, for n bytes.
///
/// It finds where a piece may lie. Whether it does, a digest tells.
package struct RollingSum {
    /// B. Odd, so that no byte drops out of the sum.
    private static let base: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Bytes of the window.
    package let length: Int
    /// B^length: what a byte counts when it has left the window.
    private let leaving: UInt64

    package init(length: Int) {
        self.length = length
        leaving = Self.power(length)
    }

    private static func power(_ exponent: Int) -> UInt64 {
        var (result, square, rest) = (UInt64(1), base, exponent)
        while rest > 0 {
            if rest & 1 == 1 { result = result &* square }
            square = square &* square
            rest >>= 1
        }
        return result
    }

    /// The sum of all these bytes.
    package static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        // Four sums of every fourth byte: one alone would wait for its multiplication at each byte.
        var (a, b, c, d) = (UInt64(0), UInt64(0), UInt64(0), UInt64(0))
        let stride = power(4)
        var place = 0
        while bytes.count - place >= 4 {
            a = a &* stride &+ UInt64(bytes[place])
            b = b &* stride &+ UInt64(bytes[place + 1])
            c = c &* stride &+ UInt64(bytes[place + 2])
            d = d &* stride &+ UInt64(bytes[place + 3])
            place += 4
        }
        var sum = ((a &* base &+ b) &* base &+ c) &* base &+ d
        while place < bytes.count {
            sum = sum &* base &+ UInt64(bytes[place])
            place += 1
        }
        return sum
    }

    /// The sum one place further on.
    @inline(__always)
    package func moved(_ sum: UInt64, leaving old: UInt8, entering new: UInt8) -> UInt64 {
        sum &* Self.base &- UInt64(old) &* leaving &+ UInt64(new)
    }
}
