import HIFIFiles
import HIFIGGUF
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite("Writing files")
struct WriterTests {
    /// A writer that copies everything of a scanned file.
    static func copying(_ scan: GGUFScan) throws -> GGUFWriter {
        let layout = DataLayout(scan, blockSize: GGUFBuilder.SampleType.blockSize)
        var writer = GGUFWriter()
        for entry in scan.metadata { try writer.add(copyOf: entry) }
        for (tensor, extent) in zip(scan.tensors, layout.extents) {
            let range = try #require(extent.range)
            try writer.addTensor(copyOf: tensor, data: #require(scan.bytes.slice(range)))
        }
        return writer
    }

    /// The sample file, with data that ends unaligned and another alignment.
    static func sample(alignment: Int) -> GGUFBuilder {
        var builder = GGUFBuilder.smallLlama()
        if alignment != 32 { builder.entries.append(.init("general.alignment", .uint32(UInt32(alignment)))) }
        builder.alignment = alignment
        builder.tensors.append(.init("odd", [3], typeID: 0, data: [UInt8](repeating: 3, count: 12)))
        builder.tensors.append(.init("odder", [1, 1, 1, 5], typeID: 0, data: [UInt8](repeating: 4, count: 20)))
        return builder
    }

    @Test("reading a file and writing it again gives the same bytes", arguments: [8, 32, 64, 4096])
    func roundTrip(alignment: Int) throws {
        let bytes = Self.sample(alignment: alignment).build().bytes
        let directory = try TemporaryFolder()
        var progress: [Int] = []
        try Self.copying(GGUFScan.scan(bytes)).write(to: "\(directory.root.path)/copy.gguf") { progress.append($0) }
        #expect(try directory.bytes("copy.gguf") == bytes)
        #expect(directory.names == ["copy.gguf"])
        #expect(progress.last == bytes.count)
        #expect(progress.count == 23)
    }

    @Test("values given as Swift values are stored as an independent builder stores them")
    func typedValues() throws {
        let builder = GGUFBuilder.smallLlama()
        let scan = GGUFScan.scan(builder.build().bytes)
        var writer = GGUFWriter()
        for entry in scan.metadata { try writer.add(entry.key.raw, #require(entry.value())) }
        for tensor in builder.tensors {
            try writer.addTensor(
                String(decoding: tensor.name, as: UTF8.self), dimensions: tensor.dimensions, typeID: tensor.typeID,
                byteCount: tensor.data.count
            ) { sink in
                // In pieces, as an encoder delivers rows.
                for start in stride(from: 0, to: tensor.data.count, by: 100) {
                    try sink.write(Array(tensor.data[start..<min(start + 100, tensor.data.count)]))
                }
            }
        }
        let directory = try TemporaryFolder()
        try writer.write(to: "\(directory.root.path)/a.gguf")
        #expect(try directory.bytes("a.gguf") == builder.build().bytes)
    }

    @Test("a file of several megabytes passes through the buffer unharmed")
    func largeTensor() throws {
        var random = SplitMix64(seed: 3)
        let data = random.bytes(3 << 20)
        var writer = GGUFWriter()
        try writer.addTensor("small", dimensions: [1], typeID: 0, data: ByteView([1, 2, 3, 4]))
        try writer.addTensor("large", dimensions: [UInt64(data.count / 4)], typeID: 0, byteCount: data.count) { sink in
            try sink.write(Array(data[..<1_000_003]))
            #expect(sink.remaining == data.count - 1_000_003)
            try sink.write(Array(data[1_000_003...]))
        }
        let directory = try TemporaryFolder()
        try writer.write(to: "\(directory.root.path)/a.gguf")
        let file = try GGUFFile.open(path: "\(directory.root.path)/a.gguf")
        let tensor = try #require(file.tensor(named: "large"))
        #expect(try file.bytes(of: tensor, byteCount: data.count).elementsEqual(data))
    }

    @Test("a tensor that delivers too little or too much fails the file, and what was there stays", arguments: [39, 41, 0, 1000])
    func wrongByteCount(delivered: Int) throws {
        let directory = try TemporaryFolder()
        try directory.file("a.gguf", [1, 2, 3])
        var writer = GGUFWriter()
        try writer.addTensor("t", dimensions: [64], typeID: 3, byteCount: 40) { sink in
            try sink.write([UInt8](repeating: 0, count: delivered))
        }
        #expect(throws: GGUFWriterError.wrongByteCount(tensor: "t", expected: 40, found: delivered)) {
            try writer.write(to: "\(directory.root.path)/a.gguf")
        }
        #expect(directory.names == ["a.gguf"])
        #expect(try directory.bytes("a.gguf") == [1, 2, 3])
    }

    @Test("an error of a tensor's own leaves no file behind")
    func failingSource() throws {
        struct Failure: Error {}
        let directory = try TemporaryFolder()
        var writer = GGUFWriter()
        try writer.addTensor("t", dimensions: [64], typeID: 3, byteCount: 40) { sink in
            try sink.write([1, 2, 3])
            throw Failure()
        }
        #expect(throws: Failure.self) { try writer.write(to: "\(directory.root.path)/a.gguf") }
        #expect(directory.names == [])
    }

    @Test("a disk that fills up leaves no file behind")
    func fullDisk() async throws {
        // A limit on the size of files stands in for the full disk; it has to be set in a process of its own.
        await #expect(processExitsWith: .success) {
            let directory = try TemporaryFolder()
            var limit = rlimit(rlim_cur: 100_000, rlim_max: 100_000)
            #if canImport(Glibc)
                setrlimit(__rlimit_resource_t(UInt32(1)), &limit)
            #else
                setrlimit(RLIMIT_FSIZE, &limit)
            #endif
            signal(SIGXFSZ, SIG_IGN)
            var writer = GGUFWriter()
            try writer.addTensor("t", dimensions: [1 << 20], typeID: 0, data: ByteView([UInt8](repeating: 1, count: 4 << 20)))
            let error = #expect(throws: FileError.self) { try writer.write(to: "\(directory.root.path)/a.gguf") }
            #expect(error?.errorNumber == EFBIG)
            #expect(directory.names == [])
        }
    }

    @Test("an interrupted process removes its temporary file")
    func interruption() async throws {
        let directory = try TemporaryFolder()
        await #expect(processExitsWith: .signal(SIGTERM)) { [path = directory.root.path as String] in
            // The parent of the tests may have blocked the signal.
            var signals = sigset_t()
            sigemptyset(&signals)
            sigaddset(&signals, SIGTERM)
            pthread_sigmask(SIG_UNBLOCK, &signals, nil)
            Interruption.install()
            var file = try AtomicFile(path: "\(path)/a.gguf")
            try file.write([UInt8](repeating: 1, count: 2 << 20))
            kill(getpid(), SIGTERM)
            // The signal ends the process from another thread.
            for _ in 0..<2000 { usleep(10_000) }
            try file.commit()
        }
        #expect(directory.names == [])
    }

