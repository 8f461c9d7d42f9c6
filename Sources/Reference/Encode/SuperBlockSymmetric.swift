/// Q3_K and Q6_K: sixteen sub-blocks of sixteen weights, signed scales, no minima.
struct Q3KEncoder: BaseEncoder {
    func encode(_ x: UnsafeBufferPointer<Float>, guidance: Guidance, meanSquareOfRow: Float, into content: inout BlockContent) {
        withScratch(16 + 16 + 16) { scratch, trial in
            let scales = scratch.group(0, 16)
            let weights = scratch.group(16, 16)
            let totals = scratch.group(32, 16)
            content.codes.withUnsafeMutableBufferPointer { codes in
                switch guidance {
                case .plain:
                    for j in 0..<16 {
                        scales[j] = SymmetricSearch.descent(x.group(16 * j, 16), limit: 4, codes: codes.group(16 * j, 16))
                    }
                case .searched(let importance):
                    let evening = 2 * sumOfSquares(x) / 256
                    for j in 0..<16 {
                        let values = x.group(16 * j, 16)
                        if let importance {
                            fill(weights, importance: importance.group(16 * j, 16), evening: evening, x: values)
                        } else {
                            for l in 0..<16 { weights[l] = values[l] * values[l] }
                        }
                        totals[j] = sum(.init(weights))
                        scales[j] = SymmetricSearch.grid(values, weights: .init(weights), limit: 4, codes: codes.group(16 * j, 16))
                    }
                }
            }
            switch guidance {
            case .plain: content.scale = plainSuperScale(.init(scales), &content.scales)
            case .searched:
                content.scale = content.scales.withUnsafeMutableBufferPointer {
                    SymmetricSearch.grid(.init(scales), weights: .init(totals), limit: 32, codes: $0)
                }
            }
            let d = SmallFloats.float(half: SmallFloats.half(content.scale))
            for j in 0..<16 {
                let step = d * Float(Int32(content.scales[j]) - 32)
                guard step != 0 else { continue }
                for i in 16 * j..<16 * j + 16 {
                    content.codes[i] = UInt8(truncatingIfNeeded: Rounding.clamp(Rounding.nearest(x[i] / step), -4, 3) + 4)
                }
            }
        }
    }

    /// The scale of largest magnitude becomes −32; without one, every stored scale is 0 (which reads −32).
    private func plainSuperScale(_ scales: UnsafeBufferPointer<Float>, _ codes: inout [UInt8]) -> Float {
        let extreme = SymmetricSearch.signedExtreme(scales)
        guard extreme != 0 else {
            for j in 0..<16 { codes[j] = 0 }
            return 0
        }
        let inverse = -32 / extreme
        for j in 0..<16 {
            let code = Int32(Int8(truncatingIfNeeded: Rounding.nearest(inverse * scales[j])))
            codes[j] = UInt8(truncatingIfNeeded: Rounding.clamp(code, -32, 31) + 32)
        }
        return 1 / inverse
    }
}

struct Q6KEncoder: BaseEncoder {
    func encode(_ x: UnsafeBufferPointer<Float>, guidance: Guidance, meanSquareOfRow: Float, into content: inout BlockContent) {
        withScratch(32) { scratch, _ in
            let scales = scratch.group(0, 16)
            let weights = scratch.group(16, 16)
            content.codes.withUnsafeMutableBufferPointer { codes in
                for j in 0..<16 {
                    let values = x.group(16 * j, 16)
                    // Importances are taken as they are: this type never evens them out.
                    if case .searched(let importance?) = guidance {
                        for l in 0..<16 { weights[l] = importance[16 * j + l] }
                    } else {
                        for l in 0..<16 { weights[l] = values[l] * values[l] }
                    }
                    scales[j] = SymmetricSearch.grid(values, weights: .init(weights), limit: 32, codes: codes.group(16 * j, 16))
                }
            }
            let extreme = SymmetricSearch.signedExtreme(.init(scales))
            if abs(extreme) < negligibleMagnitude {
                content = BlockContent(weights: 256, scales: 16, minima: 0)
                return
            }
            let inverse = -128 / extreme
            content.scale = 1 / inverse
            let d = SmallFloats.float(half: SmallFloats.half(content.scale))
            for j in 0..<16 {
                let code = Int8(truncatingIfNeeded: min(127, Rounding.nearest(inverse * scales[j])))
                content.scales[j] = UInt8(bitPattern: code)
                let step = d * Float(code)
                guard step != 0 else { continue }
                for i in 16 * j..<16 * j + 16 {
                    content.codes[i] = UInt8(truncatingIfNeeded: Rounding.clamp(Rounding.nearest(x[i] / step), -32, 31) + 32)
                }
            }
        }
    }
}
