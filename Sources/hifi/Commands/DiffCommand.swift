import ArgumentParser
import BlockDiff
import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import Rendering
import Suite

struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare two outputs bit for bit, and find the mistake.",
        discussion: """
            A is expected, B is actual. Each is raw little-endian fp32, a .npy file or a tensor of a GGUF file (FILE.gguf:TENSOR), \
            or both are whole GGUF files, whose keys and tensors are compared. Given the blocks that were decoded (--type, \
            --blocks; a tensor brings its own), the command tries every single mistake that could have turned A into B: wrong \
            planes, scales, orders, roundings, outliers, damaged bytes. It names those that reproduce B to the last bit.

            EXAMPLES
              hifi diff expected.f32 mine.f32
              hifi diff expected.f32 mine.f32 --type q3_k_hifi --blocks tensor.bin
              hifi diff model.gguf:blk.0.ffn_up.weight mine.npy --format html > diff.html
              hifi diff expected.f32 mine.f32 --type q3_k --blocks tensor.bin --minimise case
              hifi diff old.gguf new.gguf

            \(ExitStatus.section("equal", [.findings("different"), .damaged, .unwritable]))
            """)

    @Argument(help: "Expected output.", completion: .anyFile) var expected: String
    @Argument(help: "Actual output.", completion: .anyFile) var actual: String
    @Option(help: "Block type of the weights: q3_k, q3_k_hifi@r6, …", completion: .types) var type: String?
    @Option(help: "File of the blocks that both sides decoded.", completion: .anyFile) var blocks: String?
    @Option(help: "Weights of a row in --blocks, for types with interleaved rows; headers of rows tell it.") var columns: Int?
    @Option(help: "Dialect of the type ids in GGUF files; by default each file is identified.", completion: .dialects) var dialect: String?
    @Option(help: "How many differences to list per array; 10 by default, 1 for whole files.") var list: Int?
    @Flag(name: .customLong("strict-nan"), help: "Treat NaNs with different bits as different.") var strictNaN = false
    @Option(help: "Write the most telling block to NAME.blocks.bin, NAME.expected.f32, NAME.actual.f32 and NAME.json.") var minimise:
        String?
    @Option(help: "text, json or html.") var format = Format.text
    @OptionGroup var output: OutputOptions

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, html
    }

    func validate() throws {
        if blocks != nil, type == nil { throw ValidationError("--blocks needs --type") }
        if let columns {
            if blocks == nil { throw ValidationError("--columns is of the rows in --blocks") }
            if columns < 1 { throw ValidationError("--columns needs a number from 1 up") }
        }
        if let list, list < 0 { throw ValidationError("--list needs a number from 0 up") }
    }

    func run() throws {
        var places = OutputPlaces()
        for side in [expected, actual] { places.reads(model: DiffSide.path(of: side), as: "the file") }
        places.reads(blocks, as: "--blocks")
        if let minimise { for name in Self.minimalNames(minimise) { places.writes(name, as: "--minimise") } }
        places.writesStandardOutput()
        try places.check()
        let report = try report()
        if !output.quiet { try render(report) }
        if report.isEqual == false { throw ExitCode(Failure.Status.findings.rawValue) }
    }

    private func render(_ report: DiffReport) throws {
        switch format {
        case .text: output.show(DiffText(report).lines())
        case .json: Standard.print(try JSONText.render(report))
        case .html: Standard.print(DiffPage(report).text)
        }
    }

    private func report() throws -> DiffReport {
        guard let reader = ModelReader(dialect: dialect) else {
            let name = dialect ?? ""
            throw Failure(.usage, "no dialect \"\(ForeignText(name))\": \(NearNames.hint(name, in: KnownNames.dialects))")
        }
        let sides = (try DiffSide(expected, reader), try DiffSide(actual, reader))
        let progress = output.progress(counting: .bytes)
        defer { progress.finish() }
        if case (.model(let a), .model(let b)) = (sides.0.content, sides.1.content) {
            if type != nil { throw Failure(.usage, "--type is for arrays: tensors of GGUF files bring their types with them") }
            if minimise != nil { throw Failure(.usage, "--minimise needs one tensor: name it as FILE.gguf:TENSOR") }
            var comparison = FileComparison()
            comparison.arrays.options = options(listed: 1)
            let total = a.tensorBytes
            var done = 0
            return comparison.run(a, b) { tensor, bytes in
                progress.update("\(tensor)", done: done, of: total)
                done += bytes
            }
        }
        if dialect != nil, !sides.0.isOfModel, !sides.1.isOfModel {
            throw Failure(.usage, "--dialect is for GGUF files; neither side is one")
        }
        return try compare(try sides.0.source(), try sides.1.source())
    }

    private func options(listed: Int) -> FloatComparer.Options {
        var options = FloatComparer.Options()
        options.listed = list ?? listed
        options.strictNaN = strictNaN
        return options
    }

    private func compare(_ a: FloatSource, _ b: FloatSource) throws -> DiffReport {
        var comparison = ArrayComparison()
        comparison.options = options(listed: 10)
        comparison.format = try type.map(BlockFormat.named)
        if let blocks, let format = comparison.format {
            let bytes = try WholeFile.read(argument: blocks, .arrays)
            if columns != nil, format.rowHeader == nil, format.weave == nil {
                throw Failure(.usage, "--columns is for types whose rows have headers or are interleaved; those of \(format.id) are blocks")
            }
            try comparison.decoded(bytes, from: blocks, as: format, rowWeights: columns, a, named: expected, b, named: actual)
        }
        let (entry, differing, weights) = comparison.run("", a, b)
        var report = DiffReport(expected: ForeignText(path: expected), actual: ForeignText(path: actual), arrays: [entry])
        if entry.statistics?.otherNaNBits ?? 0 > 0 {
            report.notes.append("NaNs with different bits count as equal; --strict-nan compares them, too")
        }
        if let minimise {
            guard let smallest = comparison.minimal(a, b, blocks: differing, weights: weights) else {
                report.notes.append(differing.isEmpty ? "nothing to minimise" : "--minimise needs --type")
                return report
            }
            try write(smallest, to: minimise)
            report.notes.append("block \(smallest.block) written to \(ForeignText(path: minimise)).*")
        }
        return report
    }

    private func write(_ smallest: MinimalCase, to name: String) throws {
        func floats(_ digits: [String]) -> FloatFile { FloatFile(digits.map { Float(bitPattern: Hex.bits($0) ?? 0) }) }
        let names = Self.minimalNames(name)
        if let bytes = Hex.bytes(smallest.blockBytes), !bytes.isEmpty { try RawFiles.write(bytes, to: names[0]) }
        try RawFiles.write(floats(smallest.expected), to: names[1])
        try RawFiles.write(floats(smallest.actual), to: names[2])
        try RawFiles.write(Array((try JSONText.render(smallest) + "\n").utf8), to: names[3])
    }

    /// The files of --minimise: the block, both sides' values, the description.
    private static func minimalNames(_ name: String) -> [String] {
        [".blocks.bin", ".expected.f32", ".actual.f32", ".json"].map { name + $0 }
    }
}
