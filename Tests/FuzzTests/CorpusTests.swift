import Foundation
import FuzzTargets
import TestSupport
import Testing

/// What a fuzzer found worth keeping, and inputs near it, without a fuzzer: the same inputs on every run.
@Suite("Foreign bytes break no property")
struct CorpusTests {
    /// Inputs tried around each that is kept.
    static let neighbours = ProcessInfo.processInfo.environment["HIFI_ALL_CASES"] == nil ? 4 : 100

    private static func corpus(_ target: FuzzTarget) throws -> [[UInt8]] {
        let folder = Repository.root.appendingPathComponent("Fuzz/corpus/\(target.name)")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        return try names.map { [UInt8](try Data(contentsOf: folder.appendingPathComponent($0))) }
    }

    @Test("Seeds, the kept corpus, and neighbours of both", arguments: FuzzTarget.all.map(\.name))
    func replay(name: String) throws {
        let target = try #require(FuzzTarget.named(name))
        let temporary = try TemporaryFolder()
        let folder = try FuzzFolder(in: temporary.root)
        var random = SplitMix64(seed: name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
        func holds(_ bytes: [UInt8]) -> Bool {
            do { return try target.run(bytes, in: folder) } catch {
                Issue.record("\(name): \(error); the input in base64: \(Data(bytes).base64EncodedString())")
                return false
            }
        }
        let seeds = try target.seeds()
        #expect(seeds.allSatisfy { !$0.isEmpty && $0.count <= target.longest })
        #expect(seeds.contains(where: holds), "every seed is refused, so nothing is tried")
        let corpus = try Self.corpus(target)
        #expect(!corpus.isEmpty)
        for input in corpus { _ = holds(input) }
        for input in seeds.prefix(8) + corpus where !input.isEmpty {
            for _ in 0..<Self.neighbours { _ = holds(Self.neighbour(of: input, &random)) }
        }
        withExtendedLifetime(temporary) {}
    }

    /// The input with one to four small changes.
    private static func neighbour(of input: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
        var bytes = input
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 2: for index in place..<min(bytes.count, place + 8) { bytes[index] = 0xFF }
            case 3: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
            default: if bytes.count > 1 { bytes.remove(at: place) }
            }
        }
        return bytes
    }

    @Test("A property that does not hold is noticed, with its words; a refusal is none")
    func noticed() throws {
        let temporary = try TemporaryFolder()
        let folder = try FuzzFolder(in: temporary.root)
        let target = try #require(FuzzTarget.named("npy"))
        #expect(try target.run(Array("1234".utf8), in: folder))
        #expect(try !target.run(Array("12345".utf8), in: folder))
        #expect(throws: BrokenProperty.self) { try FuzzTarget.broken.run([], in: folder) }
        #expect(throws: BrokenProperty.self) { try FuzzTarget.steering.run([], in: folder) }
        withExtendedLifetime(temporary) {}
    }

    @Test("Every target has a corpus of its own and a dictionary, and no corpus is left without a target; all together they are small")
    func files() throws {
        let root = Repository.root.appendingPathComponent("Fuzz")
        let manager = FileManager.default
        #expect(try manager.contentsOfDirectory(atPath: root.appendingPathComponent("corpus").path).sorted() == FuzzTarget.all.map(\.name))
        for target in FuzzTarget.all {
            #expect(manager.fileExists(atPath: root.appendingPathComponent("dictionaries/\(target.dictionary).dict").path))
        }
        let sizes = try FuzzTarget.all.map { try Self.corpus($0).map(\.count).reduce(0, +) }
        #expect(sizes.reduce(0, +) < 400_000)
    }
}
