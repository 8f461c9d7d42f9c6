import ArgumentParser
import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import HIFIKernels
import HIFIReference
import Runs
import Suite

struct EncodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "encode",
        abstract: "Encode fp32 weights to raw blocks, byte for byte as llama.cpp does.",
        discussion: """
            Reads whole rows of --columns weights (raw little-endian fp32, or .npy, whose last dimension is the default for \
            --columns) and writes their blocks. `-` is standard input or output. The activation types q8_k and q8_1 (and q8_0 with \
            --activations) are made as for a matrix product. HIFI types are encoded as the llama.cpp HIFI fork does.

            EXAMPLES
              hifi encode --type q3_k_hifi --columns 4096 --input weights.f32 -o tensor.bin
              hifi encode --type q3_k --input weights.npy --imatrix importance.f32 -o tensor.bin
              hifi encode --type q4_k --columns 4096 --input weights.f32 --backend cpu -o tensor.bin
              hifi encode --type q3_k --columns 4096 --input weights.f32 --backend ggml:/opt/llama/lib -o other.bin
              hifi encode --type q8_k --columns 4096 --input activations.f32 -o activations.bin

            \(ExitStatus.section("encoded", [.findings("the --backend named failed"), .damaged, .unavailable, .unwritable]))
            """)

    @Option(help: "Block type: q3_k, q3_k_hifi@r6, … (`hifi decode --list` shows all).", completion: .types) var type: String
    @Option(help: "Weights per row: a multiple of the block length.") var columns: Int?
    @Option(help: "File of weights, row after row.", completion: .anyFile) var input: String
    @Option(help: "One importance per column, used for every row.", completion: .anyFile) var imatrix: String?
    @Option(name: .shortAndLong, help: "Where the blocks go.", completion: .anyFile) var output: String
    @Option(
        name: .customLong("on-nonfinite"),
        help: """
            What to do with NaN, infinities and weights too large for the type: error, clamp, or original (silent infinities, \
            as llama.cpp writes them).
            """
    )
    var onNonFinite = Policy.error
    @Option(help: "Which of llama.cpp's two entry points: chunk (whole files, importances), reference (the plain row quantizer).")
    var path = ReferenceEncoder.Path.chunk
    @Option(help: "Outliers per block, for HIFI types; by default as many as there are slots.") var outliers: Int?
    @Option(help: "Make activations (q8_k, q8_0, q8_1) as ggml's portable or as its vector code does; for q8_k they agree.")
    var activations: ActivationQuantizer.Variant?
    @Option(help: "Who encodes: reference, cpu (fastest), scalar, avx2, avx512, amx, neon, ggml:DIR, exec:CMD.") var backend = Backend
        .reference

    enum Policy: String, ExpressibleByArgument, CaseIterable {
        case error, clamp, original

        var input: InputPolicy {
            switch self {
            case .error: .reject
            case .clamp: .clamp
            case .original: .asOriginal
            }
        }
    }

    @OptionGroup var result: QuietOption

    func run() throws {
        if backend.isForeign, outliers != nil || onNonFinite != .error {
            throw Failure(.usage, "--outliers and --on-nonfinite are for encoders of this program; the --backend named takes neither")
        }
        var places = OutputPlaces()
        places.reads(input, as: "--input")
        places.reads(imatrix, as: "--imatrix")
        places.writes(output, as: "--output")
        try places.check()
        let format = try BlockFormat.named(type)
        let weights = try RawFiles.readFloats(input)
        guard let columns = columns ?? (weights.shape.count > 1 ? weights.shape.last : nil) else {
            throw Failure(.usage, "--columns is needed: the input does not say how long its rows are")
        }
        if activations != nil || (!ReferenceEncoder.canEncode(format) && (try? ActivationQuantizer(format)) != nil) {
            return try RawFiles.write(quantized(weights.values, columns, as: format), to: output)
        }
        let importance = try imatrix.map { try RawFiles.readFloats($0).values }
        let reference = try setUp {
            try ReferenceEncoder(format, path: path, outliers: outliers, policy: onNonFinite.input, refusesSpoiling: true)
        }
        let kernels = try backend.kernels().map { try encoder(for: format, on: $0) }
        if kernels == nil, !backend.isReference {
            return try RawFiles.write(foreign(backend.open(), format, weights.values, columns, importance), to: output)
        }
        do {
            let blocks =
                try kernels?.encode(weights.values, columns: columns, importance: importance)
                ?? reference.encode(weights.values, columns: columns, importance: importance)
            try RawFiles.write(blocks, to: output)
        } catch let error as EncodeError {
            throw Failure(
                error.isUsage ? .usage : .malformed,
                "\(ForeignText(path: error.isAboutImportance ? imatrix ?? input : input)): \(error)\(hint(error))")
        }
    }

    /// Activation blocks, which know neither importances nor outliers.
    private func quantized(_ values: [Float], _ columns: Int, as format: BlockFormat) throws -> [UInt8] {
        guard backend.isReference, imatrix == nil, outliers == nil, onNonFinite == .error, path == .chunk else {
            throw Failure(
                .usage, "activations of type \(format.id) are made without --imatrix, --outliers, --on-nonfinite, --path and --backend")
        }
        guard let quantizer = try? ActivationQuantizer(format, variant: activations ?? .portable) else {
            throw Failure(.usage, "\(format.id) is not a type of activations: those are q8_k, q8_0 and q8_1")
        }
        do {
            return try quantizer.quantize(values, columns: columns)
        } catch {
            throw Failure(error.isUsage ? .usage : .malformed, "\(ForeignText(path: input)): \(error)")
        }
    }

    private func encoder(for format: BlockFormat, on kernels: CPUBackend) throws -> BlockEncoder {
        let encoder = try setUp {
            try BlockEncoder(format, path: path, outliers: outliers, policy: onNonFinite.input, refusesSpoiling: true, backend: kernels)
        }
        guard encoder.isNative else {
            throw Failure(.unavailable, "\(kernels.name): no encoding kernel for \(format.id); --backend reference has one")
        }
        return encoder
    }

    private func setUp<Encoder>(_ body: () throws -> Encoder) throws -> Encoder {
        do { return try body() } catch { throw Failure(.usage, "\(error)") }
    }

    private func foreign(
        _ system: any SystemUnderTest, _ format: BlockFormat, _ values: [Float], _ columns: Int, _ importance: [Float]?
    ) throws -> [UInt8] {
        guard columns > 0, columns % format.elements == 0, values.count % columns == 0, importance.map({ $0.count == columns }) ?? true
        else {
            throw Failure(
                .usage,
                "\(ForeignText(path: input)): not whole rows of \(columns) weights in blocks of \(format.elements), "
                    + "or importances that do not fit"
            )
        }
        let request = Request.encode(
            format: format.id, path: path == .chunk ? .chunk : .reference, values: values, columns: columns, importance: importance)
        guard case .bytes(let blocks) = try system.result(of: request) else { throw Failure(.internal, "no blocks in the answer") }
        return blocks
    }

    private func hint(_ error: EncodeError) -> String {
        if case .badWeight = error { return " (--on-nonfinite clamp)" }
        return ""
    }
}

extension ReferenceEncoder.Path: ExpressibleByArgument {}

extension ActivationQuantizer.Variant: ExpressibleByArgument {}

extension EncodeError {
    /// The command is wrong, not the data.
    fileprivate var isUsage: Bool {
        switch self {
        case .noEncoder, .partialBlock, .importanceOnReferencePath, .importanceRequired, .outlierCount: true
        case .partialRow, .importanceCount, .badImportance, .unusableImportance, .badWeight, .scaleOverflow: false
        }
    }

    fileprivate var isAboutImportance: Bool {
        switch self {
        case .importanceCount, .badImportance, .unusableImportance: true
        default: false
        }
    }
}
