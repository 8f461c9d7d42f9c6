import ArgumentParser
import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import HIFIReference
import Rendering
import Runs
import Suite

struct DotCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dot",
        abstract: "Multiply rows of blocks with activations, exactly, and say how far off a kernel may be.",
        discussion: """
            Quantizes a vector of fp32 activations to the format that the type is multiplied with (Q8_K, Q8_0 or Q8_1), multiplies \
            it with every row of blocks and writes one fp32 per row. A row has as many weights as the vector, behind a header if the \
            type has one. With --columns (or a .npy of several rows) there may be one vector for each row of blocks. `-` is \
            standard input or output.

            EXAMPLES
              hifi dot --type q3_k_hifi --blocks tensor.bin --activations x.f32 -o y.f32
              hifi dot --type q3_k --blocks tensor.bin --activations x.f32 -o y.f32 --bounds
              hifi dot --type q3_k --blocks tensor.bin --activations x.f32 -o z.f32 --backend ggml:/opt/llama/lib --bounds
              hifi dot --type q3_k --blocks tensor.bin --activations rows.f32 --columns 1024 -o y.f32

            \(ExitStatus.section(
                "multiplied; with --bounds, every product is inside its bound",
                [.findings("products outside their bounds (--bounds), or the --backend named failed"),
                    .damaged, .unavailable, .unwritable]))
            """)

    @Option(help: "Block type: q3_k, q3_k_hifi@r6, … (`hifi decode --list` shows all).", completion: .types) var type: String
    @Option(help: "File of weight blocks, row after row.", completion: .anyFile) var blocks: String
    @Option(help: "File of fp32 activations (.npy or raw): one vector, or one for every row of blocks.", completion: .anyFile)
    var activations: String
    @Option(help: "Length of a vector and of a row; by default all activations are one vector.") var columns: Int?
    @Option(name: .shortAndLong, help: "Where the products go (.npy or raw fp32).", completion: .anyFile) var output: String
    @Option(
        help: "Activation format: q8_k, q8_0, q8_1; by default that of llama.cpp's CPU products.",
        completion: .list(KnownNames.activationTypes))
    var activationType: String?
    @Option(help: "What outliers do: decoded conforms; add, base-off-per-slot, … are what existing readers compute.")
    var meaning = DotMeaning.decoded
    @Flag(help: "Also print, for every row, the product and the largest error that a conforming fp32 kernel may have.") var bounds = false
    @Option(help: "Who multiplies: reference, cpu (or scalar, avx2, avx512, amx, neon), cuda, ggml:DIR, exec:CMD.") var backend = Backend
        .reference

    @OptionGroup var result: QuietOption

    func validate() throws {
        if bounds, result.quiet { throw ValidationError("--bounds prints, which --quiet forbids") }
        if backend.isReference { return }
        if meaning != .decoded, !bounds {
            throw ValidationError(
                "--meaning tells the reference what to compute; beside another --backend it needs --bounds, which compares")
        }
    }

    func run() throws {
        var places = OutputPlaces()
        places.reads(blocks, as: "--blocks")
        places.reads(activations, as: "--activations")
        places.writes(output, as: "--output")
        try places.check()
        let format = try BlockFormat.named(type)
        let (reference, quantizer) = try tools(for: format)
        let vectors = try RawFiles.readFloats(activations)
        let columns = columns ?? length(of: vectors)
        let rows = try rows(of: format, columns: columns, activations: vectors.values.count)
        let quantized: [[UInt8]]
        do {
            let all = try quantizer.quantize(vectors.values, columns: columns)
            quantized = quantizer.format.rows(all, of: columns) ?? []
        } catch {
            throw Failure(.malformed, "\(ForeignText(path: activations)): \(error)")
        }
        guard quantized.count == 1 || quantized.count == rows.count else {
            throw Failure(
                .malformed,
                "\(ForeignText(path: activations)): \(quantized.count) vectors for \(rows.count) rows; "
                    + "give one, or one for every row of blocks"
            )
        }
        let pairs = rows.enumerated().map { (row: $1, activations: quantized[quantized.count == 1 ? 0 : $0]) }
        let exact: [DotValue]
        do {
            exact = try pairs.map { pair throws(DotError) in try reference.dot(pair.row, pair.activations, meaning: meaning) }
        } catch {
            throw Failure(.malformed, "\(ForeignText(path: blocks)): \(error)")
        }
        let products = backend.isReference ? exact.map { Float($0.value) } : try foreign(backend.open(), reference, pairs)
        try RawFiles.write(FloatFile(products), to: output)
        if bounds { try printBounds(exact, products) }
    }

    private func tools(for format: BlockFormat) throws -> (ReferenceDot, ActivationQuantizer) {
        if format.weave != nil {
            throw Failure(.usage, "rows of \(format.id) lie together and have no products one by one: `hifi decode` takes them apart")
        }
        guard let activation = try activationType.map(BlockFormat.named) ?? ReferenceDot.activationFormat(for: format) else {
            throw Failure(.usage, "no activation format is known for \(format.id): name one with --activation-type")
        }
        do {
            return (try ReferenceDot(format, activation: activation), try ActivationQuantizer(activation))
        } catch let error as EncodeError {
            throw Failure(.usage, "activations cannot be quantized to \(activation.id): \(error)")
        } catch {
            throw Failure(.usage, "\(error)")
        }
    }

    /// Of one vector: an array of several rows says how long they are.
    private func length(of vectors: FloatFile) -> Int {
        guard let last = vectors.shape.last, vectors.shape.count > 1, last > 1 else { return vectors.values.count }
        return last
    }

    /// The bytes of every row: its blocks, behind a header if the format has one.
    private func rows(of format: BlockFormat, columns: Int, activations count: Int) throws -> [[UInt8]] {
        guard columns > 0, columns % format.elements == 0 else {
            throw Failure(
                self.columns == nil ? .malformed : .usage,
                "\(ForeignText(path: activations)): \(columns) activations are not whole blocks of \(format.elements)")
        }
        guard count > 0, count % columns == 0 else {
            throw Failure(.malformed, "\(ForeignText(path: activations)): \(count) activations are not whole vectors of \(columns)")
        }
        let bytes = try WholeFile.read(argument: blocks, .arrays)
        guard let rows = format.rows(bytes, of: columns) else {
            throw Failure(
                .malformed,
                "\(ForeignText(path: blocks)): \(bytes.count) bytes are not whole rows of \(columns) weights of \(format.id)"
                    + (format.bytes(forRowOf: UInt64(columns)).map { ", \($0) bytes each" } ?? ""))
        }
        return rows
    }

    private func foreign(
        _ system: any SystemUnderTest, _ reference: ReferenceDot, _ pairs: [(row: [UInt8], activations: [UInt8])]
    ) throws -> [Float] {
        try pairs.map { row, activations in
            let request = Request.dot(
                format: reference.weights.id, blocks: row, activationFormat: reference.activation.id, activations: activations)
            guard case .floats(let bits) = try system.result(of: request), bits.count == 1 else {
                throw Failure(.internal, "no product in the answer")
            }
            return Float(bitPattern: bits[0])
        }
    }

    private func printBounds(_ exact: [DotValue], _ products: [Float]) throws {
        let text = RawBlockText.products(products, of: exact).joined(separator: "\n")
        if output == "-" { Standard.printError(text) } else { Standard.print(text) }
        let wrong = zip(exact, products).count { !$0.admits($1) }
        if wrong > 0 { throw Failure(.findings, "\(wrong) of \(exact.count) products are outside their bound") }
    }
}

extension DotMeaning: ExpressibleByArgument {}
