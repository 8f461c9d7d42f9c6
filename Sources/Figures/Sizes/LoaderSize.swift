import Pages

/// A size as llama.cpp's loader prints it when it opens a model (`print_info: file size`): the bytes of all tensors, without
/// header, tokenizer and padding.
public struct LoaderSize: Sendable, Hashable, Codable {
    /// `382.37 MiB`: MiB below 1 GiB, else GiB, two places.
    public let size: String
    /// `4.27`: `8 · bytes / weights`, two places.
    public let bitsPerWeight: String

    /// Rounds as C's printf does, exact ties to even.
    public init(bytes: UInt64, elements: UInt64) {
        size = Self.size(bytes)
        bitsPerWeight = elements == 0 ? "nan" : FixedPoint.text(Double(bytes) * 8 / Double(elements), places: 2)
    }

    /// The size alone.
    public static func size(_ bytes: UInt64) -> String {
        bytes < 1 << 30
            ? FixedPoint.text(Double(bytes) / 1_048_576, places: 2) + " MiB" : FixedPoint.text(gibibytes(bytes), places: 2) + " GiB"
    }

    /// Bytes in units of 2³⁰.
    static func gibibytes(_ bytes: UInt64) -> Double { Double(bytes) / 1_073_741_824 }
}

/// How a printed figure goes with a computed one.
public enum FigureMatch: String, Sendable, Hashable, Codable, CaseIterable {
    /// The same digits.
    case exact
    /// Printed with fewer digits, and the computed value rounds to them.
    case fewerDigits = "fewer-digits"
    /// Printed with fewer digits, which follow only if the loader's text was rounded a second time, halves up.
    case roundedTwice = "rounded-twice"
    /// It does not.
    case differs

    /// Whether the printed figure follows from the computed one.
    public var follows: Bool { self != .differs }

    /// Compares a printed size with bytes. A unit other than the loader's differs.
    static func size(printed: String, bytes: UInt64) -> FigureMatch {
        let loader = LoaderSize.size(bytes)
        if printed == loader { return .exact }
        let words = printed.split(separator: " ")
        guard words.count == 2, loader.hasSuffix(" \(words[1])"), let figure = Decimal(String(words[0])), figure.places < 2,
            let text = Decimal(String(loader.dropLast(4)))
        else { return .differs }
        let value = words[1] == "GiB" ? LoaderSize.gibibytes(bytes) : Double(bytes) / 1_048_576
        if FixedPoint.text(value, places: figure.places) == words[0] { return .fewerDigits }
        return text.roundedHalfUp(places: figure.places) == figure ? .roundedTwice : .differs
    }
}
