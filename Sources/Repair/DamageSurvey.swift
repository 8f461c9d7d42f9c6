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

    /// Looks for every piece of a list: where it belongs, among equal pieces, then at every place where the file is not as it should be.
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
        let gaps = Self.gaps(states, list, bytes.count)
        search.findEqual(&states)
        search.find(list.chunkBytes, gaps, into: &states) { progress(bytes.count + $0) }
        if let tail = list.pieces.indices.last { search.find(list.range(of: tail).count, gaps, into: &states) { _ in } }
        search.findEqual(&states)
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

    /// Pieces whose bytes another piece has, which was found.
    func findEqual(_ states: inout [DamageSurvey.State]) {
        var places: [Digest: Int] = [:]
        for piece in states.indices {
            switch states[piece] {
            case .right: places[list.pieces[piece].digest] = list.range(of: piece).lowerBound
            case .displaced(let place): places[list.pieces[piece].digest] = place
            case .missing: break
            }
        }
        for piece in states.indices where states[piece] == .missing {
            if let place = places[list.pieces[piece].digest] { states[piece] = .displaced(place) }
        }
    }

    /// Looks for the missing pieces of one length.
    ///
    /// - Parameter gaps: where they may lie, by rising offsets.
    func find(_ length: Int, _ gaps: [Range<Int>], into states: inout [DamageSurvey.State], _ progress: (Int) -> Void) {
        var wanted: [UInt64: [Int]] = [:]
        for piece in states.indices where states[piece] == .missing && list.range(of: piece).count == length {
            wanted[list.pieces[piece].sum, default: []].append(piece)
        }
        let rolling = RollingSum(length: length)
        // Whether any sum begins with these bits: a table of 128 KiB spares looking up nearly every place.
        var filter = [UInt64](repeating: 0, count: 1 << 14)
        for sum in wanted.keys { filter[Int(sum >> 50)] |= 1 << (sum >> 44 & 63) }
        var falseAlarms = 0
        for gap in gaps {
            if wanted.isEmpty { break }
            // A piece that begins or ends in a gap may reach into its neighbours.
            let last = min(bytes.count, gap.upperBound + length - 1) - length
            var place = max(0, gap.lowerBound - length + 1)
            guard place <= last else { continue }
            bytes.withUnsafeBytes { raw in
                var sum = RollingSum.of(.init(rebasing: raw[place..<place + length]))
                while true {
                    let mayBe = filter[Int(sum >> 50)] >> (sum >> 44 & 63) & 1 == 1
                    if mayBe, let pieces = wanted[sum], let digest = digest(place..<place + length) {
                        let found = pieces.filter { list.pieces[$0].digest == digest }
                        for piece in found { states[piece] = .displaced(place) }
                        if found.isEmpty {
                            // Sums of other bytes are equal by chance once in 2^64 places, or because somebody made them so.
                            falseAlarms += 1
                            if falseAlarms.isMultiple(of: Self.patience) { wanted[sum] = nil }
                        } else {
                            wanted[sum] = pieces.count == found.count ? nil : pieces.filter { !found.contains($0) }
                            // The next piece most likely follows.
                            place += length
                            guard place <= last else { break }
                            sum = RollingSum.of(.init(rebasing: raw[place..<place + length]))
                            progress(place)
                            continue
                        }
                    }
                    guard place < last else { break }
                    sum = rolling.moved(sum, leaving: raw[place], entering: raw[place + length])
                    place += 1
                    if place & 0xFF_FFFF == 0 { progress(place) }
                }
            }
        }
    }

    private func digest(_ range: Range<Int>) -> Digest? { bytes.slice(range).map { Digest.of($0, list.algorithm) } }
}
