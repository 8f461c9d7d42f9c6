import HIFIBlockSpec
import HIFIReference

/// Rewrites blocks of one revision as blocks of another that decode to the same weights, bit for bit.
///
/// The base stays as it is. What a slot does counts, not that it is there: a position listed twice has the value of its last
/// slot, an unused slot that decoding applies is an outlier of value zero, and where the target applies slots that it has no
/// outliers for, they name weights that have the slot's value anyway.
struct BlockTranscoder: Sendable {
    private let source: SlotLayout
    private let target: SlotLayout
    private let baseBytes: Int

    /// Why a block has no equal in the target.
    enum Obstacle: Error, Equatable {
        case tooManyOutliers(found: Int, slots: Int)
        case nothingToFillWith(outliers: Int, slots: Int)

        var reason: String {
            switch self {
            case .tooManyOutliers(let found, let slots): "\(found) outliers for \(slots) slots"
            case .nothingToFillWith(let outliers, let slots):
                "\(outliers) outliers, and no weight that the remaining ones of \(slots) slots, all of which are applied, would leave alone"
            }
        }
    }

    /// Nil where either format is built otherwise.
    init?(from source: BlockFormat, to target: BlockFormat) {
        guard let from = SlotLayout(source), let to = SlotLayout(target), let base = Spec.format("q3_k") else { return nil }
        (self.source, self.target, baseBytes) = (from, to, base.bytes)
    }

    /// Rewrites one block.
    ///
    /// - Parameters:
    ///   - base: the 256 weights that the base alone decodes to.
    ///   - output: a block of the target's size, zeros.
    func transcode(
        _ block: UnsafeRawBufferPointer, base: UnsafeBufferPointer<Float>, into output: UnsafeMutableRawBufferPointer
    ) throws(Obstacle) {
        output.copyMemory(from: UnsafeRawBufferPointer(rebasing: block[..<baseBytes]))
        var outliers = effective(block)
        if target.count != nil || outliers.count > target.slots {
            outliers.removeAll { base[$0.position].bitPattern == SmallFloats.float(half: $0.value).bitPattern }
        }
        guard outliers.count <= target.slots else { throw .tooManyOutliers(found: outliers.count, slots: target.slots) }
        if target.count == nil { try fill(&outliers, base) }
        // A count that decoding ignores is that of the slots that hold something, those that fill included: other builds obey it.
        if target.isRising {
            outliers.sort { $0.position < $1.position }
        } else {
            outliers.sort { a, b in
                let (first, second) = (a.value & 0x7FFF, b.value & 0x7FFF)
                return first == second ? a.position < b.position : first > second
            }
        }
        for (slot, outlier) in outliers.enumerated() { target.set(slot, outlier.position, outlier.value, output) }
        if let offset = target.count ?? target.statedCount { output[offset] = UInt8(outliers.count) }
    }

    /// Positions that decoding overwrites, each once, with the value that stays.
    private func effective(_ block: UnsafeRawBufferPointer) -> [(position: Int, value: UInt16)] {
        var outliers: [(position: Int, value: UInt16)] = []
        for slot in 0..<source.used(block) {
            let (position, value) = (source.position(slot, block), source.value(slot, block))
            if let known = outliers.firstIndex(where: { $0.position == position }) {
                outliers[known].value = value
            } else {
                outliers.append((position, value))
            }
        }
        return outliers
    }

    /// Adds slots that change nothing: weights that decode to zero, which every reader takes correctly, else any that fp16 holds.
    private func fill(_ outliers: inout [(position: Int, value: UInt16)], _ base: UnsafeBufferPointer<Float>) throws(Obstacle) {
        var taken = Set(outliers.map(\.position))
        let stated = outliers.count
        for wantsZero in [true, false] {
            for (position, weight) in base.enumerated() where outliers.count < target.slots {
                guard !taken.contains(position), (weight == 0) == wantsZero else { continue }
                let value = SmallFloats.half(weight)
                guard SmallFloats.float(half: value).bitPattern == weight.bitPattern else { continue }
                outliers.append((position, value))
                taken.insert(position)
            }
        }
        guard outliers.count == target.slots else { throw .nothingToFillWith(outliers: stated, slots: target.slots) }
    }
}
