import Foundation
import HIFIBlockSpec
import HIFIFiles
import HIFIGGUF
import HIFIVerification
import TestSupport
import Testing

@Suite("The verifier")
struct VerifierTests {
    @Test("A file that is not there is a failure of its own kind")
    func missing() {
        let report = Verifier().verify(["/nonexistent/file.gguf"])
        #expect(report.exitCode == 74)
        #expect(report.verdict == .unreadable)
        #expect(report.files.isEmpty)
        #expect(report.failures.first?.message.contains("/nonexistent/file.gguf") == true)
    }

    @Test("A manifest that is not there is a failure too")
    func missingManifest() throws {
        let bytes = GGUFBuilder.smallLlama().build().bytes
        #expect(try report(bytes, .with(.spec) { $0.manifestPath = "/nonexistent/manifest" }).exitCode == 74)
    }

    @Test("A file that is cut while it is read is not judged")
    func changed() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(GGUFBuilder.smallLlama().build().bytes)
        // Identification comes after the mapping and before the pass over the data.
        let report = Verifier(.init()) { scan in
            if let file = FileHandle(forWritingAtPath: path) {
                _ = try? file.seekToEnd()
                try? file.write(contentsOf: Data([0]))
                try? file.close()
            }
            return TensorFormats.upstream(scan)
        }.verify([path])
        #expect(report.exitCode == 74)
        #expect(report.files.isEmpty)
        #expect(report.failures.first?.message.contains("grew") == true)
    }

    @Test("Findings are kept up to the cap and counted beyond")
    func cap() throws {
        var builder = GGUFBuilder.smallLlama()
        for index in 0..<50 { builder.entries.append(.init("Bad Key \(index)", .uint8(1))) }
        let report = try report(builder.build().bytes, .with(.spec) { $0.findingsCap = 10 })
        let file = try #require(report.files.first)
        #expect(file.findings.count { $0.rule == "GGUF-17" } == 10)
        #expect(file.counts.byRule["GGUF-17"] == 50)
        #expect(file.counts.omitted == 40)
        #expect(file.counts.warnings == 50)
    }

    @Test("Errors come before warnings, and each in the order of the file")
    func order() throws {
        var builder = GGUFBuilder.smallLlama()
        builder.trailing = [1, 2, 3, 4]
        builder.entries.append(.init("Bad Key", .uint8(1)))
        builder.tensors[2].data.replace(at: 20, with: UInt16(0x7E00))
        builder.tensors[4].data.replace(at: 20, with: UInt16(0x7E00))
        let findings = try report(builder.build().bytes).findings
        #expect(findings.map(\.severity) == findings.map(\.severity).sorted(by: >))
        for severity in Finding.Severity.allCases {
            let offsets = findings.filter { $0.severity == severity }.compactMap(\.location.offset)
            #expect(offsets == offsets.sorted())
        }
        #expect(findings.map(\.rule).contains("CONTENT-01") && findings.map(\.rule).contains("GGUF-17"))
    }

    @Test("Digests are those of the bytes", arguments: Digest.Algorithm.allCases)
    func digests(_ algorithm: Digest.Algorithm) throws {
        let image = GGUFBuilder.smallLlama().build()
        let report = try report(
            image.bytes,
            .with(.spec) {
                $0.algorithm = algorithm
                $0.wholeFileDigest = true
            })
        let digests = try #require(report.files.first?.digests)
        #expect(digests.algorithm == algorithm.rawValue)
        #expect(digests.file == Digest.of(ByteView(image.bytes), algorithm).hex)
        #expect(digests.header == Digest.of(ByteView(Array(image.bytes[..<image.dataStart])), algorithm).hex)
        #expect(digests.tensors.map(\.digest) == image.dataRanges.map { Digest.of(ByteView(Array(image.bytes[$0])), algorithm).hex })
    }

    @Test("The combined digest sees the header and every tensor")
    func combined() throws {
        let good = try #require(try report(GGUFBuilder.smallLlama().build().bytes).files.first?.digests)
        #expect(good.file == nil)
        #expect(good.combined != nil)
        for id in ["p04-bitflip", "k11-blockcount", "n16-dims-swapped"] {
            let file = try #require(CorruptionCorpus.named(id))
            let bad = try #require(try report(file.bytes).files.first?.digests)
            #expect(bad.combined != good.combined)
        }
        let cut = try #require(CorruptionCorpus.named("t07-half"))
        #expect(try #require(try report(cut.bytes).files.first?.digests).combined == nil)
    }

    @Test("Data out of order has the same digests")
    func digestsOutOfOrder() throws {
        let bytes = try #require(CorruptionCorpus.named("o06-off-swapped")).bytes
        let digests = try #require(try report(bytes, .with(.spec) { $0.wholeFileDigest = true }).files.first?.digests)
        #expect(digests.file == Digest.of(ByteView(bytes), .xxh3).hex)
        #expect(digests.tensors.count == 21)
    }

    @Test("Without hashing there are no digests, with the same findings")
    func noHashing() throws {
        let bytes = try #require(CorruptionCorpus.named("p06-nan-all")).bytes
        let plain = try report(bytes, .with(.spec) { $0.hashing = false })
        #expect(plain.files.first?.digests == nil)
        #expect(plain.findings.map(\.rule) == (try report(bytes)).findings.map(\.rule))
    }

    @Test("Bad blocks are found wherever they lie in a long tensor")
    func longTensor() throws {
        let format = try #require(Spec.format("q3_k_hifi@r6"))
        var random = SplitMix64(seed: 3)
        var builder = GGUFBuilder()
        builder.entries = [
            .init("general.architecture", .string("sample")), .init("general.quantization_version", .uint32(2)),
        ]
        // 4096 blocks, more than two stretches of the pass.
        let unit = (0..<16).flatMap { _ in HIFIBlock.valid(format, &random) }
        var data = Array((0..<256).map { _ in unit }.joined())
        let bad = [0, 1955, 1956, 1957, 3911, 3912, 4095]
        for block in bad { data.replace(at: block * 134 + 118, with: UInt16(0x7C00)) }
        builder.tensors = [.init("blk.0.ffn_down.weight", [1024, 1024], typeID: 40, data: data)]
        let report = try report(builder.build().bytes) { scan in
            TensorFormats(dialect: nil, formats: scan.tensors.map { _ in format })
        }
        let finding = try #require(report.finding("R6-05"))
        #expect(finding.count == bad.count)
        let places = [finding.location] + finding.examples
        #expect(places.map { ($0.row ?? -1) * 4 + ($0.block ?? -1) } == bad)
    }

    @Test("Progress counts every byte once")
    func progress() throws {
        let folder = try TemporaryFolder()
        let bytes = GGUFBuilder.smallLlama().build().bytes
        let path = try folder.write(bytes)
        var last: VerificationProgress?
        var tensors: Set<String> = []
        _ = Verifier().verify([path]) { progress in
            #expect(progress.bytesDone > last?.bytesDone ?? 0)
            last = progress
            if let tensor = progress.tensor { tensors.insert(tensor.raw) }
        }
        #expect(last?.bytesDone == bytes.count)
        #expect(last?.bytesTotal == bytes.count)
        #expect(tensors.count == 21)
    }

    @Test("A report survives being written as JSON and read again")
    func coding() throws {
        let report = try report(try #require(CorruptionCorpus.named("p01-nan-scale")).bytes)
        let text = try JSONEncoder().encode(report)
        #expect(try JSONDecoder().decode(VerificationReport.self, from: text) == report)
    }

    @Test("The report says what the file is")
    func summary() throws {
        let file = try #require(try report(GGUFBuilder.smallLlama().build().bytes).files.first)
        #expect(file.version == 3)
        #expect(file.tensors == 21)
        #expect(file.keys == 20)
        #expect(file.alignment == 32)
        #expect(file.dialect?.hasPrefix("upstream") == true)
        #expect(file.types.map(\.format) == ["q4_1", "f32"])
        #expect(file.types.map(\.tensors) == [16, 5])
    }

    @Test("Several files are judged one by one, and the worst decides")
    func several() throws {
        let folder = try TemporaryFolder()
        let good = try folder.write(GGUFBuilder.smallLlama().build().bytes, as: "good.gguf")
        let bad = try folder.write(try #require(CorruptionCorpus.named("p01-nan-scale")).bytes, as: "bad.gguf")
        let worse = try folder.write(try #require(CorruptionCorpus.named("t07-half")).bytes, as: "worse.gguf")
        let report = Verifier().verify([good, bad, worse])
        #expect(report.files.map(\.verdict) == [.conforming, .findings, .malformed])
        #expect(report.exitCode == 2)
        #expect(Verifier().verify([good, bad]).exitCode == 1)
    }
}
