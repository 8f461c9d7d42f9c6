import Adapters
import Benchmarks
import BlockDiff
import HIFIFiles
import HIFIGGUF
import HIFIKernels
import HIFIVerification
import Inference
import Quantization
import Rendering
import Runs
import Suite

/// What libraries throw, as failures of a command: they name concepts, and here stand the exit status and the option that helps.
extension Failure {
    /// Nil for an error that no library throws to a command, such as the parser's.
    init?(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let error as RunError: self.init(error)
        case let error as QuantizationError: self.init(error.status, Self.message(error, error.option))
        case let problem as VectorProblem:
            self.init(problem.isDamage ? .malformed : .inputOutput, Self.message(problem, problem.isMissing ? "--vectors" : nil))
        case let error as FileError: self.init(.inputOutput, "\(error)")
        case let error as GGUFError: self.init(Status(error), "\(error)")
        case let error as SARIFLog.UnknownFolder: self.init(.inputOutput, "\(error)")
        case let error as PolicyError: self.init(.usage, "\(error)")
        case let error as DiffError: self.init(error)
        case let problem as BenchPlan.Problem: self.init(.usage, "\(problem)")
        case let error as GGMLUnavailable: self.init(.unavailable, "\(error)")
        case let error as KernelError: self.init(error.isUsage ? .usage : .unavailable, "\(error)")
        case MadeUpModel.Problem.writing(let error): self.init(.inputOutput, "\(error)")
        case let problem as MadeUpModel.Problem: self.init(.usage, "\(problem)")
        default: return nil
        }
    }

    private init(_ error: RunError) {
        switch error {
        case .file: self.init(.inputOutput, "\(error)")
        case .container(let reason): self.init(Status(reason), "\(error)")
        case .malformed: self.init(.malformed, "\(error)")
        case .unknown: self.init(.usage, "\(error)")
        case .unavailable: self.init(.unavailable, "\(error)")
        case .failed: self.init(.findings, "\(error)")
        case .perplexity(_, let reason): self.init(Status(reason), Self.message(error, reason.option))
        case .otherRun: self.init(.findings, "--resume: \(error), or leave out --resume")
        }
    }

    /// Of comparisons 1 is an answer, so that a file of a kind that is not read has another status.
    private init(_ error: DiffError) {
        switch error {
        case .file: self.init(.inputOutput, "\(error)")
        case .container(let reason): self.init(Status(reason, unread: .malformed), "\(error)")
        case .malformed: self.init(.malformed, "\(error)")
        case .rowsUnclear: self.init(.usage, Self.message(error, "--columns"))
        case .wholeFile: self.init(.usage, "\(error)")
        }
    }

    /// A text and the option that it is about.
    static func message(_ error: some CustomStringConvertible, _ option: String?) -> String {
        "\(error)" + (option.map { " (\($0))" } ?? "")
    }
}

extension Failure.Status {
    /// The status of a file that cannot be opened as GGUF.
    ///
    /// - Parameter unread: for a sound file of a kind that is not read here; commands whose 1 is an answer take another.
    init(_ error: GGUFError, unread: Failure.Status = .findings) {
        if case .file = error { self = .inputOutput } else { self = error.isUnreadKind ? unread : .malformed }
    }

    fileprivate init(_ error: PerplexityError) {
        switch error {
        case .baseline(.file): self = .inputOutput
        case .noSuchChunks, .contextTooSmall: self = .usage
        case .model(.kernel(.unavailable)), .model(.kernel(.device)), .model(.noMemory): self = .unavailable
        default: self = .malformed
        }
    }
}

extension PerplexityError {
    fileprivate var option: String? {
        switch self {
        case .model(.activationOverflow): "--exact"
        case .model(.notOnDevice): "--device cpu"
        default: nil
        }
    }
}

extension KernelError {
    /// The command is wrong, not the machine.
    fileprivate var isUsage: Bool {
        switch self {
        case .unavailable, .knownBySizeOnly, .device: false
        case .partialBlock, .rowLength, .wrongSize, .tooLarge: true
        }
    }
}

extension QuantizationError {
    fileprivate var status: Failure.Status {
        switch kind {
        case .usage: .usage
        case .malformed: .malformed
        case .refused: .findings
        case .inputOutput: .inputOutput
        }
    }

    fileprivate var option: String? {
        switch self {
        case .unknownType: "--input-dialect"
        case .needsImportance: "--imatrix"
        case .alreadyQuantized: "--allow-requantize"
        case .collapsed, .badOverride: "--tensor-type"
        case .missingImportance, .zeroImportance: "--allow-partial-imatrix"
        case .badRevision: "--revision"
        default: nil
        }
    }
}
