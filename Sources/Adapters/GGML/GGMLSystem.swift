import HIFIBlockSpec
import Suite

/// The functions of a ggml that was loaded into this process, as a system under test.
///
/// Foreign code runs on whatever it is asked: use it in a process that may die. `ExecSystem.ggml` does.
public final class GGMLSystem: SystemUnderTest, @unchecked Sendable {
    // Safety: all stored properties are constant; the library's own tables are filled before this object exists, and the
    // protocol calls `answer` from one thread at a time.

    /// `ggml`, with the processor library in use.
    public let name: String
    /// The library's word for its version; empty if it has none.
    public let version: String
    private let library: GGMLLibrary
    private var matches: [String: GGMLTypeMatch] { library.matches }
    private var typesByID: [Int32: GGMLType] { library.typesByID }

    /// Finds and loads a ggml below a folder, or in a library file.
    public init(path: String) throws(GGMLUnavailable) {
        library = try GGMLLibrary(path: path)
        (name, version) = (library.name, library.version)
    }

    /// What the adapter's greeting says: types per operation.
    public var supports: [(operation: String, types: [String])] {
        func list(_ holds: (String, GGMLTypeMatch) -> Bool) -> [String] { matches.filter { holds($0.key, $0.value) }.keys.sorted() }
        return [
            ("decode", list { $1.type.toFloat != nil }),
            ("encode", list { $0 == $1.format.id && encodes($1) }),
            ("quantize", list { $0 == $1.format.id && ($1.type.fromFloat ?? $1.type.fromFloatReference) != nil }),
            ("dot", list { $1.type.vecDot != nil }), ("product", list { $1.type.vecDot != nil }),
        ]
    }

    /// Whether there is a function for single rows, or the quantizer knows the type: those of few bits are made with importances only.
    private func encodes(_ match: GGMLTypeMatch) -> Bool {
        match.type.fromFloatReference != nil
            || library.quantizeChunk != nil && match.format.encoding != nil && match.format.elements > 1
    }

    /// Answers one request.
    public func answer(_ request: Request) -> Answer { answer(request, shift: 0) }

    /// Answers one request with its operands so many blocks or scalars into a matrix.
    public func answer(_ request: Request, shift: Int) -> Answer {
        switch request {
        case .decode(let format, let blocks): with(format) { decode($0, blocks, shift) }
        case .encode(let format, let path, let values, let columns, let importance):
            with(format) { encode($0, path, values, columns, importance, shift) }
        case .quantizeActivations(let format, let values): with(format) { quantize($0, values, shift) }
        case .dot(let format, let blocks, let activationFormat, let activations):
            with(format) { product($0, blocks, 1, activationFormat, activations, 1, shift) }
        case .product(let format, let blocks, let rows, let activationFormat, let activations, let columns):
            with(format) { product($0, blocks, rows, activationFormat, activations, columns, shift) }
        }
    }

    private func with(_ format: String, _ body: (GGMLTypeMatch) -> Answer) -> Answer {
        guard let id = Spec.format(format)?.id, let match = matches[id] else { return .skipped(reason: "this ggml has no \(format)") }
        return body(match)
    }

    private func decode(_ match: GGMLTypeMatch, _ blocks: [UInt8], _ shift: Int) -> Answer {
        guard match.type.toFloat != nil else { return .skipped(reason: "\(match.type.name) has no to_float") }
        guard let count = match.format.weights(inRowOf: blocks.count) else {
            let header = match.format.headerBytes
            let what = header > 0 ? "a row of a header of \(header) and blocks" : "whole blocks"
            return .error("\(blocks.count) bytes are not \(what) of \(match.type.bytes)")
        }
        return Self.decode(match.type, blocks, count, shift).map(Answer.floats) ?? .broken("to_float wrote past the end of its output")
    }

    /// So many weights by `to_float`; nil if it has none, or wrote too much.
    package static func decode(_ type: GGMLType, _ blocks: [UInt8], _ count: Int, _ shift: Int = 0) -> [UInt32]? {
        guard let address = type.toFloat, let pointer = UnsafeRawPointer(bitPattern: address) else { return nil }
        let function = unsafeBitCast(pointer, to: GGMLLibrary.ToFloat.self)
        let input = ForeignBuffer(blocks, after: shift * type.bytes)
        let output = ForeignBuffer(count: 4 * count, after: 4 * shift)
        input.withBytes { blocks in output.withFloats { function(blocks, $0, Int64(count)) } }
        return output.contents.flatMap(FloatBytes.bits)
    }

