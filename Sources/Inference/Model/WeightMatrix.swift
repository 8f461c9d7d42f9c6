import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import HIFIGGUF

/// A matrix of the model in its stored form: rows of `columns` weights in whole blocks.
package struct WeightMatrix: Sendable {
    package let name: ForeignText
    package let format: BlockFormat
    package let rows: Int
    package let columns: Int
    package let rowBytes: Int
    package let bytes: ByteView
    /// Number of the expert, where the tensor holds the matrices of several.
    package var expert: Int?
    /// Added to each product, a number for each row.
    package var bias: [Float]?

    /// The tensor, and the expert within it.
    package var title: String { expert.map { "\(name), expert \($0)" } ?? "\(name)" }
}

/// Finds tensors by name, checks their shapes, and keeps account of those that were used.
struct WeightLoader {
    typealias Place = (part: SplitSet.Part, tensor: TensorInfo)

    let files: SplitSet
    /// By part and number of the tensor.
    let formats: [[BlockFormat?]]
    private var used: Set<ForeignText> = []

    init(files: SplitSet, formats: [[BlockFormat?]]) { (self.files, self.formats) = (files, formats) }

    func has(_ name: String) -> Bool { files.tensor(named: name) != nil }

    /// A matrix, in file order `columns` x `rows`.
    ///
    /// - Parameter bias: whether `NAME.bias` may stand beside `NAME.weight`.
    mutating func matrix(_ name: String, rows: Int, columns: Int, bias: Bool = false) throws(ModelError) -> WeightMatrix {
        let matrix = try matrix(name, [UInt64(columns), UInt64(rows)], rows: rows, columns: columns)
        guard bias, name.hasSuffix(".weight") else { return matrix }
        return try withBias(matrix, name.dropLast("weight".count) + "bias")
    }

    /// A vector as a matrix of one row.
    mutating func row(_ name: String, columns: Int) throws(ModelError) -> WeightMatrix {
        try matrix(name, [UInt64(columns)], rows: 1, columns: columns)
    }

    /// The matrices of experts, one after another in a tensor of `columns` x `rows` x `count`.
    mutating func matrices(_ name: String, count: Int, rows: Int, columns: Int) throws(ModelError) -> [WeightMatrix] {
        let (total, overflow) = rows.multipliedReportingOverflow(by: count)
        guard !overflow else { throw .tooLarge("tensor \(name)") }
        let whole = try matrix(name, [UInt64(columns), UInt64(rows), UInt64(count)], rows: total, columns: columns)
        var parts: [WeightMatrix] = []
        for expert in 0..<count {
            let start = expert * rows * whole.rowBytes
            guard let bytes = whole.bytes.slice(start..<start + rows * whole.rowBytes) else { throw .missingTensor(ForeignText(name)) }
            parts.append(
                WeightMatrix(
                    name: ForeignText(name), format: whole.format, rows: rows, columns: columns, rowBytes: whole.rowBytes, bytes: bytes,
                    expert: expert))
        }
        return parts
    }

    /// The matrix with the bias of that name, if the file has one.
    mutating func withBias(_ matrix: WeightMatrix, _ name: String) throws(ModelError) -> WeightMatrix {
        guard has(name) else { return matrix }
        var matrix = matrix
        matrix.bias = try vector(name, count: matrix.rows)
        return matrix
    }

    /// A norm or a bias, decoded.
    mutating func vector(_ name: String, count: Int) throws(ModelError) -> [Float] {
        let (place, format) = try tensor(name, [UInt64(count)])
        guard let decoder = FloatDecoder(format) else {
            throw .undecodable(tensor: ForeignText(name), typeID: place.tensor.typeID, format: format.id)
        }
        let bytes = try bytes(of: place, format)
        return decoder.decode(bytes, count: bytes.count / format.bytes * format.elements)
    }

    /// Divisors of the rotation's frequencies; nil where the file has none.
    mutating func divisors(_ name: String, count: Int) throws(ModelError) -> [Float]? {
        guard has(name) else { return nil }
        let values = try vector(name, count: count)
        guard let bad = values.first(where: { !$0.isFinite || $0 == 0 }) else { return values }
        throw .metadata(.badValue(key: ForeignText(name), expected: "finite numbers other than 0", found: ForeignText("\(bad)")))
    }

    private mutating func matrix(_ name: String, _ dimensions: [UInt64], rows: Int, columns: Int) throws(ModelError) -> WeightMatrix {
        let (place, format) = try tensor(name, dimensions)
        guard columns % format.elements == 0 else {
            throw .partialBlocks(tensor: ForeignText(name), format: format.id, columns: place.tensor.rowElements)
        }
        return WeightMatrix(
            name: ForeignText(name), format: format, rows: rows, columns: columns, rowBytes: columns / format.elements * format.bytes,
            bytes: try bytes(of: place, format))
    }

    /// Finds a tensor of these dimensions and notes that it is used.
    private mutating func tensor(_ name: String, _ dimensions: [UInt64]) throws(ModelError) -> (Place, BlockFormat) {
        guard let place = files.tensor(named: name) else { throw .missingTensor(ForeignText(name)) }
        guard place.tensor.dimensions == dimensions else {
            throw .wrongShape(tensor: ForeignText(name), expected: dimensions, found: place.tensor.dimensions)
        }
        used.insert(ForeignText(name))
        return (place, try format(of: place))
    }

    /// - Throws: `unusedTensors` where the file has a tensor that nobody asked for: the forward pass would ignore it.
    func checkAllUsed(architecture: String) throws(ModelError) {
        let unused = files.tensors.map(\.tensor.name).filter { !used.contains($0) }
        guard let first = unused.first else { return }
        throw .unusedTensors(first: first, count: unused.count, architecture: architecture)
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
        guard format.decoding != nil, format.rowHeader == nil else {
            throw .undecodable(tensor: tensor.name, typeID: tensor.typeID, format: format.id)
        }
        return format
    }

    private func bytes(of place: Place, _ format: BlockFormat) throws(ModelError) -> ByteView {
        let (file, tensor) = (place.part.file, place.tensor)
        do throws(GGUFError) {
            guard let bytes = try file.bytes(of: tensor, block: .init(elements: format.elements, bytes: format.bytes)) else {
                throw .metadata(
                    path: file.path, .badValue(key: tensor.name, expected: "whole blocks", found: ForeignText("\(tensor.dimensions)")))
            }
            return bytes
        } catch {
            throw .file(error)
        }
    }
}
