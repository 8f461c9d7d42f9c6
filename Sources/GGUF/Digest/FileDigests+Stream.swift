import HIFIFiles
import HIFIForeign

extension FileDigests {
    /// Digests a file whose bytes come from front to back, none of them twice, and are not kept.
    ///
    /// Where tensors lie on top of each other or in another order than their records, their digests cannot be taken so: those tensors are
    /// skipped.
    ///
    /// - Parameters:
    ///   - scan: of the header, which must be that of the bytes that come.
    ///   - stream: calls its argument with all bytes of the file, in pieces of any size.
    public init(
        _ scan: GGUFScan, fileName: ForeignText, layout: DataLayout, algorithms: [Digest.Algorithm],
        from stream: (_ take: (UnsafeRawBufferPointer) -> Void) throws(FileError) -> Void
    ) throws(FileError) {
        let headerEnd = min(scan.dataStart ?? 0, scan.bytes.count)
        let ranges = Self.ranges(scan, layout)
        let inOrder = Self.areInOrder(ranges.compactMap(\.self), from: headerEnd)
        let hasher = MultiHasher(algorithms)
        let (header, data, file) = (MultiHasher(algorithms), MultiHasher(algorithms), MultiHasher(algorithms))
        var headerDigests: [Digest] = []
        var tensors: [Tensor] = []
        var queue = ArraySlice(zip(scan.tensors, ranges).compactMap { tensor, range in inOrder ? range.map { (tensor, $0) } : nil })
        var position = 0

        /// Takes bytes that lie wholly inside or outside the header, and of at most one tensor.
        func take(_ bytes: UnsafeRawBufferPointer) {
            file.update(bytes)
            if position < headerEnd { header.update(bytes) }
            if let (_, range) = queue.first, range.contains(position) {
                hasher.update(bytes)
                data.update(bytes)
            }
            position += bytes.count
        }
        /// Ends what ends here; tensors without data too.
        func close() {
            if position == headerEnd, scan.dataStart != nil, headerDigests.isEmpty { headerDigests = header.finish() }
            while let (tensor, range) = queue.first, range.upperBound <= position {
                tensors.append(
                    Tensor(
                        tensor, byteCount: range.count, sizeIsKnown: layout.extents[tensor.index].byteCount != nil, digests: hasher.finish()
                    ))
                hasher.reset()
                queue.removeFirst()
            }
        }
        close()
        try stream { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let next =
                    position < headerEnd ? headerEnd : queue.first.map { $0.1.contains(position) ? $0.1.upperBound : $0.1.lowerBound }
                let count = min(rest.count, next.map { $0 - position } ?? rest.count, MultiHasher.chunkBytes)
                take(UnsafeRawBufferPointer(rebasing: rest.prefix(count)))
                rest = rest.dropFirst(count)
                close()
            }
        }
        let skipped = zip(scan.tensors, ranges).filter { !inOrder || $0.1 == nil }.map(\.0.name)
        self.init(
            fileName: fileName, algorithms: algorithms, parts: .all, header: headerDigests, tensors: tensors,
            tensorData: skipped.isEmpty ? data.finish() : [], file: file.finish(), skippedTensors: skipped)
    }
}
