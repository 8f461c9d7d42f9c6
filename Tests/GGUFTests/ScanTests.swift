import HIFIForeign
import HIFIGGUF
import TestSupport
import Testing

@Suite("Scanning the structure of a file")
struct ScanTests {
    @Test("a valid file has no problems and everything in it is found")
    func validFile() throws {
        let builder = GGUFBuilder.smallLlama()
        let image = builder.build()
        let scan = GGUFScan.scan(image.bytes)
        #expect(scan.problems == [])
        #expect(scan.stoppedIn == nil)
        let header = try #require(scan.header)
        #expect(header.version == 3)
        #expect(header.tensorCount == 21)
        #expect(header.metadataCount == 20)
        #expect(header.byteOrder == .littleEndian)
        #expect(scan.headerEnd == image.headerEnd)
        #expect(scan.dataStart == image.dataStart)
        #expect(scan.metadata.map(\.key) == builder.entries.map { ForeignText(decoding: $0.key) })
        #expect(scan.metadata.map { $0.keyRange.lowerBound - 8..<$0.valueRange.upperBound } == image.entryRanges)
        #expect(scan.tensors.map(\.recordRange) == image.recordRanges)
        for (tensor, (made, range)) in zip(scan.tensors, zip(builder.tensors, image.dataRanges)) {
            #expect(Array(tensor.nameBytes) == made.name)
            #expect(tensor.dimensions == made.dimensions)
            #expect(tensor.typeID == made.typeID)
            #expect(scan.start(of: tensor) == range.lowerBound)
            #expect(scan.spanBytes(of: tensor) == range.count)
        }
    }

    @Test("the offsets of a tensor record's fields point at those fields")
    func fieldOffsets() throws {
        let scan = GGUFScan.scan(GGUFBuilder.smallLlama().build().bytes)
        let tensor = try #require(scan.tensor(named: "blk.1.ffn_down.weight"))
        #expect(scan.bytes.load(UInt32.self, at: tensor.dimensionCountOffset) == 2)
        #expect(scan.bytes.load(UInt64.self, at: tensor.dimensionOffset(0)) == 96)
        #expect(scan.bytes.load(UInt64.self, at: tensor.dimensionOffset(1)) == 64)
        #expect(scan.bytes.load(UInt32.self, at: tensor.typeIDOffset) == 3)
        #expect(scan.bytes.load(UInt64.self, at: tensor.dataOffsetOffset) == tensor.dataOffset)
        #expect(scan.bytes.slice(tensor.nameRange) == tensor.nameBytes)
    }

    @Test("version 2 is read like version 3")
    func version2() {
        var builder = GGUFBuilder.smallLlama()
        builder.version = 2
        let scan = GGUFScan.scan(builder.build().bytes)
        #expect(scan.problems == [])
        #expect(scan.tensors.count == 21)
    }

    @Test("files without tensors or without anything are fine")
    func headerOnly() {
        var builder = GGUFBuilder()
        #expect(GGUFScan.scan(builder.build().bytes).problems == [])
        builder.entries = [.init("general.architecture", .string("imatrix"))]
        #expect(GGUFScan.scan(builder.build().bytes).problems == [])
    }

