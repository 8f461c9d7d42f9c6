import HIFIBlockSpec
import HIFIReference
import HIFIThreads
import Mutants
import Suite

/// A mistake, perhaps confined to a part of the weights, that gave the answers of some cases.
package struct Match {
    package let id: String
    package let words: String
    package let defect: String?
    /// Whether it gives what the system gave, which is wrong.
    package let explains: (Evidence) -> Bool
    /// Whether it gives what the system gave, wrong or right: of the numbers of a product some are right.
    package let agrees: (Evidence) -> Bool
    /// Whether it passes a case that the system passes.
    package let isRight: (ConformanceCase) -> Bool
    /// Cases that pass although it would fail them.
    package var contradicted = 0
}

/// What is asked once.
private final class Asked {
    var matches: [Match]?
}

/// All mistakes that may be behind wrong answers of one operation with one format.
struct Candidates {
    private let format: BlockFormat
    private let operation: SeriesRecipe.Operation
    /// Systems with one fault each.
    private let mutants: [Mutant]
    /// Ways to decode, for decoding and products.
    private let mistakes: [DecodingMistake]
    private let regions: [Region]
    /// What was worked out from blocks that the system was asked for.
    private let asked = Asked()
    /// Mistakes about sums of a product, which are named only where nothing about its weights gives the same.
    private let sums: [Mutant]
    /// Mistakes of a lone product, of which products of rows and columns consist.
    private let lone: [Candidates]
    private let threads = ThreadPool(threads: ThreadPool.processors)

    init(_ format: BlockFormat, _ operation: SeriesRecipe.Operation) {
        (self.format, self.operation) = (format, operation)
        let series = SeriesMutants.mutants(of: format).filter { $0.operation == operation }
        switch operation {
        case .decode: mutants = series
        case .dot:
            mutants = DotMutants.mutants(of: format).filter { !$0.id.contains("/decoded-") } + series + ProductMistakes.all(of: format)
        case .product: mutants = series
        case .encode:
            mutants =
                EncoderMutants.mutants(of: format) + (SearchMutants.all() + LinearMutants.all()).filter { $0.format == format.id } + series
        case .quantize: mutants = ActivationMutants.all().filter { $0.format == format.id } + series
        }
        sums = operation == .dot ? RowMistakes.all(of: format) : []
        mistakes = operation == .decode || operation == .dot ? DecodingMistake.all(of: format) : []
        regions = Region.all(of: format)
        lone = operation == .product ? [Candidates(format, .dot)] : []
    }

    /// The mistakes that give what the system gave in one of the probes at least, the likely ones first: those that explain more probes,
    /// those that are not confined to a part, those of the catalogue.
    func matches(_ probes: [Evidence]) -> [Match] {
        var found: [(match: Match, probes: Int)] = []
        func look(at mutants: [Mutant]) {
            // A mutant may keep something from one question to the next, so that all are put to it by one thread.
            let counts = threads.map(mutants.count) { index in
                probes.count { Self.gives(mutants[index], $0, mustBeWrong: true) }
            }
            for (mutant, count) in zip(mutants, counts) where count > 0 { found.append((match(mutant), count)) }
        }
        look(at: mutants)
        let effects = effects(probes)
        found += decoders(effects, [.all])
        look(at: sums)
        // Parts are looked at where nothing gives everything.
        if !found.contains(where: { $0.probes == probes.count }) { found += decoders(effects, Array(regions.dropFirst())) }
        let lifted = lone.flatMap { $0.matches(probes.compactMap { probe in probe.pairs.first(where: \.isOutside) }) }.map(Self.lifted)
        return found.enumerated().sorted { ($1.element.probes, $0.offset) < ($0.element.probes, $1.offset) }.prefix(60).map(\.element.match)
            + lifted
    }

    /// What answers have in common that no mistake gives bit by bit.
    func patterns(_ evidence: [Evidence]) -> [Match] { Patterns.matches(evidence, format, operation) }

