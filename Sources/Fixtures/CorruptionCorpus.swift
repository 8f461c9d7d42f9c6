import HIFIGGUF

/// The catalogue of damaged files: one case per kind of damage, made from one small valid file.
///
/// The ids are stable. Two cases are valid files and stand as controls.
public enum CorruptionCorpus {
    /// One file of the catalogue.
    public struct Case: Sendable, CustomStringConvertible {
        /// Stable name: letter of the group, number, catchword.
        public let id: String
        /// What was done to the valid file.
        public let sentence: String
        /// Where the damage can be seen.
        public let visibility: Visibility
        /// The file.
        public let bytes: [UInt8]

        /// The id.
        public var description: String { id }
    }

    /// What has to be looked at to see the damage.
    public enum Visibility: Sendable {
        /// Nowhere: the file is valid.
        case valid
        /// The header's structure alone.
        case structure
        /// The layout of the data, given the sizes of types (and the padding bytes).
        case layout
        /// What the metadata says compared with the tensors; needs knowledge of architectures.
        case meaning
        /// The weights themselves.
        case payload
        /// Only a digest taken before.
        case digest
    }

    /// All cases in order.
    public static let cases: [Case] = {
        var list = CaseList()
        list.add("00-pristine", "untouched", .valid) { _ in }
        addTruncations(&list)
        addHeaderDamage(&list)
        addKeyDamage(&list)
        addAlignmentDamage(&list)
        addRecordDamage(&list)
        addOffsetDamage(&list)
        addPayloadDamage(&list)
        addLayoutDamage(&list)
        return list.cases
    }()

    /// The valid file that all cases are made from.
    public static let base = GGUFBuilder.smallLlama()

    /// The case with this id.
    public static func named(_ id: String) -> Case? { cases.first { $0.id == id } }

    /// Collects cases.
    struct CaseList {
        var cases: [Case] = []

        /// Adds the base file after `change`.
        mutating func add(_ id: String, _ sentence: String, _ visibility: Visibility, _ change: (inout GGUFBuilder) -> Void) {
            var builder = CorruptionCorpus.base
            change(&builder)
            cases.append(Case(id: id, sentence: sentence, visibility: visibility, bytes: builder.build().bytes))
        }

        /// Adds the base file's image after `change`.
        mutating func addImage(
            _ id: String, _ sentence: String, _ visibility: Visibility, _ change: (inout [UInt8], GGUFBuilder.Image) -> Void
        ) {
            let image = CorruptionCorpus.base.build()
            var bytes = image.bytes
            change(&bytes, image)
            cases.append(Case(id: id, sentence: sentence, visibility: visibility, bytes: bytes))
        }
    }

    private static func addTruncations(_ list: inout CaseList) {
        func cut(_ id: String, _ sentence: String, _ visibility: Visibility = .structure, at length: (GGUFBuilder.Image) -> Int) {
            list.addImage(id, sentence, visibility) { bytes, image in bytes.removeSubrange(length(image)...) }
        }
        cut("t01-empty", "0 bytes") { _ in 0 }
        cut("t02-magic", "cut inside the magic") { _ in 3 }
        cut("t03-header", "cut inside the fixed header") { _ in 17 }
        cut("t04-kv", "cut inside the metadata") { $0.entryRanges[14].lowerBound + 100 }
        cut("t05-tinfo", "cut inside the tensor records") { $0.recordRanges[9].lowerBound + 20 }
        cut("t06-datastart", "no tensor data at all") { $0.dataStart }
        cut("t07-half", "half of the file") { $0.bytes.count / 2 }
        cut("t08-lastbyte", "one byte short", .layout) { $0.bytes.count - 1 }
    }

