import BlockSpec
import Conformance
import Foundation
import Synchronization
import TestSupport
import Testing

/// A system that answers by a function.
struct ScriptedSystem: InspectingSystem {
    let name = "scripted"
    let script: @Sendable (Request) -> Answer

    func answer(_ request: Request) -> Answer { script(request) }
    func inspect(_ inspection: Inspection) -> InspectionAnswer { ReferenceSystem.shared.inspect(inspection) }
}

@Suite("Running the suite")
struct RunnerTests {
    let store: VectorStore

    init() throws { store = try StoredVectors.result.get() }

    private func run(_ terms: [String], _ system: any SystemUnderTest, list: String = "", repetitions: Int = 1) throws -> ConformanceReport
    {
        let options = ConformanceRunner.Options(
            filter: try CaseFilter(terms: terms), expectedFailures: try ExpectedFailures(text: list), repetitions: repetitions)
        return ConformanceRunner.run(store, options, system: system)
    }

    @Test("the reference passes every vector")
    func reference() throws {
        let report = try run([], ReferenceSystem.shared)
        #expect(report.results.count == store.cases.count)
        #expect(report.results.filter { $0.outcome != .pass }.map(\.id) == [])
        #expect(report.isConforming)
    }

    @Test("one flipped bit in one answer fails that case, and says where")
    func flippedBit() throws {
        let system = ScriptedSystem { request in
            guard case .floats(var weights) = ReferenceSystem.shared.answer(request) else { return .skipped(reason: "only decoding") }
            weights[37] ^= 1
            return .floats(weights)
        }
        let report = try run(["id:q3_k-dec-*"], system)
        #expect(!report.isConforming)
        for (result, entry) in zip(report.results, store.cases.filter { $0.format == "q3_k" && $0.kind == .decode }) {
            guard case .decode(_, let weights) = entry.task else { continue }
            // Any NaN is right where a NaN is right: a flipped bit in one is no failure, unless it makes a number of it.
            let stays = FloatPattern.isNaN(weights[37])
            #expect(result.outcome == (stays ? .pass : .fail), "\(entry.id)")
        }
        let mismatch = try #require(report.results.first { $0.id == "q3_k-dec-000005" }?.mismatch)
        #expect((mismatch.index, mismatch.block, mismatch.weight, mismatch.subBlock) == (37, 0, 37, 2))
        #expect(mismatch.ulps == 1)
        #expect(mismatch.differing == 1)
    }

    @Test("a wrong byte of a block is told by its field")
    func wrongByte() throws {
        let system = ScriptedSystem { request in
            guard case .bytes(var bytes) = ReferenceSystem.shared.answer(request) else { return .skipped(reason: "only encoding") }
            bytes[118 + 5] ^= 0x40  // outlier value 2, upper byte
            return .bytes(bytes)
        }
        let report = try run(["format:q3_k_hifi@r6", "kind:encode"], system)
        let mismatch = try #require(report.results.first { $0.outcome == .fail }?.mismatch)
        #expect(mismatch.field == "outlier_vals[2]")
        #expect(!report.isConforming)
    }

    @Test("products are judged by the bound of their case")
    func bound() throws {
        for (error, conforms) in [(0.0, true), (0.5, true), (1.5, false)] {
            let answers = Dictionary(
                store.cases.compactMap { entry -> (Request, Float)? in
                    guard entry.format == "q6_k", case .dot(let blocks, let format, let activations, let exact, let bound) = entry.task,
                        exact.isFinite
                    else { return nil }
                    let request = Request.dot(format: entry.format, blocks: blocks, activationFormat: format, activations: activations)
                    return (request, Float(exact + error * bound))
                }, uniquingKeysWith: { first, _ in first })
            let system = ScriptedSystem { request in answers[request].map { .floats([$0.bitPattern]) } ?? .skipped(reason: "not finite") }
            let report = try run(["format:q6_k", "kind:dot"], system)
            // Half of the bound leaves room for the rounding of the answer to fp32; one and a half cannot be rounded back inside.
            let failures = report.results.filter { $0.outcome == .fail }
            #expect(failures.isEmpty == conforms, "\(error) of the bound: \(failures.first?.detail ?? "")")
        }
    }

    @Test(
        "crash, hang, error, nonsense and skip are outcomes of their own",
        arguments: [
            (Answer.crash("signal 11"), Outcome.crash), (.timeout(seconds: 5), .timeout), (.error("no"), .error),
            (.skipped(reason: "no"), .skip),
            (.bytes([1]), .error), (.floats([]), .fail),
        ])
    func outcomes(answer: Answer, outcome: Outcome) throws {
        let report = try run(["id:q4_0-dec-000001"], ScriptedSystem { _ in answer })
        #expect(report.results.map(\.outcome) == [outcome])
        #expect(!report.isConforming)
    }

