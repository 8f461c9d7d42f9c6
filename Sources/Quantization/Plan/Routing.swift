import HIFIBlockSpec
import HIFIForeign
import HIFIReference

/// A mix and the revision that `hifi` stands for in it.
public struct Routing: Sendable {
    /// Which tensor gets which type.
    public let mix: Mix
    /// The HIFI format; nil for stock mixes.
    public let hifi: BlockFormat?

    /// The routing of a name and, for HIFI mixes, a revision.
    ///
    /// `q3_k_hifi` with a revision means the routing that was in force with it: that of the published table for r6, else the last one.
    /// - Parameters:
    ///   - name: a mix of `Spec/mixes`, letter case ignored.
    ///   - revision: `r6`, `r12`, `q3_k_hifi@r13`, …; nil for the usual one of the mix.
    public init(mix name: String, revision: String? = nil) throws(QuantizationError) {
        let id = name.lowercased() == "q3_hifi" ? "q3_k_hifi" : name.lowercased()
        guard let named = Spec.mix(id) ?? Spec.mixes.first(where: { $0.aliases.contains(id) }) else {
            throw .usage("there is no mix \(ForeignText(name)); \(NearNames.hint(name, in: Spec.mixes.map(\.id)))")
        }
        guard named.kind == .hifi else {
            if revision != nil { throw .badRevision("\(named.id) is a stock mix and has no revisions; HIFI mixes have") }
            (mix, hifi) = (named, nil)
            return
        }
        let wanted = try revision.map { text throws(QuantizationError) in try Self.format(revision: text) }
        guard let format = wanted ?? named.hifiFormats.first.flatMap(Spec.format) else {
            throw .badRevision("\(named.id) has no usual revision; name one")
        }
        guard ReferenceEncoder.canEncode(format) else { throw .usage("\(format.id) can be decoded but not encoded") }
        if Self.canonical(named).contains(format.id) {
            mix = named
        } else if named.id == "q3_k_hifi", let last = Spec.mixes.last(where: { Self.canonical($0).contains(format.id) }) {
            mix = last
        } else {
            throw .usage("\(named.id) was not used with \(format.id), but with \(Self.canonical(named).joined(separator: ", "))")
        }
        hifi = format
    }

    private static func canonical(_ mix: Mix) -> [String] { mix.hifiFormats.map(Spec.canonicalFormat) }

    private static func format(revision: String) throws(QuantizationError) -> BlockFormat {
        let name = revision.contains("@") ? revision : "q3_k_hifi@\(revision)"
        guard let format = Spec.format(name), format.family == "q3_k_hifi" else {
            let known = Spec.formats.filter { $0.family == "q3_k_hifi" }.map { String($0.id.drop { $0 != "@" }.dropFirst()) }
            throw .usage("there is no revision \(ForeignText(revision)) of q3_k_hifi; \(NearNames.hint(revision, in: known))")
        }
        return format
    }
}
