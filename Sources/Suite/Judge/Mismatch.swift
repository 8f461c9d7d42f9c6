import HIFIBlockSpec

/// The first difference between an answer and what is right, taken apart.
public struct Mismatch: Sendable, Hashable, Codable {
    /// Weights, bytes or results that differ.
    public let differing: Int
    /// Weights, bytes or results compared.
    public let compared: Int
    /// Number of the first that differs.
    public let index: Int
    /// The block that it is in.
    public let block: Int?
    /// The weight in the block.
    public let weight: Int?
    /// The sub-block in the block, where the format has sub-blocks.
    public let subBlock: Int?
    /// The field of the block, for bytes.
    public let field: String?
    /// What is right.
    public let expected: Scalar
    /// What came.
    public let found: Scalar
    /// Representable numbers between the two; nil where one is a NaN, and for bytes.
    public let ulps: UInt64?

    /// A number with its parts.
    public struct Scalar: Sendable, Hashable, Codable {
        /// In decimal.
        public let value: String
        /// In hexadecimal.
        public let bits: String
        /// `+` or `-`; empty for bytes.
        public let sign: String
        /// Power of two of the leading bit, of a normal number; nil for others and for bytes.
        public let exponent: Int?
        /// The stored fraction in hexadecimal; empty for bytes.
        public let fraction: String

        /// Takes an fp32 apart.
        public init(float bits: UInt32) {
            let value = Float(bitPattern: bits)
            self.value = "\(value)"
            self.bits = Hex.text(bits)
            sign = bits >> 31 == 0 ? "+" : "-"
            let stored = Int(bits >> 23 & 0xFF)
            exponent = stored == 0 || stored == 255 ? nil : stored - 127
            fraction = String(Hex.text(bits & 0x7F_FFFF).suffix(6))
        }

        /// Takes an fp64 apart.
        public init(double value: Double) {
            let bits = value.bitPattern
            self.value = "\(value)"
            self.bits = Hex.text(bits)
            sign = bits >> 63 == 0 ? "+" : "-"
            exponent = value.isNormal ? Int(value.exponent) : nil
            fraction = String(Hex.text(bits & 0xF_FFFF_FFFF_FFFF).suffix(13))
        }

        /// A byte.
        public init(byte: UInt8) {
            value = "\(byte)"
            bits = Hex.text([byte])
            sign = ""
            exponent = nil
            fraction = ""
        }
    }

    /// Compares weights; nil if all are right. Expected NaNs stand for any NaN.
    public init?(expected: [UInt32], found: [UInt32], format: BlockFormat?) {
        var first: Int?
        var count = 0
        for index in expected.indices where !Self.same(expected[index], found[index]) {
            if first == nil { first = index }
            count += 1
        }
        guard let first else { return nil }
        differing = count
        compared = expected.count
        index = first
        let elements = max(1, format?.elements ?? 1)
        block = first / elements
        weight = first % elements
        subBlock = (format?.decoding?.scale?.every ?? format?.decoding?.minimum?.every).map { first % elements / $0 }
        field = nil
        self.expected = Scalar(float: expected[first])
        self.found = Scalar(float: found[first])
        ulps = Self.ulps(expected[first], found[first])
    }

    /// Compares blocks; nil if all bytes that matter are right.
    public init?(expected: MaskedBytes, found: [UInt8], format: BlockFormat?) {
        guard let first = expected.firstDifference(from: found) else { return nil }
        let matters = expected.matters
        differing = expected.bytes.indices.count { (matters.isEmpty || matters[$0]) && expected.bytes[$0] != found[$0] }
        compared = expected.bytes.count
        index = first
        let size = max(1, format?.bytes ?? 1)
        block = first / size
        weight = nil
        subBlock = nil
        field = format?.fields.last { $0.range.contains(first % size) }.map { "\($0.name)[\((first % size - $0.offset) / $0.type.bytes)]" }
        self.expected = Scalar(byte: expected.bytes[first])
        self.found = Scalar(byte: found[first])
        ulps = nil
    }

    /// A dot product outside its bound.
    public init(exact: Double, found: UInt32) {
        differing = 1
        compared = 1
        index = 0
        block = nil
        weight = nil
        subBlock = nil
        field = nil
        expected = Scalar(double: exact)
        self.found = Scalar(float: found)
        ulps = Self.ulps(Float(exact).bitPattern, found)
    }

    /// Equal bits, or both NaN.
    package static func same(_ a: UInt32, _ b: UInt32) -> Bool { a == b || (FloatPattern.isNaN(a) && FloatPattern.isNaN(b)) }

    /// Steps between two fp32 numbers on the line of all of them (+0 and -0 are one step apart); nil if one is a NaN.
    public static func ulps(_ a: UInt32, _ b: UInt32) -> UInt64? {
        guard !FloatPattern.isNaN(a), !FloatPattern.isNaN(b) else { return nil }
        func place(_ bits: UInt32) -> Int64 { bits >> 31 == 0 ? Int64(bits) : -1 - Int64(bits & 0x7FFF_FFFF) }
        return (place(a) - place(b)).magnitude
    }
}

extension Mismatch: CustomStringConvertible {
    /// The sentence of a report.
    public var description: String {
        var place = ""
        if let block { place += "block \(block)" }
        if let subBlock { place += ", sub-block \(subBlock)" }
        if let weight { place += ", weight \(weight)" }
        if let field { place += ", field \(field)" }
        var text = "\(differing) of \(compared) differ" + (place.isEmpty ? "" : ", first at \(place)")
        text += ": expected \(Self.text(expected)), found \(Self.text(found))"
        if let ulps { text += ", \(ulps) ulp apart" }
        return text
    }

    private static func text(_ scalar: Scalar) -> String {
        guard !scalar.sign.isEmpty else { return "0x\(scalar.bits)" }
        let exponent = scalar.exponent.map { "2^\($0)" } ?? "no exponent"
        return "\(scalar.value) (0x\(scalar.bits): \(scalar.sign) \(exponent) fraction 0x\(scalar.fraction))"
    }
}
