import Suite
import Synchronization

/// What was made of the last few questions. Hundreds of mistakes are put to the same question one after the other, and none of them needs
/// to take its rows apart anew.
package final class Remembered<Value: Sendable>: Sendable {
    private struct Entry {
        let request: Request
        let value: Value
    }

    /// More than the questions that a diagnosis puts in turn.
    private static var limit: Int { 8 }

    private let entries = Mutex<[Entry]>([])

    package init() {}

    /// The value of this question, from `make` where it is not among the last.
    package func value(of request: Request, make: () -> Value) -> Value {
        if let entry = entries.withLock({ $0.first { $0.request == request } }) { return entry.value }
        let value = make()
        entries.withLock { entries in
            if entries.count == Self.limit { entries.removeFirst() }
            entries.append(Entry(request: request, value: value))
        }
        return value
    }
}
