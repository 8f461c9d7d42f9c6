import HIFIBlockSpec
import HIFIReference
import Mutants
import Suite

/// Mistakes about the order of integers: of all their bits, or of those in one plane.
extension DecodingMistakeMaker {
    /// Another order of `count` integers.
    private struct Order {
        let id: String
        /// After "is read ".
        let words: String
        let place: @Sendable (Int) -> Int
    }

    private func orders(_ count: Int) -> [Order] {
        var orders: [Order] = []
        func add(_ id: String, _ words: String, _ place: @escaping @Sendable (Int) -> Int) {
            orders.append(Order(id: id, words: words, place: place))
        }
        var run = 1
        while run < count {
            let size = run
            if size > 1 { add("reverse-\(size)", "in reverse order in each run of \(size)") { $0 ^ (size - 1) } }
            if 4 * size <= count {
                add("backwards-\(size)", "with every four runs of \(size) in reverse order") { place in
                    place - place % (4 * size) + (3 - place / size % 4) * size + place % size
                }
                for turn in [1, 3] {
                    add("turn-\(size)-\(turn)", "from the \(turn == 1 ? "next" : "previous") of every four runs of \(size)") { place in
                        place - place % (4 * size) + (place + turn * size) % (4 * size)
                    }
                }
                add("middle-\(size)", "with runs 1 and 2 of every four runs of \(size) swapped") { place in
                    let part = place / size % 4
                    return part == 1 ? place + size : part == 2 ? place - size : place
                }
            }
            if 2 * size < count {
                add("next-\(size)", "from the next run of \(size)") { ($0 + size) % count }
                add("slow-\(size)", "as if two runs of \(size) lay in one place") { $0 / (2 * size) * size + $0 % size }
                add("previous-\(size)", "from the previous run of \(size)") { ($0 + count - size) % count }
            }
            run *= 2
        }
        add("reverse-\(count)", "in reverse order") { count - 1 - $0 }
        for runs in [2, 4, 8] where runs < count && count % runs == 0 {
            let size = count / runs
            add("turns-\(runs)", "as if the runs of \(size) lay in turn") { $0 % size * runs + $0 / size }
            if size != runs { add("runs-\(runs)", "as if what lies in turn lay in runs of \(size)") { $0 % runs * size + $0 / runs } }
        }
        return orders
    }

    /// A plane of one kind of integer in another order. Where there is one plane only this is a matter of the whole integer.
    mutating func planeOrders(_ part: Part) {
        guard let layout = layout(part), layout.count > 1 else { return }
        let count = layout.count
        for (index, plane) in layout.planes.enumerated() {
            let mask = ((1 << plane.width) - 1) << plane.place
            for order in orders(count) {
                add("\(part)-plane\(index)-\(order.id)", "\(Self.read(plane, part)) \(order.words)") { old, new in
                    for i in 0..<count where order.place(i) < count {
                        Self.set(&new, part, i, Self.get(old, part, i) & ~mask | Self.get(old, part, order.place(i)) & mask)
                    }
                }
            }
            offsets(part, index, plane, count)
            lost(part, index, plane, count)
        }
        continued([part])
        if part == .minimum, layout.count == self.layout(.scale)?.count { continued([.scale, .minimum]) }
        unmasked(part, layout)
    }

    /// A mask that wanders out of its byte: the last run of integers has nothing.
    private mutating func lost(_ part: Part, _ index: Int, _ plane: BlockLayout.Part.Plane, _ count: Int) {
        let mask = ((1 << plane.width) - 1) << plane.place
        var run = 1
        while 2 * run < count {
            let size = run
            add(
                "\(part)-plane\(index)-next-\(size)-none", "\(Self.read(plane, part)) from the next run of \(size), and as 0 in the last"
            ) { old, new in
                for i in 0..<count {
                    Self.set(&new, part, i, Self.get(old, part, i) & ~mask | (i + size < count ? Self.get(old, part, i + size) & mask : 0))
                }
            }
            run *= 2
        }
    }

    /// Codes of which bits above theirs in the byte are not cut off.
    private mutating func unmasked(_ part: Part, _ layout: BlockLayout.Part) {
        guard part == .code, layout.rule.codebook == nil, layout.rule.selection == nil else { return }
        for (index, plane) in layout.planes.enumerated() where plane.width < 8 {
            for more in 1...8 - plane.width {
                var twin = DecoderTwin(format)
                twin.code = { draft, i in
                    var raw = 0
                    for (number, other) in layout.planes.enumerated() {
                        let position = other.positions[i]
                        let width = number == index ? min(8 - position % 8, other.width + more) : other.width
                        raw |= Self.raw(draft, position, width) << other.place
                    }
                    return raw + layout.rule.bias
                }
                let changed = twin
                add("code-plane\(index)-unmasked\(more)", "\(more) bits above \(Self.bits(plane)) of each code are not masked off") {
                    changed.decode($0).map(FloatPattern.classified)
                }
            }
        }
    }

    package static func bits(_ plane: BlockLayout.Part.Plane) -> String {
        plane.width == 1 ? "bit \(plane.place)" : "bits \(plane.place) to \(plane.place + plane.width - 1)"
    }

    /// `bits 0 to 3 of each code are read`, before how.
    static func read(_ plane: BlockLayout.Part.Plane, _ part: Part) -> String {
        "\(bits(plane)) of each \(part) \(plane.width == 1 ? "is" : "are") read"
    }

