import Foundation
import TestSupport
import Testing

/// Lets each system call of a writing command fail in turn.
@Suite("Old or new, never between, nothing left: every call of every writing command fails once")
struct FaultTests {
    /// A command line, run in a folder with the inputs; `outputs` are the files that it writes.
    struct Command: CustomTestStringConvertible, Sendable {
        let words: [String]
        let outputs: [String]

        init(_ line: String, _ outputs: String...) {
            (words, self.outputs) = (line.split(separator: " ").map(String.init), outputs)
        }

        var testDescription: String { words.prefix(2).joined(separator: " ") + " → " + outputs.joined(separator: ", ") }
    }

    static let commands = [
        Command("quantize f16.gguf out --mix q8_0 --threads 1", "out"), Command("convert m.gguf out --to r12", "out"),
        Command("decode --type q3_k --blocks blocks -o out", "out"),
        Command("encode --type q8_0 --columns 32 --input floats -o out", "out"),
        Command("dot --type q3_k --blocks blocks --activations floats -o out", "out"),
        Command("imatrix -m m.gguf -f text -c 16 --chunks 1 -t 1 -o out", "out"),
        Command("perplexity -m m.gguf -f text -c 16 --chunks 1 -t 1 --record out", "out"),
        Command("perplexity -m m.gguf -f text -c 16 --chunks 1 -t 1 --record out --write-kl-base base", "out", "base"),
        Command("perplexity merge a.json b.json --record out", "out"),
        Command(
            "diff expected.f32 actual.f32 --type q3_k --blocks blocks --minimise out", "out.blocks.bin", "out.expected.f32",
            "out.actual.f32", "out.json"),
        Command("repair damaged --manifest chunks --from m.gguf -o out", "out"),
        Command("figures report --rows 1 -o out --no-progress", "out"), Command("verify m.gguf --write-baseline out", "out"),
        // What is printed is an output too; a file that the shell made is not the tool's.
        Command("hash m.gguf"),
    ]

    /// The kinds of calls that the library counts, and what they fail with.
    static let calls: [(name: String, reasons: [Int32])] = [
        ("create", [ENOSPC, EIO]), ("write", [ENOSPC, EIO, EDQUOT]), ("sync", [EIO, ENOSPC]), ("link", [ENOSPC, EIO]),
        ("rename", [ENOSPC, EIO]),
        ("truncate", [EIO]), ("map", [ENOMEM]), ("close", [EIO, EDQUOT]),
    ]

    /// The library, built once; nil where there is no compiler.
    static let library: String? = {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("hifi-faults-\(getpid()).so").path
        let source = Repository.root.appendingPathComponent("Tests/CommandTests/Faults/faults.c").path
        let build = try? Tool.shell(
            "for c in clang cc gcc; do $c -shared -fPIC -O1 -o '\(path)' '\(source)' -ldl 2> /dev/null && exit 0; done; exit 1")
        return build?.status == 0 ? path : nil
    }()

