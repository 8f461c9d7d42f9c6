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
    /// How many outliers the fork can be asked for (QUANT-08).
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
        guard let count = Spec.quantizer.outlierCount(of: format) else { return nil }
        let weights = OutlierRecipe(count, choice: .magnitude, stored: .weight, clearsBase: true)
        switch format.id {
        case "q3_k_hifi@r1", "q3_k_hifi@r2", "q3_k_hifi@r3", "q3_k_hifi@r4": return weights.passingOverNaN
        case "q3_k_hifi@r5", "q3_k_hifi@r6", "q3_k_hifi@r8", "q6_k_hifi": return weights
        case "q3_k_hifi@r7a", "q3_k_hifi@r7b", "q3_k_hifi@r7d": return residuals(count, choice: .residual)
        case "q3_k_hifi@r7f": return residuals(count, choice: .residualByMagnitude)
        case "q3_k_hifi@r7c", "q3_k_hifi@r7e", "q6_k_hifi_dynamic": return weights.counted(in: "outlier_count")
        case "q3_k_hifi@r9", "q3_k_hifi@r12a": return weights.searched
        case "q3_k_hifi@r10", "q3_k_hifi@r10-gpu", "q3_k_hifi@r11", "q3_k_hifi@r11-gpu":
            return weights.searched.counted(in: "n_outliers")
        case "q3_k_hifi@r12b", "q3_k_hifi@r12c": return weights.searched.sorted(empty: 255, none: 0)
        case "q3_k_hifi@r13": return r13(count)
        case "q3_k_hifi_res8": return res8(count)
        case "q4_k_hifi": return weights.searched.sorted(empty: 255, none: 255)
        case "q2_k_hifi": return guided ? q2Residuals(count) : weights.counted(in: "outlier_count")
        case "q6_k_hifi_res8": return familyRes8(count, .wholeScale, billions: 1)
        case "q5_k_hifi_res8": return familyRes8(count, .wholeScaleE4M3, billions: 4)
        default: return nil
        }
    }

    private init(_ count: OutlierCount, choice: Choice, stored: Stored, clearsBase: Bool) {
        self.choice = choice
        self.stored = stored
        self.clearsBase = clearsBase
        allowed = count.least...count.most
        standard = count.standard
    }

    private var passingOverNaN: OutlierRecipe {
        var recipe = self
        recipe.passesOverNaN = true
        return recipe
    }

    private var searched: OutlierRecipe {
        var recipe = self
        recipe.baseIsSearched = true
        return recipe
    }

    private func counted(in field: String) -> OutlierRecipe {
        var recipe = self
        recipe.countField = field
        return recipe
    }

    private func sorted(empty: Int, none: Int) -> OutlierRecipe {
        var recipe = self
        recipe.rising = true
        recipe.emptyPosition = empty
        recipe.emptyPositionOfNone = none
        return recipe
    }

    private static func residuals(_ count: OutlierCount, choice: Choice) -> OutlierRecipe {
        OutlierRecipe(count, choice: choice, stored: .residual, clearsBase: false).counted(in: "outlier_count")
    }

    private static func r13(_ count: OutlierCount) -> OutlierRecipe {
        var recipe = OutlierRecipe(count, choice: .magnitude, stored: .weight, clearsBase: true).counted(in: "outlier_count")
        recipe.importanceCounts = false
        recipe.rising = true
        recipe.stopsAtZero = true
        return recipe
    }

    private static func res8(_ count: OutlierCount) -> OutlierRecipe {
        var recipe = OutlierRecipe(count, choice: .residual, stored: .bytes(.dividedScale), clearsBase: false).counted(in: "outlier_count")
        recipe.importanceCounts = false
        return recipe
    }

    private static func q2Residuals(_ count: OutlierCount) -> OutlierRecipe {
        var recipe = residuals(count, choice: .residual).searched
        recipe.baseIsWeighted = true
        recipe.countFlag = 0x80
        return recipe
    }

    private static func familyRes8(_ count: OutlierCount, _ bytes: ByteResiduals, billions: Float) -> OutlierRecipe {
        var recipe = OutlierRecipe(count, choice: .magnitude, stored: .bytes(bytes), clearsBase: true).counted(in: "outlier_count")
        recipe.adaptsPerBlock = billions
        return recipe
    }
}
