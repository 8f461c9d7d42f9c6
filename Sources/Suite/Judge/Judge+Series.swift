import HIFIBlockSpec
import HIFIForeign

extension Judge {
    /// Asks the questions of a series one after another; the first wrong answer decides.
    func judgeSeries(_ recipe: SeriesRecipe, _ entry: ConformanceCase) -> Verdict {
        guard let format = Spec.format(entry.format) else {
            return Verdict(outcome: .error, detail: "no format \(ForeignText(entry.format))")
        }
        let steps: [SeriesStep]
        do { steps = try recipe.steps(of: format) } catch { return Verdict(outcome: .error, detail: "\(error)") }
        guard steps.count == recipe.expected.count else {
            return Verdict(outcome: .error, detail: "the vectors hold \(recipe.expected.count) right answers for \(steps.count) questions")
        }
        var digests: [UInt8] = []
        var earlier: [Request: Answer] = [:]
        for (index, (step, expected)) in zip(steps, recipe.expected).enumerated() {
            var verdict = ask(step.request, shift: step.shift, entry) { compare($0, expected, step.request, entry) }
            guard verdict.outcome == .pass else {
                // What a system does not do it does not do at any length; a later refusal is an answer to one question only.
                if verdict.outcome == .skip, index > 0 {
                    verdict.outcome = .fail
                    verdict.detail = "skipped, although the questions before were answered: \(verdict.detail ?? "no reason")"
                }
                verdict.step = index
                verdict.detail = "\(step.name) (question \(index + 1) of \(steps.count)): \(verdict.detail ?? verdict.outcome.rawValue)"
                return verdict
            }
            // A kernel gives the same bits for the same row, whatever came between (DOT-10).
            if recipe.axis == .repetition, let answer = verdict.answer {
                if let before = earlier[step.request], before != answer {
                    return .fail("\(step.name) (question \(index + 1) of \(steps.count)): other bits than for the same question before")
                }
                earlier[step.request] = answer
            }
            if let answer = verdict.answer, let digest = BulkRecipe.digest(of: answer) { digests += Array(digest.utf8) }
        }
        return Verdict(outcome: .pass, answer: .bytes(digests))
    }

    private func compare(
        _ answer: Answer, _ expected: SeriesRecipe.Expected, _ request: Request, _ entry: ConformanceCase
    ) -> Verdict {
        switch expected {
        case .digests(let right):
            guard let digest = BulkRecipe.digest(of: answer) else {
                return Verdict(outcome: .error, detail: "it answered with something else")
            }
            guard !right.contains(digest) else { return .pass }
            let mismatch = explain(request, answer, entry)
            return .fail(
                mismatch.map { "\($0)" } ?? "the digest of the output is \(digest) instead of \(right.joined(separator: " or "))", mismatch)
        case .products(let products):
            guard case .floats(let found) = answer, found.count == products.count else {
                return Verdict(outcome: .error, detail: "it answered with something else than \(products.count) numbers")
            }
            guard let wrong = products.indices.first(where: { !Self.isInside(products[$0].exact, products[$0].bound, found[$0]) }) else {
                return .pass
            }
            let product = products[wrong]
            let error = abs(Double(Float(bitPattern: found[wrong])) - product.exact)
            let place = products.count == 1 ? "" : "number \(wrong) of \(products.count): "
            let mismatch = Mismatch(exact: product.exact, found: found[wrong])
            return .fail("\(place)\(mismatch); the error \(error) exceeds the bound \(product.bound)", mismatch)
        }
    }
}
