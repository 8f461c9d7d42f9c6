import HIFIBlockSpec

/// What patterns tell apart: a general category, and white space.
///
/// The categories are those of the Unicode version that the spec names; what was assigned later has none. Swift's standard library has the
/// data, and says since when a code point is assigned.
struct CharacterKinds: OptionSet, Sendable, Hashable {
    let rawValue: UInt8

    static let letter = CharacterKinds(rawValue: 1)
    static let number = CharacterKinds(rawValue: 2)
    static let punctuation = CharacterKinds(rawValue: 4)
    static let mark = CharacterKinds(rawValue: 8)
    static let symbol = CharacterKinds(rawValue: 16)
    static let space = CharacterKinds(rawValue: 32)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The kinds of a code point; none for surrogates.
    init(of point: UInt32) {
        self = point < 0x80 ? Self.ascii[Int(point)] : Self.kinds(point)
    }

    private static let ascii: [CharacterKinds] = (0..<0x80).map { kinds(UInt32($0)) }

    private static let newest: (major: Int, minor: Int) = {
        let parts = Spec.tokenizers.unicode.split(separator: ".").compactMap { Int($0) }
        return parts.count == 2 ? (parts[0], parts[1]) : (Int.max, 0)
    }()

    private static func kinds(_ point: UInt32) -> CharacterKinds {
        guard let properties = Unicode.Scalar(point)?.properties else { return [] }
        let space: CharacterKinds = properties.isWhitespace ? .space : []
        guard let age = properties.age, (age.major, age.minor) <= newest else { return space }
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return space.union(.letter)
        case .decimalNumber, .letterNumber, .otherNumber: return space.union(.number)
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
            .otherPunctuation:
            return space.union(.punctuation)
        case .nonspacingMark, .spacingMark, .enclosingMark: return space.union(.mark)
        case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: return space.union(.symbol)
        default: return space
        }
    }
}

/// Code points of a text with what they are.
struct CharacterText {
    let points: [UInt32]
    let kinds: [CharacterKinds]

    init(_ points: [UInt32]) {
        self.points = points
        kinds = points.map(CharacterKinds.init(of:))
    }
}
