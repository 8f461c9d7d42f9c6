import HIFIFiles
import HIFIForeign
import HIFIGGUF
import Remote
import Repair
import TestSupport
import Testing

/// Reading from a server that does what it should.
@Suite("Files at addresses", .serialized)
struct RemoteFilesTests {
    private static let server = Result { try LocalServer.nginx() }

    /// The server, with these files; nil, said on standard output, where there is none.
    private static func server(_ files: [String: [UInt8]]) throws -> LocalServer? {
        switch server {
        case .success(let server):
            for (name, bytes) in files { _ = try server.folder.file("files/\(name)", bytes) }
            return server
        case .failure(let error as LocalServer.Missing):
            print(error)
            return nil
        case .failure(let error): throw error
        }
    }

    private static func files(_ server: LocalServer, hub: String = "", tensors: Set<String> = [], token: String? = nil) -> RemoteFiles {
        var limits = TransferLimits()
        limits.certificates = server.certificate
        return RemoteFiles(hub: .init(endpoint: server.address + hub, token: token), limits: limits, tensors: tensors)
    }

    /// A model with a header of some 400 KB.
    private static let model: [UInt8] = {
        var builder = CorruptionCorpus.base
        builder.entries.append(.init("tokenizer.ggml.merges", .strings((0..<30_000).map { "merge \($0)" })))
        return builder.build().bytes
    }()

    @Test("the header comes in few requests, and the rest is not there")
    func header() throws {
        guard let server = try Self.server(["model.gguf": Self.model]) else { return }
        let before = try server.requests.count
        let file = GGUFFile.scan(try Self.files(server).open("\(server.address)/model.gguf"))
        let whole = GGUFScan.scan(Self.model)
        #expect(file.scan.problems.isEmpty && file.tensors.map(\.name) == whole.tensors.map(\.name) && file.bytes.count == Self.model.count)
        #expect(file.path.raw == "\(server.address)/model.gguf")
        let requests = try server.requests.dropFirst(before)
        let bytes = requests.compactMap { Int($0.split(separator: " ")[4]) }.reduce(0, +)
        let end = try #require(whole.dataStart)
        #expect(requests.count <= 4 && requests.allSatisfy { $0.contains(" 206 bytes=") }, "\(requests)")
        #expect(bytes >= end && bytes <= 2 * end, "\(bytes) of \(end)")
        #expect(file.bytes.isPresent(0..<end))
    }

    @Test("a hub's files are found, with its token, which no other host gets to see")
    func hub() throws {
        guard let server = try Self.server(["model.gguf": Self.model]) else { return }
        let start = try server.requests.count
        let file = try Self.files(server, hub: "/hub", token: "secret").open("hf://owner/name/model.gguf")
        #expect(file.count == Self.model.count && file.path.raw == "hf://owner/name/model.gguf")
        #expect(try server.requests.dropFirst(start).allSatisfy { $0.contains("\"Bearer secret\"") })
        // An address of another host than the hub's.
        let now = try server.requests.count
        var limits = TransferLimits()
        limits.certificates = server.certificate
        _ = try RemoteFiles(hub: .init(token: "secret"), limits: limits).open("\(server.address)/moved/model.gguf")
        #expect(try server.requests.dropFirst(now).allSatisfy { $0.hasSuffix("\"-\"") })
    }

