import BlockSpec
import GGUF

/// A matrix of the model in its stored form: rows of `columns` weights in whole blocks.
package struct WeightMatrix: Sendable {
    package let name: String
    package let format: BlockFormat
    package let rows: Int
    package let columns: Int
    package let rowBytes: Int
    package let bytes: ByteView
}

/// Finds tensors by name and checks them against the architecture.
struct WeightLoader {
    typealias Place = (part: SplitSet.Part, tensor: TensorInfo)

    let files: SplitSet
    /// By part and number of the tensor.
    let formats: [[BlockFormat?]]
    let architecture: Architecture
    let shape: HyperParameters

    func layer(_ index: Int) throws(ModelError) -> LanguageModel.Layer {
        func name(_ part: String) -> String { "blk.\(index).\(part).weight" }
        return .init(
            attentionNorm: try vector(name("attn_norm")), query: try matrix(name("attn_q")), key: try matrix(name("attn_k")),
            value: try matrix(name("attn_v")), queryNorm: shape.hasHeadNorms ? try vector(name("attn_q_norm")) : nil,
            keyNorm: shape.hasHeadNorms ? try vector(name("attn_k_norm")) : nil, attentionOutput: try matrix(name("attn_output")),
            feedForwardNorm: try vector(name("ffn_norm")), gate: try matrix(name("ffn_gate")), up: try matrix(name("ffn_up")),
            down: try matrix(name("ffn_down")))
    }

    func matrix(_ name: String) throws(ModelError) -> WeightMatrix {
        guard let matrix = try matrixIfPresent(name) else { throw .missingTensor(name) }
        return matrix
    }

    func matrixIfPresent(_ name: String) throws(ModelError) -> WeightMatrix? {
        guard let place = files.tensor(named: name) else { return nil }
        let tensor = place.tensor
        let expected = try dimensions(name)
        guard expected.count == 2, tensor.dimensions == expected, let columns = Int(exactly: expected[0]),
            let rows = Int(exactly: expected[1])
        else { throw .wrongShape(tensor: name, expected: expected, found: tensor.dimensions) }
        let format = try format(of: place)
        guard columns % format.elements == 0 else {
            throw .partialBlocks(tensor: name, format: format.id, columns: tensor.rowElements)
        }
        return WeightMatrix(
            name: name, format: format, rows: rows, columns: columns, rowBytes: columns / format.elements * format.bytes,
            bytes: try bytes(of: place, format))
    }

    /// A norm, decoded.
    func vector(_ name: String) throws(ModelError) -> [Float] {
        guard let place = files.tensor(named: name) else { throw .missingTensor(name) }
        return try decoded(place, try dimensions(name))
    }

    func rotationDivisors() throws(ModelError) -> [Float]? {
        guard let place = files.tensor(named: "rope_freqs.weight") else { return nil }
        return try decoded(place, [UInt64(shape.headSize / 2)])
    }

    private func decoded(_ place: Place, _ expected: [UInt64]) throws(ModelError) -> [Float] {
        let tensor = place.tensor
        guard tensor.dimensions == expected else { throw .wrongShape(tensor: tensor.name, expected: expected, found: tensor.dimensions) }
        let format = try format(of: place)
        let bytes = try bytes(of: place, format)
        guard let decoder = FloatDecoder(format) else {
            throw .undecodable(tensor: tensor.name, typeID: tensor.typeID, format: format.id)
        }
        return decoder.decode(bytes, count: bytes.count / format.bytes * format.elements)
    }

    /// What a tensor holds, where that is known.
    func knownFormat(of tensor: TensorInfo, in part: SplitSet.Part) -> BlockFormat? {
        guard formats.indices.contains(part.number - 1), formats[part.number - 1].indices.contains(tensor.index) else { return nil }
        return formats[part.number - 1][tensor.index]
    }

    private func format(of place: Place) throws(ModelError) -> BlockFormat {
        let tensor = place.tensor
        guard let format = knownFormat(of: tensor, in: place.part) else {
            throw .undecodable(tensor: tensor.name, typeID: tensor.typeID, format: nil)
        }
        guard format.decoding != nil else { throw .undecodable(tensor: tensor.name, typeID: tensor.typeID, format: format.id) }
        return format
    }

    private func bytes(of place: Place, _ format: BlockFormat) throws(ModelError) -> ByteView {
        let (file, tensor) = (place.part.file, place.tensor)
        do throws(GGUFError) {
            guard let bytes = try file.bytes(of: tensor, block: .init(elements: format.elements, bytes: format.bytes)) else {
                throw .metadata(path: file.path, .badValue(key: tensor.name, expected: "whole blocks", found: "\(tensor.dimensions)"))
            }
            return bytes
        } catch {
            throw .file(error)
        }
    }

    /// What the hyper-parameters give for a tensor.
    private func dimensions(_ name: String) throws(ModelError) -> [UInt64] {
        guard let template = architecture.template(named: name)?.template, let dimensions = template.dimensions(value) else {
            throw .tooLarge("tensor \(name)")
        }
        return dimensions
    }

    private func value(_ parameter: HyperParameter) -> UInt64? {
        switch parameter {
        case .embedding: UInt64(shape.embedding)
        case .layers: UInt64(shape.layers)
        case .feedForward: UInt64(shape.feedForward)
        case .heads: UInt64(shape.heads)
        case .headsKV: UInt64(shape.headsKV)
        case .headSize: UInt64(shape.headSize)
        case .vocabulary: UInt64(shape.vocabulary)
        }
    }
}
