import HIFIBlockSpec

/// Builds the parts of one format and checks each where it is built; every message names the file and the format.
struct BlockBuilder {
    let checks: SpecChecks
    let id: String
    /// The clauses of the file, which its checks may cite.
    let clauses: [Clause]
    /// The tables that codes may name.
    var grids: [Grid] = []

    func fail(_ message: String) -> SpecError { checks.fail("\(id): \(message)") }

    func field(_ source: FieldSource) throws -> Field {
        guard source.offset >= 0, source.count > 0 else { throw fail("field \(source.name): offset and count must be positive") }
        guard !Self.derivedNames.contains(source.name) else { throw fail("'\(source.name)' is not a field name: it stands for an integer") }
        return Field(
            name: source.name, offset: source.offset,
            type: try checks.word(source.type, ScalarType.self, at: "\(id): field \(source.name)"),
            count: source.count,
            parts: try (source.parts ?? []).map { part in
                guard part.bit >= 0, part.width > 0, part.place ?? 0 >= 0 else {
                    throw fail("field \(source.name): parts are not negative")
                }
                return Field.Part(bit: part.bit, width: part.width, place: part.place ?? 0)
            })
    }

    /// Fields lie inside the block, in order, without overlap. Bytes between them are gaps of natural alignment.
    func checkPlaces(_ fields: [Field], bytes: Int) throws {
        try checks.unique(fields.map(\.name), "\(id): field")
        var end = 0
        for field in fields where !field.parts.isEmpty { try checkParts(field, among: fields) }
        for field in fields where field.parts.isEmpty {
            guard field.offset >= end else { throw fail("field \(field.name) overlaps the one before it") }
            let (length, overflow) = field.count.multipliedReportingOverflow(by: field.type.bytes)
            guard !overflow, length <= bytes, field.offset <= bytes - length else {
                throw fail("field \(field.name) ends after the block's \(bytes) bytes")
            }
            end = field.range.upperBound
        }
    }

    /// The bits of a scalar that is cut up fill it from bit 0 on and lie within the bytes of another field.
    private func checkParts(_ field: Field, among fields: [Field]) throws {
        guard field.count == 1 else { throw fail("field \(field.name): only a single scalar can be cut up") }
        guard
            fields.contains(where: { $0.parts.isEmpty && $0.range.contains(field.offset) && field.range.upperBound <= $0.range.upperBound })
        else { throw fail("the parts of field \(field.name) lie within no other field") }
        var width = 0
        for part in field.parts.sorted(by: { $0.place < $1.place }) {
            guard part.place == width else { throw fail("field \(field.name): bit \(width) is the next, not \(part.place)") }
            width += part.width
        }
        guard width == 8 * field.type.bytes else {
            throw fail("field \(field.name): \(width) bits for a scalar of type \(field.type.rawValue)")
        }
    }

    // MARK: Integers

    func integer(_ source: IntegerSource, every: Int?, elements: Int, fields: [Field]) throws -> IndexedInteger {
        guard let every = source.every ?? every, every > 0 else { throw fail("scale or min without a positive `every`") }
        let runs = try runs(of: source, elements: elements, fields: fields)
        let covered = runs.reduce(0) { $0 + $1.count * every }
        guard covered == elements else { throw fail("digits cover \(covered) of \(elements) weights") }
        let (digits, planes) = (runs[0].digits, runs[0].planes)
        let codebook = try codebook(source)
        let selection = try selection(source, runs: runs)
        try checkWidths(planes, codebook: codebook)
        if selection != nil, codebook != nil { throw fail("a code names an entry of a codebook or of a grid, not of both") }
        if let skipping = source.skipping, !fields.contains(where: { $0.name == skipping && Self.positionTypes.contains($0.type) }) {
            throw fail("skipping by unknown positions '\(skipping)'")
        }
        return IndexedInteger(
            every: every, digits: digits, planes: planes, bias: source.bias ?? 0, codebook: codebook, selection: selection,
            further: Array(runs.dropFirst()), skipping: source.skipping)
    }

    /// The planes fill the bits of the integer from 0 up, each bit once, and a codebook has an entry for each code.
    private func checkWidths(_ planes: [BitPlane], codebook: [Int]?) throws {
        var width = 0
        for plane in planes.sorted(by: { $0.place < $1.place }) {
            guard plane.place == width else {
                throw fail("plane of \(plane.field) at place \(plane.place), where bit \(width) is the next")
            }
            width += plane.width
        }
        guard (1...16).contains(width) else { throw fail("integers of \(width) bits") }
        for plane in planes where plane.gray > 0 && plane.signed { throw fail("a plane of a Gray code has no sign") }
        if planes.contains(where: \.signed), planes.count > 1 { throw fail("a signed plane stands alone") }
        if let codebook, codebook.count != 1 << width { throw fail("codebook of \(codebook.count) for \(width)-bit codes") }
    }

