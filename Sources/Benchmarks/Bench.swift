import HIFIBlockSpec
import HIFIKernels

/// Measures kernels. One thread is timed in processor time, several in wall time.
public enum Bench {
    /// Measures one case.
    ///
    /// - Parameters:
    ///   - machine: for its clock, to tell cycles.
    ///   - bandwidth: to tell the share of it.
    ///   - peer: finds a function to run in turn with the kernel, sample by sample.
    /// - Throws: `KernelError` for an unknown format, an instruction set that is not there, impossible sizes.
    public static func measure(
        _ measured: BenchCase, _ sampling: BenchSampling = BenchSampling(), machine: BenchMachine? = nil, bandwidth: Bandwidth? = nil,
        peer: BenchPeer.Finder? = nil
    ) throws(KernelError) -> BenchResult {
        guard let format = Spec.format(measured.format) else { throw .unavailable("the format \(measured.format)") }
        let backend = try CPUBackend(isa: measured.isa, threads: measured.threads)
        let data = try BenchData(measured, format, backend)
        let subject = try BenchSubject(measured, data.input, backend)
        var works = [subject.run]
        var found: (name: String, place: Int)?
        var missing: String?
        switch peer?(measured, data.input) {
        case .function(let name, let run)?:
            found = (name, works.count)
            works.append(run)
        case .missing(let reason)?: missing = reason
        case nil: break
        }
        let hashing = measured.operation == .scan ? HashedScan(data.input, measured.isa) : nil
        let hashPlace = works.count
        if let hashing { works += [hashing.hash, hashing.hashAndScan] }

        let times = BenchClock(threads: measured.threads).interleave(sampling, works)
        withExtendedLifetime(data) {}
        let timing = BenchTiming(times[0])
        let speed = Double(data.bytesRead + data.bytesWritten) / timing.minimum
        let clock = measured.threads == 1 ? machine?.clock : nil
        return BenchResult(
            measured: measured, native: subject.isNative, time: timing, bytesRead: data.bytesRead, bytesWritten: data.bytesWritten,
            megavaluesPerSecond: Double(measured.values) / timing.minimum * 1000, gigabytesPerSecond: speed,
            cyclesPer32Values: clock.map { $0 * timing.minimum * 32 / Double(measured.values) },
            shareOfBandwidth: bandwidth.flatMap { limit(measured, data, $0) }.map { speed / $0 },
            peer: found.map { name, place in
                .init(name: name, time: BenchTiming(times[place]), ratio: BenchRatio(times[place], over: times[0]))
            }, peerMissing: missing,
            hashing: hashing.map { hashing in
                .init(
                    alone: BenchTiming(times[hashPlace]), together: BenchTiming(times[hashPlace + 1]),
                    ratio: BenchRatio(times[hashPlace + 1], over: times[hashPlace]), quickChecks: hashing.scanner.quickChecks.count,
                    checks: hashing.scanner.checks.count)
            })
    }

    /// What memory allows where the data lies, in 10⁹ bytes a second.
    private static func limit(_ measured: BenchCase, _ data: BenchData, _ bandwidth: Bandwidth) -> Double? {
        guard bandwidth.threads == measured.threads else { return nil }
        let place = data.bytesRead + data.bytesWritten < bandwidth.memory.bytes / 4 ? bandwidth.cache : bandwidth.memory
        switch measured.operation {
        case .decode, .decodeF16, .activation: return place.copy
        case .dot: return place.read
        // A scan skips most of what it scans.
        case .gemm, .encode, .scan: return nil
        }
    }
}
