import HIFIFiles
import HIFIForeign
import HIFIGGUF
import HIFIReference
import Importance

/// Why a file cannot be quantized or converted. Nothing was written, and what had the output's name before is still there.
public enum QuantizationError: Error, CustomStringConvertible {
    /// The file system refused, or a file changed while it was read.
    case file(FileError)
    /// The container is broken.
    case container(GGUFError)
    /// The result cannot be written as GGUF.
    case writer(GGUFWriterError)
    /// The input is something else than a model.
    case notAModel(path: ForeignText, what: String)
    /// No dialect explains the type ids of the input, or they leave a tensor's format open.
    case unknownType(path: ForeignText, tensor: ForeignText, typeID: UInt32)
    /// A tensor whose shape the operation has no meaning for.
    case badShape(tensor: ForeignText, dimensions: [UInt64], reason: String)
    /// A metadata key that a routing needs.
    case missingKey(path: ForeignText, key: ForeignText, need: String)
    /// A model of a kind whose routing is not specified.
    case unspecifiedRouting(mix: String, reason: String)
    /// A tensor whose layer the rules of its model need and its name does not give.
    case unroutable(tensor: ForeignText, reason: String)
    /// A type that llama-quantize makes with importances only.
    case needsImportance(mix: String, tensor: ForeignText, format: String)
    /// A command that asks for something that does not exist or does not go together.
    case usage(String)
    /// A revision that the mix does not have, or a mix that needs one.
    case badRevision(String)
    /// A type asked for by a tensor's name that has no meaning there.
    case badOverride(String)
    /// The output is one of the files that are read.
    case outputIsInput(output: ForeignText, input: ForeignText)
    /// Not enough room for the output.
    case noSpace(path: ForeignText, needed: Int, free: Int)
    /// The input is quantized already.
    case alreadyQuantized(tensor: ForeignText, format: String)
    /// A format that cannot be decoded or encoded here.
    case noCodec(tensor: ForeignText, format: String, verb: String)
    /// A row length that no fallback type fits.
    case noFallback(tensor: ForeignText, columns: Int, format: String)
    /// Weights that the format cannot hold.
    case encoding(tensor: ForeignText, format: String, EncodeError)
    /// A matrix with weights of which the format would keep none: all would become zero.
    case collapsed(tensor: ForeignText, matrix: Int?, format: String, largest: Float, importances: ForeignText?)
    /// An importance too large or too small for the encoder's sums.
    case unusableImportance(path: ForeignText, entry: ForeignText, column: Int, value: Float, format: String, vanishes: Bool)
    /// A file that is not an importance matrix, or a broken one.
    case imatrix(ImportanceError)
    /// An importance matrix of another model: it names none of the tensors.
    case foreignImportances(path: ForeignText, entries: Int, model: ForeignText)
    /// An importance matrix without an entry that is needed.
    case missingImportance(path: ForeignText, tensor: ForeignText, missing: Int)
    /// An importance matrix that never saw a tensor.
    case zeroImportance(path: ForeignText, tensor: ForeignText)
    /// An entry for a tensor of another size.
    case importanceSize(path: ForeignText, tensor: ForeignText, expected: Int, found: Int)
    /// A dialect without a number for a format or routing.
    case noNumber(dialect: String, what: String)
    /// A conversion between formats that have too little in common.
    case notConvertible(tensor: ForeignText, from: String, to: String, reason: String)
    /// A block that would decode to other weights.
    case lossy(tensor: ForeignText, row: Int, block: Int, from: String, to: String, reason: String)

    /// What kind of failure it is, for exit statuses.
    public enum Kind: Sendable {
        case usage, malformed, refused, inputOutput
    }

    /// Whose fault it is.
    public var kind: Kind {
        switch self {
        case .file, .noSpace: .inputOutput
        case .container(.file), .imatrix(.file), .imatrix(.container(.file)): .inputOutput
        case .container(let error) where error.isUnreadKind, .imatrix(.container(let error)) where error.isUnreadKind: .refused
        case .usage, .badRevision, .badOverride, .outputIsInput, .alreadyQuantized, .noNumber, .unspecifiedRouting: .usage
        case .noCodec, .noFallback, .notConvertible, .lossy: .refused
        case .container, .writer, .notAModel, .unknownType, .badShape, .missingKey, .encoding, .collapsed, .imatrix, .foreignImportances,
            .unusableImportance, .missingImportance, .needsImportance, .zeroImportance, .importanceSize, .unroutable:
            .malformed
        }
    }

