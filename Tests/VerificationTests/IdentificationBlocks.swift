import HIFIBlockSpec
import TestSupport

/// Makes blocks as the encoders of the fork leave them: outliers taken out of the base, counts, sentinels, padding.
///
/// Written from the byte tables of the format history and not from the declarations under test.
struct BlockForge {
    var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    /// What a block holds beyond its base.
    struct Slots {
        var positions: [Int]
        var values: [UInt16]
    }

    /// `count` distinct positions and values that are not zero, in no order.
    mutating func slots(_ count: Int) -> Slots {
        var positions: [Int] = []
        while positions.count < count {
            let position = Int.random(in: 0..<255, using: &random)
            if !positions.contains(position) { positions.append(position) }
        }
        // Halves of magnitude 1/4 to 1/2, either sign.
        let values = (0..<count).map { _ in
            0x3400 | UInt16.random(in: 1..<0x400, using: &random) | UInt16.random(in: 0...1, using: &random) << 15
        }
        return Slots(positions: positions, values: values)
    }

    /// A small positive half: a scale.
    mutating func scale() -> UInt16 { UInt16.random(in: 0x1800..<0x2400, using: &random) }

    // MARK: Bases

    /// A stock Q3_K block with zero weights where asked for.
    mutating func q3k(zeroAt positions: [Int] = []) -> [UInt8] {
        var block = random.bytes(108)
        block.append(integer: scale())
        for weight in positions {
            let (half, quarter, lane) = (weight / 128, weight % 128 / 32, weight % 32)
            block[32 + 32 * half + lane] &= ~(3 << UInt8(2 * quarter))
            block[lane] |= 1 << UInt8(4 * half + quarter)
        }
        return block
    }

    /// A stock Q6_K block with zero weights where asked for.
    mutating func q6k(zeroAt positions: [Int] = []) -> [UInt8] {
        var block = random.bytes(208)
        block.append(integer: scale())
        for weight in positions {
            let (half, quarter, lane) = (weight / 128, weight % 128 / 32, weight % 32)
            // Code 32: low four bits zero, high two bits 2.
            let low = 64 * half + lane + 32 * (quarter % 2)
            block[low] &= quarter < 2 ? 0xF0 : 0x0F
            let high = 128 + 32 * half + lane
            block[high] = block[high] & ~(3 << UInt8(2 * quarter)) | 2 << UInt8(2 * quarter)
        }
        return block
    }

    /// A block of a stock type: random codes after scales that are numbers.
    mutating func stock(_ format: String) -> [UInt8] {
        switch format {
        case "f32": return floats()
        case "q2_k": return random.bytes(80) + halves(2)
        case "q3_k": return q3k()
        case "q4_k": return halves(2) + random.bytes(140)
        case "q5_k": return halves(2) + random.bytes(172)
        case "q6_k": return q6k()
        case "mxfp4": return [UInt8.random(in: 110..<125, using: &random)] + random.bytes(16)
        default: return random.bytes(Spec.format(format)?.bytes ?? 0)
        }
    }

