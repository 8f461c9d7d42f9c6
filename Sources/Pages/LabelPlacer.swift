/// Finds places for texts beside marks so that neither covers another: each takes the first free of eight places around its mark,
/// or of eight more a little further away.
///
/// Widths are estimated (`TextWidth`), since the fonts of the reader are not known.
public struct LabelPlacer: Sendable {
    private struct Box {
        let left: Double, top: Double, right: Double, bottom: Double

        func overlap(_ other: Box) -> Double {
            max(0, min(right, other.right) - max(left, other.left)) * max(0, min(bottom, other.bottom) - max(top, other.top))
        }
    }

    private let bounds: Box
    private var taken: [Box] = []

    /// A place for a text.
    public struct Place: Sendable {
        /// Where the text is anchored.
        public let px: Double, py: Double
        /// How it is anchored there.
        public let anchor: Anchor
        /// Whether it stands so far from its mark that a line should join the two.
        public let needsLeader: Bool
    }

    /// Texts stay inside a drawing of this size, right of `left`.
    public init(width: Double, height: Double, left: Double = 0) { bounds = Box(left: left, top: 0, right: width, bottom: height) }

    /// Keeps the place of a mark free.
    public mutating func reserve(px: Double, py: Double, radius: Double) {
        taken.append(Box(left: px - radius, top: py - radius, right: px + radius, bottom: py + radius))
    }

    /// Keeps the place of a text free that stands where it stands, an axis title or a tick.
    public mutating func reserve(_ text: String, px: Double, py: Double, anchor: Anchor = .start, strong: Bool = false) {
        taken.append(Self.box(text, px: px, py: py, anchor: anchor, strong: strong))
    }

    /// Keeps the places along a line free.
    public mutating func reserve(line: [(px: Double, py: Double)]) {
        for (a, b) in zip(line, line.dropFirst()) {
            let length = ((b.px - a.px) * (b.px - a.px) + (b.py - a.py) * (b.py - a.py)).squareRoot()
            let steps = min(400, max(1, Int(length / 5)))
            for step in 0...steps {
                let share = Double(step) / Double(steps)
                reserve(px: a.px + share * (b.px - a.px), py: a.py + share * (b.py - a.py), radius: 1.5)
            }
        }
    }

    /// A place for a text; nil if every one is taken.
    ///
    /// - Parameter below: whether places below the mark are tried first.
    public mutating func place(
        _ text: String, px: Double, py: Double, distance: Double = 8, below: Bool = false, strong: Bool = false
    ) -> Place? {
        var candidates = Self.ring(distance)
        if below { candidates = candidates.filter { $0.1 > distance } + candidates.filter { $0.1 <= distance } }
        let near = candidates.count
        candidates += Self.ring(2 * distance + 2)
        for (number, (dx, dy, anchor)) in candidates.enumerated() {
            let x = px + dx
            let box = Self.box(text, px: x, py: py + dy, anchor: anchor, strong: strong)
            let inside = box.left >= bounds.left && box.right <= bounds.right && box.top >= bounds.top && box.bottom <= bounds.bottom
            if inside, !taken.contains(where: { $0.overlap(box) > 0 }) {
                taken.append(box)
                return Place(px: x, py: py + dy, anchor: anchor, needsLeader: number >= near)
            }
        }
        return nil
    }

    private static func box(_ text: String, px: Double, py: Double, anchor: Anchor, strong: Bool) -> Box {
        let width = TextWidth.estimate(text, strong: strong)
        let left = anchor == .start ? px : anchor == .end ? px - width : px - width / 2
        return Box(left: left, top: py - 10, right: left + width, bottom: py + 3)
    }

    /// Shift and anchor of the places at a distance.
    private static func ring(_ distance: Double) -> [(Double, Double, Anchor)] {
        [
            (distance, 4, .start), (-distance, 4, .end), (0, -distance - 1, .middle), (0, distance + 9, .middle),
            (distance - 1, -distance + 2, .start), (distance - 1, distance + 7, .start), (-distance + 1, -distance + 2, .end),
            (-distance + 1, distance + 7, .end),
        ]
    }
}
