import HIFIFiles

/// What stands in a stretch of the file that belongs to no tensor: padding, a hole, or bytes after the last tensor.
public enum Filler: Hashable, Sendable {
    /// Zeros from end to end.
    case zero
    /// Something else.
    case occupied
    /// Zeros as far as was looked, which is not to the end.
    case unseen
}

/// How much of a file's fillers is looked at.
///
/// A file may claim a terabyte of them. Callers that only need to know where data lies set a limit. For the others fillers are read in
/// pieces, with progress reported after each, and never more than one piece stays in memory.
public struct FillerReading {
    /// Bytes of fillers that are looked at in the whole file; nil for all.
    public let limit: Int?
    /// Called after each piece with its number of bytes.
    private let report: (Int) -> Void

    /// - Parameter limit: bytes of fillers to look at in all; nil for every one.
    public init(limit: Int? = nil, report: @escaping (Int) -> Void = { _ in }) {
        (self.limit, self.report) = (limit.map { max(0, $0) }, report)
    }

    /// Looks at every filler.
    public static var all: FillerReading { FillerReading() }
    /// Looks at none.
    public static var none: FillerReading { FillerReading(limit: 0) }

    /// Bytes that are read before the pages go back to the system.
    private static let piece = 16 << 20
    /// Less than this is not worth the call.
    private static let worthReleasing = 64 << 10

    /// What stands in `range`, of which the first `budget` bytes may be looked at, and where the zeros end that were seen. A range that is
    /// not all here is not looked at.
    func look(at range: Range<Int>, of bytes: ByteView, budget: Int) -> (filler: Filler, zerosEnd: Int) {
        guard bytes.isPresent(range) else { return (.unseen, range.lowerBound) }
        let end = range.lowerBound + min(range.count, budget)
        var position = range.lowerBound
        while position < end {
            let next = min(end, position + Self.piece)
            if let offset = bytes.firstNonZero(in: position..<next) {
                // That settles it, so the rest counts as done.
                report(end - position)
                return (.occupied, offset)
            }
            report(next - position)
            if next - position >= Self.worthReleasing { bytes.release(position..<next) }
            position = next
        }
        return (end < range.upperBound ? .unseen : .zero, end)
    }
}
