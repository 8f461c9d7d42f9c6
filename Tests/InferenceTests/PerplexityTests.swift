import Foundation
import HIFIGGUF
import HIFIKernels
import Inference
import TestSupport
import Testing

@Suite("Perplexity is what the model's own numbers give")
struct PerplexityTests {
    /// Sums of −ln p of eight chunks of 200 tokens, computed in fp64 by an independent forward pass (numpy) from the decoded weights.
    static let inDouble = [
        371.70333579034906, 335.21354267071655, 353.67060533062886, 363.9647944160068, 351.6566531227518, 344.9012106908383,
        373.00570110527326, 382.20447272408927,
    ]
    static let perplexityInDouble = 37.7776466983535

    private func scores(_ options: InferenceOptions, context: Int = 200, chunks: ClosedRange<Int>? = nil) throws -> [ChunkScore] {
        let session = try InferenceSession(TinyModel.load(), context: context, options: options)
        return try TinyModel.run(context: context, chunks: chunks).scores(session)
    }

    @Test("Decoded weights: equal to arithmetic in double within the rounding of fp32")
    func exact() throws {
        let scores = try scores(.init(arithmetic: .exact, threads: 2))
        #expect(scores.map(\.chunk) == Array(1...8))
        #expect(scores.allSatisfy { $0.count == 99 })
        for (score, expected) in zip(scores, Self.inDouble) { #expect(abs(score.sum - expected) < 1e-6 * expected) }
        let estimate = PerplexityEstimate(scores)
        #expect(abs(estimate.perplexity - Self.perplexityInDouble) < 1e-6 * Self.perplexityInDouble)
        #expect(estimate.count == 792)
    }

    @Test("Quantized activations: within a thousandth, on every instruction set", arguments: InstructionSet.available)
    func kernels(isa: InstructionSet) throws {
        // Portable code has no fused multiply-add in hardware on x86-64; two chunks must do.
        let chunks = isa == .scalar ? 1...2 : 1...8
        let scores = try scores(.init(isa: isa, threads: 2), chunks: chunks)
        for score in scores { #expect(abs(score.sum - Self.inDouble[score.chunk - 1]) < 2e-3 * score.sum) }
        if chunks.count == 8 { #expect(abs(PerplexityEstimate(scores).perplexity / Self.perplexityInDouble - 1) < 1e-3) }
    }

    @Test("Decoded weights give the same bits on every instruction set, and decoded by the reference itself")
    func sameBits() throws {
        let expected = try scores(.init(arithmetic: .reference), context: 40, chunks: 1...2)
        for isa in InstructionSet.available {
            #expect(try scores(.init(arithmetic: .exact, isa: isa), context: 40, chunks: 1...2) == expected, "\(isa)")
        }
    }

    @Test("Threads change no bit", arguments: [InferenceOptions.Arithmetic.kernels, .exact])
    func threads(arithmetic: InferenceOptions.Arithmetic) throws {
        let one = try scores(.init(arithmetic: arithmetic, threads: 1), chunks: 2...3)
        for threads in [2, 3, 8] { #expect(try scores(.init(arithmetic: arithmetic, threads: threads), chunks: 2...3) == one) }
    }

    @Test("A prompt at once and token by token give the same bits")
    func incremental() throws {
        let model = try TinyModel.load()
        let tokens = Array(try TinyModel.tokens().prefix(70))
        func logits(_ batches: [Range<Int>]) throws -> [UInt32] {
            let session = try InferenceSession(model, context: 70, options: .init(arithmetic: .exact))
            var last: [UInt32] = []
            for batch in batches {
                try session.append(Array(tokens[batch]), outputs: 1) { _, logits in last = logits.map(\.bitPattern) }
            }
            #expect(session.count == 70)
            return last
        }
        let whole = try logits([0..<70])
        #expect(whole.count == 2048)
        #expect(try logits((0..<70).map { $0..<$0 + 1 }) == whole)
        #expect(try logits([0..<33, 33..<70]) == whole)
    }

    @Test("Parts of a run are the run: each chunk stands for itself")
    func parts() throws {
        let whole = try scores(.init(), chunks: 1...4)
        #expect(try scores(.init(), chunks: 3...4) == Array(whole[2...]))
    }

    @Test("A text of less than two chunks, and chunks that it does not have, are refused")
    func shortText() throws {
        let tokens = [Int32](repeating: 1, count: 1023)
        #expect(throws: PerplexityError.self) { try PerplexityRun(tokens: tokens, context: 512) }
        #expect(throws: PerplexityError.self) { try PerplexityRun(tokens: tokens, context: 511, chunks: 2...3) }
        #expect(throws: PerplexityError.self) { try PerplexityRun(tokens: tokens, context: 3) }
        #expect(try PerplexityRun(tokens: tokens, context: 511).chunks == 1...2)
    }

    @Test("The first token of each chunk is replaced by the beginning-of-text token")
    func beginningToken() throws {
        let session = try InferenceSession(TinyModel.load(), context: 64)
        let tokens = try TinyModel.tokens()
        var changed = tokens
        changed[64] = 2045
        let plain = try PerplexityRun(tokens: changed, context: 64, chunks: 2...2).scores(session)
        let replaced = try PerplexityRun(tokens: tokens, context: 64, chunks: 2...2, beginning: 2045).scores(session)
        #expect(plain == replaced)
        #expect(try PerplexityRun(tokens: tokens, context: 64, chunks: 2...2).scores(session) != plain)
    }

    @Test("The estimate's error is that of the mean, times the perplexity")
    func estimate() {
        // Losses 1, 2, 3, 4: mean 2.5, variance 1.25.
        let scores = [ChunkScore(chunk: 1, count: 2, sum: 3, squares: 5), ChunkScore(chunk: 2, count: 2, sum: 7, squares: 25)]
        let estimate = PerplexityEstimate(scores)
        #expect(estimate.perplexity == exp(2.5))
        #expect(estimate.error == (1.25 / 3).squareRoot() * exp(2.5))
        #expect(PerplexityEstimate([ChunkScore(chunk: 1, count: 1, sum: 1, squares: 1)]).error == nil)
    }

    @Test("Speed is measured for prompts and for generation")
    func speed() throws {
        let bench = try InferenceBench(TinyModel.load(), options: .init(), prompt: 64, generate: 8, repetitions: 2)
        #expect(bench.promptRates.count == 2)
        #expect(bench.generationRates.count == 2)
        #expect(bench.promptRate > bench.generationRate)
    }
}
