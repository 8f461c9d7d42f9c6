import HIFIBlockSpec
import HIFIGGUF
import HIFIVerification
import TestSupport
import Testing

/// The same weights as single rows and interleaved: what is wrong with them is found in the same rows and blocks.
@Suite("Contents of interleaved rows")
struct InterleavedContentTests {
    static let columns = 512
    static let types = Spec.formats.filter { $0.weave != nil }.map(\.id)

    /// Rows and the groups that they make.
    private struct Pair {
        let woven, base: BlockFormat
        let rows: Int
        var single: [UInt8]
        let rowBytes: Int

        init(_ id: String, groups: Int = 4) throws {
            woven = try #require(Spec.format(id))
            base = try #require(woven.weave.flatMap { Spec.format($0.base) })
            rows = groups * woven.interleave
            rowBytes = Int(try #require(base.bytes(forRowOf: UInt64(columns))))
            var file = IdentificationFile()
            file.add("blk.0.attn_q.weight", columns, rows, typeID: 0, .stock(base.id))
            single = file.builder.tensors[0].data
            try #require(single.count == rows * rowBytes)
            // Scales of one size; bytes that encoders write.
            for row in 0..<rows {
                for block in 0..<columns / base.elements {
                    for check in base.checks { try heal(check, row: row, block: block) }
                }
            }
        }

        private mutating func heal(_ check: ContentCheck, row: Int, block: Int) throws {
            let field = try #require(base.rowHeader?.field(check.field) ?? base.field(check.field))
            let place = row * rowBytes + (try offset(check, block: block))
            let upper: [UInt8] = field.type == .f16 ? [UInt8(truncatingIfNeeded: 37 * row + block), 0x2C] : [0, 0, UInt8(row), 0x3C]
            if check.kind == .finite { return single.replaceSubrange(place..<place + upper.count, with: upper) }
            for byte in place..<place + field.range.count where check.bytes?.contains(single[byte]) == false { single[byte] = 0x12 }
        }

        /// Groups: the headers of their rows, then for each column the blocks of all rows, bit by bit as the weave says.
        func interleaved() throws -> [UInt8] {
            let (count, header) = (woven.interleave, base.headerBytes)
            let weave = try #require(woven.weave)
            let places = try (0..<count).map { try weave.places(ofRow: $0, in: base).map { try #require($0) } }
            var all: [UInt8] = []
            for group in stride(from: 0, to: rows, by: count) {
                let members = (0..<count).map { Array(single[(group + $0) * rowBytes..<(group + $0 + 1) * rowBytes]) }
                for row in members { all += row[0..<header] }
                for start in stride(from: header, to: rowBytes, by: base.bytes) {
                    var blocks = [UInt8](repeating: 0, count: count * base.bytes)
                    for (row, bytes) in members.enumerated() {
                        for (bit, place) in places[row].enumerated() where bytes[start + bit >> 3] >> UInt8(bit & 7) & 1 == 1 {
                            blocks[place >> 3] |= 1 << UInt8(place & 7)
                        }
                    }
                    all += blocks
                }
            }
            return all
        }

        func report(_ format: BlockFormat, _ data: [UInt8]) throws -> VerificationReport {
            try VerificationTests.report(try file(format, data))
        }

        func file(_ format: BlockFormat, _ data: [UInt8]) throws -> [UInt8] {
            let number = try #require(Spec.dialect("ik-llama")?.types.first { $0.formats == [format.id] }?.id)
            var file = IdentificationFile()
            file.add("token_embd.weight", typeID: 14, .stock("q6_k"))
            file.builder.tensors.append(
                .init("blk.0.attn_q.weight", [UInt64(columns), UInt64(rows)], typeID: number, data: data))
            file.add("blk.0.attn_v.weight", typeID: 14, .stock("q6_k"))
            return file.builder.build().bytes
        }

        /// Byte of a row where a scalar of the field of a check lies.
        func offset(_ check: ContentCheck, block: Int) throws -> Int {
            if let field = base.rowHeader?.field(check.field) { return field.offset }
            let field = try #require(base.field(check.field))
            return base.headerBytes + block * base.bytes + field.offset
        }

        /// Breaks a check in one block, or in the header, of one row.
        mutating func spoil(_ check: ContentCheck, row: Int, block: Int) throws {
            let field = try #require(base.rowHeader?.field(check.field) ?? base.field(check.field))
            let place = row * rowBytes + (try offset(check, block: block))
            let bytes: [UInt8]
            switch (check.kind, field.type) {
            case (.finite, .f16): bytes = [0x00, 0x7E]
            case (.finite, .f32): bytes = [0, 0, 0x80, 0x7F]
            default: bytes = [try #require((UInt8.min...UInt8.max).last { check.bytes?.contains($0) == false })]
            }
            single.replaceSubrange(place..<place + bytes.count, with: bytes)
        }
    }

    /// What a finding says, but for the byte of the file and how many places it counts.
    private static func places(_ report: VerificationReport) -> Set<String> {
        Set(
            report.findings.filter { $0.rule.hasPrefix("CONTENT") || $0.clause != nil }.map { finding in
                let (at, clause) = (finding.location, finding.clause ?? "")
                return "\(finding.rule) \(clause) row \(at.row ?? -1) block \(at.block ?? -1) \(at.field ?? "") \(finding.severity)"
            })
    }

    @Test("healthy rows are checked by content and conform", arguments: types)
    func healthy(id: String) throws {
        let pair = try Pair(id)
        let found = try pair.report(pair.woven, try pair.interleaved())
        #expect(Self.places(found) == Self.places(try pair.report(pair.base, pair.single)))
        let coverage = try #require(found.files.first?.coverage.types.first { $0.format == id })
        #expect(coverage.byContent == 1 && coverage.bySizeOnly == 0)
        #expect(coverage.blocksByContent == UInt64(pair.rows * Self.columns / pair.base.elements))
    }

    @Test("a broken block is found in its row", arguments: types)
    func broken(id: String) throws {
        for check in try Pair(id).base.checks {
            var pair = try Pair(id)
            let row = pair.woven.interleave + 2
            try pair.spoil(check, row: row, block: 1)
            let data = try pair.interleaved()
            let (found, single) = (try pair.report(pair.woven, data), try pair.report(pair.base, pair.single))
            let expected = Self.places(single)
            #expect(!expected.isEmpty && Self.places(found) == expected, "\(check.clause)")
            let finding = try #require(found.findings.first { $0.clause == check.clause }, "\(check.clause)")
            #expect(finding.location.row == row && finding.count == 1)
            // The named byte of the file is the one that was changed.
            let (bytes, healthy) = (try pair.file(pair.woven, data), try pair.file(pair.woven, try Pair(id).interleaved()))
            let changed = bytes.indices.filter { bytes[$0] != healthy[$0] }
            let named = try #require(finding.location.offset)
            #expect(changed.contains { abs($0 - named) < 4 }, "\(check.clause): byte \(named), changed \(changed)")
        }
    }

    @Test("rows of zeros are counted singly", arguments: types)
    func zeroRows(id: String) throws {
        var pair = try Pair(id)
        for row in [1, pair.woven.interleave + 3] {
            pair.single.replaceSubrange(row * pair.rowBytes..<(row + 1) * pair.rowBytes, with: [UInt8](repeating: 0, count: pair.rowBytes))
        }
        let found = try pair.report(pair.woven, try pair.interleaved())
        let single = try pair.report(pair.base, pair.single)
        let expected = try #require(single.findings.first { $0.location.row == 1 && $0.count == 2 })
        let finding = try #require(found.finding(expected.rule))
        #expect(finding.count == 2 && finding.location.row == 1)
    }

    @Test("a matrix of one value is found", arguments: types)
    func constant(id: String) throws {
        var pair = try Pair(id)
        pair.single = [UInt8](repeating: 0, count: pair.single.count)
        let rule = try #require(
            try pair.report(pair.base, pair.single).findings.first { $0.location.tensor?.raw == "blk.0.attn_q.weight" }?.rule)
        #expect(try pair.report(pair.woven, try pair.interleaved()).finding(rule) != nil)
    }

    @Test("a scale out of proportion is found in its row")
    func magnitude() throws {
        var pair = try Pair("q4_k_r4", groups: 16)
        let place = 9 * pair.rowBytes + pair.base.bytes
        pair.single.replaceSubrange(place..<place + 2, with: [0xFF, 0x7B])
        let (found, single) = (try pair.report(pair.woven, try pair.interleaved()), try pair.report(pair.base, pair.single))
        let expected = try #require(single.finding("CONTENT-11"))
        let finding = try #require(found.finding("CONTENT-11"))
        #expect(finding.location.row == 9 && finding.location.row == expected.location.row)
        #expect(finding.location.block == expected.location.block && finding.found == expected.found)
    }
}