    private mutating func floats() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(integer: Float.random(in: 0.5..<1.5, using: &random).bitPattern)
        return bytes
    }

    private mutating func halves(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<count { bytes.append(integer: scale()) }
        return bytes
    }

    // MARK: Revisions

    /// Codes of 256 weights with code 4, zero, where asked for.
    private mutating func codes(zeroAt positions: [Int]) -> [UInt8] {
        var codes = random.bytes(256).map { $0 & 7 }
        for position in positions { codes[position] = 4 }
        return codes
    }

    private func packed(_ codes: [UInt8], into count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        for (index, code) in codes.enumerated() {
            for bit in 0..<3 where code >> UInt8(bit) & 1 == 1 { bytes[(3 * index + bit) / 8] |= 1 << UInt8((3 * index + bit) % 8) }
        }
        return bytes
    }

    /// R1 (four slots) and R2 (six): f32 scale, contiguous codes, 16-bit positions.
    mutating func early(slotCount: Int) -> [UInt8] {
        let slots = slots(slotCount)
        var block: [UInt8] = []
        block.append(integer: Float.random(in: 0.001..<0.02, using: &random).bitPattern)
        block += packed(codes(zeroAt: slots.positions), into: 96)
        for position in slots.positions { block.append(integer: UInt16(position)) }
        for value in slots.values { block.append(integer: value) }
        return block
    }

    /// R3: half scale, contiguous codes. R4: the same fields, codes in two planes.
    mutating func r3or4(planes: Bool, empty: Bool = false) -> [UInt8] {
        let slots = empty ? Slots(positions: [0, 1, 2, 3, 4, 5], values: [0, 0, 0, 0, 0, 0]) : slots(6)
        var block: [UInt8] = []
        block.append(integer: empty ? 0 : scale())
        let codes = codes(zeroAt: slots.positions)
        if planes {
            var (low, high) = ([UInt8](repeating: 0, count: 64), [UInt8](repeating: 0, count: 32))
            for (index, code) in codes.enumerated() {
                low[index / 4] |= (code & 3) << UInt8(2 * (index % 4))
                high[index / 8] |= (code >> 2) << UInt8(index % 8)
            }
            block += low + high
        } else {
            block += packed(codes, into: 96)
        }
        return block + tail(slots, 6)
    }

    private func tail(_ slots: Slots, _ count: Int, unused: UInt8 = 0) -> [UInt8] {
        var bytes = slots.positions.map { UInt8($0) } + [UInt8](repeating: unused, count: count - slots.positions.count)
        for value in slots.values { bytes.append(integer: value) }
        return bytes + [UInt8](repeating: 0, count: 2 * (count - slots.values.count))
    }

    /// R5 and R6: a Q3_K base and slots by falling magnitude. `cleared: false` leaves the base as it is, which no encoder did.
    mutating func r5or6(slotCount: Int, cleared: Bool = true) -> [UInt8] {
        let slots = slots(slotCount)
        return q3k(zeroAt: cleared ? slots.positions : []) + tail(slots, slotCount)
    }

    /// R7: count, zero, sixteen slots. Residuals go to weights of any base, outliers that replace to cleared ones.
    mutating func r7(used: Int, replaces: Bool) -> [UInt8] {
        let slots = slots(used)
        return q3k(zeroAt: replaces ? slots.positions : []) + [UInt8(used), 0] + tail(slots, 16)
    }

    /// R8: half scale, sixteen slots, the codes of the other 240 weights.
    mutating func r8() -> [UInt8] {
        var block: [UInt8] = []
        block.append(integer: scale())
        block += tail(slots(16), 16)
        return block + packed(random.bytes(240).map { $0 & 7 }, into: 110)
    }

    /// R9: sixteen slots without a count, two zero bytes.
    mutating func r9(used: Int) -> [UInt8] {
        let slots = slots(used)
        return q3k(zeroAt: slots.positions) + tail(slots, 16) + [0, 0]
    }

    /// R10, and without its last byte R11: a count that the CPU ignores.
    mutating func r10(used: Int, padded: Bool = true) -> [UInt8] {
        let slots = slots(used)
        return q3k(zeroAt: slots.positions) + [UInt8(used)] + tail(slots, 16) + (padded ? [0] : [])
    }

    /// R12a: by falling magnitude, unused slots (0, 0). R12b and R12c: sorted, unused slots (255, 0), or (0, 0) if none is used.
    mutating func r12(used: Int, sorted: Bool) -> [UInt8] {
        var slots = slots(used)
        if sorted { slots.positions.sort() }
        return q3k(zeroAt: slots.positions) + tail(slots, 8, unused: sorted && used > 0 ? 255 : 0) + [0, 0]
    }

    /// R13: sorted, unused slots (0, 0), count in byte 134.
    mutating func r13(used: Int) -> [UInt8] {
        var slots = slots(used)
        slots.positions.sort()
        return q3k(zeroAt: slots.positions) + tail(slots, 8) + [UInt8(used), 0]
    }

    // MARK: Family

    /// Residual bytes with a count in front of the positions.
    private mutating func residuals(_ count: Int, _ slotCount: Int) -> (positions: [UInt8], values: [UInt8]) {
        let slots = slots(count)
        let unused = [UInt8](repeating: 0, count: slotCount - count)
        return (slots.positions.map { UInt8($0) } + unused, (0..<count).map { _ in UInt8.random(in: 1...127, using: &random) } + unused)
    }

    mutating func family(_ format: String) -> [UInt8] {
        switch format {
        case "q3_k_hifi_res8":
            let (positions, values) = residuals(8, 8)
            var block = q3k() + [8, 0] + positions + values
            block.append(integer: Float(0.0001).bitPattern)
            return block
        case "q4_k_hifi":
            var slots = slots(8)
            slots.positions.sort()
            return stock("q4_k") + tail(slots, 8)
        case "q2_k_hifi":
            let slots = slots(3)
            return stock("q2_k") + [3] + tail(slots, 3) + [0, 0]
        case "q5_k_hifi_res8":
            let (positions, values) = residuals(8, 8)
            return stock("q5_k") + [8] + positions + values + [0x38, 0, 0]
        case "q6_k_hifi":
            let slots = slots(4)
            return q6k(zeroAt: slots.positions) + tail(slots, 4)
        case "q6_k_hifi_dynamic":
            let slots = slots(6)
            return q6k(zeroAt: slots.positions) + [6] + tail(slots, 8).prefix(8) + [0] + tail(slots, 8).dropFirst(8)
        case "q6_k_hifi_res8":
            let (positions, values) = residuals(8, 8)
            var block = q6k() + [8] + positions + values + [0]
            block.append(integer: Float(0.01).bitPattern)
            return block
        case "q2_k_lite": return lite("q2_k", 4)
        case "q3_k_lite": return lite("q2_k", 8)
        case "q4_k_lite": return lite("q3_k", 7)
        case "q5_k_lite": return lite("q4_k", 8)
        case "q6_k_lite": return lite("q5_k", 8)
        default: return random.bytes(Spec.format(format)?.bytes ?? 0)
        }
    }

    private mutating func lite(_ base: String, _ slotCount: Int) -> [UInt8] {
        let (positions, values) = residuals(slotCount, slotCount)
        return stock(base) + [UInt8(slotCount)] + positions + values + [0, 0x00, 0x10]
    }
}
