import HIFIFiles
import HIFIForeign
import Repair

/// Pieces of a file at an address, for what is missing in a copy of it.
public struct RemotePieces: PieceSource {
    private let transfer: Transfer
    /// The bytes that the file must have.
    private let size: Int

    /// Nothing is fetched yet.
    ///
    /// - Parameter size: the bytes that the file must have.
    public init(_ address: String, hub: RemoteAddress.Hub, size: Int, limits: TransferLimits = TransferLimits()) throws(FileError) {
        transfer = try Transfer(address, hub: hub, limits)
        self.size = size
    }

    /// What messages call the file.
    public var name: ForeignText { transfer.address.name }

    /// The bytes of one range, by one request.
    public func read(_ range: Range<Int>) throws(RepairError) -> ByteView {
        let bytes: [UInt8]
        do { bytes = try transfer.bytes(range) } catch { throw .file(error) }
        guard let total = transfer.fileBytes, total == size else {
            throw .source(name, "it has \(transfer.fileBytes ?? 0) bytes, and the list is of a file of \(size)")
        }
        return ByteView(bytes)
    }
}
