import HIFIForeign

/// Why a file cannot be written as described.
public enum GGUFWriterError: Error, Hashable, Sendable {
    case badKey(ForeignText)
    case duplicateKey(ForeignText)
    case mixedArray(key: ForeignText)
    case badAlignment
    case badTensorName(ForeignText)
    case duplicateTensor(ForeignText)
    case badShape(ForeignText)
    /// A tensor's closure delivered another number of bytes than announced.
    case wrongByteCount(tensor: ForeignText, expected: Int, found: Int)
}

extension GGUFWriterError: CustomStringConvertible {
    /// One line naming the key or tensor.
    public var description: String {
        switch self {
        case .badKey(let key): "key \(key) is empty or longer than 65535 bytes"
        case .duplicateKey(let key): "key \(key) is given twice"
        case .mixedArray(let key): "the array of key \(key) has elements of another type than stated"
        case .badAlignment: "general.alignment must be a uint32 and a power of two up to 16777216"
        case .badTensorName(let name): "tensor name \(name) is empty or longer than 64 bytes"
        case .duplicateTensor(let name): "tensor \(name) is given twice"
        case .badShape(let name): "tensor \(name) needs 1 to 4 dimensions and a size that can be addressed"
        case .wrongByteCount(let tensor, let expected, let found):
            "tensor \(tensor) delivered \(found) bytes, announced were \(expected)"
        }
    }
}
