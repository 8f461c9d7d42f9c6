#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

import HIFICAPI
import HIFIForeign

/// What a call of the library failed with.
struct CallError: Error {
    let status: Int32
    let message: String

    init(_ status: Int, _ message: String) { (self.status, self.message) = (Int32(status), message) }

    static func argument(_ message: String) -> CallError { CallError(HIFI_BAD_ARGUMENT, message) }
    static func refused(_ error: any Error) -> CallError { CallError(HIFI_REFUSED, "\(ForeignText(describing: error))") }
}

/// Runs the body of a call: its status, and its message where the caller wants it.
///
/// Bits depend on how the processor rounds and whether it keeps subnormals, which is the caller's choice (`fesetround`, `-ffast-math`). So
/// the call has the default environment, which threads that it starts inherit, and gives the caller's back.
func call(_ error: UnsafeMutablePointer<hifi_error>?, _ body: () throws(CallError) -> Void) -> hifi_status {
    var environment = fenv_t()
    fegetenv(&environment)
    _ = hifi_take_default_environment()
    defer { fesetenv(&environment) }
    do throws(CallError) {
        error?.pointee.status = Int32(HIFI_OK)
        error?.pointee.message.0 = 0
        try body()
        return Int32(HIFI_OK)
    } catch let failure {
        guard let error else { return failure.status }
        error.pointee.status = failure.status
        withUnsafeMutableBytes(of: &error.pointee.message) { place in
            copy(failure.message, to: place)
        }
        return failure.status
    }
}

/// Puts as much of a text as fits, and a zero byte, without cutting a character in two.
func copy(_ text: String, to place: UnsafeMutableRawBufferPointer) {
    var length = 0
    for character in text.unicodeScalars {
        let bytes = Array(String(character).utf8)
        guard length + bytes.count < place.count else { break }
        for byte in bytes {
            place[length] = byte
            length += 1
        }
    }
    if length < place.count { place[length] = 0 }
}

/// A text that a caller gave.
func text(_ pointer: UnsafePointer<CChar>?, _ name: StaticString) throws(CallError) -> String {
    guard let pointer else { throw .argument("\(name) is NULL") }
    guard let text = String(validatingCString: pointer) else { throw .argument("\(name) is not UTF-8") }
    return text
}

/// Memory that a caller gave; none is fine for nothing.
func bytes(_ pointer: UnsafeRawPointer?, _ count: Int, _ name: StaticString) throws(CallError) -> UnsafeRawBufferPointer {
    guard count >= 0 else { throw .argument("\(name): no memory is that long") }
    guard pointer != nil || count == 0 else { throw .argument("\(name) is NULL") }
    return UnsafeRawBufferPointer(start: pointer, count: count)
}

/// Numbers that a caller gave, wherever they lie: a pointer that is not aligned is refused.
func floats(_ pointer: UnsafePointer<Float>?, _ count: Int, _ name: StaticString) throws(CallError) -> UnsafeBufferPointer<Float> {
    guard count >= 0, count <= Int.max / 4 else { throw .argument("\(name): no memory is that long") }
    guard let pointer else {
        if count == 0 { return UnsafeBufferPointer(start: nil, count: 0) }
        throw .argument("\(name) is NULL")
    }
    guard UInt(bitPattern: pointer).isMultiple(of: 4) else { throw .argument("\(name) is not aligned to 4 bytes") }
    return UnsafeBufferPointer(start: pointer, count: count)
}

/// A text for the caller, who releases it by `hifi_free`.
func owned(_ text: String) throws(CallError) -> UnsafeMutablePointer<CChar> {
    guard let copy = strdup(text) else { throw CallError(HIFI_INTERNAL, "out of memory") }
    return copy
}

/// Releases a text of this library: `hifi_free`, as `hifi.h` says.
@_cdecl("hifi_free")
public func release(text: UnsafeMutablePointer<CChar>?) { free(text) }

/// The layout of the header that this library was made with: `hifi_abi_version`, as `hifi.h` says.
@_cdecl("hifi_abi_version")
public func abiVersion() -> UInt32 { UInt32(HIFI_ABI_VERSION) }
