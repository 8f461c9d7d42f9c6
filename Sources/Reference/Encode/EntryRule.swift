/// What the searches for entries of IQ2 and IQ3 differ in (ENC-34).
package struct EntryRule: Sendable {
    /// Weights of a sub-block.
    package let part: Int
    /// Distances that make up a neighbourhood.
    let shells: Int
    /// Sub-blocks whose largest magnitude is below this have the scale 0.
    let negligible: Float
    /// How often the mean square of the block is added in weights with importances.
    let evening: Float
    /// How much of that is added in weights without.
    let plainEvening: Float
    /// Trial k divides by the largest magnitude the top number plus k steps, k from -trials to trials.
    package let trials: Int32
    package let step: Float
    /// Whether trials count from a scale of the positive search and not from the largest magnitude.
    let startsSearched: Bool
    /// Which entries are chosen again for the scale of the winner.
    package let again: Again
    /// What the super-scale is multiplied by before it is rounded.
    let factor: Float
    /// Whether a block without any scale above 0 is all zeros.
    let wipes: Bool
    /// Whether what follows a negligible sub-block is stored in its place, high bits excepted.
    var closesUp = false

    package enum Again: Sendable {
        /// Those of points without an entry.
        case strayed
        /// All, if one is of a point without an entry, or if no trial won.
        case allIfStrayed
        /// All, in any case.
        case all
    }

    static let iq2xxs = EntryRule(
        part: 32, shells: 2, negligible: negligibleMagnitude, evening: 1, plainEvening: 0, trials: 6, step: 0.1, startsSearched: true,
        again: .all, factor: 1, wipes: true)
    static let iq2xs = EntryRule(
        part: 16, shells: 2, negligible: negligibleMagnitude, evening: 1, plainEvening: 0, trials: 9, step: 0.1, startsSearched: false,
        again: .strayed, factor: 1, wipes: true)
    static let iq2s = EntryRule(
        part: 16, shells: 1, negligible: 1e-8, evening: 2, plainEvening: 0.25, trials: 9, step: 0.1, startsSearched: false,
        again: .strayed, factor: 0.9875, wipes: false)
    static let iq3xxs = EntryRule(
        part: 32, shells: 2, negligible: 1e-8, evening: 2, plainEvening: 0, trials: 15, step: 0.2, startsSearched: false,
        again: .strayed, factor: 1.0125, wipes: true)
    static let iq3s = EntryRule(
        part: 32, shells: 3, negligible: .leastNonzeroMagnitude, evening: 2, plainEvening: 0, trials: 9, step: 0.2, startsSearched: false,
        again: .allIfStrayed, factor: 1.033, wipes: false, closesUp: true)
}
