import HIFIBlockSpec
import Suite

/// Finds what failures have in common: compares the system's wrong answers with those of mistakes that are known.
public struct Diagnoser: Sendable {
    private let store: VectorStore
    /// Puts a further question to the system.
    private let ask: (@Sendable (Request) -> Answer)?

    /// Cases looked at in full, of a kind.
    private static let evidenceLimit = 120
    private static let passesLimit = 48
    private static let probes = 4
    private static let causesNamed = 3
    private static let fewest = 4

    /// - Parameters:
    ///   - store: the vectors that the answers are to.
    ///   - ask: puts a further question to the system that gave them, for mistakes that nobody has listed; nil where it is not at hand.
    public init(_ store: VectorStore, ask: (@Sendable (Request) -> Answer)? = nil) { (self.store, self.ask) = (store, ask) }

    /// The diagnoses, those that explain most first.
    ///
    /// - Parameters:
    ///   - wrong: cases that were answered wrongly.
    ///   - passed: ids of the cases that passed.
    public func diagnose(_ wrong: [WrongAnswer], passed: Set<String>) -> [Diagnosis] {
        var evidence: [Group: [Evidence]] = [:]
        for answer in wrong {
            guard let format = SingleBlocks.format(answer.entry.format), let one = Evidence(answer, format, store) else { continue }
            evidence[Group(format: format.id, operation: one.operation), default: []].append(one)
        }
        // Lone products come before those of rows and columns, which consist of them.
        let groups = evidence.keys.sorted { ($0.operation.rawValue, $0.format) < ($1.operation.rawValue, $1.format) }
        var found: [Found] = []
        for group in groups {
            guard let format = SingleBlocks.format(group.format), let all = evidence[group] else { continue }
            let passes = store.cases.filter { entry in
                entry.format == group.format && passed.contains(entry.id) && entry.operation == group.operation
            }
            let lone = group.operation == .product ? found.filter { $0.group == Group(format: group.format, operation: .dot) } : []
            found += diagnose(group, format, all, Self.spread(passes, Self.passesLimit), lone.compactMap(\.match))
        }
        found = twofold(found)
        let diagnoses = found.map { one in diagnosis(one, of: evidence[one.group]?.count ?? one.evidence.count, passed) }
        // What does not count comes last.
        return Self.merged(diagnoses).enumerated().sorted { a, b in
            let (x, y) = (a.element, b.element)
            let (isLate, isLater) = (x.optional == x.cases.count, y.optional == y.cases.count)
            return isLate == isLater ? (y.cases.count, a.offset) < (x.cases.count, b.offset) : isLater
        }.map(\.element)
    }

    private struct Group: Hashable {
        let format: String
        let operation: SeriesRecipe.Operation
    }

    /// Answers that belong together.
    private struct Found {
        let group: Group
        var evidence: [Evidence]
        var match: Match?
        var nearest: Diagnosis.Nearest?
    }

    // MARK: One format and operation

    /// - Parameter lone: causes of wrong lone products of the format, where it is products of rows and columns that are looked at.
    private func diagnose(
        _ group: Group, _ format: BlockFormat, _ all: [Evidence], _ passes: [ConformanceCase], _ lone: [Match]
    ) -> [Found] {
        let candidates = Candidates(format, group.operation)
        // A crash tells nothing by itself. It is put to a mistake that other answers show.
        var rest = all.filter { !$0.isCrash }
        let crashes = all.filter(\.isCrash)
        var found: [Found] = []
        var nearest: Diagnosis.Nearest?
        func take(_ match: Match, _ explained: [Evidence]) {
            let ids = Set(explained.map(\.id))
            found.append(Found(group: group, evidence: explained, match: match))
            rest.removeAll { ids.contains($0.id) }
        }
        for match in lone.map(Candidates.lifted) {
            let explained = rest.filter(match.explains)
            if !explained.isEmpty { take(match, explained) }
        }
        // What few cases are left over can be explained by too much.
        let isOfProducts = group.operation == .dot || group.operation == .product
        let leastShare = isOfProducts ? Diagnosis.leastShareOfProducts : Diagnosis.leastShare
        let fewest = isOfProducts ? 2 * Self.fewest : Self.fewest
        while rest.count >= (found.isEmpty ? 1 : fewest), found.count < Self.causesNamed {
            guard let best = best(candidates, rest, passes) else { break }
            // What is hardly outside shows too little to be told apart from a right product, but does not speak against a mistake either.
            let explained = rest.filter { best.explains($0) || $0.isMarginal && best.agrees($0) }
            let isEnough = explained.count == rest.count || explained.count >= Self.fewest
            guard Double(explained.count) >= leastShare * Double(rest.count), isEnough else {
                nearest = .init(words: best.words, explained: explained.count)
                break
            }
            take(best, explained)
        }
        if !rest.isEmpty { found.append(Found(group: group, evidence: rest, nearest: nearest)) }
        var unexplained: [Evidence] = []
        for crash in crashes {
            if let place = found.firstIndex(where: { $0.match?.explains(crash) == true }) {
                found[place].evidence.append(crash)
            } else {
                unexplained.append(crash)
            }
        }
        if !unexplained.isEmpty { found.append(Found(group: group, evidence: unexplained)) }
        return found
    }

