import Suite

/// Rows of weights that encoders are tried with.
struct EncodeInputs {
    struct Row {
        let name: String
        let flags: [String]
        let why: String
        let values: [Float]
    }

    /// Length of one row.
    let count: Int
    private var random: SeededRandom

    init(count: Int, seed: UInt64) {
        self.count = count
        random = SeededRandom(seed: seed)
    }

    private mutating func uniform() -> Float { Float(random.next() >> 40) / Float(1 << 24) }

    /// A sum of twelve uniform numbers: a bell without any library function, the same everywhere.
    mutating func bell() -> Float { (0..<12).reduce(Float(-6)) { sum, _ in sum + uniform() } }

    mutating func bells(_ size: Float, _ length: Int? = nil) -> [Float] { (0..<(length ?? count)).map { _ in bell() * size } }

    /// A bell with a few values many times larger.
    mutating func spikes(_ size: Float, _ length: Int? = nil) -> [Float] {
        (0..<(length ?? count)).map { _ in
            let value = bell() * size
            return random.next() % 32 == 0 ? value * (5 + 30 * uniform()) : value
        }
    }

    mutating func rows() -> [Row] {
        var rows: [Row] = []
        func add(_ name: String, _ flags: [String], _ why: String, _ value: (Int) -> Float) {
            rows.append(Row(name: name, flags: flags, why: why, values: (0..<count).map(value)))
        }
        add("zeros", ["zeros"], "All weights are zero.") { _ in 0 }
        add("negative-zeros", ["zeros"], "All weights are negative zero.") { _ in -0.0 }
        add("ones", ["constant"], "All weights are 1: every magnitude ties.") { _ in 1 }
        add("negative", ["constant"], "All weights are the same negative number.") { _ in -0.37 }
        for place in [0, 17, count - 1] {
            add("one-\(place)", ["one-hot"], "Only weight \(place) is not zero.") { $0 == place ? -0.75 : 0 }
        }
        add("alternating", ["ties"], "Plus and minus one in turn: the first of equal magnitudes decides signs.") { $0 % 2 == 0 ? 1 : -1 }
        add("alternating-negative", ["ties"], "Minus and plus one in turn.") { $0 % 2 == 0 ? -1 : 1 }
        add("ramp", ["ramp"], "A ramp through zero.") { (Float($0) - Float(count) / 2) / 64 }
        add("steps", ["ties"], "Multiples of a quarter: codes fall on ties.") { Float($0 * 7 % 17 - 8) / 4 }
        add("halves", ["ties"], "Multiples of one half up to four: ties of rounding in every group.") { Float($0 * 5 % 17 - 8) / 2 }
        add("tiny", ["tiny"], "Weights of about 1e-7, whose scales are subnormal halves.") { Float(($0 * 29) % 101 - 50) * 2e-9 }
        add("negligible", ["tiny"], "Weights below 1e-15 count as zero in the searches.") { Float(($0 * 29) % 101 - 50) * 1e-17 }
        add("subnormal", ["tiny"], "fp32 subnormals.") { Float(bitPattern: UInt32($0 * 37 % 1000)) * ($0 % 2 == 0 ? 1 : -1) }
        add("large", ["large"], "Weights of up to 60000.") { Float(($0 * 53) % 201 - 100) * 600 }
        add("two-levels", ["few-levels"], "Only two values occur.") { $0 * 11 % 7 < 3 ? 0.125 : -0.375 }
        add("positive", ["one-sided"], "No weight is negative.") { Float(($0 * 31) % 97) / 97 }
        add("equal-spikes", ["ties", "spikes"], "Twenty spikes of one magnitude: the first of equals are the outliers.") {
            $0 % 13 == 5 ? ($0 % 2 == 0 ? 3 : -3) : Float($0 % 5 - 2) / 32
        }
        rows.append(Row(name: "bell", flags: ["weight-like"], why: "Weights in a bell of size 0.02.", values: bells(0.02)))
        rows.append(Row(name: "bell-2", flags: ["weight-like"], why: "Weights in a bell of size 1.3.", values: bells(1.3)))
        rows.append(
            Row(name: "spikes", flags: ["weight-like", "spikes"], why: "A bell with a few values many times larger.", values: spikes(0.05)))
        rows.append(
            Row(
                name: "spikes-2", flags: ["weight-like", "spikes"], why: "A bell with a few larger values, another draw.",
                values: spikes(0.3)))
        let sizes = (0..<16).map { _ in 0.001 + uniform() * uniform() }
        var groups: [Float] = []
        for i in 0..<count { groups.append(bell() * sizes[i / 16 % 16]) }
        rows.append(
            Row(
                name: "uneven", flags: ["weight-like"], why: "Every sixteen weights have a size of their own: all scale bits are used.",
                values: groups))
        return rows
    }

    mutating func importances(_ length: Int) -> [(name: String, flags: [String], values: [Float])] {
        let even = [Float](repeating: 1, count: length)
        var spread: [Float] = []
        for _ in 0..<length {
            let u = uniform()
            spread.append(0.05 + u * u * u * 8)
        }
        let holes = spread.enumerated().map { $0.offset % 4 == 1 ? 0 : $0.element }
        // One column in each sub-block counts; the searches of scales then see nothing else (ENC-08, ENC-12).
        let single = (0..<length).map { column -> Float in
            let isChosen = column % 16 == column / 16 % 16
            return isChosen ? Float(1 + column % 3) : 0
        }
        let lone = (0..<length).map { column -> Float in column % 256 == 37 ? 2 : 0 }
        let peak = (0..<length).map { $0 == length / 3 ? Float(50) : 0.5 }
        return [
            ("even", ["importance"], even), ("spread", ["importance"], spread),
            ("a quarter zero", ["importance", "zero-importance"], holes),
            ("one of each sixteen", ["importance", "zero-importance"], single),
            ("one of each 256", ["importance", "zero-importance"], lone),
            ("one peak", ["importance"], peak), ("all zero", ["importance", "zero-importance"], [Float](repeating: 0, count: length)),
        ]
    }
}
