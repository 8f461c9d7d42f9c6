import HIFIFiles
import HIFIGGUF
import TestSupport
import Testing

@Suite("Manifests")
struct ManifestTests {
    static let sample = GGUFBuilder.smallLlama()

    static func manifest(_ builder: GGUFBuilder = sample, _ form: Manifest.Form = .hifi) -> Manifest {
        Manifest([DigestTests.digests(of: builder.build().bytes)], form: form)
    }

    static func check(_ change: (inout GGUFBuilder) -> Void, form: Manifest.Form = .hifi) -> [ManifestDifference] {
        var builder = sample
        change(&builder)
        return manifest(sample, form).check(against: [DigestTests.digests(of: builder.build().bytes)])
    }

    /// The differences without those of the header and the whole file, which any change of the header brings.
    static func ofTensors(_ differences: [ManifestDifference]) -> [ManifestDifference] {
        differences.filter {
            switch $0 {
            case .digestDiffers(.header, _, _), .digestDiffers(.file, _, _): false
            default: true
            }
        }
    }

    static func hasHeaderDifference(_ differences: [ManifestDifference]) -> Bool {
        differences.contains { if case .digestDiffers(.header, _, _) = $0 { true } else { false } }
    }

    @Test("the common form has the columns of the common tool")
    func commonForm() throws {
        let text = try Self.manifest(Self.sample, .common).text()
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines.count == 2 * 22)
        let image = Self.sample.build()
        let tokenEmbedding = ByteView(Array(image.bytes[image.dataRanges[0]]))
        #expect(lines[0] == "xxh64     \(Digest.of(tokenEmbedding, .xxh64).hex)  a.gguf:token_embd.weight")
        #expect(lines[1] == "sha256    \(Digest.of(tokenEmbedding, .sha256).hex)  a.gguf:token_embd.weight")
        let all = ByteView(image.dataRanges.flatMap { image.bytes[$0] })
        #expect(lines[43] == "sha256    \(Digest.of(all, .sha256).hex)  a.gguf")
        #expect(text.hasSuffix("\n"))
    }

    @Test("our form begins with its mark, has the same lines and more")
    func hifiForm() throws {
        let common = try Self.manifest(Self.sample, .common).text().split(separator: "\n")
        let lines = try Self.manifest().text().split(separator: "\n")
        #expect(lines[0] == "# hifi-manifest 1")
        #expect(lines[1] == common[0] + "  type=3  dims=64x64")
        #expect(lines.contains { $0.hasSuffix("  a.gguf#header") })
        #expect(lines.contains { $0.hasSuffix("  a.gguf#file") })
        for line in common { #expect(lines.contains { $0.hasPrefix(line) }) }
    }

    @Test("what was written is read back the same", arguments: [Manifest.Form.common, .hifi])
    func roundTrip(form: Manifest.Form) throws {
        let manifest = Self.manifest(Self.sample, form)
        let (read, problems) = Manifest.parse(try manifest.text())
        #expect(problems == [])
        #expect(read.form == form)
        #expect(read.entries == manifest.entries)
        #expect(read.algorithms == [.xxh64, .sha256])
        #expect(read.fileNames == ["a.gguf"])
    }

    @Test("names with blanks, line feeds, colons and percent signs survive in our form")
    func oddNames() throws {
        var builder = GGUFBuilder()
        builder.tensors = ["a b", "c\nd", "e:f#g%20", "ä\u{7f}", ""].map { .init($0, [1], typeID: 0, data: [0, 0, 0, 0]) }
        let digests = DigestTests.digests(of: builder.build().bytes, name: "dir with blank/x:y.gguf")
        let manifest = Manifest([digests], form: .hifi)
        let (read, problems) = Manifest.parse(try manifest.text())
        #expect(problems == [])
        #expect(read.entries == manifest.entries)
        let error = #expect(throws: ManifestError.self) { try Manifest([digests], form: .common).text() }
        #expect(error?.unwritableName == "c\nd")
    }

    @Test("lines as the common tool writes them are understood")
    func foreignText() {
        let text = """
            xxh64     f66e9cd66a4396a0  test.gguf:tensor_0\r
            sha1      59f79ecefd8125a996fdf419239051a7e99e5f20  dir/my model.gguf:blk.0:x
            xxh3\t7d3465955deb8c0e\tC:\\models\\m.gguf:t

            sha256    7dd641b32f59b60dbd4b5420c4b0f6321ccf48f58f6ae201a3dbc4a58a27c6e4  C:\\m.gguf
            xxh64     5a54d3aad816f302  test.gguf
            """
        let (manifest, problems) = Manifest.parse(text)
        #expect(problems == [])
        #expect(
            manifest.entries.map(\.target) == [
                .tensor(file: "test.gguf", name: "tensor_0"), .tensor(file: "dir/my model.gguf", name: "blk.0:x"),
                .tensor(file: "C:\\models\\m.gguf", name: "t"), .tensorData(file: "C:\\m.gguf"), .tensorData(file: "test.gguf"),
            ])
        #expect(manifest.entries.first?.digest.hex == "f66e9cd66a4396a0")
    }

    @Test("bad lines are named by number and the rest is kept")
    func badLines() {
        let good = "xxh64  f66e9cd66a4396a0  a.gguf"
        let lines = [
            "# hifi-manifest 1", good, "xxh64", "md5  00  a", "xxh64  f66e  a.gguf", "xxh64  g66e9cd66a4396a0  a.gguf",
            good + ":t  type=x", good + ":t  dims=3xy", good + ":t%4", good + ":t%+4", good + "#foot", good + ":a:b", "# comment", "   ",
            good + ":t  type=4294967295  dims=", "# hifi-manifest 1", good + ":t\u{0}%ff",
        ]
        let (manifest, problems) = Manifest.parse(lines.joined(separator: "\n"))
        #expect(problems.map(\.line) == [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 16, 17])
        #expect(manifest.entries.count == 2)
    }

    @Test("random bytes and long lines are refused without harm")
    func hostileText() {
        var random = SplitMix64(seed: 11)
        let alphabet = Array("xh64 3ab#:%=\n\r\tdims.guf".utf8) + [0xff, 0]
        for _ in 0..<2_000 {
            let bytes = (0..<Int.random(in: 0..<400, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
            let (manifest, problems) = Manifest.parse(ByteView(Array("# hifi-manifest 1\nxxh64  f66e9cd66a4396a0  ".utf8) + bytes))
            #expect(manifest.entries.count + problems.count >= 1 || bytes.isEmpty)
        }
        let long = Manifest.parse(String(repeating: "x", count: 1 << 20))
        #expect(long.problems.map(\.line) == [1])
        let many = Manifest.parse(String(repeating: "bad\n", count: 10_000))
        #expect(many.problems.count == 101)
        #expect(many.problems.last?.reason.contains("9900 more") == true)
    }

    @Test("the same file has no differences, whatever it is called", arguments: [Manifest.Form.common, .hifi])
    func same(form: Manifest.Form) {
        let bytes = Self.sample.build().bytes
        for name in ["a.gguf", "elsewhere/a.gguf", "renamed.gguf"] {
            #expect(Self.manifest(Self.sample, form).check(against: [DigestTests.digests(of: bytes, name: name)]) == [])
        }
    }

    @Test("one flipped bit in a tensor is attributed to it", arguments: [Manifest.Form.common, .hifi])
    func flippedBit(form: Manifest.Form) {
        let found = Self.check({ $0.tensors[8].data[100] ^= 1 }, form: form)
        let targets = found.map { difference -> Manifest.Target? in
            if case .digestDiffers(let target, _, _) = difference { target } else { nil }
        }
        let expected: [Manifest.Target] = [.tensor(file: "a.gguf", name: "blk.0.ffn_up.weight"), .tensorData(file: "a.gguf")]
        #expect(targets == expected + (form == .hifi ? [.file("a.gguf")] : []))
    }

    @Test("swapped dimensions, another type id and a changed key are noticed though the data is the same")
    func headerChanges() {
        let shape = Self.check { $0.tensors[8].dimensions = [96, 64] }
        #expect(
            Self.ofTensors(shape) == [
                .shapeDiffers(file: "a.gguf", tensor: "blk.0.ffn_up.weight", expected: [64, 96], found: [96, 64])
            ])
        #expect(Self.hasHeaderDifference(shape))
        let key = Self.check { $0.entries[1] = .init("general.name", .string("other sample")) }
        #expect(Self.ofTensors(key) == [])
        #expect(Self.hasHeaderDifference(key))
        let type = Self.check { $0.tensors[8].typeID = 2 }
        #expect(
            Self.ofTensors(type).contains(.typeDiffers(file: "a.gguf", tensor: "blk.0.ffn_up.weight", expected: 3, found: 2)))
    }

    @Test("renamed, missing and extra tensors are distinguished")
    func renamedTensors() {
        let renamed = Self.check { $0.tensors[8].name = Array("blk.0.ffn_UP.weight".utf8) }
        #expect(
            Self.ofTensors(renamed) == [.renamed(file: "a.gguf", from: "blk.0.ffn_up.weight", to: "blk.0.ffn_UP.weight")])
        let missing = Self.ofTensors(Self.check { $0.tensors.removeLast() })
        #expect(missing.last == .missing(file: "a.gguf", tensor: "output.weight"))
        #expect(missing.count == 2)
        let extra = Self.ofTensors(Self.check { $0.tensors.append(.init("new", [1], typeID: 0, data: [1, 2, 3, 4])) })
        #expect(extra.last == .extra(file: "a.gguf", tensor: "new"))
        #expect(extra.count == 2)
    }

    @Test("tensors of equal data that swap names pair up one to one")
    func equalData() {
        var builder = GGUFBuilder()
        builder.tensors = ["a", "b", "c"].map { .init($0, [1], typeID: 0, data: [0, 0, 0, 0]) }
        let manifest = Self.manifest(builder)
        for (index, name) in ["x", "y", "c"].enumerated() { builder.tensors[index].name = Array(name.utf8) }
        let found = Self.ofTensors(manifest.check(against: [DigestTests.digests(of: builder.build().bytes)]))
        #expect(found == [.renamed(file: "a.gguf", from: "a", to: "x"), .renamed(file: "a.gguf", from: "b", to: "y")])
    }

    @Test("every damaged file of the catalogue differs from the manifest of the good one", arguments: CorruptionCorpus.cases)
    func catalogue(_ damaged: CorruptionCorpus.Case) {
        let found = Self.manifest().check(against: [DigestTests.digests(of: damaged.bytes)])
        #expect(found.isEmpty == (damaged.id == "00-pristine"))
        if damaged.id.hasPrefix("p") {
            let tensors = found.compactMap { difference -> String? in
                if case .digestDiffers(.tensor(_, let name), _, _) = difference { name.raw } else { nil }
            }
            #expect(tensors == [damaged.id == "p03-nan-f32" ? "blk.0.ffn_norm.weight" : "blk.0.ffn_up.weight"])
        }
    }

    @Test("what could not be compared is said")
    func notChecked() {
        let bytes = Self.sample.build().bytes
        let found = Self.manifest().check(against: [DigestTests.digests(of: bytes, [.sha256], parts: [.header, .file, .tensorData])])
        #expect(found.contains(.notChecked(.header(file: "a.gguf"), .xxh64)))
        #expect(found.contains(.notChecked(.tensor(file: "a.gguf", name: "output.weight"), .xxh64)))
        #expect(!found.contains { if case .digestDiffers = $0 { true } else { false } })
        let two = Manifest([DigestTests.digests(of: bytes), DigestTests.digests(of: bytes, name: "b.gguf")], form: .common)
        #expect(two.check(against: [DigestTests.digests(of: bytes, name: "c.gguf")]) == [.fileNotListed("c.gguf")])
    }

    @Test("lines of sha256sum and sha1sum: names with blanks, brackets and escapes, in upper case, of BSD programs")
    func checksumLines() {
        let (long, short) = (String(repeating: "0aF9", count: 16), String(repeating: "5C", count: 20))
        let lines = [
            "\(long)  a b (1).gguf", "\(long) *x.gguf", "\\\(long)  a\\nb\\\\c", "\(short)  y.gguf", "SHA256 (a) = b.gguf) = \(long)",
            "XXH128 (z) = \(long.prefix(32))", "sha256  \(long)  model.gguf",
        ]
        let (manifest, problems) = Manifest.parse("\u{FEFF}" + lines.joined(separator: "\n") + "\n")
        #expect(problems == [])
        let targets: [Manifest.Target] = [
            .file("a b (1).gguf"), .file("x.gguf"), .file("a\nb\\c"), .file("y.gguf"), .file("a) = b.gguf"), .file("z"),
            .tensorData(file: "model.gguf"),
        ]
        #expect(manifest.entries.map(\.target) == targets)
        #expect(manifest.entries.map(\.digest.algorithm) == [.sha256, .sha256, .sha256, .sha1, .sha256, .xxh128, .sha256])
        #expect(manifest.entries.first?.digest.hex == long.lowercased())
    }

    @Test(
        "lines that look like one and are none say why",
        arguments: [
            ("d41d8cd98f00b204e9800998ecf8427e  a", "128 bits"), ("MD5 (a) = d41d8cd98f00b204e9800998ecf8427e", "a MD5 digest"),
            ("SHA256 (a) = 12", "expected 64 hexadecimal digits"), (String(repeating: "0", count: 64) + "  ", "no file name"),
        ])
    func noChecksumLines(line: String, reason: String) {
        let (manifest, problems) = Manifest.parse(line)
        #expect(manifest.entries.isEmpty)
        #expect(problems.count == 1 && problems[0].reason.contains(reason), "\(problems)")
    }
}
