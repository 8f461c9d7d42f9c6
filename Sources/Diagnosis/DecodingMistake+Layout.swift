import HIFIBlockSpec
import HIFIReference
import Mutants
import Suite

/// Mistakes about where fields lie, how their bytes are put together, and what codes stand for.
extension DecodingMistakeMaker {
    package mutating func layouts() {
        order()
        bytes()
        declared()
        book()
    }

    private static func block(_ draft: BlockDraft, _ change: (inout [UInt8]) -> Void) -> BlockDraft {
        var bytes = draft.bytes
        change(&bytes)
        return BlockDraft(draft.format, bytes: bytes)
    }

    /// Fields in another order: neighbours exchanged, or one moved to another place among them.
    private mutating func order() {
        let fields = format.fields.filter(\.parts.isEmpty).sorted { $0.offset < $1.offset }
        guard zip(fields, fields.dropFirst()).allSatisfy({ $0.range.upperBound == $1.range.lowerBound }) else { return }
        var tried: Set<[String]> = [fields.map(\.name)]
        func add(_ id: String, _ words: String, _ order: [Field]) {
            guard tried.insert(order.map(\.name)).inserted else { return }
            self.add(id, words) { old, new in
                new = Self.block(old) { bytes in
                    // A reader that expects this order takes the stored bytes one after another for it.
                    var start = fields[0].offset
                    for field in order {
                        bytes.replaceSubrange(field.range, with: old.bytes[start..<start + field.range.count])
                        start += field.range.count
                    }
                }
            }
        }
        for place in fields.indices.dropFirst() {
            var order = fields
            order.swapAt(place - 1, place)
            let (first, second) = (fields[place - 1].name, fields[place].name)
            add("fields-\(first)-\(second)", "\(first) and \(second) are taken to lie in the other order", order)
        }
        for from in fields.indices {
            for to in fields.indices {
                var order = fields
                order.insert(order.remove(at: from), at: to)
                let place = to == 0 ? "first" : to == fields.count - 1 ? "last" : "after \(order[to - 1].name)"
                add("fields-\(fields[from].name)-\(to)", "\(fields[from].name) is taken to lie \(place)", order)
            }
        }
    }

    /// Fields of several bytes whose bytes are taken in another order.
    private mutating func bytes() {
        for field in format.fields where field.parts.isEmpty && field.type.bytes == 1 && field.count > 1 {
            for word in Set([2, 4, 8, field.count]).sorted() where field.count % word == 0 {
                let words =
                    word == field.count
                    ? "the bytes of \(field.name) are in reverse order"
                    : "\(field.name) is read in words of \(word) bytes, the highest byte first"
                add("\(field.name)-bytes-\(word)", words) { old, new in
                    new = Self.block(old) { bytes in
                        for i in 0..<field.count {
                            bytes[field.offset + i] = old.bytes[field.offset + i / word * word + word - 1 - i % word]
                        }
                    }
                }
            }
        }
    }

    /// Planes that count more or less than they do, and fields that are not cut down to their bits.
    private mutating func declared() {
        for part in FormatEdit.Part.allCases {
            guard let rule = FormatEdit.rule(format, part) else { continue }
            for bias in [rule.bias / 2, rule.bias * 2, -rule.bias] where bias != rule.bias {
                edited("\(part)-bias\(bias)", "the \(part.rawValue) has bias \(bias) instead of \(rule.bias)") {
                    FormatEdit.rule($0, part) { $0.with(bias: bias) }
                }
            }
            for (index, plane) in rule.planes.enumerated() {
                let subject = "plane \(index) of the \(part.rawValue) (\(plane.field))"
                for shift in [2, 3, 4, -2, -3, -4] where plane.place + shift >= 0 {
                    let times = abs(shift) == 2 ? "four times" : abs(shift) == 3 ? "eight times" : "sixteen times"
                    let words = shift > 0 ? "\(times) too much" : "\(times) too little"
                    edited("\(part)-plane\(index)-counts\(shift)", "\(subject) counts \(words)") {
                        FormatEdit.plane($0, part, index) { $0.with(place: plane.place + shift) }
                    }
                }
                // As many further bits as there are in the byte.
                for width in plane.width + 1...max(plane.width + 1, 8) where width <= 8 {
                    let more = width - plane.width
                    edited("\(part)-plane\(index)-wide\(width)", "of \(subject) \(more) more bits are taken, from above") {
                        FormatEdit.plane($0, part, index) { $0.with(width: width) }
                    }
                    edited("\(part)-plane\(index)-unshifted\(width)", "of \(subject) \(more) more bits are taken, from below") {
                        FormatEdit.plane($0, part, index) { $0.with(firstBit: $0.firstBit - more, width: width) }
                    }
                }
            }
        }
    }

    private mutating func edited(_ id: String, _ words: String, _ edit: (BlockFormat) -> BlockFormat) {
        let changed = edit(format)
        guard FormatEdit.isSafe(changed), let decoder = try? ReferenceDecoder(changed) else { return }
        add(id, words, decode: { ((try? decoder.decode($0)) ?? []).map { FloatPattern.classified($0.bitPattern) } })
    }

    /// Entries of a book that are swapped, or are not looked up.
    private mutating func book() {
        guard let rule = format.decoding?.code, let book = rule.codebook else { return }
        for entry in 0..<book.count - 1 {
            edited("book-\(entry)", "entries \(entry) and \(entry + 1) of the book are exchanged") {
                FormatEdit.rule($0, .code) { rule in
                    var changed = book
                    changed.swapAt(entry, entry + 1)
                    return rule.with(codebook: changed)
                }
            }
        }
        for (entry, step) in (0..<book.count).flatMap({ [($0, 1), ($0, -1)] }) {
            edited("book-\(entry)-\(step)", "entry \(entry) of the book is \(book[entry] + step) instead of \(book[entry])") {
                FormatEdit.rule($0, .code) { rule in
                    var changed = book
                    changed[entry] += step
                    return rule.with(codebook: changed)
                }
            }
        }
        edited("book-unsigned", "entries of the book are read unsigned") {
            FormatEdit.rule($0, .code) { $0.with(codebook: book.map { $0 & 255 }) }
        }
        edited("book-backwards", "the book is read backwards") {
            FormatEdit.rule($0, .code) { $0.with(codebook: book.reversed()) }
        }
    }
}