    @Test("several problems in one file are all reported, each at its place")
    func severalProblems() throws {
        var builder = GGUFBuilder.smallLlama()
        builder.entries[19].value = [9]
        builder.entries.append(builder.entries[4])
        builder.tensors[3].name[2] = 0xff
        builder.tensors[5].dimensions = [0]
        builder.tensors[7].offset = 33
        let image = builder.build()
        let problems = GGUFScan.scan(image.bytes).problems
        #expect(
            problems.map(\.code) == [.boolNotZeroOrOne, .duplicateKey, .tensorNameNotUTF8, .dimensionZero, .tensorOffsetUnaligned])
        #expect(problems.first?.offset == image.entryRanges[19].upperBound - 1)
        #expect(problems[1].subject == .key("llama.block_count", index: 20))
        #expect(problems[2].offset == image.recordRanges[3].lowerBound + 8 + 2)
        #expect(problems[3].offset == image.recordRanges[5].upperBound - 20)
        #expect(problems[4].offset == image.recordRanges[7].upperBound - 8)
    }

    @Test(
        "files of other kinds are named",
        arguments: [
            (Array("<!DOCTYPE html><html>".utf8), "HTML"), (Array("\n  <HTML lang=en>".utf8), "HTML"),
            (Array("{\"error\":\"Repository not found\"}".utf8), "JSON"),
            ([0x1f, 0x8b, 8, 0, 0, 0], "gzip"), ([0x50, 0x4b, 3, 4, 0, 0], "zip"),
            ([0x50, 0x4b, 3, 4] + [UInt8](repeating: 0, count: 26) + Array("archive/data.pkl".utf8), "PyTorch"),
            ([0x80, 2, 0x8a, 10], "pickle"),
            ([0x40, 0, 0, 0, 0, 0, 0, 0] + Array("{\"__metadata__\":".utf8), "safetensors"),
            (Array("version https://git-lfs.github.com/spec/v1\n".utf8), "Git LFS"),
            (Array("tjgg".utf8) + [3, 0, 0, 0], "GGJT"), ([UInt8](repeating: 0, count: 4096), "zeros"),
        ] as [([UInt8], String)])
    func foreignFiles(bytes: [UInt8], name: String) throws {
        let scan = GGUFScan.scan(bytes)
        let problem = try #require(scan.problems.first)
        #expect(problem.code == .foreignFormat)
        #expect(problem.found.contains(name))
        #expect(scan.problems.count == 1)
        #expect(scan.header == nil)
    }

    @Test("a big-endian file is recognised whatever order its magic has", arguments: ["GGUF", "FUGG"])
    func bigEndian(magic: String) {
        var bytes = Array(magic.utf8)
        bytes.append(integer: UInt32(3).byteSwapped)
        bytes.append(integer: UInt64(2).byteSwapped)
        bytes.append(integer: UInt64(5).byteSwapped)
        let scan = GGUFScan.scan(bytes + [UInt8](repeating: 0, count: 64))
        #expect(scan.problems.map(\.code) == [.bigEndian])
        #expect(scan.header?.byteOrder == .bigEndian)
        #expect(scan.header?.tensorCount == 2)
        #expect(scan.header?.metadataCount == 5)
    }

    @Test("version 1 is recognised and refused")
    func version1() {
        var builder = GGUFBuilder.smallLlama()
        builder.version = 1
        let scan = GGUFScan.scan(builder.build().bytes)
        #expect(scan.problems.map(\.code) == [.version1])
        #expect(scan.stoppedIn == .fixedHeader)
    }

    @Test(
        "keys in other than dotted lower case are noted where they deviate",
        arguments: [("a..b", 2), (".a", 0), ("a.", 2), ("General.name", 0), ("a b", 1), ("schlüssel", 4)])
    func keyForm(key: String, position: Int) {
        var builder = GGUFBuilder()
        builder.entries = [.init(key, .uint8(1))]
        let scan = GGUFScan.scan(builder.build().bytes)
        #expect(scan.problems.map(\.code) == [.keyFormUnusual])
        #expect(scan.problems.first?.offset == 24 + 8 + position)
    }

    @Test(
        "the usual keys are in order",
        arguments: ["general.name", "command-r.context_length", "x", "tokenizer.ggml.eot_token_id", "qwen2.2"])
    func usualKeys(key: String) {
        var builder = GGUFBuilder()
        builder.entries = [.init(key, .uint8(1))]
        #expect(GGUFScan.scan(builder.build().bytes).problems == [])
    }

    @Test("a key of more than 65535 bytes is noted and what follows is read")
    func longKey() {
        var builder = GGUFBuilder()
        builder.entries = [
            .init(String(repeating: "k", count: 65_536), .uint8(1)), .init("after", .uint8(7)), .init("general.alignment", .uint32(64)),
            .init("after", .uint8(7)),
        ]
        let scan = GGUFScan.scan(builder.build().bytes)
        #expect(scan.problems.map(\.code) == [.keyTooLong, .duplicateKey])
        #expect(scan.metadata["after"]?.uint8 == 7)
        #expect(scan.metadata["after"]?.index == 1)
        #expect(scan.alignment == 64)
        builder.entries[0].key.removeLast()
        #expect(GGUFScan.scan(builder.build().bytes).problems.map(\.code) == [.duplicateKey])
    }

    @Test("arrays of arrays are read to four levels and noted", arguments: 2...6)
    func nesting(depth: Int) throws {
        var value = MetadataValue.array(.string, [.string("in"), .string("most")])
        for _ in 1..<depth { value = .array(.array, [value, .array(.uint8, []), value]) }
        var builder = GGUFBuilder()
        builder.entries = [.init("test.nested", value), .init("test.after", .uint8(7))]
        let scan = GGUFScan.scan(builder.build().bytes)
        #expect(scan.problems.map(\.code) == [depth <= 4 ? .arrayNested : .arrayNestedTooDeeply])
        #expect((scan.metadata["test.nested"]?.value() != nil) == (depth <= 4))
        #expect(scan.metadata["test.after"]?.uint8 == 7)
    }

    @Test("problems beyond the limit are counted, not kept")
    func manyProblems() {
        var builder = GGUFBuilder()
        builder.entries = (0..<100).map { .init("Key \($0)", .uint8(1)) }
        var limits = ScanLimits()
        limits.problems = 10
        let scan = GGUFScan.scan(builder.build().bytes, limits: limits)
        #expect(scan.problems.count == 10)
        #expect(scan.omittedProblems == 90)
    }

    @Test("names that Swift's strings call equal but whose bytes differ are different names")
    func canonicalEquivalence() {
        var builder = GGUFBuilder()
        builder.tensors = ["e\u{301}", "\u{e9}"].map { .init($0, [1], typeID: 0, data: [0, 0, 0, 0]) }
        let scan = GGUFScan.scan(builder.build().bytes)
        #expect(scan.problems == [])
        #expect(scan.tensor(named: "\u{e9}")?.index == 1)
    }
}
