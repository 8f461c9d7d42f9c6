import HIFIBlockSpec
import HIFIReference

/// Groups of interleaved rows: how checks see them, and how they are taken apart.
struct WovenRows: Sendable {
    let group: WovenGroup
    let unweaver: Unweaver
    /// By row: where a group of blocks has bits of that row.
    private let masks: [[(byte: Int, mask: UInt8)]]

    /// Nil for rows that stand for themselves, and for those whose checks cannot be moved to groups.
    init?(_ format: BlockFormat) {
        guard let group = WovenGroup(format), let unweaver = Unweaver(format) else { return nil }
        (self.group, self.unweaver) = (group, unweaver)
        masks = (0..<group.rows).map { row in
            group.mask(ofRow: row).enumerated().filter { $0.element != 0 }.map { (byte: $0.offset, mask: $0.element) }
        }
    }

    /// The rows of a group that hold nothing but zero bits.
    ///
    /// - Parameter bytes: the headers of all rows, then groups of a block of each.
    func zeroRows(_ bytes: UnsafeRawBufferPointer) -> [Int] {
        let (header, size) = (group.format.headerBytes, group.format.bytes)
        return masks.indices.filter { row in
            let own = header / masks.count
            guard Uniformity.isZero(UnsafeRawBufferPointer(rebasing: bytes[row * own..<(row + 1) * own])) else { return false }
            return stride(from: header, to: bytes.count - size + 1, by: size).allSatisfy { start in
                masks[row].allSatisfy { bytes[start + $0.byte] & $0.mask == 0 }
            }
        }
    }
}
