import BlockSpec

/// Copies of declarations with one thing changed.
enum FormatEdit {
    static func decoding(_ format: BlockFormat, _ change: (Decoding) -> Decoding) -> BlockFormat {
        guard let decoding = format.decoding else { return format }
        return copy(format, fields: format.fields, decoding: change(decoding))
    }

    static func field(_ format: BlockFormat, _ name: String, _ change: (Field) -> Field) -> BlockFormat {
        copy(format, fields: format.fields.map { $0.name == name ? change($0) : $0 }, decoding: format.decoding)
    }

    static func copy(_ format: BlockFormat, fields: [Field], decoding: Decoding?) -> BlockFormat {
        BlockFormat(
            id: format.id, aliases: format.aliases, title: format.title, elements: format.elements, bytes: format.bytes,
            alignment: format.alignment, base: format.base, fields: fields, decoding: decoding, encoding: format.encoding,
            checks: format.checks, marks: format.marks,
            clauses: format.clauses, provenance: format.provenance)
    }

    static func correction(_ format: BlockFormat, _ change: (Correction) -> Correction?) -> BlockFormat {
        decoding(format) { old in
            Decoding(
                code: old.code, scale: old.scale, minimum: old.minimum, value: old.value, correction: old.correction.flatMap(change))
        }
    }

    static func value(_ format: BlockFormat, _ value: Expression) -> BlockFormat {
        decoding(format) { Decoding(code: $0.code, scale: $0.scale, minimum: $0.minimum, value: value, correction: $0.correction) }
    }

    /// The integers that a decoding reads from planes.
    enum Part: String, CaseIterable {
        case code, scale, minimum
    }

    static func rule(_ format: BlockFormat, _ part: Part) -> IndexedInteger? {
        switch part {
        case .code: format.decoding?.code
        case .scale: format.decoding?.scale
        case .minimum: format.decoding?.minimum
        }
    }

    static func rule(_ format: BlockFormat, _ part: Part, _ change: (IndexedInteger) -> IndexedInteger) -> BlockFormat {
        decoding(format) { old in
            Decoding(
                code: part == .code ? old.code.map(change) : old.code, scale: part == .scale ? old.scale.map(change) : old.scale,
                minimum: part == .minimum ? old.minimum.map(change) : old.minimum, value: old.value, correction: old.correction)
        }
    }

    static func plane(_ format: BlockFormat, _ part: Part, _ index: Int, _ change: (BitPlane) -> BitPlane) -> BlockFormat {
        rule(format, part) { rule in
            var planes = rule.planes
            planes[index] = change(planes[index])
            return with(rule, planes: planes)
        }
    }

    static func with(
        _ rule: IndexedInteger, planes: [BitPlane]? = nil, bias: Int? = nil, codebook: [Int]? = nil, every: Int? = nil,
        selection: Selection? = nil, further: [IndexedInteger.Run]? = nil, skips: Bool = true
    ) -> IndexedInteger {
        IndexedInteger(
            every: every ?? rule.every, digits: rule.digits, planes: planes ?? rule.planes, bias: bias ?? rule.bias,
            codebook: codebook ?? rule.codebook, selection: selection ?? rule.selection, further: further ?? rule.further,
            skipping: skips ? rule.skipping : nil)
    }

    static func with(
        _ plane: BitPlane, field: String? = nil, firstBit: Int? = nil, strides: [Int]? = nil, width: Int? = nil, place: Int? = nil,
        signed: Bool? = nil
    ) -> BitPlane {
        BitPlane(
            field: field ?? plane.field, firstBit: firstBit ?? plane.firstBit, strides: strides ?? plane.strides,
            width: width ?? plane.width,
            place: place ?? plane.place, signed: signed ?? plane.signed, gray: plane.gray)
    }

    static func with(
        _ rule: Correction, mode: Correction.Mode? = nil, slots: Int? = nil, value: Expression? = nil, count: Correction.Count?? = .none,
        duplicates: Correction.Duplicates? = nil, switching: Correction.ModeSwitch?? = .none
    ) -> Correction {
        Correction(
            mode: mode ?? rule.mode, slots: slots ?? rule.slots, index: rule.index, value: value ?? rule.value,
            count: count ?? rule.count, duplicates: duplicates ?? rule.duplicates, switching: switching ?? rule.switching)
    }

    /// Whether the interpreter can decode by this declaration without reading outside a block or a codebook.
    static func isSafe(_ format: BlockFormat) -> Bool {
        guard let decoding = format.decoding else { return false }
        for field in format.fields where field.offset < 0 || field.range.upperBound > format.bytes { return false }
        for part in Part.allCases {
            guard let rule = rule(format, part) else { continue }
            let count = rule.count
            guard part == .code ? count >= format.elements || rule.skipping != nil : count * rule.every >= format.elements else {
                return false
            }
            for (number, plane) in rule.planes.enumerated() {
                guard (1...8).contains(plane.width), plane.place >= 0,
                    rule.positions(ofPlane: number, in: format).allSatisfy({ $0 >= 0 && $0 + plane.width <= 8 * format.bytes })
                else { return false }
            }
            if let book = rule.codebook {
                // Planes that lie over each other add up to more than their bits.
                let highest = rule.planes.reduce(0) { $0 + (1 << $1.width - 1) << $1.place }
                guard !rule.planes.contains(where: \.signed), highest < book.count else { return false }
            }
        }
        guard let slots = format.outliers else { return true }
        let most = slots.rule.count.map(\.maximum) ?? slots.number
        let lists = [slots.index] + slots.operands.filter { $0.count > 1 }
        return lists.allSatisfy { $0.offset + $0.type.bytes * most <= format.bytes }
    }
}
