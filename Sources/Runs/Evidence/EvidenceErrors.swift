import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import HIFIGGUF
import HIFIKernels

extension EvidenceRun {
    /// Weights in a slab.
    private static let slabWeights = 1 << 20

    /// The errors of a model's tensors against the source's, of those that have another form there.
    ///
    /// Sums are in double, from the first weight to the last, so that every machine gets the same.
    func errors(of model: RunnableModel, _ progress: Progress) throws(RunError) -> [Evidence.TensorError] {
        var errors: [Evidence.TensorError] = []
        let count = model.files.tensors.count
        for (part, identification) in zip(model.files.parts, model.identifications) {
            for (tensor, format) in zip(part.file.tensors, identification.formats) {
                progress("errors of \(Self.name(model.path))", errors.count, count)
                guard let format, let original = original(of: tensor),
                    let bytes = try data(part.file, tensor, format), let theirs = try data(original.file, original.tensor, original.format)
                else { continue }
                if format.id == original.format.id, bytes == theirs { continue }
                do throws(KernelError) {
                    let sums = try Self.compare(bytes, format, theirs, original.format, backend)
                    errors.append(
                        Evidence.TensorError(
                            name: tensor.name, format: format.id, layer: Self.layer(of: tensor.name),
                            relative: sums.weights > 0 ? (sums.differences / sums.weights).squareRoot() : nil, largest: sums.largest))
                } catch { throw .malformed("\(tensor.name): \(error)") }
            }
        }
        try model.checkUnchanged()
        return errors
    }

    private func original(of tensor: TensorInfo) -> (file: GGUFFile, tensor: TensorInfo, format: BlockFormat)? {
        guard let found = source.files.tensor(named: tensor.name.raw), found.tensor.dimensions == tensor.dimensions,
            let place = source.files.parts.firstIndex(where: { $0.number == found.part.number }),
            let format = source.identifications[place].format(ofTensor: found.tensor.index)
        else { return nil }
        return (found.part.file, found.tensor, format)
    }

    private func data(_ file: GGUFFile, _ tensor: TensorInfo, _ format: BlockFormat) throws(RunError) -> ByteView? {
        guard format.decoding != nil, format.rowHeader == nil else { return nil }
        do throws(GGUFError) { return try file.bytes(of: tensor, block: format.size) } catch { throw .container(error) }
    }

    private static func layer(of name: ForeignText) -> Int? {
        guard name.hasPrefix("blk.") else { return nil }
        return Int(name.raw.dropFirst(4).prefix { $0 != "." })
    }

    private struct Sums {
        var differences = 0.0
        var weights = 0.0
        var largest = 0.0
    }

    private static func compare(
        _ a: ByteView, _ format: BlockFormat, _ b: ByteView, _ other: BlockFormat, _ backend: CPUBackend
    ) throws(KernelError) -> Sums {
        let total = a.count / format.bytes * format.elements
        // Whole blocks of both.
        let unit = format.elements * other.elements
        let slab = max(unit, slabWeights / unit * unit)
        var (mine, theirs) = ([Float](repeating: 0, count: min(slab, total)), [Float](repeating: 0, count: min(slab, total)))
        var sums = Sums()
        var position = 0
        while position < total {
            let count = min(slab, total - position)
            try decode(a, format, position, count, backend, into: &mine)
            try decode(b, other, position, count, backend, into: &theirs)
            for index in 0..<count {
                let weight = Double(theirs[index])
                let difference = Double(mine[index]) - weight
                sums.differences += difference * difference
                sums.weights += weight * weight
                sums.largest = max(sums.largest, abs(difference))
            }
            position += count
        }
        return sums
    }

    private static func decode(
        _ bytes: ByteView, _ format: BlockFormat, _ position: Int, _ count: Int, _ backend: CPUBackend, into weights: inout [Float]
    ) throws(KernelError) {
        let start = position / format.elements * format.bytes
        guard let part = bytes.slice(start..<start + count / format.elements * format.bytes) else {
            throw .partialBlock(format: format.id, bytes: bytes.count, blockBytes: format.bytes)
        }
        let result: Result<Void, KernelError> = weights.withUnsafeMutableBufferPointer { weights in
            part.withUnsafeBytes { bytes in
                Result { () throws(KernelError) in try backend.decode(format, bytes, into: .init(rebasing: weights[..<count])) }
            }
        }
        try result.get()
    }
}
