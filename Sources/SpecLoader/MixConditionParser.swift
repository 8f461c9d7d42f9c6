import HIFIBlockSpec

/// The condition language of mixes: terms joined by `and`.
///
///     layer < 2           layer < n/16        layer <= 7*n/100      use_more_bits
///     p > 1.7             p <= 8              imatrix               no imatrix          important
///     called_70b          experts = 8         experts != 8          experts >= 4
///     gqa >= 4            matrices > 1        architecture = falcon                   architecture != falcon
enum MixConditionParser {
    /// The conditions of a text, or `nil` if a term is not understood.
    static func parse(_ text: String) -> [MixCondition]? {
        var conditions: [MixCondition] = []
        for term in text.components(joinedBy: " and ") {
            guard let condition = condition(term) else { return nil }
            conditions.append(condition)
        }
        return conditions
    }

    private static func condition(_ term: String) -> MixCondition? {
        switch term {
        case "use_more_bits": return .useMoreBits
        case "imatrix": return .imatrix
        case "no imatrix": return .noImatrix
        case "important": return .important
        case "called_70b": return .called70B
        default: break
        }
        let words = term.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 3 else { return nil }
        switch (words[0], words[1]) {
        case ("layer", "<"): return bound(words[2]).map { .layerBelow($0) }
        case ("layer", "<="): return bound(words[2]).map { .layerAtMost($0) }
        case ("p", ">"): return Double(words[2]).map { .sizeAbove($0) }
        case ("p", "<="): return Double(words[2]).map { .sizeAtMost($0) }
        case ("experts", "="): return Int(words[2]).map { .experts($0) }
        case ("experts", "!="): return Int(words[2]).map { .notExperts($0) }
        case ("experts", ">="): return Int(words[2]).map { .expertsAtLeast($0) }
        case ("matrices", ">"): return Int(words[2]).map { .matricesAbove($0) }
        case ("gqa", ">="): return Int(words[2]).map { .headGroupAtLeast($0) }
        case ("architecture", "="): return .architecture(words[2])
        case ("architecture", "!="): return .notArchitecture(words[2])
        default: return nil
        }
    }

    /// `2`, `n/16` or `7*n/100`.
    private static func bound(_ text: String) -> LayerBound? {
        if let constant = Int(text) { return constant >= 0 ? .constant(constant) : nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let denominator = Int(parts[1]), denominator > 0 else { return nil }
        if parts[0] == "n" { return .fraction(numerator: 1, denominator: denominator) }
        guard parts[0].hasSuffix("*n"), let numerator = Int(parts[0].dropLast(2)), numerator > 0 else { return nil }
        return .fraction(numerator: numerator, denominator: denominator)
    }
}

extension String {
    fileprivate func components(joinedBy separator: String) -> [String] {
        var rest = self[...]
        var parts: [String] = []
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}

extension MixCondition: SwiftLiteralConvertible {
    var swiftLiteral: String {
        switch self {
        case .layerBelow(let bound): ".layerBelow(\(bound.swiftLiteral))"
        case .layerAtMost(let bound): ".layerAtMost(\(bound.swiftLiteral))"
        case .useMoreBits: ".useMoreBits"
        case .sizeAbove(let bound): ".sizeAbove(\(bound))"
        case .sizeAtMost(let bound): ".sizeAtMost(\(bound))"
        case .imatrix: ".imatrix"
        case .noImatrix: ".noImatrix"
        case .important: ".important"
        case .called70B: ".called70B"
        case .experts(let number): ".experts(\(number))"
        case .notExperts(let number): ".notExperts(\(number))"
        case .expertsAtLeast(let number): ".expertsAtLeast(\(number))"
        case .matricesAbove(let number): ".matricesAbove(\(number))"
        case .headGroupAtLeast(let number): ".headGroupAtLeast(\(number))"
        case .architecture(let name): ".architecture(\(name.swiftQuoted))"
        case .notArchitecture(let name): ".notArchitecture(\(name.swiftQuoted))"
        }
    }
}

extension LayerBound: SwiftLiteralConvertible {
    var swiftLiteral: String {
        switch self {
        case .constant(let value): ".constant(\(value))"
        case .fraction(let numerator, let denominator): ".fraction(numerator: \(numerator), denominator: \(denominator))"
        }
    }
}