    private static func addHeaderDamage(_ list: inout CaseList) {
        let tensors = UInt64(base.tensors.count)
        let entries = UInt64(base.entries.count)
        list.add("h01-magic", "magic flipped", .structure) { $0.magic = Array("FUGG".utf8) }
        list.add("h02-ver0", "version 0", .structure) { $0.version = 0 }
        list.add("h03-ver99", "version 99", .structure) { $0.version = 99 }
        list.add("h04-verBE", "version byte-swapped, rest little-endian", .structure) { $0.version = $0.version.byteSwapped }
        list.add("h05-nt-huge", "tensor count 2^62", .structure) { $0.tensorCount = 1 << 62 }
        list.add("h06-nt-plus1", "tensor count one too large", .structure) { $0.tensorCount = tensors + 1 }
        list.add("h07-nt-minus1", "tensor count one too small: the last record becomes part of the padding", .layout) {
            $0.tensorCount = tensors - 1
        }
        list.add("h08-nk-huge", "metadata count 2^40", .structure) { $0.metadataCount = 1 << 40 }
        list.add("h09-nk-plus1", "metadata count one too large", .structure) { $0.metadataCount = entries + 1 }
    }

    private static func addKeyDamage(_ list: inout CaseList) {
        typealias Entry = GGUFBuilder.Entry
        list.add("k01-keylen-huge", "key length 2^62", .structure) { $0.entries[3].keyLength = 1 << 62 }
        list.add("k02-type-13", "value type 13, which is undefined", .structure) { $0.entries[3].typeID = 13 }
        list.add("k03-arrtype", "array element type 77", .structure) { $0.entries[14].value.replace(at: 0, with: UInt32(77)) }
        list.add("k04-arrlen-huge", "array length 2^61", .structure) { $0.entries[14].value.replace(at: 4, with: UInt64(1) << 61) }
        list.add("k05-bool2", "bool stored as 2", .structure) { $0.entries[19].value = [2] }
        list.add("k06-nonutf8-key", "key not UTF-8", .structure) { $0.entries[1].key[8] = 0xff }
        list.add("k07-nonutf8-val", "string value not UTF-8", .structure) { $0.entries[1].value[10] = 0xfe }
        list.add("k08-dupkey", "duplicate key with the same value", .structure) { $0.entries.append($0.entries[4]) }
        list.add("k09-dupkey-differs", "duplicate key with another value", .structure) {
            $0.entries.append(Entry("llama.block_count", .uint32(7)))
        }
        list.add("k10-noarch", "general.architecture absent", .meaning) { $0.entries.remove(at: 0) }
        list.add("k11-blockcount", "block_count 3, the file holds 2", .meaning) {
            $0.entries[4] = Entry("llama.block_count", .uint32(3))
        }
        list.add("k12-filetype", "file_type says Q8_0, tensors are Q4_1", .meaning) {
            $0.entries[2] = Entry("general.file_type", .uint32(7))
        }
        list.add("k13-nest64", "array nested 64 deep", .structure) {
            let innermost = MetadataValue.array(.uint8, [.uint8(1)])
            let nested = (1..<64).reduce(innermost) { inner, _ in .array(.array, [inner]) }
            $0.entries.append(Entry("test.nested", nested))
        }
        list.add("k14-badkeyname", "key with spaces and upper case, 320 bytes", .structure) {
            $0.entries.append(Entry(String(repeating: "Bad Key ", count: 40), .uint32(1)))
        }
    }

    private static func addAlignmentDamage(_ list: inout CaseList) {
        func addAlignment(_ id: String, _ sentence: String, _ value: MetadataValue, laidOutWith: Int = 32, _ visibility: Visibility) {
            list.add(id, sentence, visibility) {
                $0.entries.append(GGUFBuilder.Entry("general.alignment", value))
                $0.alignment = laidOutWith
            }
        }
        addAlignment("a01-align0", "general.alignment = 0, data laid out for 32", .uint32(0), .structure)
        addAlignment("a02-align3", "general.alignment = 3, data laid out for 32", .uint32(3), .structure)
        addAlignment("a03-align-2p31", "general.alignment = 2147483648, data laid out for 32", .uint32(1 << 31), .structure)
        addAlignment("a04-align64-data32", "alignment 64, all offsets happen to suit (valid)", .uint32(64), laidOutWith: 64, .valid)
        addAlignment("a05-align-str", "general.alignment as a string", .string("32"), .structure)
    }
}

extension [UInt8] {
    /// Overwrites the bytes at `offset` with an integer, least significant byte first.
    public mutating func replace<T: FixedWidthInteger>(at offset: Int, with value: T) {
        for i in 0..<T.bitWidth / 8 { self[offset + i] = UInt8(truncatingIfNeeded: value >> T(8 * i)) }
    }
}
