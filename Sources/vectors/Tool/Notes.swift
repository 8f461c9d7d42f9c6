import HIFIBlockSpec
import Suite

/// What the flags of cases mean: defects by the catalogue of the spec, kinds of input by this list.
enum Notes {
    /// A flag that nobody explained.
    struct Unexplained: Error, CustomStringConvertible {
        let flags: [String]
        var description: String { "flags without a note: \(flags.joined(separator: ", "))" }
    }

    /// The notes of all flags that are used, in order.
    static func all(for files: [VectorFile]) throws -> [VectorNote] {
        var clauses: [String: Set<String>] = [:]
        for entry in files.flatMap(\.cases) {
            for flag in entry.flags { clauses[flag, default: []].formUnion(entry.clauses) }
        }
        var missing: [String] = []
        let notes = clauses.keys.sorted(by: inNaturalOrder).compactMap { flag -> VectorNote? in
            let ids = (clauses[flag] ?? []).sorted(by: inNaturalOrder)
            if let defect = Spec.defect(flag) { return note(defect, ids) }
            guard let (bugType, description, effect) = inputs[flag] else {
                missing.append(flag)
                return nil
            }
            return VectorNote(flag: flag, bugType: bugType, description: description, effect: effect, clauses: ids, links: [])
        }
        guard missing.isEmpty else { throw Unexplained(flags: missing) }
        return notes
    }

    private static func note(_ defect: Defect, _ clauses: [String]) -> VectorNote {
        VectorNote(
            flag: defect.id, bugType: defect.kinds.map(\.rawValue).joined(separator: "+"),
            description: "\(defect.location): \(defect.wrong)",
            effect: "Right would be: \(defect.correct)", clauses: clauses, links: ["Spec/defects.yaml#\(defect.id)"])
    }

    /// Letters first, then numbers by value.
    static func inNaturalOrder(_ a: String, _ b: String) -> Bool {
        func key(_ text: String) -> (String, Int) {
            let letters = text.prefix { !$0.isNumber }
            return (String(letters), Int(text.dropFirst(letters.count).prefix { $0.isNumber }) ?? 0)
        }
        let (x, y) = (key(a), key(b))
        return x == y ? a < b : x < y
    }

