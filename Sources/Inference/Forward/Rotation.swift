import CInference

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Rotary position embedding: the angle of pair i at position p is p · base^(−2i / size), its cosine and sine rounded once from double.
package struct Rotation: Sendable {
    private let cosines: FloatMemory
    private let sines: FloatMemory
    private let half: Int
    private let kind: HyperParameters.Rotation

    package init(_ shape: HyperParameters, divisors: [Float]?, context: Int) throws(ModelError) {
        half = shape.headSize / 2
        kind = shape.rotation
        cosines = try FloatMemory(context, half, for: "a context of \(context)")
        sines = try FloatMemory(context, half, for: "a context of \(context)")
        for pair in 0..<half {
            let exponent = -2 * Double(pair) / Double(shape.headSize)
            let frequency = pow(Double(shape.rotationBase), exponent) / Double(divisors?[pair] ?? 1) / Double(shape.rotationFactor)
            for position in 0..<context {
                let angle = Double(position) * frequency
                cosines.start[position * half + pair] = Float(cos(angle))
                sines.start[position * half + pair] = Float(sin(angle))
            }
        }
    }

    /// Cosines and sines of all positions, a row of half a head each.
    package var tables: (cosines: [Float], sines: [Float]) {
        (Array(cosines.prefix(cosines.count)), Array(sines.prefix(sines.count)))
    }

    /// Rotates one head's numbers.
    func apply(_ head: UnsafeMutablePointer<Float>, position: Int) {
        let (cosine, sine) = (cosines.row(position, width: half), sines.row(position, width: half))
        switch kind {
        case .halves: hifi_rotate_halves(head, cosine, sine, half)
        case .pairs: hifi_rotate_pairs(head, cosine, sine, half)
        }
    }
}
