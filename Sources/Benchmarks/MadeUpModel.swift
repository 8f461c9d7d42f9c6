import Figures
import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import HIFIGGUF
import HIFIKernels
import Inference

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A model of a shape and a mix that the spec knows, with made-up weights: whole models can be measured without having one.
public enum MadeUpModel {
    /// Why there is none.
    public enum Problem: Error, CustomStringConvertible {
        case figures(FiguresError)
        /// A matrix whose rows are not whole blocks of the type that the mix gives it.
        case partialBlocks(tensor: String, format: String)
        case writing(any Error)
        case model(ModelError)

        /// One line that says what is wrong.
        public var description: String {
            switch self {
            case .figures(let error): "\(error)"
            case .partialBlocks(let tensor, let format): "tensor \(tensor) has rows that are not whole blocks of \(format)"
            case .writing(let error): "\(error)"
            case .model(let error): "\(error)"
            }
        }
    }

    /// Writes a file to a temporary folder and maps it; the name is gone when this returns, the data when the model is released.
    ///
    /// - Parameters:
    ///   - shape: id of a model, e.g. `qwen3-0.6b`.
    ///   - mix: id of a mix.
    ///   - directory: where there is room for the whole file; nil for what `TMPDIR` names, else `/tmp`.
    public static func load(shape id: String, mix: String, in directory: String? = nil) throws(Problem) -> LanguageModel {
        let directory = directory ?? getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        let (known, request) = try catching(Problem.figures) { () throws(FiguresError) in
            (try SizedModel(known: id), try ModelSize.Request(mix: mix))
        }
        guard let (architecture, shape) = Spec.model(id) else { throw .figures(.unknown(what: "model", name: ForeignText(id), known: [])) }
        let types = try catching(Problem.figures) { () throws(FiguresError) in try known.types(by: request) }
        var formats: [BlockFormat?] = []
        do {
            var writer = GGUFWriter()
            try addKeys(&writer, architecture, shape)
            for (tensor, (type, stored)) in zip(known.tensors, types) {
                guard type == stored, let format = Spec.format(type), tensor.dimensions[0] % UInt64(format.elements) == 0 else {
                    throw Problem.partialBlocks(tensor: tensor.name, format: type)
                }
                let blocks = Int(tensor.elements) / format.elements
                formats.append(format)
                // The formats are known here, so no reader looks at the type ids.
                try writer.addTensor(tensor.name, dimensions: tensor.dimensions, typeID: 0, byteCount: blocks * format.bytes) { sink in
                    try fill(&sink, format, blocks: blocks, isNorm: tensor.dimensions.count == 1)
                }
            }
            // A name that nobody knows beforehand, so that nobody can have put a link there.
            let (path, registration) = try TemporaryFiles.make("hifi-bench", in: directory)
            defer {
                unlink(path)
                TemporaryFiles.unregister(registration)
            }
            try writer.write(to: path, isAnnounced: false)
            return try LanguageModel(GGUFFile.open(path: path), formats: formats)
        } catch let problem as Problem {
            throw problem
        } catch let error as ModelError {
            throw .model(error)
        } catch {
            throw .writing(error)
        }
    }

    /// What the forward pass asks for, with the values of Qwen3.
    private static func addKeys(_ writer: inout GGUFWriter, _ architecture: Architecture, _ shape: ModelShape) throws(GGUFWriterError) {
        try writer.add("general.architecture", .string(architecture.id))
        for entry in architecture.metadata {
            try writer.add("\(architecture.id).\(entry.key)", .uint32(UInt32(shape.value(of: entry.parameter))))
        }
        try writer.add("\(architecture.id).attention.layer_norm_rms_epsilon", .float32(1e-6))
        try writer.add("\(architecture.id).rope.freq_base", .float32(1e6))
    }

    private static func fill(_ sink: inout TensorSink, _ format: BlockFormat, blocks: Int, isNorm: Bool) throws {
        let count = min(blocks, 1 << 14)
        var bytes = [UInt8](repeating: 0, count: count * format.bytes)
        if isNorm {
            bytes.withUnsafeMutableBytes { $0.bindMemory(to: Float.self).update(repeating: 1) }
        } else {
            bytes.withUnsafeMutableBytes { BenchBlocks.fill($0, format) }
        }
        for first in stride(from: 0, to: blocks, by: count) {
            try bytes.withUnsafeBytes {
                try sink.write(UnsafeRawBufferPointer(rebasing: $0[..<(min(count, blocks - first) * format.bytes)]))
            }
        }
    }

    private static func catching<T, E: Error>(_ problem: (E) -> Problem, _ body: () throws(E) -> T) throws(Problem) -> T {
        do { return try body() } catch { throw problem(error) }
    }
}
