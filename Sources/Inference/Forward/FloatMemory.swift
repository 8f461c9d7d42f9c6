/// A block of fp32 at an address aligned to 64 bytes, zero at first, freed with its last reference.
///
/// Tasks on several threads write disjoint parts of it; the caller decides which.
final class FloatMemory: @unchecked Sendable {
    // Unchecked: see above. The address never changes.
    let start: UnsafeMutablePointer<Float>
    let count: Int

    /// - Throws: `tooLarge` where the size does not fit an integer, or the machine: a file's numbers decide about sizes, and must not
    ///   bring the machine to its knees. `noMemory` where it would, and there is none.
    init(_ factors: Int..., for purpose: String) throws(ModelError) {
        var total = 1
        for factor in factors {
            let (product, overflow) = total.multipliedReportingOverflow(by: factor)
            guard !overflow, product >= 0 else { throw .tooLarge(purpose) }
            total = product
        }
        guard total <= Self.largest else { throw .tooLarge(purpose) }
        guard let memory = Self.zeroed(total) else { throw .noMemory(purpose) }
        (start, count) = (memory, total)
    }

    deinit { free(start) }

    /// Numbers that fill half of the machine's memory.
    private static let largest = max(1 << 20, sysconf(Int32(_SC_PHYS_PAGES)) / 8 * sysconf(Int32(_SC_PAGESIZE)))

    private static func zeroed(_ count: Int) -> UnsafeMutablePointer<Float>? {
        var raw: UnsafeMutableRawPointer?
        let bytes = (max(1, count) * 4 + 63) / 64 * 64
        guard posix_memalign(&raw, 64, bytes) == 0, let raw else { return nil }
        memset(raw, 0, bytes)
        return raw.bindMemory(to: Float.self, capacity: count)
    }

    /// Row `index` and on, where rows are `width` long.
    func row(_ index: Int, width: Int) -> UnsafeMutablePointer<Float> {
        precondition(index >= 0 && width >= 0 && index * width <= count, "row outside the memory")
        return start + index * width
    }

    /// The first numbers.
    func prefix(_ length: Int) -> UnsafeBufferPointer<Float> {
        precondition(length <= count, "more than the memory has")
        return UnsafeBufferPointer(start: start, count: length)
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
