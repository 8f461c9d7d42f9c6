import Foundation
import HIFIGGUF
import Inference
import TestSupport
import Testing

@Suite("Divergence from a baseline")
struct BaselineTests {
    private func session(_ arithmetic: InferenceOptions.Arithmetic = .kernels) throws -> InferenceSession {
        try InferenceSession(TinyModel.load(), context: 64, options: .init(arithmetic: arithmetic))
    }

    private func write(_ path: String, _ run: PerplexityRun, _ session: InferenceSession) throws {
        let writer = try BaselineWriter(path: path, run: run, vocabulary: 2048)
        _ = try run.scores(session, watcher: writer)
        try writer.finish()
    }

    @Test("A model diverges from itself by exactly 0")
    func itself() throws {
        let folder = try TemporaryFolder()
        let run = try TinyModel.run(context: 64, chunks: 3...5)
        try write(folder.path("b"), run, session())
        let baseline = try Baseline(path: folder.path("b"))
        #expect(baseline.chunks == 3...5)
        #expect(baseline.form == .float32)
        let again = try PerplexityRun(baseline)
        let meter = try DivergenceMeter(baseline, run: again, vocabulary: 2048)
        #expect(try again.scores(session(), watcher: meter) == run.scores(session()))
        let report = try #require(meter.report())
        #expect(report.count == 3 * 31)
        #expect(report.meanDivergence == Estimate(value: 0, error: 0))
        #expect(report.maximumDivergence == 0)
        #expect(report.minimumDivergence == 0)
        #expect(report.ratio == Estimate(value: 1, error: 0))
        #expect(report.sameTop.value == 1)
        #expect(report.probabilityChangeRMS == 0)
    }

    @Test("Another arithmetic diverges a little, as the definition gives it from the logits themselves")
    func definition() throws {
        final class Keeper: LogitWatcher {
            var rows: [[Double]] = []
            func see(_ rows: LogitRows, chunk: Int, first: Int) {
                for row in rows.targets.indices { self.rows.append(rows.logits[row * 2048..<(row + 1) * 2048].map(Double.init)) }
            }
        }
        let folder = try TemporaryFolder()
        let run = try TinyModel.run(context: 64, chunks: 1...2)
        let (mine, theirs) = (Keeper(), Keeper())
        _ = try run.scores(session(), watcher: mine)
        _ = try run.scores(session(.exact), watcher: theirs)
        let expected = zip(theirs.rows, mine.rows).map { base, logits in
            func logSum(_ row: [Double]) -> Double { log(row.reduce(0) { $0 + exp($1 - 20) }) + 20 }
            let (p, q) = (logSum(base), logSum(logits))
            return zip(base, logits).reduce(0) { $0 + exp($1.0 - p) * (($1.0 - p) - ($1.1 - q)) }
        }
        try write(folder.path("b"), run, session(.exact))
        let meter = try DivergenceMeter(Baseline(path: folder.path("b")), run: run, vocabulary: 2048)
        _ = try run.scores(session(), watcher: meter)
        let report = try #require(meter.report())
        let mean = expected.reduce(0, +) / Double(expected.count)
        #expect(abs(report.meanDivergence.value - mean) < 1e-7)
        #expect(abs(report.maximumDivergence - (expected.max() ?? 0)) < 1e-6)
        #expect(report.minimumDivergence > -1e-7)
        #expect(report.meanDivergence.value > 1e-5)
        #expect((0.8..<1).contains(report.sameTop.value))
    }

    /// The form of llama-perplexity, written as it does: 16-bit codes between the maximum and 16 below it.
    private func originalForm(_ path: String, _ run: PerplexityRun, _ session: InferenceSession) throws {
        final class Writer: LogitWatcher {
            var bytes: [UInt8] = []
            func append<T: FixedWidthInteger>(_ value: T) { withUnsafeBytes(of: value.littleEndian) { bytes += Array($0) } }
            func see(_ rows: LogitRows, chunk: Int, first: Int) {
                for row in rows.targets.indices {
                    let logits = Array(rows.logits[row * 2048..<(row + 1) * 2048])
                    let most = logits.max() ?? 0
                    let least = max(logits.min() ?? 0, most - 16)
                    let logSum = Float(log(logits.reduce(0.0) { $0 + Double(exp($1 - most)) }))
                    let step = (most - least) / 65535
                    append(step.bitPattern)
                    append((least - most - logSum).bitPattern)
                    for logit in logits { append(logit > least ? UInt16((1 / step * (logit - least)).rounded(.toNearestOrEven)) : 0) }
                }
            }
        }
        let writer = Writer()
        writer.bytes = Array("_logits_".utf8)
        for number in [run.context, 2048, run.chunks.count] { writer.append(Int32(number)) }
        for token in run.tokens.prefix(run.context * run.chunks.count) { writer.append(token) }
        _ = try run.scores(session, watcher: writer)
        try Data(writer.bytes).write(to: URL(fileURLWithPath: path))
    }

