import HIFIBlockSpec

/// Turns declarations into formats: fills defaults, inherits from the base, expands variants, and refuses what does not
/// add up (overlapping fields, digits that miss weights, planes outside their field, unknown names).
struct BlockResolver {
    var clauses = ClauseRegister()
    /// The tables that codes may name.
    private let grids: [Grid]
    private var formats: [String: BlockFormat] = [:]
    private var order: [String] = []
    /// Ids and aliases given so far.
    private var names: Set<String> = []

    init(grids: [Grid]) { self.grids = grids }

    /// What was added, in that order.
    func all() throws -> [BlockFormat] {
        let all = order.compactMap { formats[$0] }
        for format in all {
            guard let other = format.marks.otherLayout else { continue }
            guard formats[other] != nil else { throw SpecError(file: "revisions", message: "\(format.id): no format \(other)") }
        }
        return all
    }

    mutating func add(_ source: BlockSource, from file: String) throws {
        let own = try clauses.read(source.clauses, from: file)
        for (index, variant) in try expand(source, from: file).enumerated() {
            // The clauses of a file belong to its first format; the variants cite them.
            try insert(resolve(variant, own, isFirst: index == 0, from: file), from: file)
        }
    }

    mutating func add(_ source: PlainSource, from file: String) throws {
        let own = try clauses.read(source.clauses, from: file)
        for (index, entry) in source.plain.enumerated() {
            let builder = BlockBuilder(checks: SpecChecks(file: file), id: entry.id, clauses: own)
            let field = try builder.field(FieldSource(name: "value", offset: 0, type: entry.type, count: 1))
            guard field.type.bytes == entry.bytes else {
                throw builder.fail("a scalar of type \(entry.type) has \(field.type.bytes) bytes")
            }
            let checks = try (entry.checks ?? []).map { try builder.contentCheck($0, fields: [field], correction: nil) }
            let decoding = Decoding(code: nil, scale: nil, minimum: nil, value: .f32("value"), correction: nil)
            try insert(
                BlockFormat(
                    id: entry.id, aliases: [], title: entry.title, elements: 1, bytes: entry.bytes, alignment: entry.bytes, base: nil,
                    fields: [field], decoding: decoding,
                    encoding: try builder.encoding(entry.encoder, inherited: nil, decoding, fields: [field]), checks: checks, marks: .none,
                    clauses: index == 0 ? own : [], provenance: nil), from: file)
        }
    }

    mutating func add(_ source: SizesSource, from file: String) throws {
        let own = try clauses.read(source.clauses, from: file)
        for (index, entry) in source.sizes.enumerated() {
            let builder = BlockBuilder(checks: SpecChecks(file: file), id: entry.id, clauses: own)
            let interleave = entry.interleave ?? 1
            guard (1...64).contains(interleave) else { throw builder.fail("interleave is 1 to 64 rows") }
            let header = try builder.rowHeader(entry.rowHeader, fields: [])
            let weave = try entry.weave.map { source in
                guard let base = formats[source.of] else { throw builder.fail("is woven of \(source.of), which is not declared before it") }
                guard base.elements == entry.elements, base.bytes == entry.bytes, base.headerBytes == header?.bytes ?? 0 else {
                    throw builder.fail("rows of \(source.of) have other sizes")
                }
                return try builder.weave(source, of: base, rows: interleave)
            }
            try insert(
                BlockFormat(
                    id: entry.id, aliases: entry.aliases ?? [], title: entry.title, elements: entry.elements, bytes: entry.bytes,
                    alignment: entry.alignment, rowHeader: header, interleave: interleave, weave: weave,
                    tensorTail: entry.tail ?? 0, base: nil, fields: [], decoding: nil, encoding: nil, checks: [], marks: .none,
                    clauses: index == 0 ? own : [], provenance: nil), from: file)
        }
    }

