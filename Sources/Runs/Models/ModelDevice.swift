import Benchmarks
import CUDAInference
import CUDAKernels
import HIFIForeign
import Inference

/// Where a model runs.
package enum ModelDevice: String, CaseIterable {
    /// On the processor, weights mapped from the file.
    case cpu
    /// On an NVIDIA device, weights in its memory.
    case cuda
}

extension RunnableModel {
    /// The model at work where it was asked for.
    ///
    /// - Parameters:
    ///   - context: positions of a chunk.
    ///   - progress: called with the layers that a device has, and how many there are.
    package func evaluator(
        context: Int, options: InferenceOptions, device: ModelDevice, progress: (_ done: Int, _ total: Int) -> Void
    ) throws(RunError) -> any ChunkEvaluator {
        switch device {
        case .cpu: return try session(context: context, options: options)
        case .cuda:
            let backend = try CUDABackend.open()
            do throws(ModelError) {
                return try DeviceEvaluator(model, on: backend, context: context, options: options, progress: progress)
            } catch { throw .perplexity(path: path, .model(error)) }
        }
    }
}

extension ModelBench {
    /// Tokens in a second of a whole model, where it was asked for.
    ///
    /// - Parameters:
    ///   - name: the model's file, or what it is in place of one.
    ///   - operations: on a device, perplexities only; others are left out.
    package static func measure(
        _ model: LanguageModel, named name: String, _ operations: [Operation], on place: ModelDevice, options: InferenceOptions,
        repetitions: Int, progress: (_ done: Int, _ total: Int) -> Void
    ) throws(RunError) -> ModelBench {
        let device = place == .cuda ? try CUDABackend.open() : nil
        do throws(ModelError) {
            guard let device else {
                return try measure(
                    model, path: ForeignText(path: name), operations, options: options, repetitions: repetitions, progress: progress)
            }
            let contexts = operations.compactMap(\.context)
            return try measure(contexts, path: ForeignText(path: name), repetitions: repetitions, progress: progress) {
                context throws(ModelError) in
                try DeviceEvaluator(model, on: device, context: context, options: options)
            }
        } catch { throw .perplexity(path: name, .model(error)) }
    }
}

extension ModelBench.Operation {
    /// Tokens of a chunk of a perplexity run; nil for other tests.
    package var context: Int? { if case .perplexity(let context) = self { context } else { nil } }
}
