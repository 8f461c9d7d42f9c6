import CInference
import CUDAKernels
import HIFIBlockSpec
import HIFIKernels
import HIFIReference

/// Runs one step on the device and by the C kernels; gives what differs, as sentences.
struct FloatChecks {
    let backend: CUDABackend
    private let table = FloatSamples.table

    func norm(width: Int, rows: RowChoice, inputs: Int, seed: UInt64, strangeOneIn every: Int = 0) throws -> [String] {
        let x = FloatSamples.numbers(inputs * width, seed: seed, strangeOneIn: every)
        let weight = FloatSamples.numbers(width, seed: seed + 1)
        let target = try DeviceArray<Float>(backend, count: rows.count * width)
        try backend.norm(
            DeviceArray(backend, x), weight: DeviceArray(backend, weight), epsilon: 1e-6, width: width, rows: rows, into: target)
        let expected = FloatSamples.output(rows.count * width) { out in
            for row in 0..<rows.count {
                let from = row / rows.per * rows.period + rows.skip + row % rows.per
                x.withUnsafeBufferPointer { x in
                    if let start = x.baseAddress { table.rms_norm(start + from * width, weight, 1e-6, out + row * width, width) }
                }
            }
        }
        return mismatches("norm of \(width)", try target.download(), expected)
    }

    func heads(
        size: Int, kind: RotationTable.Kind, normed: Bool, heads: Int, rows: Int, period: Int, seed: UInt64
    ) throws -> [String] {
        let x = FloatSamples.numbers(rows * heads * size, seed: seed)
        let weight = FloatSamples.numbers(size, seed: seed + 1)
        let cosines = FloatSamples.numbers(period * size / 2, seed: seed + 2, octaves: 2)
        let sines = FloatSamples.numbers(period * size / 2, seed: seed + 3, octaves: 2)
        let angles = try RotationTable(backend, kind: kind, cosines: cosines, sines: sines, size: size)
        let found = try DeviceArray(backend, x)
        try backend.rotateHeads(
            found, norm: normed ? DeviceArray(backend, weight) : nil, epsilon: 1e-5, table: angles, heads: heads, rows: rows, period: period
        )
        var expected = x
        for head in 0..<rows * heads {
            let angle = head / heads % period * (size / 2)
            var one = Array(expected[head * size..<(head + 1) * size])
            if normed {
                let input = one
                one = FloatSamples.output(size) { table.rms_norm(input, weight, 1e-5, $0, size) }
            }
            let (c, s) = (Array(cosines[angle..<angle + size / 2]), Array(sines[angle..<angle + size / 2]))
            switch kind {
            case .halves: hifi_rotate_halves(&one, c, s, size / 2)
            case .pairs: hifi_rotate_pairs(&one, c, s, size / 2)
            }
            expected.replaceSubrange(head * size..<(head + 1) * size, with: one)
        }
        return mismatches("heads of \(size), \(kind)", try found.download(), expected)
    }

    func elements(count: Int, seed: UInt64, strangeOneIn every: Int = 0) throws -> [String] {
        // Up to 2^10: exponentials of all magnitudes.
        let x = FloatSamples.numbers(count, seed: seed, octaves: 20, strangeOneIn: every)
        let y = FloatSamples.numbers(count, seed: seed + 1, octaves: 20, strangeOneIn: every)
        let (a, b) = (try DeviceArray(backend, x), try DeviceArray(backend, y))
        let product = try DeviceArray<Float>(backend, count: count)
        try backend.swiglu(a, b, into: product, count: count)
        try backend.add(a, b, count: count)
        var sum = x
        table.add(&sum, y, count)
        return mismatches("sum of \(count)", try a.download(), sum)
            + mismatches("swiglu of \(count)", try product.download(), FloatSamples.output(count) { table.swiglu(x, y, $0, count) })
    }

    func rounded(_ form: RoundingForm, _ x: [Float]) throws -> [String] {
        let found = try DeviceArray(backend, x)
        try backend.roundThrough(form, found, into: found, count: x.count)
        let round = form == .q8_0 ? table.through_q8_0 : table.through_q8_k
        return mismatches("through \(form)", try found.download(), FloatSamples.output(x.count) { round?(x, $0, x.count) })
    }

    func broken(width: Int, rows: Int, places: [Int]) throws -> [String] {
        var x = FloatSamples.numbers(width * rows, seed: 5)
        for (number, place) in places.enumerated() { x[place] = [.nan, .infinity, -.infinity][number % 3] }
        let flag = try DeviceArray<Int32>(backend, count: 1)
        try flag.fill(.max)
        try backend.findBroken(DeviceArray(backend, x), width: width, rows: rows, flag: flag)
        let expected = places.min().map { Int32($0 / width) } ?? .max
        let found = try flag.download()[0]
        return found == expected ? [] : ["the first broken row is \(found) instead of \(expected)"]
    }

