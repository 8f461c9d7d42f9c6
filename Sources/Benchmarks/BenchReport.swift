import Adapters
import HIFIKernels

/// Results of a plan, with all that is needed to compare them with others.
public struct BenchReport: Sendable, Hashable, Codable {
    /// What ran it.
    public let machine: BenchMachine
    /// What its memory gives, measured in the same run.
    public let bandwidth: Bandwidth
    /// The peer; nil if there is none.
    public let against: Peer?
    /// One for each case, in the order of the plan.
    public let results: [BenchResult]
    /// What was left out, and why.
    public let remarks: [String]

    /// Who ran beside the kernels.
    public struct Peer: Sendable, Hashable, Codable {
        /// What was asked for.
        public let library: String
        /// What it is.
        public let name: String
        /// Its word for its version; empty if it has none.
        public let version: String
    }

    /// Measures all cases of a plan, one after the other.
    ///
    /// - Parameters:
    ///   - against: a folder with a ggml, or a library file, to be loaded into this process.
    ///   - progress: called before each case.
    /// - Throws: `BenchPlan.Problem`, `GGMLUnavailable`, `KernelError`.
    public static func measure(
        _ plan: BenchPlan, _ sampling: BenchSampling = BenchSampling(), against: String? = nil,
        progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws -> BenchReport {
        let machine = BenchMachine.current()
        let (cases, remarks) = try plan.cases(on: machine.caches)
        let library = try against.map { path throws(GGMLUnavailable) in try GGMLLibrary(path: path) }
        let finder = library.map(BenchPeer.finder)
        let bandwidth = Bandwidth.measure(machine.caches, threads: plan.threads)
        var results: [BenchResult] = []
        for (index, measured) in cases.enumerated() {
            progress(index, cases.count)
            results.append(try Bench.measure(measured, sampling, machine: machine, bandwidth: bandwidth, peer: finder))
        }
        let peer = library.map { Peer(library: against ?? "", name: $0.name, version: $0.version) }
        return BenchReport(machine: machine, bandwidth: bandwidth, against: peer, results: results, remarks: remarks)
    }
}
