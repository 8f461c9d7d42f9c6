import CUDAKernels
import Conformance
import HIFIBlockSpec
import HIFIForeign
import HIFIKernels

extension BenchCommand {
    /// The same command on a device: other operations, the device's clock, its own report.
    func runOnDevice() throws {
        let device = try CUDASystem.open(.automatic)
        let chosen = Spec.formats.filter { format in
            format.decoding != nil && chosenTypes.contains { $0 == "all" || Wildcard.matches(format.id, $0) || format.aliases.contains($0) }
        }
        let names = chosenTypes.map { ForeignText($0) }.joined(separator: ", ")
        guard !chosen.isEmpty else { throw Failure(.usage, "no block type matches \(names)") }
        let native = chosen.filter(device.isNative)
        guard !native.isEmpty else { throw Failure(.unavailable, "there are no CUDA kernels for \(names)") }
        let cases = native.flatMap { usual($0.id) }
        guard !cases.isEmpty else { throw Failure(.usage, "the device has decode, decode-f16, dot and gemm") }
        let progress = output.progress(counting: .things("measurements"))
        defer { progress.finish() }
        let report: CUDABenchReport
        do throws(KernelError) {
            report = try CUDABench(device, samples: samples ?? 15).measure(cases, progress: progress.update)
        } catch {
            if case .device = error { throw Failure(.unavailable, "\(error)") }
            throw Failure(.usage, "\(error)")
        }
        progress.finish()
        guard !output.quiet else { return }
        Standard.print(format == .json ? try JSONText.render(report) : CUDABenchText.lines(report).joined(separator: "\n"))
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
            CUDABenchCase($0, format: format, rows: rows, columns: columns ?? Self.usualColumns, activationRows: $0 == .matrix ? 512 : 1)
        }
    }
}
