import Foundation
import HIFIBlockSpec
import HIFIFiles
import HIFIGGUF
import HIFIReference
import Mutants
import Suite

/// Decode cases about rows with headers: where the header ends, that it counts for every block, rows that were recorded.
struct RowCases {
    let format: BlockFormat
    private let row: BlockFormat
    private let clauses: FormatClauses

    /// Nil for formats whose rows have no headers.
    init?(_ format: BlockFormat) {
        guard format.headBytes > 0, let row = Spec.format(format.id) else { return nil }
        (self.format, self.row) = (format, row)
        clauses = FormatClauses(format)
    }

    func add(to list: inout CaseCollector, folder: String) throws {
        let all = clauses.layout + clauses.value
        let flags = ["row-header"] + ["O26"].filter { DistinctFormats.concerns($0, format) }
        try list.decode(
            [5, 7, 4].map { DraftBlocks.ramp(format, number: $0) }, all, flags,
            "Three blocks behind one header, which counts for all of them.")
        var alike = DraftBlocks.ramp(format)
        for byte in alike.bytes.indices.dropFirst(format.headBytes) { alike.bytes[byte] = 0x41 }
        try list.decode(
            [alike, alike, alike, alike], all, flags, "Four blocks alike: whatever is read in their place or in the header's is not.")
        try recorded(&list, folder: folder, all)
    }

    private struct RecordedRows: Decodable {
        let format, set, rows, decodedSHA256, source: String
        let count, columns: Int
        let headerLeftOut: Bool?
    }

    /// The first of some rows that another implementation decoded; the others must come out as recorded as well.
    private func recorded(_ list: inout CaseCollector, folder: String, _ clauses: [String]) throws {
        let index = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/recorded/rows/index.json"))
        for entry in try JSONDecoder().decode([RecordedRows].self, from: index)
        where entry.format == format.id && entry.headerLeftOut != true {
            let path = "recorded/rows/\(entry.rows)"
            let bytes = try VectorStore.read(path, in: folder)
            guard let size = row.bytes(rows: 1, of: UInt64(entry.columns)).map(Int.init), bytes.count == entry.count * size else {
                throw CaseCollector.Disagreement(description: "\(path): it does not hold \(entry.count) rows of \(entry.columns)")
            }
            let decoder = try ReferenceDecoder(row)
            var digested: [UInt8] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                for weight in try decoder.decode(Array(bytes[start..<start + size])) {
                    let bits = weight.isNaN ? 0x7FC0_0000 : weight.bitPattern
                    for shift in stride(from: UInt32(0), to: 32, by: 8) { digested.append(UInt8(truncatingIfNeeded: bits >> shift)) }
                }
            }
            guard Digest.of(ByteView(digested), .sha256).hex == entry.decodedSHA256 else {
                throw CaseCollector.Disagreement(description: "\(path): the reference decodes otherwise than was recorded")
            }
            try list.decode(
                format, format.blocks(ofRow: Array(bytes.prefix(size))), clauses, ["row-header", "recorded"],
                "A row with \(entry.set) blocks, as \(entry.source) decoded it.")
        }
    }
}
