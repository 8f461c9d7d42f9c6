import HIFIBlockSpec
import Testing

/// Formulas of architectures.
@Suite("Formulas")
struct FormulaTests {
    private struct Values: FormulaValues {
        func value(of parameter: String, in layer: Int) -> Int? {
            switch parameter {
            case "heads": [4, 6][min(layer, 1)]
            case "width": 64
            case "unknown": nil
            case "huge": .max
            default: 0
            }
        }

        func text(of parameter: String) -> String? { parameter == "kind" ? "yarn" : nil }
        func hasTensor(_ name: String) -> Bool { name == "blk.1.attn_qkv.weight" }
        func rows(ofTensor name: String) -> Int? { hasTensor(name) ? 96 : nil }
    }

    @Test(
        "are arithmetic with the precedence of school and conditions that are 1 or 0",
        arguments: [
            ("2 + 3*4", 14), ("(2 + 3)*4", 20), ("20 - 3 - 4", 13), ("64/5", 12), ("7%4*2", 6), ("heads*width", 256),
            ("heads[layer]*width", 384),
            ("layer < 1", 0), ("layer >= 1 and width == 64", 1), ("width == 0 or layer != 1", 0), ("width > 0 ? heads : width", 4),
            ("width == 0 ? 1 : layer == 1 ? 2 : 3", 2), ("has(blk.{layer}.attn_qkv.weight)", 1), ("has(blk.0.attn_qkv.weight)", 0),
            ("rows(blk.{layer}.attn_qkv.weight) + rows(none)", 96), ("kind is yarn", 1), ("kind is linear", 0), ("absent + 1", 1),
            ("(layer + 1)%2 == 0", 1), ("width == 64 or unknown", 1), ("width == 0 and unknown", 0),
        ])
    func value(_ text: String, _ expected: Int) throws {
        let formula = try Formula(parsing: text)
        #expect(formula.value(Values(), layer: 1) == expected)
        // The source form reads as the same formula again.
        #expect(try Formula(parsing: formula.description) == formula)
    }

    @Test(
        "cannot be told on overflow, on division by zero and where a value cannot",
        arguments: ["huge*2", "huge + 1", "1/absent", "1%absent", "unknown + 1", "unknown ? 1 : 2"])
    func nothing(_ text: String) throws {
        #expect(try Formula(parsing: text).value(Values()) == nil)
        #expect(try !Formula(parsing: text).holds(Values()))
    }

    @Test(
        "that are badly written are refused",
        arguments: ["", "2 +", "(1", "heads[1]", "a b", "has()", "1 = 2", "99999999999999999999", "a ? b", "A"])
    func mistakes(_ text: String) { #expect(throws: (any Error).self) { try Formula(parsing: text) } }

    @Test("name the parameters that they read")
    func parameters() throws {
        #expect(try Formula(parsing: "a*b[layer] + a - (kind is yarn ? layer : has(c))").parameters == ["a", "b", "kind"])
    }
}