    /// A folder with the inputs of all commands.
    private func inputs() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        _ = try folder.file("m.gguf", Repository.bytes(VerifyCommandTests.model))
        _ = try folder.file("f16.gguf", GGUFBuilder.smallQwen3().build().bytes)
        _ = try folder.file("text", Array(Repository.bytes(PerplexityCommandTests.text).prefix(2000)))
        _ = try folder.file("blocks", [UInt8](repeating: 0, count: 110))
        _ = try folder.file("floats", [UInt8](repeating: 0, count: 1024))
        _ = try folder.file("expected.f32", [UInt8](repeating: 0, count: 1024))
        _ = try folder.file("actual.f32", [0, 0, 128, 63] + [UInt8](repeating: 0, count: 1020))
        var damaged = try folder.bytes("m.gguf")
        damaged[100_000] ^= 1
        _ = try folder.file("damaged", damaged)
        _ = try folder.file("chunks", Array(Tool.run(["hash", "--chunks", "--chunk-size", "65536", folder.path("m.gguf")]).output))
        let measure = "perplexity -m m.gguf -f text -c 16 -t 1 -q --chunks"
        for (name, chunks) in [("a.json", "1..1"), ("b.json", "2..2")] {
            #expect(try Self.run("\(measure) \(chunks) --record \(name)".split(separator: " ").map(String.init), in: folder).status == 0)
        }
        return folder
    }

    private static func run(
        _ words: [String], in folder: TemporaryFolder, _ environment: [String: String] = [:]
    ) throws -> (status: Int32, exited: Bool, errors: String) {
        let run = try RunningTool(words, in: folder.root, environment: environment)
        let end = try run.end()
        return (end.status, end.signal == nil, end.errors)
    }

    @Test("whatever fails", arguments: commands, [false, true])
    func faults(command: Command, isThere: Bool) throws {
        guard let library = Self.library else {
            print("SKIPPED: no fault was injected into \(command): there is no C compiler")
            try Test.cancel("no C compiler")
        }
        #if DEBUG
            if command.words[0] == "figures" {
                print("NOT CHECKED in a debug build, where it takes seconds each time: faults of \(command)")
                return
            }
        #endif
        let folder = try inputs()
        let inputNames = Set(folder.names)
        let before = Dictionary(uniqueKeysWithValues: try inputNames.map { ($0, try folder.bytes($0)) })
        // What it writes when nothing fails.
        let clean = try Self.run(command.words, in: folder)
        #expect([0, 1].contains(clean.status), "\(clean.errors)")
        var new: [String: [UInt8]] = [:]
        for name in command.outputs { new[name] = try folder.bytes(name) }
        #expect(Set(folder.names) == inputNames.union(command.outputs))
        let old = Array("old".utf8)
        let mark = FileManager.default.temporaryDirectory.appendingPathComponent("hifi-fault-\(UUID().uuidString)").path
        var injected = 0

        for (call, reasons) in Self.calls {
            for number in 1... {
                for name in command.outputs {
                    if isThere { _ = try folder.file(name, old) } else { try? FileManager.default.removeItem(atPath: folder.path(name)) }
                }
                let reason = reasons[number % reasons.count]
                let outcome = try Self.run(
                    command.words, in: folder,
                    [
                        "LD_PRELOAD": library, "HIFI_FAULT_CALL": call, "HIFI_FAULT_AT": "\(number)", "HIFI_FAULT_ERRNO": "\(reason)",
                        "HIFI_FAULT_MARK": mark,
                    ])
                let fault = "\(command): \(call) \(number) with \(String(cString: strerror(reason)))"
                let hasFailed = FileManager.default.fileExists(atPath: mark)
                try? FileManager.default.removeItem(atPath: mark)
                // Done in spite of it (another way was found), or an error of input or output that is told.
                #expect(outcome.exited && (outcome.status == clean.status || outcome.status == 74), "\(fault): \(outcome)")
                if outcome.status == 74 { #expect(outcome.errors.hasPrefix("hifi: error: "), "\(fault): \(outcome)") }
                for name in command.outputs {
                    let found = try? folder.bytes(name)
                    let isOld = found == (isThere ? old : nil)
                    #expect(isOld || found == new[name], "\(fault): \(name) is neither old nor new")
                    if outcome.status != 74 { #expect(!isOld, "\(fault): \(name) was not written") }
                }
                #expect(Set(folder.names).subtracting(command.outputs) == inputNames, "\(fault): \(folder.names)")
                guard hasFailed else { break }
                injected += 1
                guard number < 200 else {
                    Issue.record("\(fault): no end of calls")
                    break
                }
            }
        }
        #expect(injected > 0, "nothing was injected")
        for (name, bytes) in before { #expect(try folder.bytes(name) == bytes, "\(name) was changed") }
    }

}