    private func encode(
        _ match: GGMLTypeMatch, _ path: Request.EncodePath, _ values: [Float], _ columns: Int, _ importance: [Float]?,
        _ shift: Int
    ) -> Answer {
        let type = match.type
        guard columns > 0, columns % type.elements == 0, values.count % columns == 0 else {
            return .error("not whole rows of whole blocks")
        }
        let rows = values.count / columns
        let rowBytes = columns / type.elements * type.bytes
        let output = ForeignBuffer(count: rows * rowBytes, after: shift * type.bytes)
        let input = ForeignBuffer(FloatBytes.bytes(values.lazy.map(\.bitPattern)), after: 4 * shift)
        let check: ([UInt8]) -> OwnCheck
        switch path {
        case .reference:
            guard let address = type.fromFloatReference, let pointer = UnsafeRawPointer(bitPattern: address) else {
                return .skipped(reason: "\(type.name) has no from_float_ref")
            }
            guard importance == nil else { return .skipped(reason: "from_float_ref takes no importance matrix") }
            let function = unsafeBitCast(pointer, to: GGMLLibrary.FromFloat.self)
            // Tables of neighbours, which the quantizer makes by itself and these functions take for granted.
            library.prepareQuantizing?(type.id)
            for row in 0..<rows {
                input.withFloats { function($0 + row * columns, output.pointer + row * rowBytes, Int64(columns)) }
            }
            check = { _ in .none(reason: "from_float_ref has no way to refuse") }
        case .chunk:
            guard let function = library.quantizeChunk else { return .skipped(reason: "no ggml_quantize_chunk") }
            if importance == nil, library.needsImportance?(type.id) == true {
                return .skipped(reason: "\(type.name) is not quantized without an importance matrix")
            }
            let weights = importance.map { ForeignBuffer(FloatBytes.bytes($0.lazy.map(\.bitPattern)), after: 4 * shift) }
            let written = input.withFloats { source in
                function(
                    type.id, source, output.pointer, 0, Int64(rows), Int64(columns), weights.map { $0.withFloats { UnsafePointer($0) } })
            }
            withExtendedLifetime(weights) {}
            guard written == rows * rowBytes else {
                return .broken("ggml_quantize_chunk says that it wrote \(written) bytes, not \(rows * rowBytes)")
            }
            check = { self.check($0, type) }
        }
        guard let bytes = output.contents else { return .broken("the quantizer wrote past the end of its output") }
        return .checkedBytes(bytes, check(bytes))
    }

    /// What the library's own check says of blocks that `ggml_quantize_chunk` wrote.
    private func check(_ blocks: [UInt8], _ type: GGMLType) -> OwnCheck {
        guard let validate = library.validateRows else { return .none(reason: "no ggml_validate_row_data in this library") }
        func takes(_ blocks: [UInt8]) -> Bool { ForeignBuffer(blocks).withBytes { validate(type.id, $0, blocks.count) } }
        // Some builds do not know a type here and reject whatever it is: no opinion about these blocks then.
        guard takes([UInt8](repeating: 0, count: type.bytes)) else {
            return .none(reason: "ggml_validate_row_data of this library rejects every block of \(type.name)")
        }
        return takes(blocks) ? .accepts(by: "ggml_validate_row_data") : .rejects(by: "ggml_validate_row_data")
    }

    private func quantize(_ match: GGMLTypeMatch, _ values: [Float], _ shift: Int) -> Answer {
        let type = match.type
        guard let address = type.fromFloat ?? type.fromFloatReference, let pointer = UnsafeRawPointer(bitPattern: address) else {
            return .skipped(reason: "\(type.name) has no from_float")
        }
        guard values.count % type.elements == 0 else { return .error("\(values.count) values are not whole blocks of \(type.elements)") }
        let output = ForeignBuffer(count: values.count / type.elements * type.bytes, after: shift * type.bytes)
        let input = ForeignBuffer(FloatBytes.bytes(values.lazy.map(\.bitPattern)), after: 4 * shift)
        let function = unsafeBitCast(pointer, to: GGMLLibrary.FromFloat.self)
        input.withFloats { function($0, output.pointer, Int64(values.count)) }
        return output.contents.map(Answer.bytes) ?? .broken("from_float wrote past the end of its output")
    }

