import HIFIForeign
import Inference

/// What quantized models are beside their source, with everything that it was measured by: sizes, perplexity, divergence, errors.
///
/// Nothing in it depends on the machine: two runs give the same bytes. What a machine adds is in ``EvidenceTimings``.
package struct Evidence: Codable, Equatable, Sendable {
    /// What the file is: `hifi-evidence`.
    package var kind = Evidence.kindName
    /// Version of the form.
    package var version = 1
    /// Version of the spec and of the program.
    package let spec: String
    package let method: Method
    /// The model that the others were made from.
    package let source: Subject
    /// In the order in which they were named.
    package let models: [Subject]
    /// What to run for the same again, by the names of the files; whoever calls says it.
    package var command = ""

    static let kindName = "hifi-evidence"

    /// How perplexities were taken: decoded weights multiplied in fp32.
    package struct Method: Codable, Equatable, Sendable {
        /// The text's file name, size and SHA-256.
        package let text: ForeignText
        package let textBytes: Int
        package let textDigest: String
        /// Tokens of the text, and the SHA-256 of the keys that make them.
        package let tokens: Int
        package let tokenizer: String
        /// Tokens in a chunk, and the chunks that were scored.
        package let context: Int
        package let firstChunk: Int
        package let lastChunk: Int
        /// First position of a chunk whose prediction counts.
        package let firstScored: Int
    }

    /// A model and what was found of it.
    package struct Subject: Codable, Equatable, Sendable {
        /// The file's name without folders; of a split model that of its first part.
        package let name: ForeignText
        /// Bytes and SHA-256 of the file, or of all parts one after the other.
        package let bytes: Int
        package let sha256: String
        /// Bytes of the data of all tensors, and their weights.
        package let tensorBytes: Int
        package let weights: Int
        /// Most bytes first.
        package let formats: [FormatCount]
        /// What the file says of the importance matrix that it was made with.
        package let imatrix: PerplexityRecord.Model.Imatrix?
        package let perplexity: PerplexityEstimate
        /// From the source; nil for the source itself.
        package let divergence: DivergenceReport?
        /// Of every tensor that the source has in another form; nil for the source itself.
        package let errors: [TensorError]?

        /// Bits for each weight.
        package var bitsPerWeight: Double { weights > 0 ? 8 * Double(tensorBytes) / Double(weights) : 0 }
    }

    /// The tensors of one format.
    package struct FormatCount: Codable, Equatable, Sendable {
        package let format: String
        package let tensors: Int
        package let bytes: Int
    }

    /// How far a tensor's weights are from the source's.
    package struct TensorError: Codable, Equatable, Sendable {
        package let name: ForeignText
        package let format: String
        /// The layer, from 0; nil for tensors of no layer.
        package let layer: Int?
        /// Root mean square of the difference, divided by that of the source's weights; nil where those are all zero.
        package let relative: Double?
        /// The largest difference.
        package let largest: Double
    }
}

/// What the machine adds.
package struct EvidenceTimings: Codable, Sendable {
    package let machine: ForeignText
    package let threads: Int
    package let runs: [Run]

    /// The perplexity of one model.
    package struct Run: Codable, Sendable {
        package let name: ForeignText
        package let seconds: Double
        package let tokensPerSecond: Double
    }
}

extension Evidence {
    /// What differs between two, a line each; none where they are the same.
    package func differences(from other: Evidence) -> [String] {
        var lines: [String] = []
        func compare<T: Equatable>(_ what: String, _ here: T, _ there: T) {
            if here != there { lines.append("\(what): \(here) here, \(there) in the evidence") }
        }
        compare("version of the specification", spec, other.spec)
        if method != other.method {
            compare("digest of the text", method.textDigest, other.method.textDigest)
            compare("tokenizer", method.tokenizer, other.method.tokenizer)
            compare("tokens", method.tokens, other.method.tokens)
            if lines.isEmpty { lines.append("the method differs") }
        }
        compare("number of models", models.count, other.models.count)
        for (mine, theirs) in zip([source] + models, [other.source] + other.models) where mine != theirs {
            let count = lines.count
            compare("\(theirs.name): digest", mine.sha256, theirs.sha256)
            compare("\(theirs.name): bytes", mine.bytes, theirs.bytes)
            compare("\(theirs.name): bytes of tensors", mine.tensorBytes, theirs.tensorBytes)
            compare("\(theirs.name): perplexity", mine.perplexity.perplexity, theirs.perplexity.perplexity)
            if mine.divergence != theirs.divergence {
                compare(
                    "\(theirs.name): mean divergence", mine.divergence?.meanDivergence.value ?? 0,
                    theirs.divergence?.meanDivergence.value ?? 0)
            }
            for (error, stated) in zip(mine.errors ?? [], theirs.errors ?? []) where error != stated {
                compare("\(theirs.name): error of \(stated.name)", error.relative ?? 0, stated.relative ?? 0)
            }
            if lines.count == count { lines.append("\(theirs.name): differs") }
        }
        return lines
    }
}