    @Test("where a refusal is right too, an error is a pass; where it is demanded, an answer is a failure")
    func refusals() throws {
        let acceptable = try run(["kind:decode"], ScriptedSystem { _ in .error("refused") })
        for (result, entry) in zip(acceptable.results, store.cases.filter { $0.kind == .decode }) {
            #expect(result.outcome == (entry.validity == .acceptable ? .pass : .error))
        }
        let invalid = try run(["flag:refusal", "format:q3_k"], ScriptedSystem { _ in .bytes([UInt8](repeating: 0, count: 110)) })
        #expect(!invalid.results.isEmpty)
        #expect(invalid.results.allSatisfy { $0.outcome == .fail })
    }

    @Test("a system that answers differently the second time is caught by repetition")
    func nondeterminism() throws {
        let calls = Mutex(0)
        let system = ScriptedSystem { request in
            let call = calls.withLock { calls -> Int in
                calls += 1
                return calls
            }
            guard case .floats(var values) = ReferenceSystem.shared.answer(request) else { return .skipped(reason: "") }
            if call % 3 == 0, let last = values.indices.last { values[last] ^= 1 }
            return .floats(values)
        }
        #expect(try run(["format:q6_k", "flag:weight-like", "kind:dot"], system, repetitions: 3).count(.fail) > 0)
        #expect(try run(["format:q6_k", "kind:dot"], ReferenceSystem.shared, repetitions: 3).isConforming)
    }

    @Test("a bulk case with a wrong digest is explained by the reference")
    func bulk() throws {
        let system = ScriptedSystem { request in
            guard case .floats(var values) = ReferenceSystem.shared.answer(request), values.count > 3000 else {
                return .skipped(reason: "")
            }
            for place in values.indices.dropFirst(3000) where values[place] & 0x7F80_0000 != 0x7F80_0000 {
                values[place] ^= 0x8000_0000
                break
            }
            return .floats(values)
        }
        let report = try run(["kind:bulk", "format:q3_k", "flag:random-bytes"], system)
        let mismatch = try #require(report.results.first { $0.outcome == .fail }?.mismatch)
        #expect(mismatch.index >= 3000)
        #expect(mismatch.differing == 1)
    }
}

@Suite("Expected failures and filters")
struct RunnerListTests {
    @Test("a listed failure is expected, a listed pass is not")
    func lists() throws {
        let store = try StoredVectors.result.get()
        let wrong = ScriptedSystem { _ in .floats([UInt32](repeating: 0x3F80_0000, count: 32)) }
        func run(_ system: any SystemUnderTest, _ list: String) throws -> ConformanceReport {
            let options = ConformanceRunner.Options(
                filter: try CaseFilter(terms: ["id:q4_0-dec-00000*"]), expectedFailures: try ExpectedFailures(text: list))
            return ConformanceRunner.run(store, options, system: system)
        }
        let list = "# known\n\nq4_0-dec-*  signs are lost, see 17 \n"
        let expected = try run(wrong, list)
        #expect(expected.results.allSatisfy { $0.outcome == .expectedFailure })
        #expect(expected.results.first?.detail?.hasPrefix("signs are lost, see 17; ") == true)
        #expect(expected.isConforming)
        let unexpected = try run(ReferenceSystem.shared, list)
        #expect(unexpected.results.allSatisfy { $0.outcome == .unexpectedPass })
        #expect(!unexpected.isConforming)
        #expect(throws: ExpectedFailures.Problem.self) { try ExpectedFailures(text: "q4_0-dec-000001") }
    }

    @Test(
        "patterns",
        arguments: [
            ("abc", "abc", true), ("abc", "a*", true), ("abc", "*c", true), ("abc", "a*b*c", true), ("abc", "*", true), ("", "*", true),
            ("abc", "b*", false),
            ("abc", "", false), ("aab", "a*ab", true), ("ab", "a*ab", false), (String(repeating: "a", count: 5000), "*a*a*a*a*a*b", false),
        ])
    func wildcards(text: String, pattern: String, matches: Bool) { #expect(Wildcard.matches(text, pattern) == matches) }

    @Test("terms of one kind widen, of different kinds narrow")
    func filters() throws {
        let cases = try StoredVectors.result.get().cases
        let one = try CaseFilter(terms: ["format:q3_k"])
        let two = try CaseFilter(terms: ["format:q3_k", "format:q4_k"])
        let narrow = try CaseFilter(terms: ["format:q3_k", "format:q4_k", "kind:dot", "clause:DOT-*", "flag:F17"])
        #expect(cases.count(where: one.chooses) < cases.count(where: two.chooses))
        #expect(cases.count(where: narrow.chooses) > 0)
        #expect(cases.filter(narrow.chooses).allSatisfy { $0.kind == .dot && $0.flags.contains("F17") })
        #expect(cases.allSatisfy(CaseFilter().chooses))
        for bad in ["colour:red", "kind:decoder", "level:must"] {
            #expect(throws: CaseFilter.Problem.self) { try CaseFilter(terms: [bad]) }
        }
    }
}
