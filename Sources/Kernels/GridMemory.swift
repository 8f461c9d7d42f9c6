import HIFIBlockSpec
import HIFICKernels

// The pointer of a format leads to the memory below, which is written before any format is made and stays.
extension hifi_format: @retroactive @unchecked Sendable {}

/// The numbers of the spec's grids where C finds them: entry by entry, a signed byte each.
enum GridMemory {
    /// Addresses that never change, of memory that nobody writes to any more.
    private struct Place: @unchecked Sendable {
        let grid: Grid
        let pointer: UnsafePointer<Int8>
    }

    private static let places = Dictionary(
        Spec.grids.map { grid in
            // Where a line of the cache begins, so that no entry lies in two.
            let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: grid.numbers.count, alignment: 64)
            let numbers = memory.bindMemory(to: Int8.self)
            _ = numbers.initialize(from: grid.numbers)
            return (grid.id, numbers.baseAddress.map { Place(grid: grid, pointer: UnsafePointer($0)) })
        },
        uniquingKeysWith: { first, _ in first })

    /// Nil for a grid that is not the spec's.
    static func pointer(to grid: Grid) -> UnsafePointer<Int8>? {
        guard let known = places[grid.id], let place = known, place.grid == grid else { return nil }
        return place.pointer
    }
}
