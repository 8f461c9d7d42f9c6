import Foundation
import TestSupport
import Testing

/// Every exit status that a command's help documents is met by a command line, and no command ends with another.
@Suite("Exit statuses are as documented")
struct ExitStatusTests {
    /// A command line for each command and status; words in capitals are files of `Files`. 64 is met by every command alike.
    static let lines: [(command: String, status: Int32, line: String)] = [
        ("verify", 0, "MODEL"), ("verify", 1, "TRAILING"), ("verify", 2, "CUT"), ("verify", 74, "NONE"),
        ("identify", 0, "MODEL"), ("identify", 1, "MISLABELLED"), ("identify", 2, "CUT"), ("identify", 74, "NONE"),
        ("types", 0, "43"), ("types", 1, "9999"),
        ("inspect", 0, "MODEL"), ("inspect", 1, "BIG"), ("inspect", 2, "CUT"), ("inspect", 74, "NONE"),
        ("hash", 0, "MODEL"), ("hash", 1, "MODEL --check MANIFEST"), ("hash", 2, "CUT"), ("hash", 74, "NONE"),
        ("repair", 0, "MODEL --manifest CHUNKS"), ("repair", 1, "CUT --manifest CHUNKS"), ("repair", 2, "MODEL --manifest ODD"),
        ("repair", 74, "NONE --manifest CHUNKS"),
        ("attribute", 0, "MODEL --source MODEL"), ("attribute", 1, "BIG --source MODEL"), ("attribute", 2, "CUT --source MODEL"),
        ("attribute", 74, "MODEL --source NONE"),
        ("decode", 0, "--type q3_k --blocks BLOCKS -o OUT"), ("decode", 1, "--type q3_k --blocks BLOCKS -o OUT --backend CRASHING"),
        ("decode", 2, "--type q3_k --blocks ODD -o OUT"), ("decode", 69, "--type q3_k --blocks BLOCKS -o OUT --backend exec:false"),
        ("decode", 74, "--type q3_k --blocks NONE -o OUT"),
        ("encode", 0, "--type q3_k --columns 256 --input FLOATS -o OUT"),
        ("encode", 1, "--type q3_k --columns 256 --input FLOATS -o OUT --backend CRASHING"),
        ("encode", 2, "--type q3_k --columns 256 --input NAN -o OUT"),
        ("encode", 69, "--type q3_k --columns 256 --input FLOATS -o OUT --backend ABSENT"),
        ("encode", 74, "--type q3_k --columns 256 --input NONE -o OUT"),
        ("dot", 0, "--type q3_k --blocks BLOCKS --activations FLOATS -o OUT --bounds"),
        ("dot", 1, "--type q3_k --blocks BLOCKS --activations FLOATS -o OUT --backend CRASHING"),
        ("dot", 2, "--type q3_k --blocks ODD --activations FLOATS -o OUT"),
        ("dot", 69, "--type q3_k --blocks BLOCKS --activations FLOATS -o OUT --backend ABSENT"),
        ("dot", 74, "--type q3_k --blocks BLOCKS --activations NONE -o OUT"),
        ("diff", 0, "FLOATS FLOATS"), ("diff", 1, "FLOATS NAN"), ("diff", 2, "CUT MODEL"), ("diff", 74, "FLOATS NONE"),
        ("conformance", 0, "--filter format:f16"), ("conformance", 1, "--exec COMMAND --filter format:q3_k --filter kind:decode"),
        ("conformance", 2, "--expected-failures ODD"), ("conformance", 69, "--exec NONE"), ("conformance", 74, "--vectors NONE"),
        ("quantize", 0, "MODEL OUT --mix q8_0 --allow-requantize"), ("quantize", 1, "BIG OUT --mix q8_0"),
        ("quantize", 2, "CUT OUT --mix q8_0"), ("quantize", 74, "NONE OUT --mix q8_0"),
        ("convert", 0, "MODEL OUT --to r12"), ("convert", 1, "MODEL OUT --to r5"), ("convert", 2, "CUT OUT --to r12"),
        ("convert", 74, "NONE OUT --to r12"),
        ("figures audit", 0, ""), ("figures report", 0, "--rows 1 -o OUT"), ("figures report", 74, "--rows 1 -o NONE/x"),
        ("figures sizes", 0, ""), ("figures sizes", 2, "--config ODD"), ("figures sizes", 74, "--config NONE"),
        ("figures perplexity", 1, "-m MODEL -f TEXT --chunks 1"), ("figures perplexity", 2, "-m CUT -f TEXT"),
        ("figures perplexity", 69, "-m MODEL -f TEXT --chunks 1 --device cuda"), ("figures perplexity", 74, "-m NONE -f TEXT"),
        ("perplexity measure", 0, "-m MODEL -f TEXT -c 64 --chunks 1"), ("perplexity measure", 1, "-m BIG -f TEXT"),
        ("perplexity measure", 2, "-m CUT -f TEXT"),
        ("perplexity measure", 69, "-m MODEL -f TEXT -c 64 --chunks 1 --device cuda"), ("perplexity measure", 74, "-m MODEL -f NONE"),
        ("perplexity compare", 0, "RECORD RECORD"), ("perplexity compare", 1, "RECORD OTHER"), ("perplexity compare", 2, "RECORD ODD"),
        ("perplexity compare", 74, "RECORD NONE"),
        ("perplexity merge", 0, "RECORD"), ("perplexity merge", 1, "RECORD RECORD"), ("perplexity merge", 2, "ODD"),
        ("perplexity merge", 74, "NONE"),
        ("perplexity tokens", 0, "-m MODEL TEXT"), ("perplexity tokens", 1, "-m BIG TEXT"), ("perplexity tokens", 2, "-m CUT TEXT"),
        ("perplexity tokens", 74, "-m MODEL NONE"),
        ("evidence make", 0, "MODEL --source MODEL --text TEXT -c 64 --chunks 1 -o NEW"),
        ("evidence make", 1, "BIG --source MODEL --text TEXT -o ABSENTDIR"),
        ("evidence make", 2, "CUT --source MODEL --text TEXT -o ABSENTDIR"),
        ("evidence make", 74, "MODEL --source MODEL --text NONE -o ABSENTDIR"),
        ("evidence check", 0, "EVIDENCE MODEL --source MODEL --text TEXT"),
        ("evidence check", 1, "EVIDENCE TRAILING --source MODEL --text TEXT"),
        ("evidence check", 2, "EVIDENCE CUT --source MODEL --text TEXT"),
        ("evidence check", 74, "NONE MODEL --source MODEL --text TEXT"),
        ("imatrix", 0, "-m MODEL -f TEXT -o OUT -c 64 --chunks 1"), ("imatrix", 1, "-m BIG -f TEXT -o OUT"),
        ("imatrix", 2, "-m CUT -f TEXT -o OUT"),
        ("imatrix", 69, "-m MODEL -f TEXT -o OUT -c 64 --chunks 1 --backend ABSENT"), ("imatrix", 74, "-m NONE -f TEXT -o OUT"),
        ("bench", 0, "--op decode --type q4_0 --samples 1"), ("bench", 1, "--op pp8 -m BIG"), ("bench", 2, "--op pp8 -m CUT"),
        ("bench", 69, "--op decode --backend ABSENT"),
        ("bench", 74, "--op pp8 -m NONE"),
    ]

