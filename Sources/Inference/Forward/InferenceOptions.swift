import CInference
import HIFIKernels
import HIFIThreads

/// How a forward pass computes.
public struct InferenceOptions: Sendable {
    /// What is multiplied with what.
    public enum Arithmetic: String, Sendable, CaseIterable, Codable {
        /// Weights in their stored form times activations quantized as llama.cpp's CPU products take them: Q8_K for formats of 256
        /// weights a block (by the kernels), Q8_0 for those of 32. Weights in fp32, fp16 and bf16 meet fp32 activations.
        case kernels
        /// Decoded weights times fp32 activations: the model that the file means, without what a reader's arithmetic adds.
        case exact
        /// The same, decoded by the reference itself instead of kernels that equal it.
        case reference
    }

    /// What is multiplied with what.
    public var arithmetic: Arithmetic
    /// Nil takes what `HIFI_FORCE_ISA` names, else the fastest.
    public var isa: InstructionSet?
    /// The caller included. Results do not depend on it.
    public var threads: Int
    /// Multiplies quantized matrices in place of the processor's kernels: any backend can be tried in a whole model.
    public var products: (any KernelBackend)?

    /// Options; by default one thread and the fastest kernels.
    public init(
        arithmetic: Arithmetic = .kernels, isa: InstructionSet? = nil, threads: Int = 1, products: (any KernelBackend)? = nil
    ) {
        self.arithmetic = arithmetic
        self.isa = isa
        self.threads = threads
        self.products = products
    }
}

/// Kernels and threads of a forward pass.
package struct Engine: Sendable {
    let arithmetic: InferenceOptions.Arithmetic
    /// Products of quantized rows, on all threads.
    let kernels: any KernelBackend
    let isa: InstructionSet
    /// For use within tasks.
    package let rowKernels: CPUBackend
    let floats: FloatKernels
    let pool: ThreadPool

    package init(_ options: InferenceOptions) throws(KernelError) {
        arithmetic = options.arithmetic
        let processor = try CPUBackend(isa: options.isa, threads: options.threads)
        (kernels, isa) = (options.products ?? processor, processor.isa)
        rowKernels = try CPUBackend(isa: options.isa)
        // One pool for all: threads of a second one would keep looking out for work while these have some.
        pool = processor.pool
        floats = FloatKernels(isa)
    }

    /// Runs `body` for stretches of 0 ..< count on all threads.
    package func inStretches(_ count: Int, of length: Int, _ body: @Sendable (Range<Int>) -> Void) {
        pool.run((count + length - 1) / length) { index in body(index * length..<min(count, (index + 1) * length)) }
    }
}

/// The table of fp32 kernels for an instruction set. All tables give the same bits.
struct FloatKernels: Sendable {
    let table: hifi_float_kernels

    init(_ isa: InstructionSet) {
        let name =
            switch isa {
            case .avx512, .amx: "avx512"
            case .avx2: "avx2"
            case .scalar, .neon: "portable"
            }
        table = (hifi_float_kernels_named(name) ?? hifi_float_kernels_fastest()).pointee
    }
}
