import Console
import Foundation
import TestSupport
import Testing

@Suite("Progress: how much is done, of how much, how long it will take")
struct ProgressTests {
    @Test(
        "bytes: share, amounts, pace and time left",
        arguments: [
            (0, 4096, 0.0, "0% 0 B of 4.00 KiB"), (1024, 4096, 2.0, "25% 1.00 KiB of 4.00 KiB, 512 B/s, 6 s left"),
            (3 << 30, 4 << 30, 10.0, "75% 3.00 GiB of 4.00 GiB, 307.20 MiB/s, 4 s left"),
            (4096, 4096, 2.0, "100% 4.00 KiB of 4.00 KiB, 2.00 KiB/s, 0 s left"),
            // What is odd must not trap.
            (9000, 4096, 1.0, "100% 4.00 KiB of 4.00 KiB, 4.00 KiB/s, 0 s left"), (-5, 4096, 1.0, "0% 0 B of 4.00 KiB"),
            (1, .max, 1e-9, "0% 1 B of 8388608.00 TiB, 953.67 MiB/s, 106751 d 23 h left"),
        ])
    func bytes(done: Int, total: Int, elapsed: Double, line: String) {
        #expect(ProgressText(.bytes).line("", done: done, of: total, elapsed: elapsed, width: 200) == line)
    }

    @Test(
        "time left in the units that suit it",
        arguments: [
            (1, "9 s left"), (59, "8 min 51 s left"), (60, "9 min 00 s left"), (3600, "9 h 00 min left"), (40_000, "4 d 4 h left"),
        ] as [(Double, String)])
    func timeLeft(elapsed: Double, words: String) {
        let line = ProgressText(.things("chunks")).line("", done: 1, of: 10, elapsed: elapsed, width: 200)
        #expect(line == "10% 1 of 10 chunks, \(words)")
    }

    @Test("what was done by an earlier run says nothing about the pace")
    func resumed() {
        let line = ProgressText(.things("chunks"), before: 50).line("", done: 60, of: 100, elapsed: 10, width: 200)
        #expect(line == "60% 60 of 100 chunks, 40 s left")
    }

    @Test("a line is no wider than the terminal")
    func width() {
        let line = ProgressText(.things("cases")).line("a-long-name-of-a-case", done: 1, of: 2, elapsed: 1, width: 40)
        #expect(line == "50% 1 of 2 cases, 1 s left  a-long-name…" && line.count == 40)
    }

    /// A clock that stands until it is set, and a screen that keeps what is written.
    private final class Terminal {
        var time = Duration.zero
        var width = 80
        var written: [String] = []

        var screen: ProgressLine.Screen {
            .init(width: { self.width }) { self.written.append(String(decoding: $0, as: UTF8.self)) }
        }
    }

    @Test("ten lines a second at most, none in the first tenth, and cleared at the end")
    func rate() {
        let terminal = Terminal()
        let line = ProgressLine(.things("chunks"), on: terminal.screen) { terminal.time }
        for step in 0..<100 {
            terminal.time = .milliseconds(10 * step)
            line.update("x", done: step, of: 200)
        }
        #expect(terminal.written.count == 9)
        #expect(terminal.written.first == "\r\u{1B}[K5% 10 of 200 chunks, 2 s left  x")
        line.finish()
        line.finish()
        #expect(terminal.written.count == 10 && terminal.written.last == "\r\u{1B}[K")
    }

    @Test("a command that shows nothing clears nothing")
    func short() {
        let terminal = Terminal()
        let line = ProgressLine(.bytes, on: terminal.screen) { terminal.time }
        line.update(done: 1, of: 2)
        line.finish()
        #expect(terminal.written.isEmpty)
    }

    // MARK: - On a terminal
    #if os(Linux)

        /// What the tool writes to a terminal of 60 columns that is its standard error, and its output if that is wanted.
        private func recording(_ line: String, outputToo: Bool = false) throws -> (screen: String, output: String, status: Int32) {
            // As posix_openpt, unlockpt and ptsname do it, which Swift does not import.
            let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
            var (unlocked, number) = (Int32(0), UInt32(0))
            guard master >= 0, ioctl(master, 0x4004_5431, &unlocked) == 0, ioctl(master, 0x8004_5430, &number) == 0 else {
                print("SKIPPED: progress was not recorded: there are no pseudo-terminals here")
                try Test.cancel("no pseudo-terminal")
            }
            let name = "/dev/pts/\(number)"
            let slave = open(name, O_RDWR | O_NOCTTY)
            var size = winsize(ws_row: 24, ws_col: 60, ws_xpixel: 0, ws_ypixel: 0)
            guard slave >= 0, ioctl(master, UInt(TIOCSWINSZ), &size) == 0 else {
                print("SKIPPED: progress was not recorded: a pseudo-terminal cannot be opened")
                try Test.cancel("no pseudo-terminal")
            }
            let folder = try TemporaryFolder()
            let run = try RunningTool(
                shell: "exec 2> '\(name)'; \(outputToo ? "exec > '\(name)';" : "") \(line) \(outputToo ? "" : "> '\(folder.path("out"))'")",
                environment: ["TERM": "xterm"])
            var screen: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 4096)
            func take() {
                var entry = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
                while poll(&entry, 1, 20) > 0 {
                    let count = read(master, &chunk, chunk.count)
                    guard count > 0 else { return }
                    screen += chunk[..<count]
                }
            }
            while run.process.isRunning { take() }
            take()
            close(slave)
            close(master)
            let end = try run.end()
            let output = outputToo ? "" : String(decoding: try folder.bytes("out"), as: UTF8.self)
            return (String(decoding: screen, as: UTF8.self), output, end.status)
        }

        private static let perplexity =
            "\"$HIFI\" perplexity -m \(VerifyCommandTests.model) -f \(PerplexityCommandTests.text) -c 32 --chunks 160 --exact -t 1"

        @Test("a recording of a long command: rewritten lines with done, total and time left, cleared at the end")
        func recorded() throws {
            let (screen, output, status) = try recording(Self.perplexity)
            #expect(status == 0)
            // Every line begins by clearing the one before, and the last one is cleared.
            let lines = screen.components(separatedBy: "\r\u{1B}[K")
            #expect(lines.count > 2 && lines.first == "" && lines.last == "", "\(screen.debugDescription)")
            let form = /[0-9]+% [0-9]+ of [0-9]+ chunks, ([0-9]+ min )?[0-9]+ s left  PPL [0-9.]+/
            for line in lines.dropFirst().dropLast() {
                #expect(line.wholeMatch(of: form) != nil && line.count < 60, "\(line.debugDescription)")
            }
            #expect(output.hasPrefix("[1]") && output.contains("Final estimate: PPL = "))
        }

        @Test("results and progress on one terminal do not overwrite each other")
        func shared() throws {
            let (screen, _, status) = try recording(Self.perplexity, outputToo: true)
            #expect(status == 0)
            let last = try #require(screen.range(of: "\r\u{1B}[K", options: .backwards))
            let plain = try Tool.shell(Self.perplexity).text
            #expect(screen[last.upperBound...].replacingOccurrences(of: "\r\n", with: "\n") == plain)
        }

        @Test("nothing with -q, with --no-progress, and where standard error is not a terminal", arguments: ["-q", "--no-progress"])
        func none(option: String) throws {
            #expect(try recording("\(Self.perplexity) \(option)").screen == "")
            #expect(try Tool.shell(Self.perplexity).errors == "")
        }
    #endif
}
