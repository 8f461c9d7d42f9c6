import HIFIBlockSpec
import Suite

/// What a way to decode does to the answer to one question, place by place, so that every part of the weights is quickly tried as the only
/// one where it is done.
struct Effect {
    private struct Place {
        let block: Int
        let index: Int
        /// Of a product, how much it changes.
        var change = 0.0
    }

    private let blocks: Int
    private let kind: Kind

    private enum Kind {
        /// Weights that have to lie in the part, and such as must not.
        case weights(inside: [Place], outside: [Place])
        case product(Product)
        /// A product that should be infinite or NaN, and is a number.
        case finite(Terms)
        /// A product that should be a number, and is infinite or NaN.
        case notFinite(Terms)
    }

    private struct Product {
        let changes: [Place]
        let exact: Double
        let found: Double
        /// How far a right kernel may be off, and how far one with these weights.
        let bound: Double
        let boundWithThese: Double
    }

    private struct Terms {
        /// By weight: what it adds to the product as it should be and as it is decoded.
        let right: [Double]
        let wrong: [Double]
        let found: Double
        let elements: Int
    }

    /// Nil where no part gives what was found.
    ///
    /// - Parameters:
    ///   - wrong: the weights of the question's row, decoded so.
    ///   - terms: of a product, what it is made of.
    init?(_ wrong: [UInt32], _ evidence: Evidence, _ terms: Evidence.Terms?, _ format: BlockFormat) {
        let elements = format.elements
        blocks = wrong.count / elements
        func place(_ weight: Int, _ change: Double = 0) -> Place {
            Place(block: weight / elements, index: weight % elements, change: change)
        }
        switch (evidence.right, evidence.found) {
        case (.weights(let right), .floats(let found)):
            guard wrong.count == right.count else { return nil }
            var (inside, outside): ([Place], [Place]) = ([], [])
            for weight in right.indices {
                if found[weight] != right[weight] {
                    guard found[weight] == wrong[weight] else { return nil }
                    inside.append(place(weight))
                } else if wrong[weight] != right[weight] {
                    outside.append(place(weight))
                }
            }
            kind = .weights(inside: inside, outside: outside)
        case (.products(let products), .floats(let bits)):
            guard let terms, products.count == 1, let product = products.first, wrong.count == terms.weights.count else { return nil }
            let values = wrong.map { Double(Float(bitPattern: $0)) }
            let found = Double(Float(bitPattern: bits[0]))
            let isFinite = product.exact.isFinite && terms.size.isFinite
            guard found.isFinite, isFinite else {
                guard found.isFinite || isFinite else { return nil }
                let terms = Terms(
                    right: zip(terms.weights, terms.activations).map { $0 * $1 }, wrong: zip(values, terms.activations).map { $0 * $1 },
                    found: found, elements: elements)
                kind = found.isFinite ? .finite(terms) : .notFinite(terms)
                return
            }
            let size = zip(values, terms.activations).reduce(0.0) { $0 + abs($1.0 * $1.1) }
            kind = .product(
                Product(
                    changes: Self.changes(values, terms).map { place($0.weight, $0.change) }, exact: product.exact, found: found,
                    bound: product.bound,
                    // Mistaken weights may be larger than the right ones, and the kernel's error with them.
                    boundWithThese: product.bound * (1 + size / max(terms.size, .leastNormalMagnitude))))
        default: return nil
        }
    }

    /// How much each weight changes a product, where it changes it.
    static func changes(_ values: [Double], _ terms: Evidence.Terms) -> [(weight: Int, change: Double)] {
        values.indices.compactMap { weight in
            guard values[weight] != terms.weights[weight], terms.activations[weight] != 0 else { return nil }
            return (weight, (values[weight] - terms.weights[weight]) * terms.activations[weight])
        }
    }

    /// Whether the system's answer is what comes of it in this part of the weights.
    ///
    /// - Parameter wrongOrRight: whether a product may also be one that a right kernel could give.
    func gives(in region: Region, wrongOrRight: Bool = false) -> Bool {
        func isIn(_ place: Place) -> Bool { region.contains(place.block, blocks, place.index) }
        switch kind {
        case .weights(let inside, let outside): return inside.allSatisfy(isIn) && !outside.contains(where: isIn)
        case .product(let product):
            let change = product.changes.reduce(0.0) { isIn($1) ? $0 + $1.change : $0 }
            guard change.isFinite, wrongOrRight || abs(change) > 2 * product.bound else { return false }
            return abs(product.exact + change - product.found) <= product.boundWithThese + 1e-6 * abs(change)
        case .finite(let product):
            let (sum, size) = sum(product, in: region)
            return size.isFinite && abs(sum - product.found) <= 1e-5 * size
        // Which of the two it is depends on the order of factors.
        case .notFinite(let product): return !Float(sum(product, in: region).sum).isFinite
        }
    }

    /// The sum of terms with the wrong ones of the part, and that of their magnitudes.
    private func sum(_ product: Terms, in region: Region) -> (sum: Double, size: Double) {
        var (sum, size) = (0.0, 0.0)
        for weight in product.right.indices {
            let isMeant = region.contains(weight / product.elements, blocks, weight % product.elements)
            let term = isMeant ? product.wrong[weight] : product.right[weight]
            (sum, size) = (sum + term, size + abs(term))
        }
        return (sum, size)
    }
}
