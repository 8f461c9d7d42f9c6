import Foundation
import HIFIBlockSpec
import HIFIFiles
import HIFIGGUF
import HIFIReference
import Suite

/// Bulk cases: generated input by recipe, and what other implementations were recorded to make of theirs.
struct BulkCases {
    /// The vector folder, whose recorded files are referred to.
    let folder: String

    func add(to list: inout CaseCollector) throws {
        for format in SingleBlocks.formats where format.decoding != nil {
            let clauses = FormatClauses(format)
            let all = clauses.layout + clauses.code + clauses.scale + clauses.minimum + clauses.value + clauses.apply
            let seed = BaseCases.seed("bulk" + format.id)
            let few = format.elements == 1 ? 4096 : format.elements == 32 ? 2048 : 512
            try generated(&list, format, .uniformBytes, seed, few, all, ["random-bytes"], "\(few) blocks of random bytes.")
            try generated(
                &list, format, .moderateScales, seed, few, all, ["random-bytes"], "\(few) blocks of random bytes under moderate scales.")
            if ["q3_k", "q3_k_hifi@r6", "q4_0", "f16"].contains(format.id) {
                try generated(
                    &list, format, .everyHalf, seed, 65536, all + ["NUM-03"], ["subnormal-scale", "non-finite-scale"],
                    "Every fp16 as the first scale.")
            }
            if let slots = BlockDraft(format).slots {
                try generated(
                    &list, format, .slotPositions, 0, slots.number * format.elements, clauses.apply, ["outlier-position"],
                    "Every position in every slot.")
            }
        }
        try recordedDecodes(&list)
        try recordedEncodes(&list)
    }

    private func generated(
        _ list: inout CaseCollector, _ format: BlockFormat, _ generator: BulkGenerator, _ seed: UInt64, _ count: Int, _ clauses: [String],
        _ flags: [String], _ why: String
    ) throws {
        let blocks = format.row(of: generator.blocks(of: format, seed: seed, count: count))
        let weights = try CaseCollector.weights(format, blocks)
        // Where the one scale of a row is a NaN, there is nothing to see.
        guard weights.contains(where: { $0 != FloatPattern.classified(Float.nan.bitPattern) }) else { return }
        try add(&list, format, .decode, .generated(generator, seed: seed, count: count), .floats(weights), clauses, flags, why)
    }

    private func add(
        _ list: inout CaseCollector, _ format: BlockFormat, _ operation: BulkRecipe.Operation, _ source: BulkRecipe.Source,
        _ answer: Answer,
        _ clauses: [String], _ flags: [String], _ why: String, level: ConformanceCase.Level = .required
    ) throws {
        guard let digest = BulkRecipe.digest(of: answer) else { return }
        list.add(
            .init(
                kind: .bulk, format: format.id, clauses: clauses, level: level, flags: flags, validity: .valid, why: why,
                task: .bulk(BulkRecipe(operation: operation, source: source, digest: digest))))
    }

    // MARK: Recorded

    private struct RecordedDecode: Decodable {
        let blocks, decodedSHA256, format, set, source: String
        let count: Int
        /// The bits that every NaN counts as; nil where payloads count.
        let nans: String?
    }

    private struct RecordedEncode: Decodable {
        let columns, rows: Int
        let encodedSHA256, format, input, path, source: String
        let importance: String?
        let outliers: Int?
    }

    private func recorded<Entry: Decodable>(_ path: String, as type: [Entry].Type) throws -> [Entry] {
        try JSONDecoder().decode(type, from: Data(contentsOf: URL(fileURLWithPath: "\(folder)/recorded/\(path)")))
    }

    private func recordedDecodes(_ list: inout CaseCollector) throws {
        for entry in try recorded("decode/index.json", as: [RecordedDecode].self) {
            guard let format = Spec.format(entry.format) else { throw CaseCollector.Disagreement(description: "no format \(entry.format)") }
            let path = "recorded/decode/\(entry.blocks)"
            let blocks = try VectorStore.read(path, in: folder)
            let weights = try ReferenceDecoder(format).decode(blocks)
            let nan = entry.nans.flatMap { UInt32($0, radix: 16) }
            let bits = weights.map { weight in weight.isNaN ? nan ?? weight.bitPattern : weight.bitPattern }
            let digest = Digest.of(
                ByteView(bits.flatMap { bits in (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) } }), .sha256)
            guard digest.hex == entry.decodedSHA256 else {
                throw CaseCollector.Disagreement(description: "\(path): the reference decodes otherwise than was recorded")
            }
            let clauses = FormatClauses(format)
            try add(
                &list, format, .decode, .recordedBlocks(file: path, count: entry.count, provenance: entry.source),
                .floats(try CaseCollector.weights(format, blocks)), clauses.layout + clauses.value + clauses.apply, ["recorded"],
                "\(entry.count) \(entry.set) blocks, as \(entry.source) decoded them.")
        }
    }

    private func recordedEncodes(_ list: inout CaseCollector) throws {
        for entry in try recorded("encode/index.json", as: [RecordedEncode].self) where entry.outliers == nil {
            guard let format = Spec.format(entry.format), let path = Request.EncodePath(rawValue: entry.path) else { continue }
            let source = BulkRecipe.Source.recordedWeights(
                file: "recorded/encode/\(entry.input).f32", importance: entry.importance.map { "recorded/encode/importance-\($0).f32" },
                path: path,
                rows: entry.rows, columns: entry.columns, provenance: entry.source)
            let store = VectorStore(folder: folder, version: "", files: [], notes: [])
            let recipe = BulkRecipe(operation: .encode, source: source, digest: "")
            // Some inputs are refused by encoders that conform: infinite and enormous weights, which llama.cpp stores as infinities.
            let request = try recipe.request(format: format.id, in: store)
            guard case .bytes(let blocks) = ReferenceSystem.shared.answer(request), case .encode(_, _, let values, _, _) = request else {
                continue
            }
            guard Digest.of(ByteView(blocks), .sha256).hex == entry.encodedSHA256 else {
                throw CaseCollector.Disagreement(
                    description:
                        "\(entry.format), \(entry.input), \(entry.importance ?? "none"): the reference encodes otherwise than was recorded")
            }
            let overflows = OverflowingInverse.blocks(values, format, guided: entry.importance != nil).contains(true)
            let holdsNaN = format.id == "iq4_nl" && Self.holdsNonFiniteScale(blocks, format)
            try add(
                &list, format, .encode, source, .bytes(blocks), ["ENC-01"] + (overflows ? ["ENC-40"] : []),
                ["recorded"] + (holdsNaN ? ["O17"] : []),
                "\(entry.rows) rows `\(entry.input)`\(entry.importance.map { " under importances `\($0)`" } ?? ""), "
                    + "as \(entry.source) encoded them.",
                // Codes under a scale of zero, and all-zero importances: other builds leave other bytes there.
                level: format.id == "iq4_nl" || overflows ? .optional : .required)
        }
    }

    private static func holdsNonFiniteScale(_ blocks: [UInt8], _ format: BlockFormat) -> Bool {
        guard let d = format.field("d"), d.type == .f16 else { return false }
        return stride(from: d.offset + 1, to: blocks.count, by: format.bytes).contains { blocks[$0] & 0x7C == 0x7C }
    }
}
