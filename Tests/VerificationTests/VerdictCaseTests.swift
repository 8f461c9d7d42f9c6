import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF
import HIFIVerification
import TestSupport
import Testing

@Suite("What is damage, and what is merely odd")
struct VerdictCaseTests {
    /// The small model with the data of one tensor replaced by floats.
    static func model(_ tensor: Int, _ values: [UInt32]) -> GGUFBuilder {
        var builder = GGUFBuilder.smallLlama()
        builder.tensors[tensor].data = values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        return builder
    }

    static func floats(_ name: String, _ dimensions: [UInt64], _ values: [Float]) -> GGUFBuilder.Tensor {
        .init(
            name, dimensions, typeID: 0,
            data: values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) } })
    }

    static func report(_ builder: GGUFBuilder, _ profile: RuleProfile = .spec) throws -> VerificationReport {
        try VerificationTests.report(builder.build().bytes, .with(profile))
    }

    // MARK: - Sizes and order of plain floats

    @Test("A norm of ones in the other byte order is 4.6e-41 throughout, and told as swapped (CONTENT-13)", arguments: RuleProfile.allCases)
    func swappedOnes(_ profile: RuleProfile) throws {
        let builder = Self.model(1, [UInt32](repeating: Float(1).bitPattern.byteSwapped, count: 64))
        let report = try Self.report(builder, profile)
        let finding = try #require(report.finding("CONTENT-13"))
        #expect(finding.location.tensor == "blk.0.attn_norm.weight")
        #expect(finding.found == "4.6006e-41" && finding.expected == "numbers such as 1.0")
        #expect(report.exitCode == 1 && report.finding("CONTENT-12") == nil)
    }

    @Test("Swapped weights with full mantissas are recognised by their exponents, in every type", arguments: ["f32", "f16", "bf16", "f64"])
    func swappedWeights(_ format: String) throws {
        var random = SplitMix64(seed: 13)
        let ids: [String: UInt32] = ["f32": 0, "f16": 1, "bf16": 30, "f64": 28]
        let width = ["f32": 4, "f16": 2, "bf16": 2, "f64": 8][format] ?? 4
        /// 512 numbers around 0.02, of both signs, 64 of them around 1: the bytes, lowest first.
        let values: [[UInt8]] = (0..<512).map { index in
            let value = (Double(random.next() >> 11) / 0x1p53 - 0.5) * (index % 8 == 0 ? 2 : 0.04)
            let bits: UInt64 =
                switch format {
                case "f32": UInt64(Float(value).bitPattern)
                case "f16": UInt64(Float16(value).bitPattern)
                case "bf16": UInt64(Float(value).bitPattern >> 16)
                default: value.bitPattern
                }
            return (0..<width).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt64($0))) }
        }
        func report(_ swapped: Bool) throws -> VerificationReport {
            var builder = GGUFBuilder.smallLlama()
            builder.tensors.append(
                .init("blk.1.made_up.weight", [64, 8], typeID: ids[format] ?? 0, data: values.flatMap { swapped ? $0.reversed() : $0 }))
            return try Self.report(builder)
        }
        #expect(try report(true).finding("CONTENT-13")?.location.tensor == "blk.1.made_up.weight")
        let sound = try report(false)
        #expect(sound.finding("CONTENT-12") == nil && sound.finding("CONTENT-13") == nil)
    }

    @Test(
        "A number above 1e31 is odd, and a quarter below 1e-30 (CONTENT-12); zeros, a few small ones and the lowest number are not",
        arguments: [
            (Float(1e-31), 64, true), (2e31, 64, true), (2e31, 1, true), (1e-31, 17, true), (1e-31, 16, false), (1e-29, 64, false),
            (1e30, 64, false), (-Float.greatestFiniteMagnitude, 30, false), (Float.greatestFiniteMagnitude, 1, true),
        ])
    func magnitude(_ value: Float, _ count: Int, _ isOdd: Bool) throws {
        let values = (0..<64).map { $0 < count ? value * (abs(value) < 1 ? 1 + Float($0) / 1000 : 1) : 0.5 + Float($0) / 1000 }
        #expect((try Self.report(Self.model(1, values.map(\.bitPattern))).finding("CONTENT-12") != nil) == isOdd)
        // Zeros say nothing about the others.
        let sparse = (0..<64).map { $0 == 7 ? value : Float(0) }
        let isAlwaysOdd = abs(value) < 1e-30 || value > 1e31
        #expect((try Self.report(Self.model(1, sparse.map(\.bitPattern))).finding("CONTENT-12") != nil) == isAlwaysOdd)
    }

    @Test("Numbers that have decayed to almost nothing are not taken for swapped")
    func decayed() throws {
        var random = SplitMix64(seed: 5)
        // A fifth subnormal with all kinds of mantissas, the rest ordinary.
        let values = (0..<64).map { index in
            index % 5 == 0 ? UInt32(truncatingIfNeeded: random.next()) & 0x007F_FFFF : Float(0.1 + Double(index) / 100).bitPattern
        }
        let report = try Self.report(Self.model(1, values))
        #expect(report.finding("CONTENT-13") == nil && report.finding("CONTENT-12") == nil)
    }

    // MARK: - No damage

    @Test("A stored mask is zeros and -infinity, and no damage")
    func mask() throws {
        func finding(_ values: [Float]) throws -> Finding? {
            var builder = GGUFBuilder.smallLlama()
            builder.tensors.append(Self.floats("blk.1.mask", [8, 8], values))
            return try Self.report(builder).finding("CONTENT-04")
        }
        let causal = (0..<64).map { $0 % 8 <= $0 / 8 ? Float(0) : -.infinity }
        #expect(try finding(causal)?.severity == .note)
        // One other number, +infinity, or no zero at all: damage.
        for (index, value) in [(9, Float(0.5)), (1, .infinity)] {
            var other = causal
            other[index] = value
            #expect(try finding(other)?.severity == .error)
        }
        #expect(try finding([Float](repeating: -.infinity, count: 64))?.severity == .error)
        // One infinity among zeros blocks nothing: it is damage, wherever it is.
        #expect(try finding([Float](repeating: 0, count: 63) + [-.infinity])?.severity == .error)
        // A tensor of the architecture is never a mask, nor is a vector.
        var builder = GGUFBuilder.smallLlama()
        let norm = try #require(builder.tensors.firstIndex { $0.name == Array("blk.0.attn_norm.weight".utf8) })
        builder.tensors[norm].data = Self.floats("", [], causal).data
        #expect(try Self.report(builder).finding("CONTENT-04")?.severity == .error)
        builder = GGUFBuilder.smallLlama()
        builder.tensors.append(Self.floats("blk.1.mask", [64], causal))
        #expect(try Self.report(builder).finding("CONTENT-04")?.severity == .error)
    }

    @Test("A norm of zeros lets nothing through; a bias of zeros is ordinary (CONTENT-05)")
    func zeroVectors() throws {
        let zeros = [UInt32](repeating: 0, count: 64)
        let report = try Self.report(Self.model(1, zeros))
        #expect(report.finding("CONTENT-05")?.location.tensor == "blk.0.attn_norm.weight")
        var builder = GGUFBuilder.smallLlama()
        builder.tensors.append(Self.floats("blk.0.attn_q.bias", [64], [Float](repeating: 0, count: 64)))
        #expect(try Self.report(builder).finding("CONTENT-05") == nil)
    }

    @Test("What is not zero in fp64 is not told as zeros, even if it would be in fp32")
    func tinyDoubles() throws {
        func report(_ value: Double) throws -> VerificationReport {
            var builder = GGUFBuilder.smallLlama()
            let data = (0..<512).flatMap { index in
                (0..<8).map { UInt8(truncatingIfNeeded: (value * Double(index)).bitPattern >> (8 * $0)) }
            }
            builder.tensors.append(.init("blk.1.made_up.weight", [64, 8], typeID: 28, data: data))
            return try Self.report(builder)
        }
        let tiny = try report(1e-226)
        #expect(tiny.finding("CONTENT-05") == nil && tiny.finding("CONTENT-12") != nil)
        #expect(try report(0).finding("CONTENT-05") != nil)
    }

    @Test("A quantized tensor that decodes to one infinity is an error, whatever rules its type has (CONTENT-06)")
    func infiniteConstant() throws {
        var builder = GGUFBuilder.smallLlama()
        builder.tensors.append(.init("blk.1.made_up.weight", [64, 16], typeID: 39, data: [UInt8](repeating: 0xFF, count: 1024 / 32 * 17)))
        let finding = try #require(try Self.report(builder).finding("CONTENT-06"))
        #expect(finding.severity == .error && finding.message.contains("-inf"))
    }

    @Test(
        "The zeros of a fresh LoRA B are not damage, those of other matrices are odd",
        arguments: [("lora_b", Finding.Severity.note), ("lora_a", .warning)])
    func adapter(_ suffix: String, _ severity: Finding.Severity) throws {
        var builder = GGUFBuilder()
        builder.entries = [
            .init("general.architecture", .string("llama")), .init("general.type", .string("adapter")),
            .init("adapter.type", .string("lora")), .init("adapter.lora.alpha", .float32(16)),
        ]
        builder.tensors = [Self.floats("blk.0.attn_q.weight.\(suffix)", [128, 8], [Float](repeating: 0, count: 1024))]
        let report = try Self.report(builder)
        #expect(report.finding("CONTENT-05")?.severity == severity)
        #expect(report.exitCode == (severity == .note ? 0 : 1))
    }

    @Test("A file without a quantization version is not damage, one of another version is odd", arguments: RuleProfile.allCases)
    func quantizationVersion(_ profile: RuleProfile) throws {
        var builder = GGUFBuilder.smallLlama()
        builder.entries.removeAll { $0.key == Array("general.quantization_version".utf8) }
        let report = try Self.report(builder, profile)
        #expect(report.finding("GGUF-34")?.severity == .note && report.exitCode == 0)
        builder.entries.append(.init("general.quantization_version", .uint32(1)))
        #expect(try Self.report(builder, profile).finding("GGUF-34")?.severity == .warning)
    }

    @Test("A sound file that a reader misreads is sound by the specification, and a warning in the runtime profile")
    func misread() throws {
        // Blocks of r12 whose unused slots their own kernels misread.
        let bytes = try #require(RuleCase.all.first { $0.rule == "IDENT-07" }).bytes
        let misread = try VerificationTests.report(bytes, .with(.spec)).findings.filter { $0.rule == "IDENT-07" }
        #expect(!misread.isEmpty && misread.allSatisfy { $0.severity == .note })
        #expect(try VerificationTests.report(bytes, .with(.runtime)).findings.contains { $0.rule == "IDENT-07" && $0.severity == .warning })
    }

    // MARK: - Other files

    @Test(
        "What is not a GGUF file is named",
        arguments: [
            ("Entry not found", "error page"), ("Not Found\n", "error page"), ("{\"error\": \"x\"}", "JSON"),
            ("<?xml version=\"1.0\"?><Error/>", "XML"), ("<Error><Code>AccessDenied</Code></Error>", "XML"),
            ("Zugriff verweigert – später", "error page"),
            ("\u{FEFF}Invalid credentials", "error page"), ("version https://git-lfs.github.com/spec/v1", "Git LFS"),
            ("<html><body>404</body></html>", "HTML"),
        ])
    func text(_ text: String, _ name: String) throws {
        let finding = try #require(try VerificationTests.report(Array(text.utf8)).finding("GGUF-03"))
        #expect(finding.found?.contains(name) == true, "\(finding.found ?? "")")
        #expect(finding.kind == .unsupported)
    }

    @Test("Long text is text, a damaged magic is one, and control characters of either stay off the terminal")
    func otherText() throws {
        let long = try VerificationTests.report(Array(String(repeating: "All work and no play. ", count: 5000).utf8))
        #expect(long.finding("GGUF-03")?.found == "a text file")
        var bytes = GGUFBuilder.smallLlama().build().bytes
        bytes[0] = UInt8(ascii: "X")
        #expect(try VerificationTests.report(bytes).rules.contains("GGUF-02"))
        #expect(try VerificationTests.report(Array("no\u{1B}[31mthing".utf8)).rules.contains("GGUF-02"))
        let page = try VerificationTests.report(Array("Denied\u{202E}\u{9B}31m".utf8)).finding("GGUF-03")?.found ?? ""
        #expect(!page.isEmpty && !page.unicodeScalars.contains { $0.value == 0x202E || $0.value == 0x9B })
    }

    @Test("A big-endian file is unsupported, not malformed; so is version 1; swapped bytes in the version alone are damage")
    func byteOrder() throws {
        let little = GGUFBuilder.smallLlama().build().bytes
        var big = little
        for range in [4..<8, 8..<16, 16..<24] { big.replaceSubrange(range, with: little[range].reversed()) }
        let report = try VerificationTests.report(big)
        #expect(report.verdict == .unsupported && report.exitCode == 1)
        #expect(report.findings.contains { $0.rule == "GGUF-05" && $0.kind == .unsupported })
        #expect(report.files.first?.coverage[.container]?.isGap == true)
        var builder = GGUFBuilder.smallLlama()
        builder.version = 1
        #expect(try Self.report(builder).verdict == .unsupported)
        var version = little
        version.replaceSubrange(4..<8, with: little[4..<8].reversed())
        #expect(try VerificationTests.report(version).verdict == .malformed)
    }

    // MARK: - Keys of parts

    @Test(
        "Where the name says nothing of parts, the keys do",
        arguments: [
            (["split.no": MetadataValue.string("0"), "split.count": .string("2")], "GGUF-75", Finding.Severity.error),
            (["split.count": .float32(2)], "GGUF-75", .error), (["split.no": .uint16(0)], "GGUF-75", .error),
            (["split.no": .uint16(1), "split.count": .uint16(0)], "GGUF-76", .error),
            (["split.no": .uint16(2), "split.count": .uint16(2), "split.tensors.count": .int32(21)], "GGUF-76", .error),
            (["split.count": .uint16(2)], "GGUF-75", .error),
            // As llama-gguf-split leaves a merged file.
            (["split.no": .uint16(0), "split.count": .uint16(0), "split.tensors.count": .int32(21)], "GGUF-76", .note),
        ])
    func keys(_ keys: [String: MetadataValue], _ rule: String, _ severity: Finding.Severity) throws {
        var builder = GGUFBuilder.smallLlama()
        for (key, value) in keys.sorted(by: { $0.key < $1.key }) { builder.entries.append(.init(key, value)) }
        let report = try Self.report(builder)
        #expect(report.findings.filter { $0.rule == rule }.map(\.severity).max() == severity, "\(report.rules.sorted())")
        #expect((report.exitCode == 0) == (severity == .note))
    }

    @Test("Paths are told as they were given")
    func paths() throws {
        let folder = try TemporaryFolder()
        for change in [
            { $0.entries += [.init("split.count", .uint16(2))] },
            { (builder: inout GGUFBuilder) in builder.entries += [.init("split.count", .string("2"))] },
        ] {
            var builder = GGUFBuilder.smallLlama()
            change(&builder)
            let path = try folder.write(builder.build().bytes, as: "cases.gguf")
            let texts = Verifier().verify([path]).findings.flatMap { [$0.message, $0.found ?? "", $0.location.file?.raw ?? ""] }
            #expect(texts.contains(path))
            #expect(!texts.contains { $0.contains("Cases.gguf") || $0.hasPrefix(folder.path("").capitalized) })
        }
    }

    // MARK: - Templates

    @Test(
        "A chat template that reaches for Python is odd (GGUF-82)",
        arguments: [
            "{{ ''.__class__.__mro__ }}", "{% set x = cycler.__init__.__globals__.os %}", "{{ x | attr ( 'a' ) }}", "{{ x|attr('a') }}",
            "{{ lipsum }}", "{{ x['__cla' ~ 'ss__'] }}", "{{ x[ \"__dict__\" ] }}", "{{ x['\\x5f\\x5fclass'] }}",
            "{%- if x.__subclasses__() -%}",
            "{{ namespace.__init__ }}", "text {{ x|map(attribute='__globals__') }} more", "{{ unclosed.__class__",
        ])
    func template(_ template: String) throws {
        for key in ["tokenizer.chat_template", "tokenizer.chat_template.tool_use"] {
            var builder = GGUFBuilder.smallLlama()
            builder.entries.append(.init(key, .string(template)))
            let report = try Self.report(builder)
            let finding = try #require(report.finding("GGUF-82"), "\(template)")
            #expect(finding.location.key == ForeignText(key) && finding.severity == .warning && finding.kind == .suspicious)
        }
    }

    @Test(
        "Templates as models have them are left alone",
        arguments: [
            "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\\n' + m['content'] | trim }}{% endfor %}",
            "{%- set ns = namespace(found=false) %}{%- for m in messages[::-1] %}{%- set ns.found = true %}{%- endfor %}",
            "{% set comma = joiner(', ') %}{{ cycler('a', 'b').next() }}", "Do not use __class__ or lipsum here. {{ bos_token }}",
            "{# x.__class__ #}{{ messages[0]['content'] }}", "{{ raise_exception('no attr(x)') }}", "{{ tool.my__init__x }}",
            "<__media__>{{ x }}",
        ])
    func soundTemplate(_ template: String) throws {
        var builder = GGUFBuilder.smallLlama()
        builder.entries.append(.init("tokenizer.chat_template", .string(template)))
        #expect(try Self.report(builder).finding("GGUF-82") == nil)
    }
}
