import HIFIBlockSpec
import HIFIForeign
import Pages

/// The size of a model under a mix.
public struct ModelSize: Sendable, Hashable, Codable {
    /// The tensors of one type.
    public struct TypeCount: Sendable, Hashable, Codable {
        /// Id of the format.
        public let format: String
        /// How many tensors.
        public let tensors: Int
        /// Their weights.
        public let elements: UInt64
        /// Their bytes.
        public let bytes: UInt64
    }

    /// Which of the candidate tensors are taken for important, where a mix looks at that: shapes alone give two bounds.
    public enum Importance: String, Sendable, Hashable, Codable {
        /// All of them.
        case all
        /// None.
        case none
    }

    /// Id of the model.
    public let model: ForeignText
    /// Id of the mix.
    public let mix: String
    /// What `hifi` stands for in the mix; nil if the mix has no such type.
    public let hifi: String?
    /// Whether an importance matrix is used; nil where the mix does not look at it.
    public let imatrix: Bool?
    /// The bound; nil where the mix does not look at importance.
    public let importance: Importance?
    /// Number of tensors.
    public let tensors: Int
    /// Number of weights.
    public let elements: UInt64
    /// Bytes of tensor data, without header, tokenizer and padding.
    public let bytes: UInt64
    /// `8 · bytes / elements`.
    public let bitsPerWeight: Double
    /// As the loader prints it.
    public let loader: LoaderSize
    /// Types in use, most bytes first.
    public let histogram: [TypeCount]
    /// Matrices whose rows are not whole blocks of the type that the mix gives them, and so have another.
    public let fallbacks: Int

    /// The number of tensors of a format.
    public func tensors(of format: String) -> Int { histogram.first { $0.format == format }?.tensors ?? 0 }
}

extension ModelSize {
    /// What a mix is to be computed with.
    public struct Request: Sendable, Hashable {
        /// The mix.
        public let mix: Mix
        /// What `hifi` stands for; nil takes what it stood for while the mix was in force.
        public let hifi: String?
        /// Whether an importance matrix is used.
        public let imatrix: Bool

        /// Takes names as a user gives them.
        ///
        /// - Parameters:
        ///   - mix: an id of the spec, letter case ignored: `q3_k_hifi`.
        ///   - revision: `r6`, or a whole format id; nil takes the mix's own.
        public init(mix: String, revision: String? = nil, imatrix: Bool = false) throws(FiguresError) {
            guard let found = Spec.mix(mix.lowercased()) else {
                throw .unknown(what: "mix", name: ForeignText(mix), known: Spec.mixes.map(\.id))
            }
            self.mix = found
            self.imatrix = imatrix
            guard let revision, !found.hifiFormats.isEmpty else {
                hifi = nil
                return
            }
            let format = Spec.format(revision) ?? Spec.format("q3_k_hifi@\(revision)")
            guard let format else {
                let known = Spec.formats.filter { $0.family == "q3_k_hifi" }.map { String($0.id.drop { $0 != "@" }.dropFirst()) }
                throw .unknown(what: "revision", name: ForeignText(revision), known: known)
            }
            hifi = format.id
        }
    }

    /// Computes a size from shapes and routing.
    ///
    /// - Parameter importance: the bound, for mixes that look at the importance of single tensors.
    /// - Throws: `noWholeBlocks`, `tooLarge`.
    public init(_ model: SizedModel, _ request: Request, importance: Importance = .all) throws(FiguresError) {
        let mix = request.mix
        let counts = try TypeTally(model.tensors, model.types(by: request, isImportant: importance == .all))
        self.model = model.id
        self.mix = mix.id
        hifi = mix.hifiFormats.isEmpty ? nil : Spec.canonicalFormat(request.hifi ?? mix.hifiFormats[0])
        imatrix = mix.looksAtImatrix ? request.imatrix : nil
        self.importance = mix.looksAtImportance && request.imatrix ? importance : nil
        tensors = model.tensors.count
        elements = counts.elements
        bytes = counts.bytes
        bitsPerWeight = counts.elements == 0 ? 0 : Double(counts.bytes) * 8 / Double(counts.elements)
        loader = LoaderSize(bytes: counts.bytes, elements: counts.elements)
        histogram = counts.types.sorted { ($0.bytes, $1.format) > ($1.bytes, $0.format) }
        fallbacks = counts.fallbacks
    }

    /// The sizes for a request: one, or a lower and an upper bound where the mix looks at the importance of tensors.
    public static func all(_ model: SizedModel, _ request: Request) throws(FiguresError) -> [ModelSize] {
        let size = try ModelSize(model, request)
        guard size.importance != nil else { return [size] }
        let other = try ModelSize(model, request, importance: .none)
        return other.bytes == size.bytes ? [size] : [size, other]
    }
}

extension Mix {
    private var conditions: [MixCondition] { rules.flatMap(\.conditions) + rewrites.flatMap(\.conditions) }

    /// Whether a size depends on the use of an importance matrix.
    var looksAtImatrix: Bool { conditions.contains { $0 == .imatrix || $0 == .noImatrix || $0 == .important } }

    /// Whether a size depends on which tensors are important.
    var looksAtImportance: Bool { conditions.contains(.important) }
}

/// Adds up tensors by type.
private struct TypeTally {
    var elements: UInt64 = 0
    var bytes: UInt64 = 0
    var fallbacks = 0
    var types: [ModelSize.TypeCount] = []

    init(_ tensors: [ModelTensor], _ given: [(routed: String, stored: String)]) throws(FiguresError) {
        var index: [String: Int] = [:]
        var formats: [String: BlockFormat] = [:]
        for (tensor, (routed, id)) in zip(tensors, given) {
            if id != routed { fallbacks += 1 }
            if formats[id] == nil { formats[id] = Spec.format(id) }
            guard let size = formats[id].flatMap({ tensor.bytes(as: $0) }) else { throw .tooLarge(tensor.name) }
            let place = index[id] ?? types.count
            if place == types.count {
                index[id] = place
                types.append(.init(format: id, tensors: 0, elements: 0, bytes: 0))
            }
            let old = types[place]
            // The sums of parts stay below the sums of all, which are checked.
            elements = try Self.sum(elements, tensor.elements)
            bytes = try Self.sum(bytes, size)
            types[place] = .init(format: id, tensors: old.tensors + 1, elements: old.elements + tensor.elements, bytes: old.bytes + size)
        }
    }

    private static func sum(_ total: UInt64, _ part: UInt64) throws(FiguresError) -> UInt64 {
        let (sum, overflow) = total.addingReportingOverflow(part)
        guard !overflow else { throw .tooLarge("the sum of all tensors") }
        return sum
    }
}
