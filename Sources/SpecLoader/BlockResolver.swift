import BlockSpec

/// Turns declarations into formats: fills defaults, inherits from the base, expands variants, and refuses what does not
/// add up (overlapping fields, digits that miss weights, planes outside their field, unknown names).
struct BlockResolver {
    private var formats: [String: BlockFormat] = [:]
    private var order: [String] = []

    var all: [BlockFormat] { order.compactMap { formats[$0] } }

    mutating func add(_ source: BlockSource, from file: String) throws {
        do {
            for (index, variant) in expand(source).enumerated() {
                // The clauses of a file belong to its first format; the variants cite them.
                try insert(resolve(variant, clauses: index == 0 ? source.clauses : []))
            }
        } catch let mistake as Mistake {
            throw SpecError(file: file, message: mistake.text)
        } catch let mistake as ExpressionParser.Mistake {
            throw SpecError(file: file, message: mistake.description)
        }
    }

    mutating func add(_ source: PlainSource, from file: String) throws {
        for (index, entry) in source.plain.enumerated() {
            let type = try named(ScalarType.self, entry.type)
            let check = ContentCheck(clause: "PLAIN-02", kind: .finite, field: "value", severity: .error)
            try insert(
                BlockFormat(
                    id: entry.id, aliases: [], title: entry.title, elements: 1, bytes: entry.bytes, alignment: entry.bytes, base: nil,
                    fields: [Field(name: "value", offset: 0, type: type, count: 1)],
                    decoding: Decoding(code: nil, scale: nil, minimum: nil, value: .f32("value"), correction: nil),
                    checks: entry.finite == true ? [check] : [], clauses: index == 0 ? source.clauses.map(clause) : [], provenance: nil))
        }
    }

    mutating func add(_ source: SizesSource, from file: String) throws {
        for (index, entry) in source.sizes.enumerated() {
            try insert(
                BlockFormat(
                    id: entry.id, aliases: [], title: entry.title, elements: entry.elements, bytes: entry.bytes, alignment: entry.alignment,
                    base: nil, fields: [], decoding: nil, checks: [], clauses: index == 0 ? source.clauses.map(clause) : [],
                    provenance: nil))
        }
    }

    struct Mistake: Error {
        let text: String
    }

    private mutating func insert(_ format: BlockFormat) throws {
        guard formats[format.id] == nil else { throw Mistake(text: "\(format.id) is declared twice") }
        formats[format.id] = format
        order.append(format.id)
    }

    private func expand(_ source: BlockSource) -> [BlockSource] {
        guard let variants = source.variants else { return [source] }
        return variants.map { variant in
            var format = source
            format.variants = nil
            format.id = variant.id
            format.aliases = variant.aliases
            format.title = variant.title ?? source.title
            format.bytes = variant.bytes ?? source.bytes
            format.alignment = variant.alignment ?? source.alignment
            format.fields = variant.fields ?? source.fields
            format.correction = variant.correction ?? source.correction
            if let mode = variant.mode { format.correction?.mode = mode }
            if let dropped = variant.dropChecks { format.checks = source.checks?.filter { !dropped.contains($0.kind) } }
            format.provenance = variant.provenance ?? source.provenance
            return format
        }
    }

    private func resolve(_ source: BlockSource, clauses: [ClauseSource]) throws -> BlockFormat {
        let base = try source.extends.map { id in
            guard let base = formats[id] else { throw Mistake(text: "\(source.id) extends \(id), which is not declared before it") }
            return base
        }
        guard let elements = source.elements ?? base?.elements else { throw Mistake(text: "\(source.id): elements missing") }
        let fields = (base?.fields ?? []) + (try source.fields.map(field))
        try check(fields, bytes: source.bytes, of: source.id)

        let code = try source.code.map { try integer($0, every: 1, elements: elements, fields: fields) } ?? base?.decoding?.code
        let scale = try source.scale.map { try integer($0, every: nil, elements: elements, fields: fields) } ?? base?.decoding?.scale
        let minimum = try source.min.map { try integer($0, every: nil, elements: elements, fields: fields) } ?? base?.decoding?.minimum
        guard let value = try source.value.map(ExpressionParser.parse) ?? base?.decoding?.value else {
            throw Mistake(text: "\(source.id): value missing")
        }
        var known = Set(fields.filter { $0.count == 1 }.map(\.name))
        if code != nil { known.insert("code") }
        if scale != nil { known.insert("scale") }
        if minimum != nil { known.insert("min") }
        if let stray = value.names.first(where: { !known.contains($0) }) { throw Mistake(text: "\(source.id): value reads \(stray)") }

        let correction = try source.correction.map { try self.correction($0, fields: fields) } ?? base?.decoding?.correction
        let checks = try (base?.checks ?? []) + (source.checks ?? []).map { try check($0, fields: fields) }
        return BlockFormat(
            id: source.id, aliases: source.aliases ?? [], title: source.title, elements: elements, bytes: source.bytes,
            alignment: source.alignment, base: source.extends, fields: fields,
            decoding: Decoding(code: code, scale: scale, minimum: minimum, value: value, correction: correction), checks: checks,
            clauses: clauses.map(clause),
            provenance: source.provenance.map {
                Provenance(source: $0.source, commits: $0.commits, period: $0.period, note: $0.note)
            })
    }

    private func field(_ source: FieldSource) throws -> Field {
        Field(name: source.name, offset: source.offset, type: try named(ScalarType.self, source.type), count: source.count)
    }

