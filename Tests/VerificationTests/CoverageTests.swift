import HIFIBlockSpec
import HIFIGGUF
import HIFIVerification
import TestSupport
import Testing

/// A file of which something stays unchecked, and the rule that says so where it is required.
struct CoverageCase: Sendable, CustomStringConvertible {
    let rule: String
    let area: Coverage.Area
    let sentence: String
    private let options: @Sendable (inout VerifierOptions) -> Void
    private let make: @Sendable (TemporaryFolder) throws -> String

    var description: String { "\(rule) \(sentence)" }

    init(
        _ rule: String, _ area: Coverage.Area, _ sentence: String, options: @escaping @Sendable (inout VerifierOptions) -> Void = { _ in },
        _ make: @escaping @Sendable (TemporaryFolder) throws -> String
    ) {
        (self.rule, self.area, self.sentence, self.options, self.make) = (rule, area, sentence, options, make)
    }

    private static func changed(_ change: @escaping @Sendable (inout GGUFBuilder) -> Void) -> @Sendable (TemporaryFolder) throws -> String {
        { folder in
            var builder = GGUFBuilder.smallLlama()
            change(&builder)
            return try folder.write(builder.build().bytes)
        }
    }

    /// A tensor of a type of which any bytes are valid, all bytes 0xFF.
    static func sized(_ format: String, _ typeID: UInt32) -> GGUFBuilder.Tensor {
        let (bytes, elements) = (Spec.format(format)?.bytes ?? 0, Spec.format(format)?.elements ?? 256)
        return .init("blk.1.made_up.weight", [256, 4], typeID: typeID, data: [UInt8](repeating: 0xFF, count: 1024 / elements * bytes))
    }

    static let all = [
        CoverageCase("COVER-01", .container, "a header that ends early") { folder in
            try folder.write(Array(GGUFBuilder.smallLlama().build().bytes[..<700]))
        },
        CoverageCase("COVER-02", .blocks, "data that is not looked at", options: { $0.headerOnly = true }, changed { _ in }),
        CoverageCase("COVER-02", .blocks, "a type without content rules", changed { $0.tensors.append(sized("iq1_xs", 64)) }),
        CoverageCase(
            "COVER-02", .blocks, "integers",
            changed {
                $0.tensors.append(.init("ids", [8], typeID: 26, data: [UInt8](repeating: 1, count: 32)))
            }),
        CoverageCase(
            "COVER-03", .architecture, "an architecture that is not described",
            changed {
                $0.entries[0] = .init("general.architecture", .string("unheard-of"))
            }),
        CoverageCase("COVER-04", .tokenizer, "a tokenizer in a file whose keys end early") { folder in
            try folder.write(Array(GGUFBuilder.smallLlama().build().bytes[..<300]))
        },
        CoverageCase(
            "COVER-05", .label, "a file type that says nothing of tensors",
            changed {
                $0.entries[0] = .init("general.type", .string("imatrix"))
            }),
        CoverageCase("COVER-06", .digests, "no manifest", changed { _ in }),
        CoverageCase("COVER-07", .parts, "a part without the other") { folder in
            var builder = GGUFBuilder.smallLlama()
            builder.entries += [
                .init("split.no", .uint16(0)), .init("split.count", .uint16(2)), .init("split.tensors.count", .int32(22)),
            ]
            return try folder.write(builder.build().bytes, as: "model-00001-of-00002.gguf")
        },
    ]

    func report(required: Set<Coverage.Area>? = nil) throws -> VerificationReport {
        let folder = try TemporaryFolder()
        let path = try make(folder)
        let required = required ?? [area]
        let change = options
        return Verifier(
            .with(.spec) { options in
                change(&options)
                options.required = required
            }
        ).verify([path])
    }
}

@Suite("What a verdict covers")
struct CoverageTests {
    @Test("A gap is a finding where its area is required, and only there", arguments: CoverageCase.all)
    func required(_ file: CoverageCase) throws {
        let open = try file.report(required: [])
        let item = try #require(open.files.first?.coverage[file.area])
        #expect(item.isGap || file.area == .digests)
        #expect(item.reason != nil)
        #expect(open.rules.filter { $0.hasPrefix("COVER-") } == [])
        let report = try file.report()
        let finding = try #require(report.finding(file.rule), "only \(report.rules.sorted())")
        #expect(finding.severity == .error && finding.kind == .unsupported)
        #expect(finding.found == item.reason)
        #expect(report.exitCode >= 1)
    }

