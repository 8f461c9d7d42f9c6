import Foundation
import SpecLoader
import Testing

@Suite("Files of the specification")
struct SpecFilesTests {
    @Test("every file satisfies its schema")
    func schemas() throws {
        let files = try SpecFolder.source.filesWithSchemas().map(\.file)
        #expect(files.count >= 50)
        for file in files { #expect(try SpecFolder.schemaViolations(of: file) == [], "\(file)") }
    }

    @Test("every schema is used and says which draft it follows")
    func schemasAreUsed() throws {
        let used = Set(try SpecFolder.source.filesWithSchemas().map(\.schema))
        let schemas = try SpecFolder.schemas()
        // Policies are files that users write: tests of the command line hold them against their schema.
        #expect(used.union(["schema/policy.json"]) == Set(schemas.keys.map { "schema/\($0)" }))
        for (name, schema) in schemas {
            guard case .object(let members) = schema else {
                Issue.record("\(name) is not an object")
                continue
            }
            #expect(members["$schema"] == .string("https://json-schema.org/draft/2020-12/schema"))
            #expect(members["$id"] == .string(name))
        }
    }

    @Test("the generated sources are those which the specification gives now")
    func generatedSourcesAreUpToDate() throws {
        let folder = SpecFolder.checkout.appendingPathComponent("Sources/BlockSpec/Generated")
        let expected = try Generator(source: SpecFolder.source).files()
        for (name, text) in expected {
            let committed = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
            #expect(committed == text, "\(name) is out of date: run `swift run -c release spectool generate`")
        }
        let present = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
        #expect(Set(present) == Set(expected.keys))
    }

    @Test("the page of rules is what the specification gives now, with an anchor for every rule and clause")
    func rulePage() throws {
        let text = try #require(try Generator(source: SpecFolder.source).documents()["RULES.md"])
        let committed = try String(contentsOf: SpecFolder.checkout.appendingPathComponent("Spec/RULES.md"), encoding: .utf8)
        #expect(committed == text, "out of date: run `swift run -c release spectool generate`")
        let anchors = committed.matches(of: #/<a id="([^"]+)"></a>\n### /#).map { String($0.output.1) }
        let ids = try SpecFolder.source.clauseIndex().map { "\($0.id)" }
        #expect(anchors.count == Set(anchors).count)
        #expect(Set(anchors) == Set(ids))
    }

    /// File, text to replace, replacement, and what the message must name.
    static let mistakes: [(file: String, old: String, new: String, names: [String])] = [
        ("dialects.yaml", "{id: 1, name: F16", "{number: 1, name: F16", ["id"]),
        ("dialects.yaml", "status: removed}", "status: removed, remark: x}", ["unknown key", "remark"]),
        ("dialects.yaml", "{id: 1, name: F16", "{id: 0, name: F16", ["type 0", "twice"]),
        ("dialects.yaml", "formats: [q4_0]", "formats: [q4_9]", ["q4_9"]),
        ("dialects.yaml", "base: upstream-2026-03-11", "base: upstream-2026-03-12", ["upstream-2026-03-12"]),
        ("dialects.yaml", "date: 2025-12-22 09:24", "date: 2025-12-22 9:24", ["2025-12-22 9:24"]),
        ("dialects.yaml", "date: 2026-02-03 12:55", "date: 2026-02-30", ["2026-02-30"]),
        ("dialects.yaml", "commit: e4fd98f81", "commit: e4fd98f8", ["e4fd98f8"]),
        ("dialects.yaml", "family: upstream", "family: downstream", ["downstream", "upstream"]),
        ("dialects.yaml", "formats: [q3_k_hifi@r6]", "formats: [q3_k_hifi]", ["q3_k_hifi"]),
        ("dialects.yaml", "mix: q3_k_hifi", "mix: q3_k_hify", ["q3_k_hify"]),
        ("dialects.yaml", "defect: B3", "defect: B99", ["B99"]),
        ("dialects.yaml", "dialect: fork-2025-12-13", "dialect: fork-2025-12-14", ["fork-2025-12-14"]),
        ("mixes/stock.yaml", "when: layer < n/16", "when: layer < n/0", ["layer < n/0"]),
        ("mixes/stock.yaml", "when: use_more_bits", "when: use_more_bits or imatrix", ["use_more_bits or imatrix"]),
        ("mixes/stock.yaml", "tensors: [head]", "tensors: [output]", ["head"]),
        ("mixes/stock.yaml", "type: q6_k}", "type: q6_k, if: x}", ["unknown key", "if"]),
        ("mixes/hifi-history.yaml", "id: u124", "id: u116a", ["u116a"]),
        ("mixes/hifi-history.yaml", "extends: j16", "extends: j99", ["j99"]),
        ("architectures/qwen3.yaml", "heads*head_size", "heads*head_width", ["head_width"]),
        ("architectures/qwen3.yaml", "name: token_embd.weight", "layers: layers, name: token_embd.weight", ["token_embd"]),
        ("architectures/qwen3.yaml", "labels], optional: true", "labels], optional: true, unusual: true", ["cls.output"]),
        ("architectures/qwen3.yaml", "heads*head_size", "heads**head_size", ["cannot read", "heads**head_size"]),
        ("architectures/qwen3.yaml", "type: f32", "type: f16", ["f16", "f32"]),
        ("loader.yaml", "form: per_layer", "form: per_row", ["per_row", "per_layer"]),
        ("published/qwen3.yaml", "size: 382.37 MiB", "size: 382.37 MB", ["382.37 MB"]),
        ("published/qwen3.yaml", "mix: q3_k_s, size: 366.19", "mix: q3_k_m, size: 366.19", ["qwen3-0.6b q3_k_m"]),
        ("published/qwen3.yaml", "form: within", "form: inside", ["inside", "within"]),
        ("published/qwen3.yaml", "low: \"+7\"", "low: \"7\"", ["'7' has no sign"]),
        ("measurements/tiny-qwen3-a.yaml", "tool: original-2025-12, bytes", "tool: original-2025-13, bytes", ["original-2025-13"]),
        ("measurements/tiny-qwen3-a.yaml", "ours: q3_k_hifi", "ours: q3_k_hify", ["q3_k_hify"]),
        ("measurements/tiny-qwen3-a.yaml", "mix: q3_k_m, imatrix: true", "mix: q3_k_m, imatrix: false", ["Q3_K_M false"]),
        ("quantizer.yaml", "from: [q4_k], to: q5_0", "from: [q4_k], to: q5_9", ["q5_9"]),
        ("quantizer.yaml", "from: [q4_k], to: q5_0", "from: [q4_k], to: q5_k", ["fallbacks", "q5_k"]),
        ("quantizer.yaml", "from: [q4_k], to: q5_0", "from: [q4_k, q3_k], to: q5_0", ["q3_k", "twice"]),
        ("quantizer.yaml", "mixes: stock", "mixes: hifi", ["routing", "hifi", "twice"]),
        ("quantizer.yaml", "tensors: [ffn_gate], among", "tensors: [ffn_down], among", ["layers", "ffn_down", "twice"]),
        ("quantizer.yaml", "overrides: beforeFallback", "overrides: never", ["overrides", "never"]),
        ("quantizer.yaml", "formats: [iq4_nl], highest", "formats: [q6_k], highest", ["weightRanges", "q6_k", "twice"]),
        ("mixes/stock.yaml", "aliases: [q3_k]", "aliases: [q2_k]", ["q2_k occurs twice"]),
        ("mixes/stock.yaml", "when: experts = 8,", "when: experts > 8,", ["experts > 8"]),
        ("quantizer.yaml", "lastFallback: f16", "lastFallback: q8_0", ["lastFallback", "q8_0"]),
        ("quantizer.yaml", "atMost: 1.7", "atMost: 0.7", ["sizedOutliers", "rise"]),
        ("quantizer.yaml", "part: ffn_down, kind: ffn_down", "part: ffn_down, kind: ffn_dawn", ["ffn_dawn"]),
        ("quantizer.yaml", "{share: 0.15}", "{below: 70, share: 0.15}", ["negligibleResiduals", "last"]),
        ("mixes/stock.yaml", "when: called_70b", "when: called_71b", ["called_71b"]),
        ("quantizer.yaml", "architectures: [jais2]", "architectures: [jais2, olmo]", ["olmo", "called70B"]),
        ("quantizer.yaml", "id: QUANT-02", "id: QUANT-03", ["QUANT-03"]),
        ("dialects.yaml", "blockBytes: [{format: q2_k_hifi, bytes: 99}]", "blockBytes: [{format: q2_k, bytes: 99}]", ["py-q2-hifi"]),
        ("defects.yaml", "id: B2", "id: B1", ["B1"]),
        ("defects.yaml", "id: F1,", "id: X1,", ["X1"]),
        ("gguf.yaml", "id: GGUF-02", "id: GGUF-2", ["GGUF-2"]),
        ("gguf.yaml", "class: damaged", "class: broken", ["broken", "damaged"]),
    ]

    @Test("a mistake in a file is reported with the file and the place", arguments: mistakes.indices)
    func mistakesAreReported(index: Int) throws {
        let (file, old, new, names) = Self.mistakes[index]
        try SpecFolder.withEdited(file, replacing: old, by: new) { source in
            do {
                _ = try Generator(source: source).files()
                Issue.record("\(file): '\(new)' was accepted")
            } catch {
                for name in [file] + names { #expect("\(error)".contains(name), "\(error)") }
            }
        }
    }
}
