import HIFIBlockSpec
import HIFIReference
import Importance

/// What a quantization is asked for.
public struct QuantizationOptions: Sendable {
    /// Which tensor gets which type.
    public var routing: Routing
    /// Types for tensors by name, in order; the last match wins.
    public var overrides: [TypeOverride] = []
    /// Importances; nil for none.
    public var imatrix: ImportanceMatrix?
    /// Whose type numbers the output has; nil for the usual ones.
    public var dialect: Dialect?
    /// Take quantized tensors as input too.
    public var allowsRequantizing = false
    /// Put up with tensors that the importance matrix does not know or has only zeros for.
    public var allowsPartialImatrix = false
    /// What happens to weights that a type cannot hold.
    public var policy = InputPolicy.reject
    /// The version of the specification that the output names in keys of its own; nil leaves the file as llama-quantize makes it.
    public var stamp: String?
    /// Threads, the caller included. The result does not depend on it.
    public var threads = 1

    /// Options for a routing.
    public init(routing: Routing) { self.routing = routing }
}
