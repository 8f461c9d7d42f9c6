import HIFIBlockSpec
import Mutants

/// Mistakes in gathering the integers of a block: planes, digits, biases. Made from the format's own declaration, so that they
/// exist for every format.
extension Hypothesis {
    package static func planes(_ format: BlockFormat) -> [Hypothesis] {
        guard let decoding = format.decoding else { return [] }
        var all: [Hypothesis] = []
        let roles: [(String, IndexedInteger?, (Decoding, IndexedInteger) -> Decoding)] = [
            ("code", decoding.code, { $0.with(code: $1) }), ("scale", decoding.scale, { $0.with(scale: $1) }),
            ("min", decoding.minimum, { $0.with(minimum: $1) }),
        ]
        for (role, rule, replacing) in roles {
            guard let rule else { continue }
            for (id, sentence, field, changed) in variations(of: rule, role) {
                guard let anatomist = BlockAnatomist(format, replacing(decoding, changed)) else { continue }
                all.append(Hypothesis(id, sentence, field: field) { anatomist.model($0.bytes).map(Prediction.model) })
            }
        }
        return all
    }

    private typealias Variation = (id: String, sentence: String, field: String?, rule: IndexedInteger)

    private static func variations(of rule: IndexedInteger, _ role: String) -> [Variation] {
        var all: [Variation] = []
        for bias in Set([rule.bias - 1, rule.bias + 1, 0, -rule.bias, rule.bias / 2, rule.bias * 2]).sorted() where bias != rule.bias {
            all.append(("\(role)-bias", "the bias of every \(role) is \(bias) instead of \(rule.bias)", nil, rule.with(bias: bias)))
        }
        for (number, plane) in rule.planes.enumerated() {
            let name = "the bits of \(plane.field) that make up bit\(plane.width > 1 ? "s" : "") \(places(plane)) of every \(role)"
            func add(_ id: String, _ what: String, _ changed: BitPlane) {
                var planes = rule.planes
                planes[number] = changed
                all.append(("\(role)-\(id)", "\(name) \(what)", plane.field, rule.with(planes: planes)))
            }
            var planes = rule.planes
            planes.remove(at: number)
            all.append(("\(role)-plane-lost", "\(name) are taken for 0", plane.field, rule.with(planes: planes)))
            // Set instead of read, or inverted: the value of the plane is its largest, or that minus the bits.
            let largest = (1 << plane.width - 1) << plane.place
            all.append(("\(role)-plane-set", "\(name) are taken for 1", plane.field, rule.with(planes: planes, bias: rule.bias + largest)))
            add("shift", "are read one bit higher", plane.with(firstBit: plane.firstBit + 1))
            add("shift", "are read one bit lower", plane.with(firstBit: plane.firstBit - 1))
            add("byte", "are read one byte later", plane.with(firstBit: plane.firstBit + 8))
            add("byte", "are read one byte earlier", plane.with(firstBit: plane.firstBit - 8))
            if plane.width > 1 {
                add("width", "lack the highest", plane.with(width: plane.width - 1))
                add("sign", plane.signed ? "are read without a sign" : "are read with a sign", plane.with(signed: !plane.signed))
            }
            for place in Set([plane.place + 1, plane.place - 1, 0]) where place >= 0 && place != plane.place {
                add("place", "are put at bit \(place) instead of \(plane.place)", plane.with(place: place))
            }
            all += digitVariations(of: rule, role, number, name)
        }
        return all
    }

    /// Every digit of a plane's index running backwards, standing still, with another stride, or swapped with another.
    private static func digitVariations(of rule: IndexedInteger, _ role: String, _ number: Int, _ name: String) -> [Variation] {
        let plane = rule.planes[number]
        var all: [Variation] = []
        func add(_ what: String, _ changed: BitPlane) {
            var planes = rule.planes
            planes[number] = changed
            all.append(("\(role)-order", "\(name) \(what)", plane.field, rule.with(planes: planes)))
        }
        for (index, digit) in rule.digits.enumerated() where index < plane.strides.count {
            let stride = plane.strides[index]
            func with(_ stride: Int, firstBit: Int? = nil) -> BitPlane {
                var strides = plane.strides
                strides[index] = stride
                return plane.with(firstBit: firstBit ?? plane.firstBit, strides: strides)
            }
            if stride != 0 {
                add("are read backwards in \(digit.name)", with(-stride, firstBit: plane.firstBit + stride * (digit.radix - 1)))
                add("are the same for every \(digit.name)", with(0))
                add("advance half as fast with \(digit.name)", with(stride / 2))
                add("advance twice as fast with \(digit.name)", with(stride * 2))
            }
            for other in index + 1..<max(index + 1, plane.strides.count) where plane.strides[other] != stride {
                var strides = plane.strides
                strides.swapAt(index, other)
                add("have \(digit.name) and \(rule.digits[other].name) swapped", plane.with(strides: strides))
            }
        }
        return all
    }

    private static func places(_ plane: BitPlane) -> String {
        plane.width == 1 ? "\(plane.place)" : "\(plane.place) to \(plane.place + plane.width - 1)"
    }
}
