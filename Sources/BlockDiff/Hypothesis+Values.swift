import HIFIBlockSpec
import HIFIReference

/// Mistakes after the bits were gathered: scales of the wrong sub-block, order and precision of the arithmetic, results.
extension Hypothesis {
    package static func values(_ format: BlockFormat) -> [Hypothesis] {
        guard let decoding = format.decoding else { return [] }
        return subBlocks(decoding) + arithmetic(decoding) + scalars(format, decoding) + results(format)
    }

    private static func subBlocks(_ decoding: Decoding) -> [Hypothesis] {
        var all: [Hypothesis] = []
        for (role, path, rule) in [("scale", \BlockModel.scales, decoding.scale), ("min", \BlockModel.minimums, decoding.minimum)] {
            guard let rule else { continue }
            let fields = rule.planes.map(\.field).first
            func add(_ id: String, _ sentence: String, _ change: @escaping ([Int]) -> [Int]) {
                all.append(.change("\(role)-\(id)", sentence, field: fields) { $0[keyPath: path] = change($0[keyPath: path]) })
            }
            add("neighbour", "every sub-block takes the \(role) of the one before it (the first keeps its own)") {
                [$0.first ?? 0] + $0.dropLast()
            }
            add("neighbour", "every sub-block takes the \(role) of the one after it (the last keeps its own)") {
                Array($0.dropFirst()) + [$0.last ?? 0]
            }
            add("neighbour", "the last sub-block takes the \(role) of the one before it") {
                $0.count > 1 ? $0.dropLast() + [$0[$0.count - 2]] : $0
            }
            add("reversed", "the sub-blocks take their \(role)s in reverse order") { $0.reversed() }
            add("pairs", "the \(role)s of each pair of sub-blocks are swapped") { scales in
                scales.indices.map { scales[min($0 ^ 1, scales.count - 1)] }
            }
            add("halves", "the \(role)s of the two halves of the block are swapped") {
                Array($0.suffix($0.count / 2) + $0.prefix($0.count - $0.count / 2))
            }
            add("first", "every sub-block takes the \(role) of the first") { [Int](repeating: $0.first ?? 0, count: $0.count) }
            add("shared", "each pair of sub-blocks shares the \(role) of its first") { scales in scales.indices.map { scales[$0 & ~1] } }
            add("sign", "every \(role) has the other sign") { $0.map { -$0 } }
            add("magnitude", "every \(role) is taken without its sign") { $0.map(abs) }
            add("zero", "every \(role) is taken for 0") { $0.map { _ in 0 } }
            add("clamp", "the largest magnitude of a \(role) is taken one lower") {
                $0.map { $0 == rule.lowest ? $0 + 1 : $0 == rule.highest ? $0 - 1 : $0 }
            }
        }
        if decoding.scale != nil, decoding.minimum != nil {
            all.append(.change("scale-min-swapped", "scales and minima are swapped") { swap(&$0.scales, &$0.minimums) })
        }
        return all
    }

    private static func arithmetic(_ decoding: Decoding) -> [Hypothesis] {
        var all: [Hypothesis] = []
        for other in decoding.value.rearrangements {
            all.append(.change("product-order", "a weight is computed as \(other) instead of \(decoding.value)") { $0.value = other })
        }
        for other in [decoding.value] + decoding.value.rearrangements where other.multipliesScaleAndCode {
            all.append(
                .change("integer-product", "scale and code are multiplied as integers, \(other): a zero product has no sign") {
                    ($0.value, $0.style) = (other, .integers)
                })
        }
        let styles: [(ArithmeticStyle, String, String)] = [
            (.fusedLast, "fused", "the last product is fused with the addition: one rounding less"),
            (.fusedFirst, "fused", "the first product is fused with the addition: one rounding less"),
            (.roundedOnce, "wide", "a weight is computed in double and rounded once"),
            (.half, "fp16-steps", "every step of the arithmetic is rounded to fp16"),
        ]
        for (style, id, sentence) in styles { all.append(.change(id, sentence) { $0.style = style }) }
        return all
    }

