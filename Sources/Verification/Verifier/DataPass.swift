import HIFIBlockSpec
import HIFIContent
import HIFIFiles
import HIFIForeign
import HIFIGGUF
import HIFIThreads
import Synchronization

/// The one pass over a file's bytes: digests and block checks together, each stretch while it is in cache.
struct DataPass {
    private let file: GGUFFile
    private let layout: DataLayout
    private let formats: TensorFormats
    private let algorithms: [Digest.Algorithm]
    private let parts: FileDigests.Parts
    private let exampleLimit: Int
    private let threads: Int
    private let tensors: Set<String>?
    private let progress: (_ tensor: ForeignText?, _ bytes: Int) -> Void

    /// What the pass yields.
    struct Result {
        /// One entry per tensor record; nil where the data could not be looked at.
        var contents: ContentList
        var digests: FileDigests?
    }

    /// Bytes between two looks at whether the file is still the same.
    private static let trustInterval = 64 << 20
    /// Less than this is not worth the call.
    private static let worthReleasing = 1 << 20

    /// - Parameters:
    ///   - tensors: names of those whose data is looked at; nil for all. Data that is not here is not looked at in any case.
    ///   - algorithms: none to take no digests. Of a file that is not all here, and of a part of its tensors, there are none of the whole.
    ///   - threads: tensors are shared out to so many; the result does not depend on it. A digest that goes on from tensor to tensor (the
    ///     file's, that of all tensor data) needs one.
    init(
        _ file: GGUFFile, _ layout: DataLayout, _ formats: TensorFormats, tensors: Set<String>?, algorithms: [Digest.Algorithm],
        parts: FileDigests.Parts, exampleLimit: Int, threads: Int, progress: @escaping (_ tensor: ForeignText?, _ bytes: Int) -> Void
    ) {
        (self.file, self.layout, self.formats) = (file, layout, formats)
        (self.algorithms, self.exampleLimit, self.tensors) = (algorithms, exampleLimit, tensors)
        let isWhole = tensors == nil && file.bytes.isWhole
        self.parts = algorithms.isEmpty ? [] : isWhole ? parts : parts.intersection([.header, .tensors])
        self.threads = threads
        self.progress = progress
    }

    /// A tensor and the bytes that are read for it.
    private struct Stretch {
        /// Number of the tensor. There may be a hundred thousand, so their records and formats are not copied.
        let index: Int
        let range: Range<Int>
        /// False where the type is unknown: the bytes up to the next tensor are digested only.
        let isKnown: Bool
    }

    /// Throws where the file changed meanwhile.
    func run() throws(FileError) -> Result {
        var result = Result(contents: ContentList(unread: file.tensors.count), digests: nil)
        guard file.scan.dataStart != nil else {
            // Without a data section there is nothing to look at; the file's own digest still says which file it was.
            if !algorithms.isEmpty {
                result.digests = FileDigests(file.scan, fileName: file.path, layout: layout, algorithms: algorithms, parts: parts)
            }
            return result
        }
        file.mapping.advise(.sequential)
        let stretches = stretches()
        let headerEnd = min(file.scan.dataStart ?? 0, file.bytes.count)
        let isRegular = isInOrder(stretches, from: headerEnd)
        let header = hasher(.header)
        let whole = isRegular ? hasher(.file) : nil
        let data = isRegular ? hasher(.tensorData) : nil
        var seen: [Seen] = []

        let padding = min(file.scan.headerEnd ?? headerEnd, headerEnd)..<headerEnd
        try feed(0..<padding.lowerBound, nil, [header, whole], progress)
        try feed(padding, nil, [header, whole], isFiller: true, progress)
        if whole != nil || data != nil || threads == 1 {
            let tensorHasher = hasher(.tensors)
            var position = headerEnd
            for stretch in stretches {
                if whole != nil {
                    try feed(position..<stretch.range.lowerBound, nil, [whole], isFiller: true, progress)
                    position = stretch.range.upperBound
                }
                seen.append(try look(at: stretch, tensorHasher, [data, whole], progress))
            }
            if whole != nil { try feed(position..<file.bytes.count, nil, [whole], isFiller: true, progress) }
        } else {
            seen = try share(stretches)
        }
        for (stretch, seen) in zip(stretches, seen) { result.contents.keep(seen.content, at: stretch.index) }
        let digested = seen.compactMap(\.digests)
        try file.mapping.checkUnchanged()
        guard !algorithms.isEmpty else { return result }

        // Records whose data overlaps or lies out of order cannot share the pass with the digests of the whole.
        let others = parts.intersection([.file, .tensorData])
        let separate =
            isRegular || others.isEmpty
            ? nil : FileDigests(file.scan, fileName: file.path, layout: layout, algorithms: algorithms, parts: others)
        let read = Set(stretches.lazy.map(\.index))
        result.digests = FileDigests(
            fileName: file.path, algorithms: algorithms, parts: parts, header: header?.finish() ?? [], tensors: digested,
            tensorData: data?.finish() ?? separate?.tensorData ?? [], file: whole?.finish() ?? separate?.file ?? [],
            skippedTensors: parts.contains(.tensors) ? file.tensors.lazy.filter { !read.contains($0.index) }.map(\.name) : [])
        return result
    }

