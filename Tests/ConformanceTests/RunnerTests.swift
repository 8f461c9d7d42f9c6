import Conformance
import Foundation
import HIFIBlockSpec
import Rendering
import Suite
import Synchronization
import TestSupport
import Testing

/// A system that answers by a function.
struct ScriptedSystem: InspectingSystem {
    let name = "scripted"
    var refusesByAborting = false
    let script: @Sendable (Request) -> Answer

    init(refusesByAborting: Bool = false, script: @escaping @Sendable (Request) -> Answer) {
        (self.refusesByAborting, self.script) = (refusesByAborting, script)
    }

    func answer(_ request: Request) -> Answer { script(request) }
    func inspect(_ inspection: CheckRequest) -> CheckAnswer { ReferenceSystem.shared.inspect(inspection) }
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
            // Any NaN is right where a NaN is right: a flipped bit in one is not a failure, unless it makes a number of it.
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
        // What is no answer at all is no refusal either.
        for terms in [["kind:decode", "format:q4_0"], ["flag:refusal", "format:q3_k"]] {
            let broken = try run(terms, ScriptedSystem { _ in .broken("not JSON") })
            #expect(!broken.results.isEmpty && broken.results.allSatisfy { $0.outcome == .error })
        }
    }

    @Test("an end by abort is a refusal of what must be refused, where the system has no other way, and a crash elsewhere")
    func refusalByAborting() throws {
        func outcomes(_ terms: [String], _ how: String, mayAbort: Bool) throws -> Set<Outcome> {
            Set(try run(terms, ScriptedSystem(refusesByAborting: mayAbort) { _ in .crash(how) }).results.map(\.outcome))
        }
        let (abort, fault) = ("signal 6 (SIGABRT); its last output: GGML_ASSERT", "signal 11 (SIGSEGV)")
        let refusals = ["flag:refusal", "format:q3_k"]
        #expect(try outcomes(refusals, abort, mayAbort: true) == [.pass])
        #expect(try outcomes(refusals, fault, mayAbort: true) == [.crash])
        #expect(try outcomes(refusals, abort, mayAbort: false) == [.crash])
        #expect(try outcomes(["kind:decode", "format:q3_k"], abort, mayAbort: true).isDisjoint(with: [.pass]))
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
        let report = try run(["format:q6_k", "flag:weight-like", "kind:dot"], system, repetitions: 3)
        #expect(report.count(.unstable) > 0 && !report.isConforming)
        let detail = try #require(report.results.first { $0.outcome == .unstable }?.detail)
        #expect(detail.contains("gave another answer to the same question") && detail.hasSuffix("first: right"))
        #expect(try run(["format:q6_k", "kind:dot"], ReferenceSystem.shared, repetitions: 3).isConforming)
    }

    @Test("an answer that is wrong, and wrong in another way the next time, is unstable; bytes that do not matter may change")
    func unstable() throws {
        let calls = Mutex(UInt8(0))
        @Sendable func number() -> UInt8 {
            calls.withLock { calls in
                calls &+= 1
                return calls
            }
        }
        let wrong = ScriptedSystem { request in
            guard case .decode(_, let blocks) = request else { return .skipped(reason: "") }
            return .floats([UInt32](repeating: UInt32(number()), count: blocks.count / 18 * 32))
        }
        let wrongReport = try run(["id:q4_0-dec-000001"], wrong, repetitions: 2)
        #expect(wrongReport.results.map(\.outcome) == [.unstable])
        #expect(wrongReport.results[0].detail?.contains("first: 32 of 32 differ") == true, "\(wrongReport.results[0].detail ?? "")")
        let masked = store.cases.filter {
            if case .encode(_, _, _, _, let blocks?) = $0.task { !blocks.matters.isEmpty } else { false }
        }
        let entry = try #require(masked.first)
        let padding = ScriptedSystem { request in
            guard case .encode(_, _, _, _, let blocks?) = entry.task, case .bytes(var bytes) = ReferenceSystem.shared.answer(request) else {
                return .skipped(reason: "")
            }
            for index in bytes.indices where !blocks.matters[index] { bytes[index] = number() }
            return .bytes(bytes)
        }
        #expect(try run(["id:\(entry.id)"], padding, repetitions: 3).results.map(\.outcome) == [.pass])
    }

    @Test("a crash when asked again is a crash, not another answer")
    func crashesLater() throws {
        let calls = Mutex(0)
        let system = ScriptedSystem { request in
            let first = calls.withLock { calls in
                calls += 1
                return calls == 1
            }
            return first ? ReferenceSystem.shared.answer(request) : .crash("signal 11")
        }
        let report = try run(["id:q4_0-dec-000001"], system, repetitions: 3)
        #expect(report.results.map(\.outcome) == [.crash])
        #expect(report.results[0].detail == "repetition 2: signal 11")
    }

    @Test("an encoder that cannot refuse is judged by its own check, and by nothing where that has nothing to go by")
    func ownCheck() throws {
        func outcomes(_ bytes: [UInt8], _ check: OwnCheck) throws -> Set<Outcome> {
            let report = try run(["flag:refusal", "format:q3_k"], ScriptedSystem { _ in .checkedBytes(bytes, check) })
            #expect(!report.results.isEmpty)
            return Set(report.results.map(\.outcome))
        }
        let finite = [UInt8](repeating: 0, count: 110)
        let infinite = [UInt8](repeating: 0xFF, count: 108) + [0x00, 0x7C]
        #expect(try outcomes(finite, .rejects(by: "validate")) == [.pass])
        #expect(try outcomes(finite, .accepts(by: "validate")) == [.skip])
        #expect(try outcomes(infinite, .accepts(by: "validate")) == [.fail])
        #expect(try outcomes(infinite, .none(reason: "no way")) == [.skip])
        #expect(try outcomes([1, 2, 3], .accepts(by: "validate")) == [.fail])
        // Where blocks are due they are compared, whatever the check says of them.
        let right = ScriptedSystem { request in
            guard case .bytes(let bytes) = ReferenceSystem.shared.answer(request) else { return .error("refused") }
            return .checkedBytes(bytes, .rejects(by: "validate"))
        }
        #expect(try run(["kind:encode", "format:q3_k"], right).results.allSatisfy { $0.outcome == .pass })
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

    @Test("a list that is written makes the run green, and keeps reasons and what changes from run to run")
    func writtenList() throws {
        let store = try StoredVectors.result.get()
        let entry = try #require(store.cases.first { $0.id == "q4_0-dec-000001" })
        guard case .decode(let firstBlocks, _) = entry.task else { return #expect(Bool(false)) }
        let first = Request.decode(format: "q4_0", blocks: firstBlocks)
        let calls = Mutex(UInt32(0))
        let system = ScriptedSystem { request in
            guard case .decode(_, let blocks) = request else { return .skipped(reason: "") }
            let number = calls.withLock { calls in
                calls += 1
                return calls
            }
            // The first answer is wrong in the same way each time, the others are not.
            let isFirst = request == first
            return .floats([UInt32](repeating: isFirst ? 1 : number, count: blocks.count / 18 * 32))
        }
        func run(_ list: ExpectedFailures, _ repetitions: Int) throws -> ConformanceReport {
            let filter = try CaseFilter(terms: ["id:q4_0-dec-00000*"])
            return ConformanceRunner.run(
                store, .init(filter: filter, expectedFailures: list, repetitions: repetitions), system: system)
        }
        let old = try ExpectedFailures(text: "q4_0-dec-000002 known since May\nq4_0-dec-9* never there")
        let text = old.updated(by: try run(old, 2), title: "a system\nof two lines")
        let lines = text.split(separator: "\n")
        #expect(lines[0] == "# a system of two lines")
        #expect(lines.contains { $0.hasPrefix("q4_0-dec-000001 32 of 32 differ") })
        #expect(lines.contains { $0.hasSuffix("q4_0-dec-000002 known since May") })
        #expect(lines.contains { $0.hasPrefix("~q4_0-dec-000003 repetition 2 gave another answer") })
        #expect(!text.contains("never there"))
        let list = try ExpectedFailures(text: text)
        let green = try run(list, 1)
        #expect(green.isConforming && green.countedFailures == 0)
        let right = ConformanceRunner.run(
            store, .init(filter: try CaseFilter(terms: ["id:q4_0-dec-000003"]), expectedFailures: list), system: ReferenceSystem.shared)
        #expect(right.results.map(\.outcome) == [.pass], "one that fails in some runs only may pass")
        #expect(throws: ExpectedFailures.Problem.self) { try ExpectedFailures(text: "~ no id") }
    }

    @Test("failures count down to a level; a crash counts at any")
    func levels() throws {
        let store = try StoredVectors.result.get()
        func run(_ answer: Answer, _ level: ConformanceCase.Level, terms: [String] = ["flag:refusal", "level:recommended"]) throws
            -> ConformanceReport
        {
            let wrong = ScriptedSystem { request in
                if case .encode(let format, _, _, _, _) = request, format == "q4_0" { return answer }
                return ReferenceSystem.shared.answer(request)
            }
            return ConformanceRunner.run(store, .init(filter: try CaseFilter(terms: terms), level: level), system: wrong)
        }
        let recommended = try run(.bytes([]), .recommended)
        #expect(!recommended.isConforming && recommended.countedFailures > 0 && recommended.otherFailures == 0)
        let required = try run(.bytes([]), .required)
        #expect(required.isConforming && required.countedFailures == 0 && required.otherFailures == recommended.countedFailures)
        #expect(ConformanceText.verdict(required).contains("\(required.otherFailures) recommended or optional cases fail, not counted"))
        #expect(try !run(.crash("signal 11"), .required).isConforming)
        // One count everywhere.
        let summary = try #require(required.levels.first { $0.level == .recommended })
        #expect(summary.failed == required.otherFailures && summary.applicable == required.applicable)
        #expect(ConformanceJUnit.text(required).contains("failures=\"0\""))
        #expect(ConformanceJUnit.text(recommended).contains("failures=\"\(recommended.countedFailures)\""))
    }

    @Test("the least that must apply: a number, a share, every case of a filter")
    func requirements() throws {
        let store = try StoredVectors.result.get()
        let decodes = ScriptedSystem { request in
            guard case .decode = request else { return .skipped(reason: "only decoding") }
            return ReferenceSystem.shared.answer(request)
        }
        func shortfalls(_ texts: [String]) throws -> [String] {
            let options = ConformanceRunner.Options(
                filter: try CaseFilter(terms: ["format:q4_0"]), requirements: try texts.map { try Requirement($0) })
            let report = ConformanceRunner.run(store, options, system: decodes)
            #expect(report.isConforming == report.shortfalls.isEmpty)
            return report.shortfalls
        }
        let all = store.cases.filter { $0.format == "q4_0" }
        #expect(try shortfalls(["1", "1%", "kind:decode", "id:q4_0-dec-000001"]) == [])
        #expect(try shortfalls([String(all.count)]).count == 1)
        #expect(try shortfalls(["100%"])[0].hasSuffix("of \(all.count) cases apply, and 100 % are required"))
        #expect(try shortfalls(["kind:encode"])[0].hasSuffix("only decoding)"))
        #expect(try shortfalls(["format:q4_k"])[0].hasPrefix("no case of format:q4_k was chosen"))
        for bad in ["101%", "x%", "-1%", "99999999999999999999", "colour:red"] {
            #expect(throws: Requirement.Problem.self) { try Requirement(bad) }
        }
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
