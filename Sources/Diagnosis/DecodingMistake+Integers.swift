import HIFIBlockSpec
import Suite

/// Mistakes about codes, scales and minima: their bits, and where they are read.
extension DecodingMistakeMaker {
    package mutating func bits(
        _ name: String, _ width: Int, _ count: Int, _ get: @escaping @Sendable (BlockDraft, Int) -> Int,
        _ set: @escaping @Sendable (inout BlockDraft, Int, Int) -> Void
    ) {
        guard width > 0, count > 0 else { return }
        func all(_ id: String, _ words: String, _ change: @escaping @Sendable (Int) -> Int) {
            add("\(name)-\(id)", words) { old, new in for i in 0..<count { set(&new, i, change(get(old, i)) & ((1 << width) - 1)) } }
        }
        for bit in 0..<width {
            all("bit\(bit)-0", "bit \(bit) of each \(name) is taken for 0") { $0 & ~(1 << bit) }
            all("bit\(bit)-1", "bit \(bit) of each \(name) is taken for 1") { $0 | 1 << bit }
            all("bit\(bit)-not", "bit \(bit) of each \(name) is inverted") { $0 ^ 1 << bit }
            if bit > 0 { all("bits\(bit)-up", "bits \(bit) and up of each \(name) are lost") { $0 & ((1 << bit) - 1) } }
            if bit > 0 {
                all("bits\(bit)-swapped", "bits \(bit - 1) and \(bit) of each \(name) are swapped") { raw in
                    let (low, high) = (raw >> (bit - 1) & 1, raw >> bit & 1)
                    return raw & ~(3 << (bit - 1)) | low << bit | high << (bit - 1)
                }
            }
        }
        // A bit that counts half of what it does.
        for bit in 1..<max(2, width) where bit < width {
            all("bit\(bit)-half", "bit \(bit) of each \(name) counts half") { $0 >> bit & 1 == 1 ? $0 - (1 << (bit - 1)) : $0 }
            all("bit\(bit)-rest", "a \(name) without bit \(bit) is \(1 << (bit - 1)) too large") {
                $0 >> bit & 1 == 0 ? $0 + (1 << (bit - 1)) : $0
            }
        }
        for bit in 0..<width {
            all("bit\(bit)-less", "bit \(bit) of each \(name) counts one too little") { $0 >> bit & 1 == 1 ? $0 - 1 : $0 }
            all("bit\(bit)-more", "a \(name) without bit \(bit) is one too large") { $0 >> bit & 1 == 0 ? $0 + 1 : $0 }
        }
        all("plus", "each \(name) is one too large") { $0 + 1 }
        all("minus", "each \(name) is one too small") { $0 - 1 }
        all("negative", "each \(name) is negated") { -$0 }
        // The upper bits of one integer beside the lower bits of another.
        for bit in 1..<max(2, width) where bit < width {
            for (id, words, step) in [
                ("next", "the next", 1), ("previous", "the one before", -1), ("half", "the one half a block away", count / 2),
            ] {
                guard step % count != 0 else { continue }
                add("\(name)-high\(bit)-\(id)", "bits \(bit) and up of each \(name) are those of \(words)") { old, new in
                    for i in 0..<count {
                        let other = get(old, (i + step + count) % count)
                        set(&new, i, get(old, i) & ((1 << bit) - 1) | other & ~((1 << bit) - 1))
                    }
                }
            }
        }
    }

    package mutating func integers(
        _ name: String, _ width: Int, _ count: Int, _ get: @escaping @Sendable (BlockDraft, Int) -> Int,
        _ set: @escaping @Sendable (inout BlockDraft, Int, Int) -> Void
    ) {
        bits(name, width, count, get, set)
        let many = name == "minimum" ? "minima" : name + "s"
        moves(count, name, many) { old, new, i, j in set(&new, i, get(old, j)) }
        steps(count, name, many) { old, new, i, j in set(&new, i, get(old, j)) }
    }

