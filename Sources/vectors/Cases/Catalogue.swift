import BlockSpec
import Conformance

/// All cases, in the order in which they get their first numbers.
enum Catalogue {
    static func add(to list: inout CaseCollector, folder: String) throws {
        for format in Spec.formats where format.decoding != nil {
            try BaseCases(format).add(to: &list)
            try SelectionCases(format)?.add(to: &list)
            try OutlierCases(format)?.add(to: &list)
        }
        for format in Spec.formats { try EncodeCases(format)?.add(to: &list) }
        try ActivationCases.add(to: &list)
        for format in Spec.formats where !isRepeat(format) { try DotCases(format)?.add(to: &list) }
        for format in Spec.formats { try ContentCases(format)?.add(to: &list) }
        try ContainerCases.add(to: &list)
        try BulkCases(folder: folder).add(to: &list)
        try SeriesCases.add(to: &list)
    }

    /// Whether an earlier format has the same bytes with the same meaning: sub-revisions that differ in what encoders choose.
    /// Such formats have fewer cases.
    static func isRepeat(_ format: BlockFormat) -> Bool {
        let earlier = Spec.formats.prefix { $0.id != format.id }
        return earlier.contains { $0.bytes == format.bytes && $0.fields == format.fields && $0.decoding == format.decoding }
    }
}
