import HIFIBlockSpec
import HIFIGGUF
import HIFIIdentification
import HIFIVerification
import TestSupport
import Testing

@Suite("Tensors whose number means several things")
struct TypeMeaningTests {
    /// A matrix under some number, between vectors of fp32.
    private static func file(_ typeID: UInt32, _ columns: Int = 256, _ rows: Int = 64, bytes: Int) -> IdentificationFile {
        var file = IdentificationFile()
        file.add("blk.0.attn_norm.weight", 256, 1, typeID: 0, .stock("f32"))
        let data = (0..<bytes).map { UInt8(truncatingIfNeeded: 37 * $0 + $0 / 256) }
        file.builder.tensors.append(
            .init("blk.0.attn_q.weight", [UInt64(columns), UInt64(rows)], typeID: typeID, data: data))
        file.add("output_norm.weight", 256, 1, typeID: 0, .stock("f32"))
        return file
    }

    // MARK: Number 36

    @Test("BitNet's I2_S, two bits a weight and 32 bytes at the end, is not called a withdrawn type", arguments: [(256, 64), (2560, 6912)])
    func bitnet(_ columns: Int, _ rows: Int) throws {
        let file = Self.file(36, columns, rows, bytes: columns * rows / 4 + 32)
        let found = file.identify()
        #expect(found.tensorFormats[1] == "i2_s" && found.dialects == ["ik-llama"] && found.confidence == .certain, "\(found.headline)")
        #expect(found.evidence.contains { $0.text.contains("64 bytes per 256 weights and 32 at the end: i2_s") }, "\(found.evidence)")
        let report = try report(file.builder.build().bytes)
        #expect(report.rules.isDisjoint(with: ["GGUF-54", "GGUF-55", "GGUF-56", "GGUF-60", "GGUF-61", "IDENT-02"]), "\(report.rules)")
        let item = try #require(report.files.first?.coverage.items.first { $0.area == .blocks })
        #expect(item.reason?.contains("i2_s by size only (1 tensor)") == true, "\(item)")
    }

