import Adapters
import Conformance
import Foundation
import HIFIBlockSpec
import HIFIReference
import Suite
import Synchronization
import TestSupport
import Testing

@Suite("Series of questions")
struct SeriesTests {
    private let store: VectorStore

    init() throws { store = try StoredVectors.result.get() }

    private func series(_ format: String, _ operation: SeriesRecipe.Operation) -> [(ConformanceCase, SeriesRecipe)] {
        store.cases.compactMap { entry in
            guard entry.format == format, case .series(let recipe) = entry.task, recipe.operation == operation else { return nil }
            return (entry, recipe)
        }
    }

    @Test("every operation with every type that it is tested with goes along each of its axes")
    func complete() {
        var tested: [SeriesRecipe.Operation: Set<String>] = [:]
        for entry in store.cases {
            switch entry.task {
            case .decode: tested[.decode, default: []].insert(entry.format)
            case .encode where (Spec.format(entry.format)?.elements ?? 1) > 1: tested[.encode, default: []].insert(entry.format)
            case .activations: tested[.quantize, default: []].insert(entry.format)
            case .dot:
                tested[.dot, default: []].insert(entry.format)
                tested[.product, default: []].insert(entry.format)
            default: break
            }
        }
        #expect(Set(tested.keys) == Set(SeriesRecipe.Operation.allCases))
        for (operation, formats) in tested {
            #expect(formats.count >= (operation == .quantize ? 3 : 20))
            for format in formats {
                let found = series(format, operation)
                #expect(Set(found.map(\.1.axis)) == Set(SeriesAxis.axes(of: operation)), "\(operation) of \(format)")
                guard operation == .encode else { continue }
                let needsImportances = Spec.format(format)?.encoding?.needsImportances == true
                let plain = needsImportances ? [] : Set(SeriesAxis.axes(of: .encode))
                for path in [Request.EncodePath.reference, .chunk] {
                    let along = Set(found.filter { $0.1.path == path && !$0.1.hasImportance }.map(\.1.axis))
                    #expect(along == plain, "\(path) of \(format)")
                }
                #expect(Set(found.filter(\.1.hasImportance).map(\.1.axis)) == Set(SeriesAxis.axes(of: .encode)), "importances of \(format)")
            }
        }
    }

    @Test("lengths reach every remainder of loops of sixteen, and sixty-four super-blocks")
    func lengths() throws {
        for (entry, recipe) in series("q4_k", .encode) where recipe.axis == .length {
            var blocks: [Int] = []
            for step in try recipe.steps(of: #require(Spec.format(entry.format))) {
                guard case .encode(_, _, let values, let columns, let importance) = step.request else { continue }
                #expect(values.count == columns && (importance?.count ?? columns) == columns)
                blocks.append(columns / 256)
            }
            #expect(Set(blocks).isSuperset(of: 1...16) && blocks.max() == 64)
            #expect(Set(blocks.filter { $0 > 16 }.map { $0 % 16 }).count >= 4)
        }
    }

