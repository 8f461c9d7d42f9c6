import Foundation
import TestSupport
import Testing

@Suite("No command writes over a file that it reads")
struct OutputPlaceTests {
    private static let model = Repository.root.appendingPathComponent(VerifyCommandTests.model).path

    /// A command line with `IN` for the input under test and `OUT` for the output; the other inputs are real.
    struct Line: CustomTestStringConvertible, Sendable {
        let words: [String]
        /// The input that `IN` stands for is a model; otherwise a file of bytes.
        var isModel = false
        /// What is added to the name given as `OUT`.
        var suffix = ""

        init(_ line: String, isModel: Bool = false, suffix: String = "") {
            (words, self.isModel, self.suffix) = (line.split(separator: " ").map(String.init), isModel, suffix)
        }

        var testDescription: String { words.joined(separator: " ") }
    }

    static let lines = [
        Line("imatrix -m IN -f TEXT -o OUT", isModel: true), Line("imatrix -m MODEL -f IN -o OUT"),
        Line("perplexity -m IN -f TEXT --record OUT", isModel: true), Line("perplexity -m MODEL -f IN --record OUT"),
        Line("perplexity -m IN -f TEXT --write-kl-base OUT", isModel: true), Line("perplexity -m MODEL -f IN --write-kl-base OUT"),
        Line("perplexity -m MODEL -f TEXT --kl-base IN --record OUT"), Line("perplexity merge IN --record OUT"),
        Line("decode --type q3_k --blocks IN -o OUT"), Line("encode --type q8_0 --columns 32 --input IN -o OUT"),
        Line("encode --type q8_0 --columns 32 --input BYTES --imatrix IN -o OUT"),
        Line("dot --type q3_k --blocks IN --activations BYTES -o OUT"), Line("dot --type q3_k --blocks BYTES --activations IN -o OUT"),
        Line("quantize IN OUT --mix q8_0 --allow-requantize", isModel: true), Line("quantize MODEL OUT --mix q8_0 --imatrix IN"),
        Line("convert IN OUT --to r12", isModel: true), Line("repair IN --manifest BYTES -o OUT"),
        Line("repair BYTES --manifest IN -o OUT"),
        Line("repair BYTES --manifest TEXT --from IN -o OUT"), Line("repair OUT --manifest BYTES --from IN --in-place"),
        Line("diff IN BYTES --minimise OUT", suffix: ".expected.f32"), Line("diff BYTES IN --minimise OUT", suffix: ".json"),
        Line("diff BYTES BYTES --type q3_k --blocks IN --minimise OUT", suffix: ".blocks.bin"),
    ]

    enum Spelling: CaseIterable {
        case same, dotted, symbolicLink, hardLink
    }

    @Test("an output that is an input is refused before anything is read, by whatever name", arguments: lines, Spelling.allCases)
    func inputs(line: Line, spelling: Spelling) throws {
        let folder = try TemporaryFolder()
        let content = line.isModel ? try Data(contentsOf: URL(fileURLWithPath: Self.model)) : Data(repeating: 1, count: 1100)
        let input = folder.path("input" + line.suffix)
        try content.write(to: URL(fileURLWithPath: input))
        try Data("some text".utf8).write(to: folder.url("text"))
        try Data(repeating: 1, count: 1024).write(to: folder.url("bytes"))
        var output = "input"
        switch spelling {
        case .same: break
        case .dotted: output = "./../\(URL(fileURLWithPath: folder.path(".")).standardized.lastPathComponent)/input"
        case .symbolicLink:
            output = "link"
            try FileManager.default.createSymbolicLink(atPath: folder.path("link" + line.suffix), withDestinationPath: input)
        case .hardLink:
            output = "hard"
            try FileManager.default.linkItem(atPath: input, toPath: folder.path("hard" + line.suffix))
        }
        let names = [
            "IN": input, "OUT": folder.path(output), "MODEL": Self.model, "TEXT": folder.path("text"), "BYTES": folder.path("bytes"),
        ]
        let outcome = try Tool.run(line.words.map { names[$0] ?? $0 })
        #expect(outcome.status == 64, "\(outcome.text)\(outcome.errors)")
        #expect(outcome.errors.contains("is the same file as") && outcome.errors.contains(input), "\(outcome.errors)")
        #expect(try Data(contentsOf: URL(fileURLWithPath: input)) == content)
    }

