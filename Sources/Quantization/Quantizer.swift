import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import HIFIGGUF
import HIFIKernels

/// Quantizes a whole model file: byte for byte what llama-quantize with one thread writes, for any number of threads.
///
/// Byte identity holds for the mixes that were compared with recorded files of the llama.cpp HIFI fork (Q3_K_S, Q3_K_M, Q3_HIFI with r6,
/// and Q3_K_HIFI with r12 on a small model, each with and without an importance matrix).
public enum Quantizer {
    /// How far a file is.
    public struct Progress: Sendable {
        /// The tensor being read.
        public let tensor: ForeignText
        /// Bytes of the input's data that are done.
        public let done: Int
        /// Bytes of the input's data.
        public let total: Int
    }

    /// What was written.
    public struct Summary: Sendable {
        /// Bytes of the file.
        public let bytes: Int
        /// Fallback types, overrides that were not taken, and tensors that are hardly kept (QUANT-22).
        public let notes: [String]
    }

    /// What is found out while tensors are written, one after the other.
    private final class Remarks {
        var lines: [String] = []
    }

    /// Writes the output: complete under its name, or not at all.
    ///
    /// - Parameters:
    ///   - plan: made from the same model and options.
    ///   - progress: called some times a second, never for a tensor that is done at once.
    public static func write(
        _ model: SourceModel, plan: QuantizationPlan, options: QuantizationOptions, to path: String,
        progress: @escaping (Progress) -> Void = { _ in }
    ) throws(QuantizationError) -> Summary {
        try OutputPlace.check(path, against: model.paths + (options.imatrix.map { [$0.path] } ?? []))
        do {
            let remarks = Remarks()
            let writer = try writer(model, plan, options, remarks, progress)
            let bytes = try writer.header().count + plan.tensors.reduce(0) { $0 + padded($1.byteCount, writer.alignment) }
            try OutputPlace.checkRoom(path, bytes: bytes)
            try writer.write(to: path)
            return Summary(bytes: bytes, notes: plan.notes + remarks.lines)
        } catch {
            throw QuantizationError(error)
        }
    }

    private static func writer(
        _ model: SourceModel, _ plan: QuantizationPlan, _ options: QuantizationOptions, _ remarks: Remarks,
        _ progress: @escaping (Progress) -> Void
    ) throws -> GGUFWriter {
        let backend = try CPUBackend(threads: options.threads)
        let encoder = TensorEncoder(backend: backend, policy: options.policy, importancePath: options.imatrix?.path ?? ForeignText(""))
        var writer = GGUFWriter()
        try OutputMetadata.write(model, plan, options, to: &writer)
        let total = plan.sourceBytes
        var before = 0
        for (index, tensor) in plan.tensors.enumerated() {
            let start = before
            before += tensor.source.bytes.count
            let isLast = index == plan.tensors.count - 1
            try writer.addTensor(
                tensor.source.name.raw, dimensions: tensor.source.writtenDimensions, typeID: plan.numbering.typeID(tensor.format),
                byteCount: tensor.byteCount
            ) { sink in
                if tensor.isCopied {
                    try sink.write(tensor.source.bytes)
                } else {
                    var done = start
                    let lines = try encoder.write(tensor, to: &sink) { bytes in
                        done += bytes
                        progress(Progress(tensor: tensor.source.name, done: done, total: total))
                    }
                    remarks.lines += lines
                }
                if isLast { try model.checkUnchanged() }
            }
        }
        return writer
    }

    static func padded(_ bytes: Int, _ alignment: Int) -> Int { (bytes + alignment - 1) / alignment * alignment }
}

extension QuantizationPlan {
    /// Fallback types and overrides that are not taken.
    public var notes: [String] { tensors.compactMap { tensor in tensor.note.map { "\(tensor.source.name): \($0)" } } }
}

extension QuantizationError {
    /// Errors that pass through a writer, which throws whatever its tensors throw.
    init(_ error: any Error) {
        switch error {
        case let error as QuantizationError: self = error
        case let error as FileError: self = .file(error)
        case let error as GGUFWriterError: self = .writer(error)
        case let error as GGUFError: self = .container(error)
        case let error as KernelError: self = .usage("\(error)")
        default: self = .usage("\(error)")
        }
    }
}
