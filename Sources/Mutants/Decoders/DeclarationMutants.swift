import HIFIBlockSpec
import HIFIReference

/// Decoders whose declaration differs from that of their format in one place: every plane, field, constant and rule in turn.
package enum DeclarationMutants {
    package static func all() -> [Mutant] { DistinctFormats.all.flatMap(mutants(of:)) }

    package static func mutants(of format: BlockFormat) -> [Mutant] {
        var list = List(format: format)
        planes(&list)
        rules(&list)
        fields(&list)
        values(&list)
        corrections(&list)
        for change in SelectionMutants.changes(of: format) { list.add(change.name, change.fault, change.format) }
        return list.mutants
    }

    /// Collects mutants of one format; declarations that cannot be interpreted, or change nothing, are left out.
    package struct List {
        package let format: BlockFormat
        private(set) var mutants: [Mutant] = []
        private var seen: Set<BlockFormat> = []

        package init(format: BlockFormat) {
            self.format = format
            seen = [format]
        }

        package mutating func add(
            _ name: String, _ fault: String, defect: String? = nil, _ changed: BlockFormat, equivalence: Mutant.Equivalence? = nil
        ) {
            guard FormatEdit.isSafe(changed), seen.insert(changed).inserted, let decoder = try? ReferenceDecoder(changed) else { return }
            let decode = format.decodingRows { blocks in ((try? decoder.decode(blocks)) ?? []).map(\.bitPattern) }
            let system = FunctionSystem(name: name, decode: decode)
            mutants.append(
                Mutant(
                    "decoder/\(format.id)/\(name)", format: format.id, kind: .decode, defect: defect, fault: fault,
                    equivalence: equivalence,
                    system: system))
        }
    }

    private static func planes(_ list: inout List) {
        let format = list.format
        for part in FormatEdit.Part.allCases {
            guard let rule = FormatEdit.rule(format, part) else { continue }
            for (index, plane) in rule.planes.enumerated() {
                let name = "\(part)-plane\(index)-\(plane.field)"
                func edit(_ what: String, _ fault: String, _ change: (BitPlane) -> BitPlane) {
                    let changed = FormatEdit.plane(format, part, index, change)
                    list.add(
                        "\(name)-\(what)", "plane \(index) of the \(part) (\(plane.field)): \(fault)", changed,
                        equivalence: ["wide", "sign"].contains(what)
                            ? SelectionMutants.ignoresUpperBits(rule, FormatEdit.rule(changed, part)) : nil)
                }
                for shift in [-8, -1, 1, 8] {
                    edit("first\(shift > 0 ? "+" : "")\(shift)", "begins \(shift) bits off") {
                        $0.with(firstBit: $0.firstBit + shift)
                    }
                }
                edit("narrow", "a bit too narrow") { $0.with(width: $0.width - 1) }
                edit("wide", "a bit too wide") { $0.with(width: $0.width + 1) }
                edit("high", "put a place too high") { $0.with(place: $0.place + 1) }
                edit("low", "put a place too low") { $0.with(place: $0.place - 1) }
                edit("sign", "signed where it is not, or the other way round") { $0.with(signed: !$0.signed) }
                for (digit, stride) in plane.strides.enumerated() where rule.digits[digit].radix > 1 {
                    let digitName = rule.digits[digit].name
                    for (what, new) in [
                        ("stuck", 0), ("half", stride / 2), ("double", stride * 2), ("less", stride - 1), ("more", stride + 1),
                    ]
                    where new != stride {
                        edit("\(digitName)-\(what)", "moves \(new) bits with digit \(digitName) instead of \(stride)") {
                            var strides = $0.strides
                            strides[digit] = new
                            return $0.with(strides: strides)
                        }
                    }
                    if digit > 0, plane.strides[digit - 1] != stride {
                        edit("\(digitName)-swapped", "takes digit \(digitName) for the one before it") {
                            var strides = $0.strides
                            strides.swapAt(digit, digit - 1)
                            return $0.with(strides: strides)
                        }
                    }
                }
                for field in format.fields where field.name != plane.field && field.type.bytes == 1 {
                    edit("from-\(field.name)", "read from field \(field.name)") { $0.with(field: field.name) }
                }
                if rule.planes.count > 1 {
                    list.add(
                        "\(name)-missing", "plane \(index) of the \(part) is left out",
                        FormatEdit.rule(format, part) { rule in
                            var planes = rule.planes
                            planes.remove(at: index)
                            return rule.with(planes: planes)
                        })
                }
            }
        }
    }

    private static func rules(_ list: inout List) {
        let format = list.format
        for part in FormatEdit.Part.allCases {
            guard let rule = FormatEdit.rule(format, part) else { continue }
            for (what, bias) in [("less", rule.bias - 1), ("more", rule.bias + 1), ("none", 0), ("turned", -rule.bias)]
            where bias != rule.bias {
                let defect = format.id == "q3_k" && part == .scale && bias == -31 ? "F1" : nil
                list.add(
                    "\(part)-bias-\(what)", "the \(part) has bias \(bias) instead of \(rule.bias)", defect: defect,
                    FormatEdit.rule(format, part) { $0.with(bias: bias) })
            }
            for (index, value) in (rule.codebook ?? []).enumerated() {
                list.add(
                    "\(part)-book\(index)", "entry \(index) of the codebook is one too large",
                    FormatEdit.rule(format, part) { rule in
                        var book = rule.codebook ?? []
                        book[index] = value + 1
                        return rule.with(codebook: book)
                    })
            }
            if part != .code {
                list.add(
                    "\(part)-every", "twice as many weights share a \(part)",
                    FormatEdit.rule(format, part) { $0.with(every: $0.every * 2) })
            }
            if rule.skipping != nil {
                list.add(
                    "\(part)-unskipped", "listed weights have codes too",
                    FormatEdit.rule(format, part) { $0.with(skips: false) })
            }
        }
    }

    /// Scalars at other places or of other types.
    private static func fields(_ list: inout List) {
        let format = list.format
        guard let decoding = format.decoding else { return }
        var used = decoding.value.names.compactMap(format.field)
        let integers = [decoding.correction?.index, decoding.correction?.count?.field].compactMap(\.self)
        if let correction = decoding.correction {
            used += ([correction.index, correction.count?.field].compactMap(\.self) + correction.value.names).compactMap(format.field)
        }
        for field in used {
            for shift in [-2, -1, 1, 2] {
                list.add(
                    "field-\(field.name)\(shift > 0 ? "+" : "")\(shift)", "field \(field.name) is read \(shift) bytes off",
                    FormatEdit.field(format, field.name) {
                        Field(name: $0.name, offset: $0.offset + shift, type: $0.type, count: $0.count, parts: $0.parts)
                    })
            }
            for type in ScalarType.allCases where type != field.type && type.bytes == field.type.bytes {
                // Where an integer is meant, only other integers are another reading.
                let isInteger = integers.contains(field.name)
                if isInteger, ![.u8, .i8, .u16, .i16].contains(type) { continue }
                let defect = format.id == "q3_k_hifi@r3" && field.name == "d" && type == .u16 ? "B1" : nil
                list.add(
                    "field-\(field.name)-as-\(type.rawValue)", "field \(field.name) is read as \(type.rawValue)", defect: defect,
                    FormatEdit.field(format, field.name) {
                        Field(name: $0.name, offset: $0.offset, type: type, count: $0.count, parts: $0.parts)
                    },
                    equivalence: isInteger ? IntegerProof.equivalence(of: field, as: type, in: format) : nil)
            }
        }
    }

    private static func values(_ list: inout List) {
        let format = list.format
        guard let decoding = format.decoding else { return }
        for variation in ExpressionEdit.variations(of: decoding.value) {
            list.add(
                "value-\(variation.name)", "a weight is \(variation.expression)", FormatEdit.value(format, variation.expression),
                equivalence: ValueProof.equivalence(of: variation, of: decoding.value, in: format))
        }
        guard let correction = decoding.correction else { return }
        for variation in ExpressionEdit.variations(of: correction.value) {
            list.add(
                "slot-\(variation.name)", "a slot's value is \(variation.expression)",
                FormatEdit.correction(format) { $0.with(value: variation.expression) },
                equivalence: ValueProof.equivalence(of: variation, of: correction.value, in: format))
        }
    }

    private static func corrections(_ list: inout List) {
        let format = list.format
        guard let rule = format.decoding?.correction else { return }
        func edit(_ name: String, _ fault: String, defect: String? = nil, _ change: @escaping (Correction) -> Correction?) {
            list.add(name, fault, defect: defect, FormatEdit.correction(format, change))
        }
        let isFlip = ["q3_k_hifi@r7c", "q3_k_hifi@r7e"].contains(format.id)
        edit("no-slots", "outliers are left out", defect: ["q3_k_hifi@r5", "q3_k_hifi@r6"].contains(format.id) ? "B8" : nil) { _ in nil }
        edit("mode", "slots \(rule.mode == .add ? "replace" : "add")", defect: isFlip ? "B16" : nil) {
            $0.with(mode: rule.mode == .add ? .replace : .add)
        }
        edit(
            "duplicates", "of equal positions \(rule.duplicates == .each ? "only the first acts" : "each acts")",
            defect: duplicateDefect(format)
        ) {
            $0.with(duplicates: rule.duplicates == .each ? .first : .each)
        }
        edit("fewer-slots", "the last slot is left out") {
            $0.with(slots: $0.slots - 1, count: $0.count.map { .init(field: $0.field, mask: $0.mask, maximum: $0.maximum - 1) })
        }
        edit("one-slot", "only the first slot acts") {
            $0.with(slots: 1, count: $0.count.map { .init(field: $0.field, mask: $0.mask, maximum: 1) })
        }
        if let count = rule.count {
            edit("count-ignored", "the count is ignored") { $0.with(count: .some(nil)) }
            for mask in [0x7F, 0x0F, 0x07, 0xFF, 0xFE] where mask != count.mask {
                edit("count-mask-\(mask)", "the count is masked with \(mask)") {
                    $0.with(count: .init(field: count.field, mask: mask, maximum: count.maximum))
                }
            }
            edit(
                "count-over", "one slot more than there are can be in use",
                defect: ["q6_k_hifi_dynamic", "q6_k_hifi_res8"].contains(format.id) ? "O1" : nil
            ) {
                $0.with(count: .init(field: count.field, mask: count.mask, maximum: count.maximum + 1))
            }
        }
        for field in format.fields where field.type == .u8 && field.count == 1 && rule.count?.field != field.name {
            let defect = ["q3_k_hifi@r10", "q3_k_hifi@r11"].contains(format.id) ? "B25" : nil
            edit("count-by-\(field.name)", "field \(field.name) is taken for a count", defect: defect) {
                $0.with(count: .init(field: field.name, mask: 0xFF, maximum: rule.slots))
            }
        }
        if let mode = rule.switching {
            edit("switch-ignored", "the mode bit is ignored") { $0.with(switching: .some(nil)) }
            for mask in [0x40, 0x01, 0xFF] {
                edit("switch-mask-\(mask)", "the mode bit is looked for at \(mask)") {
                    $0.with(switching: .init(field: mode.field, mask: mask, whenSet: mode.whenSet))
                }
            }
        }
    }

    private static func duplicateDefect(_ format: BlockFormat) -> String? {
        switch format.id {
        case "q3_k_hifi_res8": "B30"
        case "q5_k_hifi_res8": "O4"
        default: nil
        }
    }
}
