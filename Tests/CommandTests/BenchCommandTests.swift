import Testing

@Suite("hifi bench")
struct BenchCommandTests {
    @Test("text names the machine and has a table for each operation, with a row for each type")
    func text() throws {
        let outcome = try Tool.run([
            "bench", "--op", "decode", "--op", "scan", "--type", "q3_k", "--type", "q4_0", "--rows", "2", "--samples", "1", "--backend",
            "scalar",
        ])
        #expect(outcome.status == 0)
        let lines = outcome.text.split(separator: "\n").map(String.init)
        #expect(lines.first?.contains("GHz") == true)
        #expect(lines.contains { $0.hasPrefix("kernels scalar (of scalar") })
        #expect(lines.contains("decode (rows of 4096)") && lines.contains("scan (rows of 4096)"))
        for type in ["q3_k", "q4_0"] { #expect(lines.count { $0.hasPrefix("  \(type) ") } == 2) }
        #expect(!lines.contains { $0.contains("NOT") })
    }

    @Test("types without a kernel are measured, and labelled as the reference's")
    func reference() throws {
        let outcome = try Tool.run(["bench", "--op", "decode", "--type", "q8_1", "--rows", "1", "--samples", "1"])
        #expect(outcome.text.contains("q8_1 (no kernel: reference)"))
    }

    @Test(
        "invalid options are a usage error",
        arguments: [
            "--op fly", "--type q9_z", "--backend mmx", "--columns 100", "--rows 0", "--threads 0", "--samples 0", "--size huge",
            "--op scan --type i8", "--op decode --type q3_k --rows 999999999999",
        ])
    func usage(words: String) throws {
        #expect(try Tool.run(["bench"] + words.split(separator: " ").map(String.init)).status == 64)
    }
}
