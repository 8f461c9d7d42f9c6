import BlockSpec
import GGUF

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
    /// The first tensors with another type.
    public let exceptions: [String]
    /// Whether the HIFI blocks are of a revision that was in use with this routing; true where there are none.
    public let hasUsualRevision: Bool

    /// Every tensor has the type that the routing gives.
    public var isExact: Bool { compared > 0 && agreeing == compared }
}

/// Compares the types of a file's tensors with all known routings.
struct MixMatcher {
    let roles: TensorRoles
    /// Tensors that routings speak of, with their parts and formats.
    private let tensors: [(index: Int, kind: TensorKind, layer: Int?, format: String)]
    private let names: [String]
    /// The revision that `hifi` stands for in this file.
    private let hifi: String?

    /// How many exceptions are listed.
    private static let exceptionLimit = 5

    init(_ scan: GGUFScan, roles: TensorRoles, formats: [String?]) {
        self.roles = roles
        names = scan.tensors.map(\.name)
        tensors = zip(roles.roles, formats).enumerated().compactMap { index, tensor in
            guard let (kind, layer) = tensor.0, let format = tensor.1, kind != .other else { return nil }
            // The quantizer falls back to other types where rows are no whole blocks; a routing says nothing about those.
            guard kind == .norm || scan.tensors[index].rowElements.isMultiple(of: 256) else { return nil }
            return (index, kind, layer, format)
        }
        hifi = tensors.map(\.format).first { $0.hasPrefix("q3_k_hifi@") }
    }

    /// The routings that all tensors follow, or else the nearest one if it is right for nine tensors of ten. Stock ones first.
    func matches() -> [MixMatch] {
        guard tensors.contains(where: { $0.kind != .norm }) else { return [] }
        let all = Spec.mixes.map(match)
        let exact = all.filter(\.isExact)
        if !exact.isEmpty { return exact.filter(\.hasUsualRevision) + exact.filter { !$0.hasUsualRevision } }
        guard let nearest = all.max(by: { $0.agreeing < $1.agreeing }), nearest.agreeing * 10 >= nearest.compared * 9 else { return [] }
        return [nearest]
    }

    /// Compares with one routing. Whether an importance matrix was used is not known, so the better of both answers counts; which
    /// tensors were important is not known either, so either answer is right for each.
    func match(_ mix: Mix) -> MixMatch {
        let attempts = [false, true].map { usesImatrix in
            tensors.filter { tensor in
                ![true, false].contains { expected(mix, tensor.kind, tensor.layer, usesImatrix, $0) == tensor.format }
            }
        }
        let wrong = attempts.min { $0.count < $1.count } ?? []
        let usual = hifi.map { hifi in mix.hifiFormats.contains { KnownFormats.meansTheSame($0, hifi) } } ?? true
        return MixMatch(
            id: mix.id, title: mix.title, compared: tensors.count, agreeing: tensors.count - wrong.count,
            exceptions: wrong.prefix(Self.exceptionLimit).map { names[$0.index] }, hasUsualRevision: usual || mix.kind == .stock)
    }

    /// The most frequent type by number of matrices that a routing gives.
    func dominantType(of mix: Mix) -> String? {
        Self.mostFrequent(tensors.filter { $0.kind != .norm }.map { expected(mix, $0.kind, $0.layer, false, true) })
    }

    /// The most frequent type of the file's matrices.
    var dominantType: String? { Self.mostFrequent(tensors.filter { $0.kind != .norm }.map(\.format)) }

    private func expected(_ mix: Mix, _ kind: TensorKind, _ layer: Int?, _ usesImatrix: Bool, _ isImportant: Bool) -> String {
        let context = MixContext(
            layers: roles.layers, hasOutputTensor: roles.hasOutputTensor, parameterEstimate: roles.parameterEstimate,
            usesImatrix: usesImatrix, isImportant: isImportant, isCalled70B: roles.isCalled70B)
        return mix.type(of: kind, layer: layer, context: context, hifi: hifi)
    }

    private static func mostFrequent(_ types: [String]) -> String? {
        Dictionary(grouping: types) { $0 }.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.key
    }
}
