/// Known names that a mistyped one may have been meant for.
public enum NearNames {
    /// The names nearest to a word, the best first, three at most: those that differ by a letter or two (wrong, missing, more, or two
    /// exchanged), by more in long names, and those that begin with it. Letter case does not count.
    public static func find(_ word: String, in known: [String]) -> [String] {
        let wanted = Array(word.lowercased())
        // A name of this length is not a slip of the finger, and comparing takes time in proportion.
        guard !wanted.isEmpty, wanted.count <= 64 else { return [] }
        let near = known.enumerated().compactMap { place, name -> (distance: Int, place: Int, name: String)? in
            let candidate = Array(name.lowercased())
            let distance = distance(wanted, candidate)
            if distance <= max(1, min(wanted.count, candidate.count) / 3) { return (distance, place, name) }
            return wanted.count >= 2 && candidate.starts(with: wanted) ? (wanted.count, place, name) : nil
        }
        let best = near.map(\.distance).min() ?? 0
        return near.filter { $0.distance <= best + 1 }.sorted { ($0.distance, $0.place) < ($1.distance, $1.place) }.prefix(3).map(\.name)
    }

    /// A question for the end of an error; nil where nothing is near.
    public static func question(_ word: String, in known: [String]) -> String? {
        let names = find(word, in: known)
        guard let last = names.last else { return nil }
        return "did you mean " + (names.count > 1 ? names.dropLast().joined(separator: ", ") + " or " : "") + last + "?"
    }

    /// The question, or the list of all names where nothing is near.
    public static func hint(_ word: String, in known: [String]) -> String {
        question(word, in: known) ?? "known are \(known.joined(separator: ", "))"
    }

    /// Insertions, deletions, replacements and exchanges of neighbours that turn one word into the other.
    static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var (older, old) = ([Int](repeating: 0, count: b.count + 1), Array(0...b.count))
        for i in a.indices {
            var new = [i + 1]
            for j in b.indices {
                var best = min(new[j] + 1, old[j + 1] + 1, old[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, older[j - 1] + 1) }
                new.append(best)
            }
            (older, old) = (old, new)
        }
        return old[b.count]
    }
}
