import HIFIBlockSpec
import HIFICKernels
import HIFIReference
import Synchronization

/// The entries of a grid in the terms of the C search: the neighbours of a point side by side, eight to a vector.
final class EntryTable: @unchecked Sendable {
    // Unchecked: the memory is written by the initializer only.
    private let places: UnsafeMutableBufferPointer<Int32>
    private let lists: UnsafeMutableBufferPointer<UInt8>
    private let entries: UnsafeMutableBufferPointer<UInt8>
    private let shape: (lanes: UInt8, levels: UInt8, bits: UInt8)

    private static let width = 8

    /// Nil where levels or places do not fit the C types.
    private init?(_ index: EntryIndex) {
        guard let lanes = UInt8(exactly: index.lanes), let levels = UInt8(exactly: index.levels), levels <= 64,
            let bits = UInt8(exactly: index.bits)
        else { return nil }
        shape = (lanes, levels, bits)
        var lists: [UInt8] = []
        var places = index.places
        for key in places.indices where places[key] < 0 {
            let first = Int(-1 - places[key])
            let numbers = index.neighbours[first + 1..<first + 1 + Int(index.neighbours[first])]
            guard let last = numbers.last, let place = Int32(exactly: lists.count) else { return nil }
            places[key] = -1 - place
            let blocks = (numbers.count + Self.width - 1) / Self.width
            lists += Self.bytes(UInt32(blocks))
            for block in 0..<blocks {
                let own = (0..<Self.width).map { lane in
                    let place = numbers.startIndex + block * Self.width + lane
                    return place < numbers.endIndex ? numbers[place] : last
                }
                lists += own.flatMap(Self.bytes)
                for lane in 0..<index.lanes { lists += own.map { 2 * index.entries[Int($0) * index.lanes + lane] + 1 } }
            }
        }
        self.places = .allocate(capacity: places.count)
        self.lists = .allocate(capacity: lists.count)
        entries = .allocate(capacity: index.entries.count)
        _ = self.places.initialize(from: places)
        _ = self.lists.initialize(from: lists)
        _ = entries.initialize(from: index.entries)
    }

    deinit {
        places.deallocate()
        lists.deallocate()
        entries.deallocate()
    }

    private static func bytes<T: FixedWidthInteger>(_ number: T) -> [UInt8] { withUnsafeBytes(of: number) { Array($0) } }

    private static let made = Mutex<[ObjectIdentifier: EntryTable]>([:])

    /// The table of an index. Indices are made once and stay, so that they can be told by identity.
    private static func of(_ index: EntryIndex) -> EntryTable? {
        made.withLock { made in
            if let table = made[ObjectIdentifier(index)] { return table }
            let table = EntryTable(index)
            made[ObjectIdentifier(index)] = table
            return table
        }
    }

    /// The search by kernels of an instruction set.
    static func maker(_ kernels: KernelTable) -> EntryKernelMaker? {
        guard let search = kernels.pointer.pointee.search_entries else { return nil }
        return { index, rule in
            guard let table = of(index), let part = UInt8(exactly: rule.part), let trials = UInt8(exactly: rule.trials) else { return nil }
            return { x, weights, roots, base, levels in
                var c = table.c
                c.part = part
                c.trials = trials
                c.step = rule.step
                c.again = UInt8(rule.again.c.rawValue)
                var scale: Float = 0
                return search(&c, x, weights, roots, base, &scale, levels) != 0 ? scale : nil
            }
        }
    }

    private var c: hifi_entry_index {
        var c = hifi_entry_index()
        (c.lanes, c.levels, c.bits) = shape
        c.places = UnsafePointer(places.baseAddress)
        c.lists = UnsafePointer(lists.baseAddress)
        c.entries = UnsafePointer(entries.baseAddress)
        return c
    }
}

extension EntryRule.Again {
    fileprivate var c: hifi_again {
        switch self {
        case .strayed: HIFI_AGAIN_STRAYED
        case .allIfStrayed: HIFI_AGAIN_ALL_IF_STRAYED
        case .all: HIFI_AGAIN_ALL
        }
    }
}
