import HIFIBlockSpec

/// What an encoder's habits tell about the format that blocks were written in, where formats mean the same by them.
struct EncoderHabit {
    /// Formats whose encoder does not write such blocks.
    let excludes: Set<String>
    let clause: String
    let text: String

    /// The habit seen in blocks that may be of any of the given formats; nil where it does not tell.
    static func observed(_ statistics: SlotStatistics, among ids: Set<String>) -> EncoderHabit? {
        let formats = ids.sorted().compactMap { KnownFormats.byID[$0] }
        let habit =
            disorder(statistics, formats) ?? filling(statistics, formats) ?? order(statistics, formats) ?? number(statistics, formats)
        guard let habit, !habit.excludes.isEmpty, !habit.excludes.isSuperset(of: ids) else { return nil }
        return habit
    }

    /// Positions that do not rise were not sorted.
    private static func disorder(_ statistics: SlotStatistics, _ formats: [BlockFormat]) -> EncoderHabit? {
        guard statistics.ordered > 0, statistics.rising * 20 < statistics.ordered * 19 else { return nil }
        return habit(formats, \.order, excluding: { $0.order == .position }) { kept, _ in
            "\(risingShare(statistics)): \(kept), which does not sort them"
        }
    }

    /// Unused slots hold what the encoder fills up with.
    private static func filling(_ statistics: SlotStatistics, _ formats: [BlockFormat]) -> EncoderHabit? {
        let (sentinel, blocks) =
            statistics.sentinel255 > statistics.sentinel0 ? (255, statistics.sentinel255) : (0, statistics.sentinel0)
        guard blocks > 0 else { return nil }
        return habit(formats, \.unused, excluding: { $0.unused != sentinel }) { kept, others in
            let filler = formats.first { others.contains($0.id) }?.encoding?.outliers?.unused ?? 0
            return "\(NumberText.count(blocks, "block")) with (\(sentinel), 0) in unused slots: \(kept); "
                + "\(short(others)) fills unused slots with (\(filler), 0)"
        }
    }

    /// Positions that rise throughout were sorted.
    private static func order(_ statistics: SlotStatistics, _ formats: [BlockFormat]) -> EncoderHabit? {
        guard statistics.ordered >= SlotStatistics.enoughBlocks else { return nil }
        return habit(formats, \.order, excluding: { $0.order != .position }) { kept, _ in "\(risingShare(statistics)): \(kept)" }
    }

    /// Fewer slots in use than an encoder always fills.
    private static func number(_ statistics: SlotStatistics, _ formats: [BlockFormat]) -> EncoderHabit? {
        guard let most = statistics.mostUsed else { return nil }
        return habit(formats, \.number, excluding: { $0.least > most }) { kept, others in
            let slots = formats.first?.decoding?.correction?.slots ?? 0
            return "no block uses more than \(most) of the \(slots) slots: \(kept); \(short(others)) uses more"
        }
    }

    /// A habit of the formats that declare one of this kind; nil where it excludes none or all of them.
    private static func habit(
        _ formats: [BlockFormat], _ kind: KeyPath<Marks.Habits, String?>, excluding: (OutlierEncoding) -> Bool,
        text: (_ kept: String, _ others: [String]) -> String
    ) -> EncoderHabit? {
        guard let clause = formats.lazy.compactMap({ $0.marks.habits[keyPath: kind] }).first else { return nil }
        let excluded = formats.filter { $0.encoding?.outliers.map(excluding) ?? false }.map(\.id)
        let kept = formats.map(\.id).filter { !excluded.contains($0) }
        guard !excluded.isEmpty, !kept.isEmpty else { return nil }
        return EncoderHabit(excludes: Set(excluded), clause: clause, text: text(short(kept), excluded))
    }

    private static func risingShare(_ statistics: SlotStatistics) -> String {
        "positions rise in \(NumberText.share(statistics.rising, of: statistics.ordered)) of the blocks with two or more slots"
    }

    /// The revisions without their family, as people call them.
    private static func short(_ ids: [String]) -> String {
        NumberText.list(ids.map { id in id.split(separator: "@").last.map(String.init) ?? id }, limit: 12, and: "or")
    }
}
