import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF
import HIFIIdentification

/// What tensors need beside their blocks: scales of whole tensors (`GGUF-83`), keys that describe a rotation (`GGUF-84`), a type that is
/// made for files (`GGUF-85`), and whole groups of rows where these are interleaved (`GGUF-86`).
enum CompanionRules {
    static func check(_ model: ModelView, into findings: inout FindingCollector) {
        guard model.isModel, model.hasMetadata else { return }
        checkUse(model, &findings)
        checkGroups(model, &findings)
        // In a part that is missing there may be what seems to be missing.
        guard model.isComplete else { return }
        checkScales(model, &findings)
        checkRotation(model, &findings)
    }

    // MARK: Scales of tensors

    /// One finding for all tensors that lack their scale.
    private static func checkScales(_ model: ModelView, _ findings: inout FindingCollector) {
        let suffix = ".weight"
        var names: Set<String>?
        var lacking: [ModelView.Tensor] = []
        for tensor in model.tensors where model.format(of: tensor)?.id == "nvfp4" {
            let name = tensor.info.name.raw
            guard name.hasSuffix(suffix), name.hasPrefix("blk.") || name == "output.weight" else { continue }
            // Looked up only where there is such a tensor: names may be a hundred thousand.
            let all = names ?? Set(model.tensors.map(\.info.name.raw))
            names = all
            if !all.contains(name.dropLast(suffix.count) + ".scale") { lacking.append(tensor) }
        }
        guard let first = lacking.first else { return }
        findings.add(
            .companionScale(tensors: NumberText.count(lacking.count, "tensor")), model.place(first),
            expected: "a tensor with the name's ending replaced by .scale", found: "none, which counts as 1", count: lacking.count,
            examples: lacking.dropFirst().prefix(findings.exampleLimit).map { model.place($0) })
    }

    // MARK: Rotations

    private static let prefix = "prism.hadamard."
    private static let required = ["version", "block_size", "transform", "axis", "sign_mode", "weight_names"]

    /// Formats whose weights are stored in a rotated basis.
    private static let rotated: Set<String> = ["q2_0@prism", "ptq1_0"]

    private static func checkRotation(_ model: ModelView, _ findings: inout FindingCollector) {
        let hasKeys = model.metadata.contains { $0.key.hasPrefix(prefix) }
        let tensors = model.tensors.filter { tensor in
            // Under number 42 the group of 128 is older than the rotation.
            tensor.info.typeID >= 142 && model.format(of: tensor).map { rotated.contains($0.id) } ?? false
        }
        guard hasKeys || !tensors.isEmpty else { return }
        var missing = required.filter { model.metadata[prefix + $0] == nil }
        if model.metadata[prefix + "sign_mode"]?.string?.raw == "explicit" {
            missing += ["sign_widths", "sign_values"].filter { model.metadata[prefix + $0] == nil }
        }
        if let first = missing.first {
            let place = tensors.first.map { model.place($0) } ?? .init(key: ForeignText(prefix + first))
            findings.add(
                hasKeys ? .rotationKeysPart() : .rotationKeysNone(tensors: NumberText.count(tensors.count, "tensor")), place,
                expected: NumberText.list(required.map { prefix + $0 }),
                found: "no " + NumberText.list(missing.map { prefix + $0 }, and: "and no"),
                count: missing.count)
        }
        checkNames(model, &findings)
    }

    /// The lists name tensors that are there.
    private static func checkNames(_ model: ModelView, _ findings: inout FindingCollector) {
        for list in ["weight_names", "inverse_weight_names"] {
            guard let entry = model.metadata[prefix + list], let names = [ForeignText].decode(entry) else { continue }
            let known = Set(model.tensors.map(\.info.name.raw))
            let absent = names.filter { !known.contains($0.raw) }
            guard let first = absent.first else { continue }
            findings.add(
                .rotationKeysNames(tensors: NumberText.count(absent.count, "tensor")),
                .init(key: entry.key, offset: entry.valueRange.lowerBound), expected: "names of tensors",
                found: "\(first)", count: absent.count)
        }
    }

    // MARK: Types

    /// One finding for each type that is not made for files.
    private static func checkUse(_ model: ModelView, _ findings: inout FindingCollector) {
        var places: [UInt32: [Finding.Location]] = [:]
        var meanings: [UInt32: TypeMeaning] = [:]
        for tensor in model.tensors {
            let id = tensor.info.typeID
            guard let dialect = model.parts[tensor.part].formats.dialect, let type = dialect.type(id: id), type.use != .files else {
                continue
            }
            if meanings[id] == nil {
                meanings[id] = TypeRegistry.numbers.first { $0.id == id }?.meanings.first { $0.dialects.contains(dialect.id) }
            }
            places[id, default: []].append(model.place(tensor, tensor.info.typeIDOffset))
        }
        for (id, all) in places.sorted(by: { $0.key < $1.key }) {
            guard let meaning = meanings[id], let first = all.first, let explanation = meaning.explanation else { continue }
            findings.add(
                .typeNotForFiles(
                    tensors: NumberText.count(all.count, "tensor"), number: "\(id)", name: meaning.name, explanation: "\(explanation)"),
                first,
                expected: meaning.isWritten ? "a type that other programs read" : "a type made for files",
                found: "\(meaning.name), \(meaning.use.rawValue)", count: all.count,
                examples: all.dropFirst().prefix(findings.exampleLimit).map(\.self), atMost: meaning.isWritten ? .note : .error)
        }
    }

    // MARK: Interleaved rows

    /// One finding for each tensor whose matrices are not whole groups of the rows that lie together.
    private static func checkGroups(_ model: ModelView, _ findings: inout FindingCollector) {
        for tensor in model.tensors {
            guard let format = model.format(of: tensor), format.interleave > 1 else { continue }
            let rows = tensor.info.dimensions.dropFirst().first ?? 1
            guard !rows.isMultiple(of: UInt64(format.interleave)) else { continue }
            findings.add(
                .rowsNotWholeGroups(
                    type: format.id, group: "\(format.interleave)", rows: NumberText.count(Int(clamping: rows), "row")),
                model.place(tensor, tensor.info.dimensionOffset(min(1, tensor.info.dimensions.count - 1))),
                expected: "a multiple of \(format.interleave) rows", found: "\(rows)")
        }
    }
}