    /// What is left over of products, where a mistake of the format and one that another format shows, both at once, give the answer.
    private func twofold(_ found: [Found]) -> [Found] {
        let isDot = { (one: Found) in one.group.operation == .dot }
        let names = Set(found.filter(isDot).compactMap { $0.match?.id.split(separator: "/").last.map(String.init) }).sorted()
        var result: [Found] = []
        for one in found {
            guard isDot(one), one.match == nil, let format = SingleBlocks.format(one.group.format) else {
                result.append(one)
                continue
            }
            let own = found.filter { $0.group == one.group }.compactMap(\.match)
            guard !own.isEmpty else {
                result.append(one)
                continue
            }
            let candidates = Candidates(format, .dot)
            var rest = one
            for (match, name) in own.flatMap({ match in names.map { (match, $0) } }) {
                guard let both = candidates.both(match.id, name) else { continue }
                let explained = rest.evidence.filter(both.explains)
                guard !explained.isEmpty else { continue }
                result.append(Found(group: one.group, evidence: explained, match: both))
                rest.evidence.removeAll(where: both.explains)
            }
            if !rest.evidence.isEmpty { result.append(rest) }
        }
        return result
    }

    private func diagnosis(_ found: Found, of failures: Int, _ passed: Set<String>) -> Diagnosis {
        let evidence = found.evidence
        let cause = found.match.map {
            Diagnosis.Cause(id: $0.id, words: $0.words, defect: $0.defect, contradicted: $0.contradicted)
        }
        let answered = evidence.filter { !$0.isCrash }
        let (place, histogram) = SingleBlocks.format(found.group.format).map { Places.of(answered, $0) } ?? (nil, nil)
        return Diagnosis(
            operation: found.group.operation, formats: [found.group.format], cases: evidence.map(\.id), failures: failures, cause: cause,
            nearest: found.nearest, place: cause == nil ? place : nil,
            rounding: cause == nil ? rounding(answered, found.group, passed) : nil, histogram: histogram,
            crashes: evidence.count(where: \.isCrash), optional: evidence.count { $0.entry.level == .optional })
    }

    /// Whether an encoder's answers look as if it only rounded otherwise.
    private func rounding(_ answered: [Evidence], _ group: Group, _ passed: Set<String>) -> RoundedOtherwise? {
        guard group.operation == .encode, let format = SingleBlocks.format(group.format) else { return nil }
        let passes = store.cases.filter { $0.format == group.format && $0.operation == .encode && passed.contains($0.id) }
        return RoundedOtherwise.of(answered, passes: passes, format)
    }

    /// The mistake that explains most of these answers and contradicts none of the cases that pass, and how many it explains.
    package func cause(of wrong: [WrongAnswer], passes: [ConformanceCase], _ format: BlockFormat) -> (Match, explained: Int)? {
        let evidence = wrong.compactMap { Evidence($0, format, store) }
        guard let operation = evidence.first?.operation, let best = best(Candidates(format, operation), evidence, passes) else {
            return nil
        }
        return (best, evidence.count(where: best.explains))
    }

    /// The candidate that explains most, and contradicts nothing that passes, if there is one.
    private func best(_ candidates: Candidates, _ evidence: [Evidence], _ passes: [ConformanceCase]) -> Match? {
        let some = Self.spread(evidence, Self.evidenceLimit)
        let probes = Self.probes(of: some)
        var best: Match?
        var bestCount = 0
        // Candidates come in order of how likely they are; a later one must explain more.
        for match in candidates.matches(probes) + candidates.patterns(some) {
            let count = some.count(where: match.explains)
            guard count > bestCount else { continue }
            var match = match
            match.contradicted = passes.count { !match.isRight($0) }
            guard match.contradicted == 0 else { continue }
            (best, bestCount) = (match, count)
            if count == some.count { return match }
        }
        for match in candidates.deduced(some, ask) {
            let count = some.count(where: match.explains)
            guard count > bestCount, passes.allSatisfy(match.isRight) else { continue }
            (best, bestCount) = (match, count)
        }
        return best
    }

