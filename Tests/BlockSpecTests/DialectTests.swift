import HIFIBlockSpec
import Testing

@Suite("Dialects")
struct DialectTests {
    /// ggml's table as of 2026-08-23: number, name, weights and bytes of a block.
    static let upstream: [(id: UInt32, name: String, elements: Int, bytes: Int)] = [
        (0, "F32", 1, 4), (1, "F16", 1, 2), (2, "Q4_0", 32, 18), (3, "Q4_1", 32, 20), (6, "Q5_0", 32, 22), (7, "Q5_1", 32, 24),
        (8, "Q8_0", 32, 34), (9, "Q8_1", 32, 36), (10, "Q2_K", 256, 84), (11, "Q3_K", 256, 110), (12, "Q4_K", 256, 144),
        (13, "Q5_K", 256, 176), (14, "Q6_K", 256, 210), (15, "Q8_K", 256, 292), (16, "IQ2_XXS", 256, 66), (17, "IQ2_XS", 256, 74),
        (18, "IQ3_XXS", 256, 98), (19, "IQ1_S", 256, 50), (20, "IQ4_NL", 32, 18), (21, "IQ3_S", 256, 110), (22, "IQ2_S", 256, 82),
        (23, "IQ4_XS", 256, 136), (24, "I8", 1, 1), (25, "I16", 1, 2), (26, "I32", 1, 4), (27, "I64", 1, 8), (28, "F64", 1, 8),
        (29, "IQ1_M", 256, 56), (30, "BF16", 1, 2), (34, "TQ1_0", 256, 54), (35, "TQ2_0", 256, 66), (39, "MXFP4", 32, 17),
        (40, "NVFP4", 64, 36), (41, "Q1_0", 128, 18), (42, "Q2_0", 64, 18),
    ]

    @Test("upstream's table has these numbers, names and block sizes and no others")
    func upstreamTable() throws {
        let dialect = try #require(Spec.dialect("upstream"))
        #expect(dialect.types.filter { $0.status == .assigned }.map(\.id) == Self.upstream.map(\.id))
        for row in Self.upstream {
            let type = try #require(dialect.type(id: row.id))
            #expect(type.name == row.name)
            #expect(type.formats == [row.name.lowercased()])
            let size = try #require(Spec.format(type.formats[0]))
            #expect((size.elements, size.bytes) == (row.elements, row.bytes), "\(row.name)")
        }
        #expect(dialect.types.filter { $0.status == .removed }.map(\.id) == [4, 5, 31, 32, 33, 36, 37, 38])
        #expect(dialect.type(id: 43) == nil)
    }

    @Test("upstream's file types have these names")
    func upstreamFileTypes() throws {
        let dialect = try #require(Spec.dialect("upstream"))
        let names = [
            0: "ALL_F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K", 11: "Q3_K_S", 12: "Q3_K_M",
            13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M", 18: "Q6_K", 19: "IQ2_XXS", 20: "IQ2_XS", 21: "Q2_K_S",
            22: "IQ3_XS", 23: "IQ3_XXS", 24: "IQ1_S", 25: "IQ4_NL", 26: "IQ3_S", 27: "IQ3_M", 28: "IQ2_S", 29: "IQ2_M", 30: "IQ4_XS",
            31: "IQ1_M", 32: "BF16", 36: "TQ1_0", 37: "TQ2_0", 38: "MXFP4_MOE", 39: "NVFP4", 40: "Q1_0", 41: "Q2_0",
        ]
        let assigned = dialect.fileTypes.filter { $0.status == .assigned }
        #expect(Set(assigned.map { Int($0.id) }) == Set(names.keys))
        for fileType in assigned {
            let name = try #require(names[Int(fileType.id)])
            #expect(fileType.name == (fileType.id == 0 ? name : "MOSTLY_\(name)"))
        }
    }

