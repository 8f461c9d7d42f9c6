import Console
import HIFIForeign
import Testing

@Suite("Styles are marks until it is known where text goes")
struct StyleTests {
    @Test("without colour nothing is left of them, with colour they are what terminals take")
    func rendered() {
        let text = "a \(Style.red("b")) c\n\(Style.bold(ForeignText("d\u{1B}")))"
        #expect(Style.rendered(text, colour: false) == "a b c\nd\\u{1b}")
        #expect(Style.rendered(text, colour: true) == "a \u{1B}[31mb\u{1B}[0m c\n\u{1B}[1md\\u{1b}\u{1B}[0m")
    }

    @Test("whatever else steers a terminal is escaped, marks that nobody made included")
    func printable() {
        #expect(Style.rendered("a\u{1B}[31mb\u{9B}", colour: true) == "a\\u{1b}[31mb\\u{9b}")
        #expect(Style.rendered("\u{1}77\u{2}x\u{3}", colour: true) == "\u{1B}[0mx\u{1B}[0m")
        #expect(Style.rendered("x\u{3}\u{1}", colour: false) == "x")
    }

    @Test("columns are as wide as what is seen, coloured or not")
    func table() {
        var table = TextTable([("", .left), ("n", .right), ("", .left)])
        table.add(Style.green("yes"), "1", "one")
        table.add("maybe", Style.dim("20"), "")
        table.add("", "", "three")
        let text = table.lines().joined(separator: "\n")
        #expect(Style.rendered(text, colour: false) == "        n\nyes     1  one\nmaybe  20\n           three")
        #expect(Style.rendered(text, colour: true).contains("\u{1B}[32myes\u{1B}[0m     1  one"))
    }
}
