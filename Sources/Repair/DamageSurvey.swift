import HIFIFiles
import HIFIGGUF

/// Which pieces of a file are as a list says, which lie at another place, and which are gone.
public struct DamageSurvey: Sendable, Hashable {
    /// Where the bytes of a piece are to be had.
    public enum State: Sendable, Hashable {
        /// Where they belong.
        case right
        /// In the file, but at this offset: something was inserted or cut out, or pieces were exchanged.
        case displaced(Int)
        /// Nowhere in the file.
        case missing
    }

    /// By piece.
    public let states: [State]
    /// Bytes of the file that was looked at.
    public let size: Int

    /// Pieces that are not where they belong.
    public var damaged: [Int] { states.indices.filter { states[$0] != .right } }
    /// Pieces that are nowhere in the file.
    public var missing: [Int] { states.indices.filter { states[$0] == .missing } }

    /// Looks for every piece of a list: where it belongs, then at every place.
    ///
    /// - Parameters:
    ///   - bytes: the file.
    ///   - progress: bytes looked at, of at most twice the bytes of the file.
    public init(of bytes: ByteView, by list: ChunkList, progress: (Int) -> Void = { _ in }) {
        size = bytes.count
        var states = [State](repeating: .missing, count: list.pieces.count)
        for piece in list.pieces.indices {
            let range = list.range(of: piece)
            if let found = bytes.slice(range), Digest.of(found, list.algorithm) == list.pieces[piece].digest { states[piece] = .right }
            progress(min(range.upperBound, bytes.count))
        }
        let search = PieceSearch(bytes, list)
        search.find(Self.gaps(states, list, bytes.count), into: &states) { progress(bytes.count + $0) }
        self.states = states
    }

    /// Stretches of the file where no piece is as it should be.
    private static func gaps(_ states: [State], _ list: ChunkList, _ size: Int) -> [Range<Int>] {
        var gaps: [Range<Int>] = []
        var start = 0
        for piece in states.indices where states[piece] == .right {
            let range = list.range(of: piece)
            if range.lowerBound > start { gaps.append(start..<range.lowerBound) }
            start = range.upperBound
        }
        if start < size { gaps.append(start..<size) }
        return gaps
    }
}

/// Looks for pieces at places where they do not belong.
private struct PieceSearch {
    private let bytes: ByteView
    private let list: ChunkList
    /// Digests in vain after which a sum is no longer looked for.
    private static let patience = 16

    init(_ bytes: ByteView, _ list: ChunkList) { (self.bytes, self.list) = (bytes, list) }

    /// - Parameter gaps: where they may lie, by rising offsets.
    func find(_ gaps: [Range<Int>], into states: inout [DamageSurvey.State], _ progress: (Int) -> Void) {
        // All pieces are of one length, but for the last. It is looked for behind the piece before it, and at the end of the file.
        let full = list.chunkBytes
        var wanted: [UInt64: [Int]] = [:]
        for piece in states.indices where states[piece] == .missing && list.range(of: piece).count == full {
            wanted[list.pieces[piece].sum, default: []].append(piece)
        }
        let rolling = RollingSum(length: full)
        // Whether any sum begins with these bits: a table of 128 KiB spares looking up nearly every place.
        var filter = [UInt64](repeating: 0, count: 1 << 14)
        for sum in wanted.keys { filter[Int(sum >> 50)] |= 1 << (sum >> 44 & 63) }
        var falseAlarms = 0
        for gap in gaps {
            if wanted.isEmpty { break }
            // A piece that begins or ends in a gap may reach into its neighbours.
            let last = min(bytes.count, gap.upperBound + full - 1) - full
            var place = max(0, gap.lowerBound - full + 1)
            guard place <= last else { continue }
            bytes.withUnsafeBytes { raw in
                var sum = RollingSum.of(.init(rebasing: raw[place..<place + full]))
                while true {
                    if filter[Int(sum >> 50)] >> (sum >> 44 & 63) & 1 == 1, let pieces = wanted[sum],
                        let digest = digest(place..<place + full)
                    {
                        let found = pieces.filter { list.pieces[$0].digest == digest }
                        for piece in found { states[piece] = .displaced(place) }
                        if found.isEmpty {
                            // Sums of other bytes are equal by chance once in 2^64 places, or because somebody made them so.
                            falseAlarms += 1
                            if falseAlarms.isMultiple(of: Self.patience) { wanted[sum] = nil }
                        } else {
                            wanted[sum] = pieces.count == found.count ? nil : pieces.filter { !found.contains($0) }
                            // The next piece most likely follows.
                            place += full
                            guard place <= last else { break }
                            sum = RollingSum.of(.init(rebasing: raw[place..<place + full]))
                            progress(place)
                            continue
                        }
                    }
                    guard place < last else { break }
                    sum = rolling.moved(sum, leaving: raw[place], entering: raw[place + full])
                    place += 1
                    if place & 0xFF_FFFF == 0 { progress(place) }
                }
            }
        }
        findTail(&states)
    }

    private func findTail(_ states: inout [DamageSurvey.State]) {
        guard let tail = states.indices.last, states[tail] == .missing, list.range(of: tail).count < list.chunkBytes else { return }
        let length = list.range(of: tail).count
        var places = [bytes.count - length]
        if tail > 0, case .displaced(let before) = states[tail - 1] { places.append(before + list.chunkBytes) }
        for place in places where place >= 0 && place <= bytes.count - length {
            if digest(place..<place + length) == list.pieces[tail].digest { states[tail] = .displaced(place) }
        }
    }

    private func digest(_ range: Range<Int>) -> Digest? { bytes.slice(range).map { Digest.of($0, list.algorithm) } }
}
