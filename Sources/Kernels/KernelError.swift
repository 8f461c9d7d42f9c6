/// Why kernels cannot do what they are asked.
public enum KernelError: Error, Equatable, CustomStringConvertible {
    /// An instruction set, or a device, that is not there.
    case unavailable(String)
    /// The format is known by its size only: nothing can decode it.
    case knownBySizeOnly(String)
    /// A buffer that is not whole blocks.
    case partialBlock(format: String, bytes: Int, blockBytes: Int)
    /// A row length that the format or the activations cannot have.
    case rowLength(format: String, columns: Int, multipleOf: Int)
    /// A buffer of the wrong size: what it is, how many bytes or elements belong there, how many are there.
    case wrongSize(of: String, expected: Int, found: Int)
    /// Sizes whose product does not fit an integer.
    case tooLarge
    /// A device failed: what it said.
    case device(String)

    /// One line that says what is wrong.
    public var description: String {
        switch self {
        case .unavailable(let what): "\(what) is not available on this machine"
        case .knownBySizeOnly(let id): "\(id) is known by its size only; its content cannot be decoded"
        case .partialBlock(let id, let bytes, let blockBytes): "\(bytes) bytes are not whole \(id) blocks of \(blockBytes) bytes"
        case .rowLength(let id, let columns, let multiple): "rows of \(columns) do not fit \(id): a positive multiple of \(multiple) does"
        case .wrongSize(let what, let expected, let found): "\(what): \(expected) expected, \(found) given"
        case .tooLarge: "the sizes multiply to more than fits in memory"
        case .device(let what): what
        }
    }
}
