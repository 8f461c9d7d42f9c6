import Conformance
import Foundation
import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF
import HIFIIdentification
import HIFIKernels
import HIFIReference
import HIFIVerification
import Mutants
import Quantization
import SpecLoader
import Suite
import TestSupport
import Testing
import vectors

/// A revision is one file: a made-up one goes through everything without a line of code about it.
///
/// The tables of the specification are built once in a process, so the checks run in a process of their own, which adds the revision
/// before anything looks at them.
@Suite("A revision is one file")
struct RevisionTests {
    private static let id = "q3_k_hifi@r99"
    private static let reportKey = "HIFI_REVISION_REPORT"
    private static var reportPath: String? { ProcessInfo.processInfo.environment[reportKey] }
    private static let steps = ["declared", "decoded", "encoded", "converted", "identified", "verified", "in the suite"]

    @Test("a made-up revision is decoded, encoded, converted, identified, verified and in the suite", .enabled(if: reportPath == nil))
    func revision() throws {
        let folder = try TemporaryFolder()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["--testing-library", "swift-testing", "--filter", "RevisionTests/probe"]
        process.environment = ProcessInfo.processInfo.environment.merging([Self.reportKey: folder.path("report")]) { $1 }
        process.currentDirectoryURL = Repository.root
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(text)")
        let report = (try? String(decoding: folder.bytes("report"), as: UTF8.self)) ?? ""
        #expect(report.split(separator: "\n").map(String.init) == Self.steps, "\(text)")
    }

