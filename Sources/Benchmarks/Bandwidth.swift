#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import HIFIKernels
import HIFIThreads

/// What memory gives: 10⁹ bytes a second, the best of a few runs. A copy counts what it reads and what it writes.
public struct Bandwidth: Sendable, Hashable, Codable {
    /// In one place.
    public struct Speeds: Sendable, Hashable, Codable {
        /// Bytes touched.
        public let bytes: Int
        /// By the C library's copy.
        public let copy: Double
        /// By the C library's search for a byte that is not there.
        public let read: Double
    }

    /// In half of the second-level cache.
    public let cache: Speeds
    /// In memory several times as large as the last cache.
    public let memory: Speeds
    /// Threads at work.
    public let threads: Int

    /// Measures for a number of threads, each with a part of the memory.
    public static func measure(_ caches: Caches, threads: Int = 1) -> Bandwidth {
        let pool = ThreadPool(threads: threads)
        return Bandwidth(
            cache: measure(bytes: caches.cacheBytes * threads, pool, threads: threads),
            memory: measure(bytes: caches.memoryBytes, pool, threads: threads), threads: threads)
    }

    /// Speeds of copying from one half of so many bytes to the other, and of reading all of them.
    static func measure(bytes: Int, _ pool: ThreadPool, threads: Int) -> Speeds {
        let half = max(4096, bytes / 2 / threads) * threads
        let memory = UnsafeMutableRawPointer.allocate(byteCount: 2 * half, alignment: 4096)
        defer { memory.deallocate() }
        memset(memory, 1, 2 * half)
        let parts = SharedMemory(start: memory)
        let part = half / threads
        let times = BenchClock(threads: threads).interleave(
            BenchSampling(samples: 9, nanoseconds: 2e6),
            [
                { pool.run(threads) { memcpy(parts.start + $0 * part, parts.start + half + $0 * part, part) } },
                {
                    pool.run(threads) { index in
                        let found = memchr(parts.start + index * 2 * part, 2, 2 * part)
                        precondition(found == nil)
                    }
                },
            ])
        return Speeds(
            bytes: 2 * half, copy: Double(2 * half) / (times[0].min() ?? .nan), read: Double(2 * half) / (times[1].min() ?? .nan))
    }

    private struct SharedMemory: @unchecked Sendable {
        // Unchecked: each thread writes its own part.
        let start: UnsafeMutableRawPointer
    }
}