    /// Few cases that are as different as possible: short ones first.
    private static func probes(of evidence: [Evidence]) -> [Evidence] {
        guard evidence.count > probes else { return evidence }
        let short = evidence.sorted { $0.request.size < $1.request.size }
        return [short[0], short[short.count / 3], short[short.count / 2], short[short.count - 1]]
    }

    private static func spread<Element>(_ all: [Element], _ limit: Int) -> [Element] {
        all.count <= limit ? all : (0..<limit).map { all[$0 * all.count / limit] }
    }

    /// The same cause in several formats is one diagnosis.
    private static func merged(_ diagnoses: [Diagnosis]) -> [Diagnosis] {
        var merged: [Diagnosis] = []
        for diagnosis in diagnoses {
            guard let cause = diagnosis.cause,
                let place = merged.firstIndex(where: { $0.isOf(diagnosis.operation) && $0.cause?.words == cause.words })
            else {
                merged.append(diagnosis)
                continue
            }
            let other = merged[place]
            var histogram = other.histogram
            if let more = diagnosis.histogram { histogram?.add(more) }
            merged[place] = Diagnosis(
                operation: other.operation, formats: other.formats + diagnosis.formats.filter { !other.formats.contains($0) },
                cases: other.cases + diagnosis.cases, failures: other.failures + diagnosis.failures, cause: other.cause, nearest: nil,
                place: other.place, rounding: nil, histogram: histogram, crashes: other.crashes + diagnosis.crashes,
                optional: other.optional + diagnosis.optional)
        }
        return merged
    }
}

extension Diagnosis {
    /// Whether it can take in failures of this operation: products of rows and columns belong to lone ones.
    fileprivate func isOf(_ operation: SeriesRecipe.Operation) -> Bool {
        self.operation == operation || self.operation == .dot && operation == .product
    }
}

extension Request {
    /// Bytes of the first operand.
    package var size: Int {
        switch self {
        case .decode(_, let blocks), .dot(_, let blocks, _, _), .product(_, let blocks, _, _, _, _): blocks.count
        case .encode(_, _, let values, _, _), .quantizeActivations(_, let values): 4 * values.count
        }
    }
}

extension ConformanceCase {
    /// What is asked; nil for cases about content and files.
    package var operation: SeriesRecipe.Operation? {
        switch task {
        case .decode: .decode
        case .encode: .encode
        case .activations: .quantize
        case .dot: .dot
        case .bulk(let recipe): recipe.operation == .decode ? .decode : .encode
        case .series(let recipe): recipe.operation
        case .content, .container: nil
        }
    }
}

/// Where wrong weights lie.
private enum Places {
    /// A phrase where they lie in one part only, and their number by place.
    static func of(_ evidence: [Evidence], _ format: BlockFormat) -> (String?, PlaceHistogram?) {
        guard format.elements > 1 else { return (nil, nil) }
        var histogram = PlaceHistogram(elements: format.elements)
        var wrong: [(block: Int, blocks: Int, index: Int)] = []
        var longest = 0
        for one in evidence {
            guard case .weights(let right) = one.right, case .floats(let found) = one.found else { return (nil, nil) }
            let blocks = right.count / format.elements
            longest = max(longest, blocks)
            for (place, pair) in zip(right, found).enumerated() where pair.0 != pair.1 {
                let (block, index) = place.quotientAndRemainder(dividingBy: format.elements)
                histogram.count(block: block, index: index, elements: format.elements)
                wrong.append((block, blocks, index))
            }
        }
        let size = { (region: Region) in (0..<format.elements).count { region.contains(1, 2, $0) } }
        // That wrong weights lie in a part says something only where right ones were seen outside it.
        let fitting = Region.all(of: format).dropFirst().filter { region in
            wrong.allSatisfy { region.contains($0.block, $0.blocks, $0.index) }
                && (0..<longest).contains { block in (0..<format.elements).contains { !region.contains(block, longest, $0) } }
        }
        guard !wrong.isEmpty else { return (nil, nil) }
        return (fitting.min { size($0) < size($1) }?.words, histogram)
    }
}
