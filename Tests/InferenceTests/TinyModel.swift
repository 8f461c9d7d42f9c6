import BlockSpec
import Foundation
import GGUF
import Inference
import TestSupport
import Verification

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
    struct Parts {
        var keys: [(String, MetadataValue)]
        var tensors: [(name: String, dimensions: [UInt64], typeID: UInt32, data: [UInt8])]

        init() throws {
            let file = try TinyModel.open()
            let identification = Identification.identify(file.scan)
            keys = file.metadata.map { ($0.key, .stored($0.valueType, $0.valueBytes)) }
            tensors = try file.tensors.map { tensor in
                let format = identification.format(ofTensor: tensor.index)
                let block = BlockSize(elements: format?.elements ?? 1, bytes: format?.bytes ?? 1)
                let data = try file.bytes(of: tensor, block: block).map { Array($0) }
                return (tensor.name, tensor.dimensions, tensor.typeID, data ?? [])
            }
        }

        mutating func set(_ key: String, _ value: MetadataValue?) {
            keys.removeAll { $0.0 == key }
            if let value { keys.append((key, value)) }
        }

        mutating func change(_ name: String, _ body: (inout (name: String, dimensions: [UInt64], typeID: UInt32, data: [UInt8])) -> Void) {
            for index in tensors.indices where tensors[index].name == name { body(&tensors[index]) }
        }

        /// Writes a file that lives as long as the returned folder.
        func write(_ folder: TemporaryFolder) throws -> GGUFFile {
            var writer = GGUFWriter()
            for (key, value) in keys { try writer.add(key, value) }
            for tensor in tensors {
                try writer.addTensor(
                    tensor.name, dimensions: tensor.dimensions, typeID: tensor.typeID, data: ByteView(tensor.data))
            }
            let path = folder.path("changed.gguf")
            try writer.write(to: path)
            return try GGUFFile.open(path: path)
        }
    }
}
