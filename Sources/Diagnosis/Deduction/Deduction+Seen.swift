import HIFIBlockSpec
import HIFIReference
import Mutants
import Suite

/// Which integers were read, if all else is right.
extension Deduction {
    /// What a weight that was found says of one integer.
    private enum Told {
        case number(Float)
        /// It makes no difference.
        case nothing
        /// None gives the weight.
        case contradiction
    }

    /// The number that was read for each weight of each block if all else is right; nil if none gives a weight that was found.
    func seen(_ part: Part, _ places: [Int]) -> [[Float]]? {
        var seen: [[Float]] = []
        for block in blocks {
            var row = block.reading[part]
            for weight in places {
                switch told(part, block, weight, block.reading.numbers(weight)) {
                case .number(let number): row[weight] = number
                case .nothing: row[weight] = Self.any
                case .contradiction: return nil
                }
            }
            seen.append(shared(part, row, places))
        }
        return seen
    }

    /// What some weights of a sub-block tell of the integer that they share holds for the others that tell nothing.
    private func shared(_ part: Part, _ row: [Float], _ places: [Int]) -> [Float] {
        let every = reader.every(part)
        guard every > 1 else { return row }
        var filled = row
        for group in Dictionary(grouping: places, by: { $0 / every }).values {
            let told = Set(group.map { row[$0] }).subtracting([Self.any])
            guard told.count == 1, let number = told.first else { continue }
            for weight in group { filled[weight] = number }
        }
        return filled
    }

    /// Weights are straight lines in each of their integers, so two points of the line tell where the weight that was found lies on it.
    private func told(_ part: Part, _ block: Block, _ weight: Int, _ numbers: Formula.Numbers) -> Told {
        if block.covered[weight] || !block.reading.fields.allSatisfy(\.isFinite) { return .nothing }
        func value(_ integer: Float) -> Float { reader.formula.evaluate(numbers.with(part, integer)) }
        let own = block.reading[part][weight]
        if block.fits(value(own), weight) {
            // Two zeros of different signs are no two numbers, and many integers give infinity.
            let next = value(own + 1)
            let tells = value(own).isFinite && next != value(own) && !block.fits(next, weight)
            return tells ? .number(own) : .nothing
        }
        let (origin, one, found) = (Double(value(0)), Double(value(64)), Double(Float(bitPattern: block.found[weight])))
        guard origin.isFinite, one.isFinite, found.isFinite else { return .nothing }
        guard one != origin else {
            // Nothing that is read here changes the weight. Of a zero nothing but the sign is seen, which may come from anywhere.
            return found == 0 && origin == 0 ? .nothing : .contradiction
        }
        let place = (found - origin) / (one - origin) * 64
        guard place.magnitude < 4096 else { return .contradiction }
        // Whole numbers first, then halves, quarters and eighths.
        let nearest = Float(place.rounded() + 0)
        let parts = [nearest, nearest - 1, nearest + 1] + [2, 4, 8].map { Float((place * $0).rounded() / $0 + 0) }
        let fitting = parts.filter { block.fits(value($0), weight) }
        guard let first = fitting.first else { return .contradiction }
        return fitting.contains { $0 != first } ? .nothing : .number(first)
    }

    // MARK: Two integers at once

    /// Scales and minima that were read if codes and scalars are right. Weights of different codes lie on a line that shows both.
    func seenBoth(_ places: [Int]) -> (scales: [[Float]], minima: [[Float]])? {
        guard reader.part(.scale) != nil, reader.part(.minimum) != nil else { return nil }
        let every = min(reader.every(.scale), reader.every(.minimum))
        let groups = Dictionary(grouping: places) { $0 / every }.values
        var (scales, minima): ([[Float]], [[Float]]) = ([], [])
        for block in blocks {
            var (scale, minimum) = (block.reading.scale, block.reading.minimum)
            for group in groups {
                let known = group.filter { !block.covered[$0] }
                let isSeen = known.contains { block.isWrong[$0] } && block.reading.fields.allSatisfy(\.isFinite)
                var pair = (scale: Self.any, minimum: Self.any)
                if isSeen {
                    guard let found = both(block, known) else { return nil }
                    pair = found
                } else if let first = known.first, block.reading.fields.allSatisfy({ $0.isFinite && $0 != 0 }) {
                    pair = (scale[first], minimum[first])
                }
                for weight in group { (scale[weight], minimum[weight]) = pair }
            }
            scales.append(scale)
            minima.append(minimum)
        }
        return (scales, minima)
    }

    /// The scale and the minimum that give all of these weights; nil where none do.
    private func both(_ block: Block, _ weights: [Int]) -> (scale: Float, minimum: Float)? {
        let code = block.reading.code
        guard let low = weights.min(by: { code[$0] < code[$1] }), let high = weights.max(by: { code[$0] < code[$1] }) else { return nil }
        var numbers = block.reading.numbers(low)
        (numbers.code, numbers.scale, numbers.minimum) = (0, 64, 0)
        let origin = Double(reader.formula.evaluate(numbers))
        numbers.code = 1
        let slope = (Double(reader.formula.evaluate(numbers)) - origin) / 64
        let found = (Double(Float(bitPattern: block.found[low])), Double(Float(bitPattern: block.found[high])))
        guard slope.isFinite, found.0.isFinite, found.1.isFinite else { return (Self.any, Self.any) }
        // One code alone, or a scalar of 0, does not tell one from the other.
        guard code[low] != code[high], slope != 0 else { return (Self.any, Self.any) }
        let scale = (found.1 - found.0) / Double(code[high] - code[low]) / slope
        guard scale.magnitude < 4096 else { return nil }
        let nearest = Float(scale.rounded() + 0)
        for scale in [nearest, nearest - 1, nearest + 1] {
            numbers = block.reading.numbers(low)
            numbers.scale = scale
            let minimum: Float
            switch told(.minimum, block, low, numbers) {
            case .contradiction: continue
            case .number(let number): minimum = number
            case .nothing: minimum = Self.any
            }
            let fits = weights.allSatisfy { weight in
                var numbers = block.reading.numbers(weight)
                numbers.scale = scale
                if minimum != Self.any { numbers.minimum = minimum }
                return block.fits(reader.formula.evaluate(numbers), weight)
            }
            if fits { return (scale, minimum) }
        }
        return nil
    }
}

extension Formula.Numbers {
    /// With another integer in place of one.
    func with(_ part: Deduction.Part, _ integer: Float) -> Self {
        var numbers = self
        switch part {
        case .code: numbers.code = integer
        case .scale: numbers.scale = integer
        case .minimum: numbers.minimum = integer
        }
        return numbers
    }
}
