import Foundation
import TestSupport
import Testing

@Suite("Commands take any part of a split model for the model")
struct SplitModelCommandTests {
    private let folder: TemporaryFolder
    private let paths: [String]

    init() throws {
        folder = try TemporaryFolder()
        paths = try SplitModel.write(
            Repository.root.appendingPathComponent(VerifyCommandTests.model).path, tensors: [0, 1], prefix: folder.path("model"))
    }

    @Test("hifi perplexity prints what it prints for one file")
    func perplexity() throws {
        let arguments = ["-f", PerplexityCommandTests.text, "-c", "100", "--chunks", "2"]
        let whole = try Tool.run(["perplexity", "-m", VerifyCommandTests.model] + arguments)
        let split = try Tool.run(["perplexity", "-m", paths[1]] + arguments)
        #expect(split.status == 0 && split.output == whole.output, "\(split.errors)")
        let tokens = try Tool.run(["perplexity", "tokens", "-m", paths[2], PerplexityCommandTests.text])
        #expect(
            try tokens.output == Tool.run(["perplexity", "tokens", "-m", VerifyCommandTests.model, PerplexityCommandTests.text]).output)
    }

    @Test("hifi identify tells every part by the first one's keys; one of keys only does not count")
    func identify() throws {
        for path in paths {
            let outcome = try Tool.run(["identify", path])
            #expect(outcome.status == 0, "\(outcome.text)\(outcome.errors)")
            for part in paths { #expect(outcome.text.contains(part)) }
            #expect(outcome.text.contains("file type 41 is MOSTLY_Q3_HIFI in fork-2025-12-22"))
        }
        #expect(try Tool.run(["identify"] + paths).output == Tool.run(["identify", paths[0]]).output)
    }

    @Test("hifi inspect shows one part, by the keys of the model")
    func inspect() throws {
        let outcome = try Tool.run(["inspect", paths[2]])
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("part 3 of 3, GGUF v3"))
        #expect(outcome.text.contains("qwen3, Tiny Qwen3 A"))
        #expect(outcome.text.contains("fork-2025-12-22 (certain)"))
        let json = try Tool.run(["inspect", "--format", "json", paths[1]]).output
        #expect(try OutputSchemaTests.violations(of: json, schema: "inspect") == [])
        #expect(String(decoding: json, as: UTF8.self).filter { !$0.isWhitespace }.contains(#""part":{"count":3,"number":2}"#))
        try FileManager.default.removeItem(atPath: paths[0])
        let alone = try Tool.run(["inspect", paths[2]])
        #expect(alone.status == 0 && !alone.text.contains("qwen3"))
    }

    @Test("hifi verify finds no fault where the first part has keys only, or stock types only")
    func verify() throws {
        let outcome = try Tool.run(["verify", paths[0]])
        #expect(outcome.status == 0, "\(outcome.text)")
    }

    @Test("hifi hash digests all parts, whichever is named and however often")
    func hash() throws {
        let all = try Tool.run(["hash"] + paths)
        #expect(all.status == 0, "\(all.errors)")
        for path in paths {
            #expect(all.text.contains("\(path)#file"))
            #expect(try Tool.run(["hash", path]).output == all.output)
        }
        #expect(try Tool.run(["hash", paths[0], "\(folder.path("."))/model-00002-of-00003.gguf"]).output == all.output)
        try FileManager.default.removeItem(atPath: paths[1])
        let missing = try Tool.run(["hash", paths[0]])
        #expect(missing.status == 2 && missing.output.isEmpty)
        #expect(missing.errors.contains("part 2 of the set: "), "\(missing.errors)")
    }

    @Test("hifi hash --check and verify --manifest compare all parts, and say what a manifest does not cover")
    func manifest() throws {
        try Tool.run(["hash", paths[0]]).output.write(to: folder.url("whole"))
        let listed = try String(contentsOf: folder.url("whole"), encoding: .utf8).split(separator: "\n")
        // What hashing one part by itself gives: the first holds keys only.
        let first = listed.filter { $0.hasPrefix("#") || $0.contains("model-00001-of-00003.gguf") }.joined(separator: "\n")
        try Data(first.utf8).write(to: folder.url("first"))
        for path in paths {
            let good = try Tool.run(["hash", "--check", folder.path("whole"), path])
            #expect(good.status == 0 && good.text.hasPrefix("ok  "), "\(good.text)\(good.errors)")
            #expect(good.text.contains("compared \(listed.count - 1) of \(listed.count - 1) digests, the data of 68 of 68 tensors"))
            #expect(try Tool.run(["verify", "--manifest", folder.path("whole"), path]).status == 0)
            let part = try Tool.run(["hash", "--check", folder.path("first"), path])
            #expect(part.status == 1 && part.text.contains("model-00003-of-00003.gguf: not in the manifest"), "\(part.text)")
            #expect(try Tool.run(["verify", "--manifest", folder.path("first"), path]).status == 1)
        }
        var data = try Data(contentsOf: URL(fileURLWithPath: paths[2]))
        data[data.count - 5000] ^= 1
        try data.write(to: URL(fileURLWithPath: paths[2]))
        #expect(try Tool.run(["hash", "--check", folder.path("whole"), paths[0]]).status == 1)
        #expect(try Tool.run(["verify", "--manifest", folder.path("whole"), paths[0]]).status == 1)
    }

    @Test("hifi hash --check says which files of the manifest were not given, and that no weight was compared")
    func partialManifest() throws {
        let model = VerifyCommandTests.model
        let other = try folder.file("other.gguf", Repository.bytes(model))
        try Tool.run(["hash", model, other]).output.write(to: folder.url("two"))
        let one = try Tool.run(["hash", "--check", folder.path("two"), other])
        #expect(one.status == 0 && one.text.contains("not given, though listed: \(model)"), "\(one.text)")
        let lines = try String(contentsOf: folder.url("two"), encoding: .utf8).split(separator: "\n")
        try Data(lines.filter { $0.hasPrefix("#") || $0.hasSuffix("#header") }.joined(separator: "\n").utf8).write(
            to: folder.url("headers"))
        let headers = try Tool.run(["hash", "--check", folder.path("headers"), other])
        #expect(headers.status == 0 && headers.text.hasPrefix("ok as far as compared  "), "\(headers.text)")
        #expect(headers.text.contains("compared 1 of 2 digests, the data of 0 of 68 tensors"), "\(headers.text)")
    }

    @Test("parts that only their keys call so are one unit where all are given, and refused where they are not")
    func keysOnly() throws {
        let names = try zip(["x.gguf", "y.gguf", "z.gguf"], paths).map { name, path in
            let target = folder.path(name)
            try FileManager.default.moveItem(atPath: path, toPath: target)
            return target
        }
        let whole = try Tool.run(["hash", names[1], names[2], names[0]])
        #expect(whole.status == 0, "\(whole.errors)")
        try whole.output.write(to: folder.url("manifest"))
        #expect(try Tool.run(["hash", "--check", folder.path("manifest")] + names).status == 0)
        let alone = try Tool.run(["hash", names[0]])
        #expect(alone.status == 2 && alone.errors.contains("says it is one of 3 parts"), "\(alone.errors)")
        let verified = try Tool.run(["verify", "--manifest", folder.path("manifest"), "--format", "json"] + names)
        #expect(verified.status == 1 && verified.text.contains("GGUF-80") && !verified.text.contains("GGUF-71"), "\(verified.text)")
    }

    @Test("hifi diff finds a split model equal to the whole one, and names a tensor of it by any part")
    func diff() throws {
        let whole = try Tool.run(["diff", VerifyCommandTests.model, paths[1]])
        #expect(whole.status == 0, "\(whole.text)\(whole.errors)")
        let tensor = try Tool.run(["diff", "\(VerifyCommandTests.model):token_embd.weight", "\(paths[0]):token_embd.weight"])
        #expect(tensor.status == 0, "\(tensor.text)\(tensor.errors)")
    }

    @Test("A broken part is named with the tensor")
    func damage() throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: paths[2]))
        try data.prefix(data.count - 5000).write(to: URL(fileURLWithPath: paths[2]))
        for command in [["perplexity", "-m", paths[0], "-f", PerplexityCommandTests.text], ["bench", "--op", "pp4", "-m", paths[0]]] {
            let outcome = try Tool.run(command)
            #expect(outcome.status == 2)
            #expect(outcome.errors.hasPrefix("hifi: error: \(paths[2]): tensor blk."), "\(outcome.errors)")
        }
        try FileManager.default.removeItem(atPath: paths[2])
        let missing = try Tool.run(["perplexity", "-m", paths[0], "-f", PerplexityCommandTests.text])
        #expect(missing.status == 2)
        #expect(missing.errors.contains("part 3 of the set: ") && missing.errors.contains(paths[2]), "\(missing.errors)")
    }
}
