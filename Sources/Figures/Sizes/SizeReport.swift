import HIFIBlockSpec
import HIFIForeign

/// Sizes of models under mixes, beside what was published of them.
public struct SizeReport: Sendable, Hashable, Codable {
    /// A computed size, with the published cell if there is one.
    public struct Row: Sendable, Hashable, Codable {
        /// The model for people: `1.7B`.
        public let label: ForeignText
        /// What was computed.
        public let size: ModelSize
        /// The cell of the published table that it is compared with.
        public let published: PublishedSize?
    }

    /// A published size beside the computed one.
    public struct PublishedSize: Sendable, Hashable, Codable {
        /// The mix as the table names it.
        public let name: String
        /// As printed.
        public let size: String
        /// As printed.
        public let bitsPerWeight: String
        /// How the size goes with the computed bytes.
        public let sizeMatch: FigureMatch
        /// How the bits per weight go with them.
        public let bitsPerWeightMatch: FigureMatch

        /// Whether both follow.
        public var follows: Bool { sizeMatch.follows && bitsPerWeightMatch.follows }
    }

    /// A model, and whether its files hold the output matrix.
    public struct Model: Sendable, Hashable, Codable {
        /// Id of the model.
        public let id: ForeignText
        /// For people.
        public let label: ForeignText
        /// Number of layers.
        public let layers: Int
        /// Whether `output.weight` is stored.
        public let hasOutputTensor: Bool
        /// Whether the model ties its output matrix to the token embedding; absent where that is not known.
        public let isTied: Bool?
        /// Published cells that follow if the file holds `output.weight`; absent for models that were not published.
        public let cellsWithOutput: Int?
        /// Published cells that follow if it does not.
        public let cellsWithoutOutput: Int?
        /// What a reader should know.
        public let notes: [String]
    }

    /// What a file really holds.
    public struct Stored: Sendable, Hashable, Codable {
        /// The dialect that its types are read by; absent where none fits.
        public let dialect: String?
        /// Weights.
        public let elements: UInt64
        /// Bytes of tensor data.
        public let bytes: UInt64
        /// As the loader prints it.
        public let loader: LoaderSize
        /// The routings that every tensor of the file follows.
        public let mixes: [String]
    }

    /// The models, in order.
    public let models: [Model]
    /// One for each model and mix, or two where only bounds are known.
    public let rows: [Row]
    /// Published cells that were compared.
    public let cells: Int
    /// Of those, the ones that follow.
    public let following: Int
    /// For a file: what it holds as it is.
    public let stored: Stored?

    /// Whether every published cell that was compared follows.
    public var agrees: Bool { following == cells }
}

extension SizeReport {
    /// The mixes of the published table.
    public static let publishedMixes = ["q3_k_hifi", "q3_k_m", "q3_k_s"]

    /// The published table, or other mixes for its models.
    ///
    /// - Parameter requests: mixes to compute; cells exist for those of the table with the revision of the table.
    public static func published(_ table: PublishedTable, _ requests: [ModelSize.Request]) throws(FiguresError) -> SizeReport {
        var models: [SizedModel] = []
        for id in table.models { models.append(try SizedModel(known: id)) }
        return try SizeReport(models, requests, table: table, stored: nil)
    }

    /// Sizes of models; cells of the table are compared where they are of the same model and mix.
    public init(
        _ models: [SizedModel], _ requests: [ModelSize.Request], table: PublishedTable? = nil, stored: Stored? = nil
    ) throws(FiguresError) {
        var rows: [Row] = []
        var described: [Model] = []
        for model in models {
            for request in requests {
                for size in try ModelSize.all(model, request) {
                    rows.append(Row(label: model.label, size: size, published: Self.compare(size, with: table)))
                }
            }
            described.append(try Self.describe(model, table))
        }
        self.models = described
        self.rows = rows
        let published = rows.compactMap(\.published)
        cells = published.count
        following = published.count(where: \.follows)
        self.stored = stored
    }

    /// The cell of the same model, mix and revision.
    static func compare(_ size: ModelSize, with table: PublishedTable?) -> PublishedSize? {
        guard let table, let cell = table.cell(model: size.model.raw, mix: size.mix),
            let column = table.columns.first(where: { $0.mix == size.mix }), size.hifi == nil || size.hifi == table.provenance.revision
        else { return nil }
        return PublishedSize(
            name: column.name, size: cell.size, bitsPerWeight: cell.bpw,
            sizeMatch: .size(printed: cell.size, bytes: size.bytes),
            bitsPerWeightMatch: cell.bpw == size.loader.bitsPerWeight ? .exact : .differs)
    }

    private static func describe(_ model: SizedModel, _ table: PublishedTable?) throws(FiguresError) -> Model {
        var counts: (with: Int, without: Int)?
        if let table, table.models.contains(model.id.raw), let (architecture, shape) = Spec.model(model.id.raw) {
            counts = (
                with: try matches(try SizedModel(shape, of: architecture, outputTensor: true), table),
                without: try matches(try SizedModel(shape, of: architecture, outputTensor: false), table)
            )
        }
        return Model(
            id: model.id, label: model.label, layers: model.layers, hasOutputTensor: model.hasOutputTensor, isTied: model.isTied,
            cellsWithOutput: counts?.with, cellsWithoutOutput: counts?.without, notes: model.notes)
    }

    /// Cells of the table that follow from these shapes.
    private static func matches(_ model: SizedModel, _ table: PublishedTable) throws(FiguresError) -> Int {
        var count = 0
        for column in table.columns {
            let size = try ModelSize(model, .init(mix: column.mix))
            if compare(size, with: table)?.follows == true { count += 1 }
        }
        return count
    }
}
