import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF
import HIFIKernels

/// Why a file cannot be run as a model.
public enum ModelError: Error, Sendable {
    /// The container refuses: a tensor outside the file, an unreadable structure.
    case file(GGUFError)
    /// A key is missing, stored as something else, or has a value that no model has.
    case metadata(MetadataError)
    /// An architecture whose forward pass is not built in.
    case unsupportedArchitecture(ForeignText)
    /// A key asks for something that this forward pass does not do.
    case unsupported(key: ForeignText, value: ForeignText)
    case missingTensor(ForeignText)
    /// Tensors that this forward pass has no use for, so that it would compute another model.
    case unusedTensors(first: ForeignText, count: Int, architecture: String)
    /// A tensor whose dimensions contradict the hyper-parameters, in file order.
    case wrongShape(tensor: ForeignText, expected: [UInt64], found: [UInt64])
    /// A tensor whose type is unknown, disputed, or known by its size only.
    case undecodable(tensor: ForeignText, typeID: UInt32, format: String?)
    /// A tensor whose rows are not whole blocks.
    case partialBlocks(tensor: ForeignText, format: String, columns: UInt64)
    /// A number that is not a token of the model.
    case tokenOutOfRange(token: Int, count: Int)
    /// More positions than the session has room for.
    case contextFull(positions: Int, context: Int)
    /// Sizes that do not fit in memory.
    case tooLarge(String)
    /// The system gives no memory for something that would fit.
    case noMemory(String)
    /// An activation that the scale of Q8_0, an fp16, does not hold: quantized products with this matrix are not finite.
    case activationOverflow(tensor: ForeignText, position: Int, value: Float)
    /// Something that runs on the processor only.
    case notOnDevice(String)
    /// The model computes NaN or infinity: at which position, first found where.
    case nonFinite(String, position: Int)
    case kernel(KernelError)
}

extension ModelError {
    /// The tensor that is to blame, where it is one.
    public var tensor: ForeignText? {
        switch self {
        case .missingTensor(let name), .unusedTensors(let name, _, _), .activationOverflow(let name, _, _), .wrongShape(let name, _, _),
            .undecodable(let name, _, _), .partialBlocks(let name, _, _):
            name
        default: nil
        }
    }
}

extension ModelError: CustomStringConvertible {
    /// One line naming the tensor or key, what was expected and what was found.
    public var description: String {
        switch self {
        case .file(let error): "\(error)"
        case .metadata(let error): "\(error)"
        case .unsupportedArchitecture(let name):
            "key general.architecture is \"\(name)\"; built in are \(Family.all.map(\.id).joined(separator: ", "))"
        case .unsupported(let key, let value): "key \(key) is \(value), which this forward pass does not support"
        case .missingTensor(let name): "tensor \(name) is missing, which the architecture requires"
        case .unusedTensors(let first, let count, let architecture):
            count == 1
                ? "tensor \(first) is not part of \(architecture) as this forward pass computes it; a figure without it would be of "
                    + "another model"
                : "tensor \(first) and \(count - 1) more are not part of \(architecture) as this forward pass computes it; a figure "
                    + "without them would be of another model"
        case .activationOverflow(let tensor, let position, let value):
            "an activation of \(value) at position \(position), an input of tensor \(tensor), overflows the fp16 scale of Q8_0 "
                + "(largest \(ModelError.largestQ80)), which readers quantize it to; the weights may well be right: exact products "
                + "do without it"
        case .notOnDevice(let what): "\(what) is not computed on a device; the processor does it"
        case .wrongShape(let tensor, let expected, let found):
            "tensor \(tensor) has dimensions \(Self.list(found)); the hyper-parameters give \(Self.list(expected))"
        case .undecodable(let tensor, let id, let format):
            "tensor \(tensor) of type id \(id) cannot be decoded: "
                + (format.map { "\($0) is known by its size only" } ?? "its format is unknown or disputed (see `hifi identify`)")
        case .partialBlocks(let tensor, let format, let columns):
            "tensor \(tensor) has rows of \(columns) weights, which are not whole blocks of \(format)"
        case .tokenOutOfRange(let token, let count): "token \(token) is not one of the model's \(count) tokens"
        case .contextFull(let positions, let context): "\(positions) positions do not fit a context of \(context)"
        case .tooLarge(let what): "\(what) does not fit in memory"
        case .noMemory(let what): "the system has no memory for \(what)"
        case .nonFinite(let what, let position): "\(what) at position \(position) is not finite: the weights are broken, or were misread"
        case .kernel(let error): "\(error)"
        }
    }

    /// 127 times the largest number that rounds to a finite fp16.
    static let largestQ80: Float = 127 * 65519

    private static func list(_ dimensions: [UInt64]) -> String { dimensions.map(String.init).joined(separator: " x ") }
}
