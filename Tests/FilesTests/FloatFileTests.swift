import HIFIFiles
import Testing

@Suite("Arrays in files")
struct FloatFileTests {
    @Test("raw floats come back bit for bit")
    func raw() throws {
        let values = [0, -0.0, 1.5, .infinity, Float(bitPattern: 0x7FC0_1234)]
        let file = try FloatFile(bytes: FloatFile(values).bytes(as: .raw))
        #expect(file.values.map(\.bitPattern) == values.map(\.bitPattern))
        #expect(throws: FloatFileError.partialScalar(bytes: 7)) { try FloatFile(bytes: [UInt8](repeating: 0, count: 7)) }
    }

    @Test("npy files have an aligned header and keep their shape", arguments: [[6], [2, 3], [1, 2, 3], [0], []])
    func npy(shape: [Int]) throws {
        let count = shape.reduce(1, *)
        let file = FloatFile(shape: shape, values: (0..<count).map { Float($0) / 3 })
        let bytes = file.bytes(as: .npy)
        #expect((bytes.count - 4 * count) % 64 == 0)
        let back = try FloatFile(bytes: bytes)
        #expect(back.shape == shape)
        #expect(back.values == file.values)
    }

    @Test("a damaged npy file is an error, never a crash")
    func damaged() {
        let good = FloatFile(shape: [2, 3], values: [1, 2, 3, 4, 5, 6]).bytes(as: .npy)
        for count in 6..<good.count {
            #expect(throws: FloatFileError.self) { try FloatFile(bytes: Array(good.prefix(count))) }
        }
        func replaced(_ old: String, _ new: String) -> [UInt8] {
            Array(String(decoding: good[10..<128], as: UTF8.self).replacing(old, with: new).utf8)
        }
        for (old, new) in [
            ("<f4", ">f4"), ("False", "True "), ("(2, 3)", "(-2,3)"), ("(2, 3)", "(99999999999999999999, 3)"), ("(2, 3)", "2, 3"),
        ] {
            let header = replaced(old, new)
            #expect(throws: FloatFileError.self) { try FloatFile(bytes: Array(good[..<10]) + header + good[128...]) }
        }
    }

    @Test("an array of another type or order is refused for its type or order alone")
    func unsupported() {
        let good = FloatFile(shape: [2, 3], values: [1, 2, 3, 4, 5, 6]).bytes(as: .npy)
        func with(_ old: String, _ new: String) -> [UInt8] {
            good[..<10] + Array(String(decoding: good[10..<128], as: UTF8.self).replacing(old, with: new).utf8) + good[128...]
        }
        #expect(throws: FloatFileError.unsupportedType("'<f8'")) { try FloatFile(bytes: with("<f4", "<f8")) }
        #expect(throws: FloatFileError.unsupportedType("'<f4' in Fortran order")) { try FloatFile(bytes: with("False", "True ")) }
    }

    @Test("an array has at most 64 dimensions, as in NumPy; more would not fit the header that is written")
    func dimensions() throws {
        func file(_ dimensions: Int) -> [UInt8] {
            let shape = [String](repeating: "1", count: dimensions).joined(separator: ", ")
            let text = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(shape)), }\n"
            let length = UInt32(text.utf8.count)
            // Version 2: four bytes of length.
            return [0x93] + Array("NUMPY".utf8) + [2, 0] + (0..<4).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array(text.utf8)
                + [0, 0, 0x80, 0x3F]
        }
        let most = try FloatFile(bytes: file(64))
        #expect(most.shape == [Int](repeating: 1, count: 64) && most.values == [1])
        #expect(try FloatFile(bytes: most.bytes(as: .npy)).shape == most.shape)
        for count in [65, 30_000] {
            #expect(throws: FloatFileError.malformedHeader("more than 64 dimensions")) { try FloatFile(bytes: file(count)) }
        }
    }
}
