import HIFIForeign

/// A kind of file that turns up where a GGUF file was expected, recognised by its first bytes.
struct ForeignFormat {
    /// What it is, as a phrase: "an HTML page (a failed download?)".
    let name: String

    /// Recognises the beginning of a file, or returns nil.
    init?(recognising bytes: UnsafeRawBufferPointer) {
        guard let name = Self.name(of: bytes) else { return nil }
        self.name = name
    }

    private static let signatures: [(bytes: [UInt8], name: String)] = [
        (Array("version https://git-lfs".utf8), "a Git LFS pointer (fetch the file itself with git lfs pull)"),
        ([0x1f, 0x8b], "a gzip archive"),
        ([0x28, 0xb5, 0x2f, 0xfd], "a Zstandard archive"),
        ([0xfd, 0x37, 0x7a, 0x58, 0x5a], "an xz archive"),
        (Array("BZh".utf8), "a bzip2 archive"),
        ([0x37, 0x7a, 0xbc, 0xaf], "a 7-Zip archive"),
        ([0x93] + Array("NUMPY".utf8), "a NumPy array"),
        ([0x89] + Array("HDF".utf8), "an HDF5 file"),
        (Array("lmgg".utf8), "a GGML file of the time before GGUF"),
        (Array("fmgg".utf8), "a GGMF file of the time before GGUF"),
        (Array("tjgg".utf8), "a GGJT file of the time before GGUF"),
        ([0x7f] + Array("ELF".utf8), "an ELF program"),
        (Array("%PDF".utf8), "a PDF document"),
        (Array("<?xml".utf8), "an XML document (a server's error page, from a failed download?)"),
        ([0xff, 0xfe], "a text in UTF-16"),
        ([0xfe, 0xff], "a text in UTF-16"),
    ]

    private static func name(of bytes: UnsafeRawBufferPointer) -> String? {
        for signature in signatures where bytes.starts(with: signature.bytes) { return signature.name }
        if bytes.starts(with: [0x50, 0x4b, 0x03, 0x04]) {
            let head = String(decoding: bytes.prefix(128), as: UTF8.self)
            return head.utf8.count > 30 && head.contains(".pkl") ? "a PyTorch checkpoint (zip)" : "a zip archive"
        }
        if bytes.count >= 2, bytes[0] == 0x80, (2...5).contains(bytes[1]) { return "a Python pickle (PyTorch checkpoint?)" }
        if isSafetensors(bytes) { return "a safetensors file" }
        let text = bytes.prefix(512).drop { $0 == 0x20 || (0x09...0x0d).contains($0) || $0 == 0xef || $0 == 0xbb || $0 == 0xbf }
        let lowered = text.prefix(16).map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
        if lowered.starts(with: "<!doctype".utf8) || lowered.starts(with: "<html".utf8) || lowered.starts(with: "<head".utf8) {
            return "an HTML page (a failed download?)"
        }
        if lowered.first == UInt8(ascii: "{") || lowered.starts(with: "[{".utf8) { return "a JSON document (a failed download?)" }
        if text.isEmpty || bytes.prefix(512).allSatisfy({ $0 == 0 }) { return "nothing but blanks or zeros" }
        return textName(of: bytes, text)
    }

    /// Files longer than this are not error pages.
    private static let pageLimit = 64 << 10

    /// A name for text: the first bytes are all printable UTF-8. What a server answers in place of a file is short.
    private static func textName(of bytes: UnsafeRawBufferPointer, _ start: Slice<UnsafeRawBufferPointer>) -> String? {
        var head = Array(start)
        // A character at the end may be cut.
        if bytes.count > 512 { while let last = head.last, last >= 0x80, head.count > 508 { head.removeLast() } }
        guard head.count >= 4, !head.contains(where: { $0 < 0x20 && !(0x09...0x0d).contains($0) || $0 == 0x7f }),
            let text = String(validating: head, as: UTF8.self)
        else { return nil }
        if text.hasPrefix("<"), text.dropFirst().first?.isLetter == true {
            return "an XML document (a server's error page, from a failed download?)"
        }
        guard bytes.count <= pageLimit else { return "a text file" }
        let line = text.prefix { !$0.isNewline }
        let quoted = line.prefix(60) + (line.count > 60 ? "…" : "")
        return "text, \"\(ForeignText(String(quoted)))\" (the text of an error page, from a failed download?)"
    }

    /// A safetensors file begins with the length of its JSON header (u64), which begins with a brace.
    private static func isSafetensors(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count > 8 else { return false }
        let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
        return length >= 2 && length < 1 << 32 && bytes[8] == UInt8(ascii: "{")
    }
}
