import HIFIBlockSpec
import HIFIReference
import Suite

/// Q3_K encoders, plain and with outliers, with one decision changed each.
package enum SearchMutants {
    package static func controls() -> [Mutant] { twins().map { mutant($0, "twin-control", "none") } }

    package static func all() -> [Mutant] { twins().flatMap(mutants(of:)) }

    private static func twins() -> [Q3KTwin] { Q3KTwin.formats.compactMap { Spec.format($0) }.compactMap(Q3KTwin.init) }

    private static func mutant(_ twin: Q3KTwin, _ name: String, _ fault: String, defect: String? = nil) -> Mutant {
        Mutant(
            "encoder/\(twin.format.id)/\(name)", format: twin.format.id, kind: .encode, defect: defect, fault: fault,
            system: FunctionSystem(name: name, other: twin.answer))
    }

    private static func mutants(of twin: Q3KTwin) -> [Mutant] {
        var list: [Mutant] = []
        func add(_ name: String, _ fault: String, defect: String? = nil, _ plant: (inout Q3KTwin) -> Void) {
            var changed = twin
            plant(&changed)
            let known = defect.flatMap { id in Spec.defect(id)?.formats.contains(twin.format.id) ?? false ? id : nil }
            list.append(mutant(changed, "search-\(name)", fault, defect: known))
        }
        add("ties-away", "codes are rounded with ties away from zero") {
            $0.policy.nearest = SearchPolicy.tiesAway
            $0.policy.finalNearest = SearchPolicy.tiesAway
        }
        add("ties-up", "codes are rounded by adding a half and going down") {
            $0.policy.nearest = SearchPolicy.tiesUp
            $0.policy.finalNearest = SearchPolicy.tiesUp
        }
        add("truncates", "the last stage truncates", defect: "F10") { $0.policy.finalNearest = SearchPolicy.truncating }
        add("truncates-search", "the searches truncate") { $0.policy.nearest = SearchPolicy.truncating }
        add("truncates-scales", "scale codes are truncated") { $0.policy.scaleNearest = SearchPolicy.truncating }
        add("high-2", "codes are held to 2", defect: "F11") { $0.policy.high = 2 }
        add("low-3", "codes are held to -3") { $0.policy.low = -3 }
        add("scale-30", "scale codes are held to 30") { $0.policy.scaleHigh = 30 }
        add("scale-31", "scale codes are held to -31") { $0.policy.scaleLow = -31 }
        add("off", "the search is off", defect: "F14") {
            $0.policy.passes = 0
            $0.policy.gridSteps = 0
        }
        add("one-pass", "the descent makes one pass") { $0.policy.passes = 1 }
        add("unsquared", "values weigh by magnitude instead of square") { $0.policy.squares = false }
        add("equal-wins", "an equally good trial wins") { $0.policy.strictlyBetter = false }
        add("last-of-equals", "of equal magnitudes the last is the extreme") { $0.policy.firstOfEquals = false }
        add("sign-lost", "the extreme loses its sign", defect: "F15") { $0.policy.keepsSign = false }
        add("threshold", "groups below 1e-5 count as zero") { $0.policy.negligible = 1e-5 }
        add("super-scale", "the super-scale is 1 per cent too large", defect: "F12") { $0.policy.factor = 1.01 }
        add("kept-codes", "codes are not computed again") { $0.policy.takesAnew = false }
        add("unrounded-scale", "codes are computed again with the scale before rounding") { $0.policy.seesRoundedScale = false }
        add("scale-truncated", "the scale is cut to fp16 instead of rounded") { $0.policy.half = truncatedHalf }
        add("fused", "sums take products in unrounded", defect: "O23") { $0.policy.fuses = true }
        if twin.format.id == "q3_k" || twin.outliers.searchesBase {
            add("grid-8", "the grid has eight steps to either side") { $0.policy.gridSteps = 8 }
            add("grid-coarse", "the grid's steps are twice as large") { $0.policy.gridStep = 0.2 }
        }
        if twin.format.id == "q3_k" { add("evening", "importances are evened out by half as much") { $0.policy.evening = 1 } }
        guard BlockDraft(twin.format).slots != nil else { return list }
        add("fewer", "one outlier too few is chosen") { $0.outliers.count -= 1 }
        add("last-chosen", "of equal scores the last is chosen") { $0.outliers.firstOfEquals = false }
        if !twin.outliers.storesResiduals {
            add("order", "slots are in the other order: by position, or by score") { $0.outliers.rising.toggle() }
            add("base", "chosen weights \(twin.outliers.clearsBase ? "stay in" : "are taken out of") the base") {
                $0.outliers.clearsBase.toggle()
            }
        }
        add("guidance", "importances \(twin.outliers.countsImportance ? "play no" : "play a") part in the choice") {
            $0.outliers.countsImportance.toggle()
        }
        add("positive", "only positive weights can be outliers") { $0.outliers.signedScores = true }
        add("value-truncated", "stored numbers are cut to fp16 instead of rounded") { $0.outliers.half = truncatedHalf }
        if !twin.outliers.storesResiduals {
            add("other-base", "with importances the base is made by the other search") { $0.outliers.searchesBase.toggle() }
        }
        if BlockDraft(twin.format).slots?.count != nil { add("countless", "the count is not written") { $0.outliers.writesCount = false } }
        if !twin.outliers.storesResiduals {
            add("stops", "the search for outliers \(twin.outliers.stopsAtZero ? "goes on" : "ends") at a score of zero") {
                $0.outliers.stopsAtZero.toggle()
            }
        }
        return list
    }

    /// fp16 by cutting bits off.
    @Sendable private static func truncatedHalf(_ value: Float) -> UInt16 {
        let rounded = SmallFloats.half(value)
        guard rounded & 0x7FFF != 0, abs(SmallFloats.float(half: rounded)) > abs(value) else { return rounded }
        return rounded - 1
    }
}
