/// The order in which the original writes tensors: those outside the layers first, then layer by layer, by name within each (QUANT-06).
enum TensorOrder {
    static func precedes(_ a: String, _ b: String) -> Bool {
        let (first, second) = (layer(of: a), layer(of: b))
        if first != second { return first < second }
        return a.utf8.lexicographicallyPrecedes(b.utf8)
    }

    /// The number after `blk.`; -1 where there is none.
    static func layer(of name: String) -> Int {
        guard name.hasPrefix("blk.") else { return -1 }
        let digits = name.utf8.dropFirst(4).prefix { (48...57).contains($0) }
        return Int(String(decoding: digits, as: UTF8.self)) ?? -1
    }
}
