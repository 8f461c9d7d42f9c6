import HIFIFiles
import HIFIForeign
import HIFIGGUF
import HIFITokenization

/// A measured perplexity with everything that it depends on, to be kept beside the model and compared later.
///
/// What decides whether two figures may be compared are the ``pins``; the sums of each chunk allow parts of a run to be joined to the bits
/// of the whole, and two runs to be compared chunk by chunk.
public struct PerplexityRecord: Sendable, Hashable, Codable {
    /// What the file is: `hifi-perplexity`.
    public let kind: String
    /// Version of the form.
    public let version: Int
    /// How the figure was taken.
    public let conditions: Conditions
    /// What was measured.
    public let model: Model
    /// Threads at work. Results do not depend on it.
    public let threads: Int
    /// The device's name; nil for the processor. Not compared: results do not depend on which one it is.
    public let device: ForeignText?
    /// In rising order, each once.
    public let chunks: [ChunkScore]
    /// What the chunks give.
    public let result: PerplexityEstimate
    /// Divergence from a baseline, if one was given.
    public let divergence: DivergenceReport?
    /// What was odd about the text, the tokenizer or the context; nil where nothing was. Not compared.
    public let notes: [String]?
    /// The chunks of the whole run, where this is the record of one that was interrupted; nil for a complete one.
    public let partial: Partial?

    /// What a run that was interrupted should have had.
    public struct Partial: Sendable, Hashable, Codable {
        /// Number of the first chunk.
        public let first: Int
        /// Number of the last chunk.
        public let last: Int

        /// All chunks from one to another.
        public init(first: Int, last: Int) { (self.first, self.last) = (first, last) }
    }

    /// How the figure was taken.
    public struct Conditions: Sendable, Hashable, Codable {
        /// SHA-256 of the file of text, all of it.
        public let text: String
        /// Bytes of the text.
        public let textBytes: Int
        /// Tokens of the text.
        public let tokens: Int
        /// SHA-256 of the tokenizer's keys.
        public let tokenizer: String
        /// The token in the place of each chunk's first.
        public let beginning: Int32?
        /// Tokens in a chunk.
        public let context: Int
        /// Positions computed at once.
        public let batch: Int
        /// First position of a chunk whose prediction counts.
        public let firstScored: Int
        /// What was multiplied with what.
        public let arithmetic: InferenceOptions.Arithmetic
        /// What multiplied: an instruction set of the processor, or `cuda` with the kernels of a device.
        public let kernel: String
        /// How keys and values are kept.
        public let cache: String
        /// Version of the spec and of the program.
        public let spec: String

        /// The conditions of a run.
        public init(run: PerplexityRun, text: ByteView, tokenizer: Tokenizer, evaluator: any ChunkEvaluator, spec: String) {
            self.text = Digest.of(text, .sha256).hex
            textBytes = text.count
            tokens = run.tokens.count
            self.tokenizer = tokenizer.digest.hex
            beginning = run.beginning
            context = run.context
            batch = evaluator.batch
            firstScored = run.firstScored
            arithmetic = evaluator.arithmetic
            kernel = evaluator.kernel
            cache = "f32"
            self.spec = spec
        }
    }

    /// What was measured.
    public struct Model: Sendable, Hashable, Codable {
        /// The name that it was given by; not compared.
        public let file: ForeignText
        /// Bytes of the file, or of all parts of a split one.
        public let bytes: Int
        /// SHA-256 of the file, or of all parts of a split one, one after the other.
        public let sha256: String
        /// `general.architecture`.
        public let architecture: ForeignText
        /// Block formats of its matrices.
        public let formats: [String]
        /// `quantize.imatrix.*`: what the file says about the importance matrix that it was made with; nil where it says nothing.
        public let imatrix: Imatrix?

        /// An importance matrix, as a quantized file names it.
        public struct Imatrix: Sendable, Hashable, Codable {
            /// Its path when the file was quantized.
            public let file: ForeignText
            /// The text that it was collected on.
            public let dataset: ForeignText?
            /// Matrices that it has entries for.
            public let entries: Int?
            /// Chunks of text.
            public let chunks: Int?
        }

