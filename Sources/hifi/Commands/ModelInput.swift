import ArgumentParser
import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF
import HIFIIdentification
import HIFIKernels
import HIFITokenization
import Inference

/// Options of commands that run a model.
struct ModelOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: """
            GGUF file of a Llama, Qwen2 or Qwen3 model, experts included, or any part of a split one, \
            with any mix of types that can be decoded.
            """,
        completion: .models)
    var model: String
    @Option(name: .shortAndLong, help: "Number of threads, by default one per processor; results do not depend on it.") var threads: Int?
    @Option(help: "Instruction set: cpu (the fastest), scalar, avx2, avx512, amx, neon; or reference, which decodes by the spec itself.")
    var backend = "cpu"
    @Flag(help: "Multiply decoded weights with fp32 activations, not quantized ones.") var exact = false

    func validate() throws {
        if backend == "reference", exact { throw ValidationError("--exact does nothing with --backend reference, which is exact") }
        guard backend == "cpu" || backend == "reference" || InstructionSet(rawValue: backend) != nil else {
            throw ValidationError(
                "no backend \"\(ForeignText(backend))\": there are cpu, reference, "
                    + InstructionSet.allCases.map(\.rawValue).joined(separator: ", ")
            )
        }
    }

    func inference() throws -> InferenceOptions {
        .init(
            arithmetic: backend == "reference" ? .reference : exact ? .exact : .kernels, isa: InstructionSet(rawValue: backend),
            threads: try ThreadCount.checked(threads))
    }
}

/// A model and its tokenizer, with what identification found out about the file, or the parts of a split one.
struct ModelInput {
    let path: String
    let files: SplitSet
    let identifications: [Identification]
    let model: LanguageModel
    let tokenizer: Tokenizer

    init(_ path: String) throws {
        self.path = path
        files = try GGUFInput.openModel(path)
        identifications = Identification.identify(files)
        do { model = try LanguageModel(files, formats: identifications.map(\.formats)) } catch .file(let error) {
            throw Failure(.malformed, "\(error)")
        } catch {
            throw Failure(.malformed, "\(error.tensor.flatMap(files.path(ofTensor:)) ?? ForeignText(path: path)): \(error)")
        }
        tokenizer = try Self.tokenizer(model.metadata, path)
        if tokenizer.count > model.shape.vocabulary {
            let problem = PerplexityError.tokenizerTooLarge(tokens: tokenizer.count, vocabulary: model.shape.vocabulary)
            throw Failure(.malformed, "\(ForeignText(path: path)): \(problem)")
        }
    }

    /// The token that takes the place of each chunk's first one.
    ///
    /// - Throws: `Failure` where there should be one and the file does not say which.
    func beginning() throws -> Int32? {
        if let problem = tokenizer.missingBeginning { throw Failure(.malformed, "\(ForeignText(path: path)): \(problem)") }
        return tokenizer.addsBeginning ? tokenizer.beginning : nil
    }

    /// What is odd about tokenizer and context, and should be said beside a figure.
    func notes(context: Int) -> [String] {
        var notes = tokenizer.oddities.map { "\($0)" }
        if let trained = model.shape.trainedContext, context > trained {
            notes.append(
                "a context of \(context) goes beyond the \(trained) positions that the model was trained for "
                    + "(key \(model.shape.architecture).context_length)")
        }
        return notes
    }

    /// The tokenizer of a model.
    static func tokenizer(_ metadata: Metadata, _ path: String) throws -> Tokenizer {
        do { return try Tokenizer(metadata) } catch { throw Failure(.malformed, "\(ForeignText(path: path)): \(error)") }
    }

    func session(context: Int, options: InferenceOptions) throws -> InferenceSession {
        do {
            return try InferenceSession(model, context: context, options: options)
        } catch .kernel(.unavailable(let what)) {
            throw Failure(.unavailable, "\(KernelError.unavailable(what))")
        } catch {
            throw Failure(.malformed, "\(ForeignText(path: path)): \(error)")
        }
    }

    /// Reads a file of text; what is odd about its encoding.
    ///
    /// - Throws: `Failure` for UTF-16 and UTF-32.
    static func text(_ path: String) throws -> (bytes: [UInt8], notes: [String]) {
        let bytes = try RawFiles.read(path, .text)
        do { return (bytes, try TextEncoding.check(bytes)) } catch { throw Failure(.malformed, "\(ForeignText(path: path)): \(error)") }
    }

    /// The tokens of a file of text, without its last line break, as llama.cpp reads it.
    func tokens(ofText bytes: [UInt8]) -> [Int32] {
        tokenizer.encode(bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes, marksEnds: true)
    }
}

extension Failure {
    /// A failed measurement of a model.
    init(_ path: String, _ error: PerplexityError) {
        switch error {
        case .baseline(.file(let error)): self.init(.inputOutput, "\(error)")
        case .baseline(let error): self.init(.malformed, "\(error)")
        case .noSuchChunks, .contextTooSmall: self.init(.usage, "\(error)")
        case .model(.kernel(.unavailable)): self.init(.unavailable, "\(error)")
        case .model(.kernel(.device)): self.init(.unavailable, "\(ForeignText(path: path)): \(error)")
        default: self.init(.malformed, "\(ForeignText(path: path)): \(error)")
        }
    }
}
