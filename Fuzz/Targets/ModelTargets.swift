import BlockDiff
import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import HIFIGGUF
import HIFIIdentification
import HIFIReference
import HIFITokenization
import HIFIVerification
import Inference
import Quantization

/// Models that are rewritten, compared, loaded. The last byte of an input chooses among what can be asked.
extension FuzzTarget {
    /// What is written can be opened as what it was meant to be, has the same tensors, and is the same for two threads.
    static let quantize = FuzzTarget("quantize", longest: 12 << 10, dictionary: "gguf", seeds: FuzzSeeds.sources) { bytes, folder in
        let choice = Int(bytes.last ?? 0)
        let model = try SourceModel.open(path: folder.file("in.gguf", Array(bytes.dropLast())))
        let mixes = Spec.mixes.map(\.id)
        var options = QuantizationOptions(routing: try Routing(mix: mixes[choice % mixes.count]))
        options.allowsRequantizing = choice >= 128
        let plan = try QuantizationPlan(model, options)
        let output = folder.path("out.gguf")
        let summary = try Quantizer.write(model, plan: plan, options: options, to: output)
        for note in summary.notes { try Property.isPrintable(note) }
        let written = try opened(output, plan.dialect)
        try Property.hold(summary.bytes == written.bytes, "\(summary.bytes) bytes announced, \(written.bytes) written")
        try Property.hold(
            written.model.tensors.map(\.format.id) == plan.tensors.map(\.format.id), "an output's tensors have other formats than planned")
        try Property.hold(
            Set(written.model.tensors.map(\.name)) == Set(model.tensors.map(\.name)), "an output has other tensors than the input")
        options.threads = 2
        _ = try Quantizer.write(model, plan: plan, options: options, to: folder.path("two.gguf"))
        try Property.hold(
            try MappedFile(path: output).bytes == MappedFile(path: folder.path("two.gguf")).bytes, "two threads write other bytes than one")
    }

    private static func opened(_ path: String, _ dialect: Dialect) throws(BrokenProperty) -> (model: SourceModel, bytes: Int) {
        do {
            return (try SourceModel.open(path: path, dialect: dialect), try MappedFile(path: path).count)
        } catch {
            throw BrokenProperty(description: "what was written cannot be opened: \(error)")
        }
    }

    private static let revisions = Spec.formats.filter { $0.family == "q3_k_hifi" }

    /// What is written decodes to the weights of the input, bit by bit, by the reference.
    static let convert = FuzzTarget("convert", longest: 12 << 10, dictionary: "gguf", seeds: FuzzSeeds.conversions) { bytes, folder in
        let target = revisions[Int(bytes.last ?? 0) % revisions.count]
        let model = try SourceModel.open(path: folder.file("in.gguf", Array(bytes.dropLast())))
        var options = ConversionOptions()
        options.target = target
        options.stamp = "1.0.0"
        let output = folder.path("out.gguf")
        let summary = try Converter.convert(model, options, to: output)
        let written = try opened(output, summary.dialect)
        try Property.hold(summary.bytes == written.bytes, "\(summary.bytes) bytes announced, \(written.bytes) written")
        try Property.hold(model.tensors.map(\.name) == written.model.tensors.map(\.name), "an output has other tensors than the input")
        for (before, after) in zip(model.tensors, written.model.tensors) {
            guard before.format.family == target.family else {
                try Property.hold(before.bytes == after.bytes, "conversion changes bytes of \(before.name)")
                continue
            }
            let (old, new) = (try ReferenceDecoder(before.format), try ReferenceDecoder(target))
            let weights = (try old.decode(Array(before.bytes)), try new.decode(Array(after.bytes)))
            try Property.hold(
                weights.0.map(\.bitPattern) == weights.1.map(\.bitPattern),
                "conversion from \(before.format.id) to \(target.id) changes weights of \(before.name)")
        }
    }

    /// A file does not differ from itself; the other way round as many weights differ.
    static let diff = FuzzTarget("diff", longest: 12 << 10, dictionary: "gguf", seeds: FuzzSeeds.comparisons) { bytes, folder in
        let bases = FuzzSeeds.hifi
        let base = try folder.file("base.gguf", bases[Int(bytes.last ?? 0) % bases.count])
        let path = try folder.file("in.gguf", Array(bytes.dropLast()))
        guard let reader = ModelReader() else { return }
        let (a, b) = (try SplitSet.open(path: base), try SplitSet.open(path: path))
        let (first, second) = (reader.read(a, name: "base"), reader.read(b, name: "in"))
        let there = FileComparison().run(first, second)
        let back = FileComparison().run(second, first)
        try Property.isPrintable(try JSONText.render(there))
        func differing(_ report: DiffReport) -> [ForeignText: Int] {
            report.arrays.reduce(into: [:]) { all, array in all[array.name] = array.statistics?.differing }
        }
        let hasTwins = Set(b.parts.flatMap(\.file.tensors).map(\.name)).count < b.parts.flatMap(\.file.tensors).count
        guard !hasTwins else { return }
        try Property.hold(differing(there) == differing(back), "more weights differ one way round than the other")
        let same = FileComparison().run(second, second)
        for array in same.arrays {
            try Property.hold(array.statistics.map { $0.differing == 0 } ?? true, "\(array.name) differs from itself")
        }
    }

    /// A model that loads computes finite numbers or says where they are not, the same twice.
    static let model = FuzzTarget("model", longest: 12 << 10, dictionary: "gguf", seeds: FuzzSeeds.models) { bytes, folder in
        let set = try SplitSet.open(path: folder.file("in.gguf", bytes))
        let formats = Identification.identify(set).map(\.formats)
        let model = try LanguageModel(set, formats: formats)
        let tokens = [1, 2, 0].map { Int32(min($0, model.shape.vocabulary - 1)) }
        func logits(_ arithmetic: InferenceOptions.Arithmetic) throws -> [UInt32] {
            var bits: [UInt32] = []
            let session = try InferenceSession(model, context: 4, options: .init(arithmetic: arithmetic))
            try session.append(tokens, outputs: 3) { _, logits throws(ModelError) in bits += logits.map(\.bitPattern) }
            return bits
        }
        let exact = try logits(.exact)
        try Property.hold(exact.count == 3 * model.shape.vocabulary, "\(exact.count) logits")
        try Property.hold(exact == logits(.exact), "a model computes something else the second time")
        _ = try logits(.kernels)
    }

    /// Tokens are numbers of the vocabulary, the same twice, and their bytes can be had.
    static let tokenizer = FuzzTarget("tokenizer", longest: 6 << 10, dictionary: "gguf", seeds: FuzzSeeds.vocabularies) { bytes, _ in
        let scan = GGUFScan.scan(bytes)
        for problem in TokenizerInspection(scan.metadata).problems { try Property.isPrintable("\(problem)") }
        let tokenizer = try Tokenizer(scan.metadata)
        for text in FuzzSeeds.texts {
            for special in Tokenizer.SpecialTokens.allCases {
                let tokens = tokenizer.encode(text, special: special, marksEnds: true)
                try Property.hold(tokens.allSatisfy { (0..<tokenizer.count).contains(Int($0)) }, "a token outside the vocabulary")
                try Property.hold(tokens == tokenizer.encode(text, special: special, marksEnds: true), "other tokens the second time")
                _ = tokenizer.decode(tokens)
            }
        }
    }
}
