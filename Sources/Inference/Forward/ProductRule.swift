import HIFIBlockSpec
import HIFIReference

/// How the operands of a product with a matrix of some format are represented, on the processor and on a device.
package enum ProductRule: Sendable, Hashable {
    /// Stored blocks times Q8_K activations, by kernels.
    case quantized
    /// Decoded weights times fp32 activations, rounded first as the form would keep them, or as they are.
    case decoded(through: Rounding?)

    /// What activations are rounded through.
    package enum Rounding: Sendable {
        case q8k
        case q80
    }

    /// - Parameter isNative: whether there is a kernel for the format's products with Q8_K.
    package init(_ format: BlockFormat, _ arithmetic: InferenceOptions.Arithmetic, isNative: Bool) {
        switch arithmetic == .kernels ? ReferenceDot.activationFormat(for: format)?.id : nil {
        case "q8_k": self = isNative ? .quantized : .decoded(through: .q8k)
        // Q8_1 keeps the same numbers as Q8_0, and a sum beside them.
        case "q8_0", "q8_1": self = .decoded(through: .q80)
        default: self = .decoded(through: nil)
        }
    }
}
