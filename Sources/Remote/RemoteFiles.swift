import HIFIFiles
import HIFIForeign
import HIFIGGUF
import Synchronization

/// Files by their addresses: their headers, and tensors that are asked for. Other paths lead to the file system.
public final class RemoteFiles: FileSource {
    /// What is being fetched, and how much of it is here.
    public typealias Progress = @Sendable (_ name: ForeignText, _ done: Int, _ total: Int) -> Void

    private let hub: RemoteAddress.Hub
    private let limits: TransferLimits
    /// Tensors to fetch beside the header.
    private let tensors: Set<String>
    private let progress: Progress
    /// What was fetched, by address: a part of a split model leads to all others.
    private let opened = Mutex<[String: (file: MappedFile, version: Transfer.Version?)]>([:])

    /// The first request: the beginning of the keys of any model, up to where the number of tokens stands in nearly all.
    static let firstBytes = 16 << 10

    /// - Parameters:
    ///   - tensors: names of tensors whose data is fetched too, from whichever file has them.
    public init(
        hub: RemoteAddress.Hub, limits: TransferLimits = TransferLimits(), tensors: Set<String> = [],
        progress: @escaping Progress = { _, _, _ in }
    ) {
        (self.hub, self.limits, self.tensors, self.progress) = (hub, limits, tensors, progress)
    }

    /// Whether it is no address.
    public func isLocal(_ path: String) -> Bool { !Address.isOne(path) }

    /// Maps a file, or fetches the header of one that is elsewhere.
    ///
    /// Throws where that cannot be had, or where a server's answers contradict each other.
    public func open(_ path: String) throws(FileError) -> MappedFile {
        guard !isLocal(path) else { return try MappedFile(path: path) }
        if let known = opened.withLock({ $0[path] }) { return known.file }
        let new = try fetch(path)
        opened.withLock { $0[path] = new }
        return new.file
    }

    private func fetch(_ path: String) throws(FileError) -> (file: MappedFile, version: Transfer.Version?) {
        let transfer = try Transfer(path, hub: hub, limits)
        let start = try header(transfer)
        var file = try PartialFile(name: transfer.address.name, size: transfer.fileBytes ?? 0)
        try file.put(start, at: 0)
        if !tensors.isEmpty { try fetchTensors(transfer, start, into: &file) }
        return (try file.finish(), transfer.version)
    }

    /// Hands out all bytes of a file that was opened here, as they come, with nothing kept. They are of the version that was opened.
    ///
    /// - Parameter progress: called with the number of bytes that just came.
    public func stream(
        _ file: MappedFile, _ progress: (Int) -> Void, _ take: (UnsafeRawBufferPointer) -> Void
    ) throws(FileError) {
        guard let (path, version) = opened.withLock({ files in files.first { $0.value.file === file }.map { ($0.key, $0.value.version) } })
        else { throw FileError(path: file.path.raw, operation: "fetch", reason: "it was not opened here") }
        let transfer = try Transfer(path, hub: hub, limits, version: version)
        guard let total = transfer.fileBytes, total > 0 else { return }
        try transfer.stream(0..<total) { bytes in
            take(bytes)
            progress(bytes.count)
        }
    }

    /// The first bytes of the file, up to where its tensor data begins.
    private func header(_ transfer: Transfer) throws(FileError) -> [UInt8] {
        var start = try transfer.bytes(0..<Self.firstBytes)
        var requests = 1
        while let total = transfer.fileBytes {
            let extent = HeaderExtent.measure(ByteView(start), fileBytes: total)
            guard let end = extent.end(afterRequests: requests, fileBytes: total) else { break }
            if case .incomplete(let least, _) = extent, least > limits.headerBytes {
                throw FileError(
                    path: transfer.address.name.raw, operation: "fetch",
                    reason: "its header has \(least) bytes or more, which is more than the \(limits.headerBytes >> 20) MiB that are fetched"
                )
            }
            requests += 1
            start += try transfer.bytes(start.count..<end) { done in progress(transfer.address.name, start.count + done, end) }
        }
        return start
    }

    private func fetchTensors(_ transfer: Transfer, _ start: [UInt8], into file: inout PartialFile) throws(FileError) {
        let total = transfer.fileBytes ?? 0
        // The scan asks for the header alone, and for the size of the file.
        var header = try PartialFile(name: transfer.address.name, size: total)
        try header.put(start, at: 0)
        let scan = GGUFScan.scan(try header.finish().bytes)
        var kept = 0
        for tensor in scan.tensors where tensors.contains(tensor.name.raw) {
            guard let begin = scan.start(of: tensor), let span = scan.spanBytes(of: tensor) else { continue }
            kept += span
            guard kept <= limits.tensorBytes else {
                throw FileError(
                    path: transfer.address.name.raw, operation: "fetch",
                    reason: "the tensors named have more than the \(limits.tensorBytes >> 30) GiB that are kept in memory")
            }
            var position = begin
            while position < begin + span {
                let end = min(begin + span, position + Self.pieceBytes)
                let bytes = try transfer.bytes(position..<end) { done in
                    progress(transfer.address.name, position - begin + done, span)
                }
                try file.put(bytes, at: position)
                position = end
            }
        }
    }

    /// Bytes of one request for a tensor.
    private static let pieceBytes = 64 << 20
}
