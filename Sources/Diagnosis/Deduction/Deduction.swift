import HIFIBlockSpec
import HIFIReference
import Mutants
import Suite

/// A block that a system decoded.
struct Sample: Sendable {
    let bytes: [UInt8]
    /// Bits of weights, those of NaNs as a class.
    let found: [UInt32]
    /// How far off each may be; 0 where they are compared bit by bit.
    let tolerance: Double

    /// Whether a weight is the one that was found.
    static func agree(_ value: Float, _ found: UInt32, _ tolerance: Double) -> Bool {
        if tolerance == 0 { return FloatPattern.classified(value.bitPattern) == found }
        return abs(Double(value) - Double(Float(bitPattern: found))) <= tolerance + 1e-6 * abs(Double(value))
    }
}

/// Works out from what a system decoded what it must have read, and so finds mistakes that nobody has listed.
///
/// A decoder reads integers and scalars and calculates. If one thing alone is wrong, the right rest and the wrong weights say what was read
/// in its place; over many blocks that shows from which bits it came, or by which rule from the right value. What is found is put to every
/// answer like any listed mistake, bit by bit, so that a deduction which is not the whole truth is never named.
struct Deduction {
    let reader: BlockReader
    let blocks: [Block]

    /// Blocks looked at: as many as a word has bits.
    private static let most = 64
    /// Of these, blocks that are right, which a mistake must leave right.
    private static let mostAlike = 16
    /// As many blocks must tell something before a bit or a place is taken for the source of another.
    static let fewest = 12
    /// Mistakes that are put to the answers.
    private static let mostFound = 24
    /// As many blocks must be wrong before anything is worked out.
    private static let fewestBlocks = 4
    /// Stands for an integer that makes no difference.
    static let any = -Float.greatestFiniteMagnitude

    struct Block {
        let reading: BlockReading
        let right: [Float]
        let found: [UInt32]
        let tolerance: Double
        let covered: [Bool]
        let isWrong: [Bool]

        func fits(_ value: Float, _ weight: Int) -> Bool { Sample.agree(value, found[weight], tolerance) }
    }

    /// Nil where nothing can be deduced: formats of another kind, too few wrong blocks.
    ///
    /// - Parameter areAskedFor: whether the system was asked for these blocks, and nothing else can be wrong with them.
    init?(_ format: BlockFormat, _ samples: [Sample], areAskedFor: Bool) {
        guard let reader = BlockReader(format) else { return nil }
        self.reader = reader
        var (blocks, alike): ([Block], [Block]) = ([], [])
        for sample in samples where blocks.count < Self.most {
            guard sample.bytes.count == format.bytes, sample.found.count == format.elements else { continue }
            let reading = reader.read(BlockDraft(format, bytes: sample.bytes))
            guard sample.tolerance == 0 || reading.fields.allSatisfy({ $0.isFinite }) else { continue }
            let right = reader.weights(reading)
            let covered = reader.covered(reading.draft)
            let isWrong = right.indices.map { !Sample.agree(right[$0], sample.found[$0], sample.tolerance) }
            let block = Block(
                reading: reading, right: right, found: sample.found, tolerance: sample.tolerance, covered: covered, isWrong: isWrong)
            if isWrong.contains(true) { blocks.append(block) } else if alike.count < Self.mostAlike { alike.append(block) }
        }
        // A block or two, such as damage leaves, are explained by too much. Blocks that were asked for have no damage, but rare integers.
        let wrongWeights = blocks.reduce(0) { $0 + $1.isWrong.count(where: \.self) }
        guard !blocks.isEmpty, areAskedFor || blocks.count >= Self.fewestBlocks && wrongWeights >= Self.fewest else { return nil }
        self.blocks = Array(blocks.prefix(Self.most - alike.count)) + alike
    }

    /// A way to decode that gives all that was found in the blocks at hand, at the weights where anything is wrong.
    struct Reading {
        let id: String
        let words: String
        /// Whether it is about whole blocks with their outliers; other readings are about what lies under them.
        var isWhole = false
        /// Whether it says itself which weights it is about, and leaves the others as they are.
        var isPlaced = false
        let weights: @Sendable (BlockReading) -> [Float]
    }

    /// On what a mistake may depend.
    struct Condition: Sendable {
        let words: String
        let holds: @Sendable (_ reading: BlockReading, _ weight: Int) -> Bool

        static let always = Condition(words: "") { _, _ in true }
    }

    /// Everything that gives the weights found, the likely ones first.
    func mistakes() -> [DecodingMistake] {
        var found: [DecodingMistake] = []
        for reading in slots() where holds(reading) {
            found.append(mistake(reading, .always, Array(0..<reader.format.elements)))
            if found.count >= Self.mostFound { return found }
        }
        for condition in conditions() {
            let places = places(condition)
            guard !places.isEmpty else { continue }
            let parts = parts(places)
            for reading in readings(condition, places) {
                // The widest part that is not contradicted, and the narrowest: rare integers show in few of the weights that are meant.
                let holding = (reading.isPlaced ? [places] : parts).filter { holds(reading, condition, $0) }
                guard let widest = holding.first, let narrowest = holding.last else { continue }
                found.append(mistake(reading, condition, widest))
                if narrowest.count < widest.count { found.append(mistake(reading, condition, narrowest)) }
                if found.count >= Self.mostFound { return found }
            }
        }
        return found
    }

