import HIFIBlockSpec
import HIFIReference
import Suite

/// What the answers of an encoder look like that decides as it should but rounds otherwise: few blocks differ, and those are as good as the
/// right ones.
///
/// Fused multiply-adds, or additions in another order, do that to every search (defect O23). It is a likeness and no proof: which blocks
/// differ depends on the compiler, so nothing predicts them bit by bit.
///
/// Of llama.cpp 3f545becc, built by clang with contraction, 0 to 5 % of random blocks differ from a build without, by type. In the suite's
/// cases the median of their errors is 0.99 to 1.02 times that of the right blocks, in each of fifteen types. Encoders of the HIFI fork
/// that search otherwise come to 1.03, 1.06 and 1.10.
public struct RoundedOtherwise: Sendable, Hashable, Codable {
    /// Blocks that differ from the right ones.
    public let blocks: Int
    /// Blocks that were asked for in cases of the same kind.
    public let asked: Int
    /// The squared error of those blocks, weighted by importances where there are any, over that of the right ones: the median.
    public let error: Double

    /// At most so many blocks differ.
    private static let share = 0.25
    /// The median of the errors lies in here, and the middle half of them. Where importances are zero nearly everywhere, single blocks are
    /// off by any factor.
    private static let (median, half) = (0.95...1.05, 0.5...2.0)

    /// Nil where answers look otherwise.
    ///
    /// - Parameters:
    ///   - evidence: wrong answers of an encoder.
    ///   - passes: cases that it passes.
    static func of(_ evidence: [Evidence], passes: [ConformanceCase], _ format: BlockFormat) -> Self? {
        guard format.decoding != nil, let decoder = try? ReferenceDecoder(format) else { return nil }
        var (errors, asked): ([Double], Int) = ([], 0)
        for one in evidence {
            guard case .encode(_, _, let values, let columns, let importance) = one.request, columns > 0,
                case .bytes(let found) = one.found, case .bytes(let right) = ReferenceSystem.shared.answer(one.request).unchecked,
                found.count == right.count
            else { return nil }
            asked += right.count / format.bytes
            for block in 0..<right.count / format.bytes {
                let bytes = block * format.bytes..<(block + 1) * format.bytes
                guard found[bytes] != right[bytes] else { continue }
                guard let other = try? decoder.decode(Array(found[bytes])), let own = try? decoder.decode(Array(right[bytes])) else {
                    return nil
                }
                /// Of decoded weights.
                func error(_ weights: [Float]) -> Double {
                    weights.indices.reduce(0) { sum, index in
                        let place = block * format.elements + index
                        let difference = Double(values[place]) - Double(weights[index])
                        return sum + Double(importance?[place % columns] ?? 1) * difference * difference
                    }
                }
                let (wrong, least) = (error(other), error(own))
                errors.append(wrong == least ? 1 : wrong / least)
            }
        }
        for entry in passes {
            switch entry.task {
            case .encode(_, let values, _, _, _): asked += values.count / format.elements
            case .bulk(let recipe):
                if case .recordedWeights(_, _, _, let rows, let columns, _) = recipe.source { asked += rows * columns / format.elements }
            default: break
            }
        }
        errors.sort { $1.isNaN || $0 < $1 }
        guard !errors.isEmpty, Double(errors.count) <= share * Double(asked), median.contains(errors[errors.count / 2]),
            half.contains(errors[errors.count / 4]), half.contains(errors[errors.count - 1 - errors.count / 4])
        else { return nil }
        return RoundedOtherwise(blocks: errors.count, asked: asked, error: errors[errors.count / 2])
    }

    /// A clause for a sentence about failures that have no cause.
    public var words: String {
        """
        only \(blocks) of \(asked) blocks differ, and they are as close to the weights as the right ones (\(Self.rounded(error)) times the \
        error by the median), as where the compiler fuses multiply-adds (O23) or the search differs a little
        """
    }

    private static func rounded(_ value: Double) -> String {
        let thousandths = Int((value * 1000).rounded())
        let digits = String(thousandths % 1000)
        return "\(thousandths / 1000).\(String(repeating: "0", count: 3 - digits.count))\(digits)"
    }
}
