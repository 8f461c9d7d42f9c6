extension ConformanceCase {
    /// The case as a member of its file, whose head has kind, format and activation format.
    package var json: JSONValue {
        var members: [JSONValue.Member] = [
            .init("id", .string(id)), .init("clauses", .array(clauses.map(JSONValue.string))), .init("level", .string(level.rawValue)),
            .init("flags", .array(flags.map(JSONValue.string))), .init("result", .string(validity.rawValue)), .init("why", .string(why)),
        ]
        members += taskMembers.map { JSONValue.Member($0.0, $0.1) }
        return .object(members)
    }

    private var taskMembers: [(String, JSONValue)] {
        switch task {
        case .decode(let blocks, let weights):
            return [("blocks", .string(Hex.text(blocks))), ("expect", .string(FloatPattern.text(weights)))]
        case .encode(let path, let values, let columns, let importance, let blocks):
            var members: [(String, JSONValue)] = [("path", .string(path.rawValue)), ("columns", .number(columns))]
            members.append(("input", .string(FloatPattern.text(values))))
            if let importance { members.append(("importance", .string(FloatPattern.text(importance)))) }
            if let blocks { members.append(("expect", .string(blocks.text))) }
            return members
        case .activations(let values, let blocks):
            return [("input", .string(FloatPattern.text(values))), ("expect", .array(blocks.map { .string($0.text) }))]
        case .dot(let blocks, _, let activations, let exact, let bound):
            return [
                ("blocks", .string(Hex.text(blocks))), ("activations", .string(Hex.text(activations))),
                ("exact", .string(Hex.text(exact.bitPattern))), ("bound", .string(Hex.text(bound.bitPattern))),
            ]
        case .content(let blocks, let broken):
            return [("blocks", .string(Hex.text(blocks))), ("expect", .array(broken.map(JSONValue.string)))]
        case .container(let file, let rules):
            return [("file", .string(file)), ("expect", .array(rules.map(JSONValue.string)))]
        case .bulk(let recipe):
            return [("operation", .string(recipe.operation.rawValue))] + recipe.source.members + [("expect", .string(recipe.digest))]
        case .series(let recipe): return recipe.members
        }
    }

    package init?(json: JSONValue, kind: Kind, format: String, activation: String?) {
        guard let id = json["id"]?.string, let clauses = json["clauses"]?.strings, let flags = json["flags"]?.strings,
            let level = (json["level"]?.string).flatMap(Level.init(rawValue:)),
            let validity = (json["result"]?.string).flatMap(Validity.init(rawValue:)), let why = json["why"]?.string,
            let task = Task(json: json, kind: kind, activation: activation)
        else { return nil }
        self.init(id: id, format: format, clauses: clauses, level: level, flags: flags, validity: validity, why: why, task: task)
    }
}

extension ConformanceCase.Task {
    package init?(json: JSONValue, kind: ConformanceCase.Kind, activation: String?) {
        func bytes(_ name: String) -> [UInt8]? { (json[name]?.string).flatMap { Hex.bytes($0) } }
        func floats(_ name: String) -> [UInt32]? { (json[name]?.string).flatMap { FloatPattern.parse($0) } }
        func double(_ name: String) -> Double? {
            (json[name]?.string).flatMap { Hex.bits($0, as: UInt64.self) }.map(Double.init(bitPattern:))
        }
        let masked = (json["expect"]?.string).flatMap { MaskedBytes(text: $0) }
        switch kind {
        case .decode:
            guard let blocks = bytes("blocks"), let weights = floats("expect") else { return nil }
            self = .decode(blocks: blocks, weights: weights)
        case .encode:
            guard let path = (json["path"]?.string).flatMap(Request.EncodePath.init(rawValue:)), let columns = json["columns"]?.number,
                columns > 0, let values = floats("input"), (json["expect"] == nil) == (masked == nil),
                case let importance = floats("importance"), (json["importance"] == nil) == (importance == nil)
            else { return nil }
            self = .encode(path: path, values: values, columns: columns, importance: importance, blocks: masked)
        case .activation:
            guard let values = floats("input"), let texts = json["expect"]?.strings, !texts.isEmpty else { return nil }
            let blocks = texts.compactMap { MaskedBytes(text: $0) }
            guard blocks.count == texts.count else { return nil }
            self = .activations(values: values, blocks: blocks)
        case .dot:
            guard let activation, let blocks = bytes("blocks"), let activations = bytes("activations"), let exact = double("exact"),
                let bound = double("bound")
            else { return nil }
            self = .dot(blocks: blocks, activationFormat: activation, activations: activations, exact: exact, bound: bound)
        case .content:
            guard let blocks = bytes("blocks"), let broken = json["expect"]?.strings else { return nil }
            self = .content(blocks: blocks, broken: broken)
        case .gguf:
            guard let file = json["file"]?.string, let rules = json["expect"]?.strings else { return nil }
            self = .container(file: file, rules: rules)
        case .bulk:
            guard let operation = (json["operation"]?.string).flatMap(BulkRecipe.Operation.init(rawValue:)),
                let digest = json["expect"]?.string,
                let source = BulkRecipe.Source(json: json)
            else { return nil }
            self = .bulk(BulkRecipe(operation: operation, source: source, digest: digest))
        case .series:
            guard let recipe = SeriesRecipe(json: json) else { return nil }
            self = .series(recipe)
        }
    }
}

