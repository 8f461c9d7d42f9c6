import Foundation
import GGUF
import TestSupport
import Verification

/// The trained model of the repository: Qwen3, 6 layers, 6.4 million weights, with the routing of the published table.
enum TinyModel {
    static let path = Repository.root.appendingPathComponent("Vectors/models/tiny-qwen3-q3_k_hifi-r6.gguf").path

    static func open() throws -> GGUFFile { try GGUFFile.open(path: path) }
}
