import HIFIBlockSpec
import HIFIGGUF
import HIFIVerification
import TestSupport

/// Two parts of one model, changed so that a rule of split sets is broken.
struct SplitCase: Sendable, CustomStringConvertible {
    /// What can be changed: the builders, their names, which of them are written.
    struct Parts {
        var builders: [GGUFBuilder]
        var names = ["model-00001-of-00002.gguf", "model-00002-of-00002.gguf"]
        var written = [true, true]
    }

    let rule: String
    let sentence: String
    private let change: @Sendable (inout Parts) -> Void

    var description: String { "\(rule) \(sentence)" }

    init(_ rule: String, _ sentence: String, _ change: @escaping @Sendable (inout Parts) -> Void) {
        (self.rule, self.sentence, self.change) = (rule, sentence, change)
    }

    static let all = [
        SplitCase("GGUF-75", "no split.no in the second part") { $0.builders[1].entries.removeFirst() },
        SplitCase("GGUF-75", "no split.tensors.count in the first part, where readers look for it") { $0.builders[0].entries.removeLast() },
        SplitCase("GGUF-76", "the second part says it is the first") { $0.builders[1].entries[0] = .init("split.no", .uint16(0)) },
        SplitCase("GGUF-77", "the second part is missing") { $0.written[1] = false },
        SplitCase("GGUF-78", "the second part says there are three") { $0.builders[1].entries[1] = .init("split.count", .uint16(3)) },
        SplitCase("GGUF-78", "the second part has version 2") { $0.builders[1].version = 2 },
        SplitCase("GGUF-79", "a tensor in both parts") { $0.builders[1].tensors[0].name = $0.builders[0].tensors[0].name },
        SplitCase("GGUF-80", "a part with a name of its own") { parts in
            parts.names[0] = "other.gguf"
            parts.written[1] = false
        },
        SplitCase("GGUF-81", "another value in the second part") { $0.builders[1].entries.append(.init("general.name", .string("other"))) },
        SplitCase("IDENT-17", "one number with two meanings") { parts in
            // The second part holds 160-byte blocks under the number of the first part's 134-byte blocks.
            parts.builders = [
                HIFICorpus.builder(.init(format: "q3_k_hifi@r6", dialect: "", typeID: 40)),
                HIFICorpus.builder(.init(format: "q3_k_hifi@r12c", dialect: "", typeID: 40)),
            ]
            for index in 0..<2 {
                parts.builders[index].entries += splitEntries(index, total: 12)
                for tensor in parts.builders[index].tensors.indices { parts.builders[index].tensors[tensor].name += Array("\(index)".utf8) }
            }
        },
    ]

    private static func splitEntries(_ part: Int, total: Int) -> [GGUFBuilder.Entry] {
        [
            .init("split.no", .uint16(UInt16(part))), .init("split.count", .uint16(2)), .init("split.tensors.count", .int32(Int32(total))),
        ]
    }

    /// A small model in two parts.
    private static var sound: Parts {
        let whole = GGUFBuilder.smallLlama()
        var first = whole
        var second = GGUFBuilder()
        first.entries += splitEntries(0, total: whole.tensors.count)
        second.entries = splitEntries(1, total: whole.tensors.count)
        second.tensors = Array(whole.tensors[10...])
        first.tensors.removeSubrange(10...)
        return Parts(builders: [first, second])
    }

    /// The report of the set, found through its first part.
    func report() throws -> VerificationReport {
        var parts = Self.sound
        change(&parts)
        return try Self.report(parts)
    }

    /// The report of a sound set, changed; under the rules of a profile.
    static func report(_ profile: RuleProfile, _ change: (inout Parts) -> Void) throws -> VerificationReport {
        var parts = sound
        change(&parts)
        return try Self.report(parts, profile)
    }

    private static func report(_ parts: Parts, _ profile: RuleProfile = .spec) throws -> VerificationReport {
        let folder = try TemporaryFolder()
        var path: String?
        for index in 0..<2 where parts.written[index] {
            let written = try folder.write(parts.builders[index].build().bytes, as: parts.names[index])
            path = path ?? written
        }
        var options = VerifierOptions()
        options.profile = profile
        return Verifier(options).verify([path ?? ""])
    }
}

/// A file and a manifest that disagree.
struct ManifestCase: Sendable, CustomStringConvertible {
    let rule: String
    let sentence: String
    private let edit: @Sendable (inout String) -> Void
    private let change: @Sendable (inout GGUFBuilder) -> Void

    var description: String { "\(rule) \(sentence)" }

    init(
        _ rule: String, _ sentence: String, manifest edit: @escaping @Sendable (inout String) -> Void = { _ in },
        file change: @escaping @Sendable (inout GGUFBuilder) -> Void = { _ in }
    ) {
        (self.rule, self.sentence, self.edit, self.change) = (rule, sentence, edit, change)
    }

    static let all = [
        ManifestCase("MANIFEST-01", "a line that is not usable", manifest: { $0 += "xxh3 oops\n" }),
        ManifestCase("MANIFEST-02", "a code changed", file: { $0.tensors[0].data[30] ^= 1 }),
        ManifestCase("MANIFEST-03", "a key changed", file: { $0.entries[1] = .init("general.name", .string("other sample")) }),
        ManifestCase("MANIFEST-04", "a tensor gone", file: { $0.tensors.removeLast() }),
        ManifestCase(
            "MANIFEST-05", "a tensor more",
            file: {
                $0.tensors.append(.init("extra", [8], typeID: 0, data: [UInt8](repeating: 1, count: 32)))
            }),
    ]

    func report() throws -> VerificationReport {
        let folder = try TemporaryFolder()
        let good = try folder.write(GGUFBuilder.smallLlama().build().bytes)
        var text = try Manifests.text(of: good)
        edit(&text)
        let manifest = try folder.write(Array(text.utf8), as: "file.manifest")
        var builder = GGUFBuilder.smallLlama()
        change(&builder)
        return Verifier(.with(.spec) { $0.manifestPath = manifest }).verify([try folder.write(builder.build().bytes)])
    }
}
