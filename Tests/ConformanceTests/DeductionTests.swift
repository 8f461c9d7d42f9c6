import Conformance
import Diagnosis
import HIFIBlockSpec
import HIFIReference
import Mutants
import Suite
import TestSupport
import Testing

/// Mistakes that are on no list and have to be worked out from what the system makes of blocks that it is asked for.
@Suite("Diagnosis of mistakes that nobody has listed")
struct DeductionTests {
    /// A way to decode a block wrongly.
    struct Mistake: Sendable, CustomStringConvertible {
        let format: String
        /// What has to be said of it.
        let words: String
        let decode: @Sendable (_ draft: BlockDraft, _ right: [Float]) -> [Float]

        var description: String { "\(format): \(words)" }

        init(_ format: String, _ words: String, _ decode: @escaping @Sendable (BlockDraft, [Float]) -> [Float]) {
            (self.format, self.words, self.decode) = (format, words, decode)
        }
    }

    /// A block's weights with the number of each that `weight` says.
    private static func changed(_ right: [Float], _ change: (Int) -> Float?) -> [Float] {
        right.indices.map { change($0) ?? right[$0] }
    }

    private static func d(_ draft: BlockDraft, at byte: Int = 0) -> Float {
        SmallFloats.float(half: UInt16(draft.bytes[byte]) | UInt16(draft.bytes[byte + 1]) << 8)
    }

    static let mistakes: [Mistake] = [
        Mistake("iq4_nl", "codes are taken for others: -83 for -38") { draft, right in
            changed(right) { draft.code($0) == 2 ? d(draft) * -38 : nil }
        },
        Mistake("q4_0", "codes above 6 are taken for 6") { draft, right in changed(right) { draft.code($0) == 15 ? d(draft) * 6 : nil } },
        Mistake("q6_k", "scales of other sub-blocks are taken") { draft, right in
            changed(right) { weight in
                let scale = Int(Int8(truncatingIfNeeded: draft.scale((weight / 16 * 5 + 2) % 16)))
                return d(draft, at: 208) * Float(scale) * Float(draft.code(weight) - 32)
            }
        },
        Mistake("q5_0", "bit 2 of codes is read 4 bytes too far, in weights 0 to 7") { draft, right in
            changed(right) { weight in
                guard weight < 8 else { return nil }
                let bit = Int(draft.bytes[6 + weight + 4] >> 2 & 1)
                return d(draft) * Float((draft.code(weight) & ~4 | bit << 2) - 16)
            }
        },
        Mistake("q5_1", "m is added to the code before that is multiplied by d") { draft, right in
            changed(right) { d(draft) * (Float(draft.code($0)) + d(draft, at: 2)) }
        },
        Mistake("q4_1", "positive m is taken for 0") { draft, right in
            changed(right) { d(draft) * Float(draft.code($0)) + min(d(draft, at: 2), 0) }
        },
        Mistake("q8_0", "where d is negative") { draft, right in
            d(draft).sign == .minus ? right.map { $0 * 3 } : right
        },
        Mistake("q4_0", "weights are left at zero, in the first half of each block, where bit 7 of the byte that holds the code is 1") {
            draft, right in changed(right) { $0 < 16 && draft.bytes[2 + $0] >> 7 == 1 ? 0 : nil }
        },
        Mistake("q8_0", "weights are left out in weights 8 to 15 and weights count 2 times in weights 0 to 7") { _, right in
            changed(right) { $0 < 8 ? right[$0] * 2 : $0 < 16 ? right[$0] * 0 : nil }
        },
        Mistake("q2_k", "weight i is weight i ^ 24 of its block, in weights 8 to 23 of every 32") { _, right in
            changed(right) { (8..<24).contains($0 % 32) ? right[$0 ^ 24] : nil }
        },
        Mistake("mxfp4", "codes are taken for others: -1 for -1.5, 1 for 1.5") { draft, right in
            changed(right) { weight in
                draft.code(weight) & 7 == 1 ? right[weight] * 1.5 : nil
            }
        },
        Mistake("q3_k_hifi@r6", "outlier_idx is read every 2 bytes where they lie every 1") { draft, right in
            guard let values = draft.slots?.values else { return right }
            var plain = draft
            for slot in 0..<8 {
                plain.setSlot(slot, position: Int(draft.bytes[110 + 2 * slot]), value: Int(draft.bits(values, slot)))
            }
            return (try? ReferenceDecoder(draft.format).decode(plain.bytes)) ?? right
        },
    ]