    /// Rows of a matrix times columns, one `vec_dot` for each pair, each where it lies in its matrix.
    private func product(
        _ match: GGMLTypeMatch, _ blocks: [UInt8], _ rows: Int, _ activationFormat: String, _ activations: [UInt8], _ columns: Int,
        _ shift: Int
    ) -> Answer {
        let type = match.type
        guard let address = type.vecDot, let pointer = UnsafeRawPointer(bitPattern: address), let operand = type.vecDotType else {
            return .skipped(reason: "\(type.name) has no vec_dot")
        }
        guard let own = typesByID[operand], let wanted = Spec.format(activationFormat), matches[wanted.id]?.type.id == own.id else {
            return .skipped(
                reason: "\(type.name) is multiplied with \(typesByID[operand]?.name ?? "another type") here, not with \(activationFormat)")
        }
        guard rows > 0, columns > 0, blocks.count % (rows * type.bytes) == 0, activations.count % (columns * own.bytes) == 0 else {
            return .error("the operands are not whole rows of whole blocks")
        }
        let (rowBytes, columnBytes) = (blocks.count / rows, activations.count / columns)
        let count = rowBytes / type.bytes * type.elements
        guard columnBytes / own.bytes * own.elements == count else { return .error("the two operands have not the same number of values") }
        guard let length = Int32(exactly: count) else { return .error("\(count) values are too many for one row") }
        let function = unsafeBitCast(pointer, to: GGMLLibrary.VecDot.self)
        let (x, y) = (ForeignBuffer(blocks, after: shift * type.bytes), ForeignBuffer(activations, after: shift * own.bytes))
        let result = ForeignBuffer(count: 4 * rows * columns, after: 4 * shift)
        x.withBytes { x in
            y.withBytes { y in
                result.withFloats { result in
                    for column in 0..<columns {
                        for row in 0..<rows {
                            function(length, result + column * rows + row, 0, x + row * rowBytes, 0, y + column * columnBytes, 0, 1)
                        }
                    }
                }
            }
        }
        return result.contents.flatMap(FloatBytes.bits).map(Answer.floats) ?? .broken("vec_dot wrote past the end of its output")
    }
}

/// Memory for foreign functions: where a row of a tensor lies, with a margin on both sides that shows whether too much was written.
private final class ForeignBuffer {
    /// The first byte that functions may touch.
    let pointer: UnsafeMutableRawPointer
    private let start: UnsafeMutableRawPointer
    private let count: Int
    private let before: Int
    private static let margin = 64
    private static let mark: UInt8 = 0xA5

    /// Memory that holds the mark everywhere, so that what a function leaves unwritten shows too (O18).
    ///
    /// - Parameter offset: bytes between a boundary of 64 and the first.
    init(count: Int, after offset: Int = 0) {
        self.count = count
        before = Self.margin + offset
        start = .allocate(byteCount: before + count + Self.margin, alignment: 64)
        start.initializeMemory(as: UInt8.self, repeating: Self.mark, count: before + count + Self.margin)
        pointer = start + before
    }

    convenience init(_ bytes: [UInt8], after offset: Int = 0) {
        self.init(count: bytes.count, after: offset)
        bytes.withUnsafeBytes { if let base = $0.baseAddress { pointer.copyMemory(from: base, byteCount: $0.count) } }
    }

    deinit { start.deallocate() }

    func withBytes<R>(_ body: (UnsafeRawPointer) -> R) -> R {
        defer { withExtendedLifetime(self) {} }
        return body(UnsafeRawPointer(pointer))
    }

    func withFloats<R>(_ body: (UnsafeMutablePointer<Float>) -> R) -> R {
        defer { withExtendedLifetime(self) {} }
        return body(pointer.assumingMemoryBound(to: Float.self))
    }

    /// The bytes; nil if a margin was written to.
    var contents: [UInt8]? {
        let all = UnsafeRawBufferPointer(start: start, count: before + count + Self.margin)
        guard all[..<before].allSatisfy({ $0 == Self.mark }), all[(before + count)...].allSatisfy({ $0 == Self.mark }) else { return nil }
        return Array(all[before..<before + count])
    }
}
