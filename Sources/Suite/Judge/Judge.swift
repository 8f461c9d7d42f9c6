import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF
import HIFIReference
import Processes

/// Runs a case on a system and compares the answer with the right one.
package struct Judge {
    package let system: any SystemUnderTest
    package let store: VectorStore

    package init(system: any SystemUnderTest, store: VectorStore) { (self.system, self.store) = (system, store) }

    /// What came of one case.
    package struct Verdict {
        package var outcome: Outcome
        package var detail: String?
        package var mismatch: Mismatch?
        /// The answer, for comparison with that of a repetition. Bytes that may be anything are zero.
        package var answer: Answer?
        /// Of a series, the number of the question that was answered wrongly.
        package var step: Int?

        package static let pass = Verdict(outcome: .pass)
        package static func fail(_ detail: String, _ mismatch: Mismatch? = nil) -> Verdict {
            Verdict(outcome: .fail, detail: detail, mismatch: mismatch)
        }
    }

    package func judge(_ entry: ConformanceCase) -> Verdict {
        switch entry.task {
        case .content(let blocks, let broken):
            return inspect(.content(format: entry.format, blocks: blocks)) { found in
                Set(found) == Set(broken) ? .pass : .fail("broken clauses: expected \(Self.list(broken)), found \(Self.list(found))")
            }
        case .container(let file, let rules): return judgeContainer(file, rules, entry)
        case .bulk(let recipe): return judgeBulk(recipe, entry)
        case .series(let recipe): return judgeSeries(recipe, entry)
        case .decode(let blocks, let weights):
            return ask(.decode(format: entry.format, blocks: blocks), entry) { compare(weights, $0, entry.format) }
        case .encode(let path, let values, let columns, let importance, let blocks):
            let request = Request.encode(
                format: entry.format, path: path, values: values.map(Float.init(bitPattern:)), columns: columns,
                importance: importance?.map(Float.init(bitPattern:)))
            guard let blocks else { return askForRefusal(request, entry.format) }
            var verdict = ask(request, entry) { compare(blocks, $0, entry.format) }
            if case .bytes(let found)? = verdict.answer, found.count == blocks.bytes.count {
                verdict.answer = .bytes(MaskedBytes(found, matters: blocks.matters).bytes)
            }
            return verdict
        case .activations(let values, let blocks):
            let request = Request.quantizeActivations(format: entry.format, values: values.map(Float.init(bitPattern:)))
            return ask(request, entry) { answer in
                let verdicts = blocks.map { compare($0, answer, entry.format) }
                return verdicts.first { $0.outcome == .pass } ?? verdicts.first ?? .fail("there is no right answer")
            }
        case .dot(let blocks, let format, let activations, let exact, let bound):
            let request = Request.dot(format: entry.format, blocks: blocks, activationFormat: format, activations: activations)
            return ask(request, entry) { compare(exact, bound, $0) }
        }
    }

    // MARK: Asking

    package func ask(_ request: Request, shift: Int = 0, _ entry: ConformanceCase, _ compare: (Answer) -> Verdict) -> Verdict {
        let answer = (shift == 0 ? system.answer(request) : system.answer(request, shift: shift)).unchecked
        var verdict: Verdict
        switch answer {
        case .skipped(let reason): verdict = Verdict(outcome: .skip, detail: reason)
        case .error(let what) where entry.validity == .acceptable: verdict = Verdict(outcome: .pass, detail: "refused: \(what)")
        case .error(let what), .broken(let what): verdict = Verdict(outcome: .error, detail: what)
        case .crash(let how): verdict = Verdict(outcome: .crash, detail: how)
        case .timeout(let seconds): verdict = Verdict(outcome: .timeout, detail: "no answer in \(seconds) s")
        case .floats, .bytes, .checkedBytes: verdict = compare(answer)
        }
        verdict.answer = answer
        return verdict
    }

    private func askForRefusal(_ request: Request, _ format: String) -> Verdict {
        let answer = system.answer(request)
        var verdict: Verdict
        switch answer {
        case .skipped(let reason): verdict = Verdict(outcome: .skip, detail: reason)
        case .error(let what): verdict = Verdict(outcome: .pass, detail: "refused: \(what)")
        case .broken(let what): verdict = Verdict(outcome: .error, detail: what)
        // An assertion (GGML_ASSERT) is the only way in which some encoders of ggml refuse.
        case .crash(let how) where system.refusesByAborting && ExitStatus.isAbort(how):
            verdict = Verdict(outcome: .pass, detail: "refused: it aborted, \(how)")
        case .crash(let how): verdict = Verdict(outcome: .crash, detail: how)
        case .timeout(let seconds): verdict = Verdict(outcome: .timeout, detail: "no answer in \(seconds) s")
        case .floats, .bytes: verdict = .fail("the input cannot be stored and must be refused; the system answered as if it could")
        case .checkedBytes(let bytes, let check): verdict = refusal(bytes, check, format)
        }
        // How a refusal is worded is nobody's business: repetitions must not be told apart by it.
        verdict.answer = verdict.outcome == .pass ? .error("refused") : answer
        return verdict
    }

    /// A system whose encoder cannot refuse is judged by the way it has: its check of what was written. Where that has nothing to go
    /// by, because all that was written is finite, the question cannot be put to it.
    private func refusal(_ bytes: [UInt8], _ check: OwnCheck, _ format: String) -> Verdict {
        switch check {
        case .rejects(let name): return Verdict(outcome: .pass, detail: "refused: \(name) rejects what was written")
        case .none(let reason): return Verdict(outcome: .skip, detail: reason)
        case .accepts(let name):
            guard case .floats(let weights) = ReferenceSystem.shared.answer(.decode(format: format, blocks: bytes)) else {
                return .fail(
                    "the input cannot be stored, but \(name) accepts what was written, which are not blocks of \(ForeignText(format))")
            }
            guard weights.allSatisfy({ Float(bitPattern: $0).isFinite }) else {
                return .fail("the input cannot be stored, but \(name) accepts what was written, although weights of it are not finite")
            }
            return Verdict(outcome: .skip, detail: "its encoder cannot refuse, and \(name) has only finite weights to judge by")
        }
    }

    private func inspect(_ inspection: CheckRequest, _ compare: ([String]) -> Verdict) -> Verdict {
        guard let inspector = system as? any InspectingSystem else { return Verdict(outcome: .skip, detail: "it does not judge content") }
        switch inspector.inspect(inspection) {
        case .broken(let found): return compare(found)
        case .skipped(let reason): return Verdict(outcome: .skip, detail: reason)
        case .error(let what): return Verdict(outcome: .error, detail: what)
        case .crash(let how): return Verdict(outcome: .crash, detail: how)
        case .timeout(let seconds): return Verdict(outcome: .timeout, detail: "no answer in \(seconds) s")
        }
    }

    // MARK: Comparing

    private func compare(_ weights: [UInt32], _ answer: Answer, _ format: String) -> Verdict {
        guard case .floats(let found) = answer else { return Verdict(outcome: .error, detail: "it answered with bytes instead of weights") }
        guard found.count == weights.count else { return .fail("\(found.count) weights instead of \(weights.count)") }
        guard let mismatch = Mismatch(expected: weights, found: found, format: Spec.format(format)) else { return .pass }
        return .fail(mismatch.description, mismatch)
    }

    private func compare(_ blocks: MaskedBytes, _ answer: Answer, _ format: String) -> Verdict {
        guard case .bytes(let found) = answer else { return Verdict(outcome: .error, detail: "it answered with numbers instead of blocks") }
        guard found.count == blocks.bytes.count else { return .fail("\(found.count) bytes instead of \(blocks.bytes.count)") }
        guard let mismatch = Mismatch(expected: blocks, found: found, format: Spec.format(format)) else { return .pass }
        return .fail(mismatch.description, mismatch)
    }

    private func compare(_ exact: Double, _ bound: Double, _ answer: Answer) -> Verdict {
        guard case .floats(let found) = answer, found.count == 1 else {
            return Verdict(outcome: .error, detail: "it did not answer with one number")
        }
        guard !Self.isInside(exact, bound, found[0]) else { return .pass }
        let mismatch = Mismatch(exact: exact, found: found[0])
        let error = abs(Double(Float(bitPattern: found[0])) - exact)
        return .fail("\(mismatch); the error \(error) exceeds the bound \(bound)", mismatch)
    }

    /// Whether an answer is inside the bound (DOT-06): anything that is not finite where the product is not (DOT-09),
    /// anything at all where fp32 may overflow on the way.
    package static func isInside(_ exact: Double, _ bound: Double, _ answer: UInt32) -> Bool {
        let found = Double(Float(bitPattern: answer))
        if !exact.isFinite { return !found.isFinite }
        return bound == .infinity || abs(found - exact) <= bound
    }

    // MARK: Files and bulk

    private func judgeContainer(_ file: String, _ rules: [String], _ entry: ConformanceCase) -> Verdict {
        inspect(.container(path: "\(store.folder)/\(file)")) { found in
            let missing = rules.filter { !found.contains($0) }
            if entry.validity == .valid {
                return found.isEmpty ? .pass : .fail("a valid file was found to break \(Self.list(found))")
            }
            return missing.isEmpty ? .pass : .fail("not reported: \(Self.list(missing)); reported: \(Self.list(found))")
        }
    }

    private func judgeBulk(_ recipe: BulkRecipe, _ entry: ConformanceCase) -> Verdict {
        let request: Request
        do { request = try recipe.request(format: entry.format, in: store) } catch { return Verdict(outcome: .error, detail: "\(error)") }
        return ask(request, entry) { answer in
            guard let digest = BulkRecipe.digest(of: answer) else {
                return Verdict(outcome: .error, detail: "it answered with something else")
            }
            guard digest != recipe.digest else { return .pass }
            let detail = "the digest of the output is \(digest) instead of \(recipe.digest)"
            guard let mismatch = explain(request, answer, entry) else { return .fail(detail) }
            return .fail("\(mismatch) (\(detail))", mismatch)
        }
    }

    /// The first difference from the reference, for a bulk case whose digest is wrong.
    package func explain(_ request: Request, _ answer: Answer, _ entry: ConformanceCase) -> Mismatch? {
        switch (ReferenceSystem.shared.answer(request), answer) {
        case (.floats(let expected), .floats(let found)) where expected.count == found.count:
            Mismatch(expected: expected, found: found, format: Spec.format(entry.format))
        case (.bytes(let expected), .bytes(let found)) where expected.count == found.count:
            Mismatch(expected: MaskedBytes(expected), found: found, format: Spec.format(entry.format))
        default: nil
        }
    }

    private static func list(_ ids: [String]) -> String { ids.isEmpty ? "none" : Set(ids).sorted().joined(separator: ", ") }
}
