import HIFIGGUF

extension CorruptionCorpus {
    /// Index of the tensor that most cases damage: `blk.0.ffn_up.weight`, 64 x 96.
    private static let victim = 8

    static func addRecordDamage(_ list: inout CaseList) {
        func add(
            _ id: String, _ sentence: String, _ visibility: Visibility = .structure, _ change: (inout GGUFBuilder.Tensor) -> Void
        ) {
            list.add(id, sentence, visibility) { change(&$0.tensors[victim]) }
        }
        add("n01-dup-tensor", "two tensors with one name") { $0.name = base.tensors[victim - 1].name }
        add("n02-longname", "tensor name of 200 bytes") { $0.name = [UInt8](repeating: UInt8(ascii: "n"), count: 200) }
        add("n03-nul-name", "NUL in a tensor name") { $0.name[5] = 0 }
        add("n04-nonutf8-name", "tensor name not UTF-8") { $0.name[5] = 0xff }
        add("n05-ndims5-short", "5 dimensions announced, 2 stored") { $0.dimensionCount = 5 }
        add("n06-ndims-huge", "2^31 dimensions announced") { $0.dimensionCount = 1 << 31 }
        add("n07-dim0", "a dimension is 0") { $0.dimensions[1] = 0 }
        add("n08-dim-neg", "a dimension is 2^64 - 1") { $0.dimensions[1] = .max }
        add("n09-dim-ovf", "dimensions 2^33 x 2^33") { $0.dimensions = [1 << 33, 1 << 33] }
        add("n10-row-not-block", "row length not a multiple of the block", .layout) { $0.dimensions = [65, 96] }
        add("n11-type-removed", "type id 4, removed upstream (Q4_2)", .layout) { $0.typeID = 4 }
        add("n12-type-unknown", "type id 120, unknown", .layout) { $0.typeID = 120 }
        add("n13-type-fork", "type id 200, used by a fork", .layout) { $0.typeID = 200 }
        add("n14-type-wrong", "Q4_1 tensor labelled Q4_0: smaller blocks, so a gap", .layout) {
            $0.typeID = GGUFBuilder.SampleType.q4_0
        }
        add("n15-type-max", "type id 2^32 - 1", .layout) { $0.typeID = .max }
        add("n16-dims-swapped", "dimensions swapped to 96 x 64", .meaning) { $0.dimensions = [96, 64] }
    }

    static func addOffsetDamage(_ list: inout CaseList) {
        let image = base.build()
        func offset(_ index: Int) -> UInt64 { UInt64(image.dataRanges[index].lowerBound - image.dataStart) }
        func add(_ id: String, _ sentence: String, _ visibility: Visibility, _ value: UInt64) {
            list.add(id, sentence, visibility) { $0.tensors[victim].offset = value }
        }
        add("o01-off-unaligned", "offset one too large", .structure, offset(victim) + 1)
        add("o02-off-overlap", "offset equal to the previous tensor's", .layout, offset(victim - 1))
        add("o03-off-eof", "offset past the end of the file", .structure, 1 << 24)
        add("o04-off-wrap", "offset 2^64 - 32", .structure, 0 &- 32)
        add("o05-off-shift32", "offset 32 too large: reads into the next tensor", .layout, offset(victim) + 32)
        list.add("o06-off-swapped", "offsets of two tensors of one shape swapped", .layout) {
            $0.tensors[victim - 1].offset = offset(victim)
            $0.tensors[victim].offset = offset(victim - 1)
        }
    }

    static func addPayloadDamage(_ list: inout CaseList) {
        func add(_ id: String, _ sentence: String, _ visibility: Visibility, _ change: (inout GGUFBuilder) -> Void) {
            list.add(id, sentence, visibility, change)
        }
        add("p01-nan-scale", "fp16 NaN as scale of one Q4_1 block", .payload) {
            $0.tensors[victim].data.replace(at: 20 * 37, with: UInt16(0x7e00))
        }
        add("p02-inf-min", "fp16 +Inf as minimum of one Q4_1 block", .payload) {
            $0.tensors[victim].data.replace(at: 20 * 37 + 2, with: UInt16(0x7c00))
        }
        add("p03-nan-f32", "NaN in an F32 norm", .payload) { $0.tensors[6].data.replace(at: 4 * 11, with: UInt32(0x7fc0_0000)) }
        add("p04-bitflip", "one bit flipped in the codes", .digest) { $0.tensors[victim].data[20 * 37 + 9] ^= 0x10 }
        add("p05-zeros", "a whole tensor zeroed", .digest) {
            $0.tensors[victim].data = [UInt8](repeating: 0, count: $0.tensors[victim].data.count)
        }
        add("p06-nan-all", "every scale of one tensor NaN (0xFFFF)", .payload) {
            for block in stride(from: 0, to: $0.tensors[victim].data.count, by: 20) {
                $0.tensors[victim].data.replace(at: block, with: UInt16(0xffff))
            }
        }
    }

    static func addLayoutDamage(_ list: inout CaseList) {
        list.add("l01-padnonzero", "header padding not zero", .layout) { $0.headerPadding = 0xaa }
        list.add("l02-trailing", "4 KiB of trailing bytes", .layout) { $0.trailing = [UInt8](repeating: 0x5a, count: 4096) }
        list.add("l03-gap", "hole of 4 KiB between two tensors", .layout) { $0.tensors[victim].gapBefore = 4096 }
        list.add("l04-hidden", "a tensor record removed, its bytes stay as a hole", .layout) { $0.tensors[victim].hasRecord = false }
    }
}
