import Foundation
import TestSupport
import Testing

@Suite("Signals, and what they leave")
struct SignalTests {
    private static let model = VerifyCommandTests.model
    private static let text = PerplexityCommandTests.text

    @Test("A reader that goes away ends the program by SIGPIPE, which a shell sees as 141, silently")
    func brokenPipe() throws {
        // More than a pipe holds, so that the writer notices.
        let outcome = try Tool.shell("{ \"$HIFI\" figures report --no-progress -o -; echo $? >&2; } | head -c 1 > /dev/null")
        #expect(outcome.errors == "141\n")
    }

    @Test("With SIGPIPE ignored, a reader that goes away is an error of the output")
    func ignoredBrokenPipe() throws {
        let outcome = try Tool.shell("trap '' PIPE; { \"$HIFI\" figures report --no-progress -o -; echo $? >&2; } | head -c 1 > /dev/null")
        #expect(outcome.errors == "hifi: error: cannot write standard output: Broken pipe\n74\n")
    }

    @Test("A lost error message does not change the result")
    func closedErrors() throws {
        let folder = try TemporaryFolder()
        // Text that is not UTF-8 gives a note.
        let text = try folder.file("text", [0xFF] + Repository.bytes(Self.text))
        let line = "\"$HIFI\" perplexity -m \(Self.model) -f \(text) -c 32 --chunks 1"
        let usual = try Tool.shell(line)
        let full = try Tool.shell("\(line) 2> /dev/full > \(folder.path("out"))")
        #expect(usual.status == 0 && full.status == 0 && usual.errors.hasPrefix("note: "))
        #expect(try Data(contentsOf: folder.url("out")) == usual.output)
    }

    @Test("Help that cannot be written is an error too")
    func help() throws {
        let outcome = try Tool.shell("\"$HIFI\" --help > /dev/full")
        #expect(outcome.status == 74)
        #expect(outcome.errors == "hifi: error: cannot write standard output: No space left on device\n")
    }

    // MARK: - Interrupted runs

    private static func line(_ record: String, _ more: String = "") -> String {
        "exec \"$HIFI\" perplexity -m \(model) -f \(text) -c 32 --chunks 6 -t 1 --exact --record '\(record)' \(more)"
    }

    /// Runs until a few chunks are done, sends a signal, and waits for the end.
    private func interrupt(
        _ line: String, by signal: Int32
    ) throws -> (status: Int32, signal: Int32?, output: String, errors: String) {
        let run = try RunningTool(shell: line)
        run.waitUntil { run.output.contains("[2]") }
        kill(run.pid, signal)
        return try run.end()
    }

    @Test("Whatever signal ends a run, the chunks done are kept", arguments: [SIGTERM, SIGHUP])
    func kept(signal: Int32) throws {
        let folder = try TemporaryFolder()
        let interrupted = try interrupt(Self.line(folder.path("r.json")), by: signal)
        #expect(interrupted.signal == signal && interrupted.errors.contains(" of 6 chunks are kept in "), "\(interrupted)")
        #expect(folder.names == ["r.json.partial"])
    }

    @Test("An interrupted run keeps the chunks done; resumed it gives the bits of a run in one go")
    func resume() throws {
        let (folder, signal) = (try TemporaryFolder(), SIGINT)
        let whole = try Tool.shell(Self.line(folder.path("whole.json")))
        #expect(whole.status == 0, "\(whole.errors)")
        let record = folder.path("r.json")
        let interrupted = try interrupt(Self.line(record), by: signal)
        #expect(interrupted.signal == signal, "\(interrupted)")
        #expect(interrupted.errors.hasPrefix("hifi: interrupted: ") && interrupted.errors.contains(" chunks are kept in \(record).partial"))
        #expect(folder.names == ["r.json.partial", "whole.json"])
        let partial = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: folder.url("r.json.partial"))) as? [String: Any])
        #expect(partial["partial"] != nil)
        let done = try #require(partial["chunks"] as? [Any]).count
        #expect(done >= 2)
        // It is not a record to be compared or merged.
        let merged = try Tool.run(["perplexity", "merge", record + ".partial"])
        #expect(merged.status == 2 && merged.errors.contains("interrupted"), "\(merged.errors)")

        let resumed = try Tool.shell(Self.line(record, "--resume"))
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(resumed.output == whole.output)
        #expect(try Data(contentsOf: folder.url("r.json")) == Data(contentsOf: folder.url("whole.json")))
        #expect(folder.names == ["r.json", "whole.json"])
        // Once more: there is nothing left to do.
        let again = try Tool.shell(Self.line(record, "--resume"))
        #expect(again.output == whole.output)
        #expect(try Data(contentsOf: folder.url("r.json")) == Data(contentsOf: folder.url("whole.json")))
    }

    @Test("What was kept under other conditions is refused, naming the difference")
    func otherConditions() throws {
        let folder = try TemporaryFolder()
        let record = folder.path("r.json")
        #expect(try interrupt(Self.line(record), by: SIGINT).signal == SIGINT)
        let kept = try Data(contentsOf: folder.url("r.json.partial"))
        try Data("Another text. ".utf8 + Data(contentsOf: URL(fileURLWithPath: Repository.root.path + "/" + Self.text)))
            .write(to: folder.url("text"))
        func resume(_ words: String) throws -> Tool.Outcome {
            try Tool.shell("\"$HIFI\" perplexity -m \(Self.model) --record '\(record)' --resume \(words)")
        }
        for (words, name) in [
            ("-f \(Self.text) -c 32 --chunks 6", "arithmetic (exact there, kernels here)"),
            ("-f \(folder.path("text")) -c 32 --exact --chunks 6", "text ("),
            ("-f \(Self.text) -c 40 --exact --chunks 6", "context ("), ("-f \(Self.text) -c 32 --exact --chunks 7", "chunks ("),
        ] {
            let outcome = try resume(words)
            #expect(outcome.status == 1 && outcome.output.isEmpty, "\(outcome.errors)")
            #expect(outcome.errors.contains("these differ: ") && outcome.errors.contains(name), "\(name) \(outcome.errors)")
            #expect(try Data(contentsOf: folder.url("r.json.partial")) == kept)
        }
        #expect(try Tool.shell("\"$HIFI\" perplexity -m \(Self.model) -f \(Self.text) --resume").status == 64)
        #expect(try resume("-f \(Self.text) --write-kl-base \(folder.path("b"))").status == 64)
    }

    @Test("Without a record an interruption says that nothing is kept; a file to be replaced stays")
    func nothingKept() throws {
        let folder = try TemporaryFolder()
        let line = "exec \"$HIFI\" perplexity -m \(Self.model) -f \(Self.text) -c 32 --chunks 6 -t 1 --exact"
        #expect(try interrupt(line, by: SIGINT).errors.contains("are not kept"))
        let base = try folder.file("base", [1, 2, 3])
        let outcome = try interrupt("\(line) --write-kl-base \(base)", by: SIGINT)
        #expect(outcome.signal == SIGINT && outcome.errors.contains("\(base) is as it was"), "\(outcome.errors)")
        #expect(try folder.bytes("base") == [1, 2, 3])
        #expect(folder.names == ["base"])
    }
}
