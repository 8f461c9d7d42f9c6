import Foundation
import TestSupport
import Testing

@Suite("Options that would do nothing are refused")
struct UselessOptionTests {
    @Test(
        "with 64, before anything is read, naming the option",
        arguments: [
            ("decode --list --type q3_k", "--list"), ("decode --list --columns 256", "--list"),
            ("decode --type q3_k --blocks x -o y --columns 256", "--columns"),
            ("decode --list --backend cpu", "--list"),
            ("encode --type q8_k --columns 256 --input x -o y --backend exec:x --outliers 3", "--outliers"),
            ("encode --type q3_k --columns 256 --input x -o y --backend exec:x --on-nonfinite clamp", "--on-nonfinite"),
            ("dot --type q3_k --blocks x --activations y -o z --backend cpu --meaning add", "--meaning"),
            ("hash x --check m --algorithm sha1", "--algorithm"), ("hash x --check m --form common", "--form"),
            ("hash x --format json", "--format"), ("hash x --chunk-size 65536", "--chunk-size"),
            ("hash x --chunks --form common", "--chunks"),
            ("hash x --chunks --algorithm sha256 --algorithm xxh128", "--algorithm"), ("hash x --chunks --chunk-size 0", "--chunk-size"),
            ("repair x --manifest m --from y", "--from"), ("repair x --manifest m --in-place -o y", "--in-place"),
            ("hash x -q", "--quiet"), ("verify x --header-only --manifest m", "--manifest"),
            ("verify x --header-only --digests", "--digests"), ("verify x --tensor t --manifest m", "--manifest"),
            ("verify - --tensor t", "--tensor"), ("identify - --tensor t", "--tensor"), ("hash --chunks https://a/b", "--chunks"),
            ("attribute x --source y --tensors -q", "--tensors"), ("attribute x --source y --tensors --format json", "--tensors"),
            ("hash x --form in-toto --algorithm xxh128", "--form"),
            ("verify x --format sarif --digests", "--digests"), ("convert a b --stamp --threads 3", "--threads"),
            ("quantize a b --mix q8_0 --dry-run --threads 3", "--threads"),
            ("quantize a b --mix q8_0 --allow-partial-imatrix", "--allow-partial-imatrix"), ("inspect x --format json --keys", "--keys"),
            ("perplexity -m x -f y --backend reference --exact", "--exact"),
            ("imatrix -m x -f y -o z --backend reference --exact", "--exact"),
            ("perplexity -m x -f y --device cuda --backend avx2", "--backend"), ("perplexity -m x --kl-base y --context 9", "--context"),
            ("perplexity -m x -f t --kl-base y --write-kl-base z", "--kl-base"), ("perplexity compare a b --kl-base c", "--kl-base"),
            ("figures perplexity -m x --record y -f z", "--text"), ("figures perplexity -m x --record y -t 2", "--threads"),
            ("figures perplexity -m x --record y --chunks 3", "--chunks"), ("figures perplexity -m x -m y --record z", "--record"),
            ("perplexity merge a b --threads 2", "--threads"), ("conformance --timeout 3", "--timeout"),
            ("conformance --self-test --repeat 3", "--repeat"), ("conformance --format json --details", "--details"),
            ("conformance --self-test --format html", "--self-test"), ("bench --rows 8 --size memory", "--rows"),
            ("bench --mix q3_k_m", "--mix"), ("bench --op pp8 --shape qwen3-0.6b --type q3_k", "--type"),
            ("bench --op pp8 -m x --mix q3_k", "--mix"),
            ("bench --op pp8 -m x --columns 512", "--columns"), ("figures sizes --model x --output-tensor present", "--output-tensor"),
            ("diff a b --blocks c", "--blocks"), ("verify x --format yaml", "--format"), ("diff a b --format junit", "--format"),
            ("inspect x --format sarif", "--format"), ("inspect x -q --keys", "--keys"), ("decode --list -q", "--list"),
            ("dot --type q3_k --blocks x --activations y -o z --bounds -q", "--bounds"),
        ])
    func refused(line: String, option: String) throws {
        let outcome = try Tool.run(line.split(separator: " ").map(String.init))
        #expect(outcome.status == 64 && outcome.errors.contains(option), "\(outcome.status) \(outcome.errors)")
        #expect(!outcome.errors.contains("No such file"), "\(outcome.errors)")
    }

    @Test("what only the files show is refused after a look at them")
    func byContent() throws {
        let folder = try TemporaryFolder()
        let model = Repository.root.appendingPathComponent(VerifyCommandTests.model).path
        let floats = try folder.file("a.f32", [UInt8](repeating: 0, count: 1024))
        let typed = try Tool.run(["diff", model, model, "--type", "q3_k"])
        #expect(typed.status == 64 && typed.errors.contains("--type"), "\(typed.errors)")
        let numbered = try Tool.run(["diff", floats, floats, "--dialect", "fork-2025-12-22"])
        #expect(numbered.status == 64 && numbered.errors.contains("--dialect"), "\(numbered.errors)")
    }

    @Test("-q leaves standard output empty, whatever the command")
    func quiet() throws {
        let folder = try TemporaryFolder()
        let floats = try folder.file("a.f32", [UInt8](repeating: 0, count: 1024))
        let blocks = try folder.file("b", [UInt8](repeating: 0, count: 110))
        let model = VerifyCommandTests.model
        for line in [
            ["verify", model], ["identify", model], ["types", "12"], ["diff", floats, floats], ["figures", "sizes"],
            ["conformance", "--filter", "format:f16"],
            ["quantize", model, folder.path("q"), "--mix", "q8_0", "--allow-requantize"],
            ["convert", model, folder.path("c"), "--to", "r12"],
            ["figures", "report", "--rows", "1", "-o", folder.path("r.html")], ["figures", "audit"], ["inspect", model],
            ["inspect", model, "--format", "json"], ["perplexity", "tokens", "-m", model, PerplexityCommandTests.text],
            ["decode", "--type", "f32", "--blocks", floats, "-o", folder.path("d.f32")],
            ["encode", "--type", "q8_0", "--columns", "256", "--input", floats, "-o", folder.path("e")],
            ["dot", "--type", "q3_k", "--blocks", blocks, "--activations", floats, "-o", folder.path("p.f32")],
        ] {
            let outcome = try Tool.run(line + ["-q"])
            #expect(outcome.status == 0 && outcome.output.isEmpty, "\(line) \(outcome.errors)")
        }
    }
}
