import Figures
import Pages
import Testing

@Suite("Numbers as text")
struct NumberTests {
    @Test("fixed-point text rounds exact ties to even, as C's printf does")
    func ties() {
        #expect(FixedPoint.text(389.125, places: 2) == "389.12")
        #expect(FixedPoint.text(389.375, places: 2) == "389.38")
        #expect(FixedPoint.text(0.5, places: 0) == "0" && FixedPoint.text(1.5, places: 0) == "2" && FixedPoint.text(2.5, places: 0) == "2")
        // 1.005 is below the tie in binary, 1.015 above.
        #expect(FixedPoint.text(1.005, places: 2) == "1.00" && FixedPoint.text(1.015, places: 2) == "1.01")
        #expect(FixedPoint.text(-0.125, places: 2) == "-0.12")
        #expect(FixedPoint.text(.nan, places: 2) == "nan" && FixedPoint.text(-.infinity, places: 2) == "-inf")
        #expect(FixedPoint.signed(-16.44, places: 1) == "\u{2212}16.4" && FixedPoint.signed(0.01, places: 1) == "0.0")
    }

    @Test("the loader's size: MiB below 1 GiB, ties to even")
    func loader() {
        #expect(LoaderSize(bytes: 408_027_136, elements: 751_632_384).size == "389.12 MiB")
        #expect(LoaderSize.size((1 << 30) - 1) == "1024.00 MiB" && LoaderSize.size(1 << 30) == "1.00 GiB")
        #expect(LoaderSize.size(0) == "0.00 MiB" && LoaderSize(bytes: 0, elements: 0).bitsPerWeight == "nan")
    }

    @Test("decimals are read exactly and written as they were", arguments: ["0", "16.42", "-3.1", "0.07", "-0.05", "1017.85", "382.370"])
    func decimals(text: String) throws {
        #expect(try #require(Decimal(text)).description == text)
    }

    @Test(
        "what is not a decimal is refused",
        arguments: ["", ".", "1.", ".5", "1e3", "--1", "1.2.3", "1,5", "1.1234567", "1234567890123", "٣"])
    func noDecimals(text: String) { #expect(Decimal(text) == nil) }

    @Test("a sign is read and can be written")
    func signs() throws {
        #expect(try #require(Decimal("+4.4")).signed == "+4.4")
        #expect(try #require(Decimal("-4.4")).signed == "-4.4")
        #expect(try #require(Decimal("0.0")).signed == "0.0")
    }
}
