/// Runs patterns over a text by backtracking, alternatives in their order.
///
/// Where one place takes long, places from which a loop has failed are remembered, so that no text takes more than a number of steps in
/// proportion to its length and to the pattern.
struct PatternMatcher {
    private let text: CharacterText
    private let pattern: Pattern
    private let bounds: Range<Int>
    /// Instructions and places that led nowhere since the last match.
    private var failed: Set<UInt64> = []
    private var stack: [(step: Int, place: Int)] = []

    /// Steps at one place before failures are remembered.
    private static let patience = 64

    /// - Parameter bounds: the part of the text that the pattern sees.
    init(_ pattern: Pattern, _ text: CharacterText, in bounds: Range<Int>) {
        (self.pattern, self.text, self.bounds) = (pattern, text, bounds)
    }

    /// The end of the match that begins at `start`, nil if there is none.
    mutating func match(at start: Int) -> Int? {
        let end = run(from: 0, at: start, remembers: true)
        if end != nil, !failed.isEmpty { failed = [] }
        return end
    }

    private mutating func run(from first: Int, at start: Int, remembers: Bool) -> Int? {
        let base = stack.count
        var (step, place, count) = (first, start, 0)
        defer { stack.removeSubrange(base...) }
        while true {
            count += 1
            var isOn = false
            switch pattern.steps[step] {
            case .match: return place
            case .set(let set):
                if place < bounds.upperBound, pattern.set(set, has: text.points[place], text.kinds[place]) {
                    (step, place, isOn) = (step + 1, place + 1, true)
                }
            case .jump(let target): (step, isOn) = (target, true)
            case .split(let one, let other):
                let key = UInt64(step) << 40 | UInt64(place)
                if remembers, count > Self.patience, !failed.insert(key).inserted { break }
                stack.append((other, place))
                (step, isOn) = (one, true)
            case .look(let isNegated, let next):
                if (run(from: step + 1, at: place, remembers: false) != nil) != isNegated { (step, isOn) = (next, true) }
            case .wordBoundary:
                if isWord(place - 1) != isWord(place) { (step, isOn) = (step + 1, true) }
            case .end:
                if place == bounds.upperBound { (step, isOn) = (step + 1, true) }
            }
            guard !isOn else { continue }
            guard stack.count > base, let back = stack.popLast() else { return nil }
            (step, place) = back
        }
    }

    private func isWord(_ place: Int) -> Bool {
        bounds.contains(place) && CharacterSet.wordCharacters.contains { $0.contains(text.points[place]) }
    }
}
