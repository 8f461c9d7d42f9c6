#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import ArgumentParser
import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import HIFIGGUF
import Rendering
import Remote
import Synchronization

/// Files by their addresses, for the commands that take them.
enum RemoteInput {
    /// Files in folders, and those at addresses.
    ///
    /// - Parameters:
    ///   - tensors: those whose data is fetched beside the header.
    ///   - showsProgress: on a terminal.
    static func source(tensors: [String] = [], showsProgress: Bool) -> RemoteFiles {
        let line = Mutex(Progress.line(counting: .bytes, enabled: showsProgress))
        return RemoteFiles(hub: hub, tensors: Set(tensors)) { file, done, total in
            line.withLock { line in
                line.update("\(file)", done: done, of: total)
                if done == total { line.finish() }
            }
        }
    }

    static var hub: RemoteAddress.Hub {
        var environment: [String: String] = [:]
        for name in RemoteAddress.Hub.variables { environment[name] = getenv(name).flatMap { String(validatingCString: $0) } }
        return RemoteAddress.Hub(environment: environment)
    }

    /// What messages call a file.
    static func name(_ argument: String) -> ForeignText {
        ForeignText(path: Address.isOne(argument) ? Address.name(of: argument) : argument)
    }

    /// What a file at an address is called once it is here.
    static func fileName(_ address: ForeignText) -> ForeignText {
        Address.isOne(address.raw) ? ForeignText(path: address.raw.split(separator: "/").last.map(String.init) ?? address.raw) : address
    }

    /// Throws for what is meant as an address and is none, before anything is done.
    static func validate(_ arguments: [String]) throws {
        for argument in arguments where Address.isOne(argument) {
            do { _ = try RemoteAddress(argument, hub: hub) } catch { throw ValidationError("\(name(argument)): \(error)") }
        }
    }

    static func hasAddress(_ arguments: [String]) -> Bool { arguments.contains(where: Address.isOne) }
}

/// Tensors whose data a command looks at, instead of all.
struct TensorChoice: ParsableArguments {
    @Option(name: .customLong("tensor"), help: "Look at the data of this tensor and no other; may be repeated.") var names: [String] = []

    /// Nil for all.
    var chosen: Set<String>? { names.isEmpty ? nil : Set(names) }

    func validate(_ files: [String]) throws {
        if !names.isEmpty, files.contains(StandardInput.path) {
            throw ValidationError("--tensor is looked up first, and standard input can be read once: save it to a file")
        }
    }

    /// Throws for a name that none of the files has. Files that cannot be read are left to the command.
    func check(_ files: [String], _ source: RemoteFiles) throws {
        guard !names.isEmpty else { return }
        let inputs = ModelInputs(files, source: source)
        guard inputs.failures.isEmpty, !inputs.models.isEmpty else { return }
        for name in names where !inputs.models.contains(where: { $0.tensor(named: name) != nil }) {
            let all = inputs.models.flatMap { $0.tensors.map(\.tensor.name.raw) }
            let hint = NearNames.question(name, in: all).map { ": \($0)" } ?? ""
            throw Failure(.usage, "no tensor is named \(ForeignText(name))\(hint)")
        }
    }
}
