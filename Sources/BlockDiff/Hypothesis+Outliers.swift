import HIFIBlockSpec
import HIFIReference
import Mutants

/// Mistakes with stored outliers, and readings of a block as something else.
extension Hypothesis {
    package static func outliers(_ format: BlockFormat) -> [Hypothesis] {
        guard let slots = format.outliers else { return [] }
        let (rule, index, values) = (slots.rule, slots.index.name, slots.values.name)
        var all: [Hypothesis] = [
            .change("outliers-ignored", "outliers are not applied", field: values) { $0.slots = [] },
            .change("outliers-added", "outliers are added to the base instead of replacing it", field: values) { $0.mode = .add },
            .change("outliers-replace", "outliers replace the base instead of being added", field: values) { $0.mode = .replace },
            .change("slot-fused", "the product of an outlier is fused with its addition: one rounding less", field: values) {
                $0.fusesSlots = true
            },
            .change("slot-order", "outlier slots act in reverse order: of two at one position the first wins", field: index) {
                $0.slots.reverse()
            },
            .change("slot-first", "of several outliers at one position only the first acts", field: index) { $0.firstOnly = true },
            .change("slot-each", "of several outliers at one position all act", field: index) { $0.firstOnly = false },
            .change("count-ignored", "all outlier slots act, whatever the count", field: rule.count?.field) { $0.slots = $0.allSlots },
            .change("count-short", "the last outlier in use is left out", field: rule.count?.field ?? index) {
                $0.slots = $0.slots.dropLast()
            },
            .change("count-long", "one outlier more than in use acts", field: rule.count?.field ?? index) {
                $0.slots = Array($0.allSlots.prefix($0.slots.count + 1))
            },
            .change("sentinel-255", "outliers at position 255 are taken for empty slots", field: index) {
                $0.slots.removeAll { $0.position == 255 }
            },
            .change("sentinel-stop", "outliers end at the first slot with position 255", field: index) {
                $0.slots = Array($0.slots.prefix { $0.position != 255 })
            },
            .change("zero-empty", "outliers with value 0 are taken for empty slots", field: values) {
                $0.slots.removeAll { $0.value == 0 }
            },
            .change("zero-stop", "outliers end at the first slot with value 0", field: values) {
                $0.slots = Array($0.slots.prefix { $0.value != 0 })
            },
            .change("empty-slot", "slots with position 0 and value 0 are taken for empty", field: index) {
                $0.slots.removeAll { $0.position == 0 && $0.value == 0 }
            },
            .change("value-sign", "outliers have the other sign", field: values) { model in model.mapSlots { $0.value = -$0.value } },
            .change("value-127", "outliers are divided by 127 once more", field: values) { model in model.mapSlots { $0.value /= 127 } },
            .change("value-127", "outliers are multiplied by 127", field: values) { model in model.mapSlots { $0.value *= 127 } },
            .change("ascending", "outliers end at the first position that does not rise", field: index) { model in
                var last = -1
                model.slots = Array(
                    model.slots.prefix { slot in
                        defer { last = slot.position }
                        return slot.position > last
                    })
            },
            .change("outliers-difference", "the base is taken off once per slot and the value added, rounded each time", field: values) {
                model in
                let bases = model
                model.mapSlots { $0.value = Strict.subtract($0.value, bases.base($0.position < bases.codes.count ? $0.position : 0)) }
                model.mode = .add
            },
        ]
        for step in [1, -1] {
            all.append(
                .change("position-off", "outliers sit one place \(step > 0 ? "after" : "before") their own", field: index) { model in
                    model.mapSlots { $0.position += step }
                })
            all.append(
                .change("values-rotated", "slots take the value of the slot \(step > 0 ? "after" : "before") them", field: values) {
                    model in
                    let stored = model.allSlots.map(\.value)
                    model.mapSlots { $0.value = stored[($0.number + step + stored.count) % stored.count] }
                })
        }
        for slot in 0..<rule.slots {
            all.append(
                .change("slot-lost", "outlier slot \(slot) is not applied", field: index) { $0.slots.removeAll { $0.number == slot } })
        }
        for limit in 1..<max(1, rule.slots) {
            all.append(
                .change("slots-capped", "only the first \(limit) outliers act", field: index) { $0.slots = Array($0.slots.prefix(limit)) })
        }
        return all + shiftedFields(format, rule)
    }