    private static let inputs: [String: (String, String, String)] = [
        "zero-block": ("values", "All bytes are zero.", "Signs of zero and values of code 0 are wrong."),
        "all-ones": ("layout", "All bytes are alike and set every field to an extreme.", "Masks and shifts of single fields are wrong."),
        "code-map": ("layout", "Codes follow the place of the weight.", "Weights appear at other places or with bits of others."),
        "scale-map": ("layout", "Sub-block scales or minima follow the place of the sub-block.", "Sub-blocks take the scale of another."),
        "unwritten-byte": ("content", "A byte that no encoder writes.", "Damage that shows in such bytes goes unnoticed."),
        "lone-weight": ("layout", "One weight stands out.", "The weight shows elsewhere, or not at all."),
        "row": ("stride", "Several blocks in a row.", "Blocks after the first are read from a wrong place."),
        "row-header": (
            "stride", "A row with a header.", "The header is left out, read at every block, or taken for a part of the first block."
        ),
        "weight-like": ("values", "A block as encoders of real weights make it.", "Ordinary data is decoded wrongly."),
        "random-bytes": ("values", "Bytes no encoder would make.", "Rarely used combinations of fields are wrong."),
        "zero-scale": ("values", "A scale of +0 or -0.", "The sign of zeros is lost or invented."),
        "plain-scale": ("values", "A scale that is an ordinary number.", "Scales are converted wrongly."),
        "negative-scale": ("values", "A negative scale.", "The sign is lost."),
        "subnormal-scale": ("values", "A subnormal scale.", "Subnormals are flushed to zero."),
        "large-scale": ("values", "The largest scales.", "Results overflow, or are clamped."),
        "non-finite-scale": ("values", "A scale that is infinite or NaN.", "The damage is hidden instead of passed on."),
        "exponent-scale": ("values", "A scale that is a power of two by its exponent.", "The first or last exponents are special-cased."),
        "e4m3-scale": ("values", "A scale in the family's E4M3.", "Another E4M3 is assumed: subnormals, NaN codes, another bias."),
        "rounding": (
            "arithmetic", "Results that lie between fp32 numbers.", "Operations are reordered, fused, or made in another precision."
        ),
        "integer": ("values", "A corner of an integer type.", "Signs or widths are confused."),
        "outlier-position": ("outliers", "Positions of outliers at all places.", "Outliers land elsewhere or nowhere."),
        "outlier-value": ("outliers", "Corners of residual bytes.", "Residuals are read unsigned, clamped or scaled wrongly."),
        "zero-outlier": ("outliers", "An outlier of value zero.", "Zero is taken for the end of the list or for an unused slot."),
        "plain-outlier": ("outliers", "An outlier that is an ordinary number.", "Values are converted wrongly."),
        "negative-outlier": ("outliers", "A negative outlier.", "The sign is lost."),
        "subnormal-outlier": ("outliers", "A subnormal outlier.", "Subnormals are flushed to zero."),
        "large-outlier": ("outliers", "The largest outliers.", "Results overflow, or are clamped."),
        "non-finite-outlier": ("outliers", "An infinite or NaN outlier.", "The damage is hidden instead of passed on."),
        "slot-order": ("outliers", "Slots in another order than encoders store them.", "A search stops too early."),
        "duplicate-position": ("outliers", "A position in more than one slot.", "Another slot wins, or not all are added."),
        "live-base": (
            "outliers", "Outliers over weights that are not zero.", "Values are added instead of replacing, or the other way round."
        ),
        "mode-bit": ("outliers", "The bit that selects adding.", "The bit is ignored or read as part of the count."),
        "unused-slots": ("outliers", "Slots that encoders use for nothing.", "They are exempted, or end the list."),
        "count": ("outliers", "Values of the count byte.", "It is ignored, not limited, or read where there is none."),
        "padding": ("layout", "Padding that is not zero.", "Padding is read as something."),
        "zero-residual-scale": ("outliers", "A residual scale of zero.", "The sign of zeros is wrong."),
        "plain-residual-scale": ("outliers", "A residual scale that is an ordinary number.", "The scale is converted wrongly."),
        "negative-residual-scale": ("outliers", "A negative residual scale.", "The sign is lost."),
        "subnormal-residual-scale": ("outliers", "A subnormal residual scale.", "Subnormals are flushed to zero."),
        "large-residual-scale": ("outliers", "The largest residual scales.", "Results overflow, or are clamped."),
        "non-finite-residual-scale": ("outliers", "An infinite or NaN residual scale.", "The damage is hidden."),
        "e4m3-residual-scale": ("outliers", "A residual scale in the family's E4M3.", "Another E4M3 is assumed."),
        "residual-of-one": ("outliers", "A residual of 1.", "The division by 127 is made twice, or never."),
        "zeros": ("values", "Rows of zeros.", "A division by zero, or signs and codes other than those that the search leaves."),
        "constant": ("values", "All weights are alike.", "Which of equal weights counts as the largest is decided otherwise."),
        "one-hot": ("values", "One weight is not zero.", "Searches start from a wrong value."),
        "ties": ("rounding", "Values halfway between codes, or equal magnitudes.", "Ties go to another side, or to another of equals."),
        "ramp": ("values", "A ramp.", "Codes are clamped or offset wrongly."),
        "tiny": ("values", "Values near the smallest that the format can hold.", "Subnormals are flushed, or thresholds differ."),
        "large": ("values", "Values near the largest that the format can hold.", "Scales overflow."),
        "few-levels": ("values", "Few different values.", "The search stops at another of equally good scales."),
        "one-sided": ("values", "All values have one sign.", "Minima are mishandled."),
        "spikes": ("outliers", "A few values much larger than the rest.", "Other weights become outliers, or stay in the base."),
        "importance": ("importance", "An importance matrix.", "It is ignored, taken for the wrong column, or mixed in otherwise."),
        "zero-importance": ("importance", "Importances of zero.", "A division by zero."),
        "refusal": ("values", "Values that cannot be stored.", "Silent infinities in a file."),
        "contraction": (
            "arithmetic", "Rows found by search, on which one fused multiply-add changes a decision.", "Products and sums are fused."
        ),
        "stored-sums": ("arithmetic", "Sums stored beside activation codes that are not theirs.", "The stored sums are trusted."),
        "zero-product": ("arithmetic", "A product that is zero.", "Something is added that does not belong."),
        "cancellation": ("arithmetic", "Terms that nearly cancel.", "Too little precision on the way."),
        "lone-activation": ("arithmetic", "One activation is not zero.", "The weight of another place is multiplied."),
        "small-activation": ("outliers", "Outliers under small activations.", "Corrections are skipped to save time."),
        "clean-block": ("content", "A block that breaks no rule.", "False alarms."),
        "valid-file": ("content", "A file that breaks no rule.", "False alarms."),
        "damaged-file": ("content", "A file that breaks rules.", "The damage is not reported."),
        "recorded": (
            "values", "What another implementation was recorded to make of its input.",
            "The implementation differs from llama.cpp, or from its HIFI fork."
        ),
        "axis-length": (
            "loops", "Rows of every length up to 17 blocks, and longer ones.",
            "The end of a row is left out or counted twice at some lengths."
        ),
        "axis-magnitude": ("arithmetic", "Integers as large as they get.", "Partial sums wrap or are clamped."),
        "axis-placement": ("memory", "The same row at other places in memory.", "Loads assume an alignment that rows do not have."),
        "axis-repetition": (
            "state", "The same row again, with others in between.", "Something of an earlier call is taken for something of this one."
        ),
        "axis-rows": ("loops", "Several rows in one call.", "Rows or columns are mixed up, or the odd one out is forgotten."),
        "wide-position": ("outliers", "Positions beyond the block.", "Memory outside the block is written."),
    ]
}
