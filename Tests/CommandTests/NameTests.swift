import Foundation
import HIFIBlockSpec
import TestSupport
import Testing

@Suite("Names on the command line: suggestions, completion, version")
struct NameTests {
    @Test(
        "what is mistyped is named, with what may have been meant",
        arguments: [
            ("verfy x.gguf", "did you mean verify?"), ("figures szes", "did you mean sizes?"),
            ("perplexity comprae a b", "did you mean compare?"),
            ("verify --heder-only x", "Did you mean '--header-only'?"), ("decode --type q4_kk --blocks x -o y", "did you mean q4_k?"),
            ("encode --type q3_k_hfi --input x -o y", "did you mean q3_k_hifi"), ("quantize a b --mix q3_k_hfi", "did you mean q3_k_hifi?"),
            ("quantize a b --mix q4_0 --tensor-type x=q4_kk", "did you mean q4_k?"),
            ("quantize a b --mix q3_k_hifi --revision r66", "did you mean r6?"),
            ("convert a b --to r133", "did you mean r13?"), ("convert a b --renumber fork-2025-12-23", "fork-2025-12-22"),
            ("bench --op pp8 --shape qwen3-0.6", "did you mean qwen3-0.6b?"), ("bench --type q4_kk", "did you mean q4_k?"),
            ("verify --rule GGUF-366=off:why x", "did you mean GGUF-36"), ("verify --require blcks x", "did you mean blocks?"),
            ("figures sizes --mix q4_km", "did you mean q4_k_m?"), ("figures sizes --revision r66", "did you mean r6?"),
            ("frobnicate", "known are verify, identify"),
        ])
    func suggestions(line: String, text: String) throws {
        let outcome = try Tool.run(line.split(separator: " ").map(String.init))
        #expect(outcome.status == 64 && outcome.errors.contains(text), "\(outcome.errors)")
    }

    @Test("a command is still found where help is asked for")
    func commands() throws {
        for line in [["help", "verify"], ["verify", "--help"], ["--help"], ["figures", "--help"]] {
            #expect(try Tool.run(line).status == 0, "\(line)")
        }
    }

    @Test("scripts for shells complete files, types, mixes, revisions and dialects", arguments: ["bash", "zsh", "fish"])
    func completion(shell: String) throws {
        let outcome = try Tool.run(["--generate-completion-script", shell])
        #expect(outcome.status == 0)
        let revision = { (id: String) in String(id.drop { $0 != "@" }.dropFirst()) }
        let names =
            ["gguf", "q3_k_hifi@r6", "q8_0", "q4_k_m", "quantize", "merge", "header-only", "junit"]
            + Spec.mixes.map(\.id) + Spec.dialects.map(\.id) + Spec.formats.filter { $0.decoding != nil }.map(\.id)
            + Spec.formats.filter { $0.family == "q3_k_hifi" && $0.decoding != nil }.map { revision($0.id) }
        for name in names { #expect(outcome.text.contains(name), "\(name)") }
        // Options with the same values of the same kind are completed everywhere: convert's --to, quantize's and sizes' --revision.
        #expect(outcome.text.components(separatedBy: "r12c").count - 1 >= 4)
    }

    @Test("bash takes its script")
    func script() throws {
        guard FileManager.default.isExecutableFile(atPath: "/bin/bash") else { return }
        let outcome = try Tool.shell("\"$HIFI\" --generate-completion-script bash | /bin/bash -n")
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    @Test("--version names tool, version, commit and spec version, for every command")
    func version() throws {
        for line in [["--version"], ["verify", "--version"], ["figures", "sizes", "--version"]] {
            let outcome = try Tool.run(line)
            let match = try #require(
                outcome.text.wholeMatch(of: /hifi (\d+\.\d+\.\d+), commit ([0-9a-f]{12}|unknown), spec (\S+)\n/), "\(outcome.text)")
            #expect(match.3 == Spec.version)
            if FileManager.default.fileExists(atPath: Repository.root.appendingPathComponent(".git").path) { #expect(match.2 != "unknown") }
        }
    }

    @Test(
        "what the parser refuses is one line that names the help",
        arguments: [
            "types abc", "types --known x", "conformance --level x", "decode --typ", "decode", "verify", "dot", "diff a",
            "dot --meaning x", "hash --algorithm x y", "quantize --nonsense",
        ])
    func oneLine(_ words: String) throws {
        let outcome = try Tool.run(words.split(separator: " ").map(String.init))
        #expect(outcome.status == 64)
        let lines = outcome.errors.split(separator: "\n")
        #expect(lines.count == 1 && outcome.errors.contains("--help`"), "\(outcome.errors)")
    }

    @Test("a number that means nothing is an answer, not an empty table")
    func noNumber() throws {
        let outcome = try Tool.run(["types", "9999"])
        #expect(
            outcome.status == 1 && outcome.output.isEmpty && outcome.errors.contains("nothing is known of type 9999"), "\(outcome.errors)")
        let filtered = try Tool.run(["types", "12", "--project", "prism", "--known", "named"])
        #expect(filtered.status == 1 && filtered.output.isEmpty && filtered.errors.contains("fits the options"), "\(filtered.errors)")
    }
}