    /// One line: what, where, what to do.
    public var description: String {
        switch self {
        case .file(let error): return "\(error)"
        case .container(let error): return "\(error)"
        case .writer(let error): return "\(error)"
        case .notAModel(let path, let what): return "\(path) is \(what), not a model"
        case .unknownType(let path, let tensor, let typeID):
            return "\(path): the meaning of type id \(typeID) of tensor \(tensor) is not known; name the dialect"
        case .badShape(let tensor, let dimensions, let reason):
            return "tensor \(tensor) of \(dimensions.map(String.init).joined(separator: " × ")): \(reason)"
        case .missingKey(let path, let key, let need): return "\(path): no usable key \(key), which \(need) needs"
        case .unspecifiedRouting(let mix, let reason): return "how \(mix) routes \(reason) is not specified here"
        case .unroutable(let tensor, let reason): return "tensor \(tensor): \(reason); llama-quantize refuses such a file too"
        case .needsImportance(let mix, let tensor, let format):
            return "tensor \(tensor): \(mix) makes \(format) of it, which needs importances, here as in llama-quantize; "
                + "there are none for this tensor"
        case .usage(let text), .badRevision(let text), .badOverride(let text): return text
        case .outputIsInput(let output, let input):
            return "\(output) is the same file as \(input), which is being read; write to another one"
        case .noSpace(let path, let needed, let free):
            return "cannot write \(path): it takes \(needed) bytes, and \(free) are free there"
        case .alreadyQuantized(let tensor, let format):
            return "tensor \(tensor) is already quantized (\(format)); start from F32, F16 or BF16, or allow quantizing it again"
        case .noCodec(let tensor, let format, let verb): return "tensor \(tensor): \(format) cannot be \(verb) here"
        case .noFallback(let tensor, let columns, let format):
            return "tensor \(tensor): rows of \(columns) weights are not whole \(format) blocks, and there is no fallback type; "
                + "llama-quantize refuses such a file too"
        case .encoding(let tensor, let format, let error): return "tensor \(tensor), \(format): \(error)"
        case .collapsed(let tensor, let matrix, let format, let largest, let importances):
            let what = matrix.map { "matrix \($0) of tensor" } ?? "tensor"
            let why =
                importances.map { "by the importances of \($0)" } ?? "the largest is \(largest), too small for the type's scales"
            // What is lost in fp16 scales may be lost in fp16 too.
            let other = importances == nil && (format == "f16" || largest < 0x1p-14) ? "f32" : "f16"
            return "\(what) \(tensor): all its weights would become zero in \(format), \(why); give it "
                + (importances == nil ? "another type, such as \(other)" : "another type, such as \(other), or other importances")
        case .unusableImportance(let path, let entry, let column, let value, let format, let vanishes):
            if value == 0 {
                return "\(path): entry \(entry) has zeros only from column \(column) on, for a whole block: blocks of "
                    + "\(format) would get scales that are not numbers; collect it with more text, or choose another type"
            }
            return "\(path): entry \(entry) has \(value) in column \(column), too \(vanishes ? "small" : "large") for "
                + "sums in fp32: blocks of \(format) would \(vanishes ? "lose all their weights" : "get scales that are not numbers"); "
                + "scale the entry \(vanishes ? "up" : "down"), only proportions matter, or collect it again"
        case .imatrix(let error): return "\(error)"
        case .foreignImportances(let path, let entries, let model):
            return "\(path): none of its \(entries) entries names a tensor of \(model)"
        case .missingImportance(let path, let tensor, let missing):
            let others = missing > 1 ? " (nor for \(missing - 1) more)" : ""
            return "\(path): no entry for tensor \(tensor)\(others); collect it with the same model, or "
                + "allow encoding without importances where there are none, as llama-quantize does"
        case .zeroImportance(let path, let tensor):
            return "\(path): the entry for tensor \(tensor) is all zeros, the calibration text never used it; "
                + "collect it again, or allow taking it as it is"
        case .importanceSize(let path, let tensor, let expected, let found):
            return "\(path): the entry for tensor \(tensor) has \(found) values, the tensor needs \(expected); "
                + "it was collected with another model"
        case .noNumber(let dialect, let what): return "dialect \(dialect) has no id for \(what); choose another dialect"
        case .notConvertible(let tensor, let from, let to, let reason):
            return "tensor \(tensor): \(from) cannot become \(to): \(reason)"
        case .lossy(let tensor, let row, let block, let from, let to, let reason):
            return
                "tensor \(tensor), row \(row), block \(block): \(from) cannot become \(to) without changing weights: \(reason); "
                + "nothing was written"
        }
    }
}