    func product(
        _ element: DeviceFloatMatrix.Element, rows: Int, columns: Int, positions: Int, stride: Int? = nil, seed: UInt64,
        octaves: Int = 6, scale: Float = 1, strangeOneIn every: Int = 0
    ) throws -> [String] {
        let wide = FloatSamples.numbers(rows * columns, seed: seed, octaves: octaves, strangeOneIn: every).map { $0 * scale }
        let x = FloatSamples.numbers(positions * columns, seed: seed + 1, octaves: octaves, strangeOneIn: every).map { $0 * scale }
        let stride = stride ?? rows
        let weights: [Float]
        let matrix: DeviceFloatMatrix
        switch element {
        case .f32:
            weights = wide
            matrix = try wide.withUnsafeBytes { try DeviceFloatMatrix(backend, bytes: $0, element: element, columns: columns) }
        case .f16, .bf16:
            let short = wide.map { element == .f16 ? SmallFloats.half($0) : SmallFloats.bfloat16($0) }
            weights = try ReferenceDecoder(Samples.format(element.rawValue)).decode(short.withUnsafeBytes { Array($0) })
            matrix = try short.withUnsafeBytes { try DeviceFloatMatrix(backend, bytes: $0, element: element, columns: columns) }
        }
        // What is between the rows of the output stays.
        let target = try DeviceArray<Float>(backend, [Float](repeating: 7, count: (positions - 1) * stride + rows))
        try backend.multiply(matrix, DeviceArray(backend, x), positions: positions, into: target, stride: stride)
        var expected = [Float](repeating: 7, count: (positions - 1) * stride + rows)
        let width = Int(HIFI_PANEL)
        for first in Swift.stride(from: 0, to: rows, by: width) {
            let count = min(width, rows - first)
            let panel = FloatSamples.output(columns * width) { out in
                weights.withUnsafeBufferPointer { weights in
                    if let start = weights.baseAddress { table.transpose(start + first * columns, columns, count, out, columns) }
                }
            }
            let part = FloatSamples.output(positions * width) { table.panel_product(x, columns, panel, $0, width, positions, columns, 0) }
            for position in 0..<positions {
                for row in 0..<count { expected[position * stride + first + row] = part[position * width + row] }
            }
        }
        return mismatches("\(element), \(rows) rows of \(columns), \(positions) positions", try target.download(), expected)
    }

    /// Against the C kernels, query by query. `scratch` is how much of the most is given; nil for the least.
    func attention(_ shape: AttentionShape, scratch: Double?, scale: Float = 1, seed: UInt64) throws -> [String] {
        let (heads, size, length) = (shape.heads, shape.size, shape.length)
        let (wide, narrow, rows) = (heads * size, shape.headsKV * size, shape.sequences * length)
        let queries = FloatSamples.numbers(rows * wide, seed: seed).map { $0 * scale }
        let keys = FloatSamples.numbers(rows * narrow, seed: seed + 1)
        let values = FloatSamples.numbers(rows * narrow, seed: seed + 2)
        let room = scratch.map { max(shape.leastScratch, Int(Double(shape.mostScratch) * $0)) } ?? shape.leastScratch
        // NaN at first: what is read before it is written shows.
        let (memory, target) = (try DeviceArray<Float>(backend, count: room), try DeviceArray<Float>(backend, count: rows * wide))
        try memory.fill(.nan)
        try backend.attend(
            DeviceArray(backend, queries), DeviceArray(backend, keys), DeviceArray(backend, values), shape: shape, scratch: memory,
            into: target)
        var expected = [Float](repeating: 0, count: rows * wide)
        let factor = 1 / Float(size).squareRoot()
        for row in 0..<rows {
            let (first, seen) = (row / length * length, row % length + 1)
            for head in 0..<heads {
                let (query, key) = (row * wide + head * size, head / (heads / shape.headsKV) * size)
                var terms = (0..<seen).map { k in
                    (0..<size).reduce(Float(0)) { $0.addingProduct(queries[query + $1], keys[(first + k) * narrow + key + $1]) }
                }
                let inverse = 1 / table.softmax_terms(&terms, factor, seen)
                for i in 0..<size {
                    let sum = (0..<seen).reduce(Float(0)) { $0.addingProduct(terms[$1], values[(first + $1) * narrow + key + i]) }
                    expected[query + i] = sum * inverse
                }
            }
        }
        return mismatches("attention \(shape)", try target.download(), expected, signOfZero: false)
    }