    @Test("sums of products pass 16 bits and come near the largest that blocks of a type can make")
    func magnitudes() throws {
        let (_, recipe) = try #require(series("q6_k", .dot).first { $0.1.axis == .magnitude })
        var largest = 0.0
        for step in try recipe.steps(of: #require(Spec.format("q6_k"))) {
            guard case .dot(_, let blocks, _, let activations) = step.request else { continue }
            let d = Double(SmallFloats.float(half: UInt16(blocks[208]) | UInt16(blocks[209]) << 8))
            let scale = Double(Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(activations[$1]) << (8 * UInt32($1)) }))
            guard
                case .floats(let one) = ReferenceSystem.shared.answer(
                    .dot(
                        format: "q6_k", blocks: Array(blocks.prefix(210)), activationFormat: "q8_k",
                        activations: Array(activations.prefix(292))))
            else { continue }
            largest = max(largest, abs(Double(Float(bitPattern: one[0])) / d / scale))
        }
        // 256 weights of at most 32 · 128 times codes of at most 127.
        let ceiling = Double(256 * 31 * 127 * 127)
        #expect(largest > 0.9 * ceiling)
    }

    @Test("the question that was answered wrongly is named, and so is one that was not answered like before")
    func named() throws {
        let (entry, _) = try #require(series("q3_k", .decode).first { $0.1.axis == .length })
        let result = try #require(
            run(entry) { request in
                guard case .decode(_, let blocks) = request, case .floats(var bits) = ReferenceSystem.shared.answer(request) else {
                    return .error("")
                }
                if blocks.count == 5 * 110 { bits[1024] ^= 1 }
                return .floats(bits)
            })
        #expect(result.outcome == .fail && result.detail?.hasPrefix("5 blocks (question 5 of 24)") == true, "\(result.detail ?? "")")
        #expect(result.mismatch?.block == 4)

        let (repeated, _) = try #require(series("q3_k", .dot).first { $0.1.axis == .repetition })
        let count = Mutex(0)
        let unsteady = try #require(
            run(repeated) { request in
                guard case .floats(let bits) = ReferenceSystem.shared.answer(request) else { return .error("") }
                // Inside the bound, and yet not the same.
                return .floats([
                    bits[0]
                        ^ (count.withLock {
                            $0 += 1; return $0
                        } == 4 ? 1 : 0)
                ])
            })
        #expect(unsteady.outcome == .fail && unsteady.detail?.contains("other bits than for the same question before") == true)
    }

    private func run(_ entry: ConformanceCase, _ script: @escaping @Sendable (Request) -> Answer) throws -> CaseResult? {
        let options = ConformanceRunner.Options(filter: try CaseFilter(terms: ["id:" + entry.id]))
        return ConformanceRunner.run(store, options, system: ScriptedSystem(script: script)).results.first
    }

    @Test("what a system does not do is skipped; what it stops doing on the way is a failure")
    func skipping() throws {
        let (entry, _) = try #require(series("q3_k", .decode).first { $0.1.axis == .length })
        #expect(try run(entry) { _ in .skipped(reason: "none") }?.outcome == .skip)
        let late = try run(entry) { request in
            if case .decode(_, let blocks) = request, blocks.count > 440 { return .skipped(reason: "too long") }
            return ReferenceSystem.shared.answer(request)
        }
        #expect(late?.outcome == .fail)
    }

    @Test(
        "an adapter is asked for products of matrices only if it lists them, and is told where operands are to lie",
        .enabled(if: Fixture.python != nil))
    func adapters() throws {
        let folder = try Fixture.folder()
        defer { Fixture.remove(folder) }
        let path = folder.appendingPathComponent("adapter.py")
        let log = folder.appendingPathComponent("log")
        for (supports, asked) in [("{}", false), ("{'product': ['q8_0']}", true)] {
            let script = """
                import json, sys
                for line in sys.stdin:
                    ask = json.loads(line)
                    if ask["op"] == "bye": break
                    if ask["op"] == "hello":
                        answer = {"id": ask["id"], "protocol": 1, "name": "a", "version": "1", "supports": \(supports)}
                        print(json.dumps(answer), flush=True)
                        continue
                    open("\(log.path)", "a").write(f"{ask['op']} {ask.get('shift')} {ask.get('rows')} {ask.get('columns')}\\n")
                    print(json.dumps({"id": ask["id"], "floats": "00000000" * ask.get("rows", 1) * ask.get("columns", 1)}), flush=True)
                """
            try Data(script.utf8).write(to: path)
            try Data().write(to: log)
            let system = ExecSystem(command: [try #require(Fixture.python), path.path], timeout: .seconds(20))
            let (blocks, column) = ([UInt8](repeating: 0, count: 68), [UInt8](repeating: 0, count: 102))
            let answer = system.answer(
                .product(format: "q8_0", blocks: blocks, rows: 2, activationFormat: "q8_0", activations: column, columns: 3), shift: 5)
            system.stop()
            let lines = try String(contentsOf: log, encoding: .utf8)
            if asked {
                #expect(answer == .floats([UInt32](repeating: 0, count: 6)) && lines == "product 5 2 3\n")
            } else {
                guard case .skipped = answer else {
                    Issue.record("\(answer)")
                    continue
                }
                #expect(lines.isEmpty)
            }
        }
    }
}
