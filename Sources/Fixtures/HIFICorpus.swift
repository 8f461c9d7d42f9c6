import HIFIBlockSpec
import HIFIGGUF

/// Small files with tensors of the HIFI family, right ones and ones with planted faults, each with what verification must say.
public enum HIFICorpus {
    /// One file.
    public struct Case: Sendable, CustomStringConvertible {
        /// Stable name: format, number, catchword.
        public let id: String
        /// What was done to the valid file.
        public let sentence: String
        /// The format of the file's HIFI tensors.
        public let format: String
        /// The dialect that gives the file's type ids their meaning.
        public let dialect: String
        /// Rules or clauses that must be reported; none for valid files.
        public let rules: [String]
        /// Whether the first of them is the file's damage, something not read, or only odd.
        public let kind: String
        /// The file.
        public let bytes: [UInt8]

        /// The id.
        public var description: String { id }
    }

    /// The name of the tensor that faults are planted in: 16 rows of one block each.
    public static let victim = "blk.0.attn_v.weight"
    /// The block of it that faults are planted in.
    public static let victimBlock = 5
    /// Index of the victim among the tensors.
    static let victimIndex = 2

    /// All cases, valid files first.
    public static let cases: [Case] = {
        var list = CaseList()
        for sample in samples { list.add(sample, "00-valid", "untouched", []) { _, _ in } }
        addR6(&list)
        addProportions(&list)
        addR13(&list)
        addR12(&list)
        addOthers(&list)
        return list.cases
    }()

    /// A format with the numbers that it has in files.
    public struct Sample: Sendable {
        /// Id of the format, id of the dialect.
        public let format, dialect: String
        /// Type id of the format.
        public let typeID: UInt32
        /// File type of the file; nil for a file that does not say.
        public var fileType: UInt32?

        /// A format under a number.
        public init(format: String, dialect: String, typeID: UInt32, fileType: UInt32? = nil) {
            (self.format, self.dialect, self.typeID, self.fileType) = (format, dialect, typeID, fileType)
        }
    }

    static let r6 = Sample(format: "q3_k_hifi@r6", dialect: "fork-2025-12-22", typeID: 40, fileType: 41)
    static let r13 = Sample(format: "q3_k_hifi@r13", dialect: "fork-derived", typeID: 40)
    static let r12a = Sample(format: "q3_k_hifi@r12a", dialect: "fork-2026-02-03-late", typeID: 40)
    static let r12b = Sample(format: "q3_k_hifi@r12b", dialect: "fork-2026-02-04", typeID: 40)
    static let r2 = Sample(format: "q3_k_hifi@r2", dialect: "fork-2025-11-29", typeID: 12)
    static let r7 = Sample(format: "q3_k_hifi@r7f", dialect: "fork-2026-01-26", typeID: 40)
    static let res8 = Sample(format: "q3_k_hifi_res8", dialect: "fork-2026-03-08", typeID: 41)
    static let q4 = Sample(format: "q4_k_hifi", dialect: "fork-2026-03-08", typeID: 42)

    /// The samples.
    public static let samples = [r6, r13, r12a, r12b, r2, r7, res8, q4]

    /// A small model of no known architecture, about 15 KB: two HIFI matrices, one Q3_K matrix, an embedding, norms.
    public static func builder(_ sample: Sample) -> GGUFBuilder {
        var builder = GGUFBuilder()
        builder.entries = [
            .init("general.architecture", .string("sample")),
            .init("general.name", .string("small HIFI sample")),
            .init("general.quantization_version", .uint32(2)),
            .init("sample.block_count", .uint32(1)),
        ]
        if let fileType = sample.fileType { builder.entries.append(.init("general.file_type", .uint32(fileType))) }
        var random = SplitMix64(seed: 0x4849_4649)
        func tensor(_ name: String, _ columns: UInt64, _ rows: UInt64, _ format: String, _ typeID: UInt32) -> GGUFBuilder.Tensor {
            guard let format = Spec.format(format) else { preconditionFailure("no format \(format)") }
            let blocks = Int(columns * rows) / format.elements
            let data = (0..<blocks).flatMap { _ in HIFIBlock.valid(format, &random) }
            return .init(name, rows == 1 ? [columns] : [columns, rows], typeID: typeID, data: data)
        }
        builder.tensors = [
            tensor("token_embd.weight", 256, 16, "q3_k", 11),
            tensor("blk.0.attn_norm.weight", 256, 1, "f32", 0),
            tensor(victim, 256, 16, sample.format, sample.typeID),
            tensor("blk.0.attn_q.weight", 256, 12, "q3_k", 11),
            tensor("blk.0.ffn_down.weight", 512, 6, sample.format, sample.typeID),
            tensor("output_norm.weight", 256, 1, "f32", 0),
        ]
        return builder
    }

    /// Collects cases.
    struct CaseList {
        var cases: [Case] = []

        /// Adds a sample after `change`, which gets the builder and the block that faults are planted in.
        mutating func add(
            _ sample: Sample, _ id: String, _ sentence: String, _ rules: [String], kind: String = "damaged",
            _ change: (inout GGUFBuilder, inout HIFIBlock) -> Void
        ) {
            var builder = HIFICorpus.builder(sample)
            guard let format = Spec.format(sample.format) else { return }
            let range = victimBlock * format.bytes..<(victimBlock + 1) * format.bytes
            var block = HIFIBlock(format, Array(builder.tensors[victimIndex].data[range]))
            let original = block.bytes
            change(&builder, &block)
            if block.bytes != original { builder.tensors[victimIndex].data.replaceSubrange(range, with: block.bytes) }
            add(sample, id, sentence, rules, kind, builder.build().bytes)
        }

        mutating func add(_ sample: Sample, _ id: String, _ sentence: String, _ rules: [String], _ kind: String, _ bytes: [UInt8]) {
            cases.append(
                Case(
                    id: "\(sample.format)-\(id)", sentence: sentence, format: sample.format, dialect: sample.dialect, rules: rules,
                    kind: kind, bytes: bytes))
        }
    }
}
