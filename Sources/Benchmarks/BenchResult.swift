/// Times of many runs of the same thing, in nanoseconds a run.
public struct BenchTiming: Sendable, Hashable, Codable {
    /// The fastest sample.
    public let minimum: Double
    /// The one in the middle.
    public let median: Double
    /// 90th percentile.
    public let high: Double
    /// How many.
    public let samples: Int

    init(_ times: [Double]) {
        let sorted = times.sorted()
        minimum = sorted.first ?? .nan
        median = sorted.isEmpty ? .nan : sorted[sorted.count / 2]
        high = sorted.isEmpty ? .nan : sorted[min(sorted.count - 1, sorted.count * 9 / 10)]
        samples = sorted.count
    }
}

/// One time over another, taken sample by sample from neighbours.
public struct BenchRatio: Sendable, Hashable, Codable {
    /// 10th percentile.
    public let low: Double
    /// The one in the middle.
    public let median: Double
    /// 90th percentile.
    public let high: Double

    init(_ times: [Double], over others: [Double]) {
        let ratios = zip(times, others).map { $0 / $1 }.sorted()
        func percentile(_ share: Double) -> Double { ratios.isEmpty ? .nan : ratios[Int((Double(ratios.count - 1) * share).rounded())] }
        (low, median, high) = (percentile(0.1), percentile(0.5), percentile(0.9))
    }
}

/// What was measured.
public struct BenchResult: Sendable, Hashable, Codable {
    /// The case.
    public let measured: BenchCase
    /// Whether the instruction set has kernels for the format; if not, this is the reference's speed.
    public let native: Bool
    /// Nanoseconds of a run.
    public let time: BenchTiming
    /// Bytes of blocks and activations read in a run, each once.
    public let bytesRead: Int
    /// Bytes of results written in a run.
    public let bytesWritten: Int
    /// Millions of values a second, by the fastest run.
    public let megavaluesPerSecond: Double
    /// 10⁹ bytes read and written a second, by the fastest run.
    public let gigabytesPerSecond: Double
    /// Clock cycles for 32 values, by the fastest run and the estimated clock; nil without an estimate, and for many threads.
    public let cyclesPer32Values: Double?
    /// `gigabytesPerSecond` as a share of what was measured for copying (of operations that write about as much as they read) or
    /// reading in the same place; nil where arithmetic is the bound, or where that was not measured.
    public let shareOfBandwidth: Double?
    /// The peer's function on the same data; nil if none was asked for, or it has none.
    public let peer: PeerResult?
    /// Why there is no comparison although one was asked for.
    public let peerMissing: String?
    /// Of `scan`: the scan together with the digest that verification takes.
    public let hashing: HashingResult?

    /// Another function on the same data, run in turn with the kernel.
    public struct PeerResult: Sendable, Hashable, Codable {
        /// What ran.
        public let name: String
        /// Nanoseconds of a run.
        public let time: BenchTiming
        /// The peer's time over the kernel's: above 1 the kernel is faster.
        public let ratio: BenchRatio
    }

    /// Scan and digest of the same bytes, chunk by chunk.
    public struct HashingResult: Sendable, Hashable, Codable {
        /// Nanoseconds of XXH3 over all blocks.
        public let alone: BenchTiming
        /// Nanoseconds of XXH3 and the scan in one pass.
        public let together: BenchTiming
        /// `together` over `alone`: what checking every block costs, 1 being nothing.
        public let ratio: BenchRatio
        /// Checks that the kernels answer for, of those that the format has.
        public let quickChecks: Int
        /// Checks of the format.
        public let checks: Int
    }
}