    @Test("a file for some is refused without their token, and read with it")
    func token() throws {
        guard let server = try Self.server(["model.gguf": Self.model]) else { return }
        let address = "\(server.address)/private/model.gguf"
        #expect(try Self.files(server, token: "secret").open(address).count == Self.model.count)
        let error = #expect(throws: FileError.self) { try Self.files(server).open(address) }
        #expect(
            error?.reason == "the server refuses it (401); a token in the environment (HF_TOKEN) may be needed" && error?.isRefusal == true)
    }

    @Test("a server without ranges is told so, a file that is not there is missing")
    func refusals() throws {
        guard let server = try Self.server(["model.gguf": Self.model, "empty": []]) else { return }
        let files = Self.files(server)
        let whole = #expect(throws: FileError.self) { try files.open("\(server.address)/whole/model.gguf") }
        #expect(whole?.reason.hasPrefix("the server cannot send parts of a file") == true, "\(whole?.reason ?? "")")
        let missing = #expect(throws: FileError.self) { try files.open("\(server.address)/none.gguf?token=abc") }
        #expect(missing?.isRefusal == false && missing?.description.contains("abc") == false, "\(missing?.description ?? "")")
        #expect(try files.open("\(server.address)/empty").count == 0)
    }

    @Test("tensors that are named are there, whole, and no others")
    func tensors() throws {
        let model = try Repository.bytes("Vectors/models/tiny-qwen3-q3_k_hifi-r6.gguf")
        guard let server = try Self.server(["large.gguf": model]) else { return }
        let whole = GGUFScan.scan(model)
        // Far behind what requests for the header bring.
        let header = try #require(whole.dataStart)
        let wanted = try #require(whole.tensors.first { whole.start(of: $0) ?? 0 > 4 * header })
        let file = GGUFFile.scan(try Self.files(server, tensors: [wanted.name.raw]).open("\(server.address)/large.gguf"))
        for tensor in whole.tensors {
            let (start, span) = (try #require(whole.start(of: tensor)), try #require(whole.spanBytes(of: tensor)))
            guard start > 4 * header else { continue }
            #expect(file.bytes.isPresent(start..<start + span) == (tensor.index == wanted.index), "\(tensor.name)")
        }
        let start = try #require(whole.start(of: wanted))
        #expect(file.bytes[start] == model[start])
    }

    @Test("all parts of a split model are found by one")
    func parts() throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("model.gguf", CorruptionCorpus.base.build().bytes)
        var files: [String: [UInt8]] = [:]
        for part in try SplitModel.write(path, tensors: [1, 1], prefix: folder.path("parted")) {
            let name = String(part.split(separator: "/").last ?? "")
            files[name] = try folder.bytes(name)
        }
        guard let server = try Self.server(files) else { return }
        let address = "\(server.address)/\(files.keys.sorted()[1])?download=true"
        let set = try SplitSet.scan(path: address, source: Self.files(server))
        #expect(set.parts.count == 3 && set.problems.isEmpty, "\(set.problems)")
        #expect(!set.parts.contains { $0.file.path.raw.contains("?") })
    }

    @Test("all bytes can be digested without being kept, also in another order than that of the records")
    func digests() throws {
        let disordered = try #require(CorruptionCorpus.named("o06-off-swapped")).bytes
        guard let server = try Self.server(["model.gguf": Self.model, "disordered.gguf": disordered]) else { return }
        for (name, bytes) in [("model.gguf", Self.model), ("disordered.gguf", disordered)] {
            let files = Self.files(server)
            let file = GGUFFile.scan(try files.open("\(server.address)/\(name)"))
            let here = GGUFScan.scan(bytes)
            let layout = DataLayout(here, blockSize: GGUFBuilder.SampleType.blockSize)
            let expected = FileDigests(here, fileName: file.path, layout: layout, algorithms: [.sha256, .xxh3])
            let found = try FileDigests(file.scan, fileName: file.path, layout: layout, algorithms: [.sha256, .xxh3]) {
                take throws(FileError) in try files.stream(file.mapping, { _ in }, take)
            }
            #expect(found.file == expected.file && found.header == expected.header)
            if name == "model.gguf" {
                #expect(found.tensors == expected.tensors && found.tensorData == expected.tensorData && found.skippedTensors.isEmpty)
            } else {
                #expect(found.tensors.isEmpty && found.skippedTensors.count == here.tensors.count)
            }
        }
    }

    @Test("a damaged copy is mended with no more than the missing pieces")
    func repair() throws {
        guard let server = try Self.server(["model.gguf": Self.model]) else { return }
        let list = ChunkList(of: ByteView(Self.model), name: "model.gguf", chunkBytes: 4096, algorithm: .sha256)
        var damaged = Self.model
        for place in [5000, 9000, 100_000] { damaged[place] ^= 1 }
        let folder = try TemporaryFolder()
        let file = try MappedFile(path: folder.file("damaged.gguf", damaged))
        var limits = TransferLimits()
        limits.certificates = server.certificate
        let source = try RemotePieces("\(server.address)/moved/model.gguf", hub: .init(), size: list.size, limits: limits)
        var output = try AtomicFile(path: folder.path("right.gguf"))
        let repair = Repair(file, path: file.path, DamageSurvey(of: file.bytes, by: list), by: list)
        let outcome = try repair.write(from: source, to: &output)
        try output.commit()
        #expect(try folder.bytes("right.gguf") == Self.model)
        #expect(outcome.fetched == 3 * 4096 && outcome.requests == 2)
    }
}
