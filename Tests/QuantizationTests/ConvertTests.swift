import HIFIBlockSpec
import HIFIFiles
import HIFIGGUF
import HIFIReference
import Quantization
import TestSupport
import Testing

@Suite("Conversion between revisions changes no weight")
struct ConvertTests {
    static let tiny = Repository.root.appendingPathComponent("Vectors/models/tiny-qwen3-q3_k_hifi-r6.gguf").path

    static func options(_ revision: String?, dialect: String? = nil, stamp: String? = nil) -> ConversionOptions {
        var options = ConversionOptions()
        options.target = revision.flatMap { Spec.format("q3_k_hifi@\($0)") }
        options.dialect = dialect.flatMap(Spec.dialect)
        options.stamp = stamp
        options.threads = 2
        return options
    }

    @Test(
        "the real model comes back byte for byte",
        arguments: ["r12a", "r12", "r13", "r9", "r10", "r11", "r7c", "r7e"])
    func roundTrip(revision: String) throws {
        let folder = try TemporaryFolder()
        let there = try Converter.convert(
            SourceModel.open(path: Self.tiny), Self.options(revision, stamp: "1.0.0"), to: folder.path("there.gguf"))
        #expect(there.convertedTensors == 8 && there.convertedBlocks == 3072)
        #expect(there.fileType?.before == 41 && there.fileType?.after == 45)
        let back = try Converter.convert(
            SourceModel.open(path: folder.path("there.gguf")), Self.options("r6"), to: folder.path("back.gguf"))
        #expect(back.fileType?.after == 41)
        #expect(try folder.bytes("back.gguf") == Repository.bytes("Vectors/models/tiny-qwen3-q3_k_hifi-r6.gguf"))
    }

    static let formats = ["r5", "r6", "r7c", "r7e", "r9", "r10", "r11", "r12a", "r12b", "r12c", "r13"].map { "q3_k_hifi@\($0)" }
    /// Formats that some dialect's id stands for first.
    static let readable = formats.filter { dialect(of: $0) != nil }

    static func dialect(of format: String) -> Dialect? {
        Spec.dialects.last { dialect in
            dialect.family == .fork && dialect.typeIDs(of: format).contains { dialect.type(id: $0)?.formats.first == format }
        }
    }

