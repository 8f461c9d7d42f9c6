import HIFIBlockSpec

/// A part of the weights of a row that a mistake may be confined to.
package struct Region: Sendable {
    /// For a sentence: `in the second half of each block`; empty for everything.
    package let words: String
    /// Whether a weight is in it, by its block, the number of blocks, and its place in the block.
    package let contains: @Sendable (_ block: Int, _ blocks: Int, _ index: Int) -> Bool

    /// Everything.
    package static let all = Region(words: "") { _, _, _ in true }

    /// Whether it is the same part of every block, and not all of them.
    func isOfPlaces(_ format: BlockFormat) -> Bool {
        let inside = (0..<format.elements).map { contains(1, 3, $0) }
        return inside.contains(false)
            && (0..<format.elements).allSatisfy { contains(0, 3, $0) == inside[$0] && contains(2, 3, $0) == inside[$0] }
    }

    /// The parts that kernels treat by code of their own: halves, quarters, sub-blocks, lanes, the first and last blocks of a row.
    package static func all(of format: BlockFormat) -> [Region] {
        let elements = format.elements
        guard elements > 1 else { return [.all] }
        var regions = [Region.all]
        func places(_ words: String, _ contains: @escaping @Sendable (Int) -> Bool) {
            regions.append(Region(words: words) { _, _, index in contains(index) })
        }
        func blocks(_ words: String, _ contains: @escaping @Sendable (Int, Int) -> Bool) {
            regions.append(Region(words: words) { block, blocks, _ in contains(block, blocks) })
        }
        // Long stretches first: the first that fits is the one that is named.
        for size in [128, 64, 32, 16, 8, 4, 2, 1] where size < elements {
            let parts = elements / size
            if parts == 2 {
                places("in the first half of each block") { $0 < size }
                places("in the second half of each block") { $0 >= size }
            } else {
                let pair = size == 1 ? "two weights" : "two runs of \(size) weights"
                places("in the first of every \(pair)") { $0 / size % 2 == 0 }
                places("in the second of every \(pair)") { $0 / size % 2 == 1 }
                if parts > 4, size >= 8 {
                    for part in 0..<4 { places("in run \(part) of every four runs of \(size) weights") { $0 / size % 4 == part } }
                }
            }
        }
        for size in [64, 32, 16] where size < elements / 2 {
            for part in 0..<elements / size {
                places("in weights \(part * size) to \((part + 1) * size - 1) of each block") { $0 / size == part }
            }
        }
        for lanes in [16, 8, 4] { for lane in 0..<lanes { places("in weight \(lane) of each \(lanes)") { $0 % lanes == lane } } }
        for index in [0, elements - 1] { places("in weight \(index) of each block") { $0 == index } }
        if elements == 256 {
            for (half, name) in [(0, "first"), (1, "second")] {
                for size in [64, 32, 16] {
                    for (part, order) in [(0, "first"), (1, "second")] {
                        places("in the \(order) of every two runs of \(size) weights in the \(name) half of each block") {
                            $0 / 128 == half && $0 / size % 2 == part
                        }
                    }
                }
            }
        }
        for rest in 0..<4 { blocks("in block \(rest) of every four of a row") { block, _ in block % 4 == rest } }
        blocks("in the first block of a row") { block, _ in block == 0 }
        blocks("in every block of a row but the first") { block, _ in block > 0 }
        blocks("in the last block of a row") { block, blocks in block == blocks - 1 }
        blocks("in every second block of a row") { block, _ in block % 2 == 1 }
        blocks("in every block of a row from the fifth on") { block, _ in block >= 4 }
        return regions
    }
}
