import Conformance
import Diagnosis
import Foundation
import HIFIBlockSpec
import HIFIReference
import Suite
import Synchronization
import TestSupport
import Testing

/// What builds of the llama.cpp HIFI fork do, re-enacted: answers that no mistake predicts bit by bit, kernels of the base, sums that are
/// trusted, two mistakes at once.
@Suite("Diagnosis of what real builds do")
struct DiagnosisPatternTests {
    private func report(_ formats: [String], _ answer: @escaping @Sendable (Request) -> Answer) throws -> ConformanceReport {
        var options = ConformanceRunner.Options(filter: try CaseFilter(terms: formats.map { "format:" + $0 }))
        options.diagnoses = true
        return ConformanceRunner.run(try StoredVectors.result.get(), options, system: ScriptedSystem(script: answer))
    }

    @Test("stale memory at some counts and counts that are not clamped are told apart, and crashes join the latter")
    func staleSlots() throws {
        let calls = Mutex(UInt32(0))
        let report = try report(["q5_k_hifi_res8"]) { request in
            guard case .decode(_, let blocks) = request, case .floats(var bits) = ReferenceSystem.shared.answer(request) else {
                return ReferenceSystem.shared.answer(request)
            }
            for block in 0..<blocks.count / 196 {
                let (count, start) = (Int(blocks[196 * block + 176]), 256 * block)
                if count >= 200 { return .crash("signal 11") }
                if count > 8 { for weight in 0..<256 where weight % 3 == count % 3 { bits[start + weight] = 0x7FFC_0000 >> 3 } }
                guard count == 6 || count == 7 else { continue }
                let called = calls.withLock { calls in
                    calls += 1
                    return calls
                }
                // Of slots with one position the first alone acts, as the format says.
                let positions = blocks[196 * block + 177..<196 * block + 177 + count]
                for (slot, position) in positions.enumerated() where slot >= 5 && !positions.prefix(slot).contains(position) {
                    bits[start + Int(position)] = 0x4500_0000 + called
                }
            }
            return .floats(bits)
        }
        #expect(
            Set(report.diagnoses.compactMap(\.cause).map(\.words)) == [
                "a count over 8 is not clamped", "slots after the first 5 do not act at counts of 6 and 7, or act with what was in memory",
            ])
        #expect(Set(report.diagnoses.compactMap(\.cause?.defect)) == ["O2", "O3"])
        let crashing = report.diagnoses.filter { $0.crashes > 0 }
        #expect(crashing.map { $0.cause?.defect } == ["O2"])
        #expect(report.diagnoses.reduce(0) { $0 + $1.cases.count } == report.results.count(where: \.outcome.isFailure))
    }

    @Test("padding that is not written is named, and the cause becomes the reason in a list of expected failures")
    func padding() throws {
        let report = try report(["q5_k_hifi_res8"]) { request in
            guard case .encode = request, case .bytes(var bytes) = ReferenceSystem.shared.answer(request) else {
                return ReferenceSystem.shared.answer(request)
            }
            for block in 0..<bytes.count / 196 { bytes.replaceSubrange(196 * block + 194..<196 * block + 196, with: [0xA5, 0xA5]) }
            return .bytes(bytes)
        }
        let diagnosis = try #require(report.diagnoses.first)
        #expect(report.diagnoses.count == 1 && diagnosis.cases.count == diagnosis.failures)
        #expect(diagnosis.cause?.words == "bytes 194 to 195 of each block are not written as zero" && diagnosis.cause?.defect == "O18")
        let given = try ExpectedFailures(text: "# of some build\n#  and  a second line\n")
        let lines = given.updated(by: report, title: "not used").split(separator: "\n").map(String.init)
        #expect(Array(lines.prefix(2)) == ["# of some build", "# and a second line"])
        #expect(lines[2].hasPrefix("# Cases that are known to fail"))
        #expect(lines.dropFirst(3).allSatisfy { $0.hasSuffix(" bytes 194 to 195 of each block are not written as zero (O18)") })
        #expect(lines.count == 3 + diagnosis.cases.count)
    }

    @Test("an encoder that only rounds otherwise is described as one, and one that decides otherwise is not")
    func rounding() throws {
        func report(_ change: @escaping @Sendable (Float) -> Float) throws -> Diagnosis {
            let report = try self.report(["q5_k"]) { request in
                guard case .encode(let name, let path, let values, let columns, let importance) = request else {
                    return ReferenceSystem.shared.answer(request)
                }
                return ReferenceSystem.shared.answer(
                    .encode(format: name, path: path, values: values.map(change), columns: columns, importance: importance))
            }
            return try #require(report.diagnoses.first { $0.operation == .encode && $0.cause == nil })
        }
        // The last bits of the weights are lost, so that near ties of the search come out otherwise.
        let rounded = try report { Float(bitPattern: $0.bitPattern & ~7) }
        let rounding = try #require(rounded.rounding)
        #expect(rounding.blocks > 0 && 4 * rounding.blocks <= rounding.asked && abs(rounding.error - 1) < 0.1)
        #expect(rounded.sentence.contains("only \(rounding.blocks) of \(rounding.asked) blocks differ") && rounded.sentence.contains("O23"))
        #expect(try report { $0 * 1.03 }.rounding == nil)
    }

    @Test("codes that stay as they were under a scale of zero are named")
    func codesUnderZero() throws {
        let report = try report(["iq4_nl"]) { request in
            guard case .encode = request, case .bytes(var bytes) = ReferenceSystem.shared.answer(request) else {
                return ReferenceSystem.shared.answer(request)
            }
            for start in stride(from: 0, to: bytes.count, by: 18) where bytes[start] == 0 && bytes[start + 1] & 0x7F == 0 {
                for byte in start + 2..<start + 18 { bytes[byte] ^= 0x60 }
            }
            return .bytes(bytes)
        }
        #expect(report.diagnoses.map { $0.cause?.defect } == ["O25"])
    }

    @Test("a kernel of the base is named in lone products and in those of rows and columns, as one group")
    func asBase() throws {
        let report = try report(["q6_k_hifi"]) { request in
            switch request {
            case .dot(_, let blocks, let type, let activations):
                return ReferenceSystem.shared.answer(
                    .dot(
                        format: "q6_k", blocks: Array(blocks.prefix(blocks.count / 222 * 210)), activationFormat: type,
                        activations: activations))
            case .product(_, let blocks, let rows, let type, let activations, let columns):
                let row = blocks.count / rows
                let base = (0..<rows).flatMap { blocks[$0 * row..<$0 * row + row / 222 * 210] }
                return ReferenceSystem.shared.answer(
                    .product(
                        format: "q6_k", blocks: base, rows: rows, activationFormat: type, activations: activations, columns: columns))
            default: return ReferenceSystem.shared.answer(request)
            }
        }
        let diagnosis = try #require(report.diagnoses.first)
        #expect(report.diagnoses.count == 1 && diagnosis.cause?.defect == "O6")
        #expect(diagnosis.cases.count == report.results.count(where: \.outcome.isFailure) && diagnosis.cases.count > 70)
    }

    @Test("a mistake in products of rows and columns alone is named")
    func rowsAndColumns() throws {
        let report = try report(["q4_k"]) { request in
            guard case .product(let name, var blocks, let rows, let type, let activations, let columns) = request else {
                return ReferenceSystem.shared.answer(request)
            }
            for start in stride(from: 0, to: blocks.count, by: 144) { blocks.replaceSubrange(start + 2..<start + 4, with: [0, 0]) }
            return ReferenceSystem.shared.answer(
                .product(format: name, blocks: blocks, rows: rows, activationFormat: type, activations: activations, columns: columns))
        }
        #expect(report.diagnoses.map(\.operation) == [.product])
        #expect(report.diagnoses.first?.cause?.words == "dmin is taken for zero")
    }

    @Test("stored sums that are trusted are named, and so are two mistakes at once where each is known by itself")
    func twofold() throws {
        let report = try report(["q4_k", "q2_k_hifi"]) { request in
            guard case .dot(let name, let blocks, let type, let activations) = request, let format = Spec.format(name),
                let activation = Spec.format(type), let dot = try? ReferenceDot(format, activation: activation),
                let value = try? dot.dot(blocks, activations, meaning: name == "q4_k" ? .decoded : .add)
            else { return ReferenceSystem.shared.answer(request) }
            // The base without its codes: what weights have in common.
            let codes = name == "q4_k" ? 16..<144 : 16..<80
            let base = name == "q4_k" ? (format: "q4_k", bytes: 144) : (format: "q2_k", bytes: 84)
            let bare = stride(from: 0, to: blocks.count, by: format.bytes).flatMap { start -> [UInt8] in
                var block = Array(blocks[start..<start + base.bytes])
                for byte in codes { block[byte] = 0 }
                return block
            }
            guard case .floats(let common) = ReferenceSystem.shared.answer(.decode(format: base.format, blocks: bare)) else {
                return .error("")
            }
            var change = 0.0
            for block in 0..<activations.count / 292 {
                let bytes = Array(activations[292 * block..<292 * (block + 1)])
                let d = Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[$1]) << UInt32(8 * $1) })
                for group in 0..<16 {
                    let stored = Int(Int16(bitPattern: UInt16(bytes[260 + 2 * group]) | UInt16(bytes[261 + 2 * group]) << 8))
                    let right = (0..<16).reduce(0) { $0 + Int(Int8(bitPattern: bytes[4 + 16 * group + $1])) }
                    change += Double(Float(bitPattern: common[256 * block + 16 * group])) * Double(d) * Double(stored - right)
                }
            }
            return .floats([Float(value.value + (change.isFinite ? change : 0)).bitPattern])
        }
        let causes = Dictionary(report.diagnoses.map { ($0.formats[0] + ($0.optional == $0.cases.count ? " optional" : ""), $0.cause) }) {
            a, _ in a
        }
        #expect(causes["q4_k optional"]??.defect == "O24")
        #expect(causes["q2_k_hifi"]??.defect == "O8")
        #expect(causes["q2_k_hifi optional"]??.defect == "O8, O24")
        #expect(causes["q2_k_hifi optional"]??.id == "dot/q2_k_hifi/add + stored-sums")
        #expect(report.diagnoses.last?.optional == report.diagnoses.last?.cases.count, "what does not count comes last")
    }

    @Test("where an answer is wrong, a repetition is asked of a system that begins anew")
    func restarts() throws {
        final class Counting: SystemUnderTest {
            let name = "counting"
            let restarts = Mutex(0)

            func answer(_ request: Request) -> Answer {
                guard case .decode(_, let blocks) = request else { return .skipped(reason: "") }
                // Right for blocks of zeros; else what a process finds in its memory.
                if blocks.allSatisfy({ $0 == 0 }) { return ReferenceSystem.shared.answer(request) }
                return .floats([UInt32](repeating: UInt32(restarts.withLock { $0 }), count: blocks.count / 18 * 32))
            }

            func restart() { restarts.withLock { $0 += 1 } }
        }
        let system = Counting()
        let filter = try CaseFilter(terms: ["id:q4_0-dec-000001", "id:q4_0-dec-000005"])
        let once = ConformanceRunner.run(try StoredVectors.result.get(), .init(filter: filter), system: system)
        #expect(once.results.count(where: \.outcome.isFailure) >= 1 && system.restarts.withLock { $0 } == 0)
        let report = ConformanceRunner.run(try StoredVectors.result.get(), .init(filter: filter, repetitions: 3), system: system)
        #expect(report.results.contains { $0.outcome == .unstable } && !report.results.contains { $0.outcome == .fail })
        #expect(system.restarts.withLock { $0 } > 0)
    }
}
