import HIFIBlockSpec

/// A format for each of many tensors, or none. Every format is stored once, since a file may have a hundred thousand tensors.
public struct FormatList: Sendable, RandomAccessCollection, MutableCollection, ExpressibleByArrayLiteral {
    private var palette: [BlockFormat] = []
    /// Places in the palette; -1 for none.
    private var places: [Int32] = []

    /// The formats, in order.
    public init(_ formats: some Sequence<BlockFormat?>) {
        var known: [String: Int32] = [:]
        places.reserveCapacity(formats.underestimatedCount)
        for format in formats {
            guard let format else {
                places.append(-1)
                continue
            }
            if let place = known[format.id] {
                places.append(place)
                continue
            }
            let place = Int32(palette.count)
            known[format.id] = place
            palette.append(format)
            places.append(place)
        }
    }

    /// A list of these formats; nil where a format is not known.
    public init(arrayLiteral elements: BlockFormat?...) { self.init(elements) }

    /// Always 0.
    public var startIndex: Int { 0 }
    /// The number of tensors.
    public var endIndex: Int { places.count }
    /// The format of a tensor; nil where it is not known.
    public subscript(position: Int) -> BlockFormat? {
        get {
            let place = places[position]
            return place < 0 ? nil : palette[Int(place)]
        }
        set {
            guard let newValue else { return places[position] = -1 }
            let place = palette.firstIndex { $0.id == newValue.id } ?? palette.count
            if place == palette.count { palette.append(newValue) }
            places[position] = Int32(place)
        }
    }
}
