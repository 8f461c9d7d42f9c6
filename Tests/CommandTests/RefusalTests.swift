import Foundation
import TestSupport
import Testing

/// A link that leads to itself stands for whatever the system refuses to open although something is there. `Scripts/inject` has the rest.
@Suite("What the system refuses is not taken for nothing, and a fault leaves no temporary file")
struct RefusalTests {
    private static func loop(_ path: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: URL(fileURLWithPath: path).lastPathComponent)
    }

    @Test("an output that leads nowhere known is not replaced")
    func output() throws {
        let folder = try TemporaryFolder()
        let blocks = try folder.file("blocks", [UInt8](repeating: 0, count: 110))
        try Self.loop(folder.path("out"))
        let outcome = try Tool.run(["decode", "--type", "q3_k", "--blocks", blocks, "-o", folder.path("out")])
        #expect(outcome.status == 74 && outcome.errors.contains("cannot create "), "\(outcome.errors)")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("out")) == "out")
        #expect(folder.names == ["blocks", "out"])
    }

    @Test("a part of a model that cannot be opened is an error of reading, not a fault of the model")
    func part() throws {
        let folder = try TemporaryFolder()
        let paths = try SplitModel.write(
            Repository.root.appendingPathComponent(VerifyCommandTests.model).path, tensors: [0, 1], prefix: folder.path("model"))
        try FileManager.default.removeItem(atPath: paths[1])
        try Self.loop(paths[1])
        for words in [["hash"], ["identify"], ["inspect"], ["verify"], ["verify", "--format", "json"]] {
            let outcome = try Tool.run(words + [paths[0]])
            #expect(outcome.status == 74, "\(words): \(outcome.text)\(outcome.errors)")
            #expect(outcome.errors.contains("cannot open \(paths[1]): "), "\(words): \(outcome.errors)")
        }
        let known = try Tool.run(["verify", paths[0], "--write-baseline", folder.path("known")])
        #expect(known.status == 74 && !folder.names.contains("known"), "\(known.errors)")
    }

    @Test("vectors that cannot be opened are not looked for elsewhere")
    func vectors() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(at: folder.url("Vectors"), withIntermediateDirectories: true)
        try Self.loop(folder.path("Vectors/index.json"))
        let end = try RunningTool(["conformance", "--filter", "format:f16"], in: folder.root).end()
        #expect(end.status == 74 && end.errors.contains("cannot open Vectors/index.json: "), "\(end.errors)")
    }

    @Test("the file shared with an adapter goes with a process that aborts")
    func abort() throws {
        let folder = try TemporaryFolder()
        try folder.file("adapter.sh", Array("read line; echo \"$line\" > hello; kill -ABRT $PPID; sleep 5\n".utf8))
        let words = ["conformance", "--exec", "sh adapter.sh", "--filter", "format:q8_0", "--vectors"]
        // The run-time library's backtraces take seconds, and let a process live that was sent the signal from outside.
        let tool = try RunningTool(
            words + [Repository.root.appendingPathComponent("Vectors").path], in: folder.root,
            environment: ["SWIFT_BACKTRACE": "enable=no"])
        let end = try tool.end()
        #expect(end.signal == SIGABRT, "\(end.errors)")
        struct Greeting: Decodable {
            let bulk: String
        }
        let bulk = try JSONDecoder().decode(Greeting.self, from: Data(folder.bytes("hello"))).bulk
        #expect(bulk.contains("hifi-bulk-") && !FileManager.default.fileExists(atPath: bulk), "\(bulk)")
    }
}
