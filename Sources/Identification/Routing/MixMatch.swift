import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF

/// How far the tensors of a file follow a routing.
public struct MixMatch: Sendable, Hashable, Codable {
    /// The mix, for example `q3_k_hifi`.
    public let id: String
    /// What it is.
    public let title: String
    /// Tensors that the routing speaks of.
    public let compared: Int
    /// Of those, the ones with the type that it gives.
    public let agreeing: Int
    /// Of those, the ones whose rows are not whole blocks of the type that the rules give, and that have what takes its place.
    public let fallbacks: Int
    /// The first tensors with another type.
    public let exceptions: [ForeignText]
    /// Whether the HIFI blocks are of a revision that was in use with this routing; true where there are none.
    public let hasUsualRevision: Bool

    /// Every tensor has the type that the routing gives.
    public var isExact: Bool { compared > 0 && agreeing == compared }
}

/// Compares the types of a file's tensors with all known routings.
package struct MixMatcher {
    package let roles: TensorRoles
    /// Tensors that quantizers take, with their formats. Others keep what they had before, which says nothing of a mix.
    private let tensors: [(place: TensorRoles.Tensor, format: String)]
    /// The revision that `hifi` stands for in this file.
    private let hifi: String?

    /// How many exceptions are listed.
    private static let exceptionLimit = 5

    /// - Parameter formats: of the tensors of `roles`; nil where it is not known.
    package init(_ roles: TensorRoles, formats: [String?]) {
        self.roles = roles
        let seen = roles.routing(of: .stock)?.tensors ?? []
        tensors = zip(roles.tensors, formats).compactMap { tensor, format in
            guard let format, seen.indices.contains(tensor.index), seen[tensor.index].isQuantized else { return nil }
            return (tensor, format)
        }
        hifi = tensors.map(\.format).first { $0.hasPrefix("q3_k_hifi@") }
    }

    /// The routings that all tensors follow, or else the nearest one if it is right for nine tensors of ten. Stock ones first.
    package func matches() -> [MixMatch] {
        guard !tensors.isEmpty else { return [] }
        let all = Spec.mixes.map(match)
        let exact = all.filter(\.isExact)
        if !exact.isEmpty { return exact.filter(\.hasUsualRevision) + exact.filter { !$0.hasUsualRevision } }
        guard let nearest = all.max(by: { $0.agreeing < $1.agreeing }), nearest.agreeing * 10 >= nearest.compared * 9 else { return [] }
        return [nearest]
    }

    /// Compares with one routing. Whether an importance matrix was used is not known, so the better of both answers counts; which
    /// tensors were important is not known either, so either answer is right for each.
    package func match(_ mix: Mix) -> MixMatch {
        var best: (wrong: [ForeignText], fallbacks: Int)?
        for usesImatrix in mix.looksAt(\.asksForImatrix) ? [false, true] : [false] {
            let given = (mix.looksAt(\.asksForImportance) ? [true, false] : [true]).map { routes(mix, usesImatrix, $0) }
            var wrong: [ForeignText] = []
            var fallbacks = 0
            for (tensor, format) in tensors {
                let answers = given.map { Self.answer($0, tensor, format) }
                if answers.contains(.fallback) {
                    fallbacks += 1
                } else if !answers.contains(.rule) {
                    wrong.append(tensor.name)
                }
            }
            if wrong.count < best?.wrong.count ?? Int.max { best = (wrong, fallbacks) }
        }
        let (wrong, fallbacks) = best ?? ([], 0)
        let usual = hifi.map { hifi in mix.hifiFormats.contains { KnownFormats.meansTheSame($0, hifi) } } ?? true
        return MixMatch(
            id: mix.id, title: mix.title, compared: tensors.count, agreeing: tensors.count - wrong.count, fallbacks: fallbacks,
            exceptions: Array(wrong.prefix(Self.exceptionLimit)), hasUsualRevision: usual || mix.kind == .stock)
    }

    /// How a tensor came to its type.
    private enum Answer {
        case rule, fallback, neither
    }

    private static func answer(_ routes: [TensorRouting.Route], _ tensor: TensorRoles.Tensor, _ format: String) -> Answer {
        guard routes.indices.contains(tensor.index), case .type(let routed, let stored) = routes[tensor.index] else { return .neither }
        if routed == stored { return routed == format ? .rule : .neither }
        return stored == format || fallbacks(of: routed, columns: tensor.columns).contains(format) ? .fallback : .neither
    }

    /// What builds of either kind take in place of a type: stock mixes, too, once stepped down as the fork does.
    private static func fallbacks(of type: String, columns: Int) -> [String] {
        guard let format = KnownFormats.byID[type] else { return [] }
        return Spec.quantizer.routing.compactMap { $0.fallback(for: format, columns: columns) }
    }

    private func routes(_ mix: Mix, _ usesImatrix: Bool, _ isImportant: Bool) -> [TensorRouting.Route] {
        var context = roles.context
        context.usesImatrix = usesImatrix
        context.isImportant = isImportant
        return roles.routing(of: mix.kind)?.routes(by: mix, hifi: hifi, context: context) ?? []
    }
}

