import Foundation
import HIFIGGUF
import HIFIIdentification
import HIFITokenization
import Inference
import TestSupport

/// The trained model of the repository: Qwen3, 6 layers, 6.4 million weights, with the routing of the published table.
enum TinyModel {
    static let path = Repository.root.appendingPathComponent("Vectors/models/tiny-qwen3-q3_k_hifi-r6.gguf").path

    static func open() throws -> GGUFFile { try GGUFFile.open(path: path) }

    static func load() throws -> LanguageModel { try load(open()) }

    static func load(_ file: GGUFFile) throws -> LanguageModel {
        try LanguageModel(file, formats: Identification.identify(file.scan).formats)
    }

    /// 1,658 tokens of the model's held-out text.
    static func text() throws -> [UInt8] { try Repository.bytes("Tests/InferenceTests/Fixtures/persuasion.txt") }

    static func tokens() throws -> [Int32] { try Tokenizer(open().metadata).encode(text()) }

    /// A run over the text in chunks of this many tokens.
    static func run(context: Int = 200, chunks: ClosedRange<Int>? = nil) throws -> PerplexityRun {
        try PerplexityRun(tokens: tokens(), context: context, chunks: chunks)
    }

    /// The parts of the file, to be changed and written again.
    typealias Parts = ModelParts
}

extension ModelParts {
    /// Those of the repository's model.
    init() throws { try self.init(TinyModel.open()) }
}
