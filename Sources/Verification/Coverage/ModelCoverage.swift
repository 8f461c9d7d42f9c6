import HIFIBlockSpec
import HIFIGGUF
import HIFIIdentification
import HIFITokenization

/// What was judged of a model as a whole: the one place that says which of its areas have rules.
enum ModelCoverage {
    /// Names, shapes and required keys, as `ArchitectureRules` judged them.
    static func architecture(_ model: ModelView?, _ judged: ArchitectureCoverage?) -> Coverage.Item {
        let what = "names, shapes and required keys"
        guard let model, let judged, model.hasMetadata else { return .init(.architecture, .unchecked, what, "architecture not known") }
        guard model.isModel else {
            let type = model.metadata["general.type"]?.string ?? ""
            return .init(.architecture, .unchecked, what, "names and shapes of a file of general.type \(type) are not described")
        }
        guard let id = model.architectureID else { return .init(.architecture, .unchecked, what, "no architecture is named") }
        guard judged.isDescribed else {
            return .init(.architecture, .unchecked, what, "architecture \(id) is not described")
        }
        guard !model.tensors.isEmpty else { return .init(.architecture, .checked, "keys of \(id)") }
        guard judged.areTensorsJudged else {
            return .init(
                .architecture, .partly, "keys of \(id)", "tensors not compared with architecture \(id): parts of the model are missing")
        }
        let described = "\(what) of \(id)"
        var reasons: [String] = []
        if judged.matchedTensors < judged.tensors {
            let unlisted = model.tensors.first { Spec.architecture(id.raw)?.template(named: $0.info.name.raw) == nil }
            let count = judged.tensors - judged.matchedTensors
            let name = unlisted.map { ", such as \($0.info.name)," } ?? ""
            reasons.append("\(count) tensor\(count == 1 ? "" : "s")\(name) not in the description of architecture \(id)")
        }
        if judged.judgedShapes < judged.matchedTensors {
            let count = judged.matchedTensors - judged.judgedShapes
            reasons.append("shape\(count == 1 ? "" : "s") of \(count) tensor\(count == 1 ? "" : "s") not compared with architecture \(id)")
        }
        guard reasons.isEmpty else { return .init(.architecture, .partly, described, reasons.joined(separator: "; ")) }
        return .init(.architecture, .checked, described)
    }

    /// The tokenizer's keys, as `VocabularyRules` judged them.
    static func tokenizer(_ model: ModelView?, _ judged: TokenizerCoverage?) -> Coverage.Item {
        guard let model, model.hasMetadata else { return .init(.tokenizer, .unchecked, "tokenizer", "tokenizer not known") }
        guard model.metadata.contains(where: { $0.key.hasPrefix("tokenizer.") }) else {
            return .init(.tokenizer, .absent, "no tokenizer")
        }
        guard let judged else { return .init(.tokenizer, .unchecked, "tokenizer", "tokenizer not checked") }
        let kind = judged.model.map { "model \($0), " } ?? ""
        let what = "\(kind)\(judged.tokens) tokens, \(judged.merges) merges"
        guard let gap = judged.gap else { return .init(.tokenizer, .checked, what) }
        return .init(.tokenizer, .partly, what, "tokenizer checked in part: \(gap)")
    }

    /// `general.file_type` against the types of all tensors, as identification reads it.
    static func label(_ model: ModelView?) -> Coverage.Item {
        let what = "general.file_type"
        guard let model, model.hasMetadata else { return .init(.label, .unchecked, what, "label not known") }
        guard model.metadata[what] != nil else { return .init(.label, .absent, "no \(what)") }
        guard model.isModel else { return .init(.label, .unchecked, what, "\(what) not compared: the file is not a model") }
        let identified = model.parts.filter { !$0.scan.tensors.isEmpty }.map(\.formats.identification)
        guard !identified.isEmpty else { return .init(.label, .absent, "\(what) not compared: there are no tensors") }
        var weakest = Coverage.Item(.label, .checked, "\(what) against each tensor's type")
        for identification in identified {
            let item = label(identification, model)
            if rank(item) > rank(weakest) { weakest = item }
        }
        return weakest
    }

    private static func label(_ identification: Identification?, _ model: ModelView) -> Coverage.Item {
        let what = "general.file_type"
        guard let reading = identification?.fileType else {
            return .init(.label, .unchecked, what, "\(what) not compared with the tensors")
        }
        switch reading.agreement {
        case .exact, .contradicts, .unassigned: return .init(.label, .checked, "\(what) against each tensor's type")
        case .mostly, .partly:
            // Against a mix that is described every tensor was compared; that some have other types is said by `hifi identify`.
            let matrices = Set(model.tensors.filter { $0.info.dimensions.count > 1 }.map { model.format(of: $0)?.id })
            if reading.mix != nil || matrices.count == 1 { return .init(.label, .checked, "\(what) against each tensor's type") }
            return .init(.label, .partly, what, "\(what) compared with the most frequent types only")
        case .open:
            return .init(.label, .unchecked, what, "\(what) not compared: the routing of file type \(reading.value) is not described")
        }
    }

    private static func rank(_ item: Coverage.Item) -> Int {
        switch item.state {
        case .checked, .absent: 0
        case .partly: 1
        case .unchecked: 2
        }
    }
}