    private mutating func insert(_ format: BlockFormat, from file: String) throws {
        let checks = SpecChecks(file: file)
        for name in [format.id] + format.aliases {
            try checks.formatID(name)
            guard names.insert(name).inserted else { throw checks.fail("\(name) is declared twice") }
        }
        guard format.elements > 0, format.bytes > 0, format.alignment > 0, format.alignment & (format.alignment - 1) == 0 else {
            throw checks.fail("\(format.id): elements, bytes and alignment must be positive, the alignment a power of two")
        }
        guard format.bytes.isMultiple(of: format.alignment) else {
            throw checks.fail("\(format.id): \(format.bytes) bytes are not a multiple of the alignment \(format.alignment)")
        }
        formats[format.id] = format
        order.append(format.id)
    }

    private func expand(_ source: BlockSource, from file: String) throws -> [BlockSource] {
        guard let variants = source.variants else { return [source] }
        let checks = SpecChecks(file: file)
        guard source.aliases == nil, source.provenance == nil else {
            throw checks.fail("\(source.id): with variants, aliases and provenance stand at each variant")
        }
        return try variants.map { variant in
            var format = source
            format.variants = nil
            format.id = variant.id
            format.aliases = variant.aliases
            format.title = variant.title ?? source.title
            format.bytes = variant.bytes ?? source.bytes
            format.alignment = variant.alignment ?? source.alignment
            format.fields = variant.fields ?? source.fields
            format.correction = variant.correction ?? source.correction
            if let mode = variant.mode {
                guard format.correction != nil else { throw checks.fail("\(variant.id): a mode without a correction") }
                format.correction?.mode = mode
            }
            format.encoder = variant.encoder ?? source.encoder
            format.marks = variant.marks ?? source.marks
            for kind in variant.dropChecks ?? [] {
                let before = format.checks?.count
                format.checks?.removeAll { $0.kind == kind }
                guard format.checks?.count != before else { throw checks.fail("\(variant.id): no check of kind '\(kind)' to drop") }
            }
            format.provenance = variant.provenance
            return format
        }
    }

    private func resolve(_ source: BlockSource, _ clauses: [Clause], isFirst: Bool, from file: String) throws -> BlockFormat {
        let builder = BlockBuilder(checks: SpecChecks(file: file), id: source.id, clauses: clauses, grids: grids)
        let base = try source.extends.map { id in
            guard let base = formats[id] else { throw builder.fail("extends \(id), which is not declared before it") }
            guard source.elements == nil else { throw builder.fail("elements are those of the base, \(id)") }
            guard base.rowHeader == nil, source.rowHeader == nil else { throw builder.fail("formats with row headers extend nothing") }
            return base
        }
        guard let elements = source.elements ?? base?.elements else { throw builder.fail("elements missing") }
        let fields = (base?.fields ?? []) + (try source.fields.map(builder.field))
        try builder.checkPlaces(fields, bytes: source.bytes)
        let header = try builder.rowHeader(source.rowHeader, fields: fields)
        let scalars = (header?.fields ?? []) + fields

        func integer(_ source: IntegerSource?, every: Int?, inherited: IndexedInteger?) throws -> IndexedInteger? {
            guard let source else { return inherited }
            return try builder.integer(source, every: every, elements: elements, fields: fields)
        }
        let decoding = Decoding(
            code: try integer(source.code, every: 1, inherited: base?.decoding?.code),
            scale: try integer(source.scale, every: nil, inherited: base?.decoding?.scale),
            minimum: try integer(source.min, every: nil, inherited: base?.decoding?.minimum),
            value: try builder.value(source.value, inherited: base?.decoding?.value),
            correction: try source.correction.map { try builder.correction($0, fields: fields) } ?? base?.decoding?.correction)
        try builder.checkNames(decoding, fields: scalars)
        let checks = try (source.checks ?? []).map { try builder.contentCheck($0, fields: scalars, correction: decoding.correction) }
        let encoding = try builder.encoding(source.encoder, inherited: base?.encoding?.search, decoding, fields: fields)
        return BlockFormat(
            id: source.id, aliases: source.aliases ?? [], title: source.title, elements: elements, bytes: source.bytes,
            alignment: source.alignment, rowHeader: header, base: source.extends, fields: fields, decoding: decoding, encoding: encoding,
            checks: (base?.checks ?? []) + checks, marks: try builder.marks(source.marks, fields: fields, encoding),
            clauses: isFirst ? clauses : [], provenance: try source.provenance.map(builder.provenance))
    }
}
