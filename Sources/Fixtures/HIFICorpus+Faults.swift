import HIFIBlockSpec
import HIFIGGUF

extension HIFICorpus {
    static func addR6(_ list: inout CaseList) {
        list.add(r6, "01-nan-d", "NaN as super-block scale", ["CONTENT-01"]) { _, block in block.set("d", 0, to: 0x7E00) }
        list.add(r6, "02-inf-d", "infinity as super-block scale", ["CONTENT-02"]) { _, block in block.set("d", 0, to: 0xFC00) }
        list.add(r6, "03-nan-outlier", "NaN as outlier", ["R6-05"]) { _, block in block.set("outlier_vals", 3, to: 0xFFFF) }
        list.add(r6, "04-inf-outlier", "infinity as the last outlier", ["R6-05"]) { _, block in block.set("outlier_vals", 7, to: 0x7C00) }
        list.add(r6, "05-duplicate", "one position twice", ["R6-06"], kind: "suspicious") { _, block in
            block.set("outlier_idx", 6, to: block.get("outlier_idx", 1))
        }
        list.add(r6, "06-live-base", "a weight under an outlier that is not zero", ["IDENT-12"], kind: "suspicious") { _, block in
            block.setCode(of: block.get("outlier_idx", 2), to: 7)
        }
        list.add(r6, "07-all-nan", "NaN as scale of every block", ["CONTENT-01"]) { builder, _ in
            let stride = 134
            for start in Swift.stride(from: 108, to: builder.tensors[victimIndex].data.count, by: stride) {
                builder.tensors[victimIndex].data.replace(at: start, with: UInt16(0xFFFF))
            }
        }
        list.add(r6, "08-nan-and-inf", "NaN in one scale, infinity in another", ["CONTENT-01", "CONTENT-02"]) { builder, block in
            block.set("d", 0, to: 0x7C01)
            builder.tensors[victimIndex].data.replace(at: 134 * 2 + 108, with: UInt16(0x7C00))
        }
        list.add(r6, "09-file-type", "file type says Q8_0", ["GGUF-36"], kind: "suspicious") { builder, _ in
            builder.entries[builder.entries.count - 1] = .init("general.file_type", .uint32(7))
        }
        list.add(r6, "10-stride", "blocks padded to 136 bytes under the label of 134", ["GGUF-64"]) { builder, _ in
            let data = builder.tensors[victimIndex].data
            builder.tensors[victimIndex].data = stride(from: 0, to: data.count, by: 134).flatMap { Array(data[$0..<$0 + 134]) + [0, 0] }
        }
        list.add(r6, "11-zeroed", "a whole tensor zeroed", ["CONTENT-05"], kind: "suspicious") { builder, _ in
            builder.tensors[victimIndex].data = [UInt8](repeating: 0, count: builder.tensors[victimIndex].data.count)
        }
        let image = builder(r6).build()
        // The last HIFI tensor ends in front of a norm: cut in the middle of its third block.
        let cut = image.dataRanges[4].lowerBound + 134 * 2 + 71
        list.add(r6, "12-cut", "cut in the middle of a HIFI block", ["GGUF-60"], "damaged", Array(image.bytes[..<cut]))
        list.add(r6, "13-norm-quantized", "a norm in Q3_K", ["GGUF-74"], kind: "suspicious") { builder, _ in
            builder.tensors[1] = .init("blk.0.attn_norm.weight", [256], typeID: 11, data: Array(builder.tensors[0].data[0..<110]))
        }
    }

    /// CONTENT-11 on both sides of its limits. Half of the numbers are 2^-4 or more, so all below 2^7 are in proportion.
    static func addProportions(_ list: inout CaseList) {
        list.add(r6, "14-large-outlier", "an outlier of 128 where the others stay below 1/8", ["CONTENT-11"], kind: "suspicious") {
            _, block in
            block.set("outlier_vals", 3, to: 0xD800)
        }
        list.add(r6, "15-outlier-in-proportion", "an outlier just below 128 where the others stay below 1/8", []) { _, block in
            block.set("outlier_vals", 3, to: 0xD7FF)
        }
        list.add(r6, "16-large-scale", "of 65 scales of a Q3_K tensor one is out of proportion", ["CONTENT-11"], kind: "suspicious") {
            builder, _ in
            plantScale(among: 65, &builder)
        }
        list.add(r6, "17-few-scales", "of 64 scales of a Q3_K tensor one is large, but these are too few to judge by", []) { builder, _ in
            plantScale(among: 64, &builder)
        }
    }