    @Test("the withdrawn IQ4_NL_4_4 is, and what else the number means is said")
    func withdrawn() throws {
        let finding = try #require(try report(Self.file(36, bytes: 256 * 64 / 32 * 18).builder.build().bytes).finding("GGUF-55"))
        #expect(
            finding.message
                == "The tensor has type 36, which upstream has withdrawn: "
                + "IQ4_NL_4_4 (upstream, withdrawn), TQ2_0 (the HIFI fork), I2_S (ik_llama.cpp).")
    }

    // MARK: Types without a size

    @Test("a number that several projects give names all of them, and is not said to be unknown")
    func several() throws {
        let report = try report(Self.file(45, bytes: 8192).builder.build().bytes)
        let finding = try #require(report.finding("GGUF-56"))
        for name in ["Q3_K_HIFI_RES8 (the HIFI fork)", "TQ3_1S (llama-cpp-turboquant)"] { #expect(finding.message.contains(name)) }
        #expect(!finding.message.contains("only"))
        let item = try #require(report.files.first?.coverage.items.first { $0.area == .blocks })
        #expect(item.reason?.contains("type 45 is not settled: ") == true && item.reason?.contains("TQ3_1S") == true, "\(item)")
        #expect(item.reason?.contains("not known") == false)
    }

    @Test("of a number that has only ever been a name, the name is said")
    func named() throws {
        let item = try #require(
            try report(Self.file(4, bytes: 8192).builder.build().bytes).files.first?.coverage.items.first { $0.area == .blocks })
        #expect(item.reason?.contains("type 4 is known by name only: Q4_2 (upstream, withdrawn)") == true, "\(item)")
    }

    @Test("a meaning whose size nobody recorded cannot be ruled out, so that another one is not certain")
    func rival() throws {
        // 196 bytes for 256 weights under 44, which turbo-tan's fork gives to TQ3_1S.
        var file = Self.file(44, bytes: 64 * 196)
        let found = file.identify()
        #expect(found.tensorFormats[1] == "q5_k_hifi_res8" && found.confidence == .likely, "\(found.headline)")
        let ambiguity = try #require(found.ambiguities.first { $0.typeID == 44 })
        #expect(ambiguity.text.contains("TQ3_1S (turbo-tan/llama.cpp-tq3), whose size is not recorded"), "\(ambiguity.text)")
        #expect(!ambiguity.decidedBy.isEmpty && !ambiguity.text.contains("TURBO4_0"), "no file holds the cache of keys and values")
        // A stamp decides.
        file.builder.stamp(.string("fork-2026-02-22"), .strings(["0=f32", "44=q5_k_hifi_res8"]))
        #expect(file.identify().ambiguities.isEmpty)
    }

    @Test("where the rest of the file contradicts the other project, it is no rival")
    func noRival() {
        var file = Self.file(44, bytes: 64 * 196)
        file.add("blk.0.attn_v.weight", typeID: 46, .stock("q4_k_hifi"))
        file.add("blk.0.ffn_norm.weight", 256, 1, typeID: 0, .stock("f32"))
        #expect(file.identify().ambiguities.isEmpty)
    }

    // MARK: Interleaved rows

    @Test("types that a quantizer writes to files are worth a note, those made at load a warning")
    func written() throws {
        for (number, format, severity) in [(212, "q4_k_r4", Finding.Severity.note), (353, "mxfp4_r8", .warning)] {
            let bytes = 64 * 256 / (Spec.format(format)?.elements ?? 1) * (Spec.format(format)?.bytes ?? 0)
            let finding = try #require(try report(Self.file(UInt32(number), bytes: bytes).builder.build().bytes).finding("GGUF-85"))
            #expect(finding.severity == severity, "\(format)")
            #expect(finding.message.contains("can be taken apart and decoded") && finding.advice?.contains("cannot") == false, "\(format)")
            #expect(finding.message.contains("quantizer") == (severity == .note), "\(finding.message)")
        }
    }

    @Test("formats of their own with interleaved rows are made for files", arguments: [(219, "iq1_s_r4"), (229, "iq1_m_r4")])
    func ownFormat(_ number: UInt32, _ format: String) throws {
        let row = try #require(Spec.format(format)?.bytes(forRowOf: 256))
        let report = try report(Self.file(number, bytes: 64 * Int(row)).builder.build().bytes)
        #expect(report.finding("GGUF-85") == nil)
        let meaning = try #require(TypeRegistry.number(number)?.meanings.first)
        #expect(meaning.explanation == nil && meaning.note?.contains("a format of its own".capitalizedFirst) == true)
    }

    @Test("blocks whose bits were changed when rows were interleaved are said to be checked by size only")
    func coverage() throws {
        let format = try #require(Spec.format("iq2_xxs_r4"))
        let number = try #require(Spec.dialect("ik-llama")?.types.first { $0.formats == [format.id] }?.id)
        let item = try #require(
            try report(Self.file(number, bytes: 64 * format.bytes).builder.build().bytes).files.first?.coverage.items.first {
                $0.area == .blocks
            })
        #expect(item.reason?.contains("iq2_xxs_r4 by size only (1 tensor)") == true, "\(item)")
    }

    @Test("rows that are not whole groups are a fault, in each matrix of a tensor", arguments: [(202, "q4_0_r8", 12), (212, "q4_k_r4", 6)])
    func groups(_ number: UInt32, _ format: String, _ rows: Int) throws {
        let bytes = rows * Int(try #require(Spec.format(format)?.bytes(forRowOf: 256)))
        var file = Self.file(number, 256, rows, bytes: bytes)
        let finding = try #require(try report(file.builder.build().bytes).finding("GGUF-86"))
        #expect(finding.severity == .error && finding.message.contains("\(rows) rows"), "\(finding.message)")
        // Two matrices of half a group each are not one group.
        file.builder.tensors[1].dimensions = [256, UInt64(rows / 2), 2]
        #expect(try report(file.builder.build().bytes).finding("GGUF-86") != nil)
        let whole = Self.file(number, bytes: 64 * bytes / rows)
        #expect(try report(whole.builder.build().bytes).finding("GGUF-86") == nil)
    }

    // MARK: Words

    @Test("evidence counts the headers of rows")
    func headers() {
        var file = IdentificationFile()
        file.add("blk.0.attn_q.weight", 512, 8, typeID: 144, .stock("iq4_ks"))
        file.add("output_norm.weight", 256, 1, typeID: 0, .stock("f32"))
        let found = file.identify()
        #expect(found.evidence.contains { $0.text.contains("= 136 bytes per 256 weights and 4 a row: iq4_ks") }, "\(found.evidence)")
    }

    @Test("how many other readers read a file is compared with nothing else")
    func readers() throws {
        let finding = try #require(
            try report(Self.file(144, 256, 64, bytes: 64 * 140).builder.build().bytes).findings.last { $0.rule == "IDENT-07" })
        #expect(finding.message.hasPrefix("Other known readers") && finding.expected == "other readers that read it correctly")
        #expect(finding.found == "0 of 5")
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
