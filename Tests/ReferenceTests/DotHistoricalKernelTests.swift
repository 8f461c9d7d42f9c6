import HIFIBlockSpec
import HIFIReference
import TestSupport
import Testing

@Suite("Historical kernels are reproduced to the last bit, so that results name their kernel")
struct DotHistoricalKernelTests {
    private static let recorded = RecordedDot.all.filter { ["q3_k_hifi@r6", "q3_k_hifi@r12c"].contains($0.format) }

    private func kernel(of recorded: RecordedDot) -> HistoricalKernel {
        switch (recorded.format, recorded.build) {
        case ("q3_k_hifi@r6", "native"): .r6AVX2
        case ("q3_k_hifi@r6", _): .r6Generic
        case (_, "native"): .r12Fused
        default: .r12Generic
        }
    }

    @Test("recorded products", arguments: recorded)
    func bits(_ recorded: RecordedDot) throws {
        let format = try #require(Spec.format(recorded.format))
        let results = try recorded.recordedResults()
        var matches: [HistoricalKernel: Int] = [:]
        for (operands, result) in zip(try recorded.operands(), results) {
            for kernel in HistoricalKernel.allCases
            where try kernel.dot(format, operands.weights, operands.activations).bitPattern == result.bitPattern {
                matches[kernel, default: 0] += 1
            }
        }
        let own = kernel(of: recorded)
        #expect(matches[own] == recorded.rows)
        // Another kernel can agree on a row, never on most of a set.
        for (kernel, count) in matches where kernel != own { #expect(count * 4 < recorded.rows * 3, "\(kernel)") }
    }

    @Test("formats without Q3_K base or fp16 outliers are refused")
    func refusals() throws {
        for id in ["q3_k", "q4_k_hifi", "q3_k_hifi_res8", "q3_k_hifi@r3"] {
            let format = try #require(Spec.format(id))
            #expect(throws: DotError.notHistorical(id)) { try HistoricalKernel.r6Generic.dot(format, [], []) }
        }
        let r6 = try #require(Spec.format("q3_k_hifi"))
        #expect(throws: DotError.lengths(weights: 256, activations: 0)) {
            try HistoricalKernel.r6Generic.dot(r6, [UInt8](repeating: 0, count: 134), [])
        }
    }
}
