import Adapters
import HIFIBlockSpec
import HIFIKernels

/// Another implementation of a case's work.
public enum BenchPeer {
    /// Its function on the same input, and what to call it.
    case function(name: String, run: () -> Void)
    /// Why it has none.
    case missing(String)

    /// Finds a peer's function for a case.
    public typealias Finder = (BenchCase, BenchInput) -> BenchPeer

    /// The functions of a ggml in this process.
    public static func finder(_ library: GGMLLibrary) -> Finder {
        { measured, input in
            guard let type = library.functions(for: input.format.id) else { return .missing("no type \(input.format.id)") }
            switch measured.operation {
            case .decode: return decode(type, input)
            case .decodeF16: return .missing("no conversion of blocks to fp16")
            case .dot, .gemm: return products(type, input, activationRows: measured.activationRows)
            case .activation: return activation(type, input)
            case .encode: return encode(type, input)
            case .scan: return validate(type, input)
            }
        }
    }

    private static func decode(_ type: GGMLFunctions, _ input: BenchInput) -> BenchPeer {
        guard let decode = type.decode, let source = input.blocks.baseAddress, let target = input.output.baseAddress else {
            return .missing("\(type.name) has no to_float")
        }
        return .function(name: "to_float") { decode(source, target, input.rows * input.columns) }
    }

    private static func activation(_ type: GGMLFunctions, _ input: BenchInput) -> BenchPeer {
        guard let quantize = type.quantize, let source = input.values.baseAddress, let target = input.encoded.baseAddress else {
            return .missing("\(type.name) has no from_float")
        }
        return .function(name: "from_float") { quantize(source, target, input.values.count) }
    }

    private static func encode(_ type: GGMLFunctions, _ input: BenchInput) -> BenchPeer {
        guard let encode = type.encode, let source = input.values.baseAddress, let target = input.encoded.baseAddress else {
            return .missing("\(type.name) is not quantized by ggml_quantize_chunk (without importances)")
        }
        return .function(name: "ggml_quantize_chunk") { encode(source, target, input.rows, input.columns) }
    }

    private static func validate(_ type: GGMLFunctions, _ input: BenchInput) -> BenchPeer {
        guard let validate = type.validate, let source = input.blocks.baseAddress else { return .missing("no ggml_validate_row_data") }
        guard validate(source, input.blocks.count) else { return .missing("ggml_validate_row_data does not know \(type.name)") }
        return .function(name: "ggml_validate_row_data") { _ = validate(source, input.blocks.count) }
    }

    /// Row by row with the activation type that the library multiplies with; many rows of activations in tiles of 16 by 16,
    /// which is how its plain matrix product goes.
    private static func products(_ type: GGMLFunctions, _ input: BenchInput, activationRows: Int) -> BenchPeer {
        guard let product = type.product, let operand = type.operand, let quantize = operand.quantize,
            input.columns % operand.elements == 0, let source = input.blocks.baseAddress, let target = input.output.baseAddress,
            let values = input.values.baseAddress
        else { return .missing("\(type.name) has no vec_dot") }
        let rowBytes = input.columns / input.format.elements * input.format.bytes
        let operandBytes = input.columns / operand.elements * operand.bytes
        let activations = PeerMemory(bytes: operandBytes * activationRows)
        for row in 0..<activationRows { quantize(values + row * input.columns, activations.start + row * operandBytes, input.columns) }
        let (rows, columns, tile) = (input.rows, input.columns, 16)
        let name = activationRows == 1 ? "vec_dot with \(operand.name)" : "vec_dot with \(operand.name), pair by pair"
        return .function(name: name) {
            for firstRow in stride(from: 0, to: rows, by: tile) {
                for firstColumn in stride(from: 0, to: activationRows, by: tile) {
                    for column in firstColumn..<min(firstColumn + tile, activationRows) {
                        for row in firstRow..<min(firstRow + tile, rows) {
                            product(
                                columns, target + column * rows + row, source + row * rowBytes, activations.start + column * operandBytes)
                        }
                    }
                }
            }
        }
    }
}

/// Memory that lives as long as a peer's function.
private final class PeerMemory {
    let start: UnsafeMutableRawPointer

    init(bytes: Int) {
        start = .allocate(byteCount: bytes, alignment: 64)
        start.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    }

    deinit { start.deallocate() }
}
