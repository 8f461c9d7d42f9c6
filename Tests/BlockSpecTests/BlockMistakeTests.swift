import Foundation
import SpecLoader
import Testing

/// A mistake planted in a block file.
struct BlockMistake: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Below `Spec/`, without the extension.
    let file: String
    let old: String
    let new: String
    /// What the loader's message must contain besides the file.
    let names: [String]
    /// Whether the schema sees it too; it cannot compare two places of a file.
    let breaksSchema: Bool

    init(_ what: String, _ file: String, _ old: String, _ new: String, _ names: String..., schema: Bool = false) {
        (testDescription, self.file, self.old, self.new, self.names, breaksSchema) = (what, file + ".yaml", old, new, names, schema)
    }

    static let all = fields + integers + selections + values + corrections + checks + encoders + clauses + formats + weaves

    static let fields = [
        BlockMistake("unknown key", "blocks/q3_k", "elements: 256", "elements: 256\nlanes: 256", "unknown key", "lanes", schema: true),
        BlockMistake("unknown key of a field", "blocks/q3_k", "count: 64}", "count: 64, unit: byte}", "unknown key", "unit", schema: true),
        BlockMistake("unknown key of a plane", "blocks/q3_k", "place: 0}", "place: 0, sign: true}", "unknown key", "sign", schema: true),
        BlockMistake("missing key", "blocks/q3_k", "bytes: 110\n", "", "bytes", schema: true),
        BlockMistake("unknown scalar", "blocks/q3_k", "type: f16", "type: half", "half", "f16", schema: true),
        BlockMistake("overlapping fields", "blocks/q3_k", "offset: 96,", "offset: 95,", "q3_k", "scales", "overlaps"),
        BlockMistake("field past the block", "blocks/q3_k", "bytes: 110", "bytes: 108", "q3_k", "d", "108"),
        BlockMistake("field that overlaps the base", "revisions/r06", "offset: 110,", "offset: 109,", "outlier_idx", "overlaps"),
        BlockMistake("two fields of one name", "blocks/q3_k", "name: qs,", "name: hmask,", "hmask", "twice"),
        BlockMistake("field named like an integer", "blocks/q8_1", "name: s,", "name: scale,", "scale"),
        BlockMistake("odd alignment", "blocks/q3_k", "alignment: 2", "alignment: 3", "alignment", schema: true),
        BlockMistake("size that is not a multiple of the alignment", "blocks/q3_k", "alignment: 2", "alignment: 4", "alignment"),
    ]

    static let integers = [
        BlockMistake("digits miss weights", "blocks/q3_k", "quarter: 4, lane: 32}", "quarter: 4, lane: 16}", "128 of 256"),
        BlockMistake("digits of scales miss weights", "blocks/q2_k", "digits: {group: 16}", "digits: {group: 8}", "128 of 256"),
        BlockMistake("unknown digit", "blocks/q3_k", "byte: {half: 32,", "byte: {third: 32,", "unknown digit", "third"),
        BlockMistake("plane outside its field", "blocks/q3_k", "shift: {quarter: 2}", "shift: {quarter: 3}", "qs", "515 of 512"),
        BlockMistake("plane of an unknown field", "blocks/q3_k", "field: hmask", "field: hmusk", "unknown field", "hmusk"),
        BlockMistake("plane with a wide gap", "blocks/q3_k", "width: 1, place: 2", "width: 1, place: 3", "hmask", "place 3"),
        BlockMistake("two planes on one bit", "blocks/q3_k", "width: 1, place: 2", "width: 1, place: 1", "hmask", "place 1"),
        BlockMistake("plane wider than a byte", "blocks/q8_0", "width: 8", "width: 9", "width", schema: true),
        BlockMistake("negative stride", "blocks/q3_k", "byte: {half: 32,", "byte: {half: -32,", "negative", schema: true),
        BlockMistake("codebook of the wrong size", "blocks/iq4_nl", ", 89, 113]", ", 89]", "codebook of 15", "4-bit"),
        BlockMistake("scale without every", "blocks/q3_k", "  every: 16\n", "", "every", schema: true),
        BlockMistake("skipping by an unknown field", "revisions/r08", "skipping: outlier_idx", "skipping: outlier_ids", "outlier_ids"),
        BlockMistake("skipping by floats", "revisions/r08", "skipping: outlier_idx", "skipping: outlier_vals", "outlier_vals"),
    ]

    static let selections = [
        BlockMistake("unknown grid", "blocks/iq2_xxs", "{id: iq2_xxs, lane", "{id: iq2_xxl, lane", "no grid", "iq2_xxl"),
        BlockMistake("unknown digit of a lane", "blocks/iq2_xxs", "lane: [lane]", "lane: [line]", "no digit", "line"),
        BlockMistake("signs that the code has no bits for", "blocks/iq2_s", "signs: own", "signs: parity", "11 bits", "7 of signs"),
        BlockMistake("unknown signs", "blocks/iq2_s", "signs: own", "signs: odd", "odd", "parity", schema: true),
        BlockMistake("lanes that do not fit the grid", "blocks/iq3_s", "id: iq3_s,", "id: iq2_xs,", "lanes", "iq2_xs"),
        BlockMistake("grid beside a codebook", "blocks/iq1_s", "grid: {id: iq1", "codebook: [0, 1]\n  grid: {id: iq1", "codebook"),
        BlockMistake("runs that miss weights", "blocks/tq1_0", "digit: 4, lane: 4}", "digit: 4, lane: 3}", "252 of 256"),
        BlockMistake(
            "runs of two widths", "blocks/tq1_0", "{field: qh, byte: {lane: 1}, width: 8}", "{field: qh, byte: {lane: 1}, width: 7}", "runs"
        ),
        BlockMistake(
            "runs beside digits", "blocks/tq1_0", "  ternary: digit", "  digits: {lane: 256}\n  ternary: digit", "runs", schema: true),
        BlockMistake("unknown ternary digit", "blocks/tq1_0", "ternary: digit", "ternary: trit", "no digit", "trit"),
        BlockMistake("unknown small float", "blocks/nvfp4", "read: ue4m3", "read: e5m2", "e5m2", schema: true),
        BlockMistake("scalar without its last part", "blocks/iq1_m", "      - {bit: 60, width: 4, place: 12}\n", "", "12 bits", "f16"),
        BlockMistake("two parts with a gap between", "blocks/iq1_m", "bit: 44, width: 4, place: 8", "bit: 44, width: 4, place: 9", "bit 8"),
        BlockMistake("part outside the field that it lies in", "blocks/iq1_m", "{bit: 60,", "{bit: 61,", "lie within no other field"),
        BlockMistake("constant that no fp32 is", "blocks/iq2_xxs", "* 0.25)", "* 0.3)", "cannot read", "0.3"),
        BlockMistake("bytes in falling order", "blocks/nvfp4", "\"00-7e\"", "\"7e-00\"", "7e-00"),
        BlockMistake(
            "bytes for a check that asks for none", "blocks/q3_k", "severity: error}", "severity: error, bytes: \"00\"}", "bytes_written"),
        BlockMistake("check of bytes without them", "blocks/nvfp4", ", bytes: \"00-7e\"}", "}", "bytes_written"),
        BlockMistake("grid with another digest", "grids", "273c860b28bbb277", "273c860b28bbb278", "iq1", "digest 273c860b28bbb277"),
        BlockMistake("grid of the wrong size", "grids", "entries: 2048", "entries: 1024", "iq1", "digits"),
        BlockMistake("grid that no power of two counts", "grids", "entries: 2048", "entries: 2047", "iq1", "power of two"),
        BlockMistake("grid with a value that no entry has", "grids", "[1, 3, 5, 7, 9, 11, 13, 15]", "[1, 3, 5, 7, 9, 11, 13, 16]", "iq3_s"),
        BlockMistake(
            "unknown key of a grid", "grids", "    lanes: 4\n", "    lanes: 4\n    numbers: 4\n", "unknown key", "numbers", schema: true),
    ]

    static let values = [
        BlockMistake("value reads an unknown name", "blocks/q3_k", "* f32(code)\"", "* f32(quant)\"", "unknown name", "quant"),
        BlockMistake("value reads a field of many scalars", "blocks/q3_k", "f32(d) *", "f32(qs) *", "unknown name", "qs"),
        BlockMistake("value ignores the scale", "blocks/q3_k", "(f32(d) * f32(scale)) * f32(code)", "f32(d) * f32(code)", "scale"),
        BlockMistake("open bracket", "blocks/q3_k", "* f32(scale)) *", "* f32(scale) *", "cannot read"),
        BlockMistake("missing operator", "blocks/q3_k", "f32(scale)) * f32", "f32(scale)) f32", "cannot read", schema: true),
        BlockMistake("unknown function", "blocks/q3_k", "f32(d)", "f64(d)", "cannot read", schema: true),
    ]

    static let corrections = [
        BlockMistake(
            "index is an unknown field", "revisions/r06", "index: outlier_idx", "index: outlier_ids", "correction index", "outlier_ids"),
        BlockMistake("index has another number of slots", "revisions/r06", "slots: 8", "slots: 6", "correction index", "6 positions"),
        BlockMistake(
            "index holds floats", "revisions/r06", "index: outlier_idx", "index: outlier_vals", "correction index", "outlier_vals"),
        BlockMistake("value is an unknown field", "revisions/r06", "f32(outlier_vals)", "f32(outlier_val)", "unknown name", "outlier_val"),
        BlockMistake("unknown mode", "revisions/r06", "mode: replace", "mode: overwrite", "overwrite", "replace, add", schema: true),
        BlockMistake("count is an unknown field", "revisions/r13", "field: outlier_count, max", "field: n_outliers, max", "n_outliers"),
        BlockMistake("count allows more than the slots", "revisions/r13", "maximum: 8", "maximum: 9", "at most 9", "8 slots"),
        BlockMistake("mask wider than a byte", "revisions/family/q2_k_hifi", "mask: 127", "mask: 511", "511", schema: true),
        BlockMistake(
            "unknown rule for duplicates", "revisions/family/q5_k_hifi_res8", "duplicates: first", "duplicates: last", "last",
            schema: true),
    ]

    static let checks = [
        BlockMistake(
            "check cites a clause that nobody defines", "blocks/q3_k", "{clause: Q3K-08", "{clause: Q3K-09", "Q3K-09", "not define"),
        BlockMistake("check cites a clause of another file", "revisions/r06", "{clause: R6-05", "{clause: Q3K-08", "Q3K-08", "not define"),
        BlockMistake("check cites a clause of another topic", "blocks/q3_k", "{clause: Q3K-08", "{clause: Q3K-07", "Q3K-07", "content"),
        BlockMistake("check of an unknown field", "blocks/q3_k", "kind: finite, field: d", "kind: finite, field: e", "unknown field", "e"),
        BlockMistake("unknown kind of check", "blocks/q3_k", "kind: finite", "kind: sane", "sane", "finite", schema: true),
        BlockMistake("unknown severity", "blocks/q3_k", "severity: error", "severity: fatal", "fatal", schema: true),
        BlockMistake("finite integers", "blocks/q3_k", "kind: finite, field: d", "kind: finite, field: qs", "qs", "finite"),
        BlockMistake(
            "order of values instead of positions", "revisions/r12", "ascending, field: outlier_idx", "ascending, field: outlier_vals",
            "outlier_vals"),
        BlockMistake("count check without a count", "revisions/r06", "kind: distinct", "kind: unused_slots_zero", "unused_slots_zero"),
    ]

    static let encoders = [
        BlockMistake("more outliers than slots", "revisions/r06", "standard: 8", "standard: 9", "8 to 9 outliers", "8 slots"),
        BlockMistake("fewer than the least", "revisions/family/q6_k_hifi", "least: 4", "least: 5", "5 to 4 outliers"),
        BlockMistake("unknown choice", "revisions/r06", "choice: magnitude", "choice: size", "size", "magnitude", schema: true),
        BlockMistake("missing choice", "revisions/r06", ", choice: magnitude}", "}", "choice", schema: true),
        BlockMistake(
            "unknown key of an encoder", "revisions/r06", "choice: magnitude}", "choice: magnitude, how: any}", "how", schema: true),
        BlockMistake("a count that is no field", "revisions/r13", "stopsAtZero: true, count: outlier_count", "count: counter", "counter"),
        BlockMistake(
            "a count that is not written", "revisions/r13", "stopsAtZero: true, count: outlier_count", "stopsAtZero: true",
            "outlier_count"),
        BlockMistake(
            "bytes in fp16 slots", "revisions/r06", "choice: magnitude}", "choice: magnitude, stored: bytes_of_whole_scale}", "bytes"),
        BlockMistake("fp16 in slots of bytes", "revisions/res8", "stored: bytes_of_divided_scale, ", "", "fp16"),
        BlockMistake("a search that does not fit", "blocks/q4_0", "search: symmetric", "search: q3_k", "q3_k", "fit"),
        BlockMistake("unknown search", "blocks/q4_0", "search: symmetric", "search: best", "best", "symmetric", schema: true),
        BlockMistake(
            "a number that depends on importances", "revisions/family/q2_k_hifi", "guided: {choice",
            "guided: {standard: 2, least: 2, choice",
            "importances"),
    ]

    static let clauses = [
        BlockMistake("duplicate clause", "blocks/q3_k", "{id: Q3K-05,", "{id: Q3K-04,", "Q3K-04", "twice"),
        BlockMistake("missing clause", "blocks/q3_k", "{id: Q3K-08,", "{id: Q3K-18,", "Q3K-18", "Q3K-08"),
        BlockMistake("a second prefix that does not start at 01", "blocks/q3_k", "{id: Q3K-05,", "{id: Q3-05,", "Q3-05", "Q3-01"),
        BlockMistake("a prefix that comes back", "dot", "{id: ACT-02,", "{id: DOT-11,", "DOT-11", "DOT-01"),
        BlockMistake("unknown key of the products", "dot", "topic: dot", "rank: 1, topic: dot", "unknown key", "rank", schema: true),
        BlockMistake("prefix of another file", "blocks/sizes", "{id: SIZE-01,", "{id: Q8K-01,", "Q8K", "q8_k.yaml"),
        BlockMistake("prefix of the rules", "blocks/sizes", "{id: SIZE-01,", "{id: IDENT-01,", "IDENT", "gguf.yaml"),
        BlockMistake("malformed clause id", "blocks/q3_k", "{id: Q3K-05,", "{id: Q3K-5,", "Q3K-5", schema: true),
        BlockMistake("malformed prefix", "numerics", "{id: NUM-01,", "{id: Num-01,", "Num-01", schema: true),
        BlockMistake("unknown topic", "blocks/q3_k", "topic: decode", "topic: decoding", "decoding", "decode", schema: true),
        BlockMistake("unknown topic of the numerics", "numerics", "topic: decode", "topic: maths", "maths", schema: true),
        BlockMistake(
            "unknown key of the numerics", "numerics", "topic: decode", "level: 1, topic: decode", "unknown key", "level", schema: true),
    ]

    static let formats = [
        BlockMistake("capital letters in an id", "blocks/q3_k", "id: q3_k\n", "id: Q3_K\n", "Q3_K", schema: true),
        BlockMistake("format declared twice", "blocks/q4_0", "id: q4_0", "id: q3_k", "q3_k", "twice"),
        BlockMistake("alias that is a format", "revisions/r06", "aliases: [q3_k_hifi,", "aliases: [q3_k,", "q3_k", "twice"),
        BlockMistake("unknown base", "revisions/r06", "extends: q3_k", "extends: q3_kk", "q3_kk", schema: false),
        BlockMistake("elements of an extension", "revisions/r06", "bytes: 134", "elements: 256\nbytes: 134", "elements", schema: true),
        BlockMistake("element type of another size", "blocks/plain", "type: f16,  bytes: 2", "type: f16,  bytes: 4", "f16", "2 bytes"),
        BlockMistake(
            "unknown key of an element type", "blocks/plain", "type: i8,", "kind: plain, type: i8,", "unknown key", "kind", schema: true),
        BlockMistake("unknown key of a size", "blocks/sizes", "bytes: 34,", "bytes: 34, blocks: 1,", "unknown key", "blocks", schema: true),
        BlockMistake("size without bytes", "blocks/sizes", "bytes: 34,", "bytes: 0,", "q2_0@prism", "positive", schema: true),
        BlockMistake(
            "unknown key of a variant", "revisions/r07", "    mode: replace", "    modus: replace", "unknown key", "modus", schema: true),
        BlockMistake(
            "dropped check that is none", "revisions/r12", "dropChecks: [ascending]", "dropChecks: [distinct]", "distinct", "drop"),
        BlockMistake(
            "aliases beside variants", "revisions/r12", "bytes: 136", "aliases: [q3_k_hifi@r12x]\nbytes: 136", "variant", schema: true),
        BlockMistake("short commit id", "revisions/r06", "c5bf27f5e,", "c5bf27f5,", "c5bf27f5", schema: true),
        BlockMistake(
            "period that ends before it begins", "revisions/r06", "\"2025-12-13\", \"2026-01-17\"", "\"2026-01-17\", \"2025-12-13\"",
            "period"),
        BlockMistake("date that does not exist", "revisions/r06", "\"2026-01-17\"", "\"2026-01-37\"", "2026-01-37"),
    ]

    /// The first weave of the file is that of Q4_0_R8.
    static let weaves = [
        BlockMistake("a weave of an unknown format", "blocks/sizes", "of: q4_0\n", "of: q4_00\n", "q4_0_r8", "q4_00"),
        BlockMistake("a weave of a format of another size", "blocks/sizes", "of: q4_0\n", "of: q8_0\n", "q4_0_r8", "other sizes"),
        BlockMistake("a run of an unknown field", "blocks/sizes", "{field: d, width", "{field: dd, width", "unknown field", "dd"),
        BlockMistake("a run past the field", "blocks/sizes", "digits: {l: 4}", "digits: {l: 5}", "qs", "outside the field"),
        BlockMistake("a run past the group", "blocks/sizes", "at: 128,", "at: 136,", "qs", "outside the group"),
        BlockMistake("two runs on one bit", "blocks/sizes", "at: 0, to", "at: 16, to", "bit 128", "two runs"),
        BlockMistake("a bit without a run", "blocks/sizes", "width: 16, at: 0", "width: 8, at: 0", "bit 8 of a block"),
        BlockMistake("a run without a step for the row", "blocks/sizes", "to: {row: 16}", "to: {}", "one for the row"),
        BlockMistake("a digit without a step", "blocks/sizes", "from: {l: 32}", "from: {m: 32}", "a step for every digit"),
        BlockMistake("unknown key of a run", "blocks/sizes", "width: 16, at", "width: 16, by: 1, at", "unknown key", "by", schema: true),
    ]
}

@Suite("Mistakes in block files")
struct BlockMistakeTests {
    @Test("the loader names the file and the mistake", arguments: BlockMistake.all)
    func loader(_ mistake: BlockMistake) throws {
        try SpecFolder.withEdited(mistake.file, replacing: mistake.old, by: mistake.new) { source in
            do {
                _ = try source.formats()
                Issue.record("\(mistake.file): '\(mistake.new)' was accepted")
            } catch {
                for name in [mistake.file] + mistake.names { #expect("\(error)".contains(name), "\(error)") }
            }
        }
    }

    @Test("the schema sees those that one place shows", arguments: BlockMistake.all)
    func schema(_ mistake: BlockMistake) throws {
        try SpecFolder.withEdited(mistake.file, replacing: mistake.old, by: mistake.new) { source in
            let violations = try SpecFolder.schemaViolations(of: mistake.file, in: source)
            #expect(violations.isEmpty != mistake.breaksSchema, "\(violations)")
        }
    }
}
