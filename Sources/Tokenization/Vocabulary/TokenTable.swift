import HIFICXXHash
import HIFIGGUF

/// Finds tokens by their text: an open table of hashes over the file's own bytes, without a copy of any text.
///
/// Hashes are seeded differently in each run, so that no file can choose texts that collide. Of a text that occurs twice the last token
/// counts, as it does in llama.cpp.
struct TokenTable: Sendable {
    let texts: StringArray
    /// Tokens whose text an earlier one has too.
    private(set) var repeated: [Int] = []
    /// Hash and number of each token, in open addressing; a hash of 0 for a free slot.
    private var slots: [(hash: UInt64, token: Int32)]
    private let seed = UInt64.random(in: 0...(.max))

    init(_ texts: StringArray) {
        self.texts = texts
        var size = 16
        while size < 2 * texts.count { size *= 2 }
        slots = [(hash: UInt64, token: Int32)](repeating: (0, 0), count: size)
        texts.bytes.withUnsafeBytes { raw in
            for token in 0..<texts.count {
                let range = texts.range(token)
                // Loaders name empty tokens by their number, so these are not the same.
                guard !range.isEmpty else { continue }
                let text = UnsafeRawBufferPointer(rebasing: raw[range])
                let hash = hash(text)
                let (slot, found) = place(of: text, hash, raw)
                if let found { repeated.append(max(found, token)) }
                slots[slot] = (hash, Int32(truncatingIfNeeded: token))
            }
        }
    }

    private func hash(_ text: UnsafeRawBufferPointer) -> UInt64 { max(1, XXH3_64bits_withSeed(text.baseAddress, text.count, seed)) }

    /// The slot where a text is, with its token, or the free one where it would be.
    private func place(of text: UnsafeRawBufferPointer, _ hash: UInt64, _ raw: UnsafeRawBufferPointer) -> (slot: Int, token: Int?) {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot].hash != 0 {
            let entry = slots[slot]
            if entry.hash == hash {
                let range = texts.range(Int(entry.token))
                if range.count == text.count, let other = raw.baseAddress, let start = text.baseAddress,
                    memcmp(other + range.lowerBound, start, text.count) == 0
                {
                    return (slot, Int(entry.token))
                }
            }
            slot = (slot + 1) & mask
        }
        return (slot, nil)
    }

    /// The token with this text, nil for none. `raw` are the bytes of ``texts``.
    func token(_ text: UnsafeRawBufferPointer, in raw: UnsafeRawBufferPointer) -> Int? {
        text.isEmpty ? nil : place(of: text, hash(text), raw).token
    }

    /// The token with this text by its hash alone, nil for none: for checks, which look up more texts than memory is fast for. Another
    /// text has the same 64 bits, seeded differently in each run, once in 10^19 pairs.
    func likelyToken(_ text: UnsafeRawBufferPointer) -> Int? {
        guard !text.isEmpty else { return nil }
        let (hash, mask) = (hash(text), slots.count - 1)
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot].hash != 0 {
            if slots[slot].hash == hash { return Int(slots[slot].token) }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// The token with this text, nil for none.
    func token(_ text: some Sequence<UInt8>) -> Int? {
        let text = Array(text)
        return texts.bytes.withUnsafeBytes { raw in text.withUnsafeBytes { token($0, in: raw) } }
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
