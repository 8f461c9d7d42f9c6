import Adapters
import ArgumentParser
import CUDAKernels
import HIFIKernels
import Suite

/// Who does the work of a raw command: the reference, the kernels of this program, or foreign code in a process of its own.
enum Backend: ExpressibleByArgument {
    case reference
    /// The fastest instruction set here, or the one named.
    case cpu(InstructionSet?)
    case cuda(CUDABackend.Path)
    case ggml(String)
    case exec(String)

    init?(argument: String) {
        if argument == "reference" {
            self = .reference
        } else if argument == "cpu" {
            self = .cpu(nil)
        } else if let isa = InstructionSet(rawValue: argument) {
            self = .cpu(isa)
        } else if let path = CUDASystem.path(named: argument) {
            self = .cuda(path)
        } else if let directory = argument.suffix(after: "ggml:") {
            self = .ggml(directory)
        } else if let command = argument.suffix(after: "exec:") {
            self = .exec(command)
        } else {
            return nil
        }
    }

    /// Foreign code, which knows nothing of this program's options.
    var isForeign: Bool {
        switch self {
        case .reference, .cpu: false
        case .cuda, .ggml, .exec: true
        }
    }

    var defaultValueDescription: String { "reference" }

    /// Asks the named system; nil for the reference, which the caller asks itself. Everything but a result is a failure.
    func ask(_ request: Request) throws -> Answer? {
        try system().map { try $0(request) }
    }

    /// The system's entry point, started once for any number of requests; nil for the reference.
    func system() throws -> ((Request) throws -> Answer)? {
        switch self {
        case .reference: return nil
        case .cpu:
            guard let kernels = try kernels() else { return nil }
            return { try Self.result(of: KernelSystem(kernels), $0) }
        case .cuda(let path):
            let device = try CUDASystem.open(path)
            return { try Self.result(of: KernelSystem(device, name: device.name), $0) }
        case .ggml(let directory): return try Self.start(.ggml(directory: directory))
        case .exec(let command): return try Self.start(ExecSystem(command: CommandWords.split(command) ?? [], name: "exec:\(command)"))
        }
    }

    /// The kernels of this program, if it is they who are named.
    func kernels() throws -> CPUBackend? {
        guard case .cpu(let isa) = self else { return nil }
        do { return try CPUBackend(isa: isa) } catch { throw Failure(.unavailable, "\(error)") }
    }

    private static func start(_ system: ExecSystem) throws -> (Request) throws -> Answer {
        do { try system.start() } catch { throw Failure(.unavailable, "\(error)") }
        return { try result(of: system, $0) }
    }

    private static func result(of system: some SystemUnderTest, _ request: Request) throws -> Answer {
        switch system.answer(request) {
        case .floats(let bits): return .floats(bits)
        case .bytes(let bytes), .checkedBytes(let bytes, _): return .bytes(bytes)
        case .skipped(let reason): throw Failure(.unavailable, "\(system.name): \(reason)")
        case .error(let text): throw Failure(.findings, "\(system.name) failed: \(text)")
        case .crash(let text): throw Failure(.findings, "\(system.name) crashed: \(text)")
        case .timeout(let seconds): throw Failure(.findings, "\(system.name) did not answer within \(seconds) s")
        }
    }
}

extension String {
    /// What follows this beginning; nil where the text begins otherwise or nothing follows.
    fileprivate func suffix(after beginning: String) -> String? {
        hasPrefix(beginning) && count > beginning.count ? String(dropFirst(beginning.count)) : nil
    }
}