    /// Mistakes of which a product shows too little, or shows it only in the last bits.
    static let mistakesOfDecoders: [Mistake] = [
        Mistake("q3_k", "codes are rounded down to multiples of 4, in weights 32 to 127 of every 128") { draft, right in
            changed(right) { weight in
                guard weight % 128 >= 32 else { return nil }
                return d(draft, at: 108) * Float(draft.scale(weight / 16) - 32) * Float(draft.code(weight) & 4 - 4)
            }
        },
        Mistake("q4_k", "dmin * the minimum / (d * the scale) is subtracted from the code before that is multiplied by d * the scale") {
            draft, right in
            changed(right) { weight in
                let scale = d(draft) * Float(draft.scale(weight / 32))
                return scale * (Float(draft.code(weight)) - d(draft, at: 2) * Float(draft.minimum(weight / 32)) / scale)
            }
        },
        Mistake("q2_k", "is subtracted from d * the code before that is multiplied by the scale") { draft, right in
            changed(right) { weight in
                let (scale, minimum) = (Float(draft.scale(weight / 16)), Float(draft.minimum(weight / 16)))
                return scale * (d(draft, at: 80) * Float(draft.code(weight)) - d(draft, at: 82) * minimum)
            }
        },
        Mistake("q2_k", "scales and minima are read a byte too far") { draft, right in
            changed(right) { weight in
                let byte = draft.bytes[weight / 16 + 1]
                let scale = d(draft, at: 80) * Float(byte & 15)
                return scale * Float(draft.code(weight)) - d(draft, at: 82) * Float(byte >> 4)
            }
        },
        Mistake("q4_k", "each sub-block takes the scale and minimum of the one before") { draft, right in
            changed(right) { weight in
                let other = max(0, weight / 32 - 1)
                let scale = d(draft) * Float(draft.scale(other))
                return scale * Float(draft.code(weight)) - d(draft, at: 2) * Float(draft.minimum(other))
            }
        },
        Mistake("q6_k", "bits 0 and 1 and 4 and 5 of codes are read from elsewhere: bit 0 of the code of weight 64 is made of") {
            draft, right in
            changed(right) { weight in
                guard weight % 128 / 32 == 2 else { return nil }
                let high = Int(draft.bytes[128 + weight / 128 * 32 + weight % 32])
                let scale = d(draft, at: 208) * Float(Int8(truncatingIfNeeded: draft.scale(weight / 16)))
                return scale * Float((draft.code(weight) & 15 | high & 3) - 32)
            }
        },
        Mistake("q6_k", "d * the scale times 32 is subtracted from d * the scale times the code, a product of its own") { draft, right in
            changed(right) { weight in
                let scale = d(draft, at: 208) * Float(Int8(truncatingIfNeeded: draft.scale(weight / 16)))
                return scale * Float(draft.code(weight)) - scale * 32
            }
        },
        Mistake("q3_k", "scale and code are multiplied as integers, then by d") { draft, right in
            changed(right) { weight in d(draft, at: 108) * Float((draft.scale(weight / 16) - 32) * (draft.code(weight) - 4)) }
        },
        Mistake("q3_k", "scales take in more bits than they have") { draft, right in
            changed(right) { weight in
                guard (4..<8).contains(weight / 16) else { return nil }
                let byte = Int(draft.bytes[104 + weight / 16 % 4] >> 2) << 4
                let scale = Int(Int8(truncatingIfNeeded: draft.scale(weight / 16) & 15 | byte))
                return d(draft, at: 108) * Float(scale - 32) * Float(draft.code(weight) - 4)
            }
        },
        // One weight in 256.
        Mistake("q8_0", "codes below -127 are taken for -127") { draft, right in
            changed(right) { Int8(truncatingIfNeeded: draft.code($0)) == -128 ? d(draft) * -127 : nil }
        },
        Mistake("q8_0", "weights are left at zero, where d is infinite or NaN") { draft, right in
            d(draft).isFinite ? right : right.map { _ in 0 }
        },
        Mistake("q8_0", "weights are left at zero, where d is less than 0") { draft, right in
            d(draft) < 0 ? right.map { _ in 0 } : right
        },
        Mistake("q4_0", "8 is subtracted from d times the code, not from the code") { draft, right in
            changed(right) { d(draft) * Float(draft.code($0)) - 8 }
        },
        Mistake("q3_k_hifi@r6", "the value of slot i ^ 1 is taken for that of slot i") { draft, right in
            guard let slots = draft.slots else { return right }
            var other = draft
            for slot in 0..<8 {
                other.setSlot(slot, position: Int(draft.bits(slots.index, slot)), value: Int(draft.bits(slots.values, slot ^ 1)))
            }
            return (try? ReferenceDecoder(draft.format).decode(other.bytes)) ?? right
        },
    ]

