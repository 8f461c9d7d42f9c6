/// What an encoder's habits tell about the revision that wrote blocks, where revisions mean the same by them.
struct EncoderHabit {
    /// Formats whose encoder does not write such blocks.
    let excludes: Set<String>
    let clause: String
    let text: String

    /// The habit seen in blocks that may be of any of the given formats; nil where it does not tell.
    static func observed(_ statistics: SlotStatistics, among formats: Set<String>) -> EncoderHabit? {
        let habit = formats.contains { $0.hasPrefix("q3_k_hifi@r12") } ? orderAndSentinel(statistics) : countBySize(statistics)
        guard let habit, !habit.excludes.isDisjoint(with: formats), !habit.excludes.isSuperset(of: formats) else { return nil }
        return habit
    }

    /// r12a stores slots by falling magnitude and fills up with (0, 0); r12b and r12c by position and with (255, 0).
    private static func orderAndSentinel(_ statistics: SlotStatistics) -> EncoderHabit? {
        let later: Set = ["q3_k_hifi@r12b", "q3_k_hifi@r12c"]
        let rising = NumberText.share(statistics.rising, of: statistics.ordered)
        if statistics.ordered > 0, statistics.rising * 20 < statistics.ordered * 19 {
            return EncoderHabit(
                excludes: later, clause: "R12-07",
                text: "positions rise in \(rising) of the blocks with two or more slots: r12a, which did not sort them")
        }
        if statistics.sentinel255 > statistics.sentinel0 {
            return EncoderHabit(
                excludes: ["q3_k_hifi@r12a"], clause: "R12-03",
                text:
                    "\(NumberText.count(statistics.sentinel255, "block")) with the sentinel (255, 0): "
                    + "r12b or r12c; r12a filled unused slots with (0, 0)"
            )
        }
        if statistics.sentinel0 > 0 {
            return EncoderHabit(
                excludes: later, clause: "R12-03",
                text:
                    "\(NumberText.count(statistics.sentinel0, "block")) with used slots and (0, 0) in the others: "
                    + "r12a; later ones fill unused slots with (255, 0)"
            )
        }
        guard statistics.ordered >= SlotStatistics.enoughBlocks else { return nil }
        return EncoderHabit(
            excludes: ["q3_k_hifi@r12a"], clause: "R12-07",
            text: "positions rise in \(rising) of the blocks with two or more slots: r12b or r12c")
    }

    /// r7a always stored sixteen residuals; the number went by model size from r7b on.
    private static func countBySize(_ statistics: SlotStatistics) -> EncoderHabit? {
        guard let most = statistics.mostUsed, most < 16 else { return nil }
        return EncoderHabit(
            excludes: ["q3_k_hifi@r7a"], clause: "R7-02",
            text: "no block uses more than \(most) of the sixteen slots: later than r7a, which used all")
    }
}
