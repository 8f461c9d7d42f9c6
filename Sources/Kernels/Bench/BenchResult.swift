/// Times of many runs of the same thing, in nanoseconds a run.
public struct BenchTiming: Sendable, Hashable, Codable {
    public let minimum: Double
    public let median: Double
    /// 90th percentile.
    public let high: Double
    public let samples: Int

    init(_ times: [Double]) {
        let sorted = times.sorted()
        minimum = sorted.first ?? .nan
        median = sorted.isEmpty ? .nan : sorted[sorted.count / 2]
        high = sorted.isEmpty ? .nan : sorted[min(sorted.count - 1, sorted.count * 9 / 10)]
        samples = sorted.count
    }
}

/// What was measured.
public struct BenchResult: Sendable, Hashable, Codable {
    public let measured: BenchCase
    /// Whether the instruction set has kernels for the format; if not, this is the reference's speed.
    public let native: Bool
    public let time: BenchTiming
    /// Bytes of blocks and activations read and of results written in a run, each once.
    public let bytesRead: Int
    public let bytesWritten: Int
    /// Millions of values a second, by the fastest run.
    public let megavaluesPerSecond: Double
    /// 10⁹ bytes read and written a second, by the fastest run.
    public let gigabytesPerSecond: Double
    /// Ticks of the time-stamp counter for 32 values, by the fastest run. The counter has a fixed rate, near the
    /// processor's nominal clock; a boosted core does more cycles. Nil without such a counter.
    public let ticksPer32Values: Double?
    /// Ticks of the counter in a nanosecond.
    public let ticksPerNanosecond: Double?
    /// `gigabytesPerSecond` as a share of a large copy's, one thread; nil if that was not measured.
    public let shareOfCopyBandwidth: Double?
    public let peer: PeerResult?

    /// Another function on the same data, run in turn with the kernel.
    public struct PeerResult: Sendable, Hashable, Codable {
        public let name: String
        public let time: BenchTiming
        /// The peer's time over the kernel's, by the fastest run of each.
        public let ratio: Double
        /// The same for neighbouring runs: 10th percentile, median, 90th percentile.
        public let ratioLow: Double
        public let ratioMedian: Double
        public let ratioHigh: Double
    }
}
