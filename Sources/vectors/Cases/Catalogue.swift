import HIFIBlockSpec
import Suite

/// The cases that a declaration gives rise to, for formats that are being tried out.
public enum FormatCases {
    /// Decode, encode, product and content cases of one format, as files of a store.
    public static func files(of format: BlockFormat) throws -> [VectorFile] {
        var list = CaseCollector()
        try BaseCases(format).add(to: &list)
        try OutlierCases(format)?.add(to: &list)
        try EncodeCases(format)?.add(to: &list)
        try DotCases(format)?.add(to: &list)
        try ContentCases(format)?.add(to: &list)
        return ConformanceCase.Kind.allCases.compactMap { kind in
            let drafts = list.drafts.filter { $0.kind == kind && $0.format == format.id }
            let cases = drafts.enumerated().map { index, draft in
                ConformanceCase(
                    id: VectorFile.id(kind: kind, format: format.id, number: index + 1), format: format.id, clauses: draft.clauses,
                    level: draft.level, flags: draft.flags, validity: draft.validity, why: draft.why, task: draft.task)
            }
            guard !cases.isEmpty else { return nil }
            return VectorFile(
                path: VectorFile.path(kind: kind, format: format.id), kind: kind, format: format.id, lastNumber: cases.count, cases: cases)
        }
    }
}

/// All cases, in the order in which they get their first numbers.
enum Catalogue {
    static func add(to list: inout CaseCollector, folder: String) throws {
        for format in SingleBlocks.formats where format.decoding != nil {
            try BaseCases(format).add(to: &list)
            try RowCases(format)?.add(to: &list, folder: folder)
            try SelectionCases(format)?.add(to: &list)
            try OutlierCases(format)?.add(to: &list)
        }
        for format in Spec.blockFormats { try EncodeCases(format)?.add(to: &list) }
        try ActivationCases.add(to: &list)
        for format in SingleBlocks.formats where !isRepeat(format) { try DotCases(format)?.add(to: &list) }
        for format in SingleBlocks.formats { try ContentCases(format)?.add(to: &list) }
        try ContainerCases.add(to: &list)
        try BulkCases(folder: folder).add(to: &list)
        try SeriesCases.add(to: &list)
    }

    /// Whether an earlier format has the same bytes with the same meaning: sub-revisions that differ in what encoders choose.
    /// Such formats have fewer cases.
    static func isRepeat(_ format: BlockFormat) -> Bool {
        let earlier = SingleBlocks.formats.prefix { $0.id != format.id }
        return earlier.contains { $0.bytes == format.bytes && $0.fields == format.fields && $0.decoding == format.decoding }
    }
}