    /// Mistakes that nobody has listed, worked out from blocks that the system decodes or multiplies for this.
    ///
    /// - Parameter ask: puts a question to the system; nil where it is not at hand, and what it answered has to do.
    func deduced(_ evidence: [Evidence], _ ask: ((Request) -> Answer)?) -> [Match] {
        guard operation == .decode || operation == .dot else { return [] }
        // What the system makes of the blocks that it is asked for is the same whichever answers are left to be explained.
        if let matches = asked.matches { return matches }
        var samples: [Sample] = []
        if let ask {
            let prober = Prober(format: format, ask: ask)
            if operation == .decode {
                samples = prober.decoded()
            } else if case .dot(_, _, let activation, _) = evidence.first?.request {
                samples = prober.multiplied(by: activation)
            }
        }
        let isAsked = !samples.isEmpty
        if operation == .decode, !isAsked { samples = evidence.flatMap { $0.samples(format) } }
        let matches = (Deduction(format, samples, areAskedFor: isAsked)?.mistakes() ?? []).map { match($0, .all) }
        if isAsked { asked.matches = matches }
        return matches
    }

    /// A mistake of a lone product, made in each of the products of rows and columns.
    static func lifted(_ match: Match) -> Match {
        let agrees: (Evidence) -> Bool = { evidence in
            let pairs = evidence.pairs
            return !pairs.isEmpty && pairs.allSatisfy { $0.isOutside ? match.explains($0) : match.agrees($0) }
        }
        return Match(id: match.id, words: match.words, defect: match.defect, explains: agrees, agrees: agrees, isRight: { _ in true })
    }

    /// Two mistakes of products at once, where each changes the sum by as much as it does alone; nil where one of them is of another kind.
    ///
    /// - Parameters:
    ///   - first: the mutant of this format.
    ///   - name: the last part of the id of another.
    func both(_ first: String, _ name: String) -> Match? {
        guard let a = mutants.first(where: { $0.id == first }), let b = mutants.first(where: { $0.id == "dot/\(format.id)/\(name)" }),
            a.id != b.id
        else { return nil }
        let agrees: (Evidence) -> Bool = { evidence in
            guard case .products(let products) = evidence.right, products.count == 1, products[0].exact.isFinite,
                case .floats(let found) = evidence.found, case .floats(let one) = a.system.answer(evidence.request),
                case .floats(let other) = b.system.answer(evidence.request)
            else { return false }
            let sum = Double(Float(bitPattern: one[0])) + Double(Float(bitPattern: other[0])) - products[0].exact
            return Self.agree(Float(sum).bitPattern, found[0], within: products[0].bound)
        }
        return Match(
            id: "\(a.id) + \(name)", words: "\(a.fault); and \(b.fault)",
            defect: [a.defect, b.defect].compactMap(\.self).joined(separator: ", "),
            explains: agrees, agrees: agrees, isRight: { _ in true })
    }

    // MARK: Systems

    private func match(_ mutant: Mutant) -> Match {
        let store = VectorStore(folder: "", version: "", files: [], notes: [])
        return Match(
            id: mutant.id, words: mutant.fault, defect: mutant.defect, explains: { Self.gives(mutant, $0, mustBeWrong: true) },
            agrees: { Self.gives(mutant, $0, mustBeWrong: false) },
            isRight: { entry in
                if case .bulk = entry.task { return true }
                let outcome = Judge(system: mutant.system, store: store).judge(entry).outcome
                return outcome == .pass || outcome == .skip
            })
    }

    private static func gives(_ mutant: Mutant, _ evidence: Evidence, mustBeWrong: Bool) -> Bool {
        // What is kept from one question to the next is part of some mistakes.
        for step in evidence.before { _ = mutant.system.answer(step.request, shift: step.shift) }
        let answer = mutant.system.answer(evidence.request, shift: evidence.shift)
        switch (answer.unchecked, evidence.found, evidence.right) {
        case (.floats(let a), .floats(let b), .products(let products)):
            return a.count == b.count
                && zip(zip(a, b), products).allSatisfy { $1.exact.isFinite && Self.agree($0.0, $0.1, within: $1.bound) }
                && (!mustBeWrong || zip(a, products).contains { !Judge.isInside($1.exact, $1.bound, $0) })
        case (.floats(let a), .floats(let b), .weights(let right)):
            return a.map(FloatPattern.classified) == b && (!mustBeWrong || b != right)
        case (.bytes(let a), .bytes(let b), _): return a == b
        default: return false
        }
    }