    /// A file with one tensor of those blocks, two to a row.
    static func file(_ format: BlockFormat, _ blocks: [UInt8], in folder: TemporaryFolder) throws -> SourceModel {
        let dialect = try #require(Self.dialect(of: format.id))
        var builder = GGUFBuilder.smallQwen3()
        let rows = UInt64(blocks.count / format.bytes / 2)
        let id = try #require(dialect.typeIDs(of: format.id).first)
        builder.tensors = [.init("blk.0.attn_v.weight", [512, rows], typeID: id, data: blocks)]
        builder.entries.remove(at: try #require(builder.entryIndex("general.file_type")))
        return try SourceModel.open(path: folder.file("in.gguf", builder.build().bytes), dialect: dialect)
    }

    /// The blocks of the only tensor of a converted file.
    static func blocks(_ folder: TemporaryFolder, _ format: BlockFormat, _ count: Int) throws -> [UInt8] {
        let scan = GGUFScan.scan(try folder.bytes("out.gguf"))
        let tensor = try #require(scan.tensors.first)
        let start = try #require(scan.start(of: tensor))
        return Array(scan.bytes.slice(start..<start + count * format.bytes) ?? ByteView([]))
    }

    @Test("random blocks of every pair: the same weights, or a refusal that leaves nothing behind", arguments: readable, formats)
    func pairs(from: String, to: String) throws {
        guard from != to else { return }
        let (source, target) = (try #require(Spec.format(from)), try #require(Spec.format(to)))
        var random = SplitMix64(seed: 77)
        let folder = try TemporaryFolder()
        let blocks = (0..<64).flatMap { _ in HIFIBlock.valid(source, &random) }
        let model = try Self.file(source, blocks, in: folder)
        let options = Self.options(String(to.dropFirst("q3_k_hifi@".count)))
        var refusal: QuantizationError?
        do { _ = try Converter.convert(model, options, to: folder.path("out.gguf")) } catch { refusal = error }
        if let refusal {
            #expect("\(refusal)".contains("without changing weights"), "\(refusal)")
            #expect(folder.names == ["in.gguf"])
            #expect(source.field("outlier_idx")?.count ?? 0 > target.field("outlier_idx")?.count ?? 0, "enough slots, yet refused")
            return
        }
        let before = try ReferenceDecoder(source).decode(blocks)
        let after = try ReferenceDecoder(target).decode(Self.blocks(folder, target, 64))
        #expect(before.map(\.bitPattern) == after.map(\.bitPattern))
    }

    @Test("an unused slot that decoding applies becomes an outlier of zero")
    func sentinel() throws {
        let (source, target) = (try #require(Spec.format("q3_k_hifi@r12c")), try #require(Spec.format("q3_k_hifi@r13")))
        var random = SplitMix64(seed: 5)
        var weights = (0..<512).map { _ in Float.random(in: -1...1, using: &random) }
        // No outlier, and not zero in the base.
        (weights[255], weights[511]) = (0.5, -0.5)
        let blocks = try ReferenceEncoder(source, outliers: 5).encode(weights, columns: 512)
        let folder = try TemporaryFolder()
        _ = try Converter.convert(Self.file(source, blocks, in: folder), Self.options("r13"), to: folder.path("out.gguf"))
        let converted = try Self.blocks(folder, target, 2)
        let decoded = try ReferenceDecoder(target).decode(converted)
        #expect(try ReferenceDecoder(source).decode(blocks).map(\.bitPattern) == decoded.map(\.bitPattern))
        #expect(decoded[255] == 0 && decoded[511] == 0)
        #expect(HIFIBlock(target, Array(converted.prefix(136))).get("outlier_count", 0) == 6)
    }

    @Test("a position listed twice keeps the value of its last slot")
    func duplicates() throws {
        let (source, target) = (try #require(Spec.format("q3_k_hifi@r6")), try #require(Spec.format("q3_k_hifi@r12c")))
        var random = SplitMix64(seed: 6)
        let weights = (0..<512).map { _ in Float.random(in: -1...1, using: &random) }
        var block = HIFIBlock(source, Array(try ReferenceEncoder(source).encode(weights, columns: 512).prefix(134)))
        block.set("outlier_idx", 6, to: block.get("outlier_idx", 1))
        let blocks = block.bytes + block.bytes
        let folder = try TemporaryFolder()
        _ = try Converter.convert(Self.file(source, blocks, in: folder), Self.options("r12"), to: folder.path("out.gguf"))
        let converted = HIFIBlock(target, Array(try Self.blocks(folder, target, 2).prefix(136)))
        let decoded = try ReferenceDecoder(target).decode(converted.bytes)
        #expect(try ReferenceDecoder(source).decode(block.bytes).map(\.bitPattern) == decoded.map(\.bitPattern))
        let positions = (0..<8).map { converted.get("outlier_idx", $0) }
        #expect(positions == positions.sorted() && Set(positions).count == 8)
    }

    @Test("one block that does not fit is named by tensor, row and block, and nothing is written")
    func refusal() throws {
        let (small, large) = (try #require(Spec.format("q3_k_hifi@r5")), try #require(Spec.format("q3_k_hifi@r6")))
        var random = SplitMix64(seed: 8)
        let weights = (0..<4096).map { _ in Float.random(in: -1...1, using: &random) }
        let folder = try TemporaryFolder()
        let blocks = try ReferenceEncoder(small).encode(weights, columns: 512)
        _ = try Converter.convert(Self.file(small, blocks, in: folder), Self.options("r6"), to: folder.path("out.gguf"))
        var widened = try Self.blocks(folder, large, 16)
        // Six outliers in eight slots go back into six.
        _ = try Converter.convert(Self.file(large, widened, in: folder), Self.options("r5"), to: folder.path("out.gguf"))
        #expect(try Self.blocks(folder, small, 16) == blocks)

        let full = try ReferenceEncoder(large).encode(Array(weights[..<512]), columns: 512).prefix(134)
        widened.replaceSubrange(11 * 134..<12 * 134, with: full)
        let model = try Self.file(large, widened, in: folder)
        let before = try folder.bytes("out.gguf")
        let error = #expect(throws: QuantizationError.self) {
            try Converter.convert(model, Self.options("r5"), to: folder.path("out.gguf"))
        }
        #expect("\(error as Any)".contains("tensor blk.0.attn_v.weight, row 5, block 1: "), "\(error as Any)")
        #expect("\(error as Any)".contains("8 outliers for 6 slots"))
        #expect(try folder.bytes("out.gguf") == before && folder.names == ["in.gguf", "out.gguf"])
    }

    @Test("slots that must change nothing need a weight that fp16 holds")
    func nothingToFillWith() throws {
        let source = try #require(Spec.format("q3_k_hifi@r13"))
        // Every code 3, every scale 29, a scale of eleven significant bits: no weight is an fp16 number.
        var block = [UInt8](repeating: 0xFF, count: 96) + [UInt8](repeating: 0xDD, count: 8) + [UInt8](repeating: 0xFF, count: 4)
        block += [0xFF, 0x3B] + [UInt8](repeating: 0, count: 26)
        let folder = try TemporaryFolder()
        let model = try Self.file(source, block + block, in: folder)
        let error = #expect(throws: QuantizationError.self) {
            try Converter.convert(model, Self.options("r12"), to: folder.path("out.gguf"))
        }
        #expect("\(error as Any)".contains("row 0, block 0"), "\(error as Any)")
        #expect(folder.names == ["in.gguf"])
    }

    @Test("revisions that add, or have another base, are refused before anything is read", arguments: ["r7a", "r8", "r3"])
    func incompatible(revision: String) throws {
        let folder = try TemporaryFolder()
        let model = try SourceModel.open(path: Self.tiny)
        let error = #expect(throws: QuantizationError.self) {
            try Converter.convert(model, Self.options(revision), to: folder.path("out.gguf"))
        }
        #expect(error?.kind == .refused)
        #expect(folder.names == [])
    }

    @Test("type numbers there and back")
    func renumber() throws {
        let folder = try TemporaryFolder()
        let there = try Converter.convert(
            SourceModel.open(path: Self.tiny), Self.options(nil, dialect: "fork-2025-12-13"), to: folder.path("there.gguf"))
        #expect(there.renumberedTensors == 17 && there.convertedTensors == 0)
        #expect(Set(GGUFScan.scan(try folder.bytes("there.gguf")).tensors.map(\.typeID)) == [0, 11, 13, 15, 41])
        _ = try Converter.convert(
            SourceModel.open(path: folder.path("there.gguf")), Self.options(nil, dialect: "fork-2025-12-22"), to: folder.path("back.gguf"))
        #expect(try folder.bytes("back.gguf") == Repository.bytes("Vectors/models/tiny-qwen3-q3_k_hifi-r6.gguf"))
    }

    @Test("a dialect without the type, and a conversion to what is there already", arguments: ["upstream", "r6"])
    func nothingToDo(what: String) throws {
        let folder = try TemporaryFolder()
        let model = try SourceModel.open(path: Self.tiny)
        let options = what == "r6" ? Self.options("r6") : Self.options(nil, dialect: what)
        let error = #expect(throws: QuantizationError.self) { try Converter.convert(model, options, to: folder.path("out.gguf")) }
        #expect(error?.kind == .usage)
        #expect(folder.names == [])
    }
}
