import Adapters
import Foundation
import HIFIBlockSpec
import HIFIReference
import Suite
import TestSupport
import Testing

/// An adapter whose answer to the first request is `misbehaviour` and to later ones right: +1 for every decode.
private func adapter(_ misbehaviour: String, in folder: URL, start: String = "") throws -> [String] {
    let script = """
        import json, os, signal, sys, time
        \(start)
        once = os.path.join(os.path.dirname(__file__), "once")
        for line in sys.stdin:
            ask = json.loads(line)
            if ask["op"] == "bye":
                break
            if ask["op"] == "hello":
                print(json.dumps({"id": ask["id"], "name": "odd", "protocol": 1}), flush=True)
                continue
            right = {"id": ask["id"], "floats": "0000803f" * 32}
            if not os.path.exists(once):
                open(once, "w").close()
                \(misbehaviour)
                continue
            print(json.dumps(right), flush=True)
        """
    let path = folder.appendingPathComponent("adapter.py")
    try Data(script.utf8).write(to: path)
    return [try #require(Fixture.python), path.path]
}

private let block = Request.decode(format: "q8_0", blocks: [UInt8](repeating: 0, count: 34))
private let right = Answer.floats([UInt32](repeating: 0x3F80_0000, count: 32))

@Suite("Foreign programs answer, and whatever else they do is an answer too", .enabled(if: Fixture.python != nil))
struct ExecSystemTests {
    private func answers(_ misbehaviour: String, timeout: Duration = .seconds(20)) throws -> [Answer] {
        let folder = try Fixture.folder()
        defer { Fixture.remove(folder) }
        let system = ExecSystem(command: try adapter(misbehaviour, in: folder), timeout: timeout)
        defer { system.stop() }
        return [system.answer(block), system.answer(block)]
    }

    @Test("death by a signal is a crash that names it and quotes the last words; the next request finds it alive again")
    func signal() throws {
        let answers = try answers("print('out of luck', file=sys.stderr, flush=True); os.kill(os.getpid(), signal.SIGSEGV)")
        guard case .crash(let text) = answers[0] else { return #expect(Bool(false), "\(answers[0])") }
        #expect(text.contains("SIGSEGV") && text.contains("out of luck"))
        #expect(answers[1] == right)
    }

    @Test("an exit is a crash with its status, even with half an answer written", arguments: [3, 0])
    func exit(status: Int) throws {
        let answers = try answers("sys.stdout.write('{\"id\": '); sys.stdout.flush(); os._exit(\(status))")
        guard case .crash(let text) = answers[0] else { return #expect(Bool(false), "\(answers[0])") }
        #expect(text.contains("exit status \(status)"))
        #expect(answers[1] == right)
    }

    @Test("no answer in time is a timeout, and what the program started dies with it")
    func hang() throws {
        let folder = try Fixture.folder()
        defer { Fixture.remove(folder) }
        let pidFile = folder.appendingPathComponent("pid").path
        let misbehaviour = "open('\(pidFile)', 'w').write(str(__import__('subprocess').Popen(['sleep', '600']).pid)); time.sleep(600)"
        let system = ExecSystem(command: try adapter(misbehaviour, in: folder), timeout: .seconds(3))
        defer { system.stop() }
        let started = ContinuousClock.now
        #expect(system.answer(block) == .timeout(seconds: 3))
        #expect(ContinuousClock.now - started < .seconds(40))
        let pid = try #require(Int32(try String(contentsOfFile: pidFile, encoding: .utf8)))
        // The killed grandchild is reaped by init in its own time.
        for _ in 0..<200 where !isGone(pid) { usleep(20_000) }
        #expect(isGone(pid))
        #expect(system.answer(block) == right)
    }

    /// No such process, or one that is dead and not yet collected by its new parent.
    private func isGone(_ pid: Int32) -> Bool {
        if kill(pid, 0) != 0 { return true }
        let status = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? ""
        return status.contains(") Z ")
    }

    @Test(
        "nonsense is an error that quotes it",
        arguments: [
            ("print('hello there', flush=True)", "hello there"),
            ("print('[1, 2]', flush=True)", "not a JSON object"),
            ("print(json.dumps({'floats': ''}), flush=True)", "without an \"id\""),
            ("print(json.dumps({**right, 'id': ask['id'] + 7}), flush=True)", "was asked"),
            ("print(json.dumps({'id': ask['id']}), flush=True)", "exactly one"),
            ("print(json.dumps({**right, 'skipped': 'no'}), flush=True)", "exactly one"),
            ("print(json.dumps({'id': ask['id'], 'bytes': '00'}), flush=True)", "answered with \"floats\""),
            ("print(json.dumps({'id': ask['id'], 'floats': '00'}), flush=True)", "128 are right"),
            ("print(json.dumps({'id': ask['id'], 'floats': 'zz' * 128}), flush=True)", "neither hexadecimal"),
            ("print(json.dumps({'id': ask['id'], 'floats': {'offset': 0, 'bytes': 128}}), flush=True)", "nor a part of the bulk file"),
            ("print(json.dumps({'id': ask['id'], 'floats': {'offset': -4, 'bytes': 128}}), flush=True)", "nor a part of the bulk file"),
            (
                "print(json.dumps({'id': ask['id'], 'floats': {'offset': 9 * 10**18, 'bytes': 9 * 10**18}}), flush=True)",
                "128 are right"
            ),
            ("print('[' * 100000, flush=True)", "nested deeper"),
            ("sys.stdout.buffer.write(b'\\xff\\xfe\\n'); sys.stdout.flush()", "not JSON"),
            ("sys.stdout.write('x' * 4000000); sys.stdout.flush(); time.sleep(100)", "without an end of line"),
        ])
    func nonsense(_ misbehaviour: String, _ expected: String) throws {
        let answers = try answers(misbehaviour)
        guard case .broken(let text) = answers[0] else { return #expect(Bool(false), "\(answers[0])") }
        #expect(text.contains(expected), "\(text)")
        #expect(answers[1] == right)
    }

    @Test("skipped and error are handed on in the program's own words")
    func own() throws {
        #expect(
            try answers("print(json.dumps({'id': ask['id'], 'skipped': 'not mine'}), flush=True)") == [.skipped(reason: "not mine"), right])
        #expect(try answers("print(json.dumps({'id': ask['id'], 'error': 'sorry'}), flush=True)") == [.error("sorry"), right])
        #expect(
            try answers("print(json.dumps({'id': ask['id'], 'error': 'overrun', 'broken': True}), flush=True)")
                == [.broken("overrun"), right])
    }

    @Test("base64 is as good as hexadecimal")
    func base64() throws {
        let answers = try answers(
            "text = __import__('base64').b64encode(b'\\0\\0\\x80?' * 32).decode(); "
                + "print(json.dumps({'id': ask['id'], 'floats': {'base64': text}}), flush=True)"
        )
        #expect(answers == [right, right])
    }

    @Test("a program that reads nothing and writes to both pipes without end ends in an error, not in a deadlock")
    func flood() throws {
        let answers = try answers("[(sys.stderr.write('e' * 65536), sys.stdout.write('o' * 65536)) for _ in range(400)]")
        guard case .broken(let text) = answers[0] else { return #expect(Bool(false), "\(answers[0])") }
        #expect(text.contains("without an end of line"))
        #expect(answers[1] == right)
    }

    @Test("a program that does not exist is unavailable")
    func missing() {
        let system = ExecSystem(command: ["/nonexistent/adapter"])
        #expect(throws: ExecStartError.self) { try system.start() }
        guard case .broken(let text) = system.answer(block) else { return #expect(Bool(false)) }
        #expect(text.contains("/nonexistent/adapter"))
    }

    @Test("a program that never greets is started three times and then left alone")
    func noGreeting() throws {
        let folder = try Fixture.folder()
        defer { Fixture.remove(folder) }
        let count = folder.appendingPathComponent("count").path
        let system = ExecSystem(command: ["/bin/sh", "-c", "echo x >> \(count); exit 4"])
        for _ in 0..<6 {
            guard case .crash(let text) = system.answer(block) else { return #expect(Bool(false)) }
            #expect(text.contains("exit status 4"))
        }
        #expect(try String(contentsOfFile: count, encoding: .utf8) == "x\nx\nx\n")
    }

    @Test("a program that ends by itself between two requests is started again silently")
    func oneShot() throws {
        let folder = try Fixture.folder()
        defer { Fixture.remove(folder) }
        let command = try adapter("print(json.dumps(right), flush=True); sys.exit(0)", in: folder)
        let system = ExecSystem(command: command)
        defer { system.stop() }
        #expect(system.answer(block) == right)
        usleep(300_000)
        #expect(system.answer(block) == right)
    }

    @Test("types that a greeting does not list are skipped without asking")
    func capabilities() throws {
        let folder = try Fixture.folder()
        defer { Fixture.remove(folder) }
        let path = folder.appendingPathComponent("a.py")
        try Data(
            """
            import json, sys
            for line in sys.stdin:
                ask = json.loads(line)
                if ask["op"] == "hello":
                    print(json.dumps({"id": ask["id"], "name": "n", "supports": {"decode": ["Q3_K_HIFI"], "dot": ["*"]}}), flush=True)
                else:
                    print(json.dumps({"id": ask["id"], "error": "asked"}), flush=True)
            """.utf8
        ).write(to: path)
        let system = ExecSystem(command: [try #require(Fixture.python), path.path])
        defer { system.stop() }
        #expect(system.answer(block) == .skipped(reason: "n does not list decode of q8_0"))
        #expect(system.answer(.decode(format: "q3_k_hifi@r6", blocks: [])) == .error("asked"))
        #expect(system.answer(.dot(format: "q3_k", blocks: [], activationFormat: "q8_k", activations: [])) == .error("asked"))
        #expect(system.answer(.quantizeActivations(format: "q8_k", values: [])) == .error("asked"))
    }
}

@Suite("Command lines")
struct CommandWordsTests {
    @Test(
        "words, quotes and what only a shell understands",
        arguments: [
            ("python3 a.py --x 1", ["python3", "a.py", "--x", "1"]),
            ("  'a b' \"c \\\" d\" e\\ f ''", ["a b", "c \" d", "e f", ""]),
            ("a | b", ["/bin/sh", "-c", "a | b"]),
            ("X=1 prog", ["/bin/sh", "-c", "X=1 prog"]),
            ("prog \"$HOME\"", ["/bin/sh", "-c", "prog \"$HOME\""]),
        ])
    func split(_ line: String, _ words: [String]) { #expect(CommandWords.split(line) == words) }

    @Test("nothing, and quotes left open", arguments: ["", "   ", "'a", "\"a", "a\\"])
    func broken(_ line: String) { #expect(CommandWords.split(line) == nil) }
}
