import Foundation
import TestSupport
import Testing

@Test("dump") func dump() throws {
    guard let to = ProcessInfo.processInfo.environment["HIFI_DUMP"] else { return }
    for type in GGUFBuilder.WeightType.allCases { try Data(GGUFBuilder.smallQwen3(type: type).build().bytes).write(to: URL(fileURLWithPath: "\(to)/qwen-\(type).gguf")) }
    try Data(GGUFBuilder.smallQwen3(.ragged).build().bytes).write(to: URL(fileURLWithPath: "\(to)/qwen-ragged.gguf"))
    var odd = GGUFBuilder.Qwen3Shape(); odd.embedding = 144; odd.feedForward = 144; odd.layers = 2
    try Data(GGUFBuilder.smallQwen3(odd).build().bytes).write(to: URL(fileURLWithPath: "\(to)/qwen-odd.gguf"))
}
