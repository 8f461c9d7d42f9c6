import HIFIGGUF

/// A file written again as the parts of a split model.
public enum SplitModel {
    /// Writes `NAME-00001-of-0000N.gguf` and so on: keys into the first part, tensors in their order.
    ///
    /// - Parameters:
    ///   - counts: tensors of each part; the last gets the rest.
    ///   - prefix: the path up to the numbers.
    /// - Returns: the paths of the parts.
    public static func write(_ path: String, tensors counts: [Int], prefix: String) throws -> [String] {
        let whole = try GGUFFile.open(path: path)
        let name = SplitName(prefix: prefix, number: 1, count: counts.count + 1)
        var rest = whole.tensors[...]
        return try (1...name.count).map { number in
            var writer = GGUFWriter()
            if number == 1 { for entry in whole.metadata { try writer.add(entry.key.raw, .stored(entry.valueType, entry.valueBytes)) } }
            try writer.add("split.no", .uint16(UInt16(number - 1)))
            try writer.add("split.count", .uint16(UInt16(name.count)))
            try writer.add("split.tensors.count", .int32(Int32(whole.tensors.count)))
            let tensors = number == name.count ? rest : rest.prefix(counts[number - 1])
            rest = rest.dropFirst(tensors.count)
            for tensor in tensors {
                guard let data = whole.reservedBytes(of: tensor) else { continue }
                try writer.addTensor(tensor.name.raw, dimensions: tensor.dimensions, typeID: tensor.typeID, data: data)
            }
            try writer.write(to: name.path(of: number))
            return name.path(of: number)
        }
    }
}