    private func report(_ mistake: Mistake, _ format: BlockFormat, dot: Bool) throws -> ConformanceReport {
        let decoder = try ReferenceDecoder(format)
        let decode: @Sendable ([UInt8]) -> [Float] = { blocks in
            stride(from: 0, to: blocks.count - format.bytes + 1, by: format.bytes).flatMap { start in
                let draft = BlockDraft(format, bytes: Array(blocks[start..<start + format.bytes]))
                return mistake.decode(draft, (try? decoder.decode(draft.bytes)) ?? [])
            }
        }
        var options = ConformanceRunner.Options(filter: try CaseFilter(terms: ["format:\(format.id)"]))
        options.diagnoses = true
        var twin = DotTwin(format)
        twin?.decode = decode
        let wrong = twin
        return ConformanceRunner.run(
            try StoredVectors.result.get(), options,
            system: ScriptedSystem { request in
                switch request {
                case .decode(_, let blocks) where !dot: .floats(decode(blocks).map(\.bitPattern))
                case .dot(_, _, let type, _) where dot && type == wrong?.activation.id:
                    wrong?.answer(request) ?? .skipped(reason: "no twin")
                default: .skipped(reason: "not here")
                }
            })
    }

    @Test("what is wrong with a decoder is worked out, and explains all that is wrong", arguments: mistakes + mistakesOfDecoders)
    func decoders(_ mistake: Mistake) throws {
        let format = try #require(SingleBlocks.format(mistake.format))
        let report = try report(mistake, format, dot: false)
        #expect(!report.isConforming)
        #expect(report.diagnoses.count == 1, "\(report.diagnoses.map(\.sentence))")
        let diagnosis = try #require(report.diagnoses.first)
        #expect(diagnosis.cause?.words.contains(mistake.words) == true, "\(diagnosis.sentence)")
        #expect(diagnosis.cases.count == diagnosis.failures && diagnosis.cause?.contradicted == 0)
    }

    @Test("and so it is where it shows in products alone", arguments: mistakes.filter { !["q5_1", "q4_1"].contains($0.format) })
    func products(_ mistake: Mistake) throws {
        let format = try #require(SingleBlocks.format(mistake.format))
        let report = try report(mistake, format, dot: true)
        #expect(!report.isConforming)
        let causes = report.diagnoses.compactMap(\.cause?.words)
        #expect(causes.contains { $0.contains(mistake.words) }, "\(report.diagnoses.map(\.sentence))")
    }

    @Test("noise is given no name")
    func noise() throws {
        var random = SeededRandom(seed: 7)
        let noise = (0..<1 << 16).map { _ in Float(Int(random.next() % 2001) - 1000) }
        let format = try #require(SingleBlocks.format("q4_k"))
        let mistake = Mistake("q4_k", "") { draft, right in
            let seed = draft.bytes.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF }
            return right.indices.map { right[$0] + noise[(seed + $0) & 0xFFFF] }
        }
        let report = try report(mistake, format, dot: false)
        #expect(!report.isConforming && report.diagnoses.allSatisfy { $0.cause == nil }, "\(report.diagnoses.map(\.sentence))")
    }
}
