import CUDAKernels
import Conformance
import HIFIBlockSpec
import HIFIForeign
import HIFIKernels

/// What to measure on a device: the processor's operations in those of a device, by the device's clock.
package struct DeviceBench {
    /// `decode`, `decode-f16`, `dot`, `gemm`, or `all`.
    let operations: [String]
    /// Ids, aliases or patterns with `*`, or `all`.
    let types: [String]
    /// Rows of weights; nil for the usual shapes.
    let rows: Int?
    /// Weights in a row.
    let columns: Int
    let samples: Int

    package init(operations: [String], types: [String], rows: Int?, columns: Int, samples: Int) {
        (self.operations, self.types, self.rows, self.columns, self.samples) = (operations, types, rows, columns, samples)
    }

    /// Measures all cases, one after the other, on the first device.
    ///
    /// - Throws: `unavailable` without a device or kernels, `unknown` where nothing is chosen or a shape does not fit.
    package func measure(progress: (_ done: Int, _ total: Int) -> Void) throws(RunError) -> CUDABenchReport {
        let device = try CUDABackend.open()
        let chosen = Spec.formats.filter { format in
            format.decoding != nil && types.contains { $0 == "all" || Wildcard.matches(format.id, $0) || format.aliases.contains($0) }
        }
        let names = types.map { ForeignText($0) }.joined(separator: ", ")
        guard !chosen.isEmpty else { throw .unknown("no block type matches \(names)") }
        let native = chosen.filter(device.isNative)
        guard !native.isEmpty else { throw .unavailable("there are no CUDA kernels for \(names)") }
        let cases = native.flatMap { usual($0.id) }
        guard !cases.isEmpty else { throw .unknown("the device has decode, decode-f16, dot and gemm") }
        do throws(KernelError) {
            return try CUDABench(device, samples: samples).measure(cases, progress: progress)
        } catch {
            if case .device = error { throw .unavailable("\(error)") }
            throw .unknown("\(error)")
        }
    }

    private func usual(_ format: String) -> [CUDABenchCase] {
        let wanted = CUDABenchCase.Operation.allCases.filter { operation in
            switch operation {
            case .decode: operations.contains("decode") || operations.contains("all")
            case .decodeF16: operations.contains("decode-f16") || operations.contains("all")
            case .tiles, .rows: operations.contains("dot") || operations.contains("all")
            case .matrix: operations.contains("gemm") || operations.contains("all")
            }
        }
        guard let rows else { return CUDABenchCase.usual(format).filter { wanted.contains($0.operation) } }
        return wanted.map {
            CUDABenchCase($0, format: format, rows: rows, columns: columns, activationRows: $0 == .matrix ? 512 : 1)
        }
    }
}
