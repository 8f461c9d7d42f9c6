import HIFIBlockSpec
import HIFIReference
import Suite

/// Series: every operation with every type along every axis that it can go wrong along.
enum SeriesCases {
    static func add(to list: inout CaseCollector) throws {
        for format in SingleBlocks.formats {
            for recipe in recipes(of: format) { try add(recipe, format, to: &list) }
        }
    }

    /// Recipes without right answers.
    private static func recipes(of format: BlockFormat) -> [SeriesRecipe] {
        var recipes: [SeriesRecipe] = []
        func add(
            _ operation: SeriesRecipe.Operation, _ path: Request.EncodePath? = nil, hasImportance: Bool = false, activation: String? = nil
        ) {
            for axis in SeriesAxis.axes(of: operation) {
                let name = [operation.rawValue, axis.rawValue, path?.rawValue ?? "", hasImportance ? "importance" : "", format.id]
                recipes.append(
                    SeriesRecipe(
                        operation: operation, axis: axis, path: path, hasImportance: hasImportance, activationFormat: activation,
                        seed: BaseCases.seed(name.joined(separator: "/")), expected: []))
            }
        }
        if format.decoding != nil { add(.decode) }
        // Formats that differ from an earlier one in nothing that these operations see.
        let isRepeat = Catalogue.isRepeat(format)
        if ReferenceEncoder.canEncode(format), format.elements > 1 {
            if format.encoding?.needsImportances != true {
                add(.encode, .reference)
                add(.encode, .chunk)
            }
            add(.encode, .chunk, hasImportance: true)
        }
        if ["q8_0", "q8_1", "q8_k"].contains(format.id) { add(.quantize) }
        if !isRepeat, format.decoding != nil, format.elements > 1, !["q8_1", "q8_k"].contains(format.id),
            let activation = ReferenceDot.activationFormat(for: format), (try? ReferenceDot(format, activation: activation)) != nil
        {
            add(.dot, activation: activation.id)
            add(.product, activation: activation.id)
        }
        return recipes
    }

    private static func add(_ recipe: SeriesRecipe, _ format: BlockFormat, to list: inout CaseCollector) throws {
        var expected: [SeriesRecipe.Expected] = []
        for step in try recipe.steps(of: format) {
            guard let right = try right(step.request, format) else { return }
            expected.append(right)
        }
        list.add(
            .init(
                kind: .series, format: format.id, clauses: clauses(recipe.operation, format),
                level: format.id == "iq4_nl" && recipe.operation == .encode ? .optional : .required,
                flags: ["axis-\(recipe.axis.rawValue)"],
                validity: .valid, why: why(recipe, expected.count), task: .series(recipe.expecting(expected))))
    }

    /// Nil where the reference does not do what is asked.
    private static func right(_ request: Request, _ format: BlockFormat) throws -> SeriesRecipe.Expected? {
        if case .dot(_, let blocks, let name, let activations) = request {
            return .products([try product(format, name, blocks, activations)])
        }
        if case .product(_, let blocks, let rows, let name, let activations, let columns) = request {
            let (rowBytes, columnBytes) = (blocks.count / rows, activations.count / columns)
            return .products(
                try (0..<rows * columns).map { index in
                    let (column, row) = index.quotientAndRemainder(dividingBy: rows)
                    return try product(
                        format, name, Array(blocks[row * rowBytes..<(row + 1) * rowBytes]),
                        Array(activations[column * columnBytes..<(column + 1) * columnBytes]))
                })
        }
        if case .decode(_, let blocks) = request { _ = try CaseCollector.weights(format, blocks) }
        if case .quantizeActivations(_, let values) = request {
            let answers = try ActivationQuantizer.Variant.allCases.map { variant in
                Answer.bytes(try ActivationQuantizer(format, variant: variant).quantize(values, columns: values.count))
            }
            var digests: [String] = []
            for digest in answers.compactMap(BulkRecipe.digest) where !digests.contains(digest) { digests.append(digest) }
            return .digests(digests)
        }
        let answer = ReferenceSystem.shared.answer(request)
        switch answer {
        case .skipped: return nil
        case .bytes, .floats: return BulkRecipe.digest(of: answer).map { .digests([$0]) }
        default: throw CaseCollector.Disagreement(description: "\(format.id): the reference answers a series with \(answer)")
        }
    }

    private static func product(
        _ format: BlockFormat, _ name: String, _ blocks: [UInt8], _ activations: [UInt8]
    ) throws -> SeriesRecipe.Product {
        guard let activation = Spec.format(name) else { throw CaseCollector.Disagreement(description: "no format \(name)") }
        let value = try ReferenceDot(Spec.format(format.id) ?? format, activation: activation).dot(blocks, activations)
        guard value.value.isFinite, value.bound().isFinite else {
            throw CaseCollector.Disagreement(description: "\(format.id): a product of a series is not finite")
        }
        return .init(exact: value.value, bound: value.bound())
    }

    private static func clauses(_ operation: SeriesRecipe.Operation, _ format: BlockFormat) -> [String] {
        switch operation {
        case .decode:
            let all = FormatClauses(format)
            return all.layout + all.value
        case .encode: return ["ENC-01"]
        case .quantize: return [["q8_k": "ACT-01", "q8_0": "ACT-02", "q8_1": "ACT-04"][format.id] ?? "ENC-01"]
        case .dot: return ["DOT-01", "DOT-02", "DOT-06", "DOT-10"]
        case .product: return ["DOT-01", "DOT-06", "DOT-10"]
        }
    }

    private static func why(_ recipe: SeriesRecipe, _ count: Int) -> String {
        let what =
            switch recipe.operation {
            case .decode: "Decoding"
            case .encode: "Encoding (\(recipe.path?.rawValue ?? "")\(recipe.hasImportance ? ", with importances" : ""))"
            case .quantize: "Quantizing activations"
            case .dot: "A row times a column"
            case .product: "Rows times columns"
            }
        let along =
            switch recipe.axis {
            case .length: "rows of one to sixty-four super-blocks, each remainder of an unrolled loop among them"
            case .magnitude: "sums of integers as large as they get, of either sign"
            case .placement: "the same row at sixteen places in a matrix"
            case .repetition: "the same row again and again, with rows in between that differ in one thing"
            case .rows: "several rows in one call"
            }
        return "\(what): \(along); \(count) questions to one system."
    }
}
