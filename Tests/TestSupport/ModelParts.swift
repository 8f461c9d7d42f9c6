import HIFIBlockSpec
import HIFIFiles
import HIFIGGUF
import HIFIIdentification

/// The parts of a model's file, to be changed and written again.
public struct ModelParts {
    /// A tensor as it is written.
    public typealias Tensor = (name: String, dimensions: [UInt64], typeID: UInt32, data: [UInt8])

    /// Metadata in the order of the file.
    public var keys: [(String, MetadataValue)]
    /// Tensors in the order of the file.
    public var tensors: [Tensor]

    /// Takes a file apart.
    public init(_ file: GGUFFile) throws {
        let identification = Identification.identify(file.scan)
        keys = file.metadata.map { ($0.key.raw, .stored($0.valueType, $0.valueBytes)) }
        tensors = try file.tensors.map { tensor in
            let format = identification.format(ofTensor: tensor.index)
            let block = BlockSize(elements: format?.elements ?? 1, bytes: format?.bytes ?? 1)
            let data = try file.bytes(of: tensor, block: block).map { Array($0) }
            return (tensor.name.raw, tensor.dimensions, tensor.typeID, data ?? [])
        }
    }

    /// Replaces a key, or removes it.
    public mutating func set(_ key: String, _ value: MetadataValue?) {
        keys.removeAll { $0.0 == key }
        if let value { keys.append((key, value)) }
    }

    /// Changes every tensor of that name.
    public mutating func change(_ name: String, _ body: (inout Tensor) -> Void) {
        for index in tensors.indices where tensors[index].name == name { body(&tensors[index]) }
    }

    /// Writes a file that lives as long as the folder.
    public func write(_ folder: TemporaryFolder) throws -> GGUFFile {
        var writer = GGUFWriter()
        for (key, value) in keys { try writer.add(key, value) }
        for tensor in tensors {
            try writer.addTensor(tensor.name, dimensions: tensor.dimensions, typeID: tensor.typeID, data: ByteView(tensor.data))
        }
        let path = folder.path("changed.gguf")
        try writer.write(to: path)
        return try GGUFFile.open(path: path)
    }
}