    /// Gives the embedding so many rows, each one block of Q3_K, and one of them a scale of 16384.
    private static func plantScale(among rows: Int, _ builder: inout GGUFBuilder) {
        guard let format = Spec.format("q3_k") else { preconditionFailure("no format q3_k") }
        var random = SplitMix64(seed: UInt64(rows))
        var blocks = (0..<rows).map { _ in HIFIBlock(format, HIFIBlock.valid(format, &random)) }
        blocks[41].set("d", 0, to: 0x7400)
        builder.tensors[0].dimensions = [256, UInt64(rows)]
        builder.tensors[0].data = blocks.flatMap(\.bytes)
    }

    static func addR13(_ list: inout CaseList) {
        list.add(r13, "01-unsorted", "positions out of order", ["R13-07"], kind: "suspicious") { _, block in block.swapSlots(1, 3) }
        list.add(r13, "02-duplicate", "one position twice", ["R13-07"], kind: "suspicious") { _, block in
            block.set("outlier_idx", 1, to: block.get("outlier_idx", 0))
        }
        list.add(r13, "03-padding", "padding byte not zero", ["R13-06"], kind: "suspicious") { _, block in block.set("pad", 0, to: 0x5A) }
        list.add(r13, "04-count-9", "count over the maximum", ["IDENT-09"]) { _, block in block.set("outlier_count", 0, to: 9) }
        list.add(r13, "05-count-255", "count far over the maximum", ["IDENT-09"]) { _, block in block.set("outlier_count", 0, to: 255) }
        list.add(r13, "06-count-0", "count zero although slots are filled", ["IDENT-08"], kind: "suspicious") { _, block in
            block.set("outlier_count", 0, to: 0)
        }
        list.add(r13, "07-past-count", "a value after the count", ["R13-08"], kind: "suspicious") { _, block in
            block.set("outlier_vals", 7, to: 0x3C00)
        }
        list.add(r13, "08-live-base", "a weight under an outlier that is not zero", ["IDENT-12"], kind: "suspicious") { _, block in
            block.setCode(of: block.get("outlier_idx", 0), to: 0)
        }
        list.add(r13, "09-nan-outlier", "NaN as outlier", ["R13-03"]) { _, block in block.set("outlier_vals", 0, to: 0x7E00) }
    }

    static func addR12(_ list: inout CaseList) {
        list.add(r12b, "01-sentinel-255", "an unused slot over weight 255, which is not zero", ["IDENT-11"], kind: "suspicious") {
            _, block in
            block.set("outlier_idx", 7, to: 255)
            block.set("outlier_vals", 7, to: 0)
            block.setCode(of: 255, to: 6)
        }
        list.add(r12b, "02-padding", "padding bytes not zero", ["R12-06"], kind: "suspicious") { _, block in block.set("pad", 1, to: 1) }
        list.add(r12b, "03-duplicate", "one position twice", ["R12-08"], kind: "suspicious") { _, block in
            block.set("outlier_idx", 4, to: block.get("outlier_idx", 3))
        }
        list.add(r12a, "01-sentinel-0", "an unused slot over weight 0, which is not zero", ["IDENT-10"], kind: "suspicious") { _, block in
            block.set("outlier_idx", 7, to: 0)
            block.set("outlier_vals", 7, to: 0)
            block.setCode(of: 0, to: 1)
        }
    }

    static func addOthers(_ list: inout CaseList) {
        list.add(r2, "01-index-256", "a position outside the block", ["R2-04"]) { _, block in block.set("outlier_idx", 5, to: 256) }
        list.add(r2, "02-index-max", "a position far outside the block", ["R2-04"]) { _, block in block.set("outlier_idx", 0, to: 0xFFFF) }
        list.add(r2, "03-nan-d", "NaN as fp32 scale", ["CONTENT-01"]) { _, block in block.set("d", 0, to: 0x7FC0_0000) }
        list.add(r7, "01-count-17", "count over the maximum", ["IDENT-09"]) { _, block in block.set("outlier_count", 0, to: 17) }
        list.add(r7, "02-padding", "padding byte not zero", ["R7-07"], kind: "suspicious") { _, block in block.set("pad", 0, to: 255) }
        list.add(r7, "03-past-count", "a position after the count", ["R7-09"], kind: "suspicious") { _, block in
            block.set("outlier_idx", 15, to: 77)
        }
        list.add(res8, "01-nan-residual-scale", "NaN as residual scale", ["CONTENT-01"]) { _, block in
            block.set("residual_scale", 0, to: 0x7FC0_0000)
        }
        list.add(res8, "02-count", "count over the maximum", ["IDENT-09"]) { _, block in block.set("outlier_count", 0, to: 200) }
        list.add(q4, "01-inf-dmin", "infinity as minimum scale", ["CONTENT-02"]) { _, block in block.set("dmin", 0, to: 0x7C00) }
        list.add(q4, "02-nan-outlier", "NaN as outlier", ["Q4H-03"]) { _, block in block.set("outlier_vals", 1, to: 0x7D01) }
    }
}
