/// Caps that keep the scan of a hostile file small, each far above what real files have.
public struct ScanLimits: Sendable {
    /// Metadata entries kept. Real models have below 200. Guards against memory growth (CWE-770).
    public var metadataEntries: UInt64 = 1 << 16
    /// Tensor records kept. The largest unmerged mixture-of-experts models have some tens of thousands (CWE-770).
    public var tensors: UInt64 = 1 << 18
    /// Bytes of a key, by the GGUF description.
    public var keyBytes: UInt64 = 65_535
    /// Bytes of a tensor name that are still read; longer ones end the scan. The description allows 64.
    public var tensorNameBytes: UInt64 = 65_535
    /// Array levels that values are decoded to; deeper ones are skipped and reported (CWE-674).
    public var arrayNesting = 4
    /// Array levels that are skipped at all; deeper ones end the scan.
    public var skippedArrayNesting = 4096
    /// The largest alignment that is used: 16 MiB. Real files have 32, 64 or at most a huge page.
    public var alignment: UInt64 = 1 << 24
    /// Problems kept; more are counted only.
    public var problems = 10_000
    /// A claimed length of this many bytes or more is called impossible rather than cut off: 1 TiB.
    public var plausibleBytes: UInt64 = 1 << 40

    /// The default limits.
    public init() {}
}
