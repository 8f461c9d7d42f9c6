import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF

/// What the general keys say, compared with themselves and with the tensors.
enum MetadataRules {
    static func check(_ model: ModelView, into findings: inout FindingCollector) {
        guard model.isModel, model.hasMetadata else { return }
        checkArchitecture(model, &findings)
        checkQuantizationVersion(model, &findings)
        FileTypeRules.check(model, into: &findings)
        checkVocabulary(model, &findings)
        TemplateRules.check(model, into: &findings)
    }

    private static func checkArchitecture(_ model: ModelView, _ findings: inout FindingCollector) {
        let key = "general.architecture"
        guard let entry = model.metadata[key] else {
            // A later part has keys of its own only.
            guard !model.isLaterPart else { return }
            findings.add(
                .architectureMissing(), .init(key: ForeignText(key), offset: 24),
                expected: "the name of an architecture", found: "no such key", advice: "No loader knows what to do with the tensors.")
            return
        }
        let location = Finding.Location(key: ForeignText(key), offset: entry.valueRange.lowerBound)
        guard let value = entry.string else {
            findings.add(
                .architectureValueType(), location, expected: "string", found: entry.typeDescription,
                atLeast: findings.profile == .runtime ? .error : .note)
            return
        }
        let isWord = !value.isEmpty && value.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 95 }
        if !isWord {
            findings.add(
                .architectureValueForm(), location,
                expected: "lower-case letters, digits and hyphens", found: value.isEmpty ? "an empty string" : "\(value)")
        }
    }

    private static func checkQuantizationVersion(_ model: ModelView, _ findings: inout FindingCollector) {
        guard let quantized = model.tensors.first(where: { (model.format(of: $0)?.elements ?? 1) > 1 }) else { return }
        let key = "general.quantization_version"
        guard let entry = model.metadata[key] else {
            findings.add(
                .quantizationVersionMissing(), .init(key: ForeignText(key)),
                expected: "2",
                found: "no such key", examples: [model.place(quantized)])
            return
        }
        guard entry.integer != 2 else { return }
        findings.add(
            .quantizationVersionOther(), .init(key: ForeignText(key), offset: entry.valueRange.lowerBound),
            expected: "2", found: entry.integer.map(String.init) ?? entry.typeDescription, atLeast: .warning)
    }

    private static func checkVocabulary(_ model: ModelView, _ findings: inout FindingCollector) {
        guard let tokens = model.vocabularySize, let embedding = model.tensor("token_embd.weight"), embedding.info.dimensions.count == 2,
            embedding.info.dimensions[1] != UInt64(tokens)
        else { return }
        findings.add(
            .vocabulary(), model.place(embedding, embedding.info.dimensionOffset(1)), expected: "\(tokens) rows, as there are tokens",
            found: "\(embedding.info.dimensions[1]) rows")
    }
}
