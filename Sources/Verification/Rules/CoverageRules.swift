/// What was not checked although it had to be (`COVER-01` to `COVER-07`).
enum CoverageRules {
    /// - Parameter isFirst: whether the file is the first of its model, to which what is missing of the model as a whole is put.
    static func check(
        _ coverage: Coverage, required: Set<Coverage.Area>, isFirst: Bool, into findings: inout FindingCollector
    ) {
        for item in coverage.items where required.contains(item.area) {
            // Without a manifest missing digests are not a gap of the file's, but callers that ask for them want them compared.
            guard item.isGap || (item.area == .digests && item.state == .absent), isFirst || !item.area.isOfModel else { continue }
            let isPart = item.state == .partly
            findings.add(
                item.area.sentence(isPart ? "checked in part only" : "not checked"), .init(),
                expected: "everything checked", found: item.reason ?? item.what, advice: advice(for: item.area))
        }
    }

    private static func advice(for area: Coverage.Area) -> String? {
        switch area {
        case .digests: "Compare with a manifest that lists all tensors of the file."
        case .parts: "Put all parts in one folder and name one of them."
        case .blocks: "Verify the data too; for types known by size only, compare with a manifest."
        case .container, .architecture, .tokenizer, .label: nil
        }
    }
}

/// What a policy says that is not so any more (`POLICY-01`).
enum PolicyRules {
    static func check(_ policy: Policy, into collectors: inout [FindingCollector]) {
        let found = collectors.reduce(into: Set<String>()) { $0.formUnion($1.knownFound) }
        let gone = policy.known.values.filter { !found.contains($0.fingerprint) }
            .sorted { ($0.file, $0.rule, $0.fingerprint) < ($1.file, $1.rule, $1.fingerprint) }
        for entry in gone {
            // Of files that were not looked at nothing is known.
            guard let index = collectors.firstIndex(where: { $0.file?.lastPathComponent == entry.file }) else { continue }
            collectors[index].add(
                .knownGone(rule: entry.rule), .init(key: entry.key, tensor: entry.tensor), expected: entry.message?.description,
                found: "none with fingerprint \(entry.fingerprint)",
                advice: "Take it off the list, or write the baseline again.")
        }
    }
}
