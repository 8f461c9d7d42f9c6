/// The specification as data: what the files under `Spec/` say, compiled in.
///
/// The tables behind these properties are generated (`swift run spectool generate`); a test keeps them equal to `Spec/`.
public enum Spec {
    /// The version of the specification, which is that of the package.
    public static let version = "0.1.0"

    /// Every block format, a base always before what extends it: element types, the types of ggml, the HIFI revisions, the
    /// HIFI family, and last the types known by size only (``BlockFormat/decoding`` is nil).
    public static var formats: [BlockFormat] { SpecIndex.allFormats }

    /// The formats whose rows are blocks and nothing else: those that single blocks can be decoded of, whatever row they are in.
    public static var blockFormats: [BlockFormat] { SpecIndex.blockFormats }

    /// The tables of numbers that codes of some formats name entries of.
    public static var grids: [Grid] { gridTable }

    /// The rules of arithmetic that all formats rely on (`NUM-01` and so on).
    public static var numerics: [Clause] { numericsClauseTable }

    /// What the product of quantized rows is, how far a kernel may be from it, how activations are quantized (`DOT-01`, `ACT-01`).
    public static var products: [Clause] { productClauseTable }

    /// How weights become blocks, byte for byte (`ENC-01` and so on).
    public static var encoding: [Clause] { encodingClauseTable }

    /// Every known dialect, always after the one it builds on.
    public static var dialects: [Dialect] { SpecIndex.allDialects }

    /// Builds whose reading of a file is known.
    public static var readers: [Reader] { readerTable }

    /// Where the fork's Python package and its library disagreed.
    public static var numberingDisagreements: [NumberingDisagreement] { numberingDisagreementTable }

    /// Routings of tensors to types.
    public static var mixes: [Mix] { mixTable }

    /// What llama.cpp's quantizer decides by names, shapes and sizes, beside the mixes.
    public static var quantizer: QuantizerRules { quantizerRuleTable }

    /// The same in sentences (`QUANT-01` and so on).
    public static var quantizing: [Clause] { quantizerClauseTable }

    /// What the loader of one named build does with files of any architecture.
    public static var loader: LoaderRules { loaderRuleTable }

    /// What the keys `tokenizer.ggml.*` mean.
    public static var tokenizers: TokenizerRules { tokenizerRuleTable }

    /// Architectures whose tensors and shapes are known.
    public static var architectures: [Architecture] { architectureTable }

    /// Published comparisons.
    public static var published: [PublishedTable] { publishedTable }

    /// Measurements of small models with every condition stated.
    public static var measurements: [MeasurementSeries] { measurementTable }

    /// Known defects of implementations.
    public static var defects: [Defect] { defectTable }

    /// Numbered rules over a file.
    public static var containerRules: [ContainerRule] { containerRuleTable }
}

extension Spec {
    /// The format with this id or alias, letter case ignored: `q3_k`, `Q3_K_HIFI@R6`, `q3_k_hifi`; `nil` if there is none.
    ///
    /// A name without a revision means the published one (`q3_k_hifi` is `q3_k_hifi@r6`), a revision without a letter its
    /// newest form (`@r12` is `@r12c`).
    public static func format(_ name: String) -> BlockFormat? {
        // Ids are lower case, so the common look-up needs no new string.
        (SpecIndex.formats[name] ?? SpecIndex.formats[name.lowercased()]).map { SpecIndex.allFormats[$0] }
    }

    /// The full format id of a name: aliases are replaced; what names no format is returned as it is.
    public static func canonicalFormat(_ name: String) -> String { format(name)?.id ?? name }

    /// The clause with this id, of a format, the numerics, the products, the encoding or the quantizer, for example `Q3K-07`. Rules
    /// over a file are found by ``containerRule(_:)``.
    public static func clause(_ id: String) -> Clause? { SpecIndex.clauses[id] }

    /// The dialect with this id.
    public static func dialect(_ id: String) -> Dialect? { SpecIndex.dialects[id] }

    /// The reader with this id.
    public static func reader(_ id: String) -> Reader? { readerTable.first { $0.id == id } }

    /// The mix with this id.
    public static func mix(_ id: String) -> Mix? { mixTable.first { $0.id == id } }

    /// The architecture with this id, which is the value of `general.architecture`.
    public static func architecture(_ id: String) -> Architecture? { architectureEntry(id) }

    /// The defect with this id.
    public static func defect(_ id: String) -> Defect? { defectTable.first { $0.id == id } }

    /// The rule with this id, for example `GGUF-12`.
    public static func containerRule(_ id: String) -> ContainerRule? { Rule(rawValue: id)?.declaration }

    /// All architectures' models with this id, for example `qwen3-1.7b`.
    public static func model(_ id: String) -> (architecture: Architecture, model: ModelShape)? {
        for architecture in architectureTable {
            if let model = architecture.models.first(where: { $0.id == id }) { return (architecture, model) }
        }
        return nil
    }
}

/// Tables by id, built at the first look-up: a header check asks for many numbers in many dialects.
enum SpecIndex {
    /// What is compiled in, and what the process has added.
    static let allFormats = Spec.formatTable + SpecExtension.take().formats
    static let blockFormats = allFormats.filter { $0.rowHeader == nil }
    static let allDialects = Spec.dialectTable + SpecExtension.take().dialects

    static let dialects = Dictionary(allDialects.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

    /// Places in the format table, by id and alias.
    static let formats = Dictionary(
        allFormats.enumerated().flatMap { position, format in ([format.id] + format.aliases).map { ($0, position) } },
        uniquingKeysWith: { first, _ in first })

    static let clauses = Dictionary(
        (allFormats.flatMap(\.clauses) + Spec.numerics + Spec.products + Spec.encoding + Spec.quantizing).map { ($0.id, $0) },
        uniquingKeysWith: { first, _ in first })

    /// Type numbers of each dialect, inherited ones included.
    static let types: [String: [UInt32: TypeAssignment]] = inherited({ $0.ownTypes }, key: { $0.id })

    /// File types of each dialect, inherited ones included.
    static let fileTypes: [String: [UInt32: FileTypeAssignment]] = inherited({ $0.ownFileTypes }, key: { $0.id })

    /// A dialect comes after its base, so one pass resolves all.
    private static func inherited<Entry>(
        _ own: (Dialect) -> [Entry], key: (Entry) -> UInt32
    ) -> [String: [UInt32: Entry]] {
        var resolved: [String: [UInt32: Entry]] = [:]
        for dialect in allDialects {
            var entries = dialect.base.flatMap { resolved[$0] } ?? [:]
            for entry in own(dialect) { entries[key(entry)] = entry }
            resolved[dialect.id] = entries
        }
        return resolved
    }
}