    /// The lowest bit of a plane is at `first + Σ digit · stride`, in bits of the field.
    func plane(_ source: PlaneSource, digits: [Digit], fields: [Field]) throws -> BitPlane {
        guard let field = fields.first(where: { $0.name == source.field }) else { throw fail("plane of unknown field '\(source.field)'") }
        let tables = [source.byte, source.shift, source.bit]
        for pair in tables.flatMap({ $0?.pairs ?? [] }) where !digits.contains(where: { $0.name == pair.name }) {
            throw fail("plane of \(source.field) names unknown digit '\(pair.name)'")
        }
        let steps =
            tables.flatMap { $0?.pairs.map(\.value) ?? [] } + [source.firstByte, source.firstShift, source.firstBit].compactMap { $0 }
        guard steps.allSatisfy({ (0...65535).contains($0) }) else { throw fail("plane of \(source.field): places are not negative") }
        guard (1...8).contains(source.width), (0...15).contains(source.place ?? 0) else {
            throw fail("plane of \(source.field): width 1 to 8, place 0 to 15")
        }
        let strides = digits.map { digit in
            8 * (source.byte?[digit.name] ?? 0) + (source.shift?[digit.name] ?? 0) + (source.bit?[digit.name] ?? 0)
        }
        let first = 8 * (source.firstByte ?? 0) + (source.firstShift ?? 0) + (source.firstBit ?? 0)
        let end = zip(digits, strides).reduce(first) { $0 + ($1.0.radix - 1) * $1.1 } + source.width
        guard end <= 8 * field.range.count else { throw fail("plane of \(source.field) ends at bit \(end) of \(8 * field.range.count)") }
        let gray = source.gray ?? 0
        if gray != 0 { try checkGray(gray, first: first, strides: strides, digits: digits, width: source.width, field: field) }
        return BitPlane(
            field: source.field, firstBit: first, strides: strides, width: source.width, place: source.place ?? 0,
            signed: source.signed ?? false, gray: gray)
    }

    /// Words of a Gray code fill the field, and no plane crosses from one into the next.
    private func checkGray(_ gray: Int, first: Int, strides: [Int], digits: [Digit], width: Int, field: Field) throws {
        guard (2...64).contains(gray), (8 * field.range.count).isMultiple(of: gray) else {
            throw fail("plane of \(field.name): words of \(gray) bits do not fill the field")
        }
        let run = IndexedInteger.Run(digits: digits, planes: [])
        for index in 0..<run.count where (first + run.offset(of: index, strides: strides)) % gray + width > gray {
            throw fail("plane of \(field.name): bits of weight \(index) lie in two words")
        }
    }

    // MARK: Values and outliers

    func value(_ text: String?, inherited: Expression?) throws -> Expression {
        if let text { return try expression(text) }
        guard let inherited else { throw fail("value missing") }
        return inherited
    }

    private func expression(_ text: String) throws -> Expression {
        do {
            return try ExpressionParser.parse(text)
        } catch {
            throw fail("\(error)")
        }
    }

    /// The header of a row: fields lie inside it, in order, and have names of their own.
    func rowHeader(_ source: RowHeaderSource?, fields: [Field]) throws -> RowHeader? {
        guard let source else { return nil }
        guard (1...4096).contains(source.bytes), source.alignment > 0, source.alignment.nonzeroBitCount == 1,
            source.bytes.isMultiple(of: source.alignment)
        else { throw fail("a row header has 1 to 4096 bytes, a multiple of its alignment, which is a power of two") }
        let own = try (source.fields ?? []).map(field)
        try checkPlaces(own, bytes: source.bytes)
        try checks.unique((own + fields).map(\.name), "\(id): field of row header or block")
        return RowHeader(bytes: source.bytes, alignment: source.alignment, fields: own)
    }

    /// The value may read fields of one scalar and the integers that are declared.
    func checkNames(_ decoding: Decoding, fields: [Field]) throws {
        var known = Set(fields.filter { $0.count == 1 }.map(\.name))
        if decoding.code != nil { known.insert("code") }
        if decoding.scale != nil { known.insert("scale") }
        if decoding.minimum != nil { known.insert("min") }
        for name in decoding.value.names where !known.contains(name) { throw fail("value reads unknown name '\(name)'") }
        for name in ["code", "scale", "min"] where known.contains(name) && !decoding.value.names.contains(name) {
            throw fail("value does not read '\(name)'")
        }
    }

