import HIFIBlockSpec
import HIFIForeign
import HIFIKernels
import HIFIReference

/// Kernels of this package as a system under test.
public struct KernelSystem: SystemUnderTest {
    /// `cpu:` and the backend's name, unless another was given.
    public let name: String

    private let backend: any KernelBackend

    /// Wraps a backend.
    public init(_ backend: any KernelBackend, name: String? = nil) {
        self.backend = backend
        self.name = name ?? "cpu:\(backend.name)"
    }

    /// Answers one request; formats without kernels of their own are skipped.
    public func answer(_ request: Request) -> Answer { answer(request, shift: 0) }

    /// Answers one request with blocks and numbers so many of them into an allocation.
    public func answer(_ request: Request, shift: Int) -> Answer {
        do {
            switch request {
            case .decode(let name, let blocks):
                guard let format = Spec.format(name), backend.decodesNatively(format) else {
                    return .skipped(reason: "no kernel for \(ForeignText(name))")
                }
                guard let count = format.weights(inRowOf: blocks.count) else { return .error("\(blocks.count) bytes are not a row") }
                var weights = [Float](repeating: 0, count: count)
                try decode(format, blocks, shift, into: &weights)
                return .floats(weights.map(\.bitPattern))
            case .encode(let name, let path, let values, let columns, let importance):
                guard let encoder = try encoder(name, path) else { return .skipped(reason: "no encoding kernel for \(ForeignText(name))") }
                return .bytes(try encoder.encode(values, columns: columns, importance: importance))
            case .quantizeActivations(let name, let values): return try quantize(name, values)
            case .dot(let name, let blocks, "q8_k", let activations):
                guard let format = multiplied(name) else { return .skipped(reason: "no kernel for \(ForeignText(name))") }
                return .floats(try product(format, blocks, 1, activations, 1, shift).map(\.bitPattern))
            case .product(let name, let blocks, let rows, "q8_k", let activations, let columns):
                guard let format = multiplied(name) else { return .skipped(reason: "no kernel for \(ForeignText(name))") }
                return .floats(try product(format, blocks, rows, activations, columns, shift).map(\.bitPattern))
            case .dot(let name, _, let activation, _), .product(let name, _, _, let activation, _, _):
                return .skipped(reason: "no kernel for \(ForeignText(name)) with \(ForeignText(activation))")
            }
        } catch {
            return .error("\(error)")
        }
    }

    /// Nil where encoding would be the reference's work.
    private func encoder(_ name: String, _ path: Request.EncodePath) throws(EncodeError) -> BlockEncoder? {
        guard let format = Spec.format(name), let cpu = backend as? CPUBackend, ReferenceEncoder.canEncode(format) else { return nil }
        let encoder = try BlockEncoder(format, path: path == .chunk ? .chunk : .reference, backend: cpu)
        return encoder.isNative ? encoder : nil
    }

    /// Nil where multiplying would be the reference's work.
    private func multiplied(_ name: String) -> BlockFormat? {
        Spec.format(name).flatMap { backend.isNative($0) && $0.elements == 256 ? $0 : nil }
    }

    private func decode(_ format: BlockFormat, _ blocks: [UInt8], _ shift: Int, into weights: inout [Float]) throws(KernelError) {
        let blocks = [UInt8](repeating: 0, count: shift * format.bytes) + blocks
        let result: Result<Void, KernelError> = blocks.withUnsafeBytes { bytes in
            weights.withUnsafeMutableBufferPointer { output in
                Result { () throws(KernelError) in
                    try backend.decode(format, UnsafeRawBufferPointer(rebasing: bytes[(shift * format.bytes)...]), into: output)
                }
            }
        }
        try result.get()
    }

    private func quantize(_ name: String, _ values: [Float]) throws(KernelError) -> Answer {
        guard name == "q8_k" || name == "q8_0" else { return .skipped(reason: "no kernel for \(ForeignText(name))") }
        guard values.allSatisfy(\.isFinite) else { return .error("the values are not finite") }
        let result: Result<[UInt8], KernelError> = values.withUnsafeBufferPointer { values in
            Result { () throws(KernelError) in
                name == "q8_k" ? try backend.quantize(values, columns: values.count).bytes : try backend.quantizeQ80(values)
            }
        }
        return .bytes(try result.get())
    }

    /// Rows of weights times rows of activations, those of the first row of activations first.
    private func product(
        _ format: BlockFormat, _ blocks: [UInt8], _ rows: Int, _ activations: [UInt8], _ columns: Int, _ shift: Int
    ) throws(KernelError) -> [Float] {
        let operand = try ActivationRows(q8k: activations, columns: activations.count / max(1, columns) / 292 * 256)
        let blocks = [UInt8](repeating: 0, count: shift * format.bytes) + blocks
        var output = [Float](repeating: 0, count: rows * columns)
        let result: Result<Void, KernelError> = blocks.withUnsafeBytes { blocks in
            output.withUnsafeMutableBufferPointer { output in
                Result { () throws(KernelError) in
                    try backend.multiply(
                        format, UnsafeRawBufferPointer(rebasing: blocks[(shift * format.bytes)...]), by: operand, into: output)
                }
            }
        }
        try result.get()
        return output
    }
}
