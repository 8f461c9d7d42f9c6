import ArgumentParser
import CUDAInference
import CUDAKernels
import Console
import HIFIForeign
import HIFIKernels
import Inference

/// Where a model runs.
enum ModelDevice: String, ExpressibleByArgument, CaseIterable {
    /// On the processor, weights mapped from the file.
    case cpu
    /// On an NVIDIA device, weights in its memory.
    case cuda
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

extension ModelInput {
    /// The model at work where it was asked for.
    ///
    /// - Parameter context: positions of a chunk.
    func evaluator(
        context: Int, options: InferenceOptions, device: ModelDevice, progress: ProgressLine
    ) throws -> any ChunkEvaluator {
        switch device {
        case .cpu: return try session(context: context, options: options)
        case .cuda: return try evaluator(on: CUDASystem.open(.automatic), context: context, options: options, progress: progress)
        }
    }

    /// The model on a device that is there.
    func evaluator(
        on backend: CUDABackend, context: Int, options: InferenceOptions, progress: ProgressLine
    ) throws -> DeviceEvaluator {
        defer { progress.finish() }
        do throws(ModelError) {
            return try DeviceEvaluator(model, on: backend, context: context, options: options, progress: progress.update)
        } catch { throw Failure(path, .model(error)) }
    }
}