    @Test("while it is written a file has no name, where the system can do that, and a replaced one is there throughout")
    func unnamed() throws {
        let directory = try TemporaryFolder()
        let old = try directory.file("a.gguf", [9])
        #expect(chmod(old, 0o640) == 0)
        for name in ["a.gguf", "b.gguf"] {
            var file = try AtomicFile(path: "\(directory.root.path)/\(name)")
            try file.write([1, 2, 3])
            #if os(Linux)
                #expect(try !directory.names.contains { $0.hasSuffix(".tmp") })
            #endif
            #expect(try directory.bytes("a.gguf") == (name == "a.gguf" ? [9] : [1, 2, 3]))
            try file.commit()
            #expect(try directory.bytes(name) == [1, 2, 3])
        }
        #expect(directory.names == ["a.gguf", "b.gguf"])
        var status = stat()
        #expect(stat(old, &status) == 0 && status.st_mode & 0o777 == 0o640)
    }

    @Test("a file that appears under the name meanwhile is replaced")
    func race() throws {
        let directory = try TemporaryFolder()
        var file = try AtomicFile(path: "\(directory.root.path)/a.gguf")
        try file.write([1, 2, 3])
        _ = try directory.file("a.gguf", [9])
        try file.commit()
        #expect(directory.names == ["a.gguf"])
        #expect(try directory.bytes("a.gguf") == [1, 2, 3])
    }

    @Test("a symbolic link stays one, and the file it leads to is replaced")
    func symbolicLink() throws {
        let directory = try TemporaryFolder()
        let real = try directory.file("real.gguf", [1])
        let link = "\(directory.root.path)/link.gguf"
        #expect(symlink(real, link) == 0)
        try GGUFWriter().write(to: link)
        #expect(directory.names == ["link.gguf", "real.gguf"])
        #expect(try directory.bytes("real.gguf") == GGUFWriter().header())
        var status = stat()
        #expect(lstat(link, &status) == 0)
        #expect(status.st_mode & S_IFMT == S_IFLNK)
    }

    @Test("paths that cannot become files are refused")
    func badPaths() throws {
        let directory = try TemporaryFolder()
        for path in [directory.root.path, "\(directory.root.path)/", "\(directory.root.path)/none/a.gguf", "", "/dev/null", "."] {
            #expect(throws: FileError.self, "\(path)") { try GGUFWriter().write(to: path) }
        }
        #expect(directory.names == [])
    }

    @Test("what no reader would take is not written")
    func refusals() throws {
        var writer = GGUFWriter()
        try writer.add("k", .uint8(1))
        #expect(throws: GGUFWriterError.duplicateKey("k")) { try writer.add("k", .uint8(1)) }
        #expect(throws: GGUFWriterError.badKey("")) { try writer.add("", .uint8(1)) }
        #expect(throws: GGUFWriterError.badAlignment) { try writer.add("general.alignment", .uint32(3)) }
        #expect(throws: GGUFWriterError.badAlignment) { try writer.add("general.alignment", .uint64(32)) }
        #expect(throws: GGUFWriterError.mixedArray(key: "m")) { try writer.add("m", .array(.uint8, [.int8(1)])) }
        try writer.addTensor("t", dimensions: [1], typeID: 0, data: ByteView([0, 0, 0, 0]))
        #expect(throws: GGUFWriterError.duplicateTensor("t")) {
            try writer.addTensor("t", dimensions: [1], typeID: 0, data: ByteView([0, 0, 0, 0]))
        }
        #expect(throws: GGUFWriterError.badShape("u")) { try writer.addTensor("u", dimensions: [], typeID: 0, data: ByteView([])) }
        #expect(throws: GGUFWriterError.self) {
            try writer.addTensor(String(repeating: "n", count: 65), dimensions: [1], typeID: 0, data: ByteView([0, 0, 0, 0]))
        }
    }
}
