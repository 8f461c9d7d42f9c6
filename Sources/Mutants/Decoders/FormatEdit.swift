import HIFIBlockSpec

/// Copies of declarations with one thing changed.
package enum FormatEdit {
    package static func decoding(_ format: BlockFormat, _ change: (Decoding) -> Decoding) -> BlockFormat {
        guard let decoding = format.decoding else { return format }
        return copy(format, fields: format.fields, decoding: change(decoding))
    }

    package static func field(_ format: BlockFormat, _ name: String, _ change: (Field) -> Field) -> BlockFormat {
        copy(format, fields: format.fields.map { $0.name == name ? change($0) : $0 }, decoding: format.decoding)
    }

    package static func copy(_ format: BlockFormat, fields: [Field], decoding: Decoding?) -> BlockFormat {
        BlockFormat(
            id: format.id, aliases: format.aliases, title: format.title, elements: format.elements, bytes: format.bytes,
            alignment: format.alignment, base: format.base, fields: fields, decoding: decoding, encoding: format.encoding,
            checks: format.checks, marks: format.marks,
            clauses: format.clauses, provenance: format.provenance)
    }

    package static func correction(_ format: BlockFormat, _ change: (Correction) -> Correction?) -> BlockFormat {
        decoding(format) { old in
            Decoding(
                code: old.code, scale: old.scale, minimum: old.minimum, value: old.value, correction: old.correction.flatMap(change))
        }
    }

    package static func value(_ format: BlockFormat, _ value: Expression) -> BlockFormat {
        decoding(format) { Decoding(code: $0.code, scale: $0.scale, minimum: $0.minimum, value: value, correction: $0.correction) }
    }

    /// The integers that a decoding reads from planes.
    package enum Part: String, CaseIterable {
        case code, scale, minimum
    }

    package static func rule(_ format: BlockFormat, _ part: Part) -> IndexedInteger? {
        switch part {
        case .code: format.decoding?.code
        case .scale: format.decoding?.scale
        case .minimum: format.decoding?.minimum
        }
    }

    package static func rule(_ format: BlockFormat, _ part: Part, _ change: (IndexedInteger) -> IndexedInteger) -> BlockFormat {
        decoding(format) { old in
            Decoding(
                code: part == .code ? old.code.map(change) : old.code, scale: part == .scale ? old.scale.map(change) : old.scale,
                minimum: part == .minimum ? old.minimum.map(change) : old.minimum, value: old.value, correction: old.correction)
        }
    }

    package static func plane(_ format: BlockFormat, _ part: Part, _ index: Int, _ change: (BitPlane) -> BitPlane) -> BlockFormat {
        rule(format, part) { rule in
            var planes = rule.planes
            planes[index] = change(planes[index])
            return rule.with(planes: planes)
        }
    }

    /// Whether the interpreter can decode by this declaration without reading outside a block or a codebook.
    package static func isSafe(_ format: BlockFormat) -> Bool {
        guard format.decoding != nil else { return false }
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

extension BlockFormat {
    /// The same with other fields.
    package func with(fields: [Field]) -> BlockFormat {
        BlockFormat(
            id: id, aliases: aliases, title: title, elements: elements, bytes: bytes, alignment: alignment, base: base, fields: fields,
            decoding: decoding, encoding: encoding, checks: checks, marks: marks, clauses: clauses, provenance: provenance)
    }
}

extension Decoding {
    /// The same with other integers.
    package func with(code: IndexedInteger? = nil, scale: IndexedInteger? = nil, minimum: IndexedInteger? = nil) -> Decoding {
        Decoding(
            code: code ?? self.code, scale: scale ?? self.scale, minimum: minimum ?? self.minimum, value: value, correction: correction)
    }
}

extension IndexedInteger {
    /// The same but for what is given.
    package func with(
        planes: [BitPlane]? = nil, bias: Int? = nil, codebook: [Int]? = nil, every: Int? = nil, selection: Selection? = nil,
        further: [Run]? = nil, skips: Bool = true
    ) -> IndexedInteger {
        IndexedInteger(
            every: every ?? self.every, digits: digits, planes: planes ?? self.planes, bias: bias ?? self.bias,
            codebook: codebook ?? self.codebook, selection: selection ?? self.selection, further: further ?? self.further,
            skipping: skips ? skipping : nil)
    }
}

extension BitPlane {
    /// The same but for what is given.
    package func with(
        field: String? = nil, firstBit: Int? = nil, strides: [Int]? = nil, width: Int? = nil, place: Int? = nil, signed: Bool? = nil
    ) -> BitPlane {
        BitPlane(
            field: field ?? self.field, firstBit: firstBit ?? self.firstBit, strides: strides ?? self.strides, width: width ?? self.width,
            place: place ?? self.place, signed: signed ?? self.signed, gray: gray)
    }
}

extension Correction {
    /// The same but for what is given.
    package func with(
        mode: Mode? = nil, slots: Int? = nil, value: Expression? = nil, count: Count?? = .none, duplicates: Duplicates? = nil,
        switching: ModeSwitch?? = .none
    ) -> Correction {
        Correction(
            mode: mode ?? self.mode, slots: slots ?? self.slots, index: index, value: value ?? self.value, count: count ?? self.count,
            duplicates: duplicates ?? self.duplicates, switching: switching ?? self.switching)
    }
}
