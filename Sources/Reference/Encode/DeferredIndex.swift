import HIFIBlockSpec
import Synchronization

/// What finds the entries of one sub-block in place of the reference, with the same result (ENC-35).
///
/// - Parameters:
///   - x, weights, roots: magnitudes, what their errors count, and by what neighbours are compared.
///   - base: what the top number is divided by in the middle trial.
///   - levels: receives a level for each weight.
/// - Returns: the scale; nil where it is left to the reference.
package typealias EntryKernel =
    @Sendable (
        _ x: UnsafePointer<Float>, _ weights: UnsafePointer<Float>, _ roots: UnsafePointer<Float>, _ base: Float,
        _ levels: UnsafeMutablePointer<UInt8>
    ) -> Float?

/// Makes a kernel for an index and the rule of a format; nil if there is none.
package typealias EntryKernelMaker = @Sendable (_ index: EntryIndex, _ rule: EntryRule) -> EntryKernel?

/// An index that is made when it is first needed: much is asked about formats that nobody then encodes to.
final class DeferredIndex: Sendable {
    /// What is made.
    struct Made: Sendable {
        let index: EntryIndex
        let kernel: EntryKernel?
    }

    private let grid: Grid
    private let shells: Int
    private let maker: @Sendable (EntryIndex) -> EntryKernel?
    private let made = Mutex<Made?>(nil)

    /// Nil unless entries have so many lanes and levels.
    init?(
        _ grid: Grid, shells: Int, shapes: [(lanes: Int, levels: Int)],
        maker: @escaping @Sendable (EntryIndex) -> EntryKernel? = { _ in nil }
    ) {
        let levels = Set(grid.numbers).count
        guard shapes.contains(where: { $0 == (grid.lanes, levels) }) else { return nil }
        (self.grid, self.shells, self.maker) = (grid, shells, maker)
    }

    /// The index, and the kernel that searches it.
    var value: Made {
        made.withLock { made in
            if let made { return made }
            let index = EntryIndex.of(grid, shells: shells)
            let new = Made(index: index, kernel: maker(index))
            made = new
            return new
        }
    }

    /// The index alone.
    var index: EntryIndex { value.index }
}
