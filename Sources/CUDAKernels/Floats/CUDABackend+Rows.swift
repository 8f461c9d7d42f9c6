/// Which rows of an input become rows of the output: of every `period` rows the `per` that follow the first `skip`.
package struct RowChoice: Sendable, Equatable {
    /// Rows of the output.
    package let count: Int
    package let per: Int
    package let period: Int
    package let skip: Int

    /// Output row r is input row `(r / per) * period + skip + r % per`.
    package init(count: Int, per: Int, period: Int, skip: Int) {
        precondition(count >= 0 && per > 0 && skip >= 0 && skip + per <= period, "rows outside their period")
        (self.count, self.per, self.period, self.skip) = (count, per, period, skip)
    }

    /// The first `count` rows as they are.
    package static func all(_ count: Int) -> RowChoice { RowChoice(count: count, per: max(1, count), period: max(1, count), skip: 0) }

    /// The last `outputs` of each of `sequences` sequences of `length` positions.
    package static func last(_ outputs: Int, of length: Int, sequences: Int) -> RowChoice {
        outputs == 0 ? .all(0) : RowChoice(count: room(outputs, sequences), per: outputs, period: length, skip: length - outputs)
    }

    /// Rows that the input must have.
    var inputs: Int { count == 0 ? 0 : room((count - 1) / per, period) + skip + (count - 1) % per + 1 }
}

/// Cosines and sines of a rotary embedding on the device, as the host computed them.
package struct RotationTable: Sendable {
    /// Which numbers of a head are rotated together.
    package enum Kind: Sendable, CaseIterable {
        /// i and i + size / 2: `hifi_rotate_halves`.
        case halves
        /// 2i and 2i + 1: `hifi_rotate_pairs`.
        case pairs
    }

    package let kind: Kind
    /// Positions that there are angles for.
    package let positions: Int
    /// Numbers of a head, even.
    package let size: Int
    let cosines: DeviceArray<Float>
    let sines: DeviceArray<Float>

    /// - Parameters:
    ///   - cosines: `[position][size / 2]`, positions of a whole number.
    ///   - sines: as many.
    /// - Throws: `outOfMemory`, `failed`.
    package init(_ backend: CUDABackend, kind: Kind, cosines: [Float], sines: [Float], size: Int) throws(CUDAError) {
        precondition(
            size > 0 && size % 2 == 0 && cosines.count % (size / 2) == 0 && sines.count == cosines.count, "angles of whole positions")
        (self.kind, self.size, positions) = (kind, size, cosines.count / (size / 2))
        self.cosines = try DeviceArray(backend, cosines)
        self.sines = try DeviceArray(backend, sines)
    }
}

/// Steps that work on rows. Nothing here waits; every result has the bits of the C function that is named.
extension CUDABackend {
    /// `rms_norm` of chosen rows of `x` into the rows of `target`, which may be `x` where all rows are chosen.
    package func norm(
        _ x: DeviceArray<Float>, weight: DeviceArray<Float>, epsilon: Float, width: Int, rows: RowChoice, into target: DeviceArray<Float>
    ) throws(CUDAError) {
        precondition(width > 0 && weight.count >= width, "a weight for each number of a row")
        precondition(room(rows.inputs, width) <= x.count && room(rows.count, width) <= target.count, "rows outside their arrays")
        guard rows.count > 0 else { return }
        try module.launch(
            "hifi_norm", grid: ((rows.count + 15) / 16, 1), threads: 256,
            [
                x.argument, weight.argument, .float(epsilon), target.argument, checked(width), checked(rows.count), checked(rows.per),
                checked(rows.period), checked(rows.skip),
            ])
    }

    /// For every head of every row, in place: `rms_norm` if there is a norm, then the rotation of position `row % period`.
    ///
    /// - Parameters:
    ///   - x: `[row][head][size]`.
    ///   - norm: a weight for each number of a head.
    package func rotateHeads(
        _ x: DeviceArray<Float>, norm: DeviceArray<Float>?, epsilon: Float, table: RotationTable, heads: Int, rows: Int, period: Int
    ) throws(CUDAError) {
        let all = room(rows, heads)
        precondition(room(all, table.size) <= x.count && norm.map { $0.count >= table.size } ?? true, "heads outside their arrays")
        precondition(period > 0 && min(period, rows) <= table.positions, "positions without angles")
        guard all > 0 else { return }
        try module.launch(
            "hifi_heads", grid: ((all + 15) / 16, 1), threads: 256,
            [
                x.argument, norm?.argument ?? .nothing, .float(epsilon), table.cosines.argument, table.sines.argument, checked(heads),
                checked(table.size), checked(all), checked(period), .int(table.kind == .pairs ? 1 : 0),
            ])
    }
}
