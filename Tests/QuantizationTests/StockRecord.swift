import Foundation
import HIFIBlockSpec
import HIFIGGUF
import TestSupport

/// What llama.cpp as in llama-cpp-python 0.3.36 makes of small models of many architectures: `Fixtures/stock-routing.json`. The models
/// have the names that the architectures have, but only as many rows as it takes for names and widths to matter.
struct StockRecord: Decodable {
    struct Model: Decodable, CustomStringConvertible {
        let architecture: String
        let layers: Int
        let keys: [Key]
        let tensors: [Template]
        /// By mix: for each template the types of its tensors, layer by layer, as letters with numbers of repetitions.
        let types: [String: String]
        /// SHA-256 of the model itself, 32 digits.
        let input: String
        /// SHA-256 of what the library writes, by mix, 32 digits.
        let digests: [String: String]

        var description: String {
            let experts = keys.first { $0.name == "~.expert_count" }.map { ", \($0.number ?? 0) experts" } ?? ""
            return "\(architecture) of \(layers) layers\(experts)"
        }
    }

    /// `["~.block_count", "u32", 18]`, with the architecture's name for `~`.
    struct Key: Decodable {
        let name: String
        let value: MetadataValue
        let number: Int?

        init(from decoder: any Decoder) throws {
            var list = try decoder.unkeyedContainer()
            name = try list.decode(String.self)
            let type = try list.decode(String.self)
            var number: Int?
            switch type {
            case "u32":
                let found = try list.decode(UInt32.self)
                (number, value) = (Int(found), .uint32(found))
            case "i32": value = .int32(try list.decode(Int32.self))
            case "f32": value = .float32(try list.decode(Float.self))
            case "bool": value = .bool(try list.decode(Bool.self))
            case "str": value = .string(try list.decode(String.self))
            case "[i32]": value = .int32s(try list.decode([Int32].self))
            default: throw DecodingError.dataCorruptedError(in: list, debugDescription: "type \(type)")
            }
            self.number = number
        }
    }

    /// `["blk.{}.attn_q.weight", [256, 2], "f16"]`.
    struct Template: Decodable {
        let name: String
        let dimensions: [UInt64]
        let type: String

        init(from decoder: any Decoder) throws {
            var list = try decoder.unkeyedContainer()
            name = try list.decode(String.self)
            dimensions = try list.decode([UInt64].self)
            type = try list.decode(String.self)
        }

        func names(layers: Int) -> [String] {
            guard name.contains("{}") else { return [name] }
            return (0..<layers).map { name.replacingOccurrences(of: "{}", with: "\($0)") }
        }
    }

    let legend: [String: String]
    let models: [Model]

    static let all: StockRecord = {
        do {
            return try JSONDecoder().decode(
                StockRecord.self, from: Data(Repository.bytes("Tests/QuantizationTests/Fixtures/stock-routing.json")))
        } catch { fatalError("stock-routing.json: \(error)") }
    }()

    /// The formats of a model's tensors under a mix, in file order.
    func formats(_ model: Model, _ mix: String) -> [String] { Self.formats(model.types[mix] ?? "", legend: legend) }

    /// The formats that runs of letters stand for.
    static func formats(_ runs: String, legend: [String: String]) -> [String] {
        var formats: [String] = []
        for run in runs.split(separator: " ") {
            var count = ""
            for letter in run {
                if letter.isNumber {
                    count.append(letter)
                } else {
                    formats += [String](repeating: legend[String(letter)] ?? "?", count: Int(count) ?? 1)
                    count = ""
                }
            }
        }
        return formats
    }
}

extension StockRecord.Model {
    /// Every tensor with its template, in file order.
    var named: [(name: String, template: StockRecord.Template)] {
        tensors.flatMap { template in template.names(layers: layers).map { ($0, template) } }
    }

    /// The model as a file: weights of ten bits, which fp16 holds.
    func builder() -> GGUFBuilder {
        var builder = GGUFBuilder()
        builder.entries = [
            .init("general.architecture", .string(architecture)), .init("general.name", .string("tiny \(architecture)")),
            .init("general.file_type", .uint32(1)),
        ]
        builder.entries += keys.map { .init($0.name.replacingOccurrences(of: "~", with: architecture), $0.value) }
        builder.tensors = named.enumerated().map { index, tensor in
            let count = tensor.template.dimensions.reduce(1, *)
            var data: [UInt8] = []
            for place in 0..<UInt32(count) {
                let bits = (place &* 2_654_435_761 &+ UInt32(index) &* 40503) >> 9 & 1023
                let weight = (Float(bits) - 512) / 8192
                if tensor.template.type == "f32" {
                    data.append(integer: weight.bitPattern)
                } else {
                    data.append(integer: Self.half(weight))
                }
            }
            return .init(tensor.name, tensor.template.dimensions, typeID: tensor.template.type == "f32" ? 0 : 1, data: data)
        }
        return builder
    }

    /// The fp16 pattern of a number that fp16 holds as a normal number or zero.
    private static func half(_ value: Float) -> UInt16 {
        let bits = value.bitPattern
        guard value != 0 else { return 0 }
        return UInt16(truncatingIfNeeded: (bits >> 31) << 15 | ((bits >> 23 & 0xFF) - 112) << 10 | (bits & 0x7F_FFFF) >> 13)
    }
}