    func scores(vocabulary: Int, rows: Int, seed: UInt64, spread: Int = 12, strangeOneIn every: Int = 0) throws -> [String] {
        let logits = FloatSamples.numbers(rows * vocabulary, seed: seed, octaves: spread, strangeOneIn: every)
        // Two of them outside the vocabulary.
        let targets = (0..<rows).map { Int32($0 == 1 ? -1 : $0 == 2 ? vocabulary : ($0 * 7919) % vocabulary) }
        let scores = try LogitScores(backend, rows: rows)
        try backend.score(
            DeviceArray(backend, logits), vocabulary: vocabulary, targets: DeviceArray(backend, targets), rows: rows, into: scores)
        var (largest, sums, found) = ([Float](), [Double](), [Float]())
        for row in 0..<rows {
            let x = Array(logits[row * vocabulary..<(row + 1) * vocabulary])
            largest.append(table.largest(x, vocabulary))
            sums.append(table.exponential_sum(x, largest[row], vocabulary))
            found.append((0..<vocabulary).contains(Int(targets[row])) ? x[Int(targets[row])] : .nan)
        }
        let wrong = try zip(scores.sums.download(), sums).enumerated().filter { _, pair in
            pair.0.bitPattern != pair.1.bitPattern && !(pair.0.isNaN && pair.1.isNaN)
        }
        return mismatches("largest of \(vocabulary)", try scores.largest.download(), largest, signOfZero: false)
            + mismatches("targets of \(vocabulary)", try scores.logits.download(), found)
            + wrong.prefix(3).map { "sum of \(vocabulary), row \($0.offset): \($0.element.0) instead of \($0.element.1)" }
    }

    /// Rows by number, two of them outside the matrix.
    func gathered(_ id: String, rows: Int, columns: Int, seed: UInt64) throws -> [String] {
        let numbers: [Int32] = [7, 0, Int32(rows) - 1, -1, 7, Int32(rows), 1].map { min($0, Int32(rows)) }
        let list = try DeviceArray(backend, numbers)
        let target = try DeviceArray<Float>(backend, count: numbers.count * columns)
        let format = try Samples.format(id)
        let blocks = Samples.blocks(format, count: rows * columns / format.elements, seed: seed)
        if let element = DeviceFloatMatrix.Element(rawValue: id) {
            let matrix = try blocks.withUnsafeBytes { try DeviceFloatMatrix(backend, bytes: $0, element: element, columns: columns) }
            try backend.gather(matrix, list, count: numbers.count, into: target)
        } else {
            let matrix = try blocks.withUnsafeBytes { try backend.upload(format, $0, columns: columns, layout: .rows) }
            try backend.gather(matrix, list, count: numbers.count, into: target)
        }
        let decoded = try ReferenceDecoder(format).decode(blocks)
        let expected = numbers.flatMap { number in
            (0..<rows).contains(Int(number))
                ? Array(decoded[Int(number) * columns..<(Int(number) + 1) * columns]) : [Float](repeating: .nan, count: columns)
        }
        return mismatches("rows of \(id)", try target.download(), expected)
    }

    /// Quantized on the device and multiplied, against `quantize` and `multiply` of the backend by the same kernels.
    func quantized(
        _ id: String, rows: Int, columns: Int, positions: Int, gated: Bool = false, room: DeviceActivations, seed: UInt64
    ) throws -> [String] {
        let format = try Samples.format(id)
        let weights = Samples.blocks(format, count: rows * columns / format.elements, seed: seed)
        var x = Samples.activations(positions * columns, seed: seed + 1)
        let matrix = try weights.withUnsafeBytes { try backend.upload(format, $0, columns: columns, layout: backend.residentLayout) }
        let flag = try DeviceArray<Int32>(backend, count: 1)
        try flag.fill(.max)
        let made: DeviceActivations
        if gated {
            let (gate, up) = (x, FloatSamples.numbers(x.count, seed: seed + 2))
            made = try backend.quantizeSwiglu(
                DeviceArray(backend, gate), DeviceArray(backend, up), positions: positions, columns: columns, into: room, broken: flag)
            x = FloatSamples.output(x.count) { table.swiglu(gate, up, $0, gate.count) }
        } else {
            made = try backend.quantize(DeviceArray(backend, x), positions: positions, columns: columns, into: room, broken: flag)
        }
        let target = try DeviceArray<Float>(backend, count: rows * positions)
        try backend.multiply(matrix, made, into: target)
        let activations = try x.withUnsafeBufferPointer { try backend.quantize($0, columns: columns) }
        var expected = [Float](repeating: 0, count: rows * positions)
        try expected.withUnsafeMutableBufferPointer { try backend.multiply(matrix, by: activations, into: $0) }
        let found = try flag.download()
        return mismatches("\(id), \(rows) rows of \(columns), \(positions) positions", try target.download(), expected)
            + (found == [.max] ? [] : ["row \(found) is called broken"])
    }
}