    /// Positions or values read from another place, or as another type.
    private static func shiftedFields(_ format: BlockFormat, _ rule: Correction) -> [Hypothesis] {
        var all: [Hypothesis] = []
        for name in [rule.index] + rule.value.names {
            guard let field = format.field(name) else { continue }
            func add(_ id: String, _ sentence: String, _ changed: Field) {
                guard changed.offset >= 0, changed.range.upperBound <= format.bytes else { return }
                let fields = format.fields.map { $0.name == name ? changed : $0 }
                guard let anatomist = BlockAnatomist(format.with(fields: fields)) else { return }
                all.append(
                    Hypothesis("\(name)-\(id)", "\(name) is \(sentence)", field: name) { anatomist.model($0.bytes).map(Prediction.model) })
            }
            for step in [1, -1, 2, -2, 4, -4] {
                add(
                    "offset", "read \(abs(step)) byte\(abs(step) > 1 ? "s" : "") \(step > 0 ? "later" : "earlier")",
                    Field(name: name, offset: field.offset + step, type: field.type, count: field.count))
            }
            for type in [ScalarType.u8, .i8, .f16, .bf16] where type.bytes == field.type.bytes && type != field.type {
                add("type", "read as \(type.rawValue)", Field(name: name, offset: field.offset, type: type, count: field.count))
            }
        }
        return all
    }

    /// The block taken for one of another format, or for another block.
    static func mistaken(_ format: BlockFormat) -> [Hypothesis] {
        guard let own = BlockAnatomist(format) else { return [] }
        var all: [Hypothesis] = []
        for other in Spec.blockFormats
        where other.elements == format.elements && other.id != format.id && other.elements > 1 && other.decoding != nil {
            // Revisions that decode alike say nothing.
            if other.bytes == format.bytes, other.decoding == format.decoding, other.fields == format.fields { continue }
            guard let anatomist = BlockAnatomist(other) else { continue }
            let decode: (BlockContext, Int) -> Prediction? = { context, offset in
                context.array.bytes(at: offset, other.bytes).flatMap(anatomist.model).map(Prediction.model)
            }
            if other.bytes <= format.bytes {
                all.append(Hypothesis("other-format", "the block is decoded as \(other.id)") { decode($0, $0.index * format.bytes) })
            }
            if other.bytes != format.bytes {
                all.append(
                    Hypothesis(
                        "other-stride", "the blocks are decoded as \(other.id), \(other.bytes) bytes apart instead of \(format.bytes)"
                    ) {
                        decode($0, $0.index * other.bytes)
                    })
                all.append(
                    Hypothesis("stride", "the blocks are taken to be \(other.bytes) bytes apart instead of \(format.bytes)") { context in
                        context.array.bytes(at: context.index * other.bytes, format.bytes).flatMap(own.model).map(Prediction.model)
                    })
            }
        }
        for step in [1, -1] {
            all.append(
                Hypothesis("other-block", "the block \(step > 0 ? "after" : "before") this one is decoded in its place") { context in
                    context.array.block(context.index + step).flatMap(own.model).map(Prediction.model)
                })
        }
        for step in [1, -1, 2, -2] {
            all.append(
                Hypothesis(
                    "misaligned", "the block is read \(abs(step)) byte\(abs(step) > 1 ? "s" : "") too \(step > 0 ? "late" : "early")"
                ) { context in
                    context.array.bytes(at: context.index * format.bytes + step, format.bytes).flatMap(own.model).map(Prediction.model)
                })
        }
        return all
    }
}

extension BlockModel {
    mutating func mapSlots(_ body: (inout Slot) -> Void) {
        for index in slots.indices { body(&slots[index]) }
    }
}
