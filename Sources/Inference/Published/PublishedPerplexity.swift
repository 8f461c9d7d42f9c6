import HIFIBlockSpec

/// A measured perplexity beside the published cell of the same model and mix.
public struct PublishedPerplexity: Sendable, Hashable, Codable {
    /// Whether the published value can be the measured one.
    public enum Verdict: String, Sendable, Hashable, Codable {
        /// Within two standard errors, and the rounding of the printed figure.
        case inside
        case outside
        /// The table has no cell for this model and mix, or the measurement no error.
        case none
    }

    /// Id of the model in the spec; nil for one of other numbers.
    public let model: String?
    /// Id of the mix in the table; nil where the file follows none of them.
    public let mix: String?
    /// What was measured.
    public let measured: PerplexityEstimate
    /// As printed.
    public let published: String?
    /// (measured − published) ÷ error.
    public let deviation: Double?
    /// Whether the two agree.
    public let verdict: Verdict
    /// In what the measurement differs from the publication, or may, since that does not say.
    public let conditions: [String]

    /// Standard errors that still count as inside.
    public static let allowedErrors = 2.0

    /// - Parameters:
    ///   - model: id of the model, see ``model(_:in:)``.
    ///   - mixes: routings that the file follows, best first.
    ///   - record: the measurement with its conditions.
    ///   - processor: what it was taken on.
    public init(_ table: PublishedTable, model: String?, mixes: [String], record: PerplexityRecord, processor: String) {
        let columns = table.columns.map(\.mix)
        let mix = mixes.first { columns.contains($0) }
        self.mix = mix
        self.model = model
        measured = record.result
        let cell = model.flatMap { model in mix.flatMap { table.cell(model: model, mix: $0) } }
        published = cell?.perplexity
        if let text = cell?.perplexity, let value = Double(text), let error = record.result.error {
            let places = text.split(separator: ".").dropFirst().first?.count ?? 0
            var rounding = 0.5
            for _ in 0..<places { rounding /= 10 }
            deviation = (record.result.perplexity - value) / error
            verdict = abs(record.result.perplexity - value) <= Self.allowedErrors * error + rounding ? .inside : .outside
        } else {
            (deviation, verdict) = (nil, .none)
        }
        conditions = Self.conditions(table, record, mix: mix, processor)
    }

    /// The model of the table's architecture that has this shape, by id.
    public static func model(_ shape: HyperParameters, in table: PublishedTable) -> String? {
        guard table.architecture == shape.architecture else { return nil }
        return Spec.architecture(table.architecture)?.models.first { isSame($0, shape) }?.id
    }

    private static func isSame(_ model: ModelShape, _ shape: HyperParameters) -> Bool {
        model.embedding == shape.embedding && model.layers == shape.layers && model.feedForward == shape.feedForward
            && model.heads == shape.heads && model.headsKV == shape.headsKV && model.headSize == shape.headSize
            && model.vocabulary == shape.vocabulary
    }

    /// What was not stated is answered with what was done here.
    private static func conditions(_ table: PublishedTable, _ record: PerplexityRecord, mix: String?, _ processor: String) -> [String] {
        let here = record.conditions
        let imatrix = record.model.imatrix.map { "made with \($0.dataset ?? $0.file)" } ?? "none"
        let answers = [
            "error bars": "the standard error of the mean",
            "test text": "SHA-256 \(here.text.prefix(16))…, \(here.tokens) tokens",
            "context length": "\(here.context)", "micro-batch": "\(here.batch)", "imatrix": imatrix, "commit": "hifi \(here.spec)",
        ]
        var conditions = table.provenance.notStated.map { "\($0): not stated; here \(answers[$0] ?? "as the record says")" }
        conditions.append("environment: \(table.provenance.environment); here \(processor), arithmetic \(here.arithmetic.rawValue)")
        if mix == table.columns.first?.mix, !record.model.formats.contains(table.provenance.revision) {
            conditions.append("revision: \(table.provenance.revision); here \(record.model.formats.joined(separator: ", "))")
        }
        let last = record.chunks.last?.chunk ?? 0
        if record.chunks.count < here.tokens / here.context {
            conditions.append("text: \(record.chunks.count) of \(here.tokens / here.context) chunks only, up to \(last)")
        }
        return conditions
    }
}
