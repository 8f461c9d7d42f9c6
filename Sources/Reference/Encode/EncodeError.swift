/// Why rows cannot be encoded.
public enum EncodeError: Error, Equatable, CustomStringConvertible {
    /// The spec has no encoder for the format.
    case noEncoder(String)
    /// The row length is not a positive multiple of the block length.
    case partialBlock(format: String, columns: Int, blockWeights: Int)
    /// The number of weights is not a multiple of the row length.
    case partialRow(weights: Int, columns: Int)
    /// The importance matrix has not one value per column.
    case importanceCount(expected: Int, found: Int)
    /// An importance is NaN, infinite or negative.
    case badImportance(column: Int, value: Float)
    /// The reference path knows no importances.
    case importanceOnReferencePath(String)
    /// The format is made with importances only.
    case importanceRequired(String)
    /// The format cannot hold that many outliers.
    case outlierCount(format: String, asked: Int, allowed: ClosedRange<Int>)
    /// A weight is NaN, infinite, or larger than the format can hold: `largest` is the largest magnitude of its sign.
    case badWeight(row: Int, column: Int, value: Float, largest: Float)
    /// An importance so large or so small that the encoder's sums in fp32 overflow or vanish: the block at row and column would get a
    /// scale that is not a number, or lose all its weights. `place` is the column of the importance.
    case unusableImportance(row: Int, column: Int, place: Int, value: Float, vanishes: Bool)
    /// A scale became infinite although every weight was in range.
    case scaleOverflow(row: Int, column: Int, field: String)

    /// What is wrong and where, in one line.
    public var description: String {
        switch self {
        case .noEncoder(let id): "\(id) can be decoded but not encoded"
        case .partialBlock(let id, let columns, let weights):
            "rows of \(columns) weights are not whole \(id) blocks of \(weights)"
        case .partialRow(let weights, let columns): "\(weights) weights are not whole rows of \(columns)"
        case .importanceCount(let expected, let found): "the importance matrix has \(found) values; a row has \(expected)"
        case .badImportance(let column, let value): "importance \(value) in column \(column) is not a finite number from 0 up"
        case .importanceOnReferencePath(let id): "the reference path of \(id) takes no importance matrix; use the chunk path"
        case .importanceRequired(let id): "\(id) is made with an importance matrix only; give one"
        case .outlierCount(let id, let asked, let allowed):
            allowed.upperBound == 0
                ? "\(id) has no outliers to choose a number of"
                : "\(id) cannot be asked for \(asked) outliers per block, only for "
                    + (allowed.count == 1 ? "\(allowed.upperBound)" : "\(allowed.lowerBound) to \(allowed.upperBound)")
        case .badWeight(let row, let column, let value, let largest):
            "value \(value) in row \(row), column \(column) cannot be stored (largest magnitude \(largest)); clamp it to encode anyway"
        case .unusableImportance(let row, let column, let place, let value, let vanishes):
            value == 0
                ? "the importances from column \(place) on are all zero: the block at row \(row), column \(column) would get a scale that "
                    + "is no number; give them any number above zero"
                : "importance \(value) in column \(place) is too \(vanishes ? "small" : "large") for sums in fp32: the block at "
                    + "row \(row), column \(column) would \(vanishes ? "lose all its weights" : "get a scale that is not a number"); "
                    + "scale the importances \(vanishes ? "up" : "down"), only their proportions matter"
        case .scaleOverflow(let row, let column, let field):
            "field \(field) of the block at row \(row), column \(column) exceeds fp16; the weights there are too large for this format"
        }
    }
}

extension EncodeError {
    /// The same for rows that lie so many further down.
    package func moved(down rows: Int) -> EncodeError {
        switch self {
        case .badWeight(let row, let column, let value, let largest):
            .badWeight(row: row + rows, column: column, value: value, largest: largest)
        case .scaleOverflow(let row, let column, let field): .scaleOverflow(row: row + rows, column: column, field: field)
        case .unusableImportance(let row, let column, let place, let value, let vanishes):
            .unusableImportance(row: row + rows, column: column, place: place, value: value, vanishes: vanishes)
        default: self
        }
    }
}
