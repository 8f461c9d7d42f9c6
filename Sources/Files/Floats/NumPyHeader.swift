import HIFIForeign

/// The header of NumPy's `.npy` files, versions 1 to 3, for little-endian fp32 in C order.
enum NumPyHeader {
    static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
    /// Dimensions of an array, at most; NumPy has the same limit.
    static let dimensionLimit = 64

    /// A version 1 header, padded so that the data is 64-byte aligned.
    static func bytes(shape: [Int]) -> [UInt8] {
        let list = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
        var text = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(list)), }"
        let unpadded = magic.count + 4 + text.utf8.count + 1
        text += String(repeating: " ", count: (64 - unpadded % 64) % 64) + "\n"
        let length = UInt16(text.utf8.count)
        return magic + [1, 0, UInt8(truncatingIfNeeded: length), UInt8(length >> 8)] + Array(text.utf8)
    }

    static func read(_ bytes: [UInt8]) throws(FloatFileError) -> FloatFile {
        guard bytes.count >= 12, (1...3).contains(bytes[6]) else { throw .malformedHeader("unknown version") }
        let lengthBytes = bytes[6] == 1 ? 2 : 4
        let length = (0..<lengthBytes).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
        let start = 8 + lengthBytes
        guard length <= bytes.count - start else { throw .malformedHeader("header of \(length) bytes in a file of \(bytes.count)") }
        let text = String(decoding: bytes[start..<start + length], as: UTF8.self)

        guard let type = value(of: "descr", in: text) else { throw .malformedHeader("no 'descr'") }
        let isRowMajor = value(of: "fortran_order", in: text)?.hasPrefix("False") == true
        guard type.hasPrefix("'<f4'"), isRowMajor else {
            throw .unsupportedType("\(ForeignText(type.prefix(24).prefix { $0 != "," }))" + (isRowMajor ? "" : " in Fortran order"))
        }
        guard let list = value(of: "shape", in: text), list.first == "(", let end = list.firstIndex(of: ")") else {
            throw .malformedHeader("no 'shape'")
        }
        var shape: [Int] = []
        var count = 1
        for part in list[list.index(after: list.startIndex)..<end].split(separator: ",") {
            guard let extent = Int(part.filter { $0 != " " }), extent >= 0 else {
                throw .malformedHeader("extent \(ForeignText(part.prefix(24)))")
            }
            let (product, overflow) = count.multipliedReportingOverflow(by: extent)
            guard !overflow, product <= bytes.count else { throw .malformedHeader("shape larger than the file") }
            guard shape.count < dimensionLimit else { throw .malformedHeader("more than \(dimensionLimit) dimensions") }
            shape.append(extent)
            count = product
        }
        let data = bytes[(start + length)...]
        guard data.count == 4 * count else { throw .wrongSize(expected: 4 * count, found: data.count) }
        return FloatFile(shape: shape, values: FloatFile.floats(data))
    }

    /// The text after `'key':`.
    private static func value(of key: String, in text: String) -> Substring? {
        for quote in ["'", "\""] {
            let name = quote + key + quote
            var rest = text[...]
            while !rest.isEmpty {
                if rest.hasPrefix(name) {
                    let after = rest.dropFirst(name.count).drop { $0 == " " }
                    guard after.first == ":" else { return nil }
                    return after.dropFirst().drop { $0 == " " }
                }
                rest = rest.dropFirst()
            }
        }
        return nil
    }
}