    @Test("the same in a process of its own", .enabled(if: reportPath != nil))
    func probe() throws {
        let folder = try TemporaryFolder()
        let report = try Report(try #require(Self.reportPath))
        let revision = try Self.addRevision(folder)
        #expect(Spec.format("q3_k_hifi@R99") == revision)
        try report.add("declared")
        try decodes(revision)
        try report.add("decoded")
        try encodes(revision)
        try report.add("encoded")
        let path = try converts(revision, folder)
        try report.add("converted")
        try identifies(path)
        try report.add("identified")
        try verifies(path, folder)
        try report.add("verified")
        try isInSuite(revision)
        try report.add("in the suite")
    }

    /// Reads the specification with one more file in it, and adds what that declares.
    private static func addRevision(_ folder: TemporaryFolder) throws -> BlockFormat {
        let copy = folder.url("Spec")
        try FileManager.default.copyItem(at: Repository.root.appendingPathComponent("Spec"), to: copy)
        try FileManager.default.copyItem(
            at: Repository.root.appendingPathComponent("Tests/ConformanceTests/Revision/r99.yaml"),
            to: copy.appendingPathComponent("revisions/r99.yaml"))
        let source = SpecSource(root: copy)
        let formats = try source.formats()
        let revision = try #require(formats.first { $0.id == id })
        let dialects = try source.dialects(formats: Set(formats.map(\.id))).dialects.filter { $0.id == "made-up" }
        #expect(dialects.count == 1)
        Spec.extend(formats: [revision], dialects: dialects)
        return revision
    }

    /// Kernels of every instruction set decode it like the reference, natively.
    private func decodes(_ revision: BlockFormat) throws {
        let blocks = try ReferenceEncoder(revision).encode(weights(64), columns: 1024)
        let expected = try ReferenceDecoder(revision).decode(blocks)
        for isa in InstructionSet.available {
            let backend = try CPUBackend(isa: isa)
            #expect(backend.decodesNatively(revision), "\(isa)")
            var output = [Float](repeating: .nan, count: expected.count)
            try blocks.withUnsafeBytes { blocks in
                try output.withUnsafeMutableBufferPointer { try backend.decode(revision, blocks, into: $0) }
            }
            #expect(output.map(\.bitPattern) == expected.map(\.bitPattern), "\(isa)")
        }
        // The largest weight of a block is an outlier, so it is exact but for fp16.
        for block in 0..<64 {
            let x = weights(64)[block * 256..<(block + 1) * 256]
            let largest = try #require(x.max { abs($0) < abs($1) })
            #expect(expected[block * 256..<(block + 1) * 256].contains(Float(Float16(largest))))
        }
    }

    /// Kernels encode it like the reference, with and without importances.
    private func encodes(_ revision: BlockFormat) throws {
        let x = weights(64)
        let importance = (0..<1024).map { Float($0 % 7) + 0.5 }
        for given in [nil, importance] {
            let expected = try ReferenceEncoder(revision).encode(x, columns: 1024, importance: given)
            let encoder = try BlockEncoder(revision, backend: CPUBackend())
            #expect(encoder.isNative)
            #expect(try encoder.encode(x, columns: 1024, importance: given) == expected)
        }
        #expect(throws: EncodeError.self) { try ReferenceEncoder(revision, outliers: 0) }
        #expect(throws: EncodeError.self) { try ReferenceEncoder(revision, outliers: 9) }
    }

    /// A file of the published revision becomes one of the new, and gives the same weights.
    private func converts(_ revision: BlockFormat, _ folder: TemporaryFolder) throws -> String {
        let input = Repository.root.appendingPathComponent("Vectors/models/tiny-qwen3-q3_k_hifi-r6.gguf").path
        let model = try SourceModel.open(path: input)
        var options = ConversionOptions()
        options.target = revision
        options.dialect = try #require(Spec.dialect("made-up"))
        let summary = try Converter.convert(model, options, to: folder.path("r99.gguf"))
        #expect(summary.convertedTensors == 8)
        let back = try SourceModel.open(path: folder.path("r99.gguf"))
        options.target = try #require(Spec.format("q3_k_hifi@r6"))
        options.dialect = model.dialect
        _ = try Converter.convert(back, options, to: folder.path("r6.gguf"))
        for (a, b) in zip(model.tensors, try SourceModel.open(path: folder.path("r6.gguf")).tensors) {
            #expect(try ReferenceDecoder(a.format).decode(Array(a.bytes)) == ReferenceDecoder(b.format).decode(Array(b.bytes)))
        }
        return folder.path("r99.gguf")
    }

    private func identifies(_ path: String) throws {
        let models = ModelInputs([path]).models
        let model = try #require(models.first)
        let identification = try #require(Identification.identify(model).first)
        #expect(identification.dialect == "made-up" && identification.hifiFormats == [Self.id], "\(identification.headline)")
        #expect(identification.confidence == .certain, "\(identification.headline)")
    }

    /// The file conforms, its blocks were looked at, and a count that is too large is found.
    private func verifies(_ path: String, _ folder: TemporaryFolder) throws {
        let report = try #require(Verifier().verify([path]).files.first)
        #expect(report.counts.verdict == .conforming, "\(report.findings)")
        let types = report.coverage.types.filter { $0.format == Self.id }
        #expect(types.first.map { $0.byContent == 8 && $0.blocksByContent > 0 } == true, "\(report.coverage)")
        let file = try #require(ModelInputs([path]).models.first?.parts.first?.file)
        let tensor = try #require(file.tensors.first { $0.typeID == 99 })
        var bytes = Array(file.bytes)
        let start = try #require(file.scan.start(of: tensor))
        bytes[start + 110] = 9
        let damaged = try folder.file("damaged.gguf", bytes)
        let findings = Verifier().verify([damaged]).files.flatMap(\.findings)
        #expect(findings.contains { ($0.rule == "R99-05" || $0.clause == "R99-05") && $0.severity == .error })
    }

    /// Its cases are passed by reference and kernels, and catch every fault that is planted in a reader of it.
    private func isInSuite(_ revision: BlockFormat) throws {
        let files = try FormatCases.files(of: revision)
        #expect(Set(files.map(\.kind)).isSuperset(of: [.decode, .encode, .dot, .content]))
        let store = VectorStore(folder: "", version: "1.0.0", files: files, notes: [])
        #expect(store.cases.count > 200)
        for system in [ReferenceSystem.shared, KernelSystem(try CPUBackend())] as [any SystemUnderTest] {
            let report = ConformanceRunner.run(store, system: system)
            // Kernels do not judge content.
            let others = report.results.filter { $0.outcome != .pass && !($0.outcome == .skip && $0.kind == .content) }
            #expect(others.isEmpty, "\(others.prefix(3))")
        }
        let mutants = ConformanceSelfTest.allMutants().filter { $0.format == revision.id && $0.kind == .decode }
        let result = ConformanceSelfTest.run(store, mutants: mutants, controls: [], witnesses: 1)
        #expect(mutants.count > 100)
        #expect(result.results.allSatisfy { $0.fate != .survived }, "\(result.results.filter { $0.fate == .survived }.map(\.id))")
    }

    /// Rows of 1024 weights with a heavy tail.
    private func weights(_ blocks: Int) -> [Float] {
        var random = SplitMix64(seed: 99)
        return (0..<blocks * 256).map { _ in
            let u = Float(Int(truncatingIfNeeded: random.next() >> 40) - 1 << 23) / Float(1 << 23)
            return u * u * u * 0.3
        }
    }

    /// What the process has reached, line by line.
    private struct Report {
        let path: String

        init(_ path: String) throws {
            self.path = path
            try Data().write(to: URL(fileURLWithPath: path))
        }

        func add(_ step: String) throws {
            let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            defer { try? file.close() }
            try file.seekToEnd()
            try file.write(contentsOf: Data((step + "\n").utf8))
        }
    }
}
