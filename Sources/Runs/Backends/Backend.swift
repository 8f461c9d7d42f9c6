import Adapters
import CUDAKernels
import HIFIForeign
import HIFIKernels
import Suite

/// Who does the work: the reference, the kernels of this package, or foreign code in a process of its own.
package enum Backend {
    case reference
    /// The fastest instruction set here, or the one named.
    case cpu(InstructionSet?)
    case cuda(CUDABackend.Path)
    /// A folder with a ggml, or one library.
    case ggml(String)
    /// An adapter program with its arguments.
    case exec(String)

    /// By name: `reference`, `cpu`, an instruction set, `cuda`, `cuda:rows`, `ggml:DIR`, `exec:COMMAND`; nil for anything else.
    package init?(named name: String) {
        if name == "reference" {
            self = .reference
        } else if name == "cpu" {
            self = .cpu(nil)
        } else if let isa = InstructionSet(rawValue: name) {
            self = .cpu(isa)
        } else if name == "cuda" {
            self = .cuda(.automatic)
        } else if let path = name.suffix(after: "cuda:").flatMap(CUDABackend.Path.init) {
            self = .cuda(path)
        } else if let directory = name.suffix(after: "ggml:") {
            self = .ggml(directory)
        } else if let command = name.suffix(after: "exec:") {
            self = .exec(command)
        } else {
            return nil
        }
    }

    /// The reference, which callers with errors of their own ask themselves.
    package var isReference: Bool { if case .reference = self { true } else { false } }

    /// Code that is not of this package's processor part, which knows nothing of an encoder's settings.
    package var isForeign: Bool {
        switch self {
        case .reference, .cpu: false
        case .cuda, .ggml, .exec: true
        }
    }

    /// The system, started for any number of requests.
    ///
    /// - Parameter timeout: how long a program may take to greet, and to answer.
    /// - Throws: `unavailable`.
    package func open(timeout: Duration = .seconds(60)) throws(RunError) -> any SystemUnderTest {
        switch self {
        case .reference: return ReferenceSystem.shared
        case .cpu(let isa): return KernelSystem(try Self.kernels(isa))
        case .cuda(let path):
            let device = try CUDABackend.open(path)
            return KernelSystem(device, name: device.name)
        case .ggml(let directory): return try Self.start(.ggml(directory: directory, timeout: timeout))
        case .exec(let command):
            let (words, name) = (CommandWords.split(command) ?? [], "exec:\(ForeignText(path: command))")
            return try Self.start(ExecSystem(command: words, name: name, timeout: timeout))
        }
    }

    /// The kernels of this package, if it is they who are named.
    package func kernels() throws(RunError) -> CPUBackend? {
        guard case .cpu(let isa) = self else { return nil }
        return try Self.kernels(isa)
    }

    /// Kernels for an instruction set, the fastest for none.
    package static func kernels(_ isa: InstructionSet?) throws(RunError) -> CPUBackend {
        do throws(KernelError) { return try CPUBackend(isa: isa) } catch { throw .unavailable("\(error)") }
    }

    private static func start(_ system: ExecSystem) throws(RunError) -> ExecSystem {
        do throws(ExecStartError) { try system.start() } catch { throw .unavailable("\(error)") }
        return system
    }
}

extension CUDABackend {
    /// The first device with its kernels loaded.
    ///
    /// - Throws: `unavailable` where there is none.
    package static func open(_ path: Path = .automatic) throws(RunError) -> CUDABackend {
        do { return try CUDABackend(CUDADevice(), path: path) } catch { throw .unavailable("\(error)") }
    }
}

extension SystemUnderTest {
    /// The result of a request; everything else is an error.
    ///
    /// - Throws: `unavailable` for what the system does not do, `failed`; `file` where it is not the system that failed.
    package func result(of request: Request) throws(RunError) -> Answer {
        let answer = answer(request)
        if let failure = (self as? ExecSystem)?.failure { throw .file(failure) }
        switch answer {
        case .floats(let bits): return .floats(bits)
        case .bytes(let bytes), .checkedBytes(let bytes, _): return .bytes(bytes)
        case .skipped(let reason): throw .unavailable("\(name): \(reason)")
        case .error(let text), .broken(let text): throw .failed("\(name) failed: \(text)")
        case .crash(let text): throw .failed("\(name) crashed: \(text)")
        case .timeout(let seconds): throw .failed("\(name) did not answer within \(seconds) s")
        }
    }
}

extension String {
    /// What follows this beginning; nil where the text begins otherwise or nothing follows.
    fileprivate func suffix(after beginning: String) -> String? {
        hasPrefix(beginning) && count > beginning.count ? String(dropFirst(beginning.count)) : nil
    }
}
