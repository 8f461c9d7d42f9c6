/// A regular expression of the spec as a program: a small part of ECMAScript's, over code points.
///
/// Known are alternatives, groups (`( )`, `(?: )`), lookahead (`(?= )`, `(?! )`), sets, `\p{L}` and its like, `\s \S \d \w`, `\b`, `$`, and
/// the greedy quantifiers `* + ? {n} {n,m}`.
struct Pattern: Sendable {
    /// One instruction.
    enum Step: Sendable {
        /// Takes one code point of the set with that number.
        case set(Int)
        /// Goes on at the first place, and if that fails at the second.
        case split(Int, Int)
        case jump(Int)
        /// Looks whether the instructions after match here (or do not), and goes on at `next`.
        case look(isNegated: Bool, next: Int)
        case wordBoundary
        /// The end of the text.
        case end
        case match
    }

    let steps: [Step]
    private let sets: [CharacterSet]
    /// Of each set the code points below 128, as bits.
    private let ascii: [(low: UInt64, high: UInt64)]

    /// - Throws: ``PatternError``.
    init(_ text: String) throws(PatternError) {
        var parser = PatternParser(text)
        let root = try parser.whole()
        var program = Program()
        program.emit(root)
        program.steps.append(.match)
        (steps, sets) = (program.steps, program.sets)
        ascii = program.sets.map { set in
            func bits(_ first: UInt32) -> UInt64 {
                (0..<64).reduce(0) { $0 | (set.contains(first + $1, CharacterKinds(of: first + $1)) ? 1 << UInt64($1) : 0) }
            }
            return (bits(0), bits(64))
        }
    }

    /// Whether a set has a code point of these kinds.
    func set(_ number: Int, has point: UInt32, _ kinds: CharacterKinds) -> Bool {
        guard point >= 128 else {
            return (point < 64 ? ascii[number].low >> UInt64(point) : ascii[number].high >> UInt64(point - 64)) & 1 == 1
        }
        return sets[number].contains(point, kinds)
    }
}

/// Instructions in the making.
private struct Program {
    var steps: [Pattern.Step] = []
    var sets: [CharacterSet] = []

    mutating func emit(_ node: PatternNode) {
        switch node {
        case .set(let set):
            steps.append(.set(sets.count))
            sets.append(set)
        case .wordBoundary: steps.append(.wordBoundary)
        case .end: steps.append(.end)
        case .sequence(let parts): for part in parts { emit(part) }
        case .choice(let alternatives):
            var jumps: [Int] = []
            for alternative in alternatives.dropLast() {
                let split = steps.count
                steps.append(.split(split + 1, 0))
                emit(alternative)
                jumps.append(steps.count)
                steps.append(.jump(0))
                steps[split] = .split(split + 1, steps.count)
            }
            if let last = alternatives.last { emit(last) }
            for jump in jumps { steps[jump] = .jump(steps.count) }
        case .look(let body, let isNegated):
            let look = steps.count
            steps.append(.look(isNegated: isNegated, next: 0))
            emit(body)
            steps.append(.match)
            steps[look] = .look(isNegated: isNegated, next: steps.count)
        case .repeated(let body, let least, let most):
            for _ in 0..<least { emit(body) }
            guard let most else {
                let split = steps.count
                steps.append(.split(split + 1, 0))
                emit(body)
                steps.append(.jump(split))
                steps[split] = .split(split + 1, steps.count)
                return
            }
            var splits: [Int] = []
            for _ in least..<most {
                splits.append(steps.count)
                steps.append(.split(steps.count + 1, 0))
                emit(body)
            }
            for split in splits { steps[split] = .split(split + 1, steps.count) }
        }
    }
}

/// A pattern that is none.
struct PatternError: Error, CustomStringConvertible {
    let pattern: String
    let message: String
    var description: String { "pattern \(pattern): \(message)" }
}

/// Code points, given by ranges and by kinds.
struct CharacterSet: Sendable {
    private(set) var ranges: [ClosedRange<UInt32>] = []
    private(set) var kinds: CharacterKinds = []
    var isNegated = false

    mutating func insert(_ range: ClosedRange<UInt32>) { ranges.append(range) }
    mutating func insert(_ kinds: CharacterKinds) { self.kinds.formUnion(kinds) }

    func contains(_ point: UInt32, _ kinds: CharacterKinds) -> Bool {
        let isIn = !self.kinds.isDisjoint(with: kinds) || ranges.contains { $0.contains(point) }
        return isIn != isNegated
    }

    static let digits: [ClosedRange<UInt32>] = [0x30...0x39]
    static let wordCharacters: [ClosedRange<UInt32>] = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]
}

/// The parts of a pattern.
indirect enum PatternNode: Sendable {
    case set(CharacterSet)
    case sequence([PatternNode])
    case choice([PatternNode])
    case repeated(PatternNode, least: Int, most: Int?)
    case look(PatternNode, isNegated: Bool)
    case wordBoundary
    case end

    /// Whether it may match nothing, which must not be repeated without end.
    var mayBeEmpty: Bool {
        switch self {
        case .set: false
        case .sequence(let parts): parts.allSatisfy(\.mayBeEmpty)
        case .choice(let parts): parts.contains(where: \.mayBeEmpty)
        case .repeated(let body, let least, _): least == 0 || body.mayBeEmpty
        case .look, .wordBoundary, .end: true
        }
    }
}
