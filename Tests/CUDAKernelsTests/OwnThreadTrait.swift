import Dispatch
import Testing

/// Runs the tests of a suite on a thread of their own.
///
/// Suites share as many threads as there are cores, and what can run waits in one queue. A suite whose tests run one at a time would get
/// one turn after all tests of the others, and in the end run alone, on one core.
struct OwnThreadTrait: SuiteTrait, TestScoping {
    private final class Lane: TaskExecutor {
        private let queue = DispatchQueue(label: "suite")

        func enqueue(_ job: consuming ExecutorJob) {
            let job = UnownedJob(job)
            queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        }
    }

    func provideScope(for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void) async throws {
        // Child tasks run where their parent does, and the library runs tests in child tasks.
        try await withTaskExecutorPreference(Lane()) { try await function() }
    }
}

extension SuiteTrait where Self == OwnThreadTrait {
    /// Beside other tests, not among them. Its suites should be few and serialized.
    static var onOwnThread: Self { Self() }
}