    /// Bits of a block from this place on; those outside are zero.
    private static func raw(_ draft: BlockDraft, _ position: Int, _ width: Int) -> Int {
        (0..<width).reduce(0) { value, bit in
            let place = position + bit
            guard place >= 0, place < 8 * draft.bytes.count else { return value }
            return value | Int(draft.bytes[place >> 3] >> UInt8(place & 7) & 1) << bit
        }
    }

    /// A plane that is read so many bits or bytes off.
    private mutating func offsets(_ part: Part, _ index: Int, _ plane: BlockLayout.Part.Plane, _ count: Int) {
        let mask = ((1 << plane.width) - 1) << plane.place
        let distances = [1, 2, 3, 4, 8, 16, 32, 64, 128, 256, 512]
        for offset in distances + distances.map({ -$0 }) {
            let (number, unit) = abs(offset) < 8 ? (abs(offset), "bit") : (abs(offset) / 8, "byte")
            let way = "\(number) \(unit)\(number == 1 ? "" : "s") too \(offset > 0 ? "far" : "early")"
            add("\(part)-plane\(index)-off\(offset)", "\(Self.read(plane, part)) \(way)") { old, new in
                for i in 0..<count {
                    let raw = Self.raw(old, plane.positions[i] + offset, plane.width) << plane.place
                    Self.set(&new, part, i, Self.get(old, part, i) & ~mask | raw)
                }
            }
        }
    }

    /// Integers that lie elsewhere from some number on, read as if they went on as they begin.
    private mutating func continued(_ parts: [Part]) {
        let layouts = parts.compactMap { part in layout(part).map { (part, $0) } }
        let count = layouts.first?.1.count ?? 0
        let straight = layouts.map { _, layout in
            layout.planes.map { plane in (0..<count).map { plane.positions[0] + $0 * (plane.positions[1] - plane.positions[0]) } }
        }
        let breaks = zip(layouts, straight).flatMap { layout, straight in
            zip(layout.1.planes, straight).compactMap { plane, places in (0..<count).first { plane.positions[$0] != places[$0] } }
        }
        guard let first = breaks.min() else { return }
        let names = parts.map { $0 == .minimum ? "minima" : "\($0)s" }.joined(separator: " and ")
        for (id, words, end) in [
            ("", "all lay as the first \(first) do", count), ("-one", "one more than \(first) lay as the first ones do", first + 1),
        ] {
            add("\(parts.map(\.rawValue).joined(separator: "-"))-continued\(id)", "\(names) are read as if \(words)") { old, new in
                for ((part, layout), places) in zip(layouts, straight) {
                    for i in first..<end {
                        var raw = 0
                        for (plane, places) in zip(layout.planes, places) { raw |= Self.raw(old, places[i], plane.width) << plane.place }
                        Self.set(&new, part, i, raw)
                    }
                }
            }
        }
    }

    // MARK: Sub-blocks

    /// Groups of sub-blocks that begin too early, since a counter moves on by less than their number.
    package mutating func steps(
        _ count: Int, _ one: String, _ many: String, _ move: @escaping @Sendable (BlockDraft, inout BlockDraft, Int, Int) -> Void
    ) {
        for period in [count, count / 2] where period > 1 {
            for group in [2, 4] where group < period {
                for step in 1..<2 * group where step != group {
                    let within = period == count ? "" : ", anew in each \(period)"
                    add(
                        "\(one.replacing(" ", with: "-"))-step-\(period)-\(group)-\(step)",
                        "each \(group) sub-blocks take the \(many) from \(step) after those of the \(group) before\(within)"
                    ) { old, new in
                        for i in 0..<count {
                            let place = period * (i / period) + i % period / group * step + i % group
                            if place < count { move(old, &new, i, place) }
                        }
                    }
                }
            }
        }
    }

    /// Scales that change after another number of weights than they do.
    mutating func scaleChanges(_ draft: BlockDraft) {
        guard let rule = format.decoding?.scale, let layout = layout(.scale), draft.scaleCount > 1 else { return }
        let (every, count) = (rule.every, draft.scaleCount)
        for divisor in [2, 4] where every / divisor >= 4 {
            for group in [2, 4, count] where group <= count {
                var twin = DecoderTwin(format)
                twin.scale = { draft, weight in
                    let run = group * every
                    let index = weight / run * group + weight % run / (every / divisor)
                    return layout.value(draft.scale(min(index, count - 1)), at: min(index, count - 1))
                }
                let within = group == count ? "" : ", anew in each \(group) sub-blocks"
                let changed = twin
                let words = "the scale changes after each \(every / divisor) weights instead of \(every)\(within)"
                add("scale-every-\(every / divisor)-\(group)", words, decode: { changed.decode($0).map(FloatPattern.classified) })
            }
        }
    }

    /// Bits of scales and minima that are swapped.
    mutating func exchangeBoth(_ index: Int) {
        guard let plane = layout(.scale)?.planes[index], let count = layout(.scale)?.count else { return }
        let mask = ((1 << plane.width) - 1) << plane.place
        add("scale-minimum-plane\(index)", "\(Self.bits(plane)) of scales and minima are exchanged") { old, new in
            for i in 0..<count {
                new.setScale(i, old.scale(i) & ~mask | old.minimum(i) & mask)
                new.setMinimum(i, old.minimum(i) & ~mask | old.scale(i) & mask)
            }
        }
    }
}
