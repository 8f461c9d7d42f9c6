import HIFICOpenSSL
import HIFICXXHash
import HIFIFiles

/// Digests a stream of bytes with several algorithms at once, reading memory only once.
///
/// Long input is cut into chunks that stay in the processor's cache while every algorithm has its turn with them.
public final class MultiHasher {
    /// The algorithms, in the order in which `finish` gives digests.
    public let algorithms: [Digest.Algorithm]
    /// Bytes digested since the beginning or the last `reset`.
    public private(set) var count = 0
    private var states: [any HashState]

    /// Bytes of a chunk: half of a usual second-level cache.
    public static let chunkBytes = 256 << 10

    /// A hasher at its beginning.
    public init(_ algorithms: [Digest.Algorithm]) {
        self.algorithms = algorithms
        states = algorithms.map(makeState)
    }

    /// Digests more bytes.
    public func update(_ bytes: UnsafeRawBufferPointer) {
        var position = 0
        while position < bytes.count {
            let end = min(bytes.count, position + Self.chunkBytes)
            let chunk = UnsafeRawBufferPointer(rebasing: bytes[position..<end])
            for state in states { state.update(chunk) }
            position = end
        }
        count += bytes.count
    }

    /// Digests more bytes.
    public func update(_ bytes: ByteView) { bytes.withUnsafeBytes(update) }

    /// The digests of everything so far, one per algorithm; more may follow.
    public func finish() -> [Digest] {
        zip(algorithms, states).map { algorithm, state in Digest(algorithm, state.digest()) }
    }

    /// Goes back to the beginning.
    public func reset() {
        count = 0
        for state in states { state.reset() }
    }
}

/// The running state of one algorithm.
private protocol HashState: AnyObject {
    func update(_ bytes: UnsafeRawBufferPointer)
    func digest() -> [UInt8]
    func reset()
}

private func makeState(_ algorithm: Digest.Algorithm) -> any HashState {
    switch algorithm {
    case .xxh64: XXH64State()
    case .xxh3: XXH3State(bits: 64)
    case .xxh128: XXH3State(bits: 128)
    case .sha1: EVPState(EVP_sha1())
    case .sha256: EVPState(EVP_sha256())
    }
}

/// Wraps libxxhash's XXH64 state.
private final class XXH64State: HashState {
    private let state: OpaquePointer

    init() {
        guard let state = XXH64_createState() else { fatalError("out of memory") }
        self.state = state
        reset()
    }
    deinit { XXH64_freeState(state) }

    func update(_ bytes: UnsafeRawBufferPointer) { _ = XXH64_update(state, bytes.baseAddress, bytes.count) }
    func digest() -> [UInt8] { withUnsafeBytes(of: XXH64_digest(state).bigEndian) { Array($0) } }
    func reset() { _ = XXH64_reset(state, 0) }
}

/// Wraps libxxhash's XXH3 state, for either width.
private final class XXH3State: HashState {
    private let state: OpaquePointer
    private let bits: Int

    init(bits: Int) {
        guard let state = XXH3_createState() else { fatalError("out of memory") }
        self.state = state
        self.bits = bits
        reset()
    }
    deinit { XXH3_freeState(state) }

    func update(_ bytes: UnsafeRawBufferPointer) {
        if bits == 64 {
            _ = XXH3_64bits_update(state, bytes.baseAddress, bytes.count)
        } else {
            _ = XXH3_128bits_update(state, bytes.baseAddress, bytes.count)
        }
    }

    func digest() -> [UInt8] {
        if bits == 64 { return withUnsafeBytes(of: XXH3_64bits_digest(state).bigEndian) { Array($0) } }
        let digest = XXH3_128bits_digest(state)
        return withUnsafeBytes(of: (digest.high64.bigEndian, digest.low64.bigEndian)) { Array($0) }
    }

    func reset() {
        if bits == 64 { _ = XXH3_64bits_reset(state) } else { _ = XXH3_128bits_reset(state) }
    }
}

/// Wraps a digest of OpenSSL's libcrypto, which uses the processor's SHA instructions where there are any.
private final class EVPState: HashState {
    private let context: OpaquePointer
    private let kind: OpaquePointer?

    init(_ kind: OpaquePointer?) {
        _ = Self.isReady
        guard let context = EVP_MD_CTX_new() else { fatalError("out of memory") }
        (self.context, self.kind) = (context, kind)
        reset()
    }
    deinit { EVP_MD_CTX_free(context) }

    /// A configuration file of the system has no say in what a digest is.
    private static let isReady = OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_LOAD_CONFIG), nil) == 1

    func update(_ bytes: UnsafeRawBufferPointer) {
        guard !bytes.isEmpty else { return }
        guard EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1 else { fatalError("libcrypto cannot digest") }
    }

    /// Of a copy, so that more may follow.
    func digest() -> [UInt8] {
        guard let copy = EVP_MD_CTX_new() else { fatalError("out of memory") }
        defer { EVP_MD_CTX_free(copy) }
        var bytes = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count: UInt32 = 0
        guard EVP_MD_CTX_copy_ex(copy, context) == 1, EVP_DigestFinal_ex(copy, &bytes, &count) == 1 else {
            fatalError("libcrypto cannot finish a digest")
        }
        return Array(bytes.prefix(Int(count)))
    }

    func reset() {
        guard EVP_DigestInit_ex(context, kind, nil) == 1 else { fatalError("libcrypto does not have the digest") }
    }
}
