import HIFICThreads
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Threads that run numbered tasks. Results must not depend on which thread runs which task.
public final class ThreadPool: @unchecked Sendable {
    // Unchecked: the C pool locks, and lets one caller in at a time.
    private let pool: OpaquePointer?

    /// - Parameter threads: the caller included; 1 makes no thread.
    public init(threads: Int) { pool = hifi_pool_make(max(1, threads)) }

    deinit { hifi_pool_free(pool) }

    /// Processors that the system has running, at least 1.
    public static var processors: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

    /// Threads at work, the caller included; fewer than asked for where the system refuses more.
    public var threads: Int { pool.map { hifi_pool_threads($0) } ?? 1 }

    /// Runs `body(0)` to `body(count − 1)`, each once, and returns when all are done. Do not call it from a task.
    public func run(_ count: Int, _ body: @Sendable (Int) -> Void) {
        guard let pool else {
            for index in 0..<max(0, count) { body(index) }
            return
        }
        withoutActuallyEscaping(body) { body in
            var context = Context(body: body)
            withUnsafeMutablePointer(to: &context) { context in
                let task: hifi_task = { raw, index in raw?.assumingMemoryBound(to: Context.self).pointee.body(index) }
                hifi_pool_run(pool, max(0, count), task, context)
            }
        }
    }

    /// The results of `body(0)` to `body(count − 1)`, in this order. Do not call it from a task.
    public func map<Value: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Value) -> [Value] {
        let results = Mutex([Value?](repeating: nil, count: max(0, count)))
        run(count) { index in
            let value = body(index)
            results.withLock { $0[index] = value }
        }
        return results.withLock { $0.compactMap(\.self) }
    }

    private struct Context {
        let body: @Sendable (Int) -> Void
    }
}