    private func readings(_ condition: Condition, _ places: [Int]) -> [Reading] {
        var readings: [Reading] = []
        for part in [DecodingMistakeMaker.Part.code, .scale, .minimum] where reader.part(part) != nil {
            guard let seen = seen(part, places) else { continue }
            readings += changes(part, seen, condition, places).map { reading(part, $0) }
        }
        if readings.isEmpty { readings = both(condition, places) }
        return numbers(condition, places) + readings
    }

    /// The weights of a block that are wrong anywhere.
    private func places(_ condition: Condition) -> [Int] {
        var isWrong = [Bool](repeating: false, count: reader.format.elements)
        for block in blocks {
            for weight in isWrong.indices where block.isWrong[weight] {
                guard condition.holds(block.reading, weight) || block.covered[weight] else { return [] }
                if !block.covered[weight] { isWrong[weight] = true }
            }
        }
        return isWrong.indices.filter { isWrong[$0] }
    }

    /// Parts of a block that contain these places, from all of it down to just these.
    private func parts(_ places: [Int]) -> [[Int]] {
        let all = Array(0..<reader.format.elements)
        guard places.count < all.count else { return [all] }
        let regions = Region.all(of: reader.format).dropFirst().filter { $0.isOfPlaces(reader.format) }.map { region in
            all.filter { region.contains(1, 3, $0) }
        }.filter { region in
            let part = Set(region)
            return region.count < all.count && places.allSatisfy(part.contains)
        }
        return [all] + regions.sorted { $0.count > $1.count } + [places]
    }

    private func holds(_ reading: Reading, _ condition: Condition, _ places: [Int]) -> Bool {
        blocks.allSatisfy { block in
            let weights = reading.weights(block.reading)
            return places.allSatisfy { weight in
                if block.covered[weight] { return true }
                return condition.holds(block.reading, weight) ? block.fits(weights[weight], weight) : !block.isWrong[weight]
            }
        }
    }

    private func holds(_ reading: Reading) -> Bool {
        blocks.allSatisfy { block in
            let weights = reading.weights(block.reading)
            return weights.indices.allSatisfy { block.fits(weights[$0], $0) }
        }
    }

    private func mistake(_ reading: Reading, _ condition: Condition, _ places: [Int]) -> DecodingMistake {
        let reader = reader
        let isMeant = Set(places)
        let words = [reading.words, Self.phrase(places, reader.format), condition.words].filter { !$0.isEmpty }.joined(separator: ", ")
        return DecodingMistake(id: "deduced/\(reader.format.id)/\(reading.id)", words: words, defect: nil) { blocks in
            reader.drafts(reader.format.blocks(ofRow: blocks)).flatMap { draft in
                let own = reader.read(draft)
                if reading.isWhole { return reading.weights(own).map { FloatPattern.classified($0.bitPattern) } }
                var weights = reader.base(own)
                let others = reading.weights(own)
                for weight in weights.indices where isMeant.contains(weight) && condition.holds(own, weight) {
                    weights[weight] = others[weight]
                }
                SlotFaults().apply(draft, &weights)
                return weights.map { FloatPattern.classified($0.bitPattern) }
            }
        }
    }

    // MARK: Conditions

    /// Nothing, then signs and sizes that kernels treat by code of their own.
    private func conditions() -> [Condition] {
        var conditions = [Condition.always]
        for (name, part) in [("code", DecodingMistakeMaker.Part.code), ("scale", .scale)] where reader.part(part) != nil {
            conditions.append(Condition(words: "where the \(name) is negative") { $0[part][$1] < 0 })
            conditions.append(Condition(words: "where the \(name) is not negative") { $0[part][$1] >= 0 })
            conditions.append(Condition(words: "where the \(name) is 0") { $0[part][$1] == 0 })
        }
        if let code = reader.part(.code), code.count == reader.format.elements {
            if code.width <= 4 {
                for raw in 0..<1 << code.width {
                    conditions.append(
                        Condition(words: "where \(raw) is stored") { reading, weight in
                            BlockReader.raw(reading.draft, .code, weight) == raw
                        })
                }
            }
            // A code shares its byte with others, whose bits should not matter.
            for bit in 0..<8 {
                for value in [UInt8(1), 0] {
                    conditions.append(
                        Condition(words: "where bit \(bit) of the byte that holds the code is \(value)") { reading, weight in
                            reading.draft.bytes[code.planes[0].positions[weight] / 8] >> UInt8(bit) & 1 == value
                        })
                }
            }
        }
        for (number, field) in reader.fields.enumerated() {
            let smallest: Float = field.type == .f16 ? 0x1p-14 : .leastNormalMagnitude
            conditions.append(Condition(words: "where \(field.name) is negative") { reading, _ in reading.fields[number].sign == .minus })
            // A comparison leaves NaNs out, and minus zero.
            conditions.append(Condition(words: "where \(field.name) is less than 0") { reading, _ in reading.fields[number] < 0 })
            conditions.append(Condition(words: "where \(field.name) is positive") { reading, _ in reading.fields[number].sign == .plus })
            conditions.append(
                Condition(words: "where \(field.name) is infinite or NaN") { reading, _ in !reading.fields[number].isFinite })
            conditions.append(
                Condition(words: "where \(field.name) is subnormal") { reading, _ in reading.fields[number].magnitude < smallest })
        }
        let reader = reader
        conditions.append(
            Condition(words: "where the weight is negative") { reading, weight in
                reader.formula.evaluate(reading.numbers(weight)) < 0
            })
        conditions.append(
            Condition(words: "where the weight is positive") { reading, weight in
                reader.formula.evaluate(reading.numbers(weight)) > 0
            })
        return conditions
    }
}
