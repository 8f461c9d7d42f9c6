/// The search for entries and scale of one sub-block (ENC-34, ENC-35), on memory of the caller.
struct EntrySearch {
    private let rule: EntryRule
    private let index: EntryIndex
    private let kernel: EntryKernel?
    /// Per weight: what its error counts.
    private let weights: UnsafeMutableBufferPointer<Float>
    /// Their roots, by which neighbours are compared.
    private let roots: UnsafeMutableBufferPointer<Float>
    /// Magnitudes; one per eight may be negative where signs go by parity.
    private let x: UnsafeMutableBufferPointer<Float>
    private let levels: UnsafeMutableBufferPointer<UInt8>

    /// - Parameters:
    ///   - scratch: three floats for each weight of a sub-block.
    ///   - levels: a level for each at least.
    ///   - kernel: does `run` in place of this, where it can.
    init(
        rule: EntryRule, index: EntryIndex, kernel: EntryKernel?, scratch: UnsafeMutableBufferPointer<Float>,
        levels: UnsafeMutableBufferPointer<UInt8>
    ) {
        self.rule = rule
        self.index = index
        self.kernel = kernel
        weights = scratch.group(0, rule.part)
        roots = scratch.group(rule.part, rule.part)
        x = scratch.group(2 * rule.part, rule.part)
        self.levels = levels.group(0, rule.part)
    }

    /// The mean square of the block evens out the importances; without any the squares themselves are the weights.
    func weigh(_ part: UnsafeBufferPointer<Float>, _ importance: UnsafeBufferPointer<Float>?, _ evening: Float) {
        for i in part.indices {
            let square = part[i] * part[i]
            if let importance {
                weights[i] = importance[i] * (evening + square).squareRoot()
            } else {
                weights[i] = rule.plainEvening > 0 ? rule.plainEvening * evening + square : square
            }
            roots[i] = weights[i].squareRoot()
        }
    }

    /// Takes the signs off.
    ///
    /// - Parameter byParity: an even number of each eight weights is negative; where it would be odd, the one that matters least, by
    ///   (weight · x) · x, changes sides and becomes a negative magnitude.
    /// - Returns: bit i set where weight i is negative.
    func takeMagnitudes(_ part: UnsafeBufferPointer<Float>, byParity: Bool) -> UInt32 {
        var negative: UInt32 = 0
        for i in part.indices {
            x[i] = part[i] >= 0 ? part[i] : -part[i]
            if !(part[i] >= 0) { negative |= 1 << UInt32(i) }
        }
        guard byParity else { return negative }
        for first in stride(from: 0, to: part.count, by: 8) where (negative >> UInt32(first) & 0xFF).nonzeroBitCount % 2 == 1 {
            var least = first
            var cost = weights[first] * part[first] * part[first]
            for i in first + 1..<first + 8 {
                let other = weights[i] * part[i] * part[i]
                if other < cost { (cost, least) = (other, i) }
            }
            x[least] = -x[least]
            negative ^= 1 << UInt32(least)
        }
        return negative
    }

    /// Finds levels of entries and the least-squares scale for them, which may be negative; nil where the sub-block is negligible.
    func run() -> Float? {
        var largest = x[0]
        for value in x where !(largest > value) { largest = value }
        levels.update(repeating: 0)
        if largest < rule.negligible { return nil }
        let top = Float(2 * index.levels - 1)
        var scale: Float
        var base = largest
        if rule.startsSearched {
            scale = PositiveSearch.run(.init(x), weights: .init(weights), limit: Int32(index.levels + 1), codes: levels)
            base = scale * Float(index.levels)
            if base <= 0 { return nil }
        } else {
            scale = largest / top
        }
        if let kernel, let x = x.baseAddress, let w = weights.baseAddress, let roots = roots.baseAddress, let levels = levels.baseAddress,
            let scale = kernel(x, w, roots, base, levels)
        {
            return scale
        }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: rule.part) { trial -> Float in
            trial.initialize(repeating: 0)
            var best: Float = 0
            // Bit k: group k has been chosen for a point without an entry.
            var strayed: UInt32 = rule.again == .strayed ? 0 : .max
            for k in -rule.trials...rule.trials {
                let inverse = (top + Float(k) * rule.step) / base
                let astray = choose(inverse, scale: 1 / inverse, groups: .max, into: trial)
                let (projection, norm) = sums(trial)
                guard norm > 0, projection * projection > best * norm else { continue }
                scale = projection / norm
                best = scale * projection
                for i in levels.indices { levels[i] = trial[i] }
                if rule.again != .all { strayed = astray }
            }
            guard strayed != 0, scale > 0 else { return scale }
            _ = choose(1 / scale, scale: scale, groups: rule.again == .strayed ? strayed : .max, into: levels)
            let (projection, norm) = sums(levels)
            return norm > 0 ? projection / norm : scale
        }
    }

    /// The number of the entry of a group of lanes; that of its levels must exist, and 0 stands for none.
    func entry(_ group: Int) -> Int { max(0, Int(index.places[key(group, levels)])) }

    private func key(_ group: Int, _ levels: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var key = 0
        for lane in 0..<index.lanes { key |= Int(levels[group * index.lanes + lane]) << (lane * index.bits) }
        return key & (index.places.count - 1)
    }

    /// Rounds the magnitudes of some groups to levels of entries.
    ///
    /// - Returns: bit k set if the point of group k has no entry, and its nearest neighbour was taken.
    private func choose(_ inverse: Float, scale: Float, groups: UInt32, into levels: UnsafeMutableBufferPointer<UInt8>) -> UInt32 {
        let most = Int32(index.levels - 1)
        var astray: UInt32 = 0
        for group in 0..<rule.part / index.lanes where groups >> UInt32(group) & 1 == 1 {
            for i in group * index.lanes..<(group + 1) * index.lanes {
                levels[i] = UInt8(Rounding.clamp(Rounding.nearest(0.5 * (inverse * x[i] - 1)), 0, most))
            }
            let place = index.places[key(group, levels)]
            guard place < 0 else { continue }
            astray |= 1 << UInt32(group)
            let entry = nearest(group, at: Int(-1 - place), scale: scale)
            for lane in 0..<index.lanes { levels[group * index.lanes + lane] = index.entries[entry * index.lanes + lane] }
        }
        return astray
    }

    /// The neighbour with the least Σ root · (scale · q - x)², the first of equals; the first of all where none compares.
    private func nearest(_ group: Int, at place: Int, scale: Float) -> Int {
        let (first, lanes) = (group * index.lanes, index.lanes)
        return index.neighbours.withUnsafeBufferPointer { neighbours in
            index.entries.withUnsafeBufferPointer { entries in
                var least = Float.greatestFiniteMagnitude
                var found = Int(neighbours[place + 1])
                for k in 1...Int(neighbours[place]) {
                    let entry = Int(neighbours[place + k])
                    var distance: Float = 0
                    for lane in 0..<lanes {
                        let difference = scale * Float(2 * Int32(entries[entry * lanes + lane]) + 1) - x[first + lane]
                        distance += roots[first + lane] * difference * difference
                    }
                    if distance < least { (least, found) = (distance, entry) }
                }
                return found
            }
        }
    }

    /// Σ w·x·q and Σ w·q².
    private func sums(_ levels: UnsafeMutableBufferPointer<UInt8>) -> (Float, Float) {
        var projection: Float = 0
        var norm: Float = 0
        for i in x.indices {
            let q = Float(2 * Int32(levels[i]) + 1)
            let w = weights[i]
            projection += w * x[i] * q
            norm += w * q * q
        }
        return (projection, norm)
    }
}
