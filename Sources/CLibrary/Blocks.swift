import HIFIBlockSpec
import HIFICAPI
import HIFIForeign
import HIFIKernels
import HIFIReference

/// Kernels of this processor, on the caller's thread.
private func backend() throws(CallError) -> CPUBackend {
    do { return try CPUBackend(threads: 1) } catch { throw CallError(HIFI_INTERNAL, "\(ForeignText(describing: error))") }
}

/// Bytes of a row, which is whole blocks.
///
/// - Parameter name: what the caller knows the number as.
private func rowBytes(_ format: BlockFormat, _ columns: Int, _ name: StaticString) throws(CallError) -> Int {
    guard columns > 0, columns.isMultiple(of: format.elements) else {
        let unit = format.elements == 1 ? "at least one weight" : "a multiple of \(format.elements) weights"
        throw .argument("\(name): rows of \(format.id) have \(unit), not \(UInt(bitPattern: columns))")
    }
    guard let bytes = format.bytes(forRowOf: UInt64(columns)).flatMap({ Int(exactly: $0) }) else {
        throw .argument("\(name): no memory holds a row of \(columns) weights")
    }
    return bytes
}

/// Rows of blocks to weights: `hifi_blocks_decode`, as `hifi.h` says.
@_cdecl("hifi_blocks_decode")
public func decode(
    type: UnsafePointer<CChar>?, _ blocks: UnsafeRawPointer?, _ byteCount: Int, _ columns: Int, _ weights: UnsafeMutablePointer<Float>?,
    _ count: Int, _ error: UnsafeMutablePointer<hifi_error>?
) -> hifi_status {
    call(error) { () throws(CallError) in
        let format = try format(type)
        let row = try rowBytes(format, columns, "columns")
        let input = try bytes(blocks, byteCount, "blocks")
        let output = UnsafeMutableBufferPointer(mutating: try floats(weights, count, "weights"))
        let (group, overflow) = row.multipliedReportingOverflow(by: format.interleave)
        guard !overflow, input.count.isMultiple(of: group) else {
            throw CallError(
                HIFI_REFUSED,
                "bytes: \(input.count) bytes are not whole \(format.interleave > 1 ? "groups of rows" : "rows") of \(format.id)")
        }
        // The weights of a row take at most some hundred times its bytes, but the caller's numbers may be anything.
        let (expected, tooMany) = (input.count / row).multipliedReportingOverflow(by: columns)
        guard !tooMany, output.count == expected else {
            let size = tooMany ? "too many" : "\(expected)"
            throw .argument("count: \(input.count) bytes of \(format.id) are \(size) weights, not \(UInt(bitPattern: count))")
        }
        if let unweaver = Unweaver(format) { return try decode(unweaver, input, group, into: output) }
        guard format.decoding != nil else { throw CallError(HIFI_UNSUPPORTED, "\(format.id) is known by its size only") }
        let backend = try backend()
        do {
            // Kernels take one row at a time where rows have headers.
            let step = format.rowHeader == nil ? max(1, input.count) : row
            let perStep = format.rowHeader == nil ? output.count : columns
            for (index, start) in stride(from: 0, to: input.count, by: step).enumerated() {
                try backend.decode(
                    format, UnsafeRawBufferPointer(rebasing: input[start..<start + step]),
                    into: UnsafeMutableBufferPointer(rebasing: output[index * perStep..<(index + 1) * perStep]))
            }
        } catch { throw .refused(error) }
    }
}

/// Interleaved rows, group by group.
private func decode(
    _ unweaver: Unweaver, _ input: UnsafeRawBufferPointer, _ group: Int, into output: UnsafeMutableBufferPointer<Float>
) throws(CallError) {
    var position = 0
    for start in stride(from: 0, to: input.count, by: group) {
        let decoded: [Float]
        do { decoded = try unweaver.decode(Array(input[start..<start + group])) } catch { throw .refused(error) }
        for weight in decoded {
            output[position] = weight
            position += 1
        }
    }
}

/// Rows of weights to blocks: `hifi_blocks_encode`, as `hifi.h` says.
@_cdecl("hifi_blocks_encode")
public func encode(
    type: UnsafePointer<CChar>?, _ weights: UnsafePointer<Float>?, _ count: Int, _ columns: Int, _ importances: UnsafePointer<Float>?,
    _ blocks: UnsafeMutableRawPointer?, _ byteCount: Int, _ error: UnsafeMutablePointer<hifi_error>?
) -> hifi_status {
    call(error) { () throws(CallError) in
        let format = try format(type)
        let row = try rowBytes(format, columns, "columns")
        let input = try floats(weights, count, "weights")
        guard input.count.isMultiple(of: columns) else { throw .argument("count: \(count) weights are not whole rows of \(columns)") }
        let output = UnsafeMutableRawBufferPointer(mutating: try bytes(blocks, byteCount, "blocks"))
        let (expected, overflow) = (input.count / columns).multipliedReportingOverflow(by: row)
        guard !overflow, output.count == expected else {
            let size = overflow ? "too many" : "\(expected)"
            throw .argument("bytes: \(count) weights of \(format.id) are \(size) bytes, not \(UInt(bitPattern: byteCount))")
        }
        let backend = try backend()
        let encoder: BlockEncoder
        do { encoder = try BlockEncoder(format, backend: backend) } catch {
            throw CallError(HIFI_UNSUPPORTED, "\(ForeignText(describing: error))")
        }
        let values = try importances.map { pointer throws(CallError) in try floats(pointer, columns, "importances") }
        guard !input.isEmpty else { return }
        do { try encoder.encode(rows: input, columns: columns, importance: values, into: output) } catch { throw .refused(error) }
    }
}

/// A row times activations: `hifi_row_dot`, as `hifi.h` says.
@_cdecl("hifi_row_dot")
public func dot(
    type: UnsafePointer<CChar>?, _ row: UnsafeRawPointer?, _ byteCount: Int, _ activations: UnsafePointer<Float>?, _ count: Int,
    _ product: UnsafeMutablePointer<hifi_product>?, _ error: UnsafeMutablePointer<hifi_error>?
) -> hifi_status {
    call(error) { () throws(CallError) in
        guard let product else { throw .argument("product is NULL") }
        let format = try format(type)
        guard let multiplication = Multiplication(format) else {
            throw CallError(HIFI_UNSUPPORTED, "no products are defined for \(format.id)")
        }
        let size = try rowBytes(format, count, "count")
        let input = try bytes(row, byteCount, "row")
        guard input.count == size else {
            throw .argument("bytes: a row of \(count) weights of \(format.id) has \(size) bytes, not \(UInt(bitPattern: byteCount))")
        }
        let values = try floats(activations, count, "activations")
        do {
            let quantized = try multiplication.quantizer.quantize(Array(values), columns: count)
            let value = try multiplication.reference.dot(Array(input), quantized)
            product.pointee = hifi_product(exact: value.value, bound: value.bound(.blocked), magnitude: value.magnitude)
        } catch { throw .refused(error) }
    }
}

/// How rows of a type are multiplied.
struct Multiplication {
    let reference: ReferenceDot
    let quantizer: ActivationQuantizer

    /// Nil for types without products.
    init?(_ format: BlockFormat) {
        guard format.decoding != nil, let activation = ReferenceDot.activationFormat(for: format),
            let reference = try? ReferenceDot(format, activation: activation), let quantizer = try? ActivationQuantizer(activation)
        else { return nil }
        (self.reference, self.quantizer) = (reference, quantizer)
    }
}
