import HIFIBlockSpec
import HIFIReference

/// A tensor that says nothing: zero throughout, one value throughout, or one block over and over.
package enum Uniformity: Sendable, Hashable {
    case zero
    case constant(Float)
    case repeated

    /// Blocks that are decoded at most. Damaged and unused tensors repeat the same block; one that shows this many different
    /// blocks of one value is left unjudged rather than decoded to its end.
    private static let decodedBlocks = 4096
    /// Longer groups of interleaved rows are not decoded.
    private static let longestGroup = 4 << 20

    /// Nil for tensors with content, which the first block or two nearly always show.
    ///
    /// - Parameter unweaver: takes groups apart where rows are interleaved; `format` is that of groups then.
    init?(of tensor: UnsafeRawBufferPointer, _ format: BlockFormat, unweaver: Unweaver? = nil) {
        // Element types are taken in groups, so that "one block over and over" has a meaning.
        let unit = unweaver == nil ? format.bytes * max(1, 256 / format.elements) : format.bytes
        guard tensor.count >= 2 * unit, let start = tensor.baseAddress else { return nil }
        let units = tensor.count / unit
        // What is not zero in fp64 may be in fp32, which decoders give.
        if format.elements == 1, format.fields.first?.type == .f64 {
            guard Self.isZero(tensor) else { return nil }
            self = .zero
            return
        }
        let differing = (1..<units).first { !Self.equal(start, start + $0 * unit, unit) }
        let rest = UnsafeRawBufferPointer(rebasing: tensor[(units * unit)...])
        guard let value = Self.value(of: tensor, unit: unit, format, unweaver) else {
            if differing == nil, Self.equal(start, start + (tensor.count - rest.count), rest.count) {
                self = Self.isZero(tensor) ? .zero : .repeated
                return
            }
            return nil
        }
        self = value == 0 ? .zero : .constant(value)
    }

    /// The value that every weight has, or nil.
    private static func value(of tensor: UnsafeRawBufferPointer, unit: Int, _ format: BlockFormat, _ unweaver: Unweaver?) -> Float? {
        let decoder = try? ReferenceDecoder(format)
        guard decoder != nil || unweaver != nil && unit <= longestGroup else { return nil }
        var weights = [Float](repeating: 0, count: unit / format.bytes * format.elements)
        var common: Float?
        var decoded = 0
        var last = UnsafeRawBufferPointer(rebasing: tensor[0..<0])
        var offset = 0
        while offset < tensor.count {
            let size = min(unit, tensor.count - offset)
            let bytes = UnsafeRawBufferPointer(rebasing: tensor[offset..<offset + size])
            offset += size
            if let a = last.baseAddress, let b = bytes.baseAddress, last.count == size, equal(a, b, size) { continue }
            last = bytes
            decoded += 1
            guard decoded <= decodedBlocks else { return nil }
            let count = size / format.bytes * format.elements
            if let unweaver {
                guard let decoded = try? unweaver.decode(Array(bytes)), decoded.count == count else { return nil }
                weights.replaceSubrange(0..<count, with: decoded)
            } else {
                let isDecoded = weights.withUnsafeMutableBufferPointer { buffer in
                    (try? decoder?.decode(bytes, into: UnsafeMutableBufferPointer(rebasing: buffer[0..<count]))) != nil
                }
                guard isDecoded else { return nil }
            }
            guard let first = weights.first else { return nil }
            // Both zeros are zero; a NaN equals nothing.
            guard weights.prefix(count).allSatisfy({ $0 == (common ?? first) }) else { return nil }
            common = common ?? first
        }
        return common
    }

    /// Whether every byte is zero. Stops at the first that is not.
    static func isZero(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var position = 0
        while bytes.count - position >= 8 {
            if bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self) != 0 { return false }
            position += 8
        }
        while position < bytes.count {
            if bytes[position] != 0 { return false }
            position += 1
        }
        return true
    }

    private static func equal(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ count: Int) -> Bool {
        UnsafeRawBufferPointer(start: a, count: count).elementsEqual(UnsafeRawBufferPointer(start: b, count: count))
    }
}
