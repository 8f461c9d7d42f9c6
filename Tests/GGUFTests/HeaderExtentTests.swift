import HIFIFiles
import HIFIGGUF
import TestSupport
import Testing

@Suite("How far a header reaches")
struct HeaderExtentTests {
    /// The first bytes of a file that are asked for, and by how many requests.
    private static func start(of bytes: [UInt8], first: Int) -> (bytes: [UInt8], requests: Int) {
        var end = min(first, bytes.count)
        var requests = 1
        while let next = HeaderExtent.measure(ByteView(Array(bytes[..<end])), fileBytes: bytes.count)
            .end(afterRequests: requests, fileBytes: bytes.count)
        {
            precondition(next > end && next <= bytes.count)
            end = next
            requests += 1
        }
        return (Array(bytes[..<end]), requests)
    }

    /// The scan of a file of which only the header is here. Looking at anything else would end the program.
    private static func scan(_ start: [UInt8], of total: Int) throws -> GGUFScan {
        var file = try PartialFile(name: "part", size: total)
        try file.put(start, at: 0)
        return GGUFScan.scan(try file.finish().bytes)
    }

    @Test("what is asked for of a damaged file is all that its scan looks at", arguments: CorruptionCorpus.cases, [24, 100, 16 << 10])
    func damaged(_ damage: CorruptionCorpus.Case, first: Int) throws {
        let whole = GGUFScan.scan(damage.bytes)
        let part = try Self.scan(Self.start(of: damage.bytes, first: first).bytes, of: damage.bytes.count)
        #expect(part.problems == whole.problems)
        #expect(
            part.dataStart == whole.dataStart && part.tensors.count == whole.tensors.count && part.metadata.count == whole.metadata.count)
    }

    @Test("so it is of headers with bytes changed anywhere")
    func mutations() throws {
        let base = CorruptionCorpus.base.build().bytes
        let header = try #require(GGUFScan.scan(base).dataStart)
        var random = SplitMix64(seed: 20)
        var stopped = 0
        for _ in 0..<4000 {
            var bytes = base
            for _ in 0...random.next() % 3 { bytes[Int(random.next() % UInt64(header))] = UInt8(random.next() % 5 * 63) }
            let whole = GGUFScan.scan(bytes)
            let part = try Self.scan(Self.start(of: bytes, first: 64).bytes, of: bytes.count)
            #expect(part.problems == whole.problems && part.dataStart == whole.dataStart)
            if whole.stoppedIn != nil { stopped += 1 }
        }
        #expect(stopped > 100)
    }

    /// A header like those of published models: so many tokens of so many bytes on average, so many merges, so many tensors.
    struct Tokenizer: CustomTestStringConvertible {
        let name: String
        let tokens: Int
        let tokenBytes: Int
        let hasScores: Bool
        let merges: Int
        let tensors: Int

        var testDescription: String { name }

        /// The bytes in front of the tensors.
        var header: [UInt8] {
            get throws {
                var random = SplitMix64(seed: UInt64(tokens))
                /// One byte up to twice the average, longer ones towards the end, as merging makes them.
                func texts(_ count: Int, _ mean: Int) -> [String] {
                    (0..<count).map { index in
                        String(repeating: "t", count: 1 + Int(random.next() % UInt64(2 * mean)) * (count / 2 + index) / count)
                    }
                }
                var writer = GGUFWriter()
                for index in 0..<24 { try writer.add("general.key_\(index)", .string(String(repeating: "v", count: 3 * index))) }
                try writer.add("tokenizer.ggml.tokens", .strings(texts(tokens, tokenBytes)))
                if hasScores { try writer.add("tokenizer.ggml.scores", .float32s((0..<tokens).map { -Float($0) })) }
                try writer.add("tokenizer.ggml.token_type", .int32s((0..<tokens).map { Int32($0 & 1) }))
                if merges > 0 { try writer.add("tokenizer.ggml.merges", .strings(texts(merges, tokenBytes + 2))) }
                try writer.add("tokenizer.chat_template", .string(String(repeating: "{% x %}", count: 900)))
                for index in 0..<tensors {
                    try writer.addTensor("blk.\(index).attn_output.weight", dimensions: [32], typeID: 0, byteCount: 128) { _ in }
                }
                return try writer.header()
            }
        }
    }

    @Test(
        "headers of published models take at most four requests and twice their bytes",
        arguments: [
            Tokenizer(
                name: "151,936 tokens, 151,387 merges", tokens: 151_936, tokenBytes: 7, hasScores: false, merges: 151_387, tensors: 311),
            Tokenizer(
                name: "128,256 tokens, 280,147 merges", tokens: 128_256, tokenBytes: 8, hasScores: false, merges: 280_147, tensors: 292),
            Tokenizer(
                name: "201,088 tokens, 446,189 merges", tokens: 201_088, tokenBytes: 8, hasScores: false, merges: 446_189, tensors: 459),
            Tokenizer(name: "262,144 tokens with scores", tokens: 262_144, tokenBytes: 7, hasScores: true, merges: 0, tensors: 500),
            Tokenizer(name: "32,000 tokens with scores", tokens: 32_000, tokenBytes: 6, hasScores: true, merges: 0, tensors: 1000),
        ])
    func frugal(_ tokenizer: Tokenizer) throws {
        let header = try tokenizer.header
        // Data enough that the end of the file is not what stops a request.
        let (start, requests) = Self.start(of: header + [UInt8](repeating: 7, count: 3 * header.count), first: 16 << 10)
        #expect(requests <= 4)
        #expect(start.count >= header.count && start.count <= 2 * header.count, "\(start.count) of \(header.count)")
    }
}
