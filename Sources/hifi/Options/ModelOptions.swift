import ArgumentParser
import HIFIForeign
import HIFIKernels
import Inference
import Runs

/// Options of commands that run a model.
struct ModelOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: """
            GGUF file of a Llama, Qwen2 or Qwen3 model, experts included, or any part of a split one, \
            with any mix of types that can be decoded.
            """,
        completion: .models)
    var model: String
    @Option(name: .shortAndLong, help: "Number of threads, by default one per processor; results do not depend on it.") var threads: Int?
    @Option(help: "Instruction set: cpu (the fastest), scalar, avx2, avx512, amx, neon; or reference, which decodes by the spec itself.")
    var backend = "cpu"
    @Flag(help: "Multiply decoded weights with fp32 activations, not quantized ones.") var exact = false

    func validate() throws {
        if backend == "reference", exact { throw ValidationError("--exact does nothing with --backend reference, which is exact") }
        guard backend == "cpu" || backend == "reference" || InstructionSet(rawValue: backend) != nil else {
            throw ValidationError(
                "no backend \"\(ForeignText(backend))\": there are cpu, reference, "
                    + InstructionSet.allCases.map(\.rawValue).joined(separator: ", ")
            )
        }
    }

    func inference() throws -> InferenceOptions {
        .init(
            arithmetic: backend == "reference" ? .reference : exact ? .exact : .kernels, isa: InstructionSet(rawValue: backend),
            threads: try ThreadCount.checked(threads))
    }
}

/// The option of commands that can run a model on a device.
struct DeviceOption: ParsableArguments {
    @Option(help: "cpu, or cuda: all layers on an NVIDIA device, weights in its memory, many chunks at a time.")
    var device = ModelDevice.cpu

    /// - Throws: a usage error where the device has no say in what the option asks for.
    func validate(with model: ModelOptions) throws {
        guard device == .cuda, model.backend != "cpu" else { return }
        throw ValidationError("--backend \(ForeignText(model.backend)) is for the processor; it cannot be combined with --device cuda")
    }
}

extension ModelDevice: ExpressibleByArgument {}

extension ChunkChoice: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension RunnableModel {
    /// The model that an argument names.
    init(argument path: String) throws {
        try GGUFInput.refuseStandardInput(path)
        try self.init(path)
    }
}
