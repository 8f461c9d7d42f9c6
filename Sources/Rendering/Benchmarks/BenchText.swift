import Benchmarks
import Console
import Pages

/// Measurements for people: the machine, then a table for each operation.
package enum BenchText {
    package static func lines(_ report: BenchReport) -> [String] {
        var lines = machine(report)
        if let peer = report.against {
            lines.append("in turn with \(peer.name)\(peer.version.isEmpty ? "" : " \(peer.version)") of \(peer.library)")
        }
        for operation in BenchCase.Operation.allCases {
            let results = report.results.filter { $0.measured.operation == operation }
            if results.isEmpty { continue }
            lines += ["", Style.bold(operation.rawValue) + title(operation, results)]
            lines +=
                operation == .scan ? scanTable(results, against: report.against != nil) : table(results, against: report.against != nil)
        }
        if !report.remarks.isEmpty { lines += [""] + report.remarks }
        let lonely = report.results.filter { $0.peerMissing != nil }
        if !lonely.isEmpty {
            lines += ["", Style.yellow("\(lonely.count) of \(report.results.count) NOT compared: the peer has no such function")]
        }
        return lines
    }

    /// Tokens a second.
    package static func lines(_ report: ModelBench) -> [String] {
        var table = TextTable([("", .left), ("tokens/s", .right), ("slowest", .right)])
        for result in report.results {
            let slowest = result.rates.min() ?? 0
            table.add(result.operation, result.tokensPerSecond.rounded(toPlaces: 1), slowest.rounded(toPlaces: 1))
        }
        return [
            processor(report.machine),
            "\(report.model), kernels \(report.kernel)\(report.device.map { " on \($0)" } ?? ""), "
                + "\(report.threads == 1 ? "one thread" : "\(report.threads) threads")",
            "",
        ] + table.lines()
    }

    private static func machine(_ report: BenchReport) -> [String] {
        let (machine, bandwidth) = (report.machine, report.bandwidth)
        let used = Set(report.results.map(\.measured.isa.rawValue)).sorted().joined(separator: ", ")
        let sets = machine.instructionSets.map(\.rawValue).joined(separator: ", ")
        func speeds(_ speeds: Bandwidth.Speeds) -> String {
            "copies \(speeds.copy.rounded(toPlaces: 1)), reads \(speeds.read.rounded(toPlaces: 1)) GB/s in \(ByteCount.text(speeds.bytes))"
        }
        let threads = bandwidth.threads == 1 ? "one thread" : "\(bandwidth.threads) threads"
        return [
            processor(machine), "kernels \(used) (of \(sets)), \(threads)", speeds(bandwidth.cache), speeds(bandwidth.memory),
        ]
    }

    private static func processor(_ machine: BenchMachine) -> String {
        "\(machine.processor), \(machine.architecture), \(machine.processors) processors, about \(machine.clock.rounded(toPlaces: 2)) GHz"
    }

    private static func title(_ operation: BenchCase.Operation, _ results: [BenchResult]) -> String {
        let shapes = Set(results.map { "\($0.measured.columns)" }).sorted().joined(separator: ", ")
        let many = operation == .gemm ? " by \(results.first?.measured.activationRows ?? 0) rows of activations" : ""
        return " (rows of \(shapes)\(many))"
    }

    private static func table(_ results: [BenchResult], against: Bool) -> [String] {
        var table = TextTable(
            [
                ("type", .left), ("data", .left), ("rows", .right), ("Mvalue/s", .right), ("GB/s", .right), ("cycles/32", .right),
                ("of bandwidth", .right),
            ] + (against ? [("times the peer", .right), ("", .left)] : []))
        for result in results {
            var cells = common(result)
            if against { cells += peer(result) }
            table.add(cells)
        }
        return table.lines(indent: "  ")
    }

    private static func scanTable(_ results: [BenchResult], against: Bool) -> [String] {
        var table = TextTable(
            [
                ("type", .left), ("data", .left), ("rows", .right), ("Mvalue/s", .right), ("GB/s", .right), ("cycles/32", .right),
                ("with XXH3, over XXH3 alone", .right), ("quick checks", .right),
            ] + (against ? [("times the peer", .right), ("", .left)] : []))
        for result in results {
            var cells = Array(common(result).dropLast())
            if let hashing = result.hashing {
                cells += [spread(hashing.ratio), "\(hashing.quickChecks) of \(hashing.checks)"]
            } else {
                cells += ["", ""]
            }
            if against { cells += peer(result) }
            table.add(cells)
        }
        return table.lines(indent: "  ")
    }

    private static func common(_ result: BenchResult) -> [String] {
        let name = result.measured.format + (result.native ? "" : " (no kernel: reference)")
        let share = result.shareOfBandwidth.map { "\((100 * $0).rounded(toPlaces: 0)) %" } ?? ""
        return [
            name, result.measured.size.rawValue, "\(result.measured.rows)", result.megavaluesPerSecond.rounded(toPlaces: 0),
            result.gigabytesPerSecond.rounded(toPlaces: 1), result.cyclesPer32Values?.rounded(toPlaces: 2) ?? "", share,
        ]
    }

    private static func peer(_ result: BenchResult) -> [String] {
        if let peer = result.peer { return [spread(peer.ratio), peer.name] }
        return ["–", "NOT COMPARED: \(result.peerMissing ?? "no peer")"]
    }

    /// The median and the middle four fifths.
    private static func spread(_ ratio: BenchRatio) -> String {
        "\(ratio.median.rounded(toPlaces: 2)) (\(ratio.low.rounded(toPlaces: 2)) – \(ratio.high.rounded(toPlaces: 2)))"
    }
}
