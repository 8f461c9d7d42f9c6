import HIFIBlockSpec
import Testing

@Suite("Suggestions for mistyped names")
struct NearNamesTests {
    @Test(
        "the nearest names come first; nothing is offered that is not near",
        arguments: [
            ("verfy", ["verify"]), ("vreify", ["verify"]), ("VERIFY", ["verify"]), ("identfy", ["identify"]), ("q4_kk", ["q4_k"]),
            ("q3k", ["q3_k"]),
            ("perp", ["perplexity"]), ("zebra", []), ("", []), ("x", []),
        ])
    func nearest(word: String, names: [String]) {
        #expect(NearNames.find(word, in: ["verify", "identify", "perplexity", "q3_k", "q4_k", "f16"]).prefix(1) == names.prefix(1))
        if names.isEmpty { #expect(NearNames.find(word, in: ["verify", "identify", "perplexity", "q3_k", "q4_k", "f16"]).isEmpty) }
    }

    @Test("two neighbours exchanged are one mistake, three names at most are offered, long words none")
    func limits() {
        #expect(NearNames.question("comprae", in: ["compare"]) == "did you mean compare?")
        #expect(NearNames.question("ab1", in: ["ab2", "ab3", "ab4", "ab5"]) == "did you mean ab2, ab3 or ab4?")
        #expect(NearNames.question("abcd", in: ["wxyz"]) == nil)
        #expect(NearNames.hint("abcd", in: ["wxyz", "vw"]) == "known are wxyz, vw")
        #expect(NearNames.find(String(repeating: "a", count: 100_000), in: [String(repeating: "a", count: 100_000)]).isEmpty)
    }
}
