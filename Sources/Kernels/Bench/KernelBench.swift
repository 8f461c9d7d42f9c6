import BlockSpec
import CKernels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Measures kernels. One thread is timed in processor time, several in wall time.
public enum KernelBench {
    /// A function of a peer's, on the same input.
    public struct Peer: Sendable {
        public let name: String
        public let run: @Sendable (BenchInput) -> Void

        public init(name: String, run: @escaping @Sendable (BenchInput) -> Void) {
            self.name = name
            self.run = run
        }
    }

    /// Measures one case.
    ///
    /// - Parameters:
    ///   - samples: how often; each sample repeats the operation for `sampleNanoseconds` or longer. A machine that does
    ///     other things needs more samples, not longer ones.
    ///   - copyBandwidth: of `measureCopyBandwidth`, to tell the share.
    ///   - peer: run in turn with the kernel, sample by sample.
    /// - Throws: `KernelError` for an unknown format, an instruction set that is not there, impossible sizes.
    public static func measure(
        _ measured: BenchCase, samples: Int = 15, sampleNanoseconds: Double = 5e6, copyBandwidth: Double? = nil, peer: Peer? = nil
    ) throws(KernelError) -> BenchResult {
        guard let format = Spec.format(measured.format) else { throw .unavailable("the format \(measured.format)") }
        let backend = try CPUBackend(isa: measured.isa, threads: measured.threads)
        let data = try BenchData(measured, format, backend)
        try run(measured, backend, data)  // once, to fail before time is spent, and to warm up
        // One thread is timed by its own clock, which stands still while others have the processor.
        let clock = measured.threads == 1 ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC
        let runs = repetitions(clock, sampleNanoseconds) { try? run(measured, backend, data) }
        let peerRuns = peer.map { peer in repetitions(clock, sampleNanoseconds) { peer.run(data.input) } }
        var own: [Double] = []
        var others: [Double] = []
        let (ticks, start) = (hifi_ticks(), nanoseconds(CLOCK_MONOTONIC))
        for _ in 0..<max(1, samples) {
            own.append(time(clock, runs) { try? run(measured, backend, data) })
            if let peer, let peerRuns { others.append(time(clock, peerRuns) { peer.run(data.input) }) }
        }
        let elapsed = nanoseconds(CLOCK_MONOTONIC) - start
        #if arch(x86_64)
            let rate: Double? = Double(hifi_ticks() &- ticks) / max(1, elapsed)
        #else
            let rate: Double? = nil
        #endif
        let timing = BenchTiming(own)
        let bytes = data.bytes(of: measured)
        let speed = Double(bytes.read + bytes.written) / timing.minimum
        return BenchResult(
            measured: measured, native: backend.isNative(format), time: timing, bytesRead: bytes.read, bytesWritten: bytes.written,
            megavaluesPerSecond: Double(measured.values) / timing.minimum * 1000, gigabytesPerSecond: speed,
            ticksPer32Values: rate.map { $0 * timing.minimum * 32 / Double(measured.values) }, ticksPerNanosecond: rate,
            shareOfCopyBandwidth: copyBandwidth.map { speed / $0 }, peer: peer.map { result($0.name, own, others) })
    }

    /// 10⁹ bytes read and written a second by copying memory far larger than a cache, the best of a few runs.
    public static func measureCopyBandwidth(bytes: Int = 1 << 26, runs: Int = 5) -> Double {
        let count = max(4096, bytes)
        let source = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 4096)
        let target = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 4096)
        defer {
            source.deallocate()
            target.deallocate()
        }
        memset(source, 1, count)
        memset(target, 2, count)
        var best = 0.0
        for _ in 0..<max(1, runs) {
            best = max(best, 2 * Double(count) / max(1, time(CLOCK_THREAD_CPUTIME_ID, 1) { memcpy(target, source, count) }))
        }
        return best
    }

    private static func run(_ measured: BenchCase, _ backend: CPUBackend, _ data: BenchData) throws(KernelError) {
        let input = data.input
        switch measured.operation {
        case .decode: try backend.decode(input.format, input.blocks, into: input.output)
        case .decodeF16: try backend.decode(input.format, input.blocks, as: .f16, into: data.halves)
        case .quantize: _ = try backend.quantize(input.values, columns: input.columns)
        case .dot, .gemm: try backend.multiply(input.format, input.blocks, by: input.activations, into: input.output)
        }
    }

    private static func result(_ name: String, _ own: [Double], _ others: [Double]) -> BenchResult.PeerResult {
        let (timing, peer) = (BenchTiming(own), BenchTiming(others))
        let ratios = zip(others, own).map { $0 / $1 }.sorted()
        func percentile(_ share: Double) -> Double { ratios.isEmpty ? .nan : ratios[Int(Double(ratios.count - 1) * share)] }
        return BenchResult.PeerResult(
            name: name, time: peer, ratio: peer.minimum / timing.minimum, ratioLow: percentile(0.1), ratioMedian: percentile(0.5),
            ratioHigh: percentile(0.9))
    }

    /// How often to run so that a sample lasts long enough for the clock.
    private static func repetitions(_ clock: clockid_t, _ wanted: Double, _ body: () -> Void) -> Int {
        var runs = 1
        while runs < 1 << 20 {
            let taken = time(clock, runs, body) * Double(runs)
            if taken >= wanted / 2 { return max(1, Int(Double(runs) * wanted / max(1, taken))) }
            runs *= 2
        }
        return runs
    }

    /// Nanoseconds a run.
    private static func time(_ clock: clockid_t, _ runs: Int, _ body: () -> Void) -> Double {
        let start = nanoseconds(clock)
        for _ in 0..<runs { body() }
        return (nanoseconds(clock) - start) / Double(runs)
    }

    private static func nanoseconds(_ clock: clockid_t) -> Double {
        var now = timespec()
        clock_gettime(clock, &now)
        return Double(now.tv_sec) * 1e9 + Double(now.tv_nsec)
    }
}