    @Test("an output may not replace another part of the split model being read")
    func splitModel() throws {
        let folder = try TemporaryFolder()
        let paths = try SplitModel.write(Self.model, tensors: [0, 1], prefix: folder.path("model"))
        let before = try Data(contentsOf: URL(fileURLWithPath: paths[2]))
        for line in [["quantize", paths[0], paths[2], "--mix", "q8_0"], ["imatrix", "-m", paths[1], "-f", paths[0], "-o", paths[2]]] {
            let outcome = try Tool.run(line)
            #expect(outcome.status == 64, "\(outcome.errors)")
            #expect(try Data(contentsOf: URL(fileURLWithPath: paths[2])) == before)
        }
    }

    @Test("two outputs in one place are refused", arguments: ["out", "./out"])
    func twoOutputs(second: String) throws {
        let folder = try TemporaryFolder()
        let outcome = try Tool.run([
            "perplexity", "-m", Self.model, "-f", PerplexityCommandTests.text, "--record", folder.path("out"), "--write-kl-base",
            folder.path(second),
        ])
        #expect(outcome.status == 64 && outcome.errors.contains("each output needs one of its own"), "\(outcome.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("out")))
    }

    @Test("what is printed does not go into a file that is read")
    func redirected() throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("m.gguf", Repository.bytes(VerifyCommandTests.model))
        let outcome = try Tool.shell("\"$HIFI\" hash \(path) >> \(path)")
        #expect(outcome.status == 64 && outcome.errors.contains("standard output is the same file as"), "\(outcome.errors)")
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count == Repository.bytes(VerifyCommandTests.model).count)
    }

    @Test("a replaced file keeps its permissions; a new one gets the usual ones")
    func permissions() throws {
        let folder = try TemporaryFolder()
        let blocks = try folder.file("blocks", [UInt8](repeating: 0, count: 110))
        let old = try folder.file("old", [1])
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: old)
        for name in ["old", "new"] {
            #expect(try Tool.shell("umask 027; \"$HIFI\" decode --type q3_k --blocks \(blocks) -o \(folder.path(name))").status == 0)
        }
        func mode(_ name: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: folder.path(name))[.posixPermissions] as? Int
        }
        #expect(try mode("old") == 0o640)
        #expect(try mode("new") == 0o640)
        try FileManager.default.setAttributes([.posixPermissions: 0o604], ofItemAtPath: old)
        #expect(try Tool.shell("umask 027; \"$HIFI\" decode --type q3_k --blocks \(blocks) -o \(old)").status == 0)
        #expect(try mode("old") == 0o604)
        #expect(try Data(contentsOf: URL(fileURLWithPath: old)).count == 1024)
    }

    @Test("with standard streams closed, nothing that is printed gets into the output")
    func closedStreams() throws {
        let folder = try TemporaryFolder()
        let blocks = try folder.file("blocks", [UInt8](repeating: 0, count: 110))
        for closed in ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"] {
            let outcome = try Tool.shell("\"$HIFI\" decode --type q3_k --blocks \(blocks) -o \(folder.path("out")) \(closed)")
            #expect(outcome.status == 0, "\(closed) \(outcome.errors)")
            #expect(try Data(contentsOf: folder.url("out")) == Data(count: 1024))
        }
    }

    @Test("signals that are ignored at the start stay ignored")
    func ignoredSignals() throws {
        let folder = try TemporaryFolder()
        // What is ignored when the shell becomes the tool is ignored in the tool, which waits for the pipe when the signal comes.
        for signal in ["HUP", "INT", "TERM"] {
            let pipe = folder.path("pipe-\(signal)")
            let line = """
                mkfifo \(pipe); trap '' \(signal)
                (sleep 0.3; kill -\(signal) $$; sleep 0.1; timeout 20 head -c 110 /dev/zero > \(pipe)) &
                exec "$HIFI" decode --type q3_k --blocks \(pipe) -o \(folder.path("out"))
                """
            let outcome = try Tool.shell(line)
            #expect(outcome.exited && outcome.status == 0, "\(signal) \(outcome.errors)")
            #expect(try Data(contentsOf: folder.url("out")).count == 1024)
        }
    }
}
