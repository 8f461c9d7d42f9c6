import HIFIBlockSpec
import HIFIGGUF
import HIFIIdentification
import HIFIKernels

/// What a conversion is asked for.
public struct ConversionOptions: Sendable {
    /// The revision that tensors of its family get; nil leaves them.
    public var target: BlockFormat?
    /// Whose numbers the output has; nil keeps the input's where they suffice.
    public var dialect: Dialect?
    /// The version of the specification that the output names in keys of its own; nil for none.
    public var stamp: String?
    /// Threads, the caller included.
    public var threads = 1

    /// Options that ask for nothing yet.
    public init() {}
}

/// Changes the revision or the type numbers of a file without changing a weight. Order of keys and tensors stays.
public enum Converter {
    /// What was written.
    public struct Summary: Sendable {
        /// Bytes of the file.
        public let bytes: Int
        /// Whose numbers it has.
        public let dialect: Dialect
        /// Tensors that changed their format, and their blocks.
        public let convertedTensors: Int
        /// Blocks that were rewritten; each was decoded before and after and gave the same weights.
        public let convertedBlocks: Int
        /// Tensors whose type number changed.
        public let renumberedTensors: Int
        /// The value of `general.file_type` before and after; nil where the file has none.
        public let fileType: (before: UInt32, after: UInt32)?
    }

    /// Writes the output: complete under its name, or not at all. Refuses if a single block would decode to other weights.
    public static func convert(
        _ model: SourceModel, _ options: ConversionOptions, to path: String, progress: @escaping (Quantizer.Progress) -> Void = { _ in }
    ) throws(QuantizationError) -> Summary {
        try OutputPlace.check(path, against: model.paths)
        let formats = model.tensors.map { changes($0, options) ? options.target ?? $0.format : $0.format }
        let numbering = try numbering(model, Set(formats.map(\.id)), options)
        let fileType = try FileTypeChange(model, numbering.dialect)
        do {
            let (writer, bytes) = try writer(model, formats, numbering, fileType, options, progress)
            try OutputPlace.checkRoom(path, bytes: bytes)
            try writer.write(to: path)
            let changed = zip(model.tensors, formats).filter { $0.format.id != $1.id }
            return Summary(
                bytes: bytes, dialect: numbering.dialect, convertedTensors: changed.count,
                convertedBlocks: changed.reduce(0) { $0 + $1.0.weights / $1.0.format.elements },
                renumberedTensors: try zip(model.tensors, formats).count { try numbering.typeID($1) != $0.info.typeID },
                fileType: fileType.map { ($0.before, $0.after) })
        } catch {
            throw QuantizationError(error)
        }
    }

    private static func changes(_ tensor: SourceModel.Tensor, _ options: ConversionOptions) -> Bool {
        tensor.format.family == options.target?.family
    }

    private static func numbering(
        _ model: SourceModel, _ formats: Set<String>, _ options: ConversionOptions
    ) throws(QuantizationError) -> Numbering {
        if let target = options.target, !model.tensors.contains(where: { changes($0, options) && $0.format.id != target.id }) {
            let held = Set(model.tensors.filter { changes($0, options) }.map(\.format.id)).sorted().joined(separator: ", ")
            let what = held.isEmpty ? "holds no \(target.family) tensor" : "holds \(held) already"
            throw .usage("\(model.path) \(what): there is nothing to convert to \(target.id)")
        }
        if options.dialect == nil, let own = model.dialect, formats.allSatisfy({ !own.typeIDs(of: $0).isEmpty }) {
            return try Numbering(formats: formats, mix: nil, asked: own)
        }
        return try Numbering(formats: formats, mix: nil, asked: options.dialect)
    }

    private static func writer(
        _ model: SourceModel, _ formats: [BlockFormat], _ numbering: Numbering, _ fileType: FileTypeChange?, _ options: ConversionOptions,
        _ progress: @escaping (Quantizer.Progress) -> Void
    ) throws -> (GGUFWriter, bytes: Int) {
        let backend = try CPUBackend(threads: options.threads)
        var writer = GGUFWriter()
        try addMetadata(model, formats, numbering, fileType, options, to: &writer)
        let total = model.tensors.reduce(0) { $0 + $1.bytes.count }
        var before = 0
        var bytes = 0
        for (index, (tensor, format)) in zip(model.tensors, formats).enumerated() {
            let start = before
            before += tensor.bytes.count
            let isLast = index == model.tensors.count - 1
            let converter = format.id == tensor.format.id ? nil : TensorConverter(target: format, backend: backend)
            _ = try converter?.transcoder(for: tensor)
            let byteCount = converter == nil ? tensor.bytes.count : tensor.weights / format.elements * format.bytes
            bytes += Quantizer.padded(byteCount, writer.alignment)
            try writer.addTensor(
                tensor.name.raw, dimensions: tensor.info.dimensions, typeID: numbering.typeID(format), byteCount: byteCount
            ) { sink in
                if let converter {
                    var done = start
                    try converter.write(tensor, to: &sink) { bytes in
                        done += bytes
                        progress(Quantizer.Progress(tensor: tensor.name, done: done, total: total))
                    }
                } else {
                    try sink.write(tensor.bytes)
                }
                if isLast { try model.checkUnchanged() }
            }
        }
        return (writer, try writer.header().count + bytes)
    }

    private static func addMetadata(
        _ model: SourceModel, _ formats: [BlockFormat], _ numbering: Numbering, _ fileType: FileTypeChange?, _ options: ConversionOptions,
        to writer: inout GGUFWriter
    ) throws(GGUFWriterError) {
        let split: Set = ["split.no", "split.count", "split.tensors.count"]
        for entry in model.metadata where !split.contains(entry.key.raw) && !Stamp.owns(entry.key.raw) {
            if let fileType, entry.key == "general.file_type", fileType.after != fileType.before {
                try writer.add(entry.key.raw, .uint32(fileType.after))
            } else {
                try writer.add(copyOf: entry)
            }
        }
        guard let version = options.stamp else { return }
        try Stamp(version: version, dialect: numbering.dialect, formats: formats).write(to: &writer)
    }
}
