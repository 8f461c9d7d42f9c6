import HIFIBlockSpec
import HIFIReference
import Suite

/// Decoders with faults that no declaration expresses: those of history, and those that people make.
package enum DecoderFaults {
    package static func all() -> [Mutant] { DistinctFormats.all.flatMap(mutants(of:)) }

    package static func mutants(of format: BlockFormat) -> [Mutant] {
        var list = TwinList(format: format)
        numbers(&list)
        exponents(&list)
        subBlocks(&list)
        SelectionMutants.twins(&list)
        strides(&list)
        headers(&list)
        slots(&list)
        misreadings(&list)
        history(&list)
        return list.mutants
    }

    /// The twin without a fault, for every format.
    package static func controls() -> [Mutant] {
        SingleBlocks.formats.filter { $0.decoding != nil }.map { format in
            let twin = DecoderTwin(format)
            return Mutant(
                "decoder/\(format.id)/control", format: format.id, kind: .decode, fault: "none",
                system: FunctionSystem(name: "control", decode: format.decodingRows(twin.decode)))
        }
    }

    /// Collects mutants of one format.
    package struct TwinList {
        let format: BlockFormat
        private(set) var mutants: [Mutant] = []

        init(format: BlockFormat) { self.format = format }

        mutating func add(
            _ name: String, _ fault: String, defect: String? = nil, equivalence: Mutant.Equivalence? = nil,
            _ plant: (inout DecoderTwin) -> Void
        ) {
            var twin = DecoderTwin(format)
            plant(&twin)
            add(name, fault, defect: defect, equivalence: equivalence, decode: format.decodingRows(twin.decode))
        }

        mutating func add(
            _ name: String, _ fault: String, defect: String? = nil, equivalence: Mutant.Equivalence? = nil,
            decode: @escaping @Sendable ([UInt8]) -> [UInt32]
        ) {
            mutants.append(
                Mutant(
                    "decoder/\(format.id)/\(name)", format: format.id, kind: .decode, defect: defect, fault: fault,
                    equivalence: equivalence,
                    system: FunctionSystem(name: name, decode: decode)))
        }

        /// The defect, where the catalogue names this format.
        func named(_ defect: String) -> String? { DistinctFormats.concerns(defect, format) ? defect : nil }
    }

    private static func numbers(_ list: inout TwinList) {
        let format = list.format
        let floats = scalars(of: format).filter { $0.type.canBeNonFinite }
        if !floats.isEmpty {
            list.add("flush-subnormals", "subnormal scalars are taken for zero", defect: list.named("F6")) {
                $0.prepare = { draft, _ in change(&draft, floats) { isSubnormal($0, $1) ? 0 : $0 } }
            }
            subnormals(&list, floats)
            list.add("lose-sign", "scalars lose their sign") { $0.prepare = { draft, _ in change(&draft, floats) { $0 & ~signBit($1) } } }
            list.add("big-endian", "scalars are read big-endian") {
                $0.prepare = { draft, _ in change(&draft, floats) { bits, type in bits.byteSwapped >> UInt64(64 - 8 * type.bytes) } }
            }
            list.add("hide-non-finite", "infinities and NaNs are taken for zero") {
                $0.prepare = { draft, _ in change(&draft, floats) { isNonFinite($0, $1) ? 0 : $0 } }
            }
        }
        if !["i8", "f16"].contains(format.id) {
            list.add(
                "through-fp16", "weights are rounded to fp16", defect: list.named("F4"),
                equivalence: ValueProof.survives(format) { SmallFloats.float(half: SmallFloats.half($0)) }
            ) {
                $0.result = { value, _ in SmallFloats.float(half: SmallFloats.half(value)) }
            }
        }
        if !["i8", "bf16"].contains(format.id) {
            let proof = Mutant.Equivalence(
                argument:
                    "weights are powers of two times integers of at most two bits, which bf16 holds; shown for every exponent and code"
            ) {
                everyExponentFitsBF16()
            }
            list.add(
                "through-bf16", "weights are rounded to bf16",
                equivalence: format.id == "mxfp4"
                    ? proof : ValueProof.survives(format) { SmallFloats.float(bfloat16: SmallFloats.bfloat16($0)) }
            ) {
                $0.result = { value, _ in SmallFloats.float(bfloat16: SmallFloats.bfloat16(value)) }
            }
        }
        if !floats.isEmpty {
            list.add("plus-zero", "negative zeros become positive") { $0.result = { value, _ in value == 0 ? 0 : value } }
        }
        guard format.elements > 1 else { return }
        list.add("hole", "weight 7 of each sixteen is zero", defect: list.named("F7")) {
            $0.result = { value, i in i % 16 == 7 ? 0 : value }
        }
        list.add("last-weight", "the last weight of a block is zero") { $0.result = { value, i in i == format.elements - 1 ? 0 : value } }
        if containsSum(format.decoding?.value) {
            let value = format.decoding?.value
            list.add(
                "fused", "products go into sums unrounded",
                equivalence: .init(
                    argument:
                        "every product has at most 24 significant bits and is exact, so fusing leaves out a rounding that does nothing"
                ) {
                    value.map { ValueProof.productsAreExact($0, in: format) } ?? false
                }
            ) { $0.fuses = true }
        }
    }

    /// Scalars at the ends of their types, one field at a time.
    private static func subnormals(_ list: inout TwinList, _ scalars: [Field]) {
        // Subnormals of fp64 are zeros of fp32, whatever is made of them.
        let floats = scalars.filter { $0.type != .f64 }
        guard !floats.isEmpty else { return }
        list.add("subnormal-twice", "subnormal scalars count twice") {
            // Where a fraction overflows it becomes the exponent of twice the number, as it should.
            $0.prepare = { draft, _ in
                change(&draft, floats) { isSubnormal($0, $1) ? $0 & signBit($1) | ($0 & ~signBit($1)) << 1 : $0 }
            }
        }
        let halves = floats.filter { $0.type == .f16 }.map(\.name)
        if let rule = list.format.decoding?.value, rule.names.contains(where: halves.contains) {
            let twin = DecoderTwin(list.format)
            list.add("subnormal-normal", "subnormal scalars are read as if they were normal") {
                $0.value = { scalar, _, _ in
                    twin.evaluate(rule) { name in
                        let value = scalar(name)
                        guard halves.contains(name), value.magnitude < 0x1p-14 else { return value }
                        return Float(sign: value.sign, exponent: 0, significand: 0x1p-15 + value.magnitude / 2)
                    }
                }
            }
        }
        guard floats.count > 1 else { return }
        for field in floats {
            list.add("subnormal-\(field.name)", "subnormal \(field.name) is taken for zero") {
                $0.prepare = { draft, _ in change(&draft, [field]) { isSubnormal($0, $1) ? 0 : $0 } }
            }
        }
    }

    /// Exponents that stand for a whole scalar.
    private static func exponents(_ list: inout TwinList) {
        let rule = list.format.decoding?.value
        guard let field = scalars(of: list.format).first(where: { $0.type == .e8m0half }),
            rule == .multiply(.f32("code"), .f32(field.name))
        else { return }
        func add(_ name: String, _ fault: String, _ change: @escaping @Sendable (Float) -> Float) {
            list.add("exponent-\(name)", fault) { $0.value = { scalar, code, _ in Float(code) * change(scalar(field.name)) } }
        }
        add("fp16", "the scale is kept in fp16") { SmallFloats.float(half: SmallFloats.half($0)) }
        add("nan", "the largest exponent is taken for NaN") { $0 == 0x1p127 ? .nan : $0 }
        add("shifted", "the exponent is shifted into place without care for the smallest") {
            $0 == 0x1p-128 ? -.infinity : $0 == 0x1p-127 ? 0 : $0
        }
    }

    private static func subBlocks(_ list: inout TwinList) {
        let format = list.format
        if let rule = format.decoding?.code, rule.codebook == nil {
            let width = BlockDraft(format).codeWidth
            // A packed stream has no code for the weights that slots list.
            let last =
                rule.skipping == nil ? BlockDraft(format).codeCount - 1 : format.elements - 1 - (BlockDraft(format).slots?.number ?? 0)
            let lanes = rule.lanes
            list.add("last-high-bit", "the highest code bit of the last weight is inverted", defect: list.named("F2")) {
                $0.code = { draft, rank in
                    rule.value(of: rank == last ? draft.code(rank) ^ 1 << (width - 1) : draft.code(rank), lane: lanes[rank])
                }
            }
        }
        guard let rule = format.decoding?.scale else { return }
        let values = (0..<1 << rule.width).map { rule.value(of: $0) }
        let every = rule.every
        let last = format.elements / every - 1
        let width = BlockDraft(format).scaleWidth
        list.add("last-scale", "the last sub-block takes the scale of the one before", defect: list.named("F3")) {
            $0.scale = { draft, i in values[draft.scale(min(i / every, last - 1))] }
        }
        list.add("upper-scale-bits", "the upper scale bits of the last quarter of sub-blocks are lost") {
            $0.scale = { draft, i in
                values[i / every > last * 3 / 4 ? draft.scale(i / every) & ((1 << (width - 2)) - 1) : draft.scale(i / every)]
            }
        }
        list.add("one-scale", "all sub-blocks take the first scale") { $0.scale = { draft, _ in values[draft.scale(0)] } }
        guard case .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code"))? = format.decoding?.value else { return }
        list.add(
            "integer-product", "scale and code are multiplied as integers, then by d: zeros lose their sign", defect: list.named("F5"),
            equivalence: ValueProof.integerProductIsExact(format)
        ) {
            $0.value = { scalar, code, scale in scalar("d") * Float(code * scale) }
        }
        list.add("half-scale", "d times scale is rounded to fp16") {
            $0.value = { scalar, code, scale in SmallFloats.float(half: SmallFloats.half(scalar("d") * Float(scale))) * Float(code) }
        }
    }

    private static func strides(_ list: inout TwinList) {
        let format = list.format
        guard format.elements > 1, format.headBytes == 0 else { return }
        var strides = [format.bytes + 1, format.bytes + 2, format.bytes - 1]
        if let base = format.base.flatMap({ Spec.format($0) }) { strides.append(base.bytes) }
        if list.named("B14") != nil { strides.append(160) }
        if format.id == "q3_k_hifi@r11" { strides.append(160) }
        for stride in Set(strides).subtracting([format.bytes]).sorted() {
            let defect = stride == 160 ? list.named("B14") ?? list.named("B26") : stride == 210 ? list.named("O6") : nil
            list.add("stride-\(stride)", "blocks are taken to be \(stride) bytes apart", defect: defect) { $0.stride = stride }
        }
        for alignment in [4, 8] {
            guard let values = BlockDraft(format).slots?.values else { continue }
            let bytes = format.bytes
            // Where every address is a multiple, there is no fault.
            guard (0..<3).contains(where: { ($0 * bytes + values.offset) % alignment != 0 }) else { continue }
            list.add(
                "aligned-\(alignment)", "slot values are loaded from addresses rounded down to multiples of \(alignment)",
                defect: alignment == 4 ? list.named("B27") : list.named("B11")
            ) {
                $0.prepare = { draft, index in
                    let start = values.offset - (index * bytes + values.offset) % alignment
                    guard start >= 0 else { return }
                    draft.bytes.replaceSubrange(values.range, with: draft.bytes[start..<start + values.range.count])
                }
            }
        }
    }

    /// Rows whose header is taken to be elsewhere, or to be blocks, or blocks to be where they are not.
    private static func headers(_ list: inout TwinList) {
        let format = list.format
        let head = format.headBytes
        let twin = DecoderTwin(format)
        let body = format.bytes - head
        guard head > 0 else { return }
        func add(
            _ name: String, _ fault: String, defect: String? = nil, _ block: @escaping @Sendable (RowBytes, Int) -> [UInt8]
        ) {
            let decode: @Sendable ([UInt8]) -> [UInt32] = { row in
                let bytes = RowBytes(all: row)
                return twin.decode((0..<max(0, row.count - head) / body).flatMap { block(bytes, $0) })
            }
            list.add(name, fault, defect: defect, decode: decode)
        }
        for off in head == 2 ? [-1, 1, 2] : [-1, 1, 2, head] {
            let stride = body + off
            add("stride-\(stride)", "blocks are taken to be \(stride) bytes apart") { $0[0, head] + $0[head + $1 * stride, body] }
        }
        add("header-each", "every block is taken to have a header in front") { $0[$1 * (body + head), head + body] }
        add("header-moving", "the bytes in front of a block are taken for its header") { $0[$1 * body, head + body] }
        add("header-behind", "the header is looked for behind the blocks") { $0[$0.all.count - head, head] + $0[$1 * body, body] }
        add("header-skipped-not", "blocks begin with the first byte of the row") { $0[0, head] + $0[$1 * body, body] }
        let one: [UInt8]? =
            switch format.field("d")?.type {
            case .f16: [0, 0x3C]
            case .f32: [0, 0, 0x80, 0x3F] + [UInt8](repeating: 0, count: head - 4)
            default: nil
            }
        if let one {
            add("header-left-out", "blocks begin with the first byte of the row, and its scale is 1", defect: list.named("O26")) {
                one + $0[$1 * body, body]
            }
            add("header-unread", "the scale of the row is 1") { one + $0[head + $1 * body, body] }
        }
        for alignment in [16, 32] {
            add("header-aligned-\(alignment)", "blocks begin at a multiple of \(alignment) bytes behind the header") {
                $0[0, head] + $0[alignment + $1 * body, body]
            }
        }
    }

    /// Bytes of a row; those past its end are 0.
    private struct RowBytes {
        let all: [UInt8]

        subscript(start: Int, count: Int) -> [UInt8] { (start..<start + count).map { all.indices.contains($0) ? all[$0] : 0 } }
    }

    /// Whether every weight that MXFP4 can hold survives rounding to bf16.
    private static func everyExponentFitsBF16() -> Bool {
        guard let format = Spec.format("mxfp4"), let decoder = try? ReferenceDecoder(format), let exponent = format.field("e") else {
            return false
        }
        return (0..<256).allSatisfy { code in
            var draft = BlockDraft(format)
            draft.set(exponent, bits: UInt64(code))
            for i in 0..<32 { draft.setCode(i, i % 16) }
            let weights = (try? decoder.decode(draft.bytes)) ?? [.nan]
            return weights.allSatisfy { SmallFloats.float(bfloat16: SmallFloats.bfloat16($0)).bitPattern == $0.bitPattern }
        }
    }

    package static func scalars(of format: BlockFormat) -> [Field] {
        let names = (format.decoding?.value.names ?? []) + (format.decoding?.correction?.value.names ?? [])
        return names.compactMap(format.field)
    }

    private static func change(_ draft: inout BlockDraft, _ fields: [Field], _ rule: (UInt64, ScalarType) -> UInt64) {
        for field in fields {
            for index in 0..<field.count { draft.set(field, index, bits: rule(draft.bits(field, index), field.type)) }
        }
    }

    private static func signBit(_ type: ScalarType) -> UInt64 { 1 << UInt64(8 * type.bytes - 1) }

    private static func exponentMask(_ type: ScalarType) -> UInt64 {
        switch type {
        case .f16: 0x7C00
        case .bf16: 0x7F80
        case .f32: 0x7F80_0000
        default: 0x7FF0_0000_0000_0000
        }
    }

    private static func isSubnormal(_ bits: UInt64, _ type: ScalarType) -> Bool { bits & exponentMask(type) == 0 }
    private static func isNonFinite(_ bits: UInt64, _ type: ScalarType) -> Bool { bits & exponentMask(type) == exponentMask(type) }

    private static func containsSum(_ expression: Expression?) -> Bool {
        switch expression {
        case .add(.multiply, _), .subtract(_, .multiply): true
        default: false
        }
    }
}
