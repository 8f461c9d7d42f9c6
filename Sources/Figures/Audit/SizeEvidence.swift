import HIFIBlockSpec
import Pages

/// What the published sizes say about how the files were made.
public struct SizeEvidence: Sendable, Hashable, Codable {
    /// A routing of the fork's history and how many of the published HIFI cells it gives.
    public struct Routing: Sendable, Hashable, Codable {
        /// Id of the mix.
        public let mix: String
        /// What it is.
        public let title: String
        /// The revision that it was used with.
        public let revision: String
        /// HIFI cells, size and bits per weight, that follow from it; the better answer with and without an importance matrix.
        public let cells: Int
    }

    /// A size that the history records elsewhere.
    public struct Recorded: Sendable, Hashable, Codable {
        /// For example `S1`.
        public let id: String
        /// Where it is recorded.
        public let source: String
        /// What it is the size of.
        public let subject: String
        /// Id of the model.
        public let model: String
        /// As recorded.
        public let recorded: String
        /// What the loader prints for the tensors, computed; in MiB too where that is the record's unit and not the loader's.
        public let computed: String
        /// How the two go together; absent where the record counts the whole file, which shapes alone do not give.
        public let match: FigureMatch?
        /// Why not, or what to mind.
        public let remark: String?
    }

    /// HIFI cells of the table.
    public let cells: Int
    /// Every routing that had HIFI blocks or a HIFI name, in the order of the spec.
    public let routings: [Routing]
    /// Bytes per block, from 110 to 180, with which the published routing gives every HIFI cell.
    public let blockBytes: [Int]
    /// Sizes recorded outside the table.
    public let recorded: [Recorded]

    init(_ table: PublishedTable) throws(FiguresError) {
        let mix = table.columns.first?.mix ?? ""
        var models: [SizedModel] = []
        for id in table.models { models.append(try SizedModel(known: id)) }
        cells = models.count

        func matches(_ model: SizedModel, bytes: UInt64, elements: UInt64) -> Bool {
            guard let cell = table.cell(model: model.id.raw, mix: mix) else { return false }
            return FigureMatch.size(printed: cell.size, bytes: bytes).follows
                && LoaderSize(bytes: bytes, elements: elements).bitsPerWeight == cell.bpw
        }

        var routings: [Routing] = []
        for candidate in Spec.mixes where candidate.kind == .hifi {
            var best = 0
            for imatrix in candidate.looksAtImatrix ? [false, true] : [false] {
                var hits = 0
                for model in models {
                    let size = try ModelSize(model, .init(mix: candidate.id, imatrix: imatrix))
                    if matches(model, bytes: size.bytes, elements: size.elements) { hits += 1 }
                }
                best = max(best, hits)
            }
            routings.append(
                Routing(mix: candidate.id, title: candidate.title, revision: candidate.hifiFormats.first ?? "", cells: best))
        }
        self.routings = routings

        var possible = Set(110...180)
        for model in models {
            let size = try ModelSize(model, .init(mix: mix))
            let hifi = size.histogram.first { $0.format == size.hifi }
            let blocks = (hifi?.elements ?? 0) / 256
            let others = size.bytes - (hifi?.bytes ?? 0)
            possible = possible.filter { matches(model, bytes: others + blocks * UInt64($0), elements: size.elements) }
        }
        blockBytes = possible.sorted()

        var recorded: [Recorded] = []
        for record in table.recordedSizes {
            let size = try ModelSize(SizedModel(known: record.model), .init(mix: record.mix, imatrix: record.usesImatrix ?? false))
            recorded.append(
                Recorded(
                    id: record.id, source: record.source, subject: record.subject, model: record.model, recorded: record.size,
                    computed: Self.text(size.bytes, like: record.size),
                    match: record.measure == .tensors ? .size(printed: record.size, bytes: size.bytes) : nil, remark: record.remark))
        }
        self.recorded = recorded
    }

    private static func text(_ bytes: UInt64, like recorded: String) -> String {
        let loader = LoaderSize.size(bytes)
        guard recorded.hasSuffix("MiB"), loader.hasSuffix("GiB") else { return loader }
        return "\(loader) (\(FixedPoint.text(Double(bytes) / 1_048_576, places: 2)) MiB)"
    }
}