    /// Fields lie inside the block, in order, without overlap. Bytes between them are gaps of natural alignment.
    private func check(_ fields: [Field], bytes: Int, of id: String) throws {
        var end = 0
        for field in fields {
            guard field.offset >= end else { throw Mistake(text: "\(id): field \(field.name) overlaps the one before it") }
            end = field.range.upperBound
        }
        guard end <= bytes else { throw Mistake(text: "\(id): fields end at \(end), after the block's \(bytes) bytes") }
    }

    private func integer(_ source: IntegerSource, every: Int?, elements: Int, fields: [Field]) throws -> IndexedInteger {
        guard let every = source.every ?? every else { throw Mistake(text: "scale or min without `every`") }
        let digits = source.digits.pairs.map { Digit(name: $0.name, radix: $0.value) }
        let covered = digits.reduce(every) { $0 * $1.radix }
        guard covered == elements else { throw Mistake(text: "digits cover \(covered) of \(elements) weights") }
        let planes = try source.planes.map { try plane($0, digits: digits, fields: fields) }
        if let codebook = source.codebook {
            let width = planes.map { $0.place + $0.width }.max() ?? 0
            guard codebook.count == 1 << width else { throw Mistake(text: "codebook of \(codebook.count) for \(width)-bit codes") }
        }
        return IndexedInteger(
            every: every, digits: digits, planes: planes, bias: source.bias ?? 0, codebook: source.codebook, skipping: source.skipping)
    }

    private func plane(_ source: PlaneSource, digits: [Digit], fields: [Field]) throws -> BitPlane {
        guard let field = fields.first(where: { $0.name == source.field }) else { throw Mistake(text: "plane of unknown field \(source.field)") }
        for table in [source.byte, source.shift, source.bit] {
            for pair in table?.pairs ?? [] where !digits.contains(where: { $0.name == pair.name }) {
                throw Mistake(text: "plane of \(source.field) names digit \(pair.name)")
            }
        }
        let strides = digits.map { digit in
            8 * (source.byte?[digit.name] ?? 0) + (source.shift?[digit.name] ?? 0) + (source.bit?[digit.name] ?? 0)
        }
        let first = 8 * (source.firstByte ?? 0) + (source.firstShift ?? 0) + (source.firstBit ?? 0)
        let last = zip(digits, strides).reduce(first) { $0 + ($1.0.radix - 1) * $1.1 } + source.width
        guard last <= 8 * field.range.count else { throw Mistake(text: "plane of \(source.field) ends at bit \(last)") }
        return BitPlane(
            field: source.field, firstBit: first, strides: strides, width: source.width, place: source.place ?? 0,
            signed: source.signed ?? false)
    }

    private func correction(_ source: CorrectionSource, fields: [Field]) throws -> Correction {
        let perSlot = Set(fields.filter { $0.count == source.slots }.map(\.name))
        let single = Set(fields.filter { $0.count == 1 }.map(\.name))
        guard perSlot.contains(source.index) else { throw Mistake(text: "correction index \(source.index) is not \(source.slots) positions") }
        let value = try ExpressionParser.parse(source.value)
        if let stray = value.names.first(where: { !perSlot.contains($0) && !single.contains($0) }) {
            throw Mistake(text: "correction value reads \(stray)")
        }
        let count = try source.count.map {
            guard single.contains($0.field), $0.maximum <= source.slots else { throw Mistake(text: "count field \($0.field)") }
            return Correction.Count(field: $0.field, mask: $0.mask ?? 255, maximum: $0.maximum)
        }
        let switching = try source.switching.map {
            Correction.ModeSwitch(field: $0.field, mask: $0.mask, whenSet: try named(Correction.Mode.self, $0.whenSet))
        }
        return Correction(
            mode: try named(Correction.Mode.self, source.mode), slots: source.slots, index: source.index, value: value, count: count,
            duplicates: try named(Correction.Duplicates.self, source.duplicates ?? "each"), switching: switching)
    }

    private func check(_ source: CheckSource, fields: [Field]) throws -> ContentCheck {
        guard fields.contains(where: { $0.name == source.field }) else { throw Mistake(text: "check of unknown field \(source.field)") }
        return ContentCheck(
            clause: source.clause, kind: try named(ContentCheck.Kind.self, source.kind), field: source.field,
            severity: try named(ContentCheck.Severity.self, source.severity))
    }

    func clause(_ source: ClauseSource) -> Clause {
        Clause(id: source.id, topic: Clause.Topic(rawValue: source.topic) ?? .layout, text: source.text)
    }

    private func named<T: RawRepresentable>(_ type: T.Type, _ text: String) throws -> T where T.RawValue == String {
        guard let value = T(rawValue: text) else { throw Mistake(text: "\(text) is no \(T.self)") }
        return value
    }
}

extension SpecSource {
    /// Every block format, bases before what extends them.
    public func formats() throws -> [BlockFormat] {
        var resolver = BlockResolver()
        try resolver.add(decode(PlainSource.self, from: "blocks/plain.yaml"), from: "blocks/plain.yaml")
        let special: Set = ["blocks/plain.yaml", "blocks/sizes.yaml"]
        for file in try files(in: "blocks") where !special.contains(file) {
            try resolver.add(decode(BlockSource.self, from: file), from: file)
        }
        for file in try files(in: "revisions") + files(in: "revisions/family") {
            try resolver.add(decode(BlockSource.self, from: file), from: file)
        }
        try resolver.add(decode(SizesSource.self, from: "blocks/sizes.yaml"), from: "blocks/sizes.yaml")
        return resolver.all
    }

    /// The clauses of `Spec/numerics.yaml`.
    public func numerics() throws -> [Clause] {
        try decode(NumericsSource.self, from: "numerics.yaml").clauses.map(BlockResolver().clause)
    }
}
