import Foundation
import Testing

/// Speed that can be counted: sectors of global memory and passes over the banks of shared memory, of every instruction that the
/// benchmark's kernels run.
@Suite("Kernels ask memory for little more than they must", .serialized, .onOwnThread) struct TrafficTests {
    /// What all loads, or all stores, of a kernel cost.
    struct Cost {
        var units = 0, least = 0
        var ratio: Double { Double(units) / Double(least) }
    }

    static let measured = Result { () -> [String: Cost] in
        var costs: [String: Cost] = [:]
        for (type, operation, rows, columns) in [
            ("q3_k", "dot", "32", "4096"), ("q4_k", "dot", "32", "4096"), ("q5_k", "dot", "32", "4096"), ("q6_k", "dot", "32", "4096"),
            ("q8_0", "dot", "32", "4096"), ("q3_k_hifi@r6", "dot", "32", "4096"), ("q3_k_hifi_res8", "dot", "32", "4096"),
            ("q3_k_hifi@r6", "gemm", "128", "512"), ("q4_k", "gemm", "128", "512"), ("q6_k", "gemm", "128", "512"),
            ("q8_0", "gemm", "128", "512"),
        ] {
            let file = FileManager.default.temporaryDirectory.appendingPathComponent("hifi-traffic-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: file) }
            let words = ["bench", "--backend", "cuda", "--samples", "1", "--type", type, "--op", operation, "--rows", rows]
            let (status, output) = try Program.run(
                Program.hifi, words + ["--columns", columns],
                environment: ["HIFI_LIBCUDA": PTXLibrary.fused.get(), "HIFI_SHIM_TRAFFIC": file.path])
            try #require(status == 0, "\(output)")
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                let fields = line.split(separator: "\t").map(String.init)
                guard fields.count == 7, let units = Int(fields[5]), let least = Int(fields[6]) else { continue }
                costs["\(fields[0]) \(fields[2]) \(fields[3])", default: Cost()].units += units
                costs["\(fields[0]) \(fields[2]) \(fields[3])", default: Cost()].least += least
            }
        }
        return costs
    }

    /// Nearly all bytes that are asked for are needed, and nothing is asked for twice.
    @Test("global memory: whole sectors", arguments: ["tiles", "rows", "matrix"])
    func sectors(kind: String) throws {
        let costs = try Self.measured.get().filter { $0.key.hasPrefix("hifi_\(kind)_") && $0.key.hasSuffix("global load") }
        #expect(costs.count >= 4)
        for (name, cost) in costs { #expect(cost.ratio < 1.15, "\(name): \(cost)") }
    }

    @Test("shared memory: no bank is asked for two words at once by the kernels on tiles", arguments: ["tiles", "matrix"])
    func banks(kind: String) throws {
        let costs = try Self.measured.get().filter { $0.key.hasPrefix("hifi_\(kind)_") && $0.key.hasSuffix("shared load") }
        #expect(costs.count >= 4)
        // Outliers' activations lie anywhere: the benchmark's are all zero, in one place.
        for (name, cost) in costs { #expect(cost.units == cost.least, "\(name): \(cost)") }
    }

    /// Blocks that are aligned to two bytes are read in words from anywhere.
    @Test("shared memory: seldom more than two by those on the file's layout")
    func banksOfRows() throws {
        let costs = try Self.measured.get().filter { $0.key.hasPrefix("hifi_rows_") && $0.key.hasSuffix("shared load") }
        #expect(costs.count == 7)
        for (name, cost) in costs {
            let aligned = ["q4_k", "q5_k", "q8_0"].contains { name.contains($0) }
            #expect(aligned ? cost.units == cost.least : cost.ratio < 1.75, "\(name): \(cost)")
        }
    }
}
