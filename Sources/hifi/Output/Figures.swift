#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Byte counts for people, in the units of loaders.
enum ByteCount {
    static func text(_ bytes: Int) -> String {
        guard bytes >= 1024 else { return "\(bytes) B" }
        var value = Double(bytes)
        var unit = -1
        while value >= 1024, unit < 3 {
            value /= 1024
            unit += 1
        }
        return "\(value.rounded(toPlaces: 2)) \(["KiB", "MiB", "GiB", "TiB"][unit])"
    }
}

extension Double {
    /// Fixed-point text as C's printf makes it: the exact binary value, rounded to nearest, exact ties to even. The figures
    /// that loaders print are made this way.
    func rounded(toPlaces places: Int) -> String {
        var buffer = [CChar](repeating: 0, count: 400)  // the largest Double has 309 digits before the point
        let count = withVaList([Int32(clamping: places), self]) { vsnprintf(&buffer, buffer.count, "%.*f", $0) }
        return String(decoding: buffer.prefix(Int(max(0, count))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension BinaryInteger {
    /// Digits in groups of three: `12,929,056`.
    var grouped: String {
        var digits = Array(String(magnitude))
        for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: place) }
        return (self < 0 ? "-" : "") + String(digits)
    }
}

extension ByteCount {
    /// As llama.cpp's loader prints a model's size: MiB below 1 GiB, else GiB, two places.
    static func loader(_ bytes: Int) -> String {
        let mebibytes = Double(bytes) / 1048576
        return mebibytes < 1024 ? "\(mebibytes.rounded(toPlaces: 2)) MiB" : "\((mebibytes / 1024).rounded(toPlaces: 2)) GiB"
    }
}
