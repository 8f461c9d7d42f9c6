#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How long and how often something is timed.
public struct BenchSampling: Sendable, Hashable {
    /// How often. A machine that does other things needs more samples, not longer ones.
    public var samples: Int
    /// A sample repeats the work for this long, or does it once.
    public var nanoseconds: Double

    /// Fifteen samples of five milliseconds by default.
    public init(samples: Int = 15, nanoseconds: Double = 5e6) {
        (self.samples, self.nanoseconds) = (samples, nanoseconds)
    }
}

/// Times pieces of work in turn.
struct BenchClock {
    private let clock: clockid_t

    /// - Parameter threads: one thread is timed by its own clock, which stands still while others have the processor.
    init(threads: Int) { clock = threads == 1 ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC }

    /// Nanoseconds of one run of each piece of work, sample by sample in turn, so that whatever slows the machine for a while
    /// slows them all.
    func interleave(_ sampling: BenchSampling, _ works: [() -> Void]) -> [[Double]] {
        let runs = works.map { repetitions(sampling.nanoseconds, $0) }
        var times = works.map { _ in [Double]() }
        for _ in 0..<max(1, sampling.samples) {
            for (index, work) in works.enumerated() { times[index].append(time(runs[index], work)) }
        }
        return times
    }

    /// Nanoseconds a run.
    func time(_ runs: Int, _ work: () -> Void) -> Double {
        let start = now()
        for _ in 0..<runs { work() }
        return (now() - start) / Double(runs)
    }

    /// How often to run so that a sample lasts long enough for the clock. Warms up, too.
    private func repetitions(_ wanted: Double, _ work: () -> Void) -> Int {
        var runs = 1
        while runs < 1 << 20 {
            let taken = time(runs, work) * Double(runs)
            if taken >= wanted / 2 { return max(1, Int(Double(runs) * wanted / max(1, taken))) }
            runs *= 2
        }
        return runs
    }

    private func now() -> Double {
        var now = timespec()
        clock_gettime(clock, &now)
        return Double(now.tv_sec) * 1e9 + Double(now.tv_nsec)
    }
}