    @Test("Every area is stated of every file, damaged or not", arguments: CorruptionCorpus.cases)
    func stated(_ file: CorruptionCorpus.Case) throws {
        let coverage = try #require(try report(file.bytes).files.first?.coverage)
        #expect(coverage.items.map(\.area) == Coverage.Area.allCases)
        #expect(coverage.isFull == coverage.gaps.isEmpty)
        for item in coverage.items where item.isGap { #expect(item.reason?.isEmpty == false) }
    }

    @Test("Blocks are counted by content and by size", arguments: [("iq1_xs", UInt32(64))])
    func types(_ format: String, _ typeID: UInt32) throws {
        var builder = GGUFBuilder.smallLlama()
        builder.tensors.append(CoverageCase.sized(format, typeID))
        let report = try report(builder.build().bytes)
        let coverage = try #require(report.files.first?.coverage)
        let sized = try #require(coverage.types.first { $0.format == format })
        #expect((sized.bySizeOnly, sized.byContent, sized.blocksByContent) == (1, 0, 0))
        let checked = try #require(coverage.types.first { $0.format == "q4_1" })
        #expect((checked.byContent, checked.bySizeOnly) == (16, 0))
        // Q4_1: 20 bytes for 32 weights.
        #expect(checked.blocksByContent == builder.tensors.filter { $0.typeID == 3 }.map { $0.data.count / 20 }.reduce(0, +))
        #expect(coverage[.blocks]?.state == .partly)
        #expect(coverage.gaps.contains { $0.contains("\(format) by size only (1 tensor)") })
        #expect(!coverage.isFull)
    }

    @Test(
        "Types of upstream are checked by content",
        arguments: [("iq1_m", UInt32(29)), ("tq1_0", 34), ("nvfp4", 40), ("iq3_s", 21), ("mxfp4", 39)])
    func byContent(_ format: String, _ typeID: UInt32) throws {
        var builder = GGUFBuilder.smallLlama()
        builder.tensors.append(CoverageCase.sized(format, typeID))
        let file = try #require(try report(builder.build().bytes).files.first)
        let type = try #require(file.coverage.types.first { $0.format == format })
        #expect((type.bySizeOnly, type.byContent) == (0, 1))
        // All bytes 0xFF: a scale that is no number, or bytes that no encoder writes.
        #expect(file.findings.contains { $0.location.tensor == "blk.1.made_up.weight" && $0.clause != nil })
    }

    @Test("Blocks of a type whose meaning nothing decides are covered in part, and say as what they were taken")
    func undecided() throws {
        var builder = GGUFBuilder.smallLlama()
        builder.tensors = [.init("t0.weight", [256], typeID: 40, data: [UInt8](repeating: 0, count: 144))]
        let coverage = try #require(try report(builder.build().bytes).files.first?.coverage)
        #expect(coverage[.blocks]?.state == .partly)
        #expect(coverage.gaps.contains { $0.contains("type 40 taken as nvfp4 and not proven to be it (1 tensor)") }, "\(coverage.gaps)")
        // Of so many rows the bytes leave one meaning.
        builder.tensors = [.init("t0.weight", [256, 64], typeID: 40, data: [UInt8](repeating: 0, count: 64 * 144))]
        let decided = try #require(try report(builder.build().bytes).files.first?.coverage)
        #expect(decided[.blocks]?.state == .checked, "\(decided.gaps)")
    }

    @Test("Data that is not there, or has no known type, is not looked at")
    func unread() throws {
        var builder = GGUFBuilder.smallLlama()
        builder.tensors.append(.init("odd", [32], typeID: 120, data: [UInt8](repeating: 1, count: 32)))
        let coverage = try #require(try report(builder.build().bytes).files.first?.coverage)
        #expect(coverage.types.first { $0.id == 120 }?.notLookedAt == 1)
        #expect(coverage.gaps.contains { $0.contains("type 120 is not known") })
        let cut = try #require(try report(Array(GGUFBuilder.smallLlama().build().bytes.dropLast(100))).files.first?.coverage)
        #expect(cut.gaps.contains { $0.contains("1 tensor not examined: data outside the file") })
    }

    @Test("A described architecture without tokenizer and label is covered whole")
    func full() throws {
        var builder = GGUFBuilder.smallLlama()
        builder.entries.removeAll { String(decoding: $0.key, as: UTF8.self).hasPrefix("tokenizer.") }
        let coverage = try #require(try report(builder.build().bytes).files.first?.coverage)
        #expect(coverage[.tokenizer]?.state == .absent)
        #expect(coverage[.architecture]?.state == .checked)
        #expect(coverage[.container]?.state == .checked)
        #expect(coverage[.blocks]?.state == .checked)
        #expect(coverage[.parts]?.state == .absent)
    }

    @Test("A tensor that the architecture does not list is a gap, by name")
    func unlisted() throws {
        var builder = GGUFBuilder.smallLlama()
        builder.tensors.append(.init("blk.0.made_up.weight", [8], typeID: 0, data: (0..<8).flatMap { [0, 0, UInt8($0), 63] }))
        let coverage = try #require(try report(builder.build().bytes).files.first?.coverage)
        #expect(coverage[.architecture]?.state == .partly)
        #expect(coverage.gaps.contains { $0.contains("blk.0.made_up.weight") })
    }

    @Test("Digests are covered as far as the manifest lists them")
    func digests() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(GGUFBuilder.smallLlama().build().bytes)
        let lines = try Manifests.text(of: path).split(separator: "\n").map(String.init)
        func item(_ lines: [String]) throws -> Coverage.Item {
            let manifest = try folder.write(Array((lines.joined(separator: "\n") + "\n").utf8), as: "m")
            let report = Verifier(.with(.spec) { $0.manifestPath = manifest }).verify([path])
            return try #require(report.files.first?.coverage[.digests])
        }
        #expect(try item(lines).state == .checked)
        // The lines that name a tensor, but for one, which has two digests, and none for the data as a whole.
        let tensors = lines.filter { $0.contains(":") }
        let fewer = try item([lines[0]] + Array(tensors.dropFirst(2)))
        #expect(fewer.state == .partly)
        #expect(fewer.reason == "digests of 1 of 21 tensors not compared")
    }

    @Test("Where keys alone announce other parts, nothing is reported missing from the model")
    func keysOnly() throws {
        var builder = GGUFBuilder.smallLlama()
        builder.tensors.removeLast(5)
        builder.entries += [
            .init("split.no", .uint16(0)), .init("split.count", .uint16(2)), .init("split.tensors.count", .int32(21)),
        ]
        let report = try report(builder.build().bytes)
        #expect(report.rules.contains("GGUF-80") && !report.rules.contains("GGUF-71"))
        #expect(report.files.first?.coverage[.parts]?.reason == "1 of 2 parts were not found")
        #expect(report.files.first?.coverage[.architecture]?.isGap == true)
    }
}
