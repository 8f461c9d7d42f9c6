import HIFIBlockSpec
import HIFIForeign

/// Why a figure cannot be computed.
public enum FiguresError: Error, Hashable, CustomStringConvertible {
    /// A name that the spec does not have, with those it has.
    case unknown(what: String, name: ForeignText, known: [String])
    /// A hyper-parameter without a value.
    case missing(String)
    /// A hyper-parameter out of range.
    case outOfRange(String, value: Int, limit: Int)
    /// The row of a tensor is not a whole number of blocks, and there is no rule what to take instead.
    case noWholeBlocks(tensor: ForeignText, format: String, columns: UInt64)
    /// A tensor of a model with experts whose name does not give a layer of the model.
    case unroutable(ForeignText)
    /// A number of weights or bytes that does not fit 64 bits.
    case tooLarge(String)
    /// A file without tensors.
    case noTensors(ForeignText)
    /// A file that is not a `config.json`, and what is wrong with it.
    case notConfiguration(ForeignText, reason: ForeignText)

    /// What, where, and what to do, in one line.
    public var description: String {
        switch self {
        case .unknown(let what, let name, let known): "no \(what) \"\(name)\": \(NearNames.hint(name.raw, in: known))"
        case .missing(let name): "\(name) is needed and not given"
        case .outOfRange(let name, let value, let limit): "\(name) is \(value); it must be from 1 to \(limit)"
        case .unroutable(let tensor):
            "\(tensor): in a model with experts a mix takes the layer from the name, which has none of the model's layers"
        case .noWholeBlocks(let tensor, let format, let columns):
            "\(tensor) has rows of \(columns) weights, which are not whole blocks of \(format); "
                + "the quantizer has no other type for this case"
        case .tooLarge(let what): "\(what) is larger than 64 bits can count"
        case .noTensors(let path): "\(path) holds no tensors"
        case .notConfiguration(let path, let reason): "\(path) is not a config.json: \(reason)"
        }
    }
}
