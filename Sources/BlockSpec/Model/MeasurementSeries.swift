/// Measurements of one model under several quantizations, with every condition stated.
public struct MeasurementSeries: Sendable, Hashable {
    /// For example `tiny-qwen3-a`.
    public let id: String
    /// A one-line description.
    public let title: String
    /// Id of the architecture.
    public let architecture: String
    /// The model.
    public let model: ModelShape
    /// How it was measured.
    public let method: MeasurementMethod
    /// The programs that quantized and measured.
    public let tools: [MeasurementTool]
    /// Forms of the model.
    public let variants: [MeasurementVariant]
    /// One for each quantized file.
    public let rows: [Measurement]
    /// Id of the mix of interest.
    public let ours: String
    /// Id of the mix that it is compared with.
    public let theirs: String
    /// What a reader should know.
    public let remarks: [String]

    /// Creates a series.
    public init(
        id: String, title: String, architecture: String, model: ModelShape, method: MeasurementMethod, tools: [MeasurementTool],
        variants: [MeasurementVariant], rows: [Measurement], ours: String, theirs: String, remarks: [String]
    ) {
        self.id = id
        self.title = title
        self.architecture = architecture
        self.model = model
        self.method = method
        self.tools = tools
        self.variants = variants
        self.rows = rows
        self.ours = ours
        self.theirs = theirs
        self.remarks = remarks
    }

    /// The row of a variant, a mix and the use of an importance matrix.
    public func row(variant: String, mix: String, imatrix: Bool) -> Measurement? {
        rows.first { $0.variant == variant && $0.mix == mix && $0.usesImatrix == imatrix }
    }
}

/// How perplexities were measured.
public struct MeasurementMethod: Sendable, Hashable {
    /// The text.
    public let text: String
    /// Its tokens.
    public let tokens: Int
    /// Tokens in a chunk.
    public let contextLength: Int
    /// Chunks.
    public let chunks: Int
    /// Tokens whose probability counts.
    public let scoredTokens: Int
    /// Threads of the quantizer and of the measurement.
    public let threads: Int
    /// How the importance matrix was made.
    public let imatrix: String

    /// Creates a method.
    public init(text: String, tokens: Int, contextLength: Int, chunks: Int, scoredTokens: Int, threads: Int, imatrix: String) {
        self.text = text
        self.tokens = tokens
        self.contextLength = contextLength
        self.chunks = chunks
        self.scoredTokens = scoredTokens
        self.threads = threads
        self.imatrix = imatrix
    }
}

/// A program that quantized and measured.
public struct MeasurementTool: Sendable, Hashable {
    /// For example `original-2025-12`.
    public let id: String
    /// Its state.
    public let milestone: Milestone
    /// The HIFI revision that it writes.
    public let revision: String

    /// Creates a tool.
    public init(id: String, milestone: Milestone, revision: String) {
        self.id = id
        self.milestone = milestone
        self.revision = revision
    }
}

/// A form of the measured model.
public struct MeasurementVariant: Sendable, Hashable {
    /// For example `outliers`.
    public let id: String
    /// A one-line description.
    public let title: String
    /// Whether its weights were changed on purpose after training.
    public let isArtificial: Bool
    /// What to mind.
    public let remark: String

    /// Creates a variant.
    public init(id: String, title: String, isArtificial: Bool, remark: String) {
        self.id = id
        self.title = title
        self.isArtificial = isArtificial
        self.remark = remark
    }
}

/// One quantized file and what was measured of it.
public struct Measurement: Sendable, Hashable {
    /// Id of the variant.
    public let variant: String
    /// The file type as the tool names it.
    public let type: String
    /// Id of the mix; nil for a file that is not quantized.
    public let mix: String?
    /// Whether an importance matrix was used; nil for a file that is not quantized.
    public let usesImatrix: Bool?
    /// Id of the tool.
    public let tool: String
    /// Size of the whole file.
    public let bytes: Int
    /// Perplexity as printed.
    public let perplexity: String
    /// Its standard error as printed.
    public let error: String
    /// Digest of the file.
    public let sha256: String

    /// Creates a measurement.
    public init(
        variant: String, type: String, mix: String?, usesImatrix: Bool?, tool: String, bytes: Int, perplexity: String, error: String,
        sha256: String
    ) {
        self.variant = variant
        self.type = type
        self.mix = mix
        self.usesImatrix = usesImatrix
        self.tool = tool
        self.bytes = bytes
        self.perplexity = perplexity
        self.error = error
        self.sha256 = sha256
    }
}
