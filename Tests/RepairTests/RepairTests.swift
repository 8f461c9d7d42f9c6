import Foundation
import HIFIFiles
import HIFIForeign
import HIFIGGUF
import Repair
import TestSupport
import Testing

@Suite("Damaged files are put right piece by piece")
struct RepairTests {
    private static let chunk = 4096
    private static let right: [UInt8] = {
        var random = SplitMix64(seed: 20)
        return (0..<61 * chunk + 777).map { _ in UInt8(truncatingIfNeeded: random.next() >> 40) }
    }()
    private static let list = ChunkList(of: ByteView(right), name: "model.gguf", chunkBytes: chunk)

    /// Something that happens to a file, and how many of its pieces are then nowhere in it, at most.
    enum Damage: CaseIterable {
        case bit, hole, cut, exchange, insertion, truncation, garbage

        func apply(to bytes: inout [UInt8], _ random: inout SplitMix64) -> Int {
            let chunk = RepairTests.chunk
            func below(_ limit: Int) -> Int { Int(random.next() >> 11) % limit }
            let place = below(bytes.count)
            let length = 1 + below(3 * chunk)
            let end = min(bytes.count, place + length)
            let touched = (end - 1) / chunk - place / chunk + 1
            switch self {
            case .bit:
                bytes[place] ^= 1 << UInt8(below(8))
                return 1
            case .hole:
                for index in place..<end { bytes[index] = 0 }
                return touched
            case .garbage:
                for index in place..<end { bytes[index] = UInt8(below(256)) }
                return touched
            case .cut:
                bytes.removeSubrange(place..<end)
                return touched
            case .truncation:
                let touched = (bytes.count - 1) / chunk - place / chunk + 1
                bytes.removeSubrange(place...)
                return touched
            case .insertion:
                bytes.insert(contentsOf: (0..<length).map { _ in UInt8(below(256)) }, at: place)
                return 1
            case .exchange:
                let (a, b) = (below(61), below(61))
                guard a != b else { return 0 }
                let (one, other) = (Array(bytes[a * chunk..<(a + 1) * chunk]), Array(bytes[b * chunk..<(b + 1) * chunk]))
                bytes.replaceSubrange(a * chunk..<(a + 1) * chunk, with: other)
                bytes.replaceSubrange(b * chunk..<(b + 1) * chunk, with: one)
                return 0
            }
        }
    }

    @Test("each of a thousand damages, to the bit, with no more than the damaged pieces and one", arguments: Damage.allCases)
    func thousand(_ damage: Damage) throws {
        let folder = try TemporaryFolder()
        let source = try FilePieces(path: folder.file("source", Self.right))
        var random = SplitMix64(seed: UInt64(Damage.allCases.firstIndex(of: damage) ?? 0))
        for number in 0..<143 {
            var bytes = Self.right
            let gone = damage.apply(to: &bytes, &random)
            let path = try folder.file("damaged", bytes)
            let file = try MappedFile(path: path)
            let survey = DamageSurvey(of: file.bytes, by: Self.list)
            #expect(survey.missing.count <= gone + 1, "\(damage) \(number)")
            var output = try AtomicFile(path: path)
            let outcome = try Repair(file, path: "damaged", survey, by: Self.list).write(from: source, to: &output)
            try output.commit()
            #expect(outcome.fetched <= (gone + 1) * Self.chunk, "\(damage) \(number): \(outcome)")
            #expect(try folder.bytes("damaged") == Self.right, "\(damage) \(number)")
        }
    }

    @Test("a whole file is whole, none at all comes from the source")
    func ends() throws {
        #expect(DamageSurvey(of: ByteView(Self.right), by: Self.list).damaged.isEmpty)
        let folder = try TemporaryFolder()
        let source = try FilePieces(path: folder.file("source", Self.right))
        let nothing = DamageSurvey(of: ByteView([]), by: Self.list)
        #expect(nothing.missing.count == 62)
        var output = try AtomicFile(path: folder.path("new"))
        let outcome = try Repair(nil, path: "new", nothing, by: Self.list).write(from: source, to: &output)
        try output.commit()
        #expect(try folder.bytes("new") == Self.right)
        #expect(outcome.fetched == Self.right.count)
    }

