/// Picks the weights with the highest scores.
enum OutlierChooser {
    /// Positions by falling score, the first of equals first.
    ///
    /// - Parameters:
    ///   - scores: one per weight, not below zero; overwritten. NaN is never above another score, so it is chosen only at
    ///     position 0 (and not there if `passesOverNaN`), or again and again at 0 if nothing else is left.
    static func choose(
        _ count: Int, by scores: UnsafeMutableBufferPointer<Float>, stopsAtZero: Bool, passesOverNaN: Bool
    ) -> [Int] {
        var chosen: [Int] = []
        for _ in 0..<count {
            var best = 0
            var score = passesOverNaN ? -1 : scores[0]
            for i in scores.indices where scores[i] > score {
                best = i
                score = scores[i]
            }
            if stopsAtZero, !(score > 0) { break }
            chosen.append(best)
            scores[best] = -1
        }
        return chosen
    }
}