    private static func agree(_ a: UInt32, _ b: UInt32, within bound: Double) -> Bool {
        let (x, y) = (Double(Float(bitPattern: a)), Double(Float(bitPattern: b)))
        // Two numbers that are not finite tell nothing.
        return x.isFinite && y.isFinite && bound.isFinite && abs(x - y) <= 2 * bound + 1e-6 * abs(x)
    }

    // MARK: Decoders

    /// By mistake, what it does to the probes' answers.
    private func effects(_ probes: [Evidence]) -> [[Effect]] {
        let (mistakes, format) = (mistakes, format)
        let questions = probes.map { (evidence: $0, blocks: $0.request.blocks, terms: Evidence.Terms($0.request, format)) }
        return threads.map(mistakes.count) { index in
            questions.compactMap { question in
                question.blocks.flatMap { Effect(mistakes[index].decode($0), question.evidence, question.terms, format) }
            }
        }
    }

    private func decoders(_ effects: [[Effect]], _ regions: [Region]) -> [(match: Match, probes: Int)] {
        let counts = threads.map(effects.count) { index in
            regions.map { region in effects[index].count { $0.gives(in: region) } }
        }
        var found: [(match: Match, probes: Int)] = []
        for (mistake, counts) in zip(mistakes, counts) {
            for (region, count) in zip(regions, counts) where count > 0 { found.append((match(mistake, region), count)) }
        }
        // A part that explains as much as another is the more likely the earlier it is listed.
        return found
    }

    private func match(_ mistake: DecodingMistake, _ region: Region) -> Match {
        Match(
            id: mistake.id, words: mistake.words + (region.words.isEmpty ? "" : ", " + region.words),
            defect: region.words.isEmpty ? mistake.defect : nil,
            explains: { evidence in
                effect(mistake, evidence)?.gives(in: region) == true
            },
            agrees: { evidence in
                effect(mistake, evidence)?.gives(in: region, wrongOrRight: true) == true
            },
            isRight: { entry in
                switch entry.task {
                case .decode(let blocks, let right): return merged(mistake.decode(blocks), right, region) == right
                case .dot(let blocks, let name, let column, let exact, let bound):
                    guard exact.isFinite, bound.isFinite else { return true }
                    let request = Request.dot(format: format.id, blocks: blocks, activationFormat: name, activations: column)
                    guard let terms = Evidence.Terms(request, format) else { return true }
                    return abs(change(mistake.decode(blocks), region, terms)) <= 2 * bound
                default: return true
                }
            })
    }

    /// Right weights but for the part.
    private func merged(_ wrong: [UInt32], _ right: [UInt32], _ region: Region) -> [UInt32] {
        guard wrong.count == right.count else { return wrong }
        let blocks = right.count / format.elements
        return right.indices.map { region.contains($0 / format.elements, blocks, $0 % format.elements) ? wrong[$0] : right[$0] }
    }

    /// How much a product changes.
    private func change(_ wrong: [UInt32], _ region: Region, _ terms: Evidence.Terms) -> Double {
        guard wrong.count == terms.weights.count else { return .nan }
        let blocks = wrong.count / format.elements
        return Effect.changes(wrong.map { Double(Float(bitPattern: $0)) }, terms).reduce(0.0) { sum, place in
            let isMeant = region.contains(place.weight / format.elements, blocks, place.weight % format.elements)
            return isMeant ? sum + place.change : sum
        }
    }

    private func effect(_ mistake: DecodingMistake, _ evidence: Evidence) -> Effect? {
        evidence.request.blocks.flatMap { Effect(mistake.decode($0), evidence, Evidence.Terms(evidence.request, format), format) }
    }
}

extension Request {
    /// Blocks of weights of a lone row; nil where there are none.
    fileprivate var blocks: [UInt8]? {
        switch self {
        case .decode(_, let blocks), .dot(_, let blocks, _, _): blocks
        default: nil
        }
    }
}
