/// A colour with a meaning that shapes or labels repeat.
public enum Tone: String, Sendable, Hashable, CaseIterable {
    /// Blue.
    case first = "t1"
    /// Orange.
    case second = "t2"
    /// Green.
    case third = "t3"
    /// Purple.
    case fourth = "t4"
    /// Grey.
    case quiet = "t5"
}

/// The shape of a mark.
public enum Symbol: String, Sendable, Hashable, CaseIterable {
    /// Filled shapes.
    case circle, square, triangle, diamond
    /// A circle with nothing in it.
    case ring
}

/// Where a text stands beside its place.
public enum Anchor: String, Sendable, Hashable {
    /// Begins there.
    case start
    /// Is centred there.
    case middle
    /// Ends there.
    case end
}

/// A chart as inline SVG: two scales, grid, axes, and marks in the order they are added.
public struct Plot: Sendable {
    /// Room around the plotted area.
    public struct Margins: Sendable {
        /// In units of the drawing.
        public var top: Double, right: Double, bottom: Double, left: Double

        /// Creates margins.
        public init(top: Double = 14, right: Double = 14, bottom: Double = 40, left: Double = 44) {
            (self.top, self.right, self.bottom, self.left) = (top, right, bottom, left)
        }
    }

    /// Size in units of the drawing, which are pixels where it is shown in natural size.
    public let width: Double, height: Double
    /// Room around the plotted area.
    public let margins: Margins
    /// The horizontal scale, rising to the right.
    public let x: Scale
    /// The vertical scale, rising upwards.
    public let y: Scale
    private var marks: [Markup] = []

    /// Starts a chart.
    public init(width: Double, height: Double, margins: Margins = Margins(), x: Scale, y: Scale) {
        self.width = width
        self.height = height
        self.margins = margins
        self.x = x
        self.y = y
    }

    /// Horizontal place of a value.
    public func px(_ value: Double) -> Double { margins.left + x.position(value) * (width - margins.left - margins.right) }
    /// Vertical place of a value.
    public func py(_ value: Double) -> Double { height - margins.bottom - y.position(value) * (height - margins.top - margins.bottom) }

    /// Appends drawn markup.
    public mutating func add(_ mark: Markup) { marks.append(mark) }

    /// Grid lines and tick texts along the bottom, with a title below.
    public mutating func addHorizontalAxis(_ title: String, grid: Bool = true) {
        let (top, bottom) = (margins.top, height - margins.bottom)
        for tick in x.ticks {
            let place = px(tick.value)
            if grid { add("<line class=\"grid\" x1=\"\(place)\" y1=\"\(top)\" x2=\"\(place)\" y2=\"\(bottom)\"/>") }
            add("<text class=\"tick\" x=\"\(place)\" y=\"\(bottom + 16)\" text-anchor=\"middle\">\(tick.label)</text>")
        }
        add("<text class=\"axis\" x=\"\(width - margins.right)\" y=\"\(bottom + 34)\" text-anchor=\"end\">\(title)</text>")
    }

    /// Grid lines and tick texts along the left side, with a title above.
    public mutating func addVerticalAxis(_ title: String, grid: Bool = true) {
        for tick in y.ticks {
            let place = py(tick.value)
            if grid { add("<line class=\"grid\" x1=\"\(margins.left)\" y1=\"\(place)\" x2=\"\(width - margins.right)\" y2=\"\(place)\"/>") }
            add("<text class=\"tick\" x=\"\(margins.left - 7)\" y=\"\(place + 4)\" text-anchor=\"end\">\(tick.label)</text>")
        }
        add("<text class=\"axis\" x=\"0\" y=\"\(max(10, margins.top - 12))\">\(title)</text>")
    }

    /// A line through values.
    public mutating func addLine(_ points: [(x: Double, y: Double)], tone: Tone, thin: Bool = false) {
        let path = points.map { "\(Markup.number(px($0.x))),\(Markup.number(py($0.y)))" }.joined(separator: " ")
        add("<polyline class=\"path \(thin ? "thin " : "")\(tone.rawValue)\" points=\"\(path)\"/>")
    }

    /// A dashed line that is not data.
    public mutating func addRule(_ points: [(x: Double, y: Double)]) {
        let path = points.map { "\(Markup.number(px($0.x))),\(Markup.number(py($0.y)))" }.joined(separator: " ")
        add("<polyline class=\"rule\" points=\"\(path)\"/>")
    }

    /// A thin line from a mark to its text.
    public mutating func addLeader(from mark: (px: Double, py: Double), to text: (px: Double, py: Double)) {
        add("<line class=\"leader\" x1=\"\(mark.px)\" y1=\"\(mark.py)\" x2=\"\(text.px)\" y2=\"\(text.py)\"/>")
    }

    /// A mark at a value.
    public mutating func addPoint(x: Double, y: Double, symbol: Symbol, tone: Tone, radius: Double = 5) {
        add(Self.symbol(symbol, tone, x: px(x), y: py(y), radius: radius))
    }

    /// A text at a place of the drawing, with a rim in the colour of the page.
    public mutating func addText(_ text: String, px: Double, py: Double, anchor: Anchor = .start, tone: Tone? = nil, strong: Bool = false) {
        let style = ["halo", strong ? "strong" : nil, tone.map { "toned \($0.rawValue)" }].compactMap(\.self).joined(separator: " ")
        add("<text class=\"\(style)\" x=\"\(px)\" y=\"\(py)\" text-anchor=\"\(anchor.rawValue)\">\(text)</text>")
    }

    /// The drawing with a name and a description for those who do not see it.
    public func svg(title: String, description: String, class style: String = "") -> Markup {
        """
        <svg class="\(style)" viewBox="0 0 \(width) \(height)" role="img" aria-label="\(title)">
        <title>\(title)</title><desc>\(description)</desc>
        \(marks.joined())
        </svg>
        """
    }

    /// A shape of its own.
    static func symbol(_ symbol: Symbol, _ tone: Tone, x: Double, y: Double, radius r: Double) -> Markup {
        let tone = tone.rawValue
        switch symbol {
        case .circle: return "<circle class=\"mark \(tone)\" cx=\"\(x)\" cy=\"\(y)\" r=\"\(r)\"/>"
        case .ring: return "<circle class=\"open \(tone)\" cx=\"\(x)\" cy=\"\(y)\" r=\"\(r)\"/>"
        case .square:
            return "<rect class=\"mark \(tone)\" x=\"\(x - r * 0.88)\" y=\"\(y - r * 0.88)\" width=\"\(r * 1.76)\" height=\"\(r * 1.76)\"/>"
        case .triangle:
            return
                "<path class=\"mark \(tone)\" d=\"M\(x) \(y - r * 1.2)L\(x + r * 1.15) \(y + r * 0.85)L\(x - r * 1.15) \(y + r * 0.85)Z\"/>"
        case .diamond:
            return
                "<path class=\"mark \(tone)\" d=\"M\(x) \(y - r * 1.25)L\(x + r * 1.25) \(y)L\(x) \(y + r * 1.25)L\(x - r * 1.25) \(y)Z\"/>"
        }
    }
}

extension Markup {
    /// A coordinate as text.
    static func number(_ value: Double) -> String { ("\(value)" as Markup).text }
}
