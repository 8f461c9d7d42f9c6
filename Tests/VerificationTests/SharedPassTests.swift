import Foundation
import HIFIVerification
import Synchronization
import TestSupport
import Testing

@Suite("How many threads read a file changes nothing in its report")
struct SharedPassTests {
    private static func report(_ path: String, threads: Int, hashing: Bool) -> VerificationReport {
        var options = VerifierOptions()
        (options.threads, options.hashing) = (threads, hashing)
        return Verifier(options).verify([path])
    }

    @Test("damaged files and sound ones, with and without digests", arguments: CorruptionCorpus.cases)
    func corpus(_ file: CorruptionCorpus.Case) throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("case.gguf", file.bytes)
        for hashing in [true, false] {
            let alone = Self.report(path, threads: 1, hashing: hashing)
            #expect(Self.report(path, threads: 3, hashing: hashing) == alone, "\(file.id)")
        }
    }

    @Test("a model of many tensors: findings stay in the file's order, and every byte is counted as progress")
    func model() {
        let path = Repository.root.appendingPathComponent("Vectors/models/tiny-qwen3-q3_k_hifi-r6.gguf").path
        let bytes = Mutex((done: 0, total: 0))
        for threads in [1, 2, 7, 64] {
            let report = Self.report(path, threads: threads, hashing: true)
            #expect(report == Self.report(path, threads: 1, hashing: true), "\(threads)")
            var options = VerifierOptions()
            options.threads = threads
            bytes.withLock { $0 = (0, 0) }
            _ = Verifier(options).verify([path]) { state in
                bytes.withLock {
                    #expect(state.bytesDone >= $0.done)
                    $0 = (state.bytesDone, state.bytesTotal)
                }
            }
            #expect(bytes.withLock { $0.done > 0 && $0.done == $0.total }, "\(threads)")
        }
    }
}
