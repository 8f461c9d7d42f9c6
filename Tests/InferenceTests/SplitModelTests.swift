import Foundation
import HIFIFiles
import HIFIGGUF
import HIFIIdentification
import HIFITokenization
import Inference
import TestSupport
import Testing

@Suite("A split model is the model")
struct SplitModelTests {
    private let folder: TemporaryFolder
    private let paths: [String]

    /// A first part with keys only, as splitting tools make them, and layers that are divided between two files.
    init() throws {
        folder = try TemporaryFolder()
        paths = try SplitModel.write(TinyModel.path, tensors: [0, 30], prefix: folder.path("model"))
    }

    private func load(_ index: Int = 0) throws -> LanguageModel {
        let files = try SplitSet.open(path: paths[index])
        return try LanguageModel(files, formats: Identification.identify(files).map(\.formats))
    }

    private func sums(_ model: LanguageModel) throws -> [Double] {
        let session = try InferenceSession(model, context: 200)
        return try TinyModel.run(chunks: 1...2).scores(session).map(\.sum)
    }

    @Test("It scores to the same bits, whichever part is named", arguments: [0, 1, 2])
    func scores(index: Int) throws {
        let model = try load(index)
        #expect(try sums(model) == sums(TinyModel.load()))
        #expect(try model.formats == TinyModel.load().formats)
        #expect(try Tokenizer(model.metadata).digest == Tokenizer(TinyModel.open().metadata).digest)
    }

    @Test("A record has the size of all parts, and their digest one after the other")
    func record() throws {
        let all = try paths.flatMap { try [UInt8](Data(contentsOf: URL(fileURLWithPath: $0))) }
        let record = PerplexityRecord.Model(try load(), file: "model")
        #expect(record.bytes == all.count)
        #expect(record.sha256 == Digest.of(ByteView(all), .sha256).hex)
    }

    @Test("A part that is missing, truncated or of another model is named")
    func damage() throws {
        func message() throws -> String {
            do {
                _ = try load()
                return "accepted"
            } catch { return "\(error)" }
        }
        let whole = try Data(contentsOf: URL(fileURLWithPath: paths[2]))
        func write(_ data: Data) throws { try data.write(to: URL(fileURLWithPath: paths[2])) }
        try write(whole.prefix(whole.count - 4096))
        let cut = try message()
        #expect(cut.hasPrefix("\(paths[2]): tensor blk."))
        try write(whole.prefix(300))
        let short = try message()
        #expect(short.hasPrefix(paths[2]))
        try write(Data(contentsOf: URL(fileURLWithPath: paths[1])))
        let doubled = try message()
        #expect(doubled.contains("is in \(paths[1]) and in \(paths[2])"))
        try FileManager.default.removeItem(atPath: paths[2])
        let missing = try message()
        #expect(missing.contains(paths[2]))
    }

    @Test("A set with problems is refused, and so is a set without its first part's keys")
    func incomplete() throws {
        try FileManager.default.removeItem(atPath: paths[0])
        let files = try SplitSet.scan(path: paths[1])
        #expect(files.metadata == nil)
        #expect(throws: ModelError.self) { try LanguageModel(files, formats: Identification.identify(files).map(\.formats)) }
        #expect(throws: GGUFError.self) { try SplitSet.open(path: paths[1]) }
    }
}
