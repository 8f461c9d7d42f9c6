import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF
import HIFIIdentification

/// What a file contains, without judging it: metadata, tensors, sizes as loaders count them.
public struct Inspection: Sendable, Hashable {
    /// The path as given.
    public var path: ForeignText
    /// Which part of a split model the file is by its name; nil for a whole one.
    public var part: Part?
    /// Size of the file.
    public var bytes: Int
    /// Version as stored; nil where the file has no such field.
    public var version: UInt32?
    /// Alignment in force, in bytes.
    public var alignment: Int
    /// Where tensor data begins; nil for a file that ends before.
    public var dataStart: Int?
    /// `general.architecture` and `general.name`, if they are strings.
    public var architecture: ForeignText?
    /// `general.name`, if it is a string.
    public var name: ForeignText?
    /// The dialect that the type ids follow, and how sure that is.
    public var dialect: String?
    /// How sure the dialect and the formats are.
    public var confidence: Identification.Confidence
    /// Weights of all tensors, and the bytes of their data; tensors whose size is unknown count with the bytes up to the next one.
    public var elements: Int
    /// Bytes of the data of all tensors; see `elements`.
    public var tensorBytes: Int
    /// `8 · tensorBytes / elements`; nil without elements.
    public var bitsPerWeight: Double?
    /// By format, most bytes first.
    public var histogram: [TypeCount]
    /// The metadata, in file order.
    public var keys: [Key]
    /// The tensor records, in file order.
    public var tensors: [Tensor]

    /// A place among the files of a split model.
    public struct Part: Sendable, Hashable, Codable {
        /// From 1.
        public var number: Int
        /// The number of parts.
        public var count: Int
    }

    /// The tensors of one format.
    public struct TypeCount: Sendable, Hashable {
        /// The number stored in the file.
        public var typeID: UInt32
        /// The format's id; nil where it is not known.
        public var format: String?
        /// Number of tensors.
        public var tensors: Int
        /// Weights of these tensors.
        public var elements: Int
        /// Bytes of their data.
        public var bytes: Int
    }

    /// One metadata entry.
    public struct Key: Sendable, Hashable, Encodable {
        /// The key.
        public var key: ForeignText
        /// The key's bytes in hexadecimal digits, where they are not UTF-8.
        public var keyBytes: String?
        /// The stored type: `uint32`, `array of 2048 string`.
        public var type: String
        /// The value, of arrays as many elements as were asked for.
        public var value: KeyValue
        /// The value in one line, arrays by their first elements.
        public var preview: String
        /// Where the key lies in the file.
        public var offset: Int
    }

    /// One tensor record.
    public struct Tensor: Sendable, Hashable {
        /// The tensor's name.
        public var name: ForeignText
        /// The name's bytes in hexadecimal digits, where they are not UTF-8.
        public var nameBytes: String?
        /// The type id stored in the file.
        public var typeID: UInt32
        /// The format's id; nil where it is not known.
        public var format: String?
        /// From the fastest-varying dimension (the row length) on.
        public var dimensions: [UInt64]
        /// Weights; nil where the product overflows.
        public var elements: Int?
        /// Where the data begins in the file; nil outside.
        public var offset: Int?
        /// Bytes of the data, or up to the next tensor where the format is unknown.
        public var bytes: Int?
        /// `8 · bytes / elements`; nil where one of the two is not known.
        public var bitsPerWeight: Double?
    }

    /// Reads what a scanned file contains.
    ///
    /// - Parameters:
    ///   - model: keys of the model that the file is a part of; nil for the file's own.
    ///   - arrayLimit: elements given of each array value; nil for all.
    public init(
        _ file: GGUFFile, identification: Identification, model: Metadata? = nil, arrayLimit: Int? = KeyValue.defaultArrayLimit
    ) {
        let scan = file.scan
        path = file.path
        part = SplitName(path: file.path.raw).map { Part(number: $0.number, count: $0.count) }
        bytes = scan.bytes.count
        version = scan.header?.version
        alignment = scan.alignment
        dataStart = scan.dataStart
        let model = model ?? scan.metadata
        architecture = model["general.architecture"]?.string
        name = model["general.name"]?.string
        dialect = identification.dialect
        confidence = identification.confidence
        keys = scan.metadata.map { entry in
            Key(
                key: entry.key, keyBytes: KeyValue.invalid(entry.keyBytes), type: entry.typeDescription,
                value: KeyValue(entry, arrayLimit: arrayLimit),
                preview: ValuePreview.text(of: entry), offset: entry.keyRange.lowerBound)
        }
        let formats = identification.formats
        tensors = scan.tensors.map { tensor in
            let format = formats.indices.contains(tensor.index) ? formats[tensor.index] : nil
            let size = format.flatMap {
                DataLayout.byteCount(dimensions: tensor.dimensions, block: $0.size)
            }
            let bytes = size ?? scan.spanBytes(of: tensor)
            let elements = tensor.elementCount
            let bits: Double? = if let bytes, let elements, elements > 0 { 8 * Double(bytes) / Double(elements) } else { nil }
            return Tensor(
                name: tensor.name, nameBytes: KeyValue.invalid(tensor.nameBytes), typeID: tensor.typeID, format: format?.id,
                dimensions: tensor.dimensions, elements: elements,
                offset: scan.start(of: tensor), bytes: bytes, bitsPerWeight: bits)
        }
        elements = tensors.reduce(0) { Self.sum($0, $1.elements) }
        tensorBytes = tensors.reduce(0) { Self.sum($0, $1.bytes) }
        bitsPerWeight = elements > 0 ? 8 * Double(tensorBytes) / Double(elements) : nil
        histogram = Self.histogram(tensors)
    }

    private static func histogram(_ tensors: [Tensor]) -> [TypeCount] {
        var counts: [TypeCount] = []
        var index: [String: Int] = [:]
        for tensor in tensors {
            let key = "\(tensor.typeID) \(tensor.format ?? "")"
            let place = index[key] ?? counts.count
            if place == counts.count {
                index[key] = place
                counts.append(TypeCount(typeID: tensor.typeID, format: tensor.format, tensors: 0, elements: 0, bytes: 0))
            }
            counts[place].tensors += 1
            counts[place].elements = sum(counts[place].elements, tensor.elements)
            counts[place].bytes = sum(counts[place].bytes, tensor.bytes)
        }
        return counts.sorted { ($0.bytes, $1.typeID) > ($1.bytes, $0.typeID) }
    }

    /// Saturating, since a damaged file may claim any size.
    private static func sum(_ total: Int, _ part: Int?) -> Int {
        let (sum, overflow) = total.addingReportingOverflow(part ?? 0)
        return overflow ? .max : sum
    }
}
