import HIFIFiles
import HIFIForeign
import HIFIGGUF
import HIFIIdentification
import HIFIKernels
import HIFITokenization
import Importance
import Inference

/// A model and its tokenizer, with what identification found out about the file, or the parts of a split one.
package struct RunnableModel {
    package let path: String
    package let files: SplitSet
    package let identifications: [Identification]
    package let model: LanguageModel
    package let tokenizer: Tokenizer

    /// - Throws: `container`, `malformed`.
    package init(_ path: String) throws(RunError) {
        self.path = path
        do throws(GGUFError) { files = try SplitSet.open(path: path) } catch { throw .container(error) }
        identifications = Identification.identify(files)
        do throws(ModelError) { model = try LanguageModel(files, formats: identifications.map(\.formats)) } catch {
            if case .file(let error) = error { throw .malformed("\(error)") }
            throw .malformed("\(error.tensor.flatMap(files.path(ofTensor:)) ?? ForeignText(path: path)): \(error)")
        }
        tokenizer = try Self.tokenizer(model.metadata, path)
        if tokenizer.count > model.shape.vocabulary {
            throw .perplexity(path: path, .tokenizerTooLarge(tokens: tokenizer.count, vocabulary: model.shape.vocabulary))
        }
    }

    /// The tokenizer of a model.
    package static func tokenizer(_ metadata: Metadata, _ path: String) throws(RunError) -> Tokenizer {
        do { return try Tokenizer(metadata) } catch { throw .malformed("\(ForeignText(path: path)): \(error)") }
    }

    /// What is odd about tokenizer and context, and should be said beside a figure.
    package func notes(context: Int) -> [String] {
        var notes = tokenizer.oddities.map { "\($0)" }
        if let trained = model.shape.trainedContext, context > trained {
            notes.append(
                "a context of \(context) goes beyond the \(trained) positions that the model was trained for "
                    + "(key \(model.shape.architecture).context_length)")
        }
        return notes
    }

    /// Throws if a part of the model was changed since it was opened.
    package func checkUnchanged() throws(RunError) {
        do throws(FileError) { try files.checkUnchanged() } catch { throw .file(error) }
    }

    /// The chunks of a text, or of a baseline where there is no text.
    ///
    /// - Parameter context: tokens in a chunk.
    package func run(
        _ text: TextFile?, context: Int, chunks: ChunkChoice?, baseline: Baseline? = nil
    ) throws(RunError) -> PerplexityRun {
        if let problem = tokenizer.missingBeginning { throw .malformed("\(ForeignText(path: path)): \(problem)") }
        let beginning = tokenizer.addsBeginning ? tokenizer.beginning : nil
        do throws(PerplexityError) {
            if text == nil, let baseline {
                return try PerplexityRun(baseline, chunks: chunks?.range(of: baseline.chunks.upperBound), beginning: beginning)
            }
            let tokens = text.map { tokenizer.encode($0.withoutLastBreak, marksEnds: true) } ?? []
            return try PerplexityRun(
                tokens: tokens, context: context, chunks: chunks?.range(of: tokens.count / context) ?? baseline?.chunks,
                beginning: beginning)
        } catch { throw .perplexity(path: text?.path ?? baseline?.path.raw ?? "", error) }
    }

    func session(context: Int, options: InferenceOptions) throws(RunError) -> InferenceSession {
        do throws(ModelError) {
            return try InferenceSession(model, context: context, options: options)
        } catch { throw .perplexity(path: path, .model(error)) }
    }

    /// Sums of squares of the inputs of all matrices, over the chunks of a text.
    ///
    /// - Parameters:
    ///   - run: the chunks, see ``run(_:context:chunks:baseline:)``.
    ///   - dataset: the name of the text that the sums keep.
    ///   - progress: called after each chunk.
    package func importances(
        of run: PerplexityRun, dataset: String, options: InferenceOptions, includesOutput: Bool,
        progress: (_ done: Int, _ total: Int) -> Void
    ) throws(RunError) -> ImportanceSums {
        let session = try session(context: run.context, options: options)
        let sums: ImportanceSums
        do throws(PerplexityError) {
            sums = try ImportanceCollector(session, includesOutput: includesOutput).collect(run, dataset: dataset) {
                progress($0 - run.chunks.lowerBound + 1, run.chunks.count)
            }
        } catch { throw .perplexity(path: path, error) }
        try checkUnchanged()
        return sums
    }
}

/// A file of text to be cut into tokens, all of it.
package struct TextFile {
    package let path: String
    package let bytes: [UInt8]
    /// What is odd about its encoding.
    package let notes: [String]

    /// - Throws: `malformed` for UTF-16 and UTF-32.
    package init(_ path: String) throws(RunError) {
        self.path = path
        do throws(FileError) { bytes = try WholeFile.read(argument: path, .text) } catch { throw .file(error) }
        do { notes = try TextEncoding.check(bytes) } catch { throw .malformed("\(ForeignText(path: path)): \(error)") }
    }

    /// The text without its last line break, as llama.cpp reads it.
    var withoutLastBreak: [UInt8] { bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes }
}

/// Which chunks of a text to score.
package struct ChunkChoice {
    private let first: Int
    private let last: Int
    /// A number of chunks may be more than there are, a range may not.
    private let isRange: Bool

    /// `N` for the first N chunks, `A..B` for chunks A to B, counted from 1; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 1, let count = Int(text), count > 0 {
            (first, last, isRange) = (1, count, false)
        } else if parts.count == 3, parts[1].isEmpty, let first = Int(parts[0]), let last = Int(parts[2]), first >= 1, last >= first {
            (self.first, self.last, isRange) = (first, last, true)
        } else {
            return nil
        }
    }

    /// Chunks from one to another, counted from 1; nil where these are none.
    package init?(first: Int, last: Int) {
        guard first >= 1, last >= first else { return nil }
        (self.first, self.last, isRange) = (first, last, true)
    }

    /// The range in a text of so many chunks.
    func range(of available: Int) -> ClosedRange<Int> { isRange ? first...last : 1...max(1, min(last, available)) }
}