    /// What no small input brings about: the published cells do follow, a perplexity inside takes a published model, and there is memory.
    static let unreachable: Set = ["figures sizes 1", "figures perplexity 0", "evidence make 69", "evidence check 69"]

    /// The statuses in a command's help.
    static func documented(_ command: String) throws -> [Int32] {
        let help = try Tool.run(command.split(separator: " ").map(String.init) + ["--help"]).text
        guard let section = help.range(of: "EXIT STATUS\n") else { return [] }
        return help[section.upperBound...].split(separator: "\n", omittingEmptySubsequences: false).prefix { $0.hasPrefix("  ") }
            .compactMap { $0.dropFirst(2).first == " " ? nil : Int32($0.dropFirst(2).prefix { $0 != " " }) }
    }

    @Test("every command documents its statuses, and each documented one is met below")
    func complete() throws {
        let groups: Set = ["", "evidence", "figures", "perplexity"]
        let commands = Set(HelpTests.commands.map { $0.joined(separator: " ") }).subtracting(groups)
        #expect(commands == Set(Self.lines.map(\.command)))
        for command in commands.sorted() {
            let met = Self.lines.filter { $0.command == command }.map(\.status) + [64]
            let unreachable = Self.unreachable.filter { $0.hasPrefix(command + " ") }.compactMap {
                Int32($0.split(separator: " ").last ?? "")
            }
            #expect(try Self.documented(command) == (met + unreachable).sorted(), "\(command)")
        }
        #expect(try Self.documented("") == [0, 1, 2, 64, 69, 70, 74])
    }

    @Test(
        "a file of a kind that is not read is 1, and 2 where 1 is an answer",
        arguments: [
            ("verify", 1), ("identify", 1), ("hash", 1), ("convert --to r12", 1), ("figures sizes --model", 2), ("diff", 2),
        ])
    func unread(_ command: String, _ status: Int32) throws {
        let files = try Files()
        var words = command.split(separator: " ").map(String.init) + [files.name("BIG")]
        if command == "diff" { words.append(files.name("MODEL")) }
        if command.hasPrefix("convert") { words.append(files.name("OUT")) }
        let outcome = try Tool.run(words)
        #expect(outcome.status == status, "\(command): \(outcome.errors)")
        #expect((outcome.text + outcome.errors).contains("big-endian"), "\(command): \(outcome.errors)")
    }

