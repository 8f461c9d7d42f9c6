import Fixtures
import Foundation
import HIFIBlockSpec
import Suite

/// Cases about whole files: the damage catalogue and files with HIFI tensors.
enum ContainerCases {
    static func add(to list: inout CaseCollector) throws {
        for file in CorruptionCorpus.cases {
            let number = String(file.id.prefix(3))
            let rules = Spec.containerRules.filter { $0.catalogue.contains(number) }.map(\.id)
            // A digest taken before is all that shows this damage, and a case brings none.
            if file.visibility == .digest && rules.allSatisfy({ $0.hasPrefix("MANIFEST") }) { continue }
            try add(
                &list, file.id.lowercased(), file.bytes, rules, isValid: file.visibility == .valid,
                "The catalogue file \(file.id): \(file.sentence).")
        }
        // Only files that show by themselves what they are: a case brings no hint about dialect and revision.
        for file in HIFICorpus.cases {
            let name = String(file.id.lowercased().map { $0 == "@" ? "-" : $0 })
            guard let found = try findings(file.bytes), file.rules.isEmpty ? found.isEmpty : file.rules.allSatisfy(found.contains) else {
                continue
            }
            try add(&list, name, file.bytes, file.rules, isValid: file.rules.isEmpty, "A file of \(file.format): \(file.sentence).")
        }
    }

    private static func add(_ list: inout CaseCollector, _ name: String, _ bytes: [UInt8], _ rules: [String], isValid: Bool, _ why: String)
        throws
    {
        guard isValid || !rules.isEmpty else { return }
        guard let found = try findings(bytes) else {
            throw CaseCollector.Disagreement(description: "\(name): the verifier gives no answer")
        }
        let missing = rules.filter { !found.contains($0) }
        guard missing.isEmpty, !isValid || found.isEmpty else {
            throw CaseCollector.Disagreement(description: "\(name): expected \(rules), the verifier finds \(found)")
        }
        let path = "gguf/\(name).gguf"
        list.attachments[path] = bytes
        list.add(
            .init(
                kind: .gguf, format: "", clauses: rules, level: .required, flags: [isValid ? "valid-file" : "damaged-file"],
                validity: isValid ? .valid : .invalid, why: why, task: .container(file: path, rules: rules)))
    }

    /// What the verifier reports about a file image; nil without an answer.
    private static func findings(_ bytes: [UInt8]) throws -> [String]? {
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent(
            "vectors-\(ProcessInfo.processInfo.processIdentifier).gguf")
        try Data(bytes).write(to: scratch)
        defer { try? FileManager.default.removeItem(at: scratch) }
        guard case .broken(let found) = ReferenceSystem.shared.inspect(.container(path: scratch.path)) else { return nil }
        return found
    }
}
