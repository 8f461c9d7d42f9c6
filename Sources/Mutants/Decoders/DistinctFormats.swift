import HIFIBlockSpec
import Suite

/// The formats whose blocks mean different things. Sub-revisions that differ in what their encoders choose have one entry, the
/// first; a mutant of the others would be the same mutant again.
public enum DistinctFormats {
    /// In the order of the spec.
    public static let all: [BlockFormat] = {
        var seen: Set<Meaning> = []
        return SingleBlocks.formats.filter { format in
            format.decoding != nil && seen.insert(Meaning(bytes: format.bytes, fields: format.fields, decoding: format.decoding)).inserted
        }
    }()

    /// Whether a defect of the catalogue concerns this format or one with the same meaning.
    public static func concerns(_ defect: String, _ format: BlockFormat) -> Bool {
        guard let formats = Spec.defect(defect)?.formats else { return false }
        return formats.contains { name in
            guard let other = Spec.format(name) else { return false }
            return other.id == format.id
                || (other.bytes == format.bytes && other.fields == format.fields && other.decoding == format.decoding)
        }
    }

    private struct Meaning: Hashable {
        let bytes: Int
        let fields: [Field]
        let decoding: Decoding?
    }
}