    /// Sub-blocks that take what belongs to others.
    package mutating func moves(
        _ count: Int, _ one: String, _ many: String, _ move: @escaping @Sendable (BlockDraft, inout BlockDraft, Int, Int) -> Void
    ) {
        guard count > 1 else { return }
        func moved(_ id: String, _ words: String, _ place: @escaping @Sendable (Int) -> Int) {
            add("\(many.replacing(" ", with: "-"))-\(id)", words) { old, new in for i in 0..<count { move(old, &new, i, place(i)) } }
        }
        var run = 1
        while run < count {
            let size = run
            moved("swap-\(size)", "neighbouring \(size == 1 ? many : "groups of \(size) \(many)") are swapped") { $0 ^ size }
            moved(
                "repeat-\(size)",
                size == 1 ? "2 sub-blocks share a \(one)" : "\(2 * size) sub-blocks share the \(many) of \(size)"
            ) { $0 & ~size }
            if size > 1 { moved("first-\(size)", "every \(size) sub-blocks take the first \(size) \(many)") { $0 % size } }
            if 4 * size <= count {
                for (a, b) in [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)] {
                    moved(
                        "quarters-\(size)-\(a)\(b)",
                        "of every four \(size == 1 ? many : "groups of \(size) \(many)"), numbers \(a) and \(b) are swapped"
                    ) { place in
                        let part = place / size % 4
                        return part == a ? place + (b - a) * size : part == b ? place + (a - b) * size : place
                    }
                }
            }
            run *= 2
        }
        moved("next", "each sub-block takes the \(one) of the next") { ($0 + 1) % count }
        moved("previous", "each sub-block takes the \(one) of the one before") { ($0 + count - 1) % count }
        moved("reverse", "\(many) are in reverse order") { count - 1 - $0 }
        moved("first", "every sub-block takes the first \(one)") { _ in 0 }
        moved("halves", "\(many) of the two halves are taken in turn") { $0 % 2 * (count / 2) + $0 / 2 }
        moved("turns", "\(many) that lie in turn are taken half by half") { $0 % (count / 2) * 2 + $0 / (count / 2) }
    }

    // MARK: Planes

    enum Part: String { case code, scale, minimum }

    package func layout(_ part: Part) -> BlockLayout.Part? {
        let layout = BlockLayout.of(format)
        switch part {
        case .code: return layout.code
        case .scale: return layout.scale
        case .minimum: return layout.minimum
        }
    }

    package static func get(_ draft: BlockDraft, _ part: Part, _ index: Int) -> Int {
        switch part {
        case .code: draft.code(index)
        case .scale: draft.scale(index)
        case .minimum: draft.minimum(index)
        }
    }

    package static func set(_ draft: inout BlockDraft, _ part: Part, _ index: Int, _ raw: Int) {
        switch part {
        case .code: draft.setCode(index, raw)
        case .scale: draft.setScale(index, raw)
        case .minimum: draft.setMinimum(index, raw)
        }
    }

    /// Some bits of an integer that are read where those of another lie.
    package mutating func planes(_ part: Part, _ count: Int) {
        guard let planes = layout(part)?.planes, planes.count > 0, count > 1 else { return }
        for (index, plane) in planes.enumerated() {
            let mask = ((1 << plane.width) - 1) << plane.place
            var size = 1
            while size < count {
                let run = size
                for (id, which, place) in [
                    ("swap", "other", { @Sendable in $0 ^ run }),
                    ("first", "first", { @Sendable in $0 & ~run }),
                    ("second", "second", { @Sendable in $0 | run }),
                ] as [(String, String, @Sendable (Int) -> Int)] {
                    let words = "\(Self.read(plane, part)) from the \(which) run of \(run) in each pair"
                    add("\(part)-plane\(index)-\(id)-\(run)", words) { old, new in
                        for i in 0..<count where place(i) < count {
                            Self.set(&new, part, i, Self.get(old, part, i) & ~mask | Self.get(old, part, place(i)) & mask)
                        }
                    }
                }
                size *= 2
            }
        }
    }

    /// A plane of one kind of integer that is read where that of another kind lies.
    mutating func exchange(_ index: Int, _ part: Part, _ other: Part) {
        guard let plane = layout(part)?.planes[index], let count = layout(part)?.count else { return }
        let mask = ((1 << plane.width) - 1) << plane.place
        add("\(part)-plane\(index)-of-\(other)", "\(Self.read(plane, part)) where those of the \(other) lie") { old, new in
            for i in 0..<count { Self.set(&new, part, i, Self.get(old, part, i) & ~mask | Self.get(old, other, i) & mask) }
        }
    }
}
