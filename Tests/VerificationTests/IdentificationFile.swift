import HIFIBlockSpec
import HIFIGGUF
import HIFIIdentification
import TestSupport

/// A small model file in any dialect, for identification.
struct IdentificationFile {
    var builder = GGUFBuilder()
    private var forge: BlockForge
    private var formats: [String] = []

    /// What a tensor is filled with: a format, or a block made by the forge and the format it is of.
    enum Filling {
        case stock(String)
        case blocks(String, (inout BlockForge) -> [UInt8])

        var format: String {
            switch self {
            case .stock(let format), .blocks(let format, _): format
            }
        }
    }

    init(fileType: UInt32? = nil, layers: UInt32 = 2, seed: UInt64 = 1) {
        forge = BlockForge(seed: seed)
        builder.entries = [
            .init("general.architecture", .string("qwen3")),
            .init("general.quantization_version", .uint32(2)),
            .init("qwen3.block_count", .uint32(layers)),
            .init("qwen3.embedding_length", .uint32(256)),
            .init("qwen3.feed_forward_length", .uint32(768)),
        ]
        if let fileType { builder.entries.append(.init("general.file_type", .uint32(fileType))) }
    }

    /// Adds a tensor; the size of its blocks is that of what it is filled with, whatever the type id says.
    mutating func add(_ name: String, _ columns: Int = 256, _ rows: Int = 64, typeID: UInt32, _ filling: Filling) {
        let elements = Spec.format(filling.format)?.elements ?? 256
        let header = Spec.format(filling.format)?.headerBytes ?? 0
        var data: [UInt8] = []
        for block in 0..<columns * rows / elements {
            // A row that has a header begins with it: a small number, fp16 or fp32.
            if header > 0, block % (columns / elements) == 0 {
                for byte in 0..<header {
                    let isUpper = header == 2 ? byte == 1 : byte % 4 == 3
                    data.append(isUpper ? 0x2C : 0x11)
                }
            }
            switch filling {
            case .stock(let format): data += forge.stock(format)
            case .blocks(_, let make): data += make(&forge)
            }
        }
        builder.tensors.append(.init(name, [UInt64(columns), UInt64(rows)], typeID: typeID, data: data))
        formats.append(filling.format)
    }

    /// A file of three layers' worth of tensors: F32 norms, Q3_K, Q4_K and Q6_K under this dialect's ids, and two tensors with the
    /// given filling.
    static func model(
        _ dialect: String, hifiID: UInt32, fileType: UInt32? = nil, shifted: Bool = false, stockTypes: Bool = true, _ filling: Filling
    ) -> IdentificationFile {
        var file = IdentificationFile(fileType: fileType)
        let shift: UInt32 = shifted ? 1 : 0
        if stockTypes { file.add("token_embd.weight", typeID: 14 + shift, .stock("q6_k")) }
        for layer in 0..<2 {
            file.add("blk.\(layer).attn_norm.weight", 256, 1, typeID: 0, .stock("f32"))
            file.add("blk.\(layer).attn_q.weight", typeID: 11, .stock("q3_k"))
            file.add("blk.\(layer).attn_v.weight", typeID: hifiID, filling)
            if stockTypes { file.add("blk.\(layer).attn_output.weight", typeID: 12 + shift, .stock("q4_k")) }
        }
        file.add("output_norm.weight", 256, 1, typeID: 0, .stock("f32"))
        return file
    }

    /// The format that each tensor was filled with.
    var filled: [String] { formats }

    var scan: GGUFScan { GGUFScan.scan(builder.build().bytes) }

    func identify(_ options: Identification.Options = .init()) -> Identification { Identification.identify(scan, options: options) }
}

extension Identification {
    func outcome(of reader: String) -> ReaderVerdict.Outcome? { readers.first { $0.reader == reader }?.outcome }
    func reasons(of reader: String) -> String { readers.first { $0.reader == reader }?.reasons.joined(separator: "\n") ?? "" }
}
