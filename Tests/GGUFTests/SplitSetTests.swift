import HIFIForeign
import HIFIGGUF
import TestSupport
import Testing

@Suite("Split sets")
struct SplitSetTests {
    /// The sample file, split into three parts of seven tensors.
    static func parts() -> [GGUFBuilder] {
        let whole = GGUFBuilder.smallLlama()
        return (0..<3).map { number in
            var part = GGUFBuilder()
            part.entries = number == 0 ? whole.entries : []
            part.entries += [
                .init("split.no", .uint16(UInt16(number))), .init("split.count", .uint16(3)),
                .init("split.tensors.count", .int32(21)),
            ]
            part.tensors = Array(whole.tensors[7 * number..<7 * number + 7])
            return part
        }
    }

    static func write(_ parts: [GGUFBuilder], to directory: TemporaryFolder) throws -> [String] {
        try parts.enumerated().map { number, part in
            try directory.file("m-0000\(number + 1)-of-00003.gguf", part.build().bytes)
        }
    }

    @Test("a set opens as one unit from any of its parts", arguments: [0, 1, 2])
    func opens(from index: Int) throws {
        let directory = try TemporaryFolder()
        let paths = try Self.write(Self.parts(), to: directory)
        let set = try SplitSet.scan(path: paths[index])
        #expect(set.problems == [])
        #expect(set.count == 3)
        #expect(set.parts.map(\.number) == [1, 2, 3])
        #expect(set.parts.map(\.file.path.raw) == paths)
        let whole = GGUFBuilder.smallLlama()
        #expect(set.tensors.map(\.tensor.name) == whole.tensors.map { ForeignText(decoding: $0.name) })
        #expect(set.metadata?["general.architecture"]?.string == "llama")
        let found = try #require(set.tensor(named: "blk.1.attn_v.weight"))
        #expect(found.part.number == 2)
        let data = try found.part.file.bytes(of: found.tensor, byteCount: 1280)
        #expect(Array(data) == whole.tensors[13].data)
    }

    @Test("a file that is no part is a set of one")
    func single() throws {
        let directory = try TemporaryFolder()
        let set = try SplitSet.scan(path: directory.file("m.gguf", GGUFBuilder.smallLlama().build().bytes))
        #expect(set.parts.count == 1 && set.count == 1 && set.problems == [])
        let path = try directory.file("renamed.gguf", Self.parts()[1].build().bytes)
        #expect(try SplitSet.scan(path: path).problems == [.nameNotOfSplitForm(path: ForeignText(path), count: 3)])
    }

    @Test("files that only their keys call parts are one unit where all are given, each number once")
    func joined() throws {
        let directory = try TemporaryFolder()
        let parts = Self.parts()
        let names = ["c.gguf", "a.gguf", "b.gguf"]
        let paths = try zip(names, parts).map { try directory.file($0, $1.build().bytes) }
        let other = try directory.file("other.gguf", GGUFBuilder.smallLlama().build().bytes)
        let sets = try SplitSet.open(paths: [paths[2], other, paths[0], paths[1], paths[0]])
        #expect(sets.map { $0.parts.map(\.file.path.raw) } == [paths, [other]])
        #expect(sets[0].parts.map(\.number) == [1, 2, 3] && sets[0].count == 3)
        #expect(sets[0].problems == paths.map { .nameNotOfSplitForm(path: ForeignText($0), count: 3) })
        // One missing, or two with one number: no set.
        #expect(throws: GGUFError.self) { try SplitSet.open(paths: Array(paths.prefix(2))) }
        let twin = try directory.file("twin.gguf", parts[1].build().bytes)
        #expect(throws: GGUFError.self) { try SplitSet.open(paths: [paths[0], paths[1], twin]) }
        #expect(throws: GGUFError.self) { try SplitSet.open(paths: paths + [twin]) }
        let scans = try [paths[0], paths[1], twin].map { try SplitSet.scan(path: $0) }
        #expect(SplitSet.joined(scans).count == 3)
    }

    @Test("a missing part is named")
    func missing() throws {
        let directory = try TemporaryFolder()
        let paths = try Self.write(Array(Self.parts().prefix(2)), to: directory)
        let set = try SplitSet.scan(path: paths[0])
        #expect(set.parts.map(\.number) == [1, 2])
        guard case .missingPart(3, let error) = try #require(set.problems.first) else {
            Issue.record("found \(set.problems)")
            return
        }
        #expect(error.path.hasSuffix("m-00003-of-00003.gguf"))
        #expect(set.problems.count == 1)
    }

    @Test("keys that contradict the names, totals and other parts are all reported")
    func contradictions() throws {
        let directory = try TemporaryFolder()
        var parts = Self.parts()
        parts[1].entries = [.init("split.no", .uint16(2)), .init("split.count", .uint16(4)), .init("split.tensors.count", .string("21"))]
        parts[2].entries.remove(at: 1)
        parts[2].tensors.append(parts[0].tensors[0])
        let paths = try Self.write(parts, to: directory)
        let set = try SplitSet.scan(path: paths[2])
        let expected: Set<SplitProblem> = [
            .duplicateTensor(name: "token_embd.weight", firstPath: ForeignText(paths[0]), secondPath: ForeignText(paths[2])),
            .countMismatch(path: ForeignText(paths[1]), expected: 3, found: 4),
            .numberMismatch(path: ForeignText(paths[1]), expected: 1, found: 2),
            .missingKey(path: ForeignText(paths[2]), key: "split.count"),
            .wrongKeyType(path: ForeignText(paths[1]), key: "split.tensors.count", found: "string"),
            .tensorTotalMismatch(path: ForeignText(paths[0]), expected: 21, found: 22),
            .tensorTotalMismatch(path: ForeignText(paths[2]), expected: 21, found: 22),
        ]
        #expect(Set(set.problems) == expected)
        #expect(set.problems.count == expected.count)
    }

    @Test("names of parts are taken apart and put together")
    func names() {
        let name = SplitName(path: "/models/x-00002-of-00012.gguf")
        #expect(name == SplitName(prefix: "/models/x", number: 2, count: 12))
        #expect(name?.path(of: 11) == "/models/x-00011-of-00012.gguf")
        for other in [
            "x.gguf", "-00001-of-00002.gguf", "x-00000-of-00002.gguf", "x-00003-of-00002.gguf", "x-0001-of-0002.gguf",
            "x-00001-of-00002.bin", "x-+0001-of-00002.gguf",
        ] {
            #expect(SplitName(path: other) == nil, "\(other)")
        }
    }
}