extension BulkRecipe.Source {
    fileprivate var members: [(String, JSONValue)] {
        switch self {
        case .generated(let generator, let seed, let count):
            return [("generator", .string(generator.rawValue)), ("seed", .string(Hex.text(seed))), ("count", .number(count))]
        case .recordedBlocks(let file, let count, let provenance):
            return [("blocks", .string(file)), ("count", .number(count)), ("provenance", .string(provenance))]
        case .recordedWeights(let file, let importance, let path, let rows, let columns, let provenance):
            var members: [(String, JSONValue)] = [("weights", .string(file))]
            if let importance { members.append(("importance", .string(importance))) }
            members += [("path", .string(path.rawValue)), ("rows", .number(rows)), ("columns", .number(columns))]
            return members + [("provenance", .string(provenance))]
        }
    }

    fileprivate init?(json: JSONValue) {
        if let generator = (json["generator"]?.string).flatMap(BulkGenerator.init(rawValue:)) {
            guard let seed = (json["seed"]?.string).flatMap({ Hex.bits($0, as: UInt64.self) }), let count = json["count"]?.number,
                (1...1 << 20).contains(count)
            else { return nil }
            self = .generated(generator, seed: seed, count: count)
        } else if let file = json["blocks"]?.string {
            guard let count = json["count"]?.number, let provenance = json["provenance"]?.string else { return nil }
            self = .recordedBlocks(file: file, count: count, provenance: provenance)
        } else {
            guard let file = json["weights"]?.string, let path = (json["path"]?.string).flatMap(Request.EncodePath.init(rawValue:)),
                let rows = json["rows"]?.number, let columns = json["columns"]?.number, let provenance = json["provenance"]?.string,
                (1...1 << 20).contains(rows), (1...1 << 20).contains(columns)
            else { return nil }
            self = .recordedWeights(
                file: file, importance: json["importance"]?.string, path: path, rows: rows, columns: columns, provenance: provenance)
        }
    }
}

extension SeriesRecipe {
    fileprivate var members: [(String, JSONValue)] {
        var members: [(String, JSONValue)] = [("operation", .string(operation.rawValue)), ("axis", .string(axis.rawValue))]
        if let path { members.append(("path", .string(path.rawValue))) }
        if hasImportance { members.append(("importance", .bool(true))) }
        if let activationFormat { members.append(("activations", .string(activationFormat))) }
        return members + [("seed", .string(Hex.text(seed))), ("expect", .array(expected.map { .string($0.text) }))]
    }

    fileprivate init?(json: JSONValue) {
        guard let operation = (json["operation"]?.string).flatMap(Operation.init(rawValue:)),
            let axis = (json["axis"]?.string).flatMap(SeriesAxis.init(rawValue:)), SeriesAxis.axes(of: operation).contains(axis),
            let seed = (json["seed"]?.string).flatMap({ Hex.bits($0, as: UInt64.self) }), let texts = json["expect"]?.strings,
            !texts.isEmpty
        else { return nil }
        let path = (json["path"]?.string).flatMap(Request.EncodePath.init(rawValue:))
        let expected = texts.compactMap { Expected($0, isProduct: operation == .dot || operation == .product) }
        guard expected.count == texts.count, (path != nil) == (operation == .encode) else { return nil }
        self.init(
            operation: operation, axis: axis, path: path, hasImportance: json["importance"]?.bool ?? false,
            activationFormat: json["activations"]?.string, seed: seed, expected: expected)
    }
}

extension SeriesRecipe.Expected {
    /// Digests, or for every number the bits of product and bound.
    fileprivate var text: String {
        switch self {
        case .digests(let digests): digests.joined(separator: " ")
        case .products(let products):
            products.map { Hex.text($0.exact.bitPattern) + Hex.text($0.bound.bitPattern) }.joined(separator: " ")
        }
    }

    fileprivate init?(_ text: String, isProduct: Bool) {
        let words = text.split(separator: " ").map(String.init)
        guard isProduct else {
            self = .digests(words)
            return
        }
        var products: [SeriesRecipe.Product] = []
        for word in words {
            guard word.utf8.count == 32, let exact = Hex.bits(String(word.prefix(16)), as: UInt64.self),
                let bound = Hex.bits(String(word.suffix(16)), as: UInt64.self)
            else { return nil }
            products.append(.init(exact: Double(bitPattern: exact), bound: Double(bitPattern: bound)))
        }
        self = .products(products)
    }
}
