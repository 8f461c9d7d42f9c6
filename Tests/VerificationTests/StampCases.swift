import HIFIGGUF
import TestSupport

extension GGUFBuilder {
    /// Adds a stamp; a key whose value is nil is left out.
    mutating func stamp(_ dialect: MetadataValue?, _ types: MetadataValue?, version: MetadataValue? = .string("0.1.0")) {
        if let version { entries.append(.init("hifi.spec_version", version)) }
        if let dialect { entries.append(.init("hifi.dialect", dialect)) }
        if let types { entries.append(.init("hifi.types", types)) }
    }

    /// A small file of r6 under type id 40 with a stamp, which is right unless one of its values is replaced.
    static func stampedR6(
        dialect: MetadataValue? = .string("fork-2025-12-22"), types: MetadataValue? = .strings(["0=f32", "11=q3_k", "40=q3_k_hifi@r6"]),
        version: MetadataValue? = .string("0.1.0")
    ) -> GGUFBuilder {
        var builder = HIFICorpus.builder(.init(format: "q3_k_hifi@r6", dialect: "", typeID: 40))
        builder.stamp(dialect, types, version: version)
        return builder
    }

    /// The same, with other words for the type ids.
    static func stampedR6(words: [String]) -> GGUFBuilder { stampedR6(types: .strings(words)) }
}

extension RuleCase {
    /// A right stamp, damaged in one way each.
    static let stamps =
        [
            ("STAMP-01", "a stamp without a version", GGUFBuilder.stampedR6(version: nil)),
            ("STAMP-01", "a stamp without a dialect", .stampedR6(dialect: nil)),
            ("STAMP-01", "a stamp without types", .stampedR6(types: nil)),
            ("STAMP-02", "a version that is a number", .stampedR6(version: .uint32(1))),
            ("STAMP-02", "a dialect that is an array", .stampedR6(dialect: .strings(["fork-2025-12-22"]))),
            ("STAMP-02", "types in one string", .stampedR6(types: .string("40=q3_k_hifi@r6"))),
            ("STAMP-02", "types as numbers", .stampedR6(types: .uint32s([0, 11, 40]))),
            ("STAMP-03", "a version of two numbers", .stampedR6(version: .string("0.1"))),
            ("STAMP-03", "a version with leading zeros", .stampedR6(version: .string("0.01.0"))),
            ("STAMP-03", "a version in words", .stampedR6(version: .string("one.two.three"))),
            ("STAMP-03", "a version beyond all numbers", .stampedR6(version: .string("0.1.99999999999999999999"))),
            ("STAMP-03", "an empty version", .stampedR6(version: .string(""))),
            ("STAMP-04", "a newer version", .stampedR6(version: .string("0.2.0"))),
            ("STAMP-05", "a dialect that nobody knows", .stampedR6(dialect: .string("fork-2024-01-01"))),
            ("STAMP-06", "an entry without a format", .stampedR6(words: ["0=f32", "11=q3_k", "40="])),
            ("STAMP-06", "an entry without a number", .stampedR6(words: ["0=f32", "11=q3_k", "=q3_k_hifi@r6"])),
            ("STAMP-06", "an entry without either", .stampedR6(words: ["0=f32", "11=q3_k", ""])),
            ("STAMP-06", "an entry with a colon", .stampedR6(words: ["0=f32", "11=q3_k", "40:q3_k_hifi@r6"])),
            ("STAMP-06", "a number with a sign", .stampedR6(words: ["0=f32", "11=q3_k", "+40=q3_k_hifi@r6"])),
            ("STAMP-06", "a number with a leading zero", .stampedR6(words: ["0=f32", "11=q3_k", "040=q3_k_hifi@r6"])),
            ("STAMP-06", "a number with a blank", .stampedR6(words: ["0=f32", "11=q3_k", "40 =q3_k_hifi@r6"])),
            ("STAMP-06", "a number of 33 bits", .stampedR6(words: ["0=f32", "11=q3_k", "4294967336=q3_k_hifi@r6"])),
            (
                "STAMP-07", "an entry of 100,000 bytes",
                .stampedR6(words: ["0=f32", "11=q3_k", "40=" + String(repeating: "q", count: 100_000)])
            ),
            ("STAMP-06", "two thousand entries", .stampedR6(words: (0..<2000).map { "\($0)=f32" })),
            ("STAMP-07", "a format that nobody knows", .stampedR6(words: ["0=f32", "11=q3_k", "40=q3_k_hifi@r99"])),
            ("STAMP-07", "a format by its alias", .stampedR6(words: ["0=f32", "11=q3_k", "40=q3_k_hifi"])),
            ("STAMP-07", "a format in capitals", .stampedR6(words: ["0=F32", "11=q3_k", "40=q3_k_hifi@r6"])),
            ("STAMP-08", "a number twice", .stampedR6(words: ["0=f32", "11=q3_k", "11=q3_k", "40=q3_k_hifi@r6"])),
            ("STAMP-09", "a number of the file left out", .stampedR6(words: ["0=f32", "40=q3_k_hifi@r6"])),
            ("STAMP-09", "no entry", .stampedR6(words: [])),
            ("STAMP-09", "a number too many", .stampedR6(words: ["0=f32", "11=q3_k", "14=q6_k", "40=q3_k_hifi@r6"])),
            ("STAMP-10", "a format of another dialect", .stampedR6(dialect: .string("fork-2026-02-08"))),
            ("STAMP-10", "a number without a meaning in the dialect", .stampedR6(dialect: .string("upstream-2025-08-05"))),
            (
                "STAMP-11", "another size than the blocks have",
                .stampedR6(dialect: .string("fork-2026-02-08"), types: .strings(["0=f32", "11=q3_k", "40=q3_k_hifi@r12c"]))
            ),
        ].map { RuleCase($0.0, $0.1, bytes: $0.2.build().bytes) }
}
