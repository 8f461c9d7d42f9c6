import ArgumentParser
import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import HIFIReference
import Rendering
import Runs

struct DecodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode",
        abstract: "Decode raw blocks to fp32, exactly as the spec says.",
        discussion: """
            Reads whole blocks and writes their weights as raw little-endian fp32, or as .npy if the output has that extension. \
            `-` is standard input or output.

            Rows of some types begin with a header (`hifi types` lists them), and those of others are interleaved (q4_0_r8, iq4_k_r4, … \
            of ik_llama.cpp) and taken apart first; rows are written one after the other. --columns says how long rows are. It may \
            be left out where the file's length leaves one possibility.

            EXAMPLES
              hifi decode --type q3_k_hifi --blocks tensor.bin -o weights.f32
              hifi decode --type q3_k_hifi@r12 --blocks tensor.bin -o weights.npy
              hifi decode --type q3_k_hifi --blocks tensor.bin -o kernel.f32 --backend avx2
              hifi decode --list

            \(ExitStatus.section("decoded", [.findings("the --backend named failed"), .damaged, .unavailable, .unwritable]))
            """)

    @Option(help: "Block type: q3_k, q3_k_hifi@r6, q6_k_hifi_dynamic, … (--list shows all).", completion: .types) var type: String?
    @Option(help: "File of blocks, one after the other.", completion: .anyFile) var blocks: String?
    @Option(name: .shortAndLong, help: "Where the weights go (.npy or raw fp32).", completion: .anyFile) var output: String?
    @Option(help: "Who decodes: reference (the default), cpu (or scalar, avx2, avx512, amx, neon), cuda, ggml:DIR, exec:CMD.") var backend:
        Backend?
    @Option(help: "Weights of a row, for types whose rows have headers or are interleaved; needed if the length leaves several.")
    var columns: Int?
    @Flag(help: "List the block types and exit.") var list = false
    @OptionGroup var result: QuietOption

    func validate() throws {
        if let columns, columns < 1 { throw ValidationError("--columns needs a number from 1 up") }
        if list, type != nil || blocks != nil || output != nil || backend != nil || columns != nil || result.quiet {
            throw ValidationError("--list goes with no other option: it decodes nothing")
        }
        if !list, type == nil || blocks == nil || output == nil { throw ValidationError("--type, --blocks and --output are needed") }
    }

    func run() throws {
        if list { return Standard.print(RawBlockText.types().joined(separator: "\n")) }
        guard let type, let blocks, let output else { return }
        var places = OutputPlaces()
        places.reads(blocks, as: "--blocks")
        places.writes(output, as: "--output")
        try places.check()
        let format = try BlockFormat.named(type)
        if let unweaver = Unweaver(format) { return try decodeWoven(unweaver, blocks, output) }
        if format.rowHeader != nil { return try decodeRows(format, blocks, output) }
        if columns != nil {
            throw Failure(.usage, "--columns is for types whose rows have headers or are interleaved; those of \(format.id) are blocks")
        }
        let bytes = try WholeFile.read(argument: blocks, .arrays)
        guard bytes.count % format.bytes == 0 else {
            throw Failure(
                .malformed,
                "\(ForeignText(path: blocks)): \(DecodeError.partialBlock(format: format.id, bytes: bytes.count, blockBytes: format.bytes))"
            )
        }
        if let backend, !backend.isReference {
            let answer = try backend.open().result(of: .decode(format: format.id, blocks: bytes))
            if case .floats(let bits) = answer { return try RawFiles.write(FloatFile(bits.map(Float.init(bitPattern:))), to: output) }
        }
        let weights: [Float]
        do {
            weights = try ReferenceDecoder(format).decode(bytes)
        } catch {
            throw Failure(error == .knownBySizeOnly(format.id) ? .usage : .malformed, "\(ForeignText(path: blocks)): \(error)")
        }
        try RawFiles.write(FloatFile(weights), to: output)
    }

    /// What decodes a row with its header: the backend named, else the reference.
    private func rowDecoder(_ format: BlockFormat) throws -> ([UInt8]) throws -> [Float] {
        guard let backend, !backend.isReference else {
            let decoder = try ReferenceDecoder(format)
            return { try decoder.decode($0) }
        }
        let system = try backend.open()
        return { row in
            guard case .floats(let bits) = try system.result(of: .decode(format: format.id, blocks: row)) else {
                throw Failure(.internal, "no weights in the answer")
            }
            return bits.map(Float.init(bitPattern:))
        }
    }

    /// Weights of a row: those named, or those of the only way in which the file is whole rows; nil where it is not.
    private func rowWeights(_ format: BlockFormat, _ bytes: Int, _ path: String) throws -> Int? {
        if let columns { return columns }
        let lengths = format.rowLengths(inRowsOf: bytes)
        guard lengths.count > 1 else { return lengths.first }
        let shown = lengths.prefix(3).map(String.init) + (lengths.count > 3 ? ["\(lengths.count - 3) more"] : [])
        throw Failure(
            .usage,
            "\(ForeignText(path: path)): \(bytes) bytes of \(format.id) may be rows of \(shown.joined(separator: ", ")) weights: "
                + "--columns says which")
    }

    /// Rows with headers.
    private func decodeRows(_ format: BlockFormat, _ blocks: String, _ output: String) throws {
        let bytes = try WholeFile.read(argument: blocks, .arrays)
        let values: [Float]
        do {
            let decode = try rowDecoder(format)
            guard let weights = try rowWeights(format, bytes.count, blocks), let rows = format.rows(bytes, of: weights) else {
                throw DecodeError.partialRow(format: format.id, bytes: bytes.count, weights: columns)
            }
            values = try rows.flatMap(decode)
        } catch let error as DecodeError {
            throw Failure(error == .knownBySizeOnly(format.id) ? .usage : .malformed, "\(ForeignText(path: blocks)): \(error)")
        }
        try RawFiles.write(FloatFile(values), to: output)
    }

    /// Interleaved rows, which the reference takes apart.
    private func decodeWoven(_ unweaver: Unweaver, _ blocks: String, _ output: String) throws {
        let format = unweaver.format
        let decode = try rowDecoder(unweaver.base)
        let bytes = try WholeFile.read(argument: blocks, .arrays)
        guard let weights = try rowWeights(format, bytes.count, blocks),
            let values = try unweaver.decode(bytes, rowWeights: weights, by: decode)
        else {
            let what = columns.map { " of \($0) weights" } ?? ""
            throw Failure(
                .malformed,
                "\(ForeignText(path: blocks)): \(bytes.count) bytes are not groups of \(unweaver.rows) \(format.id) rows\(what)")
        }
        try RawFiles.write(FloatFile(values), to: output)
    }
}
