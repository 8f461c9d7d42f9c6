import BlockSpec

/// How a HIFI format chooses its outliers and what it stores of them.
struct OutlierRecipe: Sendable {
    /// What a weight's score is made of. Scores are multiplied by the importance where `importanceCounts`.
    enum Choice: Sendable {
        case magnitude
        /// |x − decoded base|
        case residual
        /// |x − decoded base| · (1 + |x|/2), the importance multiplied in before the bracket
        case residualByMagnitude
    }

    /// What a slot stores.
    enum Stored: Sendable {
        case weight
        case residual
        case bytes(ByteResiduals)
    }

    var choice: Choice
    var stored: Stored
    /// The chosen weights are zero in what the base encoder sees.
    var clearsBase: Bool
    var importanceCounts = true
    /// With an importance matrix the base takes the search made for it…
    var baseIsSearched = false
    /// …and the importances themselves.
    var baseIsWeighted = false
    /// Slots in order of position instead of falling score.
    var rising = false
    /// Position that an unused slot holds.
    var emptyPosition = 0
    /// The same in a block without any outlier.
    var emptyPositionOfNone = 0
    /// Field that receives the number of slots in use.
    var countField: String?
    /// Or-ed into that number.
    var countFlag = 0
    /// The search for outliers ends at the first score that is not above zero.
    var stopsAtZero = false
    /// NaN scores are never chosen, not even at position 0.
    var passesOverNaN = false
    /// How many outliers the original can be asked for.
    var allowed: ClosedRange<Int>
    /// How many it takes when nothing says otherwise.
    var standard: Int
    /// With importances the number varies by block, for a model of this many billions.
    var adaptsPerBlock: Float?
}

/// Residuals as signed bytes under one scale.
enum ByteResiduals: Sendable {
    /// The scale is the largest residual / 127; all slots empty, count kept, if that is 0 (Q3_K_HIFI_RES8).
    case dividedScale
    /// The scale is the largest residual, at least 1e−10 (Q6_K_HIFI_RES8).
    case wholeScale
    /// The same in E4M3; where importances are given, blocks with small residuals keep none (Q5_K_HIFI_RES8).
    case wholeScaleE4M3
}

extension OutlierRecipe {
    /// The recipe of a format; nil if it has no outliers.
    ///
    /// - Parameter guided: whether importances are given; only Q2_K_HIFI then changes its kind.
    static func of(_ format: BlockFormat, guided: Bool) -> OutlierRecipe? {
        switch format.id {
        case "q3_k_hifi@r1": fixed(4, passesOverNaN: true)
        case "q3_k_hifi@r2", "q3_k_hifi@r3", "q3_k_hifi@r4": fixed(6, passesOverNaN: true)
        case "q3_k_hifi@r5": fixed(6)
        case "q3_k_hifi@r6": fixed(8)
        case "q3_k_hifi@r7a": residuals(allowed: 16...16)
        case "q3_k_hifi@r7b", "q3_k_hifi@r7d": residuals(allowed: 0...16)
        case "q3_k_hifi@r7c", "q3_k_hifi@r7e": counted(fixed(16, allowed: 0...16), "outlier_count")
        case "q3_k_hifi@r7f": residuals(allowed: 0...16, choice: .residualByMagnitude)
        case "q3_k_hifi@r8": fixed(16, allowed: 1...16)
        case "q3_k_hifi@r9": searched(fixed(16, allowed: 0...16))
        case "q3_k_hifi@r10", "q3_k_hifi@r10-gpu", "q3_k_hifi@r11", "q3_k_hifi@r11-gpu":
            counted(searched(fixed(16, allowed: 0...16)), "n_outliers")
        case "q3_k_hifi@r12a": searched(fixed(8, allowed: 0...8))
        case "q3_k_hifi@r12b", "q3_k_hifi@r12c": sorted(searched(fixed(8, allowed: 0...8)), empty: 255, none: 0)
        case "q3_k_hifi@r13": r13
        case "q3_k_hifi_res8": res8
        case "q4_k_hifi": sorted(searched(fixed(8, allowed: 0...8)), empty: 255, none: 255)
        case "q2_k_hifi": guided ? q2Residuals : counted(fixed(3), "outlier_count")
        case "q6_k_hifi": fixed(4)
        case "q6_k_hifi_dynamic": counted(fixed(6, allowed: 2...8), "outlier_count")
        case "q6_k_hifi_res8": familyRes8(.wholeScale, billions: 1)
        case "q5_k_hifi_res8": familyRes8(.wholeScaleE4M3, billions: 4)
        default: nil
        }
    }

    /// The largest weights, stored as they are and cleared from the base.
    private static func fixed(_ count: Int, allowed: ClosedRange<Int>? = nil, passesOverNaN: Bool = false) -> OutlierRecipe {
        OutlierRecipe(
            choice: .magnitude, stored: .weight, clearsBase: true, passesOverNaN: passesOverNaN, allowed: allowed ?? count...count,
            standard: count)
    }

    private static func residuals(allowed: ClosedRange<Int>, choice: Choice = .residual) -> OutlierRecipe {
        OutlierRecipe(
            choice: choice, stored: .residual, clearsBase: false, countField: "outlier_count", allowed: allowed, standard: 16)
    }

    private static func counted(_ recipe: OutlierRecipe, _ field: String) -> OutlierRecipe {
        var recipe = recipe
        recipe.countField = field
        return recipe
    }

    private static func searched(_ recipe: OutlierRecipe) -> OutlierRecipe {
        var recipe = recipe
        recipe.baseIsSearched = true
        return recipe
    }

    private static func sorted(_ recipe: OutlierRecipe, empty: Int, none: Int) -> OutlierRecipe {
        var recipe = recipe
        recipe.rising = true
        recipe.emptyPosition = empty
        recipe.emptyPositionOfNone = none
        return recipe
    }

    private static var r13: OutlierRecipe {
        OutlierRecipe(
            choice: .magnitude, stored: .weight, clearsBase: true, importanceCounts: false, rising: true, countField: "outlier_count",
            stopsAtZero: true, allowed: 1...8, standard: 8)
    }

    private static var res8: OutlierRecipe {
        OutlierRecipe(
            choice: .residual, stored: .bytes(.dividedScale), clearsBase: false, importanceCounts: false, countField: "outlier_count",
            allowed: 8...8, standard: 8)
    }

    private static var q2Residuals: OutlierRecipe {
        OutlierRecipe(
            choice: .residual, stored: .residual, clearsBase: false, baseIsSearched: true, baseIsWeighted: true,
            countField: "outlier_count", countFlag: 0x80, allowed: 3...3, standard: 3)
    }

    private static func familyRes8(_ bytes: ByteResiduals, billions: Float) -> OutlierRecipe {
        OutlierRecipe(
            choice: .magnitude, stored: .bytes(bytes), clearsBase: true, countField: "outlier_count", allowed: 1...8, standard: 8,
            adaptsPerBlock: billions)
    }
}
