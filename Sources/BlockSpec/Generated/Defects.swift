// Generated from Spec/ by `swift run spectool generate`. Do not edit: change the spec and run it again.

private let defect0 = defect0Made()
@_optimize(none) private func defect0Made() -> Defect {
Defect(
    id: "B1",
    kinds: [.decoder],
    formats: ["q3_k_hifi@r3"],
    location: "dequantizers for x86 and ARM",
    introduced: Milestone(date: "2025-12-11", commit: "202510931"),
    fixed: Milestone(date: "2025-12-11", commit: "cc7c51d9a"),
    wrong: "The fp16 scale is taken as an integer and converted, so its bit pattern becomes the scale.",
    correct: "Bytes 0 and 1 are an IEEE half; 0x3C00 is 1.0.",
    test: "A block with scale 0x3C00 must decode with 1.0 and not 15360.",
    isCaughtByPeerTest: nil,
    note: "The ARM copy lived on until a9b311eca (2026-01-26)."
)
}

private let defect1 = defect1Made()
@_optimize(none) private func defect1Made() -> Defect {
Defect(
    id: "B2",
    kinds: [.validator],
    formats: ["q3_k_hifi@r3", "q3_k_hifi@r4"],
    location: "row validation",
    introduced: Milestone(date: "2025-12-11", commit: "202510931"),
    fixed: Milestone(date: "2025-12-12", commit: "1fb41ecd8"),
    wrong: "The fp16 scale is checked as a number after integer conversion, which is always finite.",
    correct: "A scale whose half exponent is all ones is not finite and is reported.",
    test: "Scales 0x7C00 and 0x7E00 must be rejected.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect2 = defect2Made()
@_optimize(none) private func defect2Made() -> Defect {
Defect(
    id: "B3",
    kinds: [.dot],
    formats: ["q3_k_hifi@r4", "q3_k_hifi@r5", "q3_k_hifi@r6"],
    location: "dot products on CPU and CUDA",
    introduced: Milestone(date: "2025-12-11", commit: "cc7c51d9a"),
    fixed: nil,
    wrong: "The outlier is added to the base product while dequantization replaces the base.",
    correct: "The weight at a listed position is the stored value alone.",
    test: "A block with a non-zero base code at a listed position must give one answer by both ways.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect3 = defect3Made()
@_optimize(none) private func defect3Made() -> Defect {
Defect(
    id: "B4",
    kinds: [.encoder],
    formats: ["q3_k_hifi@r1", "q3_k_hifi@r2", "q3_k_hifi@r3", "q3_k_hifi@r4"],
    location: "encoder",
    introduced: Milestone(date: "2025-11-27", commit: "6a7ff5324"),
    fixed: Milestone(date: "2025-12-12", commit: "1fb41ecd8"),
    wrong: "The scale is a quarter of the largest magnitude while codes stop at 3, so positive maxima shrink by a quarter.",
    correct: "Documented behaviour of these revisions; later ones use the Q3_K search, which lets the largest magnitude take code -4.",
    test: "A block of +1 and -1 shows unequal reconstruction in R1 to R4 and equal magnitude within a step later.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect4 = defect4Made()
@_optimize(none) private func defect4Made() -> Defect {
Defect(
    id: "B5",
    kinds: [.layout, .id],
    formats: ["q3_k_hifi@r3", "q3_k_hifi@r4"],
    location: "type 12, 116 bytes",
    introduced: Milestone(date: "2025-12-11", commit: "cc7c51d9a"),
    fixed: nil,
    wrong: "A contiguous three-bit stream and split planes share number and size.",
    correct: "The two are different formats; a file of 116-byte blocks is ambiguous and reported as such.",
    test: "Decode an R3 block as R4 and find different weights; identification must list both.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect5 = defect5Made()
@_optimize(none) private func defect5Made() -> Defect {
Defect(
    id: "B6",
    kinds: [.dot],
    formats: ["q3_k_hifi@r5"],
    location: "CUDA matrix-vector kernel",
    introduced: Milestone(date: nil, commit: "07eab7bab"),
    fixed: Milestone(date: nil, commit: "5e740597b"),
    wrong: "Threads claim outliers by a wrong range, so some are missed and some counted for another thread.",
    correct: "Each position belongs to exactly one thread.",
    test: "One outlier swept over all 256 positions must be counted once each time.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect6 = defect6Made()
@_optimize(none) private func defect6Made() -> Defect {
Defect(
    id: "B7",
    kinds: [.decoder],
    formats: ["q3_k_hifi@r5", "q3_k_hifi@r6"],
    location: "CUDA helper that nobody calls",
    introduced: Milestone(date: nil, commit: "07eab7bab"),
    fixed: nil,
    wrong: "Unpacks codes in linear order and leaves the sub-block scales out.",
    correct: "Codes follow the Q3_K interleave and every sixteen weights have their own scale.",
    test: "A block whose sub-block scales differ must not decode with one scale.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect7 = defect7Made()
@_optimize(none) private func defect7Made() -> Defect {
Defect(
    id: "B8",
    kinds: [.decoder],
    formats: ["q3_k_hifi@r5", "q3_k_hifi@r6"],
    location: "Metal row decoder",
    introduced: Milestone(date: "2025-12-12", commit: "ee314fded"),
    fixed: Milestone(date: "2026-01-17", commit: "54fb6eae8"),
    wrong: "Linear unpacking without sub-block scales; the repair then dropped the outliers.",
    correct: "The Q3_K decode followed by all eight replacements.",
    test: "Rows fetched by the device must equal the CPU decode, with and without outliers.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect8 = defect8Made()
@_optimize(none) private func defect8Made() -> Defect {
Defect(
    id: "B9",
    kinds: [.dot],
    formats: ["q3_k_hifi@r5", "q3_k_hifi@r6"],
    location: "Metal matrix-vector kernel",
    introduced: Milestone(date: "2025-12-12", commit: "ee314fded"),
    fixed: Milestone(date: nil, commit: "7203ae408"),
    wrong: "Ownership ranges overlap or leave positions out and the value is divided by a bit-plane factor.",
    correct: "Every position counts once with its full value.",
    test: "One outlier swept over all 256 positions.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect9 = defect9Made()
@_optimize(none) private func defect9Made() -> Defect {
Defect(
    id: "B10",
    kinds: [.dot],
    formats: ["q3_k_hifi@r9", "q3_k_hifi@r12c"],
    location: "Metal matrix-vector kernel",
    introduced: Milestone(date: "2026-01-26", commit: "aed2bd56a"),
    fixed: nil,
    wrong: "The second partial sum lacks its factor of one quarter.",
    correct: "Both partial sums are scaled alike.",
    test: "A pure Q3_K block without outliers must give the Q3_K result.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect10 = defect10Made()
@_optimize(none) private func defect10Made() -> Defect {
Defect(
    id: "B11",
    kinds: [.layout],
    formats: ["q3_k_hifi@r12b", "q3_k_hifi@r12c"],
    location: "Metal kernel",
    introduced: Milestone(date: "2026-02-04", commit: "3012872a3"),
    fixed: nil,
    wrong: "Four halves are loaded at once from byte 118, which is not a multiple of eight in any block.",
    correct: "Fields of a block have two-byte alignment at best.",
    test: "Decode the second block of a row from an odd multiple of two bytes.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect11 = defect11Made()
@_optimize(none) private func defect11Made() -> Defect {
Defect(
    id: "B12",
    kinds: [.dot],
    formats: ["q3_k_hifi@r5", "q3_k_hifi@r6", "q3_k_hifi@r12c"],
    location: "Vulkan matrix-vector shader",
    introduced: Milestone(date: nil, commit: "6ff029140"),
    fixed: nil,
    wrong: "Outliers are handled for one thread group only and twice there; later they are left out for good.",
    correct: "All outliers of each block take part once.",
    test: "A block whose base is zero and whose outliers are not must not give 0.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect12 = defect12Made()
@_optimize(none) private func defect12Made() -> Defect {
Defect(
    id: "B13",
    kinds: [.decoder],
    formats: ["q3_k_hifi@r5", "q3_k_hifi@r6"],
    location: "Vulkan dequantization functions",
    introduced: Milestone(date: nil, commit: "0189dd871"),
    fixed: nil,
    wrong: "The position inside the block is computed as if codes were linear, so outliers land on other weights.",
    correct: "The index byte is the position in the decoded block.",
    test: "One outlier swept over all 256 positions.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect13 = defect13Made()
@_optimize(none) private func defect13Made() -> Defect {
Defect(
    id: "B14",
    kinds: [.layout],
    formats: ["q3_k_hifi@r7a", "q3_k_hifi@r9", "q3_k_hifi@r12c"],
    location: "Vulkan block struct",
    introduced: Milestone(date: "2026-01-17", commit: "3c1480f35"),
    fixed: nil,
    wrong: "The struct stayed at 160 bytes with a count and adding values while the library moved on.",
    correct: "The stride is the block size of the revision in the file.",
    test: "Two blocks in a row; the second must decode as it does alone.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect14 = defect14Made()
@_optimize(none) private func defect14Made() -> Defect {
Defect(
    id: "B15",
    kinds: [.dot],
    formats: ["q3_k_hifi@r7a", "q3_k_hifi@r7b"],
    location: "CPU dot products",
    introduced: Milestone(date: "2026-01-17", commit: "3c1480f35"),
    fixed: Milestone(date: "2026-01-26", commit: "a9b311eca"),
    wrong: "Only the first eight of sixteen residuals count and the count byte is ignored.",
    correct: "The first min(count, 16) slots count.",
    test: "A residual in slot 9 must change the result; one beyond the count must not.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect15 = defect15Made()
@_optimize(none) private func defect15Made() -> Defect {
Defect(
    id: "B16",
    kinds: [.decoder, .encoder],
    formats: ["q3_k_hifi@r7c", "q3_k_hifi@r7e"],
    location: "CPU against CUDA, SYCL, Vulkan and Python",
    introduced: Milestone(date: "2026-01-26", commit: "e3c39f908"),
    fixed: Milestone(date: "2026-01-26", commit: "d10765359"),
    wrong: "The CPU replaces while the others add.",
    correct: "R7c and R7e replace.",
    test: "The same bytes through each decoder with a non-zero base at a listed position.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect16 = defect16Made()
@_optimize(none) private func defect16Made() -> Defect {
Defect(
    id: "B17",
    kinds: [.encoder, .decoder],
    formats: ["q3_k_hifi@r8"],
    location: "sparse packing",
    introduced: Milestone(date: "2026-01-26", commit: "d10765359"),
    fixed: Milestone(date: "2026-01-26", commit: "aed2bd56a"),
    wrong: "Unused slots list position 0, so the decoder skips an inlier that the encoder wrote and all later ones shift.",
    correct: "As written the format cannot hold fewer than sixteen outliers unless weight 0 is one.",
    test: "Encode with fifteen outliers and compare the decoded inliers.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect17 = defect17Made()
@_optimize(none) private func defect17Made() -> Defect {
Defect(
    id: "B18",
    kinds: [.dot],
    formats: ["q3_k_hifi@r8"],
    location: "CPU dot product",
    introduced: Milestone(date: "2026-01-26", commit: "a9b311eca"),
    fixed: Milestone(date: "2026-01-26", commit: "aed2bd56a"),
    wrong: "The scale is applied twice and outliers are scaled too.",
    correct: "Inliers are scaled once, outliers not at all.",
    test: "A block whose scale is not 1.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect18 = defect18Made()
@_optimize(none) private func defect18Made() -> Defect {
Defect(
    id: "B19",
    kinds: [.encoder, .decoder],
    formats: ["q3_k_hifi@r9", "q3_k_hifi@r10", "q3_k_hifi@r11", "q3_k_hifi@r12a", "q3_k_hifi@r12b", "q3_k_hifi@r12c"],
    location: "unused slots",
    introduced: Milestone(date: "2026-01-26", commit: "aed2bd56a"),
    fixed: nil,
    wrong: "Unused slots hold position 0 and value 0 and are applied, so weight 0 becomes 0.",
    correct: "Decoding applies every slot as stored; an encoder loses weight 0 and a file with such slots is reported.",
    test: "Encode with fewer outliers than slots and look at weight 0.",
    isCaughtByPeerTest: nil,
    note: "R12b and R12c are affected only where no outlier at all is stored."
)
}

private let defect19 = defect19Made()
@_optimize(none) private func defect19Made() -> Defect {
Defect(
    id: "B20",
    kinds: [.encoder, .decoder],
    formats: ["q3_k_hifi@r12b", "q3_k_hifi@r12c", "q4_k_hifi"],
    location: "sentinel of unused slots",
    introduced: Milestone(date: "2026-02-04", commit: "3012872a3"),
    fixed: nil,
    wrong: "The sentinel position 255 is a real position; the range test on a byte is always true, so weight 255 becomes 0.",
    correct: "Decoding applies every slot as stored; a file with sentinels is reported because weight 255 is lost.",
    test: "Encode with fewer than eight outliers and look at weight 255.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect20 = defect20Made()
@_optimize(none) private func defect20Made() -> Defect {
Defect(
    id: "B21",
    kinds: [.dot],
    formats: ["q3_k_hifi@r9", "q3_k_hifi@r10", "q3_k_hifi@r11", "q3_k_hifi@r12a", "q3_k_hifi@r12b", "q3_k_hifi@r12c"],
    location: "CPU dot products",
    introduced: Milestone(date: "2026-01-26", commit: "7c072fa5e"),
    fixed: nil,
    wrong: "The base at a position is taken away once for every slot that names it.",
    correct: "The product of the decoded weights, in which a position named twice has the last value.",
    test: "Compare the dot product with the product of the decoded block where two slots name one position.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect21 = defect21Made()
@_optimize(none) private func defect21Made() -> Defect {
Defect(
    id: "B22",
    kinds: [.dot],
    formats: ["q3_k_hifi@r12a", "q3_k_hifi@r12b", "q3_k_hifi@r12c"],
    location: "CUDA, vector kernel against conversion",
    introduced: Milestone(date: "2026-02-03", commit: "1dfd07fe6"),
    fixed: nil,
    wrong: "The vector kernel adds while the conversion replaces, so they differ at the sentinel position.",
    correct: "Both give the product of the decoded weights.",
    test: "One column and thirty-two columns must agree.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect22 = defect22Made()
@_optimize(none) private func defect22Made() -> Defect {
Defect(
    id: "B23",
    kinds: [.dot],
    formats: ["q3_k_hifi@r10"],
    location: "CUDA dot product",
    introduced: Milestone(date: "2026-02-03", commit: "339651b02"),
    fixed: Milestone(date: "2026-02-03", commit: "701a381de"),
    wrong: "The base to take away is computed with a wrong scale index and out of range of the code bytes.",
    correct: "Position i has the code and the scale of the Q3_K mapping.",
    test: "Outliers at positions from 64 on.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect23 = defect23Made()
@_optimize(none) private func defect23Made() -> Defect {
Defect(
    id: "B24",
    kinds: [.dot],
    formats: ["q3_k_hifi@r10", "q3_k_hifi@r11"],
    location: "CUDA dot product",
    introduced: Milestone(date: "2026-02-03", commit: "701a381de"),
    fixed: Milestone(date: "2026-02-03", commit: "001aa08ff"),
    wrong: "Without a thread filter each outlier counts eight times.",
    correct: "Each outlier counts once.",
    test: "One outlier of value 1 against an activation of 1.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect24 = defect24Made()
@_optimize(none) private func defect24Made() -> Defect {
Defect(
    id: "B25",
    kinds: [.decoder],
    formats: ["q3_k_hifi@r10", "q3_k_hifi@r11"],
    location: "CPU against CUDA",
    introduced: Milestone(date: "2026-02-03", commit: "339651b02"),
    fixed: Milestone(date: "2026-02-03", commit: "1dfd07fe6"),
    wrong: "The CPU applies all sixteen slots, CUDA only as many as the count byte says.",
    correct: "R10 and R11 decode as the CPU does; a count below the filled slots is reported.",
    test: "Count 3 with other values in slots 4 to 16.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect25 = defect25Made()
@_optimize(none) private func defect25Made() -> Defect {
Defect(
    id: "B26",
    kinds: [.layout],
    formats: ["q3_k_hifi@r10", "q3_k_hifi@r11"],
    location: "struct packing",
    introduced: Milestone(date: "2026-02-03", commit: "339651b02"),
    fixed: Milestone(date: "2026-02-03", commit: "1dfd07fe6"),
    wrong: "Packed on the CPU and naturally aligned on the GPU, the struct has two sizes and two offsets of the values.",
    correct: "The file layout is the packed one.",
    test: "Size and offset assertions under both alignments.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect26 = defect26Made()
@_optimize(none) private func defect26Made() -> Defect {
Defect(
    id: "B27",
    kinds: [.layout],
    formats: ["q3_k_hifi@r12b"],
    location: "CUDA kernel",
    introduced: Milestone(date: "2026-02-04", commit: "3012872a3"),
    fixed: Milestone(date: nil, commit: "7eacdb4a2"),
    wrong: "Four-byte loads at offsets that are only two-byte aligned.",
    correct: "Load bytes or halves.",
    test: "Decode the second block of a row on a device that faults on misaligned loads.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect27 = defect27Made()
@_optimize(none) private func defect27Made() -> Defect {
Defect(
    id: "B28",
    kinds: [.decoder, .dot],
    formats: ["q3_k_hifi@r12a"],
    location: "kernels of R12b and later",
    introduced: Milestone(date: "2026-02-04", commit: "3012872a3"),
    fixed: nil,
    wrong: "Kernels stop at the first position past their range and so skip later slots of unsorted blocks.",
    correct: "The order of slots carries no meaning but for duplicates.",
    test: "The same outliers in falling order of position.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect28 = defect28Made()
@_optimize(none) private func defect28Made() -> Defect {
Defect(
    id: "B29",
    kinds: [.decoder],
    formats: ["q3_k_hifi_res8", "q2_k_lite", "q3_k_lite", "q4_k_lite", "q5_k_lite", "q6_k_lite"],
    location: "undated re-port",
    introduced: nil,
    fixed: nil,
    wrong: "The stored scale already holds the division by 127 and the decoder divides again.",
    correct: "The residual is scale times the signed byte.",
    test: "A residual of 1.0 must come back as 1.0 and not 1/127.",
    isCaughtByPeerTest: nil,
    note: "Known from undated snapshots; its Q5 residual kernel for CUDA does not divide and so differs from its own CPU code."
)
}

private let defect29 = defect29Made()
@_optimize(none) private func defect29Made() -> Defect {
Defect(
    id: "B30",
    kinds: [.decoder, .dot],
    formats: ["q3_k_hifi_res8"],
    location: "SYCL and Vulkan helpers",
    introduced: nil,
    fixed: nil,
    wrong: "The search stops at the first slot that matches a position.",
    correct: "Residuals of a position named twice add up in slot order.",
    test: "Two slots with one position.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect30 = defect30Made()
@_optimize(none) private func defect30Made() -> Defect {
Defect(
    id: "B31",
    kinds: [.decoder, .layout],
    formats: ["q3_k_hifi@r5", "q3_k_hifi@r6", "q3_k_hifi@r7a"],
    location: "ARM dequantizer",
    introduced: Milestone(date: "2025-12-12", commit: "1fb41ecd8"),
    fixed: Milestone(date: "2026-01-26", commit: "a9b311eca"),
    wrong: "The ARM file keeps the contiguous three-bit decoder of R2 and R3 and reads past the code bytes.",
    correct: "The Q3_K decode followed by the slots.",
    test: "Build and decode on ARM and compare with the baseline decoder.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect31 = defect31Made()
@_optimize(none) private func defect31Made() -> Defect {
Defect(
    id: "B32",
    kinds: [.id, .decoder],
    formats: ["q3_k_hifi@r12c", "q3_k_hifi@r13"],
    location: "R13 readers on R12 files",
    introduced: nil,
    fixed: nil,
    wrong: "Byte 134 is padding in R12 and the count in R13; 0 drops every outlier.",
    correct: "A reader that finds count 0 beside filled slots must refuse or warn.",
    test: "Count byte 0 with filled slots, and the other way round.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect32 = defect32Made()
@_optimize(none) private func defect32Made() -> Defect {
Defect(
    id: "B33",
    kinds: [.encoder, .determinism],
    formats: ["q3_k_hifi@r12c", "q4_k_hifi"],
    location: "threaded quantizer with an imatrix",
    introduced: Milestone(date: "2026-02-08", commit: "3b2aa1a6f"),
    fixed: nil,
    wrong: "The outlier count lives in a variable of the main thread only, so rows done by workers get another count.",
    correct: "The bytes do not depend on the number of threads.",
    test: "Encode with one, two and many threads and compare bytes.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect33 = defect33Made()
@_optimize(none) private func defect33Made() -> Defect {
Defect(
    id: "B34",
    kinds: [.layout, .id],
    formats: ["q3_k_hifi@r7a", "q3_k_hifi@r12c", "q2_k_hifi", "q5_k_hifi_res8", "q3_k_lite", "q4_k_lite", "q5_k_lite", "q6_k_lite"],
    location: "the fork's Python package",
    introduced: Milestone(date: "2025-11-27", commit: "6a7ff5324"),
    fixed: nil,
    wrong: "Numbers, sizes and decoders there differ from the library in most periods.",
    correct: "One table of sizes for all readers of a dialect.",
    test: "Compare block sizes and decoded values of the package with the library's.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect34 = defect34Made()
@_optimize(none) private func defect34Made() -> Defect {
Defect(
    id: "F1",
    kinds: [.decoder],
    formats: ["q3_k"],
    location: "planted fault",
    introduced: nil,
    fixed: nil,
    wrong: "Sub-block scales are taken with a bias of 31.",
    correct: "The bias is 32.",
    test: "Any block with a non-zero d and code.",
    isCaughtByPeerTest: Optional(false),
    note: nil
)
}

private let defect35 = defect35Made()
@_optimize(none) private func defect35Made() -> Defect {
Defect(
    id: "F2",
    kinds: [.decoder],
    formats: ["q3_k"],
    location: "planted fault",
    introduced: nil,
    fixed: nil,
    wrong: "The high bit of weight 255 is inverted.",
    correct: "All weights use the high bit in the same sense.",
    test: "A block whose last weight stands alone.",
    isCaughtByPeerTest: Optional(false),
    note: nil
)
}

private let defect36 = defect36Made()
@_optimize(none) private func defect36Made() -> Defect {
Defect(
    id: "F3",
    kinds: [.decoder],
    formats: ["q3_k"],
    location: "planted fault",
    introduced: nil,
    fixed: nil,
    wrong: "The last sub-block takes the scale of the one before.",
    correct: "Sub-block 15 has its own scale.",
    test: "Different scales in the last two sub-blocks.",
    isCaughtByPeerTest: Optional(false),
    note: nil
)
}

private let defect37 = defect37Made()
@_optimize(none) private func defect37Made() -> Defect {
Defect(
    id: "F4",
    kinds: [.decoder],
    formats: ["q3_k"],
    location: "planted fault",
    introduced: nil,
    fixed: nil,
    wrong: "Decoded values pass through fp16.",
    correct: "Values are fp32 products.",
    test: "A product with more than eleven significant bits.",
    isCaughtByPeerTest: Optional(false),
    note: nil
)
}

private let defect38 = defect38Made()
@_optimize(none) private func defect38Made() -> Defect {
Defect(
    id: "F5",
    kinds: [.decoder],
    formats: ["q3_k"],
    location: "planted fault",
    introduced: nil,
    fixed: nil,
    wrong: "The three factors are multiplied in another order.",
    correct: "First d times scale, then times code, each rounded.",
    test: "A block in which the two orders round differently.",
    isCaughtByPeerTest: Optional(false),
    note: nil
)
}

private let defect39 = defect39Made()
@_optimize(none) private func defect39Made() -> Defect {
Defect(
    id: "F6",
    kinds: [.decoder],
    formats: ["q3_k"],
    location: "planted fault",
    introduced: nil,
    fixed: nil,
    wrong: "A subnormal d becomes 0.",
    correct: "Subnormal halves are values like any other.",
    test: "d = 0x0001 and d = 0x03FF.",
    isCaughtByPeerTest: Optional(false),
    note: nil
)
}

private let defect40 = defect40Made()
@_optimize(none) private func defect40Made() -> Defect {
Defect(
    id: "F7",
    kinds: [.decoder],
    formats: ["q3_k"],
    location: "planted fault",
    introduced: nil,
    fixed: nil,
    wrong: "Weight 7 of each sixteen is zeroed.",
    correct: "Every weight is decoded.",
    test: "Any block without zero codes.",
    isCaughtByPeerTest: Optional(true),
    note: nil
)
}

private let defect41 = defect41Made()
@_optimize(none) private func defect41Made() -> Defect {
Defect(
    id: "F8",
    kinds: [.dot],
    formats: ["q3_k"],
    location: "planted fault",
    introduced: nil,
    fixed: nil,
    wrong: "The result is 2 per cent too large.",
    correct: "The result lies within the rounding bound.",
    test: "Any non-zero product.",
    isCaughtByPeerTest: Optional(false),
    note: nil
)
}

private let defect42 = defect42Made()
@_optimize(none) private func defect42Made() -> Defect {
Defect(
    id: "F9",
    kinds: [.dot],
    formats: ["q3_k"],
    location: "planted fault",
    introduced: nil,
    fixed: nil,
    wrong: "A half is added to the result.",
    correct: "The result lies within the rounding bound.",
    test: "A product that is exactly 0.",
    isCaughtByPeerTest: Optional(false),
    note: nil
)
}

private let defect43 = defect43Made()
@_optimize(none) private func defect43Made() -> Defect {
Defect(
    id: "F10",
    kinds: [.encoder],
    formats: ["q3_k"],
    location: "planted fault",
    introduced: nil,
    fixed: nil,
    wrong: "The last stage truncates instead of rounding.",
    correct: "Rounding to nearest with ties to even.",
    test: "Byte comparison on any ordinary block.",
    isCaughtByPeerTest: Optional(true),
    note: nil
)
}

private let defect44 = defect44Made()
@_optimize(none) private func defect44Made() -> Defect {
Defect(
    id: "F11",
    kinds: [.encoder],
    formats: ["q3_k"],
    location: "planted fault",
    introduced: nil,
    fixed: nil,
    wrong: "Codes are clamped to 2 instead of 3.",
    correct: "Codes run from -4 to 3.",
    test: "A block that needs code 3.",
    isCaughtByPeerTest: Optional(true),
    note: nil
)
}

private let defect45 = defect45Made()
@_optimize(none) private func defect45Made() -> Defect {
Defect(
    id: "F12",
    kinds: [.encoder],
    formats: ["q3_k"],
    location: "planted fault",
    introduced: nil,
    fixed: nil,
    wrong: "The super-scale is 1 per cent too large.",
    correct: "d is the half nearest to the reciprocal of the search result.",
    test: "Byte comparison on any ordinary block.",
    isCaughtByPeerTest: Optional(false),
    note: nil
)
}

private let defect46 = defect46Made()
@_optimize(none) private func defect46Made() -> Defect {
Defect(
    id: "F13",
    kinds: [.encoder],
    formats: ["q3_k"],
    location: "planted fault",
    introduced: nil,
    fixed: nil,
    wrong: "The upper scale bits of sub-blocks 12 to 15 are lost.",
    correct: "Six bits of each of sixteen scales are stored.",
    test: "Sub-block magnitudes that need all six bits in the last four.",
    isCaughtByPeerTest: Optional(false),
    note: nil
)
}

private let defect47 = defect47Made()
@_optimize(none) private func defect47Made() -> Defect {
Defect(
    id: "F14",
    kinds: [.encoder],
    formats: ["q3_k"],
    location: "planted fault",
    introduced: nil,
    fixed: nil,
    wrong: "The scale search is off.",
    correct: "Up to five passes of coordinate descent.",
    test: "Byte comparison on any ordinary block.",
    isCaughtByPeerTest: Optional(true),
    note: nil
)
}

private let defect48 = defect48Made()
@_optimize(none) private func defect48Made() -> Defect {
Defect(
    id: "F15",
    kinds: [.encoder],
    formats: ["q3_k"],
    location: "planted fault",
    introduced: nil,
    fixed: nil,
    wrong: "The sign of the largest scale is lost.",
    correct: "d carries the sign that gives the largest scale code -32.",
    test: "A block whose largest group scale is negative.",
    isCaughtByPeerTest: Optional(true),
    note: nil
)
}

private let defect49 = defect49Made()
@_optimize(none) private func defect49Made() -> Defect {
Defect(
    id: "F16",
    kinds: [.encoder],
    formats: ["q3_k"],
    location: "planted fault",
    introduced: nil,
    fixed: nil,
    wrong: "An all-zero block gets a NaN scale.",
    correct: "An all-zero block has d = 0.",
    test: "A block of zeros.",
    isCaughtByPeerTest: Optional(false),
    note: nil
)
}

private let defect50 = defect50Made()
@_optimize(none) private func defect50Made() -> Defect {
Defect(
    id: "F17",
    kinds: [.dot],
    formats: ["q3_k"],
    location: "planted fault",
    introduced: nil,
    fixed: nil,
    wrong: "The last block of a row is left out.",
    correct: "Every block counts.",
    test: "A row whose last block alone is not zero.",
    isCaughtByPeerTest: Optional(true),
    note: nil
)
}

private let defect51 = defect51Made()
@_optimize(none) private func defect51Made() -> Defect {
Defect(
    id: "O1",
    kinds: [.decoder],
    formats: ["q6_k_hifi_dynamic", "q6_k_hifi_res8"],
    location: "fork B",
    introduced: Milestone(date: "2026-03-03", commit: "1de093b32"),
    fixed: nil,
    wrong: "A count over eight is not clamped; the decoder reads later fields and blocks as slots.",
    correct: "At most eight slots exist; a larger count is reported and never followed.",
    test: "Counts 9, 127 and 255 under an address checker.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect52 = defect52Made()
@_optimize(none) private func defect52Made() -> Defect {
Defect(
    id: "O2",
    kinds: [.decoder],
    formats: ["q5_k_hifi_res8"],
    location: "fork B",
    introduced: Milestone(date: "2026-03-03", commit: "1de093b32"),
    fixed: nil,
    wrong: "A count over eight writes past a table on the stack; a crafted file crashes the program.",
    correct: "At most eight slots exist; a larger count is reported and never followed.",
    test: "Counts 9, 127 and 255 under an address checker.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect53 = defect53Made()
@_optimize(none) private func defect53Made() -> Defect {
Defect(
    id: "O3",
    kinds: [.decoder, .determinism],
    formats: ["q5_k_hifi_res8"],
    location: "fork B built by gcc 12 at -O3",
    introduced: Milestone(date: "2026-03-03", commit: "1de093b32"),
    fixed: nil,
    wrong: "A table is written and read through two struct types; the optimizer returns stale values at counts 6 and 7.",
    correct: "The decode of the specification, which the build without strict aliasing gives.",
    test: "Blocks with every count from 0 to 8, decoded twice.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect54 = defect54Made()
@_optimize(none) private func defect54Made() -> Defect {
Defect(
    id: "O4",
    kinds: [.decoder],
    formats: ["q5_k_hifi_res8"],
    location: "fork B",
    introduced: Milestone(date: "2026-03-03", commit: "1de093b32"),
    fixed: nil,
    wrong: "Of two slots with one position only the first is added, unlike in the other residual types.",
    correct: "Behaviour of this format as measured; a duplicate position is reported.",
    test: "Two slots with one position.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect55 = defect55Made()
@_optimize(none) private func defect55Made() -> Defect {
Defect(
    id: "O5",
    kinds: [.encoder],
    formats: ["q3_k_hifi@r12c", "q4_k_hifi"],
    location: "fork B with fewer than eight outliers",
    introduced: Milestone(date: "2026-03-03", commit: "1de093b32"),
    fixed: nil,
    wrong: "Unused slots hold position 255 and value 0 (position 0 where there is no outlier), and that weight decodes to 0.",
    correct: "A conforming encoder never writes a slot that changes a weight it does not mean.",
    test: "Encode with two to seven outliers and look at weight 255; with none, at weight 0.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect56 = defect56Made()
@_optimize(none) private func defect56Made() -> Defect {
Defect(
    id: "O6",
    kinds: [.dot, .layout],
    formats: ["q6_k_hifi"],
    location: "fork B, CPU dot product",
    introduced: Milestone(date: "2026-03-03", commit: "1de093b32"),
    fixed: nil,
    wrong: "The kernel is that of plain Q6_K, so blocks of 222 bytes are walked in steps of 210 and outliers are left out.",
    correct: "The step is the block size, and outliers replace the base.",
    test: "A row of two blocks.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect57 = defect57Made()
@_optimize(none) private func defect57Made() -> Defect {
Defect(
    id: "O7",
    kinds: [.dot],
    formats: ["q3_k_hifi_res8"],
    location: "fork B, CPU",
    introduced: Milestone(date: "2026-03-03", commit: "1de093b32"),
    fixed: nil,
    wrong: "There is no CPU dot product and running such a model crashes.",
    correct: "A missing kernel is an error message.",
    test: "Ask for the dot product of the type.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect58 = defect58Made()
@_optimize(none) private func defect58Made() -> Defect {
Defect(
    id: "O8",
    kinds: [.dot],
    formats: ["q2_k_hifi"],
    location: "fork B, CPU dot product",
    introduced: Milestone(date: "2026-03-03", commit: "1de093b32"),
    fixed: nil,
    wrong: "In replace mode the value is added without taking the base away.",
    correct: "In replace mode the weight is the stored value alone.",
    test: "Count byte 0x03 with a non-zero base at a listed position.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect59 = defect59Made()
@_optimize(none) private func defect59Made() -> Defect {
Defect(
    id: "O9",
    kinds: [.dot],
    formats: ["q5_k_hifi_res8", "q6_k_hifi_res8", "q6_k_hifi_dynamic"],
    location: "fork B, CPU dot products",
    introduced: Milestone(date: "2026-03-03", commit: "1de093b32"),
    fixed: nil,
    wrong: "Corrections are skipped where the quantized activation is 4 or less in magnitude.",
    correct: "All corrections count.",
    test: "Activations of which the listed position has a quant of 1 to 4.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect60 = defect60Made()
@_optimize(none) private func defect60Made() -> Defect {
Defect(
    id: "O10",
    kinds: [.dot],
    formats: ["q3_k_hifi@r12c", "q4_k_hifi"],
    location: "fork B, CPU dot products",
    introduced: Milestone(date: "2026-03-03", commit: "1de093b32"),
    fixed: nil,
    wrong: "Each copy of a repeated position counts while decoding keeps only the last.",
    correct: "The product of the decoded weights.",
    test: "Two slots with one position and different values.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect61 = defect61Made()
@_optimize(none) private func defect61Made() -> Defect {
Defect(
    id: "O11",
    kinds: [.encoder, .determinism],
    formats: ["q3_k_hifi@r12c", "q4_k_hifi"],
    location: "fork B, quantizer with an imatrix",
    introduced: Milestone(date: "2026-03-03", commit: "1de093b32"),
    fixed: nil,
    wrong: "Two runs with two threads gave two different files.",
    correct: "The bytes do not depend on the number of threads.",
    test: "Encode twice with two threads and compare bytes.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect62 = defect62Made()
@_optimize(none) private func defect62Made() -> Defect {
Defect(
    id: "O12",
    kinds: [.encoder],
    formats: ["q5_k_hifi_res8"],
    location: "fork B, E4M3 scale",
    introduced: Milestone(date: "2026-03-03", commit: "1de093b32"),
    fixed: nil,
    wrong: "Residual maxima under 2^-7 encode as scale 0 although the outliers were already taken out of the base.",
    correct: "An encoder keeps the outliers in the base when it cannot store the scale.",
    test: "Gaussian weights of deviation 0.002.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect63 = defect63Made()
@_optimize(none) private func defect63Made() -> Defect {
Defect(
    id: "O13",
    kinds: [.encoder, .validator],
    formats: ["q3_k_hifi@r6", "q3_k_hifi@r12c", "q4_k_hifi", "q6_k_hifi", "q6_k_hifi_dynamic"],
    location: "forks A and B",
    introduced: Milestone(date: "2025-12-13", commit: "c5bf27f5e"),
    fixed: nil,
    wrong: "Weights over 65504 become infinite outliers silently and validation accepts them.",
    correct: "A conforming encoder refuses a weight that fp16 cannot hold; verification reports a slot that is not finite.",
    test: "A weight of 1e6, and a slot of 0x7C00.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect64 = defect64Made()
@_optimize(none) private func defect64Made() -> Defect {
Defect(
    id: "O14",
    kinds: [.validator],
    formats: ["q3_k_hifi_res8", "q5_k_hifi_res8", "q6_k_hifi_res8"],
    location: "fork B",
    introduced: Milestone(date: "2026-03-03", commit: "1de093b32"),
    fixed: nil,
    wrong: "Only d and dmin of the base are checked; a residual scale that is NaN or infinite passes.",
    correct: "Every stored float is checked.",
    test: "A residual scale of 0x7F800000 and 0x7FC00000.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect65 = defect65Made()
@_optimize(none) private func defect65Made() -> Defect {
Defect(
    id: "O15",
    kinds: [.validator],
    formats: ["q6_k_hifi_dynamic", "q6_k_hifi_res8", "q5_k_hifi_res8"],
    location: "fork B",
    introduced: Milestone(date: "2026-03-03", commit: "1de093b32"),
    fixed: nil,
    wrong: "The validator does not look at the count byte.",
    correct: "A count over the number of slots is damage.",
    test: "Count 9.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect66 = defect66Made()
@_optimize(none) private func defect66Made() -> Defect {
Defect(
    id: "O16",
    kinds: [.encoder],
    formats: ["q3_k_hifi_res8", "q6_k_hifi_res8"],
    location: "fork B",
    introduced: Milestone(date: "2026-03-03", commit: "1de093b32"),
    fixed: nil,
    wrong: "One infinite weight gives eight weights that are not finite, in a block that validates.",
    correct: "A conforming encoder refuses an input that is not finite.",
    test: "One infinite weight.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect67 = defect67Made()
@_optimize(none) private func defect67Made() -> Defect {
Defect(
    id: "O17",
    kinds: [.encoder],
    formats: ["iq4_nl"],
    location: "fork B, all-zero importances",
    introduced: Milestone(date: "2026-03-03", commit: "1de093b32"),
    fixed: nil,
    wrong: "A block whose importances are all 0 gets NaN scales.",
    correct: "All-zero importances behave as equal ones.",
    test: "Encode with importances of 0.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect68 = defect68Made()
@_optimize(none) private func defect68Made() -> Defect {
Defect(
    id: "O18",
    kinds: [.encoder, .determinism],
    formats: ["q5_k_hifi_res8"],
    location: "fork B",
    introduced: Milestone(date: "2026-03-03", commit: "1de093b32"),
    fixed: nil,
    wrong: "The last two bytes of a block are never written and hold what was in memory.",
    correct: "Padding is written as 0.",
    test: "Encode into a buffer filled with 0xAA.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect69 = defect69Made()
@_optimize(none) private func defect69Made() -> Defect {
Defect(
    id: "O19",
    kinds: [.encoder, .determinism],
    formats: ["q3_k_hifi@r10", "q3_k_hifi@r11"],
    location: "fork, imatrix path without outliers",
    introduced: Milestone(date: "2026-02-03", commit: "339651b02"),
    fixed: nil,
    wrong: "The count byte is never written; GPU readers follow it.",
    correct: "The count byte is 0 when there is no outlier.",
    test: "Encode with an imatrix and count 0 into a buffer filled with 0xAA.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect70 = defect70Made()
@_optimize(none) private func defect70Made() -> Defect {
Defect(
    id: "O20",
    kinds: [.decoder],
    formats: ["q3_k_hifi@r1", "q3_k_hifi@r2"],
    location: "fork, sixteen-bit positions",
    introduced: Milestone(date: "2025-11-27", commit: "6a7ff5324"),
    fixed: nil,
    wrong: "A position of 256 or more writes outside the block.",
    correct: "Such a slot is damage and is never applied.",
    test: "Positions 256 and 65535 under an address checker.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect71 = defect71Made()
@_optimize(none) private func defect71Made() -> Defect {
Defect(
    id: "O21",
    kinds: [.validator],
    formats: ["q3_k_hifi_res8"],
    location: "fork from 4660add54 until 720bfb0b6",
    introduced: Milestone(date: "2026-01-18", commit: "4660add54"),
    fixed: nil,
    wrong: "The type has no validation case, so every block fails.",
    correct: "A valid block passes.",
    test: "Validate a block that the encoder made.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect72 = defect72Made()
@_optimize(none) private func defect72Made() -> Defect {
Defect(
    id: "O22",
    kinds: [.id],
    formats: ["q3_k_hifi@r12c"],
    location: "fork B, file type 45 on small models",
    introduced: Milestone(date: "2026-02-08", commit: "3b2aa1a6f"),
    fixed: nil,
    wrong: "For models counted as 2B or less the file type makes no Q3_K_HIFI tensor, and a file larger than Q3_K_M.",
    correct: "The file type tells the routing, not that a type occurs.",
    test: "Histogram of Qwen3-1.7B under F08.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect73 = defect73Made()
@_optimize(none) private func defect73Made() -> Defect {
Defect(
    id: "O23",
    kinds: [.encoder, .determinism],
    formats: ["q3_k", "q4_k", "q5_k", "q6_k", "q2_k"],
    location: "encoders built with contraction",
    introduced: nil,
    fixed: nil,
    wrong: "Fused multiply-add changes the bytes of up to a third of the blocks.",
    correct: "Encoders round every product and sum.",
    test: "Build with and without contraction and compare bytes.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect74 = defect74Made()
@_optimize(none) private func defect74Made() -> Defect {
Defect(
    id: "O24",
    kinds: [.dot],
    formats: ["q2_k", "q4_k", "q5_k", "q6_k", "iq1_s", "tq1_0", "tq2_0", "q2_k_hifi", "q5_k_hifi_res8"],
    location: "CPU dot products of llama.cpp and the fork",
    introduced: nil,
    fixed: nil,
    wrong: "What all weights of a sub-block have in common is multiplied by the sum stored beside the activations, not by that of the codes.",
    correct: "The codes decide; the stored sums are conveniences.",
    test: "Activations whose stored sums are zero and whose codes are not.",
    isCaughtByPeerTest: nil,
    note: "Without effect where the sums are those of the codes, as quantizers write them."
)
}

private let defect75 = defect75Made()
@_optimize(none) private func defect75Made() -> Defect {
Defect(
    id: "O25",
    kinds: [.encoder, .determinism],
    formats: ["iq4_nl"],
    location: "row quantizer of llama.cpp and the fork",
    introduced: nil,
    fixed: nil,
    wrong: "A block of negligible weights gets scale 0 and the codes of the block before it, or what the stack held if it is the first.",
    correct: "The bytes of a row depend on the row alone.",
    test: "Encode a row of zeros twice, with another row in between.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect76 = defect76Made()
@_optimize(none) private func defect76Made() -> Defect {
Defect(
    id: "O26",
    kinds: [.decoder],
    formats: ["iq1_bn", "iq2_bn"],
    location: "ik_llama.cpp 8337e4cd3, to_float of the CPU library",
    introduced: nil,
    fixed: nil,
    wrong: "Decoding takes the header of a row for bytes of its first block and leaves the scale of the row out.",
    correct: "Blocks begin behind the header, whose scale multiplies every weight, as the encoder writes them and the GPU decodes them.",
    test: "Decode an encoded row of ternary weights other than -1, 0 and 1.",
    isCaughtByPeerTest: nil,
    note: nil
)
}

private let defect77 = defect77Made()
@_optimize(none) private func defect77Made() -> Defect {
Defect(
    id: "O27",
    kinds: [.encoder],
    formats: ["iq3_s"],
    location: "row quantizer of IQ3_S in llama.cpp and its forks",
    introduced: nil,
    fixed: nil,
    wrong: "A sub-block of zeros does not move on where signs and the lower eight bits of entries are stored, so those of every sub-block after it lie one place too early.",
    correct: "Each sub-block's signs and entries lie at its own place; scales and the ninth bits of entries do.",
    test: "Encode a block whose second sub-block of 32 is zero, and decode it. The third sub-block takes the signs and entries of the fourth.",
    isCaughtByPeerTest: nil,
    note: "Files have it, so an encoder that writes what llama.cpp writes repeats it (ENC-36), as the one of this package does."
)
}

extension Spec {
    static let defectTable: [Defect] = [defect0, defect1, defect2, defect3, defect4, defect5, defect6, defect7, defect8, defect9, defect10, defect11, defect12, defect13, defect14, defect15, defect16, defect17, defect18, defect19, defect20, defect21, defect22, defect23, defect24, defect25, defect26, defect27, defect28, defect29, defect30, defect31, defect32, defect33, defect34, defect35, defect36, defect37, defect38, defect39, defect40, defect41, defect42, defect43, defect44, defect45, defect46, defect47, defect48, defect49, defect50, defect51, defect52, defect53, defect54, defect55, defect56, defect57, defect58, defect59, defect60, defect61, defect62, defect63, defect64, defect65, defect66, defect67, defect68, defect69, defect70, defect71, defect72, defect73, defect74, defect75, defect76, defect77]
}
