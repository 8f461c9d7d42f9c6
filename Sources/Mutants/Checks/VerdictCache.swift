import Suite
import Synchronization

/// What the verifier reports about files, each verified once: dozens of mutants ask about the same hundred files.
final class VerdictCache: Sendable {
    static let shared = VerdictCache()

    private let known = Mutex<[String: CheckAnswer]>([:])

    func rules(of path: String) -> CheckAnswer {
        if let answer = known.withLock({ $0[path] }) { return answer }
        let answer = ReferenceSystem.shared.inspect(.container(path: path))
        known.withLock { $0[path] = answer }
        return answer
    }
}
