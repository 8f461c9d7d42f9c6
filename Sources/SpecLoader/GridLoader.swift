import HIFIBlockSpec
import HIFICXXHash

extension SpecSource {
    static let gridFile = "grids.yaml"

    /// The tables of `grids.yaml`, unpacked; each must have the digest that stands beside it.
    public func grids() throws -> [Grid] { try gridSources().map(\.grid) }

    /// The tables with their packed form, which is what is compiled in.
    func gridSources() throws -> [PackedGrid] {
        let checks = SpecChecks(file: Self.gridFile)
        let file = try decodeStrictly(GridFile.self, from: Self.gridFile)
        try checks.unique(file.grids.map(\.id), "grid")
        return try file.grids.map { source in
            let values = try source.values.map { value in
                guard let value = Int8(exactly: value) else { throw checks.fail("\(source.id): \(value) is no signed byte") }
                return value
            }
            let packed = source.packed.filter { $0 != " " && $0 != "\n" }
            guard (2...256).contains(values.count), (1...16).contains(source.lanes), (2...65536).contains(source.entries),
                source.entries.nonzeroBitCount == 1
            else { throw checks.fail("\(source.id): entries are a power of two, of 1 to 16 lanes, with 2 to 256 values") }
            let bits = source.entries * source.lanes * Grid.bits(of: values)
            guard packed.utf8.count == (bits + 7) / 8 * 2 else {
                throw checks.fail("\(source.id): \(packed.utf8.count) digits, where \((bits + 7) / 8 * 2) are needed")
            }
            let grid = Grid(id: source.id, lanes: source.lanes, entries: source.entries, values: values, packed: packed)
            guard grid.numbers.count == source.entries * source.lanes else { throw checks.fail("\(source.id): not hexadecimal throughout") }
            let digest = Self.xxh3(grid.numbers)
            guard digest == source.xxh3 else {
                throw checks.fail("\(source.id): the numbers have the digest \(digest), not \(source.xxh3)")
            }
            guard Set(grid.numbers) == Set(values) else {
                throw checks.fail("\(source.id): values that no entry has, or a place without a value")
            }
            return PackedGrid(grid: grid, values: values, packed: packed)
        }
    }

    private static func xxh3(_ numbers: [Int8]) -> String {
        let digits = String(numbers.withUnsafeBytes { XXH3_64bits($0.baseAddress, $0.count) }, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// `grids.yaml`.
struct GridFile: Codable {
    var grids: [Entry]

    struct Entry: Codable {
        var id: String
        var entries: Int
        var lanes: Int
        var values: [Int]
        var packed: String
        var xxh3: String
    }
}

/// A table and how it is written.
struct PackedGrid {
    let grid: Grid
    let values: [Int8]
    let packed: String
}

extension PackedGrid: SwiftLiteralConvertible {
    var swiftLiteral: String {
        let numbers = values.map(String.init).joined(separator: ", ")
        return "Grid(id: \(grid.id.swiftQuoted), lanes: \(grid.lanes), entries: \(grid.entries), "
            + "values: [\(numbers)], packed: \(packed.swiftQuoted))"
    }
}

/// Formats refer to tables by name, so that each is compiled in once.
extension Grid: SwiftLiteralConvertible {
    var swiftLiteral: String { "Spec.gridEntry(\(id.swiftQuoted))" }
}

extension Selection: SwiftLiteralConvertible {
    var swiftLiteral: String {
        let rule =
            switch rule {
            case .ternary: ".ternary"
            case .ternaryFromLast: ".ternaryFromLast"
            case .sequence(let sequence): ".sequence(\(SwiftLiteral.render(sequence)))"
            case .grid(let grid, let bits): ".grid(\(grid.swiftLiteral), bits: \(bits))"
            }
        let lane = lane.map(\.swiftQuoted).joined(separator: ", ")
        return "Selection(lane: [\(lane)], rule: \(rule), signs: .\(signs))"
    }
}
