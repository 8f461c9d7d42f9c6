import Foundation
import HIFIBlockSpec
import HIFIIdentification
import Suite
import TestSupport
import Testing
import vectors

/// The committed vectors.
enum StoredVectors {
    static let folder = Repository.root.appendingPathComponent("Vectors").path
    static let result = Result { try VectorStore.load(folder) }
}

@Suite("The committed vectors")
struct VectorStoreTests {
    let store: VectorStore

    init() throws { store = try StoredVectors.result.get() }

    @Test("are in order: ids, paths, references, canonical form, digests")
    func lint() { #expect(VectorLint.problems(in: store) == []) }

    @Test("fit their schemas")
    func schemas() throws { #expect(try SchemaLint.problems(in: store) == []) }

    @Test("are many, of every kind, and cover every clause about blocks and numbers but the one on sizes")
    func coverage() {
        #expect(store.cases.count >= 2000)
        for kind in ConformanceCase.Kind.allCases { #expect(store.cases.contains { $0.kind == kind }, "\(kind)") }
        // Of a type that is known by its size only there is nothing to ask.
        #expect(VectorLint.uncoveredClauses(in: store).map(\.id) == ["SIZE-01", "SIZE-02"])
        for format in Spec.formats where format.decoding != nil {
            #expect(store.cases.contains { $0.format == format.id && $0.kind == .decode }, "\(format.id)")
        }
    }

    @Test("catch every defect of the catalogue that vectors can catch")
    func defects() {
        let flags = Set(store.cases.flatMap(\.flags))
        // O22 is about routing. O25 depends on what was encoded before, which series ask and no single case. O27 is what files have.
        #expect(Spec.defects.map(\.id).filter { !flags.contains($0) } == ["O22", "O25", "O27"])
    }

    @Test("show every entry of every grid", arguments: Spec.formats.filter { $0.decoding?.code?.selection != nil }.map(\.id))
    func gridEntries(id: String) throws {
        let format = try #require(Spec.format(id)?.asOneBlockRows)
        guard case .grid(let grid, let bits)? = format.decoding?.code?.selection?.rule else { return }
        var shown: Set<Int> = []
        for entry in store.cases where entry.format == id {
            guard case .decode(let row, _) = entry.task else { continue }
            let blocks = format.blocks(ofRow: row)
            for start in stride(from: 0, to: blocks.count, by: format.bytes) {
                let draft = BlockDraft(format, bytes: Array(blocks[start..<start + format.bytes]))
                for weight in stride(from: 0, to: format.elements, by: grid.lanes) { shown.insert(draft.code(weight) & (1 << bits - 1)) }
            }
        }
        #expect(shown.count == grid.entries)
    }

    @Test("let every scalar of weights lie at the ends of its type in products, with the others and alone")
    func endsOfScalars() throws {
        var rows: [String: [[UInt8]]] = [:]
        for entry in store.cases { if case .dot(let blocks, _, _, _, _) = entry.task { rows[entry.format, default: []].append(blocks) } }
        var looked = 0
        for (id, rows) in rows {
            let format = try #require(SingleBlocks.format(id))
            let fields = (format.decoding?.value.names ?? []).compactMap(format.field)
            let drafts = rows.map { row -> [BlockDraft] in
                let blocks = format.blocks(ofRow: row)
                return stride(from: 0, to: blocks.count, by: format.bytes).map {
                    BlockDraft(format, bytes: Array(blocks[$0..<$0 + format.bytes]))
                }
            }
            for field in fields where field.type == .e8m0half {
                for code: UInt64 in [0, 1, 103, 143, 254, 255] {
                    #expect(drafts.contains { $0.allSatisfy { $0.bits(field) == code } }, "\(id): \(field.name) \(code)")
                }
                looked += 1
            }
            let floats = fields.filter { $0.type.canBeNonFinite }
            func isSubnormal(_ draft: BlockDraft, _ field: Field) -> Bool {
                let fraction = field.type == .f16 ? 10 : field.type == .bf16 ? 7 : 23
                let bits = draft.bits(field) & (1 << (8 * field.type.bytes - 1) - 1)
                return bits > 0 && bits < 1 << fraction
            }
            for field in floats {
                let others = floats.filter { $0 != field }
                #expect(drafts.contains { $0.allSatisfy { draft in floats.allSatisfy { isSubnormal(draft, $0) } } }, "\(id)")
                #expect(
                    drafts.contains { $0.allSatisfy { draft in isSubnormal(draft, field) && others.allSatisfy { draft.bits($0) == 0 } } },
                    "\(id): \(field.name)")
                looked += 1
            }
        }
        #expect(looked > 60)
    }

    @Test("stay below 44 mebibytes with everything beside them")
    func size() throws {
        let names = FileManager.default.enumerator(atPath: StoredVectors.folder)?.compactMap { $0 as? String } ?? []
        let sizes = names.compactMap { name -> Int? in
            let attributes = try? FileManager.default.attributesOfItem(atPath: StoredVectors.folder + "/" + name)
            return attributes?[.type] as? FileAttributeType == .typeRegular ? attributes?[.size] as? Int : nil
        }
        #expect(sizes.reduce(0, +) < 44 << 20)
    }

    @Test("are what the tool makes")
    func upToDate() throws {
        let test = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        let process = Process()
        process.executableURL = URL(fileURLWithPath: test).deletingLastPathComponent().appendingPathComponent("vectors")
        process.arguments = ["check", "--folder", StoredVectors.folder]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}

@Suite("Reading vectors")
struct VectorReadingTests {
    @Test("a file is read back as it was written")
    func roundTrip() throws {
        let store = try StoredVectors.result.get()
        for file in store.files where ["dot", "encode", "bulk", "gguf"].contains(file.kind.rawValue) {
            // By text: a NaN among the exact products is not equal to itself.
            let copy = try VectorFile(path: file.path, text: Array(file.text.utf8))
            #expect(copy.text == file.text)
            #expect(copy.cases.count == file.cases.count)
        }
    }

    @Test("an edited file is noticed by its digest")
    func edited() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("vectors-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder.appendingPathComponent("decode"), withIntermediateDirectories: true)
        let store = try StoredVectors.result.get()
        let file = try #require(store.files.first { $0.path == "decode/q4_0.json" })
        try file.text.write(to: folder.appendingPathComponent(file.path), atomically: true, encoding: .utf8)
        try VectorIndex(version: "1.0.0", files: [file]).text.write(
            to: folder.appendingPathComponent("index.json"), atomically: true, encoding: .utf8)
        try "{}".write(to: folder.appendingPathComponent("notes.json"), atomically: true, encoding: .utf8)
        #expect(try VectorStore.load(folder.path).cases.count == file.cases.count)
        let edited = file.text.replacing("\"required\"", with: "\"optional\"", maxReplacements: 1)
        try edited.write(to: folder.appendingPathComponent(file.path), atomically: true, encoding: .utf8)
        #expect(throws: VectorProblem.self) { try VectorStore.load(folder.path) }
    }

    @Test("a folder without vectors is an error that says where was looked")
    func missing() {
        #expect(throws: VectorProblem.notFound(["/nowhere", "/nothing"])) { try VectorStore.find(in: ["/nowhere", "/nothing"]) }
        #expect(throws: VectorProblem.self) { try VectorStore.read("../index.json", in: StoredVectors.folder) }
    }

    @Test(
        "fp32 patterns: runs, NaNs, limits",
        arguments: [
            ("", [UInt32]()), ("3f800000", [0x3F80_0000]), ("3f800000*3 nan", [0x3F80_0000, 0x3F80_0000, 0x3F80_0000, 0x7FC0_0000]),
            ("ffc00000 80000000", [0xFFC0_0000, 0x8000_0000]),
        ])
    func patterns(text: String, values: [UInt32]) {
        #expect(FloatPattern.parse(text) == values)
        #expect(FloatPattern.text(values) == text)
    }

    @Test(
        "fp32 patterns that are none",
        arguments: [
            "3f80000", "3f800000*", "3f800000*1", "3f800000*-2", "3f800000*99999999", "3f800000  3f800000", "nan*x", "g0000000", " ",
        ])
    func badPatterns(text: String) { #expect(FloatPattern.parse(text) == nil) }

    @Test("masked bytes: dots stand for anything")
    func masks() throws {
        let bytes = try #require(MaskedBytes(text: "3c..ff.."))
        #expect(bytes.text == "3c..ff..")
        #expect(bytes.firstDifference(from: [0x3C, 9, 0xFF, 8]) == nil)
        #expect(bytes.firstDifference(from: [0x3C, 9, 0xFE, 8]) == 2)
        for bad in ["3", "3c.f", "zz", "..."] { #expect(MaskedBytes(text: bad) == nil, "\(bad)") }
    }

    @Test("JSON: what is read and what is refused")
    func json() throws {
        let value = try JSONParser.parse(Array(#"{"a": [1, -2, true, null], "b": "x\n\"\u00e9\ud83d\ude00"}"#.utf8))
        #expect(value["a"]?.array?.first?.number == 1)
        #expect(value["b"]?.string == "x\n\"é😀")
        #expect(try JSONParser.parse(Array(value.line.utf8)) == value)
        for bad in [
            "", "{", "[1,]", "{\"a\":1,\"a\":2}", "1.5", "1e3", "\"\\ud800\"", "\"\u{1}\"", "[1] x", "nul", "99999999999999999999", "{a:1}",
        ] {
            #expect(throws: JSONParser.Problem.self, "\(bad)") { try JSONParser.parse(Array(bad.utf8)) }
        }
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: JSONParser.Problem.self) { try JSONParser.parse(Array(deep.utf8)) }
        #expect(throws: JSONParser.Problem.self) { try JSONParser.parse([0x22, 0xFF, 0x22]) }
    }
}