// MARK: What prevails

extension MixMatcher {
    /// Types that prevail in a file: those of the most tensors and the one of the most weights.
    package struct Prevailing {
        let types: Set<String>
        /// Tensors of each type, those of the most first.
        package let counts: [(type: String, tensors: Int)]
    }

    /// The types that prevail among the tensors that quantizers take, blocks before plain numbers; nil where there are none.
    package var prevailing: Prevailing? {
        let blocks = tensors.filter { (KnownFormats.byID[$0.format]?.elements ?? 1) > 1 }
        let counted = blocks.isEmpty ? tensors : blocks
        guard !counted.isEmpty else { return nil }
        var tally: [String: (tensors: Int, weights: Double)] = [:]
        for (tensor, format) in counted {
            let old = tally[format] ?? (0, 0)
            tally[format] = (old.tensors + 1, old.weights + Double(tensor.weights))
        }
        let most = tally.values.map(\.tensors).max() ?? 0
        let heaviest = tally.values.map(\.weights).max() ?? 0
        return Prevailing(
            types: Set(tally.filter { $0.value.tensors == most || $0.value.weights == heaviest }.keys),
            counts: tally.map { ($0.key, $0.value.tensors) }.sorted { ($1.tensors, $0.type) < ($0.tensors, $1.type) })
    }

    /// The types that a mix gives these tensors, fallbacks included, and the most frequent one.
    package func types(of mix: Mix) -> (all: Set<String>, mostFrequent: String?) {
        var counts: [String: Int] = [:]
        for usesImatrix in mix.looksAt(\.asksForImatrix) ? [true, false] : [false] {
            counts = [:].merging(counts.mapValues { _ in 0 }) { $1 }
            let routes = routes(mix, usesImatrix, true)
            for (tensor, _) in tensors {
                guard routes.indices.contains(tensor.index), case .type(let routed, let stored) = routes[tensor.index] else { continue }
                counts[stored, default: 0] += 1
                if routed != stored { for other in Self.fallbacks(of: routed, columns: tensor.columns) { counts[other, default: 0] += 0 } }
            }
        }
        return (Set(counts.keys), counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key)
    }

    /// Whether all tensors follow another mix, one with another type for what its rules do not name.
    func followsAnother(than mix: Mix) -> Bool {
        Spec.mixes.contains { $0.defaultType != mix.defaultType && match($0).isExact }
    }

    /// Formats of the tensors that quantizers take.
    package var formats: Set<String> { Set(tensors.map(\.format)) }
}

extension Mix {
    /// Whether some condition is of a kind.
    fileprivate func looksAt(_ kind: (MixCondition) -> Bool) -> Bool {
        rules.contains { $0.conditions.contains(where: kind) } || rewrites.contains { $0.conditions.contains(where: kind) }
    }
}

extension MixCondition {
    fileprivate var asksForImatrix: Bool { [.imatrix, .noImatrix].contains(self) }
    fileprivate var asksForImportance: Bool { self == .important }
}
