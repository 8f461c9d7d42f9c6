import Foundation
import TestSupport
import Testing

@Suite("Pipes, full disks and places that cannot be written")
struct StreamTests {
    private static let text = PerplexityCommandTests.text
    private static let measure = "perplexity -m \(VerifyCommandTests.model) -c 64 --chunks 1"

    @Test("Texts and blocks are read from pipes as from files", arguments: ["-f -", "-f /dev/stdin"])
    func pipes(option: String) throws {
        let piped = try Tool.shell("cat \(Self.text) | $HIFI \(Self.measure) \(option)")
        #expect(piped.status == 0, "\(piped.errors)")
        #expect(try piped.output == Tool.shell("$HIFI \(Self.measure) -f \(Self.text)").output)
        let decode = "$HIFI decode --type q3_k_hifi -o - --blocks"
        let blocks = try Tool.shell("head -c 268 \(VerifyCommandTests.model) | \(decode) /dev/stdin")
        #expect(blocks.status == 0 && blocks.output.count == 2 * 256 * 4, "\(blocks.errors)")
    }

    @Test("A model cannot be read from a pipe, and says so")
    func modelPipe() throws {
        let outcome = try Tool.shell("cat \(VerifyCommandTests.model) | $HIFI inspect /dev/stdin")
        #expect(outcome.status == 74)
        #expect(outcome.errors.contains("save it to a file first"))
    }

    #if os(Linux)
        @Test(
            "Output that cannot be written is an error and says so", arguments: ["decode --list", "figures audit", measure + " -f " + text])
        func fullDisk(command: String) throws {
            let outcome = try Tool.shell("$HIFI \(command) > /dev/full")
            #expect(outcome.status == 74)
            #expect(outcome.errors == "hifi: error: cannot write standard output: No space left on device\n")
        }
    #endif

    @Test("A reader that goes away ends the program silently, and no temporary file stays behind")
    func closedPipe() throws {
        let folder = try TemporaryFolder()
        let outcome = try Tool.shell(
            "$HIFI perplexity -m \(VerifyCommandTests.model) -f \(Self.text) -c 64 --write-kl-base '\(folder.path("base"))' | true")
        #expect(outcome.errors.isEmpty)
        // The shell has waited for both.
        #expect(folder.names == [])
    }

    @Test(
        "A place that cannot be written is an error before the work, not after it",
        arguments: [
            [measure, "-f", text, "--record", "/nonexistent/r.json"],
            ["imatrix -m", VerifyCommandTests.model, "-f", text, "-o", "/nonexistent/m"],
            ["figures report --output /nonexistent/r.html"],
        ])
    func places(words: [String]) throws {
        let outcome = try Tool.shell("$HIFI " + words.joined(separator: " "))
        #expect(outcome.status == 74)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains("cannot create /nonexistent/"))
    }

    @Test(
        "Files that appear complete or not at all do not go to standard output",
        arguments: [
            "quantize \(VerifyCommandTests.model) - --mix q3_k_m --allow-requantize", "convert \(VerifyCommandTests.model) - --to r13",
            measure + " -f \(text) --write-kl-base -",
        ])
    func standardOutput(command: String) throws {
        let outcome = try Tool.shell("$HIFI \(command)")
        #expect(outcome.status == 74, "\(outcome.errors)")
        #expect(outcome.errors.hasPrefix("hifi: error: cannot "))
        #expect(!FileManager.default.fileExists(atPath: Repository.root.appendingPathComponent("-").path))
    }

    @Test("verify of a file that is not there prints nothing but the error")
    func nothing() throws {
        let outcome = try Tool.run(["verify", "nothing.gguf"])
        #expect(outcome.status == 74 && outcome.output.isEmpty)
        #expect(outcome.errors == "hifi: error: cannot open nothing.gguf: No such file or directory\n")
    }

    @Test("A quiet dry run prints nothing, as the option says")
    func quietDryRun() throws {
        let plan = ["quantize", VerifyCommandTests.model, "out.gguf", "--mix", "q3_k_m", "--allow-requantize", "--dry-run"]
        #expect(try Tool.run(plan).text.contains("not written (--dry-run)"))
        let quiet = try Tool.run(plan + ["-q"])
        #expect(quiet.status == 0 && quiet.output.isEmpty && quiet.errors.isEmpty)
    }

    @Test("An outlier count that the type does not have")
    func outliers() throws {
        let folder = try TemporaryFolder()
        let input = try folder.file("w.f32", [])
        func message(_ type: String) throws -> String {
            try Tool.run(["encode", "--type", type, "--columns", "256", "--input", input, "-o", folder.path("o"), "--outliers", "9"]).errors
        }
        #expect(try message("q3_k") == "hifi: error: q3_k has no outliers to choose a number of\n")
        #expect(try message("q3_k_hifi@r6") == "hifi: error: q3_k_hifi@r6 cannot be asked for 9 outliers per block, only for 8\n")
        #expect(try message("q3_k_hifi@r12").hasSuffix("only for 0 to 8\n"))
    }
}
