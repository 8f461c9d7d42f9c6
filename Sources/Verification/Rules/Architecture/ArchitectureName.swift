import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF

/// What is said about an architecture that is not described: whether the loader knows it, and what it may be meant to be.
enum ArchitectureName {
    /// Whether the loader takes files of this architecture as models.
    static func isLoaded(_ id: ForeignText) -> Bool { id != "clip" && Spec.loader.architectures.contains(id.raw) }

    static func report(_ id: ForeignText, in model: ModelView, _ findings: inout FindingCollector) {
        let key: ForeignText = "general.architecture"
        let place = Finding.Location(key: key, offset: model.metadata[key]?.valueRange.lowerBound)
        findings.add(
            .architectureDescribed(architecture: "\(id)"), place,
            found: "\(id)")
        guard !isLoaded(id) else { return }
        guard id != "clip" else {
            findings.add(
                .architectureKnownProjector(loader: Spec.loader.build), place,
                expected: "general.type mmproj", found: model.metadata["general.type"]?.string.map { "\($0)" } ?? "no general.type",
                advice: "Load it together with its language model, as the projector.")
            return
        }
        let nearest = nearestName(to: id.raw)
        findings.add(
            .architectureKnownUnknown(loader: Spec.loader.build, architecture: "\(id)"), place,
            expected: nearest.map { "perhaps \($0)" } ?? "one of \(Spec.loader.architectures.count) names", found: "\(id)",
            advice: nearest.map { "If \($0) is meant, correct the name; the prefix of the model's keys has to be the same." })
    }

    /// The known name that is spelt most nearly like this one; nil where none is near.
    static func nearestName(to id: String) -> String? {
        let word = Array(id.lowercased().utf8)
        guard (2...40).contains(word.count) else { return nil }
        let limit = word.count < 5 ? 1 : 2
        let near = Spec.loader.architectures.map { (name: $0, distance: distance(word, Array($0.utf8))) }.filter { $0.distance <= limit }
        return near.min { ($0.distance, $0.name) < ($1.distance, $1.name) }?.name
    }

    /// Letters to insert, remove or replace, two neighbours that change places counting as one.
    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        guard abs(a.count - b.count) <= 2 else { return .max }
        var before: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, before[j - 1] + 1) }
                row.append(best)
            }
            (before, last) = (last, row)
        }
        return last[b.count]
    }
}