    @Test("llama-perplexity's 16-bit form is read; its rounding leaves a floor")
    func original() throws {
        let folder = try TemporaryFolder()
        let run = try TinyModel.run(context: 64, chunks: 1...3)
        try originalForm(folder.path("b"), run, session())
        let baseline = try Baseline(path: folder.path("b"))
        #expect(baseline.form == .original16)
        #expect(baseline.chunks == 1...3)
        let meter = try DivergenceMeter(baseline, run: run, vocabulary: 2048)
        _ = try run.scores(session(), watcher: meter)
        let report = try #require(meter.report())
        #expect(report.meanDivergence.value != 0)
        #expect(abs(report.meanDivergence.value) < 1e-3)
        #expect(abs(report.ratio.value - 1) < 1e-3)
        #expect(report.sameTop.value > 0.95)
    }

    @Test("A token beyond the vocabulary in the last place of a chunk is refused before it is used")
    func lastToken() throws {
        for token in [2048, -1, Int32.min] as [Int32] {
            var tokens = try TinyModel.run(context: 64).tokens
            tokens[63] = token
            let run = try PerplexityRun(tokens: tokens, context: 64, chunks: 1...1)
            #expect(throws: PerplexityError.self) { try run.scores(session()) }
        }
    }

    @Test("A baseline of another text, context, vocabulary or size is refused")
    func refused() throws {
        let folder = try TemporaryFolder()
        let run = try TinyModel.run(context: 64, chunks: 1...2)
        try write(folder.path("b"), run, session())
        let baseline = try Baseline(path: folder.path("b"))
        func meter(_ run: PerplexityRun, vocabulary: Int = 2048) throws -> DivergenceMeter {
            try DivergenceMeter(baseline, run: run, vocabulary: vocabulary)
        }
        #expect(throws: PerplexityError.self) { try meter(run, vocabulary: 2047) }
        #expect(throws: PerplexityError.self) { try meter(TinyModel.run(context: 63, chunks: 1...2)) }
        #expect(throws: PerplexityError.self) { try meter(TinyModel.run(context: 64, chunks: 2...3)) }
        var tokens = run.tokens
        tokens[70] += 1
        #expect(throws: PerplexityError.self) { try meter(PerplexityRun(tokens: tokens, context: 64, chunks: 1...2)) }

        let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: folder.path("b"))))
        func opens(_ bytes: [UInt8]) throws -> Bool {
            try Data(bytes).write(to: URL(fileURLWithPath: folder.path("c")))
            return (try? Baseline(path: folder.path("c"))) != nil
        }
        #expect(try opens(bytes))
        #expect(try !opens(Array(bytes.dropLast())))
        #expect(try !opens(bytes + [0]))
        #expect(try !opens([]))
        #expect(try !opens(Array(bytes.prefix(20))))
        // The last token of a chunk is never an input, only predicted.
        for token in [2048, -1, Int32.max] as [Int32] {
            var damaged = bytes
            damaged.replaceSubrange(24 + 4 * 63..<24 + 4 * 64, with: withUnsafeBytes(of: token.littleEndian) { Array($0) })
            #expect(try !opens(damaged))
        }
        // A NaN among the logits of the second position.
        var poisoned = bytes
        poisoned.replaceSubrange(24 + 2 * 64 * 4 + 2048 * 4 + 100..<24 + 2 * 64 * 4 + 2048 * 4 + 104, with: [0, 0, 0xC0, 0x7F])
        #expect(try opens(poisoned))
        let broken = try Baseline(path: folder.path("c"))
        let watcher = try DivergenceMeter(broken, run: run, vocabulary: 2048)
        let error = #expect(throws: PerplexityError.self) { try run.scores(session(), watcher: watcher) }
        #expect(error.map { "\($0)".contains("position 1 of chunk 1") } == true)
        for place in 8..<24 {
            var damaged = bytes
            damaged[place] ^= 0xFF
            // The first chunk's number may be anything; all others announce another size.
            #expect(try opens(damaged) == (16..<19).contains(place), "byte \(place)")
        }
    }
}