        /// What a record keeps of a model; reads all of its file.
        public init(_ model: LanguageModel, file: ForeignText) {
            self.file = file
            bytes = model.files.byteCount
            sha256 = model.files.digest(.sha256).hex
            architecture = ForeignText(model.shape.architecture)
            formats = model.formats
            let metadata = model.metadata
            imatrix = metadata["quantize.imatrix.file"]?.string.map {
                Imatrix(
                    file: $0, dataset: metadata["quantize.imatrix.dataset"]?.string,
                    entries: metadata["quantize.imatrix.entries_count"]?.integer,
                    chunks: metadata["quantize.imatrix.chunks_count"]?.integer)
            }
        }
    }

    static let kindName = "hifi-perplexity"

    /// A record of scored chunks, in rising order.
    public init(
        conditions: Conditions, model: Model, threads: Int, device: ForeignText? = nil, chunks: [ChunkScore],
        divergence: DivergenceReport? = nil, notes: [String]? = nil, partial: Partial? = nil
    ) {
        self.notes = notes?.isEmpty == true ? nil : notes
        self.partial = partial
        (kind, version, self.device) = (Self.kindName, 1, device)
        (self.conditions, self.model, self.threads, self.chunks, self.divergence) = (conditions, model, threads, chunks, divergence)
        result = PerplexityEstimate(chunks)
    }

    /// What is wrong with a record that was read; nil if nothing is.
    public var problem: String? {
        guard kind == Self.kindName, version == 1 else { return "kind \"\(ForeignText(kind))\" of version \(version) is not known" }
        guard !chunks.isEmpty else { return "it has no chunks" }
        guard zip(chunks, chunks.dropFirst()).allSatisfy({ $0.chunk < $1.chunk }) else { return "its chunks are not in rising order" }
        // Below this, no sum of counts overflows.
        guard chunks.allSatisfy({ $0.chunk > 0 && (1...1 << 32).contains($0.count) && $0.sum.isFinite && $0.squares.isFinite }) else {
            return "a chunk has impossible numbers"
        }
        return result == PerplexityEstimate(chunks) ? nil : "its result is not what its chunks give"
    }
}

/// One thing that a figure depends on.
public struct RecordPin: Sendable, Hashable {
    /// Short name, by which a difference is allowed.
    public let name: String
    /// The value as text, printable: a record is a file like any other.
    public let value: String

    /// A pin by its name.
    public init(name: String, value: String) { (self.name, self.value) = (name, "\(ForeignText(sentence: value))") }
}

extension PerplexityRecord {
    /// Everything that must be the same for two models' figures to be compared.
    public var pins: [RecordPin] {
        let c = conditions
        let imatrix = model.imatrix.map { ($0.dataset ?? $0.file).raw + ", \($0.chunks.map(String.init) ?? "?") chunks" }
        return [
            .init(name: "text", value: "\(c.text), \(c.textBytes) bytes"),
            .init(name: "tokenizer", value: "\(c.tokenizer), \(c.tokens) tokens, first \(c.beginning.map(String.init) ?? "none")"),
            .init(name: "context", value: "\(c.context), scored from \(c.firstScored)"), .init(name: "batch", value: "\(c.batch)"),
            .init(name: "chunks", value: Self.ranges(chunks.map(\.chunk))), .init(name: "arithmetic", value: c.arithmetic.rawValue),
            .init(name: "kernel", value: c.kernel), .init(name: "cache", value: c.cache), .init(name: "spec", value: c.spec),
            .init(name: "imatrix", value: imatrix ?? "none"),
        ]
    }

    /// `1..50, 61..70` for numbers in rising order.
    static func ranges(_ numbers: [Int]) -> String {
        var ranges: [ClosedRange<Int>] = []
        for number in numbers {
            if let last = ranges.last, last.upperBound == number - 1 {
                ranges[ranges.count - 1] = last.lowerBound...number
            } else {
                ranges.append(number...number)
            }
        }
        return ranges.map { "\($0.lowerBound)..\($0.upperBound)" }.joined(separator: ", ")
    }
}
