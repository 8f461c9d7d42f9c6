import HIFIFiles
import HIFIForeign
import HIFIGGUF
import TestSupport
import Testing

@Suite("Digests")
struct DigestTests {
    @Test(
        "published answers for short texts",
        arguments: [
            (.xxh64, "", "ef46db3751d8e999"), (.xxh64, "abc", "44bc2cf5ad770999"),
            (.xxh3, "", "2d06800538d394c2"), (.xxh3, "abc", "78af5f94892f3950"),
            (.xxh128, "", "99aa06d3014798d86001c324468d497f"), (.xxh128, "abc", "06b05ab6733a618578af5f94892f3950"),
            (.sha1, "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (.sha256, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (.sha256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ] as [(Digest.Algorithm, String, String)])
    func knownAnswers(algorithm: Digest.Algorithm, text: String, hex: String) {
        let digest = Digest.of(ByteView(Array(text.utf8)), algorithm)
        #expect(digest.hex == hex)
        #expect(Digest(algorithm, hex: hex.uppercased()) == digest)
        #expect(Digest(algorithm, hex: hex.dropLast()) == nil)
        #expect(Digest(algorithm, hex: "+" + hex.dropFirst()) == nil)
    }

    @Test("feeding pieces gives the same as feeding all at once, for every algorithm at the same time")
    func pieces() {
        var random = SplitMix64(seed: 7)
        let bytes = random.bytes(700_001)
        let whole = Digest.Algorithm.allCases.map { Digest.of(ByteView(bytes), $0) }
        let hasher = MultiHasher(Digest.Algorithm.allCases)
        for _ in 0..<2 {
            var position = 0
            while position < bytes.count {
                let end = min(bytes.count, position + Int.random(in: 0..<100_000, using: &random))
                hasher.update(ByteView(Array(bytes[position..<end])))
                position = end
            }
            #expect(hasher.finish() == whole)
            #expect(hasher.finish() == whole)
            #expect(hasher.count == bytes.count)
            hasher.reset()
        }
    }

    /// The digests of a file image by the sample types.
    static func digests(
        of bytes: [UInt8], name: String = "a.gguf", _ algorithms: [Digest.Algorithm] = [.xxh64, .sha256], parts: FileDigests.Parts = .all
    ) -> FileDigests {
        let scan = GGUFScan.scan(bytes)
        return FileDigests(
            scan, fileName: ForeignText(name), layout: DataLayout(scan, blockSize: GGUFBuilder.SampleType.blockSize),
            algorithms: algorithms,
            parts: parts)
    }

    @Test("header, tensors, tensor data and file are what their bytes give, whatever order the data lies in", arguments: [false, true])
    func fileDigests(swapped: Bool) throws {
        var builder = GGUFBuilder.smallLlama()
        let regular = builder.build()
        var ranges = regular.dataRanges
        if swapped {
            builder.tensors[2].offset = UInt64(ranges[5].lowerBound - regular.dataStart)
            builder.tensors[5].offset = UInt64(ranges[2].lowerBound - regular.dataStart)
            ranges.swapAt(2, 5)
        }
        builder.trailing = [1, 2, 3]
        let bytes = builder.build().bytes
        var read = 0
        let scan = GGUFScan.scan(bytes)
        let layout = DataLayout(scan, blockSize: GGUFBuilder.SampleType.blockSize)
        let digests = FileDigests(scan, fileName: "a.gguf", layout: layout, algorithms: [.sha256]) { read += $0 }
        func sha256(_ part: [UInt8]) -> [Digest] { [Digest.of(ByteView(part), .sha256)] }
        #expect(digests.header == sha256(Array(bytes[..<regular.dataStart])))
        #expect(digests.tensors.map(\.digests) == ranges.map { sha256(Array(bytes[$0])) })
        #expect(digests.tensorData == sha256(ranges.flatMap { bytes[$0] }))
        #expect(digests.file == sha256(bytes))
        #expect(digests.tensors.allSatisfy { $0.sizeIsKnown })
        #expect(swapped || read == bytes.count)
    }

    @Test("a tensor of unknown type is digested up to the next tensor, one outside the file not at all")
    func oddTensors() throws {
        var builder = GGUFBuilder.smallLlama()
        builder.tensors[3].typeID = 40
        builder.tensors[4].offset = 1 << 40
        let image = builder.build()
        let digests = Self.digests(of: image.bytes)
        #expect(digests.skippedTensors == ["blk.0.attn_v.weight"])
        let unknown = try #require(digests.tensors.first { $0.name == "blk.0.attn_k.weight" })
        #expect(!unknown.sizeIsKnown)
        // Its own data and that of the tensor that claims to be elsewhere.
        #expect(unknown.byteCount == image.dataRanges[3].count + image.dataRanges[4].count)
    }

    @Test("tensors on top of each other cannot make digesting take longer than twice the file")
    func overlappingTensors() {
        var builder = GGUFBuilder()
        for index in 0..<1000 {
            var tensor = GGUFBuilder.Tensor("\(index)", [2500], typeID: 0, data: [])
            tensor.offset = 0
            builder.tensors.append(tensor)
        }
        builder.trailing = [UInt8](repeating: 1, count: 10_000)
        let bytes = builder.build().bytes
        let digests = Self.digests(of: bytes, [.xxh3])
        #expect(digests.tensors.count == 2 * bytes.count / 10_000)
        #expect(digests.skippedTensors.count == 1000 - digests.tensors.count)
    }

    @Test("parts that were not asked for are not there")
    func someParts() {
        let digests = Self.digests(of: GGUFBuilder.smallLlama().build().bytes, parts: [.header])
        #expect(digests.header.count == 2)
        #expect(digests.tensors.isEmpty && digests.tensorData.isEmpty && digests.file.isEmpty)
    }

    @Test("files that cannot be read still have a file digest")
    func brokenFiles() {
        let digests = Self.digests(of: [1, 2, 3])
        #expect(digests.file.count == 2)
        #expect(digests.header.isEmpty)
        #expect(digests.tensorData.count == 2)
    }
}
