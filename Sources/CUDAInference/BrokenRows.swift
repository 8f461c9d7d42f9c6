import CUDAKernels
import Inference

/// Where numbers that are not finite first appear: the device looks at rows as they are made, the processor reads the outcome once,
/// after the whole pass.
struct BrokenRows {
    private let backend: CUDABackend
    private let flags: DeviceArray<Int32>
    private var looks: [Look] = []

    private struct Look {
        /// Names the rows; called for an error only.
        let what: () -> String
        /// Position of a row in its sequence.
        let position: (Int) -> Int
    }

    /// - Parameter limit: looks at most.
    init(_ backend: CUDABackend, limit: Int) throws(CUDAError) {
        self.backend = backend
        flags = try DeviceArray(backend, count: limit)
    }

    /// Forgets what was seen.
    mutating func reset() throws(CUDAError) {
        looks.removeAll(keepingCapacity: true)
        try flags.fill(.max)
    }

    /// Looks at rows of an array.
    mutating func look(
        _ values: DeviceArray<Float>, rows: Int, width: Int, position: @escaping (Int) -> Int, _ what: @escaping () -> String
    ) throws(CUDAError) {
        try backend.findBroken(values, width: width, rows: rows, flag: flag(position: position, what))
    }

    /// A flag for a kernel that looks at rows as it reads them.
    mutating func flag(position: @escaping (Int) -> Int, _ what: @escaping () -> String) -> DeviceArray<Int32> {
        precondition(looks.count < flags.count, "more looks than there are flags")
        looks.append(Look(what: what, position: position))
        return flags.slice(looks.count - 1..<looks.count)
    }

    /// Waits for the pass. Nil if all that was looked at is finite.
    func first() throws(CUDAError) -> ModelError? {
        let rows = try flags.slice(0..<looks.count).download()
        for (row, look) in zip(rows, looks) where row != .max { return .nonFinite(look.what(), position: look.position(Int(row))) }
        return nil
    }
}
