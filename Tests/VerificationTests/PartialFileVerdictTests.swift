import HIFIBlockSpec
import HIFIFiles
import HIFIGGUF
import HIFIIdentification
import HIFIVerification
import TestSupport
import Testing

/// A file elsewhere of which the header is here, and tensors that are named.
private struct HeaderSource: FileSource {
    let bytes: [UInt8]
    var tensors: Set<String> = []

    func isLocal(_ path: String) -> Bool { false }

    func open(_ path: String) throws(FileError) -> MappedFile {
        var end = min(64, bytes.count)
        while let next = HeaderExtent.measure(ByteView(Array(bytes[..<end])), fileBytes: bytes.count)
            .end(afterRequests: 9, fileBytes: bytes.count)
        { end = next }
        var file = try PartialFile(name: "https://example.org/model.gguf", size: bytes.count)
        try file.put(Array(bytes[..<end]), at: 0)
        let scan = GGUFScan.scan(bytes)
        for tensor in scan.tensors where tensors.contains(tensor.name.raw) {
            guard let start = scan.start(of: tensor), let span = scan.spanBytes(of: tensor) else { continue }
            try file.put(Array(bytes[start..<start + span]), at: start)
        }
        return try file.finish()
    }
}

@Suite("Verdicts on files of which parts are here")
struct PartialFileVerdictTests {
    private static func far(
        _ bytes: [UInt8], _ source: HeaderSource, _ profile: RuleProfile = .spec, _ change: (inout VerifierOptions) -> Void
    ) -> VerificationReport {
        let options = VerifierOptions.with(profile) {
            $0.source = source
            change(&$0)
        }
        return Verifier(options).verify(["https://example.org/model.gguf"])
    }

    /// Rules and places of all findings.
    private static func findings(_ report: VerificationReport) -> Set<String> {
        Set(report.files.flatMap(\.findings).map { "\($0.rule) \($0.severity) \($0.location.offset ?? -1)" })
    }

    @Test(
        "of a damaged file the header says what it says of a whole one, and never that more was looked at",
        arguments: CorruptionCorpus.cases)
    func damaged(_ damage: CorruptionCorpus.Case) throws {
        let far = Self.far(damage.bytes, HeaderSource(bytes: damage.bytes)) { $0.headerOnly = true }
        let near = try report(damage.bytes, .with(.spec) { $0.headerOnly = true })
        #expect(far.failures.isEmpty && far.files.count == 1)
        // What stands between tensors is all that is not seen.
        let unseen = Self.findings(near).subtracting(Self.findings(far))
        // Of a hole that is not looked at only that it is there; whoever looks says what is in it, under a rule of its own.
        let holes = near.files.flatMap(\.findings).map { "GGUF-62 warning \($0.location.offset ?? -1)" }
        let more = Self.findings(far).subtracting(Self.findings(near)).subtracting(holes)
        #expect(more.isEmpty, "\(more)")
        let nearContainer = near.files.first?.coverage.items.first { $0.area == .container }
        let farContainer = far.files.first?.coverage.items.first { $0.area == .container }
        if !unseen.isEmpty { #expect(farContainer?.state == .partly, "\(unseen)") }
        if nearContainer?.state != .checked { #expect(farContainer?.state != .checked) }
        #expect(far.files.first?.coverage.items.first { $0.area == .blocks }?.state != .checked)
    }

    @Test("a fault inside blocks is found where its tensor is named, and only there", arguments: [true, false])
    func named(here: Bool) throws {
        var builder = GGUFBuilder.smallLlama()
        let index = try #require(builder.tensors.firstIndex { $0.typeID == 0 })
        builder.tensors[index].data.replaceSubrange(0..<4, with: [0, 0, 0xC0, 0x7F])
        let bytes = builder.build().bytes
        let names = GGUFScan.scan(bytes).tensors.map(\.name.raw)
        let (bad, good) = (names[index], names[index == 0 ? 1 : 0])
        let source = HeaderSource(bytes: bytes, tensors: [bad, good])
        let verdict = Self.far(bytes, source) { $0.tensors = [here ? bad : good] }
        #expect(verdict.files.first?.findings.contains { $0.location.tensor?.raw == bad && $0.severity == .error } == here)
        let blocks = try #require(verdict.files.first?.coverage.items.first { $0.area == .blocks })
        #expect(blocks.state != .checked && blocks.reason?.contains("not examined: not named") == true, "\(blocks)")
        // The same of a file that is all here.
        let local = try report(bytes, .with(.spec) { $0.tensors = [here ? bad : good] })
        #expect(Self.findings(verdict).isSubset(of: Self.findings(local)))
        // Named, but not fetched.
        let absent = Self.far(bytes, HeaderSource(bytes: bytes)) { $0.tensors = [bad] }
        #expect(absent.files.first?.coverage.items.first { $0.area == .blocks }?.reason?.contains("data not fetched") == true)
    }

    @Test("digests are those of what is here, none of the whole")
    func digests() throws {
        let bytes = GGUFBuilder.smallLlama().build().bytes
        let name = try #require(GGUFScan.scan(bytes).tensors.first?.name.raw)
        let far = Self.far(bytes, HeaderSource(bytes: bytes, tensors: [name])) {
            $0.tensors = [name]
            $0.wholeFileDigest = true
        }
        let near = try report(bytes, .with(.spec) { $0.wholeFileDigest = true })
        let (some, all) = (try #require(far.files.first?.digests), try #require(near.files.first?.digests))
        #expect(some.file == nil && some.combined == nil && some.header == all.header && all.file != nil)
        #expect(some.tensors == all.tensors.filter { $0.name.raw == name })
    }

    @Test("which revision a file holds is told by one tensor, and left open by the header where it is", arguments: HIFICorpus.cases)
    func identified(_ made: HIFICorpus.Case) throws {
        let bytes = made.bytes
        let names = Set(GGUFScan.scan(bytes).tensors.map(\.name.raw))
        let whole = Identification.identify(GGUFScan.scan(bytes))
        let header = try Identification.identify(GGUFScan.scan(HeaderSource(bytes: bytes).open("").bytes))
        let tensors = try Identification.identify(GGUFScan.scan(HeaderSource(bytes: bytes, tensors: names).open("").bytes))
        #expect(tensors.tensorFormats == whole.tensorFormats && tensors.confidence == whole.confidence)
        // By less evidence nothing may be surer, and nothing else.
        let rank: [Identification.Confidence] = [.none, .ambiguous, .likely, .certain]
        if header.confidence == .certain, whole.confidence == .certain { #expect(header.tensorFormats == whole.tensorFormats) }
        #expect(rank.firstIndex(of: header.confidence) ?? 0 <= rank.firstIndex(of: whole.confidence) ?? 0 || whole.confidence == .none)
    }
}