    func correction(_ source: CorrectionSource, fields: [Field]) throws -> Correction {
        let perSlot = Set(fields.filter { $0.count == source.slots }.map(\.name))
        let single = Set(fields.filter { $0.count == 1 }.map(\.name))
        guard let index = fields.first(where: { $0.name == source.index }), Self.positionTypes.contains(index.type),
            index.count == source.slots
        else { throw fail("correction index '\(source.index)' is not a field of \(source.slots) positions") }
        let value = try expression(source.value)
        for name in value.names where !perSlot.contains(name) && !single.contains(name) {
            throw fail("correction value reads unknown name '\(name)'")
        }
        guard value.names.contains(where: perSlot.contains) else { throw fail("correction value reads nothing of its slot") }
        return Correction(
            mode: try checks.word(source.mode, Correction.Mode.self, at: id), slots: source.slots, index: source.index, value: value,
            count: try source.count.map { source in
                let mask = try byteMask(source.mask ?? 255, of: source.field, fields: fields, "count")
                guard (1...index.count).contains(source.maximum), source.maximum <= mask else {
                    throw fail("count of at most \(source.maximum) for \(index.count) slots")
                }
                return Correction.Count(field: source.field, mask: mask, maximum: source.maximum)
            },
            duplicates: try checks.word(source.duplicates ?? "each", Correction.Duplicates.self, at: id),
            switching: try source.switching.map { source in
                Correction.ModeSwitch(
                    field: source.field, mask: try byteMask(source.mask, of: source.field, fields: fields, "switch"),
                    whenSet: try checks.word(source.whenSet, Correction.Mode.self, at: id))
            })
    }

    private func byteMask(_ mask: Int, of name: String, fields: [Field], _ what: String) throws -> Int {
        guard fields.contains(where: { $0.name == name && $0.type == .u8 && $0.count == 1 }) else {
            throw fail("\(what) field '\(name)' is not a byte of the block")
        }
        guard (1...255).contains(mask) else { throw fail("\(what) mask \(mask) is not 1 to 255") }
        return mask
    }

    // MARK: Checks and provenance

    func contentCheck(_ source: CheckSource, fields: [Field], correction: Correction?) throws -> ContentCheck {
        guard let field = fields.first(where: { $0.name == source.field }) else { throw fail("check of unknown field '\(source.field)'") }
        guard let clause = clauses.first(where: { $0.id == source.clause }) else {
            throw fail("a check cites \(source.clause), which the file does not define")
        }
        guard clause.topic == .content else { throw fail("a check cites \(source.clause), which is not about content") }
        let kind = try checks.word(source.kind, ContentCheck.Kind.self, at: id)
        guard isAbout(kind, field, correction) else { throw fail("field '\(field.name)' cannot be checked for \(source.kind)") }
        return ContentCheck(
            clause: source.clause, kind: kind, field: source.field,
            severity: try checks.word(source.severity, ContentCheck.Severity.self, at: id), bytes: try byteSet(source.bytes, kind))
    }

    /// `00-7e, 80`: bytes and ranges of bytes as hexadecimal numbers, rising.
    private func byteSet(_ text: String?, _ kind: ContentCheck.Kind) throws -> ByteSet? {
        guard (text != nil) == (kind == .bytesWritten) else {
            throw fail("bytes go with checks of the kind \(ContentCheck.Kind.bytesWritten.rawValue)")
        }
        guard let text else { return nil }
        var next = 0
        var all: Set<UInt8> = []
        for item in text.split(separator: ",") {
            let ends = item.split(separator: "-").map { UInt8($0.filter { $0 != " " && $0 != "\n" }, radix: 16) }
            guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], next <= Int(first), first <= last
            else {
                throw fail("'\(item)' is no range of bytes after those before it")
            }
            all.formUnion(first...last)
            next = Int(last) + 1
        }
        return ByteSet(where: all.contains)
    }

    private func isAbout(_ kind: ContentCheck.Kind, _ field: Field, _ correction: Correction?) -> Bool {
        switch kind {
        case .finite: field.type.canBeNonFinite
        case .zero, .bytesWritten: true
        case .countWithinSlots, .countZeroButSlotsFilled: correction?.count?.field == field.name
        case .unusedSlotsZero: correction?.index == field.name && correction?.count != nil
        case .indexInBlock, .distinct, .ascending, .baseZeroUnderOutlier, .sentinelSparesWeights: correction?.index == field.name
        }
    }

    func provenance(_ source: ProvenanceSource) throws -> Provenance {
        for commit in source.commits { _ = try checks.milestone(MilestoneSource(date: nil, commit: commit)) }
        for date in source.period { _ = try checks.milestone(MilestoneSource(date: date, commit: nil)) }
        guard source.period.isEmpty || (source.period.count == 2 && source.period[0] <= source.period[1]) else {
            throw fail("a period is a first and a last date, or empty")
        }
        return Provenance(source: source.source, commits: source.commits, period: source.period, note: source.note)
    }

    private static let derivedNames: Set<String> = ["code", "scale", "min"]
    private static let positionTypes: Set<ScalarType> = [.u8, .u16]
}