    @Test("a source that is wrong where it is needed is refused, and nothing is written")
    func wrongSource() throws {
        let folder = try TemporaryFolder()
        var (bytes, other) = (Self.right, Self.right)
        bytes[5 * Self.chunk] ^= 1
        other[5 * Self.chunk + 9] ^= 1
        let path = try folder.file("damaged", bytes)
        let file = try MappedFile(path: path)
        let survey = DamageSurvey(of: file.bytes, by: Self.list)
        for (name, source) in [("other", other), ("short", Array(Self.right.prefix(3 * Self.chunk)))] {
            let pieces = try FilePieces(path: folder.file(name, source))
            #expect(throws: RepairError.self) {
                var output = try AtomicFile(path: path)
                _ = try Repair(file, path: "damaged", survey, by: Self.list).write(from: pieces, to: &output)
                try output.commit()
            }
            #expect(try folder.bytes("damaged") == bytes)
        }
        #expect(throws: RepairError.noSource(piece: 5, range: 5 * Self.chunk..<6 * Self.chunk)) {
            var output = try AtomicFile(path: path)
            _ = try Repair(file, path: "damaged", survey, by: Self.list).write(from: nil, to: &output)
        }
    }

    @Test("equal pieces, empty and tiny files")
    func corners() throws {
        for size in [0, 1, 4095, 4096, 4097, 5 * 4096] {
            let bytes = [UInt8](repeating: 7, count: size)
            let list = ChunkList(of: ByteView(bytes), name: "x", chunkBytes: 4096)
            #expect(try ChunkList.parse(Array(list.text().utf8)) == list)
            #expect(DamageSurvey(of: ByteView(bytes), by: list).damaged.isEmpty)
            #expect(DamageSurvey(of: ByteView([1] + bytes), by: list).missing.isEmpty)
        }
    }

    @Test("a short last piece is found anywhere, and one that is gone where another has the same bytes")
    func elsewhere() throws {
        let chunk = Self.chunk
        let tail = Array(Self.right.suffix(777))
        let moved = Array(Self.right[..<chunk]) + tail + Self.right[chunk..<61 * chunk]
        let between = Array(Self.right[..<(61 * chunk)]) + [1] + tail + [2]
        for bytes in [moved, between] { #expect(DamageSurvey(of: ByteView(bytes), by: Self.list).missing.isEmpty) }
        let twice = Array(Self.right[..<chunk]) + Self.right[..<(5 * chunk)]
        let list = ChunkList(of: ByteView(twice), name: "x", chunkBytes: chunk)
        let hole = [UInt8](repeating: 0, count: chunk) + twice[chunk...]
        #expect(
            DamageSurvey(of: ByteView(hole), by: list).states == [.displaced(chunk)] + [DamageSurvey.State](repeating: .right, count: 5))
    }

    @Test("sums that are equal without equal bytes do not take for ever", .timeLimit(.minutes(1)))
    func hostileSums() {
        let zeros = [UInt8](repeating: 0, count: 1 << 20)
        let lying = ChunkList.parsed("size \(1 << 20)\nchunk 4096\nalgorithm sha256\n", pieces: 256, sum: 0)
        #expect(DamageSurvey(of: ByteView(zeros), by: lying).missing.count == 256)
    }

    @Test("the rolling sum is the sum of its window")
    func rolling() {
        Self.right.withUnsafeBytes { raw in
            let window = RollingSum(length: 1000)
            var sum = RollingSum.of(.init(rebasing: raw[0..<1000]))
            for place in 1..<3000 {
                sum = window.moved(sum, leaving: raw[place - 1], entering: raw[place + 999])
                #expect(sum == RollingSum.of(.init(rebasing: raw[place..<place + 1000])))
            }
        }
    }
}

@Suite("Lists of pieces")
struct ChunkListTests {
    private static let list = ChunkList(
        of: ByteView([UInt8](repeating: 3, count: 10_000)), name: "a b:c.gguf", chunkBytes: 4096, algorithm: .xxh128)

    @Test("come back as they were written, small beside their file")
    func text() throws {
        let text = Self.list.text()
        #expect(text.hasPrefix("# hifi-chunks 1\nname a%20b%3ac.gguf\nsize 10000\nchunk 4096\nalgorithm xxh128\n"))
        #expect(try ChunkList.parse(Array(text.utf8)) == Self.list)
        #expect(try ChunkList.parse(Array(text.replacing("\n", with: "\r\n").utf8)) == Self.list)
        let large = ChunkList(of: ByteView([UInt8](repeating: 1, count: 64 << 20)), name: "x")
        #expect(large.text().utf8.count * 10_000 <= 64 << 20)
    }

    @Test(
        "are refused as a whole where one line is wrong",
        arguments: [
            ("# hifi-chunks 1", "# hifi-chunks 2", "this is no list of pieces"), ("name a%20b%3ac.gguf", "name ../x", "the name is not"),
            ("name a%20b%3ac.gguf", "title x", "expected \"name\""), ("size 10000", "size -1", "size is -1"),
            ("size 10000", "size 99999999999999999999", "size is"), ("size 10000", "size 4611686018427387905", "size is"),
            ("size 10000", "size 8000", "more than the 2 pieces"), ("size 10000", "size 20000", "3 of 5 pieces"),
            ("chunk 4096", "chunk 0", "chunk is 0"), ("chunk 4096", "chunk +4096", "chunk is +4096"),
            ("algorithm xxh128", "algorithm md5", "expected sha256"), ("algorithm xxh128", "algorithm sha256", "expected sixteen"),
            ("name a%20b%3ac.gguf", "name x", "damaged or edited"), ("end ", "finis ", "more than the 3 pieces"),
        ])
    func refused(old: String, new: String, reason: String) throws {
        let text = Self.list.text().replacing(old, with: new)
        let problem = #expect(throws: ChunkListProblem.self) { try ChunkList.parse(Array(text.utf8)) }
        #expect(problem?.reason.contains(reason) == true, "\(problem?.description ?? "")")
    }

    @Test("are never misread: every prefix and every changed byte is refused, or means the same or other digits")
    func hostile() {
        let text = Array(Self.list.text().utf8)
        for end in 0..<text.count - 1 { #expect(throws: ChunkListProblem.self) { try ChunkList.parse(Array(text[..<end])) } }
        for place in text.indices {
            var changed = text
            changed[place] ^= 0x15
            guard let list = try? ChunkList.parse(changed) else { continue }
            #expect(list.pieces.count == Self.list.pieces.count)
        }
    }
}

extension ChunkList {
    /// A list whose pieces all have this sum, and digests of nothing.
    static func parsed(_ head: String, pieces: Int, sum: UInt64) -> ChunkList {
        let line =
            String(repeating: "0", count: 16 - String(sum, radix: 16).count) + String(sum, radix: 16) + " "
            + String(repeating: "ab", count: 32) + "\n"
        var text = "# hifi-chunks 1\nname x\n" + head + String(repeating: line, count: pieces)
        text += "end \(Digest.of(ByteView(Array(text.utf8)), .xxh128).hex)\n"
        guard let list = try? ChunkList.parse(Array(text.utf8)) else { preconditionFailure("the list is well-formed") }
        return list
    }
}
