/// What a pass saw of each of many tensors; nil for those that it did not read, which take next to no room.
package struct ContentList: Sendable, RandomAccessCollection {
    private var contents: [TensorContent] = []
    /// Places among the contents; -1 for none.
    private var places: [Int32]

    /// So many tensors, none of them read.
    package init(unread count: Int) { places = Array(repeating: -1, count: count) }

    package var startIndex: Int { 0 }
    package var endIndex: Int { places.count }
    package subscript(position: Int) -> TensorContent? {
        let place = places[position]
        return place < 0 ? nil : contents[Int(place)]
    }

    /// Keeps what was seen of a tensor; each is read once.
    package mutating func keep(_ content: TensorContent?, at position: Int) {
        guard let content else { return }
        places[position] = Int32(contents.count)
        contents.append(content)
    }
}