    @Test("each command line ends as documented")
    func statuses() throws {
        let files = try Files()
        // Where there is a device, nothing is unavailable.
        let hasDevice = FileManager.default.fileExists(atPath: "/dev/nvidiactl")
        for (command, status, line) in Self.lines where !(hasDevice && line.contains("cuda")) {
            let words = line.split(separator: " ").map { files.name(String($0)) }
            let outcome = try Tool.run(command.split(separator: " ").map(String.init) + words)
            #expect(outcome.exited && outcome.status == status, "\(command) \(line): \(outcome.status) \(outcome.errors)")
            // Every failure says why; findings are on standard output or standard error.
            if status > 1 { #expect(!outcome.errors.isEmpty || command == "verify" || command == "identify", "\(command) \(line)") }
        }
        for command in Set(Self.lines.map(\.command)) {
            #expect(try Tool.run(command.split(separator: " ").map(String.init) + ["--frobnicate"]).status == 64, "\(command)")
        }
    }

    /// The inputs that the lines name.
    struct Files {
        private let folder: TemporaryFolder
        private let names: [String: String]

        init() throws {
            folder = try TemporaryFolder()
            let model = try Repository.bytes(VerifyCommandTests.model)
            var names = ["OUT": folder.path("out"), "NONE": folder.path("absent"), "TEXT": PerplexityCommandTests.text]
            names["MODEL"] = try folder.file("model.gguf", model)
            var big = model
            for range in [4..<8, 8..<16, 16..<24] { big.replaceSubrange(range, with: model[range].reversed()) }
            names["BIG"] = try folder.file("big.gguf", big)
            (names["NEW"], names["ABSENTDIR"]) = (folder.path("new"), folder.path("nowhere"))
            names["EVIDENCE"] = folder.path("evidence")
            let evidence = ["--source", folder.path("model.gguf"), "--text", PerplexityCommandTests.text, "-c", "64", "--chunks", "1"]
            #expect(try Tool.run(["evidence", folder.path("model.gguf"), "-o", folder.path("evidence")] + evidence).status == 0)
            names["CUT"] = try folder.file("cut.gguf", Array(model.prefix(3000)))
            names["TRAILING"] = try folder.file("trailing.gguf", model + [UInt8](repeating: 7, count: 100))
            // The type number of token_embd.weight, after its name, two dimensions and their count: Q5_K instead of Q6_K, which has more
            // bytes.
            var wrong = model
            let name = Array("token_embd.weight".utf8)
            let at = try #require(wrong.indices.first { wrong[$0...].starts(with: name) }) + name.count + 4 + 16
            #expect(wrong[at] == 14)
            wrong[at] = 13
            names["MISLABELLED"] = try folder.file("mislabelled.gguf", wrong)
            names["BLOCKS"] = try folder.file("blocks", [UInt8](repeating: 0, count: 110))
            names["ODD"] = try folder.file("odd", [UInt8](repeating: 0x5B, count: 111))
            names["FLOATS"] = try folder.file("floats", [UInt8](repeating: 0, count: 1024))
            names["NAN"] = try folder.file("nan", [UInt8](repeating: 0xFF, count: 1024))
            // A program that knows everything and ends at the first question.
            let adapter = """
                import json, sys
                for line in sys.stdin:
                    ask = json.loads(line)
                    if ask["op"] != "hello":
                        sys.exit(3)
                    known = {"decode": ["q3_k"], "encode": ["q3_k"], "quantize": ["q3_k"], "dot": ["q3_k"]}
                    print(json.dumps({"id": ask["id"], "protocol": 1, "name": "crashing", "version": "1", "supports": known}), flush=True)
                """
            names["COMMAND"] = "python3 " + (try folder.file("crashing.py", Array(adapter.utf8)))
            names["CRASHING"] = "exec:" + (names["COMMAND"] ?? "")
            #if arch(arm64)
                names["ABSENT"] = "avx2"
            #else
                names["ABSENT"] = "neon"
            #endif
            let manifest = try Tool.run(["hash", names["MODEL"] ?? ""]).text
            names["MANIFEST"] = try folder.file("manifest", Array(Self.altered(manifest).utf8))
            let pieces = try Tool.run(["hash", "--chunks", "--chunk-size", "65536", names["MODEL"] ?? ""]).output
            names["CHUNKS"] = try folder.file("chunks", Array(pieces))
            for (word, chunks) in [("RECORD", "1"), ("OTHER", "2")] {
                names[word] = folder.path(word)
                let line = [
                    "perplexity", "-q", "-m", VerifyCommandTests.model, "-f", PerplexityCommandTests.text, "-c", "64", "--chunks", chunks,
                ]
                #expect(try Tool.run(line + ["--record", folder.path(word)]).status == 0)
            }
            self.names = names
        }

        /// Another last digit in the first digest.
        private static func altered(_ manifest: String) -> String {
            guard let digest = manifest.firstMatch(of: /[0-9a-f]{32}/) else { return manifest }
            let text = String(digest.output)
            return manifest.replacingOccurrences(of: text, with: text.dropLast() + (text.hasSuffix("0") ? "1" : "0"))
        }

        func name(_ word: String) -> String {
            if word.hasPrefix("NONE/") { return (names["NONE"] ?? "") + word.dropFirst(4) }
            return names[word] ?? word
        }
    }
}
