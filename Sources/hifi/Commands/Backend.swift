import ArgumentParser
import Conformance

/// Who does the work of a raw command: the reference in this program, or foreign code in a process of its own.
enum Backend: ExpressibleByArgument {
    case reference
    case ggml(String)
    case exec(String)

    init?(argument: String) {
        if argument == "reference" {
            self = .reference
        } else if let directory = argument.suffix(after: "ggml:") {
            self = .ggml(directory)
        } else if let command = argument.suffix(after: "exec:") {
            self = .exec(command)
        } else {
            return nil
        }
    }

    var defaultValueDescription: String { "reference" }

    /// The foreign system; nil for the reference.
    var system: ExecSystem? {
        switch self {
        case .reference: nil
        case .ggml(let directory): .ggml(directory: directory)
        case .exec(let command): ExecSystem(command: CommandWords.split(command) ?? [], name: "exec:\(command)")
        }
    }

    /// Asks a foreign system once, and turns everything but a result into a failure.
    func ask(_ system: ExecSystem, _ request: Request) throws -> Answer {
        do { try system.start() } catch { throw Failure(.unavailable, "\(error)") }
        switch system.answer(request) {
        case .floats(let bits): return .floats(bits)
        case .bytes(let bytes): return .bytes(bytes)
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
