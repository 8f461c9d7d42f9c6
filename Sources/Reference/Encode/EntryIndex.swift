import HIFIBlockSpec
import Synchronization

/// The entries of a grid by their levels, and the entries that are near where there is none.
///
/// A *level* is the place of a number among those that occur in the grid: 0, 1, 2 for 8, 25, 43. A *point* is a level for each lane; its
/// key is these digits, the first lane lowest, in as few bits each as they take.
package final class EntryIndex: Sendable {
    /// Lanes of an entry.
    package let lanes: Int
    /// How many levels there are.
    package let levels: Int
    /// Bits of a level in a key.
    package let bits: Int
    /// By key: the number of the entry there, or -1 - (where its neighbours begin in `neighbours`).
    package let places: [Int32]
    /// For each point without an entry: how many neighbours it has, then their numbers.
    package let neighbours: [UInt16]
    /// Levels of the entries, lane by lane.
    package let entries: [UInt8]

    /// - Parameter shells: how many of the distances that occur, from the least, belong to the neighbourhood.
    ///
    /// Neighbours are in order of distance, those at equal distance in order of number (ENC-33). The distance is Euclid's between levels.
    init(_ grid: Grid, shells: Int) {
        let numbers = Set(grid.numbers).sorted()
        lanes = grid.lanes
        levels = numbers.count
        bits = Int.bitWidth - (numbers.count - 1).leadingZeroBitCount
        let rank = Dictionary(uniqueKeysWithValues: numbers.enumerated().map { ($1, UInt8($0)) })
        entries = grid.numbers.map { rank[$0] ?? 0 }
        var places = [Int32](repeating: -1, count: 1 << (bits * lanes))
        var isEntry = [Bool](repeating: false, count: places.count)
        for entry in 0..<grid.entries {
            let key = Self.key(entries[entry * lanes..<(entry + 1) * lanes], bits)
            places[key] = Int32(entry)
            isEntry[key] = true
        }
        var neighbours: [UInt16] = []
        var point = [UInt8](repeating: 0, count: lanes)
        var byDistance = [[UInt16]](repeating: [], count: lanes * (levels - 1) * (levels - 1) + 1)
        repeat {
            let key = Self.key(point[...], bits)
            guard !isEntry[key] else { continue }
            for entry in 0..<grid.entries {
                var distance = 0
                for lane in 0..<lanes {
                    let difference = Int(entries[entry * lanes + lane]) - Int(point[lane])
                    distance += difference * difference
                }
                byDistance[distance].append(UInt16(entry))
            }
            let near = byDistance.lazy.filter { !$0.isEmpty }.prefix(shells).flatMap { $0 }
            places[key] = Int32(-1 - neighbours.count)
            neighbours.append(UInt16(near.count))
            neighbours.append(contentsOf: near)
            for distance in byDistance.indices { byDistance[distance].removeAll(keepingCapacity: true) }
        } while Self.advance(&point, levels)
        self.places = places
        self.neighbours = neighbours
    }

    private static func key(_ point: ArraySlice<UInt8>, _ bits: Int) -> Int {
        point.reversed().reduce(0) { $0 << bits | Int($1) }
    }

    /// The next point; false after the last.
    private static func advance(_ point: inout [UInt8], _ levels: Int) -> Bool {
        for lane in point.indices {
            point[lane] += 1
            if point[lane] < levels { return true }
            point[lane] = 0
        }
        return false
    }

    private struct Key: Hashable {
        let grid: Grid
        let shells: Int
    }

    private static let built = Mutex<[Key: EntryIndex]>([:])

    /// The index of a grid, made once.
    static func of(_ grid: Grid, shells: Int) -> EntryIndex {
        built.withLock { known in
            let key = Key(grid: grid, shells: shells)
            if let index = known[key] { return index }
            let index = EntryIndex(grid, shells: shells)
            known[key] = index
            return index
        }
    }
}