    /// What was seen of a tensor.
    private struct Seen {
        let content: TensorContent?
        /// Nil where no digests of tensors are taken.
        let digests: FileDigests.Tensor?
    }

    private func look(
        at stretch: Stretch, _ hasher: MultiHasher?, _ others: [MultiHasher?], _ progress: (ForeignText?, Int) -> Void
    ) throws(FileError) -> Seen {
        hasher?.reset()
        let content = try read(stretch, [hasher] + others, progress)
        let digests = hasher.map {
            FileDigests.Tensor(
                file.tensors[stretch.index], byteCount: stretch.range.count,
                sizeIsKnown: layout.extents[stretch.index].byteCount != nil, digests: $0.finish())
        }
        try file.mapping.checkUnchanged()
        return Seen(content: content, digests: digests)
    }

    /// Progress from several threads, one report at a time.
    private final class SharedProgress: @unchecked Sendable {
        // Unchecked: the closure is called under the lock only.
        private let report: (ForeignText?, Int) -> Void
        private let lock = Mutex(())

        init(_ report: @escaping (ForeignText?, Int) -> Void) { self.report = report }

        func callAsFunction(_ tensor: ForeignText?, _ bytes: Int) { lock.withLock { _ in report(tensor, bytes) } }
    }

    /// What the threads need of the pass.
    private struct Shared: @unchecked Sendable {
        // Unchecked: the pass is only read, but for its progress, which is not called through this.
        let pass: DataPass
        let stretches: [Stretch]
    }

    /// Looks at tensors on several threads, the largest first, so that none is left waiting for a large one at the end.
    private func share(_ stretches: [Stretch]) throws(FileError) -> [Seen] {
        let order = stretches.indices.sorted { (stretches[$1].range.count, $0) < (stretches[$0].range.count, $1) }
        let results = Mutex((seen: [Seen?](repeating: nil, count: stretches.count), failure: (place: Int, error: FileError)?.none))
        let shared = Shared(pass: self, stretches: stretches)
        let progress = SharedProgress(self.progress)
        ThreadPool(threads: min(threads, max(1, stretches.count))).run(order.count) { task in
            // After a first error nothing more is worth reading.
            if results.withLock({ $0.failure != nil }) { return }
            let place = order[task]
            do throws(FileError) {
                let seen = try shared.pass.look(at: shared.stretches[place], shared.pass.hasher(.tensors), []) { progress($0, $1) }
                results.withLock { $0.seen[place] = seen }
            } catch {
                results.withLock { if $0.failure == nil || place < ($0.failure?.place ?? 0) { $0.failure = (place, error) } }
            }
        }
        let (seen, failure) = results.withLock { ($0.seen, $0.failure) }
        if let failure { throw failure.error }
        return seen.compactMap(\.self)
    }

    private func hasher(_ part: FileDigests.Parts) -> MultiHasher? { parts.contains(part) ? MultiHasher(algorithms) : nil }