    @Test(
        "in the fork's first regime every stock type from 12 on has upstream's number plus one",
        arguments: [
            "fork-2025-11-27", "fork-2025-11-29", "fork-2025-12-11", "fork-2025-12-11-fast", "fork-2025-12-12", "fork-2025-12-13",
            "fork-2025-12-22-early",
        ])
    func shiftedRegime(id: String) throws {
        let dialect = try #require(Spec.dialect(id))
        let stock = try #require(Spec.dialect("upstream-2025-08-05"))
        #expect(dialect.shiftsStockTypes)
        for type in stock.types where type.id >= 12 {
            let shifted = try #require(dialect.type(id: type.id + 1))
            #expect((shifted.name, shifted.status, shifted.formats) == (type.name, type.status, type.formats))
            #expect(shifted.isShifted)
        }
        for type in stock.types where type.id < 12 { #expect(dialect.type(id: type.id) == type) }
    }

    @Test("from e4fd98f81 on stock types below 40 have upstream's numbers")
    func restoredNumbers() throws {
        let stock = try #require(Spec.dialect("upstream-2025-08-05"))
        let later = Spec.dialects.filter { $0.family == .fork && ($0.since?.date ?? "9999") >= "2025-12-22 09:24" }
        #expect(later.count >= 20)
        for dialect in later {
            for type in stock.types { #expect(dialect.type(id: type.id) == type, "\(dialect.id)") }
            #expect(!dialect.shiftsStockTypes)
        }
    }

    /// Dialect, number and the formats it may stand for; no formats means that the number has no readable meaning.
    static let meanings: [(dialect: String, id: UInt32, formats: [String])] = [
        ("fork-2025-11-27", 12, ["q3_k_hifi@r1"]),
        ("fork-2025-11-29", 12, ["q3_k_hifi@r2"]),
        ("fork-2025-12-11", 12, ["q3_k_hifi@r3", "q3_k_hifi@r4"]),
        ("fork-2025-12-11-fast", 12, ["q3_k_hifi@r4"]),
        ("fork-2025-12-11-fast", 41, ["q3_k_hifi@r5"]),
        ("fork-2025-12-12", 12, []),
        ("fork-2025-12-12", 41, ["q3_k_hifi@r5"]),
        ("fork-2025-12-13", 41, ["q3_k_hifi@r6"]),
        ("fork-2025-12-13", 13, ["q4_k"]),
        ("fork-2025-12-13", 15, ["q6_k"]),
        ("fork-2025-12-13", 40, ["mxfp4"]),
        ("fork-2025-12-22-early", 12, ["q3_k_hifi@r6"]),
        ("fork-2025-12-22-early", 40, ["mxfp4"]),
        ("fork-2025-12-22-early", 41, []),
        ("fork-2025-12-22", 40, ["q3_k_hifi@r6"]),
        ("fork-2025-12-22", 39, ["mxfp4"]),
        ("fork-2025-12-22", 12, ["q4_k"]),
        ("fork-2025-12-22", 41, []),
        ("fork-2025-12-27", 41, ["q6_k_hifi"]),
        ("fork-2025-12-27", 42, ["q6_k_hifi_dynamic"]),
        ("fork-2025-12-27", 43, []),
        ("fork-2025-12-30", 43, ["q6_k_hifi_res8"]),
        ("fork-2025-12-30", 44, []),
        ("fork-2026-01-05", 44, ["q5_k_hifi_res8@f32"]),
        ("fork-2026-01-09", 45, []),
        ("fork-2026-01-17", 45, []),
        ("fork-2026-01-18", 40, ["q3_k_hifi@r7a"]),
        ("fork-2026-01-18", 45, ["q3_k_hifi_res8"]),
        ("fork-2026-01-26", 40, ["q3_k_hifi@r7b", "q3_k_hifi@r7c", "q3_k_hifi@r7d", "q3_k_hifi@r7e", "q3_k_hifi@r7f"]),
        ("fork-2026-01-26-sparse", 40, ["q3_k_hifi@r8"]),
        ("fork-2026-01-26-late", 40, ["q3_k_hifi@r9"]),
        ("fork-2026-02-03", 40, ["q3_k_hifi@r10", "q3_k_hifi@r11"]),
        ("fork-2026-02-03-late", 40, ["q3_k_hifi@r12a"]),
        ("fork-2026-02-04", 40, ["q3_k_hifi@r12b"]),
        ("fork-2026-02-08", 40, ["q3_k_hifi@r12c"]),
        ("fork-2026-02-08", 46, []),
        ("fork-2026-02-11", 46, ["q4_k_hifi"]),
        ("fork-2026-02-11", 44, ["q5_k_hifi_res8@f32"]),
        ("fork-2026-02-13", 44, ["q5_k_hifi_res8"]),
        ("fork-2026-02-13", 47, []),
        ("fork-2026-02-22", 47, ["q2_k_hifi"]),
        ("fork-2026-02-22", 48, []),
        ("fork-2026-03-04", 48, ["q2_k_turbo"]),
        ("fork-2026-03-04", 52, ["q6_k_turbo"]),
        ("fork-2026-03-08", 49, ["q3_k_lite"]),
        ("fork-2026-03-08", 53, []),
        ("fork-2026-03-15", 50, ["q4_k_lite"]),
        ("fork-2026-03-15", 53, ["nvfp4"]),
        ("fork-2026-04-11", 40, ["nvfp4"]),
        ("fork-2026-04-11", 41, ["q1_0"]),
        ("fork-2026-04-11", 42, ["q3_k_hifi@r12c"]),
        ("fork-2026-04-11", 43, ["q6_k_hifi"]),
        ("fork-2026-04-11", 44, ["q6_k_hifi_dynamic"]),
        ("fork-2026-04-11", 45, ["q6_k_hifi_res8"]),
        ("fork-2026-04-11", 46, ["q5_k_hifi_res8"]),
        ("fork-2026-04-11", 47, ["q3_k_hifi_res8"]),
        ("fork-2026-04-11", 48, ["q4_k_hifi"]),
        ("fork-2026-04-11", 49, ["q2_k_hifi"]),
        ("fork-2026-04-11", 50, ["q2_k_lite"]),
        ("fork-2026-04-11", 51, ["q3_k_lite"]),
        ("fork-2026-04-11", 52, ["q4_k_lite"]),
        ("fork-2026-04-11", 53, ["q5_k_lite"]),
        ("fork-2026-04-11", 54, ["q6_k_lite"]),
        ("fork-2026-04-11", 55, []),
        ("fork-report", 42, ["q3_k_hifi@r13"]),
        ("fork-python-2025-12", 41, ["q3_k_hifi@r5", "q3_k_hifi@r6"]),
        ("fork-python-2025-12", 13, ["q5_k"]),
        ("fork-python-2026-01", 40, ["q3_k_hifi@r6", "q3_k_hifi@r7a"]),
        ("ik-llama", 41, ["q1_0"]), ("ik-llama", 34, []), ("ik-llama", 36, ["i2_s"]), ("ik-llama", 39, ["mxfp4"]),
        ("ik-llama", 137, ["iq2_k"]), ("ik-llama", 142, []), ("ik-llama", 151, ["q8_kv"]), ("ik-llama", 212, ["q4_k_r4"]),
        ("prism", 42, ["q2_0@prism"]), ("prism-2026-08", 42, ["q2_0"]), ("prism-2026-08", 142, ["q2_0@prism"]),
        ("prism-2026-08", 143, ["ptq1_0"]),
        ("unsloth-pr-61", 43, ["iq1_xs"]), ("unsloth-iq1-narrow", 65, ["iq1_xxs"]), ("q4-t", 43, ["q4_t"]),
        ("turboquant", 43, []), ("turboquant", 46, ["tq4_1s"]), ("llama-cpp-tq3", 46, ["tq3_4s"]),
    ]

    @Test("a number means what the history says", arguments: meanings.indices)
    func meaning(index: Int) throws {
        let (id, number, formats) = Self.meanings[index]
        let dialect = try #require(Spec.dialect(id))
        #expect(dialect.type(id: number)?.formats ?? [] == formats)
    }

    @Test("the fork's periods follow each other without a gap")
    func continuity() {
        let periods = Spec.dialects.filter { $0.family == .fork && $0.since?.date != nil }
        #expect(periods.count >= 28)
        for (period, next) in zip(periods, periods.dropFirst()) {
            #expect(period.until == next.since, "\(period.id) and \(next.id)")
            #expect((period.since?.date ?? "") <= (next.since?.date ?? ""))
        }
        #expect(periods.last?.until == nil)
    }

    @Test("every format has a number in some dialect, except layouts that no file was written in")
    func coverage() {
        let named = Set(Spec.dialects.flatMap(\.types).flatMap(\.formats))
        // Quantization runs on the CPU, so what only GPU builds laid out this way never reached a file.
        let unwritten: Set = ["q3_k_hifi@r10-gpu", "q3_k_hifi@r11-gpu"]
        #expect(named == Set(Spec.formats.map(\.id)).subtracting(unwritten))
    }

    @Test("block sizes of the HIFI types are those of the history")
    func hifiSizes() throws {
        let sizes = [
            "q3_k_hifi@r1": 116, "q3_k_hifi@r2": 124, "q3_k_hifi@r3": 116, "q3_k_hifi@r4": 116, "q3_k_hifi@r5": 128, "q3_k_hifi@r6": 134,
            "q3_k_hifi@r7a": 160, "q3_k_hifi@r8": 160, "q3_k_hifi@r9": 160, "q3_k_hifi@r10": 160, "q3_k_hifi@r11": 159,
            "q3_k_hifi@r12a": 136, "q3_k_hifi@r13": 136, "q3_k_hifi_res8": 132, "q2_k_hifi": 96, "q4_k_hifi": 168,
            "q5_k_hifi_res8": 196, "q6_k_hifi": 222, "q6_k_hifi_dynamic": 236, "q6_k_hifi_res8": 232, "q2_k_lite": 96, "q3_k_lite": 104,
            "q4_k_lite": 128, "q5_k_lite": 164, "q6_k_lite": 196,
        ]
        for (format, bytes) in sizes {
            let size = try #require(Spec.format(format))
            #expect((size.elements, size.bytes) == (256, bytes), "\(format)")
        }
    }

    @Test("a short name stands for the published or the newest revision")
    func aliases() {
        #expect(Spec.canonicalFormat("q3_k_hifi") == "q3_k_hifi@r6")
        #expect(Spec.canonicalFormat("q3_k_hifi@r7") == "q3_k_hifi@r7f")
        #expect(Spec.canonicalFormat("q3_k_hifi@r12") == "q3_k_hifi@r12c")
        #expect(Spec.canonicalFormat("q4_k") == "q4_k")
        #expect(Spec.canonicalFormat("Q3_K_HIFI@R7") == "q3_k_hifi@r7f")
        #expect(Spec.canonicalFormat("nothing") == "nothing")
        #expect(Spec.format("q3_k_hifi")?.bytes == 134)
        #expect(Spec.format("nothing") == nil)
    }

    @Test("a format is found under its numbers")
    func numbersOfAFormat() throws {
        let table = try #require(Spec.dialect("fork-2025-12-13"))
        #expect(table.typeIDs(of: "q3_k_hifi") == [41])
        #expect(table.typeIDs(of: "q4_k") == [13])
        #expect(try #require(Spec.dialect("upstream")).typeIDs(of: "q3_k_hifi") == [])
    }

    @Test("file types of the fork name their routing")
    func forkFileTypes() throws {
        func mix(_ dialect: String, _ id: UInt32) throws -> String? { try #require(Spec.dialect(dialect)).fileType(id: id)?.mix }
        #expect(try mix("fork-2025-11-29", 39) == "u124")
        #expect(try mix("fork-2025-12-13", 41) == "q3_k_hifi")
        #expect(try mix("fork-2025-12-22", 41) == "q3_k_hifi")
        #expect(try mix("fork-2025-12-27", 41) == nil)
        #expect(try mix("fork-2026-02-08", 45) == "f08")
        #expect(try #require(Spec.dialect("fork-2026-04-11")).fileType(id: 40)?.name == "MOSTLY_Q1_0")
    }

    @Test("bytes of whole blocks are exact and never overflow")
    func bytesOfElements() throws {
        let size = try #require(Spec.format("q3_k_hifi"))
        #expect(size.bytes(forRowOf: 512) == 268)
        #expect(size.bytes(forRowOf: 0) == 0)
        #expect(size.bytes(forRowOf: 257) == nil)
        #expect(try #require(Spec.format("f64")).bytes(forRowOf: UInt64.max) == nil)
        #expect(size.bitsPerWeight == 4.1875)
    }
}

@Suite("Readers")
struct ReaderTests {
    @Test("each known reader takes files for a dialect that names every format it decodes")
    func dialects() throws {
        #expect(Spec.readers.map(\.id) == ["fork-table", "fork-a", "fork-b", "fork-c", "upstream-today"])
        for reader in Spec.readers {
            let dialect = try #require(Spec.dialect(reader.dialect))
            for format in reader.decodes { #expect(!dialect.typeIDs(of: format).isEmpty, "\(reader.id) \(format)") }
            if let since = dialect.since?.date, let from = reader.from.date { #expect(since.prefix(10) <= from.prefix(10)) }
            if let until = dialect.until?.date, let from = reader.from.date { #expect(from.prefix(10) <= until.prefix(10)) }
            let hifi = dialect.types.flatMap(\.formats).filter { $0.contains("hifi") || $0.contains("lite") }
            #expect(reader.decodes.isEmpty == (reader.family == .upstream))
            if !reader.decodes.isEmpty { #expect(Set(reader.decodes) == Set(hifi), "\(reader.id)") }
            for fault in reader.faults { #expect(Set(fault.formats).isSubset(of: reader.decodes)) }
        }
    }
}
