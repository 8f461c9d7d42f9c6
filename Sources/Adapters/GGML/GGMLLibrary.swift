import HIFIBlockSpec
import HIFIForeign

/// A ggml that was loaded into this process: its types by the names of our formats, and its bare functions.
///
/// Foreign code runs in this process: one that crashes takes it along. To put a library to the test, use `ExecSystem.ggml`.
public final class GGMLLibrary: @unchecked Sendable {
    // Safety: all stored properties are constant; the library's own tables are filled before this object exists.

    /// `ggml`, with the processor library in use.
    public let name: String
    /// The library's word for its version; empty if it has none.
    public let version: String
    /// Its types by the ids of formats that they decode as.
    package let matches: [String: GGMLTypeMatch]
    let typesByID: [Int32: GGMLType]
    let quantizeChunk: QuantizeChunk?
    let needsImportance: NeedsImportance?
    /// `ggml_quantize_init`.
    let prepareQuantizing: PrepareQuantizing?
    let validateRows: ValidateRows?

    typealias QuantizeChunk =
        @convention(c) (Int32, UnsafePointer<Float>, UnsafeMutableRawPointer, Int64, Int64, Int64, UnsafePointer<Float>?) -> Int
    typealias NeedsImportance = @convention(c) (Int32) -> Bool
    typealias PrepareQuantizing = @convention(c) (Int32) -> Void
    typealias ValidateRows = @convention(c) (Int32, UnsafeRawPointer, Int) -> Bool
    typealias ToFloat = @convention(c) (UnsafeRawPointer, UnsafeMutablePointer<Float>, Int64) -> Void
    typealias FromFloat = @convention(c) (UnsafePointer<Float>, UnsafeMutableRawPointer, Int64) -> Void
    typealias VecDot =
        @convention(c) (
            Int32, UnsafeMutablePointer<Float>, Int, UnsafeRawPointer, Int, UnsafeRawPointer, Int, Int32
        ) -> Void

    /// Finds and loads a ggml below a folder, or in a library file.
    ///
    /// - Parameter decode: decodes so many weights by a type of the library, to tell types of one name and size apart.
    package init(path: String, decode: (GGMLType, [UInt8], Int) -> [UInt32]?) throws(GGMLUnavailable) {
        let loader = try GGMLLoader(GGMLFiles(path))
        typealias Initialise = @convention(c) () -> Void
        if let address = loader.address("ggml_cpu_init") { unsafeBitCast(address, to: Initialise.self)() }
        // Before it is ready, some builds take every fp16 for zero.
        typealias HalfToFloat = @convention(c) (UInt16) -> Float
        if let address = loader.address("ggml_fp16_to_fp32"), unsafeBitCast(address, to: HalfToFloat.self)(0x3C00) != 1 {
            throw GGMLUnavailable("\(ForeignText(path: path)): its fp16 tables are empty and it has no ggml_cpu_init to fill them")
        }
        let table = try GGMLTypeTable(loader)
        var matches: [String: GGMLTypeMatch] = [:]
        for type in table.types {
            guard let match = GGMLTypeMatch(type, decode: { decode(type, $0, $1) }) else { continue }
            for id in match.decodesAs.sorted() where matches[id] == nil { matches[id] = match }
        }
        guard !matches.isEmpty else { throw GGMLUnavailable("\(ForeignText(path: path)): none of its types is known here") }
        self.matches = matches
        typesByID = Dictionary(table.types.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        quantizeChunk = loader.address("ggml_quantize_chunk").map { unsafeBitCast($0, to: QuantizeChunk.self) }
        needsImportance = loader.address("ggml_quantize_requires_imatrix").map { unsafeBitCast($0, to: NeedsImportance.self) }
        prepareQuantizing = loader.address("ggml_quantize_init").map { unsafeBitCast($0, to: PrepareQuantizing.self) }
        validateRows = loader.address("ggml_validate_row_data").map { unsafeBitCast($0, to: ValidateRows.self) }
        typealias Text = @convention(c) () -> UnsafePointer<CChar>?
        let number = loader.address("ggml_version").flatMap { unsafeBitCast($0, to: Text.self)() }.map { ForeignText(String(cString: $0)) }
        version = number.map { "\($0)" } ?? ""
        name = loader.cpuName.isEmpty ? "ggml" : "ggml (\(loader.cpuName))"
    }

    /// Finds and loads a ggml below a folder, or in a library file.
    public convenience init(path: String) throws(GGMLUnavailable) { try self.init(path: path) { GGMLSystem.decode($0, $1, $2) } }

    /// The functions of the type that decodes as the format; nil if there is none.
    public func functions(for format: String) -> GGMLFunctions? {
        guard let id = Spec.format(format)?.id, let match = matches[id] else { return nil }
        var functions = GGMLFunctions(match.type)
        functions.operand = match.type.vecDotType.flatMap { typesByID[$0] }.map { GGMLOperand(GGMLFunctions($0)) }
        // Blocks that decode alike need not be what its quantizer makes.
        if let quantizeChunk, match.format.id == id, needsImportance?(match.type.id) != true {
            let type = match.type.id
            functions.encode = { _ = quantizeChunk(type, $0, $1, 0, Int64($2), Int64($3), nil) }
        }
        if let validateRows {
            let type = match.type.id
            functions.validate = { validateRows(type, $0, $1) }
        }
        return functions
    }
}

/// Functions of one type of a ggml, as they are: nobody checks what they read and write.
public struct GGMLFunctions: @unchecked Sendable {
    // Unchecked: the closures hold addresses of functions.