    /// What is read for each tensor, in the order of records.
    ///
    /// Overlapping tensors (an error of their own) can add up to any multiple of the file; no more than twice its size is
    /// read, so that a hostile file cannot make the pass endless.
    private func stretches() -> [Stretch] {
        var budget = 2 * file.bytes.count
        return file.tensors.compactMap { tensor in
            guard tensors?.contains(tensor.name.raw) ?? true, let stretch = stretch(of: tensor), stretch.range.count <= budget,
                file.bytes.isPresent(stretch.range)
            else { return nil }
            budget -= stretch.range.count
            return stretch
        }
    }

    private func stretch(of tensor: TensorInfo) -> Stretch? {
        guard layout.extents.indices.contains(tensor.index) else { return nil }
        let extent = layout.extents[tensor.index]
        if extent.byteCount != nil { return extent.range.map { Stretch(index: tensor.index, range: $0, isKnown: formats[tensor] != nil) } }
        guard let start = extent.start, let span = extent.spanBytes else { return nil }
        return Stretch(index: tensor.index, range: start..<start + span, isKnown: false)
    }

    private func isInOrder(_ stretches: [Stretch], from start: Int) -> Bool {
        var end = start
        for stretch in stretches {
            if stretch.range.lowerBound < end { return false }
            end = stretch.range.upperBound
        }
        return true
    }

    /// Digests a range that no tensor's checks apply to. Fillers were looked at with the layout, and counted as done then.
    private func feed(
        _ range: Range<Int>, _ tensor: ForeignText?, _ hashers: [MultiHasher?], isFiller: Bool = false,
        _ progress: (ForeignText?, Int) -> Void
    ) throws(FileError) {
        let hashers = hashers.compactMap(\.self)
        guard !range.isEmpty, !hashers.isEmpty else { return }
        var position = range.lowerBound
        while position < range.upperBound {
            let end = min(range.upperBound, position + Self.trustInterval)
            guard let view = file.bytes.slice(position..<end) else { return }
            view.withUnsafeBytes { bytes in
                for chunk in chunks(of: bytes, ContentScanner.stretch) {
                    for hasher in hashers { hasher.update(chunk) }
                    if !isFiller { progress(tensor, chunk.count) }
                }
            }
            release(position..<end)
            position = end
            if end < range.upperBound { try file.mapping.checkUnchanged() }
        }
    }

    private func read(
        _ stretch: Stretch, _ hashers: [MultiHasher?], _ progress: (ForeignText?, Int) -> Void
    ) throws(FileError) -> TensorContent? {
        let hashers = hashers.compactMap(\.self)
        let tensor = file.tensors[stretch.index]
        guard stretch.isKnown, let format = formats[tensor], let view = file.bytes.slice(stretch.range) else {
            try feed(stretch.range, tensor.name, hashers, progress)
            return nil
        }
        var scan = TensorScan(tensor, format, exampleLimit: exampleLimit + 1)
        try view.withUnsafeBytes { bytes throws(FileError) in
            var position = 0
            var trusted = 0
            while position < bytes.count {
                let end = min(bytes.count, position + scan.chunkBytes)
                let chunk = UnsafeRawBufferPointer(rebasing: bytes[position..<end])
                for hasher in hashers { hasher.update(chunk) }
                scan.take(chunk, at: position, of: bytes)
                progress(tensor.name, chunk.count)
                position = end
                if position - trusted >= Self.trustInterval {
                    try file.mapping.checkUnchanged()
                    release(stretch.range.lowerBound + trusted..<stretch.range.lowerBound + position)
                    trusted = position
                }
            }
            scan.finish(bytes)
            release(stretch.range.lowerBound + trusted..<stretch.range.upperBound)
        }
        return scan.content
    }

    /// Gives pages that have been read back to the system, so that memory does not grow with the file.
    private func release(_ range: Range<Int>) {
        if range.count >= Self.worthReleasing { file.bytes.release(range) }
    }

    private func chunks(of bytes: UnsafeRawBufferPointer, _ size: Int) -> some Sequence<UnsafeRawBufferPointer> {
        stride(from: 0, to: bytes.count, by: size).lazy.map { UnsafeRawBufferPointer(rebasing: bytes[$0..<min($0 + size, bytes.count)]) }
    }
}
