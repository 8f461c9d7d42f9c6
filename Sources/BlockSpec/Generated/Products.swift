// Generated from Spec/ by `swift run spectool generate`. Do not edit: change the spec and run it again.

private let productClause0 = productClause0Made()
@_optimize(none) private func productClause0Made() -> Clause {
Clause(
    id: "DOT-01",
    topic: .dot,
    text: "The product of a row is the sum over its weights of weight times activation in real arithmetic: the weight is its declared value without the fp32 roundings of a decoder, the activation is scale times code."
)
}

private let productClause1 = productClause1Made()
@_optimize(none) private func productClause1Made() -> Clause {
Clause(
    id: "DOT-02",
    topic: .dot,
    text: "Within a sub-block the sum of code times activation code is an integer and is exact; sub-blocks are combined as if in real arithmetic."
)
}

private let productClause2 = productClause2Made()
@_optimize(none) private func productClause2Made() -> Clause {
Clause(
    id: "DOT-03",
    topic: .dot,
    text: "Stored outliers act as in decoding: a slot that replaces leaves nothing of the base under it, the last of two slots with one position wins, a slot that adds accumulates, counts are held to their maximum. So the product equals decoded weights times decoded activations, and a kernel that adds where the format replaces, or takes the base off once per slot, does not conform."
)
}

private let productClause3 = productClause3Made()
@_optimize(none) private func productClause3Made() -> Clause {
Clause(
    id: "DOT-04",
    topic: .dot,
    text: "The sums that Q8_K and Q8_1 store beside their codes are conveniences: the product is that of the codes."
)
}

private let productClause4 = productClause4Made()
@_optimize(none) private func productClause4Made() -> Clause {
Clause(
    id: "DOT-05",
    topic: .dot,
    text: "The magnitude of a product is the sum of the absolute values of everything that a kernel may round on its own: scale times code times activation, minimum times activation, each correction, and twice the base under each correction."
)
}

private let productClause5 = productClause5Made()
@_optimize(none) private func productClause5Made() -> Clause {
Clause(
    id: "DOT-06",
    topic: .dot,
    text: "A kernel conforms if its result differs from the product by at most gamma(m) times the magnitude, with gamma(m) = m u / (1 - m u), u = 2^-24 and m = 16 + the number of products added, plus the error of stored sums where DOT-08 applies, plus m times the number of products times 2^-149 for underflow."
)
}

private let productClause6 = productClause6Made()
@_optimize(none) private func productClause6Made() -> Clause {
Clause(
    id: "DOT-07",
    topic: .dot,
    text: "A kernel that sums integers exactly meets the same bound with the number of integer sums in place of the number of products: one per sub-block, one more where the format has minima, two per correction."
)
}

private let productClause7 = productClause7Made()
@_optimize(none) private func productClause7Made() -> Clause {
Clause(
    id: "DOT-08",
    topic: .dot,
    text: "Where a format has minima and the activation format is Q8_1, the bound is widened by |minimum| times the difference between the stored sum and scale times the sum of the codes, block by block: kernels may use either."
)
}

private let productClause8 = productClause8Made()
@_optimize(none) private func productClause8Made() -> Clause {
Clause(
    id: "DOT-09",
    topic: .dot,
    text: "A product that is NaN or infinite asks for a result that is not finite, of whichever kind. Where the magnitude exceeds the range of fp32 any result conforms."
)
}

private let productClause9 = productClause9Made()
@_optimize(none) private func productClause9Made() -> Clause {
Clause(
    id: "DOT-10",
    topic: .dot,
    text: "A kernel gives the same bits for the same row, whatever the number of threads, the rows beside it and the run."
)
}

private let productClause10 = productClause10Made()
@_optimize(none) private func productClause10Made() -> Clause {
Clause(
    id: "ACT-01",
    topic: .encode,
    text: "Q8_K: with e the value of largest magnitude (the first of equals) and i = -127 / e, a code is i * x to nearest, ties to even, at most 127; d is 1 / i in fp32; the sums are those of each sixteen codes. A block without a value other than zero is all zero."
)
}

private let productClause11 = productClause11Made()
@_optimize(none) private func productClause11Made() -> Clause {
Clause(
    id: "ACT-02",
    topic: .encode,
    text: "Q8_0, portable: d is the largest magnitude / 127 in fp32, a code is x * (1 / d) to nearest, ties away from zero, with d before it is rounded to fp16; a block of zeros has d = 0 and codes 0. These are also the bytes of Q8_0 weights."
)
}

private let productClause12 = productClause12Made()
@_optimize(none) private func productClause12Made() -> Clause {
Clause(
    id: "ACT-03",
    topic: .encode,
    text: "Q8_0, vector: as ACT-02 with codes x * (127 / largest magnitude) to nearest, ties to even. The two differ in single codes; both conform."
)
}

private let productClause13 = productClause13Made()
@_optimize(none) private func productClause13Made() -> Clause {
Clause(
    id: "ACT-04",
    topic: .encode,
    text: "Q8_1: as Q8_0; s is d before rounding times the sum of the codes, rounded to fp32 and then to fp16."
)
}

extension Spec {
    static let productClauseTable: [Clause] = [productClause0, productClause1, productClause2, productClause3, productClause4, productClause5, productClause6, productClause7, productClause8, productClause9, productClause10, productClause11, productClause12, productClause13]
}
