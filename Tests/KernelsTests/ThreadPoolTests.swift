import HIFIKernels
import HIFIThreads
import Synchronization
import Testing

@Suite("A pool of threads")
struct ThreadPoolTests {
    /// Counts of calls, each task its own.
    private final class Calls: Sendable {
        let counts: Mutex<[Int]>
        init(_ count: Int) { counts = Mutex([Int](repeating: 0, count: count)) }
        func add(_ index: Int) { counts.withLock { $0[index] += 1 } }
        var all: [Int] { counts.withLock { $0 } }
    }

    @Test("Every task runs once, in rounds of any size, one after the other", arguments: [1, 2, 3, 8, 64])
    func rounds(threads: Int) {
        let pool = ThreadPool(threads: threads)
        #expect(pool.threads == threads)
        for count in [0, 1, 2, 3, 7, 64, 1000] {
            let calls = Calls(count)
            for _ in 0..<50 { pool.run(count) { calls.add($0) } }
            #expect(calls.all == [Int](repeating: 50, count: count))
        }
    }

    @Test("What a round wrote is there when it is over, thousands of times", arguments: [2, 5])
    func visible(threads: Int) {
        let pool = ThreadPool(threads: threads)
        final class Numbers: @unchecked Sendable {
            // Unchecked: each task writes a number of its own.
            var values = [Int](repeating: 0, count: 16)
        }
        let numbers = Numbers()
        numbers.values.withUnsafeMutableBufferPointer { buffer in
            struct Place: @unchecked Sendable { let start: UnsafeMutablePointer<Int> }
            guard let place = buffer.baseAddress.map(Place.init) else { return }
            for round in 1...5000 {
                let count = 2 + round % 15
                pool.run(count) { place.start[$0] = round }
                for index in 0..<count where place.start[index] != round {
                    Issue.record("task \(index) of round \(round) left \(place.start[index])")
                    return
                }
            }
        }
    }

    @Test("Callers on several threads take turns")
    func callers() async {
        let pool = ThreadPool(threads: 3)
        let calls = Calls(10)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 { group.addTask { for _ in 0..<200 { pool.run(10) { calls.add($0) } } } }
        }
        #expect(calls.all == [Int](repeating: 800, count: 10))
    }

    @Test("Pools come and go, with work and without")
    func lifetimes() {
        for round in 0..<200 {
            let pool = ThreadPool(threads: 4)
            let calls = Calls(5)
            if round % 2 == 0 { pool.run(5) { calls.add($0) } }
            #expect(calls.all == [Int](repeating: round % 2 == 0 ? 1 : 0, count: 5))
        }
    }
}
