import HIFIBlockSpec
import HIFIGGUF

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Looks up each merge once: its two halves, and what they join to.
struct MergeCheck {
    /// By rule how many merges break it, and the first of them.
    let broken: [Rule: (count: Int, elements: [Int])]

    /// How often a rule is broken. A dictionary would be looked up for each bad merge, of which a file may have any number.
    private struct Tally {
        var count = 0
        var elements: [Int] = []

        mutating func note(_ index: Int) {
            count += 1
            if elements.count < 8 { elements.append(index) }
        }
    }

    init(_ merges: StringArray, _ table: TokenTable) {
        var (form, part, repetition, result) = (Tally(), Tally(), Tally(), Tally())
        var seen = SeenPairs(merges.count)
        var joined: [UInt8] = []
        merges.bytes.withUnsafeBytes { raw in
            for index in 0..<merges.count {
                let text = UnsafeRawBufferPointer(rebasing: raw[merges.range(index)])
                guard let space = Self.separator(text) else {
                    form.note(index)
                    continue
                }
                let left = UnsafeRawBufferPointer(rebasing: text[..<space])
                let right = UnsafeRawBufferPointer(rebasing: text[(space + 1)...])
                let (first, second) = (table.likelyToken(left), table.likelyToken(right))
                if first == nil || second == nil { part.note(index) }
                if let first, let second, !seen.insert(first, second) { repetition.note(index) }
                joined.removeAll(keepingCapacity: true)
                joined.append(contentsOf: left)
                joined.append(contentsOf: right)
                if joined.withUnsafeBytes(table.likelyToken) == nil { result.note(index) }
            }
        }
        let tallies: [(Rule, Tally)] = [
            (.mergeForm, form), (.mergePart, part), (.mergeRepeated, repetition), (.mergeResult, result),
        ]
        broken = Dictionary(
            uniqueKeysWithValues: tallies.filter { $0.1.count > 0 }.map { ($0.0, (count: $0.1.count, elements: $0.1.elements)) })
    }

    /// The place of the space between two halves; the first byte is never it, and something stands after it.
    static func separator(_ text: UnsafeRawBufferPointer) -> Int? {
        guard text.count > 2, let start = text.baseAddress, let space = memchr(start + 1, 0x20, text.count - 1) else { return nil }
        let place = UnsafeRawPointer(space) - start
        return place < text.count - 1 ? place : nil
    }

    /// What is wrong with a merge by one of the rules of `broken`.
    static func sentence(_ rule: Rule, _ text: String) -> RuleSentence {
        switch rule {
        case .mergeForm: .mergeForm(text: text)
        case .mergePart: .mergePart(text: text)
        case .mergeRepeated: .mergeRepeated(text: text)
        default: .mergeResult(text: text)
        }
    }
}

/// Pairs of tokens that have occurred: an open table, hashed by multiplication with a seed.
private struct SeenPairs {
    private var slots: [UInt64]
    private let factor = UInt64.random(in: 0...(.max)) | 1

    init(_ count: Int) {
        var size = 16
        while size < 2 * count { size *= 2 }
        slots = [UInt64](repeating: .max, count: size)
    }

    /// - Returns: false for a pair that was there.
    mutating func insert(_ first: Int, _ second: Int) -> Bool {
        let pair = UInt64(first) << 32 | UInt64(second)
        let mixed = (pair ^ pair >> 29) &* factor
        var slot = Int(truncatingIfNeeded: mixed >> 20) & (slots.count - 1)
        while slots[slot] != .max {
            if slots[slot] == pair { return false }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = pair
        return true
    }
}
