import CInference

/// Keys and values of the positions so far, laid out as right operands of products.
///
/// Keys of a head: panels of 32 positions, a row for each number of the head. Values of a head: panels of 32 numbers, a row for each
/// position. Numbers beyond the head's size and positions not yet reached are zero.
struct AttentionCache: Sendable {
    let context: Int
    let shape: HyperParameters
    private let keys: FloatMemory
    private let values: FloatMemory
    private let keyPanels: Int
    private let valuePanels: Int

    private static let width = Int(HIFI_PANEL)

    init(_ shape: HyperParameters, context: Int) throws(ModelError) {
        (self.shape, self.context) = (shape, context)
        keyPanels = (context + Self.width - 1) / Self.width
        valuePanels = (shape.headSize + Self.width - 1) / Self.width
        keys = try FloatMemory(shape.layers, shape.headsKV, keyPanels, shape.headSize * Self.width, for: "a context of \(context)")
        values = try FloatMemory(
            shape.layers, shape.headsKV, valuePanels, keyPanels * Self.width * Self.width, for: "a context of \(context)")
    }

    /// Panel `index` of a head's keys: 32 positions.
    func keyPanel(_ index: Int, layer: Int, head: Int) -> UnsafeMutablePointer<Float> {
        keys.row((layer * shape.headsKV + head) * keyPanels + index, width: shape.headSize * Self.width)
    }

    /// Panel `index` of a head's values: 32 numbers of all positions.
    func valuePanel(_ index: Int, layer: Int, head: Int) -> UnsafeMutablePointer<Float> {
        values.row((layer * shape.headsKV + head) * valuePanels + index, width: keyPanels * Self.width * Self.width)
    }

    /// Panels of a head's values.
    var panelsOfValues: Int { valuePanels }

    /// Stores one position's key and value of a head.
    func store(_ key: UnsafePointer<Float>, _ value: UnsafePointer<Float>, layer: Int, head: Int, position: Int) {
        precondition(position >= 0 && position < context, "position outside the context")
        let panel = keyPanel(position / Self.width, layer: layer, head: head) + position % Self.width
        for i in 0..<shape.headSize { panel[i * Self.width] = key[i] }
        for index in 0..<valuePanels {
            let first = index * Self.width
            let row = valuePanel(index, layer: layer, head: head) + position * Self.width
            row.update(from: value + first, count: min(Self.width, shape.headSize - first))
        }
    }
}