    /// The library's name of the type.
    public let name: ForeignText
    /// Weights in a block.
    public let elements: Int
    /// Bytes of a block.
    public let bytes: Int
    /// `to_float`: blocks, weights, how many weights.
    public let decode: ((UnsafeRawPointer, UnsafeMutablePointer<Float>, Int) -> Void)?
    /// The fastest `from_float`: values, blocks, how many values.
    public let quantize: ((UnsafePointer<Float>, UnsafeMutableRawPointer, Int) -> Void)?
    /// `vec_dot`: values in a row, result, blocks of the row, blocks of the operand.
    public let product: ((Int, UnsafeMutablePointer<Float>, UnsafeRawPointer, UnsafeRawPointer) -> Void)?
    /// What `product` takes as its other operand.
    public fileprivate(set) var operand: GGMLOperand?
    /// `ggml_quantize_chunk` without importances: weights, blocks, rows, columns.
    public fileprivate(set) var encode: ((UnsafePointer<Float>, UnsafeMutableRawPointer, Int, Int) -> Void)?
    /// `ggml_validate_row_data`: blocks, bytes.
    public fileprivate(set) var validate: ((UnsafeRawPointer, Int) -> Bool)?

    fileprivate init(_ type: GGMLType) {
        func function<T>(_ address: UInt?, as type: T.Type) -> T? {
            address.flatMap { UnsafeRawPointer(bitPattern: $0) }.map { unsafeBitCast($0, to: type) }
        }
        (name, elements, bytes) = (type.name, type.elements, type.bytes)
        decode = function(type.toFloat, as: GGMLLibrary.ToFloat.self).map { toFloat in { toFloat($0, $1, Int64($2)) } }
        quantize = function(type.fromFloat ?? type.fromFloatReference, as: GGMLLibrary.FromFloat.self).map { fromFloat in
            { fromFloat($0, $1, Int64($2)) }
        }
        product = function(type.vecDot, as: GGMLLibrary.VecDot.self).map { vecDot in
            { vecDot(Int32(clamping: $0), $1, 0, $2, 0, $3, 0, 1) }
        }
    }
}

/// The type that a type is multiplied with.
public struct GGMLOperand: @unchecked Sendable {
    // Unchecked: the closure holds the address of a function.

    /// The library's name of it.
    public let name: ForeignText
    /// Values in a block.
    public let elements: Int
    /// Bytes of a block.
    public let bytes: Int
    /// The fastest `from_float`: values, blocks, how many values.
    public let quantize: ((UnsafePointer<Float>, UnsafeMutableRawPointer, Int) -> Void)?

    fileprivate init(_ functions: GGMLFunctions) {
        (name, elements, bytes, quantize) = (functions.name, functions.elements, functions.bytes, functions.quantize)
    }
}
