import HIFIBlockSpec

/// What IQ1_S and IQ1_M share: levels -1, 0 and 1 moved by a shift of an eighth, eight to an entry, of parts of a super-block.
struct TernaryEntries: Sendable {
    /// The split of a part into levels that fits best without regard to entries.
    struct Split {
        /// Weights in rising order have level 0 before `first`, 2 from `last` on, 1 between.
        let first: Int
        let last: Int
        /// The least-squares scale, which may be negative.
        let scale: Float
        /// Which trial of shifts won.
        let shifts: Int
    }

    private let deferred: DeferredIndex

    /// Nil unless codes name entries of eight numbers, three different ones.
    init?(_ code: IndexedInteger) {
        guard case .grid(let grid, _) = code.selection?.rule, let deferred = DeferredIndex(grid, shells: 3, shapes: [(8, 3)])
        else { return nil }
        self.deferred = deferred
    }

    /// Where entries are.
    var index: EntryIndex { deferred.index }

    /// What a level means under a shift up or down.
    @inline(__always)
    static func value(_ level: Int, isDown: Bool) -> Float { Float(level - 1) + (isDown ? -0.125 : 0.125) }

    /// importance · √(evening + x²), or x² without.
    static func weigh(
        _ x: UnsafeBufferPointer<Float>, _ importance: UnsafeBufferPointer<Float>?, evening: Float,
        _ weights: UnsafeMutableBufferPointer<Float>
    ) {
        for i in x.indices {
            let square = x[i] * x[i]
            weights[i] = importance.map { $0[i] * (evening + square).squareRoot() } ?? square
        }
    }

    /// Whether no magnitude reaches `least`.
    static func isNegligible(_ x: UnsafeBufferPointer<Float>, below least: Float) -> Bool {
        abs(SymmetricSearch.signedExtreme(x)) < least
    }

    /// Places of the weights in rising order, equal ones in the order of the block.
    static func sort(_ x: UnsafeBufferPointer<Float>, into order: UnsafeMutableBufferPointer<UInt8>) {
        for i in x.indices {
            var place = i
            while place > 0, x[Int(order[place - 1])] > x[i] {
                order[place] = order[place - 1]
                place -= 1
            }
            order[place] = UInt8(i)
        }
    }

    /// The levels of a split, in the order of the block.
    static func levels(
        _ split: Split, order: UnsafeMutableBufferPointer<UInt8>, opposed: Bool, into levels: UnsafeMutableBufferPointer<UInt8>
    ) {
        for (place, i) in order.enumerated() {
            let level: UInt8 = place < split.first ? 0 : place < split.last ? 1 : 2
            levels[Int(i)] = opposed ? 2 - level : level
        }
    }

    /// Replaces levels by those of entries and stores these.
    ///
    /// - Parameters:
    ///   - scale: that of the split; neighbours are compared under it.
    ///   - isDown: the shift of each eight weights.
    ///   - first: place of the part in the block.
    /// - Returns: the scale, made again by least squares if a point had no entry.
    func settle(
        _ x: UnsafeBufferPointer<Float>, _ weights: UnsafeMutableBufferPointer<Float>, _ levels: UnsafeMutableBufferPointer<UInt8>,
        scale: Float, isDown: (Int) -> Bool, first: Int, _ content: inout BlockContent
    ) -> Float {
        let index = index
        var strayed = false
        for group in 0..<x.count / 8 {
            var key = 0
            for lane in 0..<8 { key |= Int(levels[8 * group + lane]) << (lane * index.bits) }
            var entry = Int(index.places[key])
            if entry < 0 {
                strayed = true
                entry = Self.nearest(
                    index, x.group(8 * group, 8), weights.group(8 * group, 8), at: -1 - entry, scale, isDown: isDown(group))
            }
            for lane in 0..<8 {
                levels[8 * group + lane] = index.entries[8 * entry + lane]
                content.entries[first + 8 * group + lane] = UInt16(entry)
            }
        }
        guard strayed else { return scale }
        var projection: Float = 0
        var norm: Float = 0
        for i in x.indices {
            let q = Self.value(Int(levels[i]), isDown: isDown(i / 8))
            projection += weights[i] * q * x[i]
            norm += weights[i] * q * q
        }
        return projection > 0 && norm > 0 ? projection / norm : scale
    }

    /// The neighbour with the least Σ w · (scale · q - x)², the first of equals; the first of all where none compares.
    private static func nearest(
        _ index: EntryIndex, _ x: UnsafeBufferPointer<Float>, _ weights: UnsafeMutableBufferPointer<Float>, at place: Int, _ scale: Float,
        isDown: Bool
    ) -> Int {
        index.neighbours.withUnsafeBufferPointer { neighbours in
            index.entries.withUnsafeBufferPointer { entries in
                var least = Float.greatestFiniteMagnitude
                var found = Int(neighbours[place + 1])
                for k in 1...Int(neighbours[place]) {
                    let entry = Int(neighbours[place + k])
                    var distance: Float = 0
                    for lane in 0..<8 {
                        let difference = scale * value(Int(entries[8 * entry + lane]), isDown: isDown) - x[lane]
                        distance += weights[lane] * difference * difference
                    }
                    if distance < least { (least, found) = (distance, entry) }
                }
                return found
            }
        }
    }
}