    private static func scalars(_ format: BlockFormat, _ decoding: Decoding) -> [Hypothesis] {
        var all: [Hypothesis] = []
        for name in decoding.value.names {
            guard let field = format.field(name), field.type.canBeNonFinite else { continue }
            func add(_ id: String, _ sentence: String, _ change: @escaping (Float, [UInt8]) -> Float?) {
                all.append(
                    Hypothesis("\(name)-\(id)", "\(name) \(sentence)", field: name) { context in
                        guard var model = context.model, let value = model.scalars[name], let changed = change(value, context.bytes) else {
                            return nil
                        }
                        model.scalars[name] = changed
                        return .model(model)
                    })
            }
            let bits: @Sendable ([UInt8]) -> UInt16? = { FieldScalar.integer(field, 0, $0).map { UInt16(truncatingIfNeeded: $0) } }
            add("sign", "has the other sign") { value, _ in -value }
            add("magnitude", "is taken without its sign") { value, _ in abs(value) }
            add("fp16", "is rounded to fp16") { value, _ in SmallFloats.float(half: SmallFloats.half(value)) }
            if field.type == .f16 {
                let smallest: Float = 0x1p-14
                add("flushed", "is taken for 0 where it is subnormal") { value, _ in
                    abs(value) < smallest ? Float(sign: value.sign, exponent: 0, significand: 0) : value
                }
                add("bf16", "is read as bf16") { _, block in bits(block).map(SmallFloats.float(bfloat16:)) }
                add("bytes", "is read most significant byte first") { _, block in
                    bits(block).map { SmallFloats.float(half: $0.byteSwapped) }
                }
            }
            for other in format.fields where other.count == 1 && other.type == field.type && other.name != name {
                add("field", "is read from \(other.name)") { _, block in FieldScalar.float(other, 0, block) }
            }
        }
        return all
    }

    private static func results(_ format: BlockFormat) -> [Hypothesis] {
        func finish(_ id: String, _ sentence: String, _ body: @escaping @Sendable (Float) -> Float) -> Hypothesis {
            .change(id, sentence) { $0.finish = body }
        }
        func moved(_ id: String, _ sentence: String, _ from: @escaping (Int) -> Int) -> Hypothesis {
            Hypothesis(id, sentence) { context in
                context.model.map { model in
                    .values((0..<format.elements).map { model.weight((from($0) % format.elements + format.elements) % format.elements) })
                }
            }
        }
        let elements = format.elements
        return [
            finish("result-fp16", "every weight is rounded to fp16") { SmallFloats.float(half: SmallFloats.half($0)) },
            finish("result-bf16", "every weight is rounded to bf16") { SmallFloats.float(bfloat16: SmallFloats.bfloat16($0)) },
            finish("result-truncated", "every weight is cut to bf16 without rounding") { Float(bitPattern: $0.bitPattern & 0xFFFF_0000) },
            finish("result-flushed", "subnormal weights become 0") {
                $0.isSubnormal ? Float(sign: $0.sign, exponent: 0, significand: 0) : $0
            },
            finish("zero-sign", "-0 becomes +0") { $0 == 0 ? 0 : $0 },
            finish("result-sign", "every weight has the other sign") { -$0 },
            finish("nan-lost", "NaN becomes 0") { $0.isNaN ? 0 : $0 },
            finish("infinity-lost", "an infinity becomes the largest finite number") {
                $0.isInfinite ? Float(sign: $0.sign, exponent: 0, significand: 1) * .greatestFiniteMagnitude : $0
            },
            finish("infinity-nan", "an infinity becomes NaN") { $0.isInfinite ? .nan : $0 },
            finish("block-zero", "the block was never written: all weights are 0") { _ in 0 },
            moved("weights-reversed", "the weights of a block come in reverse order") { elements - 1 - $0 },
            moved("weights-rotated", "every weight is that of the place after it") { $0 + 1 },
            moved("weights-rotated", "every weight is that of the place before it") { $0 - 1 },
            moved("weights-halves", "the halves of the block are swapped") { $0 + elements / 2 },
            moved("weights-pairs", "the weights of each pair are swapped") { $0 ^ 1 },
        ]
    }
}

extension IndexedInteger {
    /// The ends of the range of values, where there is no codebook.
    package var lowest: Int { bias + planes.map { $0.signed ? -(1 << ($0.width - 1)) << $0.place : 0 }.reduce(0, +) }
    package var highest: Int { bias + planes.map { ($0.signed ? 1 << ($0.width - 1) - 1 : 1 << $0.width - 1) << $0.place }.reduce(0, +) }
}

extension Expression {
    /// Somewhere in it scale and code are multiplied before anything else.
    var multipliesScaleAndCode: Bool {
        switch self {
        case .multiply(.f32("scale"), .f32("code")), .multiply(.f32("code"), .f32("scale")): true
        case .f32, .literal: false
        case .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b), .divide(let a, let b):
            a.multipliesScaleAndCode || b.multipliesScaleAndCode
        }
    }

    /// The same product with other brackets, and differences turned round or cut short.
    var rearrangements: [Expression] {
        var all: [Expression] = []
        switch self {
        case .multiply(.multiply(let a, let b), let c): all += [.multiply(a, .multiply(b, c)), .multiply(.multiply(a, c), b)]
        case .multiply(let a, .multiply(let b, let c)): all += [.multiply(.multiply(a, b), c), .multiply(.multiply(a, c), b)]
        case .subtract(let a, let b):
            all += a.rearrangements.map { .subtract($0, b) } + b.rearrangements.map { .subtract(a, $0) } + [.add(a, b), .subtract(b, a), a]
        case .add(let a, let b):
            all += a.rearrangements.map { .add($0, b) } + b.rearrangements.map { .add(a, $0) } + [.subtract(a, b), a, b]
        default: break
        }
        return all
    }
}
