import HIFIForeign
import HIFIGGUF
import Importance
import Quantization
import TestSupport
import Testing

@Suite("Importance matrices")
struct ImportanceMatrixTests {
    /// A GGUF matrix: sums over four calls.
    static func gguf(_ entries: [ForeignText: [Float]], type: String = "imatrix") -> GGUFBuilder {
        var builder = GGUFBuilder()
        builder.entries = [
            .init("general.type", .string(type)), .init("imatrix.datasets", .strings(["text.txt", "other.txt"])),
            .init("imatrix.chunk_count", .uint32(12)), .init("imatrix.chunk_size", .uint32(512)),
        ]
        for (name, values) in entries.sorted(by: { $0.key < $1.key }) {
            var (sums, counts): ([UInt8], [UInt8]) = ([], [])
            for value in values { sums.append(integer: (4 * value).bitPattern) }
            counts.append(integer: Float(4).bitPattern)
            builder.tensors.append(.init("\(name).in_sum2", [UInt64(values.count), 1], typeID: 0, data: sums))
            builder.tensors.append(.init("\(name).counts", [1, 1], typeID: 0, data: counts))
        }
        return builder
    }

    /// The older form of the same.
    static func legacy(_ entries: [ForeignText: [Float]], trailer: Bool = true) -> [UInt8] {
        var bytes: [UInt8] = []
        func append(_ text: String) {
            bytes.append(integer: Int32(text.utf8.count))
            bytes += text.utf8
        }
        bytes.append(integer: Int32(entries.count))
        for (name, values) in entries.sorted(by: { $0.key < $1.key }) {
            append(name.raw)
            bytes.append(integer: Int32(4))
            bytes.append(integer: Int32(values.count))
            for value in values { bytes.append(integer: (4 * value).bitPattern) }
        }
        guard trailer else { return bytes }
        bytes.append(integer: Int32(12))
        append("text.txt")
        return bytes
    }

    @Test("both forms hold the same values")
    func forms() throws {
        let folder = try TemporaryFolder()
        let entries = importances()
        let new = try ImportanceMatrix.load(path: folder.file("m.gguf", Self.gguf(entries).build().bytes))
        let old = try ImportanceMatrix.load(path: folder.file("m.dat", Self.legacy(entries)))
        #expect(new.entries == entries && old.entries == entries)
        #expect(new.dataset == "text.txt" && old.dataset == "text.txt")
        #expect(new.chunks == 12 && old.chunks == 12)
        let oldest = try ImportanceMatrix.load(path: folder.file("older.dat", Self.legacy(entries, trailer: false)))
        #expect(oldest.entries == entries && oldest.dataset == nil && oldest.chunks == 0)
    }

    @Test("an expert that no token reached counts as 1")
    func unreached() throws {
        var builder = Self.gguf([:])
        var (sums, counts): ([UInt8], [UInt8]) = ([], [])
        for value in [3, 6, 0, 0] as [Float] { sums.append(integer: value.bitPattern) }
        for value in [3, 0] as [Float] { counts.append(integer: value.bitPattern) }
        builder.tensors = [.init("x.in_sum2", [2, 2], typeID: 0, data: sums), .init("x.counts", [1, 2], typeID: 0, data: counts)]
        let matrix = try ImportanceMatrix.load(path: TemporaryFolder().kept("m.gguf", builder.build().bytes))
        #expect(matrix.entries == ["x": [1, 2, 1, 1]])
    }

    @Test("every cut of either form is refused without harm")
    func cuts() throws {
        let folder = try TemporaryFolder()
        let entries: [ForeignText: [Float]] = ["blk.0.a.weight": [1, 2, 3], "blk.1.b.weight": [4]]
        for whole in [Self.legacy(entries), Self.gguf(entries).build().bytes] {
            // The older form may end after its entries.
            let legitimate = Self.legacy(entries, trailer: false).count
            for length in 0..<whole.count - 33 where whole[0] == UInt8(ascii: "G") || length != legitimate {
                let path = try folder.file("cut", Array(whole.prefix(length)))
                let error = #expect(throws: QuantizationError.self) { try ImportanceMatrix.read(path: path) }
                #expect(error?.kind == .malformed, "\(length): \(error as Any)")
            }
        }
    }

    @Test("a model, a text and a matrix of one half are not importance matrices", arguments: ["model", "text", "sums", "f16", "empty"])
    func wrongKind(kind: String) throws {
        let folder = try TemporaryFolder()
        var builder = Self.gguf(["x": [1, 2]])
        var expected = "not an importance matrix"
        switch kind {
        case "model": builder = .smallQwen3()
        case "sums":
            builder.tensors.removeLast()
            expected = "has sums but no counts"
        case "f16":
            builder.tensors[0].typeID = 1
            expected = "expected F32"
        case "empty":
            builder.tensors = []
            expected = "without entries"
        default: break
        }
        let bytes = kind == "text" ? Array("Once upon a time there was a text.".utf8) : builder.build().bytes
        let error = #expect(throws: QuantizationError.self) { try ImportanceMatrix.read(path: folder.file("m", bytes)) }
        #expect(error?.kind == .malformed)
        #expect("\(error as Any)".contains(expected), "\(error as Any)")
    }

    @Test("NaN, infinite and negative importances are named", arguments: [Float.nan, .infinity, -1])
    func badValues(value: Float) throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("m.dat", Self.legacy(["a": [1, 2], "b": [1, 1, value]]))
        let error = #expect(throws: QuantizationError.self) { try ImportanceMatrix.read(path: path) }
        #expect("\(error as Any)".contains("entry b has \(value) in column 2"), "\(error as Any)")
    }
}

extension TemporaryFolder {
    /// Writes a file into a folder that stays as long as the process: for one expression.
    func kept(_ name: String, _ bytes: [UInt8]) throws -> String {
        _ = Unmanaged.passRetained(self)
        return try file(name, bytes)
    }
}
