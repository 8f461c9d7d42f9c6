// Generated from Spec/ by `swift run spectool generate`. Do not edit: change the spec and run it again.

private let containerRule0 = containerRule0Made()
@_optimize(none) private func containerRule0Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-01",
    title: "Enough bytes for the magic",
    text: "The file holds at least the four bytes of the magic.",
    expects: nil,
    remedy: "Download the file again and compare its size and digest with those of its source.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, header",
    patterns: [],
    catalogue: ["t01", "t02"]
)
}

private let containerRule1 = containerRule1Made()
@_optimize(none) private func containerRule1Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-02",
    title: "Magic",
    text: "The file begins with the bytes 47 47 55 46, \"GGUF\".",
    expects: nil,
    remedy: "Check that this is the right file; a GGUF file begins with the letters GGUF.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, header",
    patterns: [],
    catalogue: ["h01"]
)
}

private let containerRule2 = containerRule2Made()
@_optimize(none) private func containerRule2Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-03",
    title: "Not another kind of file",
    text: "A file that begins as an HTML page, a Git LFS pointer, a ZIP or gzip archive, a safetensors header, an older GGML magic, or is text (a server's error message, say) is named as such instead of being reported as a damaged GGUF file.",
    expects: nil,
    remedy: "Download the model itself, or unpack it or convert it to GGUF first.",
    findingClass: .unsupported,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule3 = containerRule3Made()
@_optimize(none) private func containerRule3Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-04",
    title: "Complete header",
    text: "The version, the tensor count and the key count follow the magic within the file.",
    expects: nil,
    remedy: "Download the file again and compare its size and digest with those of its source.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, header",
    patterns: [],
    catalogue: ["t03"]
)
}

private let containerRule4 = containerRule4Made()
@_optimize(none) private func containerRule4Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-05",
    title: "Little-endian",
    text: "Multi-byte values are little-endian; a version whose bytes read as a known version in the other order marks a big-endian or byte-swapped file.",
    expects: nil,
    remedy: "Convert the file to little-endian with gguf_convert_endian.py, or download the little-endian one.",
    findingClass: .unsupported,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, header",
    patterns: [],
    catalogue: ["h04"]
)
}

private let containerRule5 = containerRule5Made()
@_optimize(none) private func containerRule5Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-06",
    title: "Known version",
    text: "The version is 2 or 3; versions 0 and above 3 are not defined.",
    expects: nil,
    remedy: "Download the file again; if it is intact, a newer version of this program may support it.",
    findingClass: .unsupported,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, header",
    patterns: [],
    catalogue: ["h02", "h03"]
)
}

private let containerRule6 = containerRule6Made()
@_optimize(none) private func containerRule6Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-07",
    title: "Not version 1",
    text: "Version 1 counts with 32 bits and is obsolete; the file must be converted before it can be verified.",
    expects: nil,
    remedy: "Convert the model to version 3 with a current converter.",
    findingClass: .unsupported,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, version history",
    patterns: [],
    catalogue: []
)
}

private let containerRule7 = containerRule7Made()
@_optimize(none) private func containerRule7Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-08",
    title: "Current version",
    text: "Version 2 reads like version 3; current writers write 3.",
    expects: nil,
    remedy: "Nothing needs to be done; writing the file again makes it version 3.",
    findingClass: .suspicious,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .note,
    reference: "GGUF specification, version history",
    patterns: [],
    catalogue: []
)
}

private let containerRule8 = containerRule8Made()
@_optimize(none) private func containerRule8Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-09",
    title: "Plausible tensor count",
    text: "The tensor count is no larger than the rest of the file could describe at 24 bytes per tensor.",
    expects: nil,
    remedy: "The header was truncated or altered: download the file again.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "this specification",
    patterns: [],
    catalogue: ["h05"]
)
}

private let containerRule9 = containerRule9Made()
@_optimize(none) private func containerRule9Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-10",
    title: "Plausible key count",
    text: "The key count is no larger than the rest of the file could hold at 13 bytes per key.",
    expects: nil,
    remedy: "The header was truncated or altered: download the file again.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "this specification",
    patterns: [],
    catalogue: ["h08"]
)
}

private let containerRule10 = containerRule10Made()
@_optimize(none) private func containerRule10Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-11",
    title: "Within the verifier's limits",
    text: "Counts, lengths and nesting stay below the stated limits of the verifier; beyond them the file is not judged.",
    expects: nil,
    remedy: "Check that the file is what it claims to be; nothing beyond the limit was checked.",
    findingClass: .unsupported,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule11 = containerRule11Made()
@_optimize(none) private func containerRule11Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-12",
    title: "Metadata inside the file",
    text: "Every key and value ends within the file.",
    expects: nil,
    remedy: "Download the file again and compare its size and digest with those of its source.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, metadata",
    patterns: [],
    catalogue: ["t04", "h09"]
)
}

private let containerRule12 = containerRule12Made()
@_optimize(none) private func containerRule12Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-13",
    title: "Key length",
    text: "The stated length of a key ends within the file.",
    expects: nil,
    remedy: "The header was truncated or altered: download the file again.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, metadata",
    patterns: [],
    catalogue: ["k01"]
)
}

private let containerRule13 = containerRule13Made()
@_optimize(none) private func containerRule13Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-14",
    title: "Key of at most 65535 bytes",
    text: "A key is at most 65535 bytes long.",
    expects: nil,
    remedy: "Write the file again with a shorter key.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .warning,
    reference: "GGUF specification, metadata",
    patterns: [],
    catalogue: []
)
}

private let containerRule14 = containerRule14Made()
@_optimize(none) private func containerRule14Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-15",
    title: "Key not empty",
    text: "A key has at least one byte.",
    expects: nil,
    remedy: "Write the file again without the entry that has no key.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, metadata",
    patterns: [],
    catalogue: []
)
}

private let containerRule15 = containerRule15Made()
@_optimize(none) private func containerRule15Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-16",
    title: "Key encoding",
    text: "A key is ASCII and so valid UTF-8.",
    expects: nil,
    remedy: "Rename the key to lower-case ASCII words joined by dots.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .warning,
    reference: "GGUF specification, metadata",
    patterns: [],
    catalogue: ["k06"]
)
}

private let containerRule16 = containerRule16Made()
@_optimize(none) private func containerRule16Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-17",
    title: "Key style",
    text: "A key consists of lower-case words with digits and underscores, joined by single dots.",
    expects: nil,
    remedy: "Rename the key to lower-case ASCII words joined by dots.",
    findingClass: .suspicious,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .warning,
    reference: "GGUF specification, metadata",
    patterns: [],
    catalogue: ["k14"]
)
}

private let containerRule17 = containerRule17Made()
@_optimize(none) private func containerRule17Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-18",
    title: "Unique keys",
    text: "No key occurs twice.",
    expects: nil,
    remedy: "Write the file again with each key once.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, metadata",
    patterns: [],
    catalogue: ["k08"]
)
}

private let containerRule18 = containerRule18Made()
@_optimize(none) private func containerRule18Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-19",
    title: "Duplicate key with another value",
    text: "A key that occurs twice with different values makes the meaning depend on the reader.",
    expects: nil,
    remedy: "Keep the right one of the two values, and write the file again.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, metadata",
    patterns: [],
    catalogue: ["k09"]
)
}

private let containerRule19 = containerRule19Made()
@_optimize(none) private func containerRule19Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-20",
    title: "Value type",
    text: "A value type is one of 0 to 12.",
    expects: nil,
    remedy: "The header was truncated or altered: download the file again.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, metadata value types",
    patterns: [],
    catalogue: ["k02"]
)
}

private let containerRule20 = containerRule20Made()
@_optimize(none) private func containerRule20Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-21",
    title: "Array element type",
    text: "An element type of an array is one of 0 to 12.",
    expects: nil,
    remedy: "The header was truncated or altered: download the file again.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, metadata value types",
    patterns: [],
    catalogue: ["k03"]
)
}

private let containerRule21 = containerRule21Made()
@_optimize(none) private func containerRule21Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-22",
    title: "Array length",
    text: "The elements of an array end within the file at the smallest size of their type.",
    expects: nil,
    remedy: "The header was truncated or altered: download the file again.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, metadata value types",
    patterns: [],
    catalogue: ["k04"]
)
}

private let containerRule22 = containerRule22Made()
@_optimize(none) private func containerRule22Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-23",
    title: "Nested array",
    text: "An array of arrays is allowed by the specification and refused by llama.cpp's loader.",
    expects: nil,
    remedy: "Store the values as one flat array.",
    findingClass: .unsupported,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .error,
    reference: "llama.cpp loader",
    patterns: [],
    catalogue: []
)
}

private let containerRule23 = containerRule23Made()
@_optimize(none) private func containerRule23Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-24",
    title: "Array depth",
    text: "Arrays are nested at most eight deep.",
    expects: nil,
    remedy: "Store the values as one flat array.",
    findingClass: .unsupported,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "this specification",
    patterns: [],
    catalogue: ["k13"]
)
}

private let containerRule24 = containerRule24Made()
@_optimize(none) private func containerRule24Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-25",
    title: "Boolean value",
    text: "A boolean is stored as 0 or 1.",
    expects: nil,
    remedy: "Store the value as 0 or 1.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .warning,
    reference: "GGUF specification, metadata value types",
    patterns: [],
    catalogue: ["k05"]
)
}

private let containerRule25 = containerRule25Made()
@_optimize(none) private func containerRule25Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-26",
    title: "String length",
    text: "The stated length of a string ends within the file.",
    expects: nil,
    remedy: "The header was truncated or altered: download the file again.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, metadata value types",
    patterns: [],
    catalogue: []
)
}

private let containerRule26 = containerRule26Made()
@_optimize(none) private func containerRule26Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-27",
    title: "String encoding",
    text: "A string value is valid UTF-8; token lists of byte-level vocabularies are the usual exception and are reported once per array.",
    expects: nil,
    remedy: "Store the text as UTF-8.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .warning,
    reference: "GGUF specification, metadata value types",
    patterns: [],
    catalogue: ["k07"]
)
}

private let containerRule27 = containerRule27Made()
@_optimize(none) private func containerRule27Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-28",
    title: "NUL in a string",
    text: "A key or a string outside token lists holds no NUL, which would end it early in C readers.",
    expects: nil,
    remedy: "Remove the NUL and what follows it.",
    findingClass: .suspicious,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .note,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule28 = containerRule28Made()
@_optimize(none) private func containerRule28Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-29",
    title: "Alignment type",
    text: "general.alignment is an unsigned 32-bit integer.",
    expects: nil,
    remedy: "Store general.alignment as uint32.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, general.alignment",
    patterns: [],
    catalogue: ["a05"]
)
}

private let containerRule29 = containerRule29Made()
@_optimize(none) private func containerRule29Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-30",
    title: "Alignment value",
    text: "general.alignment is a power of two and a multiple of 8.",
    expects: nil,
    remedy: "Write the file again with an alignment of 32.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, general.alignment",
    patterns: [],
    catalogue: ["a01", "a02"]
)
}

private let containerRule30 = containerRule30Made()
@_optimize(none) private func containerRule30Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-31",
    title: "Reasonable alignment",
    text: "general.alignment is at most 1 MiB and at most the file's length.",
    expects: nil,
    remedy: "Write the file again with an alignment of 32.",
    findingClass: .suspicious,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "this specification",
    patterns: [],
    catalogue: ["a03"]
)
}

private let containerRule31 = containerRule31Made()
@_optimize(none) private func containerRule31Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-32",
    title: "Architecture present",
    text: "general.architecture is present in the first or only file of a model.",
    expects: nil,
    remedy: "Add general.architecture, or download the first part of the model.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, required keys",
    patterns: [],
    catalogue: ["k10"]
)
}

private let containerRule32 = containerRule32Made()
@_optimize(none) private func containerRule32Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-33",
    title: "Architecture value",
    text: "general.architecture is a string of lower-case letters, digits and hyphens.",
    expects: nil,
    remedy: "Set general.architecture to the name of the architecture, in lower case.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .warning,
    reference: "GGUF specification, required keys",
    patterns: [],
    catalogue: []
)
}

private let containerRule33 = containerRule33Made()
@_optimize(none) private func containerRule33Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-34",
    title: "Quantization version",
    text: "general.quantization_version is present where a tensor is quantized, and is 2.",
    expects: nil,
    remedy: "Set general.quantization_version to 2.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .note,
    reference: "GGUF specification, required keys",
    patterns: [],
    catalogue: []
)
}

private let containerRule34 = containerRule34Made()
@_optimize(none) private func containerRule34Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-35",
    title: "File type known",
    text: "general.file_type is a number that the identified dialect assigns.",
    expects: nil,
    remedy: "Set general.file_type to the number of the mix, or remove the key.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .note,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule35 = containerRule35Made()
@_optimize(none) private func containerRule35Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-36",
    title: "File type agrees with the tensors",
    text: "The mix named by general.file_type explains the types of the matrices that quantizers take. It need not explain all, since single tensors can be given other types, and other tools have their own rules: the label is wrong where another mix, with another type for most, explains every tensor, or where the types of the most tensors and of the most weights are none of the mix's and fewer than one tensor in ten has the type that it gives. Tensors whose rows are not whole blocks have the mix's fallback type (QUANT-03).",
    expects: nil,
    remedy: "Set general.file_type to what the tensors are, or remove the key.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .warning,
    reference: "this specification",
    patterns: [],
    catalogue: ["k12"]
)
}

private let containerRule36 = containerRule36Made()
@_optimize(none) private func containerRule36Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-37",
    title: "Required hyper-parameters",
    text: "The keys that the architecture requires are present.",
    expects: nil,
    remedy: "Convert the model again with a current converter, or add the key.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "architecture file",
    patterns: [],
    catalogue: []
)
}

private let containerRule37 = containerRule37Made()
@_optimize(none) private func containerRule37Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-38",
    title: "Type of hyper-parameters",
    text: "Hyper-parameters are integers, or arrays of one integer per layer where the architecture allows it, and positive.",
    expects: nil,
    remedy: "Store the value as a positive integer of the type that the loader reads.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "architecture file",
    patterns: [],
    catalogue: []
)
}

private let containerRule38 = containerRule38Made()
@_optimize(none) private func containerRule38Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-39",
    title: "Block count",
    text: "block_count is one more than the highest layer number among the tensor names.",
    expects: nil,
    remedy: "Set block_count to the number of layers, or download the missing tensors.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "architecture file",
    patterns: [],
    catalogue: ["k11"]
)
}

private let containerRule39 = containerRule39Made()
@_optimize(none) private func containerRule39Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-40",
    title: "Vocabulary size",
    text: "The token list has as many entries as token_embd.weight has rows.",
    expects: nil,
    remedy: "Pad the token list or the embedding so that both have the same number of entries.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .error,
    reference: "architecture file",
    patterns: [],
    catalogue: []
)
}

private let containerRule40 = containerRule40Made()
@_optimize(none) private func containerRule40Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-41",
    title: "Tensor table inside the file",
    text: "Every tensor description ends within the file.",
    expects: nil,
    remedy: "Download the file again and compare its size and digest with those of its source.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, tensor infos",
    patterns: [],
    catalogue: ["t05", "h06"]
)
}

private let containerRule41 = containerRule41Made()
@_optimize(none) private func containerRule41Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-42",
    title: "Tensors present",
    text: "A model file describes at least one tensor; a file with none is a vocabulary or metadata file.",
    expects: "at least one tensor",
    remedy: "To run a model, download the file with its tensors; a file of keys only is fine as a vocabulary.",
    findingClass: .suspicious,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .error,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule42 = containerRule42Made()
@_optimize(none) private func containerRule42Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-43",
    title: "Tensor name not empty",
    text: "A tensor name has at least one byte.",
    expects: nil,
    remedy: "Write the file again with a different printable name for each tensor.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, tensor infos",
    patterns: [],
    catalogue: []
)
}

private let containerRule43 = containerRule43Made()
@_optimize(none) private func containerRule43Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-44",
    title: "Tensor name length",
    text: "A tensor name is at most 64 bytes by the specification and 63 for llama.cpp's loader.",
    expects: nil,
    remedy: "Rename the tensor to at most 63 bytes.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, tensor infos; llama.cpp loader",
    patterns: [],
    catalogue: ["n02"]
)
}

private let containerRule44 = containerRule44Made()
@_optimize(none) private func containerRule44Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-45",
    title: "Tensor name encoding",
    text: "A tensor name is valid UTF-8.",
    expects: nil,
    remedy: "Write the file again with a different printable name for each tensor.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, tensor infos",
    patterns: [],
    catalogue: ["n04"]
)
}

private let containerRule45 = containerRule45Made()
@_optimize(none) private func containerRule45Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-46",
    title: "NUL in a tensor name",
    text: "A tensor name holds no NUL and no control character.",
    expects: nil,
    remedy: "Write the file again with a different printable name for each tensor.",
    findingClass: .suspicious,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "this specification",
    patterns: [],
    catalogue: ["n03"]
)
}

private let containerRule46 = containerRule46Made()
@_optimize(none) private func containerRule46Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-47",
    title: "Unique tensor names",
    text: "No tensor name occurs twice.",
    expects: nil,
    remedy: "Write the file again with a different printable name for each tensor.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, tensor infos",
    patterns: [],
    catalogue: ["n01"]
)
}

private let containerRule47 = containerRule47Made()
@_optimize(none) private func containerRule47Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-48",
    title: "Number of dimensions",
    text: "A tensor has at most four dimensions.",
    expects: nil,
    remedy: "Write the tensor again with one to four dimensions, none of them 0.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, tensor infos",
    patterns: [],
    catalogue: ["n05", "n06"]
)
}

private let containerRule48 = containerRule48Made()
@_optimize(none) private func containerRule48Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-49",
    title: "At least one dimension",
    text: "A tensor has at least one dimension; one without is a single element to some readers and empty to others.",
    expects: nil,
    remedy: "Write the tensor again with one to four dimensions, none of them 0.",
    findingClass: .suspicious,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .warning,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule49 = containerRule49Made()
@_optimize(none) private func containerRule49Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-50",
    title: "No zero dimension",
    text: "No dimension is 0.",
    expects: nil,
    remedy: "Write the tensor again with one to four dimensions, none of them 0.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "llama.cpp loader",
    patterns: [],
    catalogue: ["n07"]
)
}

private let containerRule50 = containerRule50Made()
@_optimize(none) private func containerRule50Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-51",
    title: "Dimension range",
    text: "Every dimension is below 2^63.",
    expects: nil,
    remedy: "The tensor record was altered: download the file again.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "llama.cpp loader",
    patterns: [],
    catalogue: ["n08"]
)
}

private let containerRule51 = containerRule51Made()
@_optimize(none) private func containerRule51Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-52",
    title: "Element count",
    text: "The product of the dimensions, and the bytes they need, are below 2^63.",
    expects: nil,
    remedy: "The tensor record was altered: download the file again.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "llama.cpp loader",
    patterns: [],
    catalogue: ["n09"]
)
}

private let containerRule52 = containerRule52Made()
@_optimize(none) private func containerRule52Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-53",
    title: "Row is a multiple of the block",
    text: "The first dimension of a tensor is a multiple of the number of weights in a block of its type.",
    expects: nil,
    remedy: "Quantize the tensor to a type whose blocks divide its rows, or correct its dimensions.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, tensor infos",
    patterns: [],
    catalogue: ["n10"]
)
}

private let containerRule53 = containerRule53Made()
@_optimize(none) private func containerRule53Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-54",
    title: "Known type",
    text: "A tensor type is a number that some known dialect assigns.",
    expects: nil,
    remedy: "Read the file with the program that wrote it; a newer version of this program may know the type.",
    findingClass: .unsupported,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "dialects",
    patterns: [],
    catalogue: ["n12", "n15"]
)
}

private let containerRule54 = containerRule54Made()
@_optimize(none) private func containerRule54Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-55",
    title: "Type not removed",
    text: "A tensor type is not one of the numbers that ggml has withdrawn (4, 5, 31, 32, 33, 36, 37, 38), unless what another project means by the number explains the tensor.",
    expects: nil,
    remedy: "Quantize the model again; readers have dropped the type.",
    findingClass: .unsupported,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "dialects",
    patterns: [],
    catalogue: ["n11"]
)
}

private let containerRule55 = containerRule55Made()
@_optimize(none) private func containerRule55Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-56",
    title: "Type of a fork",
    text: "No tensor has a type that upstream does not assign, and which of several types a number stands for is settled; upstream readers refuse or misread others.",
    expects: nil,
    remedy: "Use a reader of the project that wrote the file, or quantize the model again.",
    findingClass: .unsupported,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .error,
    reference: "dialects",
    patterns: [],
    catalogue: ["n13"]
)
}

private let containerRule56 = containerRule56Made()
@_optimize(none) private func containerRule56Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-57",
    title: "Data section present",
    text: "A file that describes tensors reaches the aligned start of the data.",
    expects: nil,
    remedy: "The file was truncated: download it again and compare its size with that of its source.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, tensor data",
    patterns: [],
    catalogue: ["t06"]
)
}

private let containerRule57 = containerRule57Made()
@_optimize(none) private func containerRule57Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-58",
    title: "Offset aligned",
    text: "A tensor offset is a multiple of the alignment.",
    expects: nil,
    remedy: "Write the file again with a current tool: tensors in the order of the table, each at a multiple of the alignment.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, tensor infos",
    patterns: [],
    catalogue: ["o01"]
)
}

private let containerRule58 = containerRule58Made()
@_optimize(none) private func containerRule58Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-59",
    title: "Offset range",
    text: "A tensor offset plus its bytes does not exceed 2^63.",
    expects: nil,
    remedy: "The tensor record was altered: download the file again.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "this specification",
    patterns: [],
    catalogue: ["o04"]
)
}

private let containerRule59 = containerRule59Made()
@_optimize(none) private func containerRule59Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-60",
    title: "Data inside the file",
    text: "The data of every tensor ends within the file.",
    expects: nil,
    remedy: "The file was truncated: download it again and compare its size with that of its source.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, tensor data",
    patterns: [],
    catalogue: ["t07", "t08", "o03"]
)
}

private let containerRule60 = containerRule60Made()
@_optimize(none) private func containerRule60Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-61",
    title: "No overlap",
    text: "No two tensors share a byte.",
    expects: nil,
    remedy: "Write the file again with a current tool: tensors in the order of the table, each at a multiple of the alignment.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "this specification",
    patterns: [],
    catalogue: ["o02", "o05"]
)
}

private let containerRule61 = containerRule61Made()
@_optimize(none) private func containerRule61Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-62",
    title: "No gap",
    text: "Between one tensor and the next there is only the padding that the alignment asks for.",
    expects: nil,
    remedy: "Find out from the source which tensor belongs there; writing the file again closes the gap.",
    findingClass: .suspicious,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .error,
    reference: "llama.cpp loader",
    patterns: [],
    catalogue: ["l03"]
)
}

private let containerRule62 = containerRule62Made()
@_optimize(none) private func containerRule62Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-63",
    title: "Hidden data",
    text: "A gap holds only zeros; other bytes may be a tensor whose record is missing.",
    expects: nil,
    remedy: "Find out from the source which tensor belongs there; writing the file again closes the gap.",
    findingClass: .suspicious,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .error,
    reference: "this specification",
    patterns: [],
    catalogue: ["h07", "l04"]
)
}

private let containerRule63 = containerRule63Made()
@_optimize(none) private func containerRule63Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-64",
    title: "Span fits the type",
    text: "The distance to the next tensor is what type and shape need, plus padding; any other distance means a wrong type, a wrong shape or another dialect.",
    expects: nil,
    remedy: "Compare type and dimensions of the tensor with the source, then download or write the file again.",
    findingClass: .damaged,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "this specification",
    patterns: [],
    catalogue: ["n14"]
)
}

private let containerRule64 = containerRule64Made()
@_optimize(none) private func containerRule64Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-65",
    title: "First tensor at 0",
    text: "The first tensor in the data has offset 0.",
    expects: nil,
    remedy: "Write the file again with a current tool: tensors in the order of the table, each at a multiple of the alignment.",
    findingClass: .suspicious,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .error,
    reference: "llama.cpp loader",
    patterns: [],
    catalogue: []
)
}

private let containerRule65 = containerRule65Made()
@_optimize(none) private func containerRule65Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-66",
    title: "Data in table order",
    text: "Tensor data is in the order of the table; tensors of one shape out of order have probably been swapped.",
    expects: nil,
    remedy: "Write the file again with a current tool: tensors in the order of the table, each at a multiple of the alignment.",
    findingClass: .suspicious,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .error,
    reference: "llama.cpp loader",
    patterns: [],
    catalogue: ["o06"]
)
}

private let containerRule66 = containerRule66Made()
@_optimize(none) private func containerRule66Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-67",
    title: "Header padding is zero",
    text: "The bytes between the tensor table and the data are 0.",
    expects: nil,
    remedy: "Compare digests with the source; writing the file again clears the padding.",
    findingClass: .suspicious,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .warning,
    reference: "GGUF specification, alignment",
    patterns: [],
    catalogue: ["l01"]
)
}

private let containerRule67 = containerRule67Made()
@_optimize(none) private func containerRule67Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-68",
    title: "Tensor padding is zero",
    text: "The bytes between the end of a tensor and the next aligned offset are 0.",
    expects: nil,
    remedy: "Compare digests with the source; writing the file again clears the padding.",
    findingClass: .suspicious,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .warning,
    reference: "GGUF specification, alignment",
    patterns: [],
    catalogue: []
)
}

private let containerRule68 = containerRule68Made()
@_optimize(none) private func containerRule68Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-69",
    title: "Final padding",
    text: "The last tensor is followed by its padding up to the alignment.",
    expects: nil,
    remedy: "Nothing needs to be done; current readers do without it.",
    findingClass: .suspicious,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .off,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule69 = containerRule69Made()
@_optimize(none) private func containerRule69Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-70",
    title: "Trailing bytes",
    text: "Nothing follows the padding of the last tensor.",
    expects: nil,
    remedy: "Find out what was appended; a file of the stated size has nothing there.",
    findingClass: .suspicious,
    isOfContainer: true,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .warning,
    reference: "this specification",
    patterns: [],
    catalogue: ["l02"]
)
}

private let containerRule70 = containerRule70Made()
@_optimize(none) private func containerRule70Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-71",
    title: "Required tensors",
    text: "Every tensor that the architecture requires is present, for each layer that it is required in.",
    expects: nil,
    remedy: "Download the model again, or convert it with a converter that knows the architecture.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "architecture file",
    patterns: [],
    catalogue: []
)
}

private let containerRule71 = containerRule71Made()
@_optimize(none) private func containerRule71Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-72",
    title: "Shapes agree with the hyper-parameters",
    text: "The dimensions of a known tensor, in file order, are those that follow from the hyper-parameters; swapped dimensions are reported as such.",
    expects: nil,
    remedy: "Compare the shape with the source; where dimensions are swapped, write them in file order.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "architecture file",
    patterns: [],
    catalogue: ["n16"]
)
}

private let containerRule72 = containerRule72Made()
@_optimize(none) private func containerRule72Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-73",
    title: "Unexpected tensors",
    text: "A tensor that the architecture file does not list, or not for this layer or these hyper-parameters, is reported as not checked. The loader refuses files that hold one.",
    expects: "tensors of the architecture only",
    remedy: "Remove the tensor for loaders that refuse it, or use a loader that knows it.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .error,
    reference: "architecture file",
    patterns: [],
    catalogue: []
)
}

private let containerRule73 = containerRule73Made()
@_optimize(none) private func containerRule73Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-74",
    title: "Norms in floating point",
    text: "One-dimensional tensors are stored as F32, F16 or BF16.",
    expects: nil,
    remedy: "Store the tensor as F32.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .warning,
    reference: "llama.cpp quantizer",
    patterns: [],
    catalogue: []
)
}

private let containerRule74 = containerRule74Made()
@_optimize(none) private func containerRule74Made() -> ContainerRule {
ContainerRule(
    id: "ARCH-01",
    title: "Architecture described",
    text: "The architecture is one that this specification describes. For any other, names, shapes and keys are not checked, and the verdict says so.",
    expects: "an architecture of Spec/architectures",
    remedy: "Check names, shapes and keys with a tool that knows the architecture.",
    findingClass: .unsupported,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .note,
    reference: "architecture files",
    patterns: [],
    catalogue: []
)
}

private let containerRule75 = containerRule75Made()
@_optimize(none) private func containerRule75Made() -> ContainerRule {
ContainerRule(
    id: "ARCH-02",
    title: "Architecture known to the loader",
    text: "general.architecture is a name that the loader knows; if it is misspelt, the nearest one is named.",
    expects: nil,
    remedy: "Correct general.architecture, or use a loader that knows the name.",
    findingClass: .unsupported,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .error,
    reference: "loader file",
    patterns: [],
    catalogue: []
)
}

private let containerRule76 = containerRule76Made()
@_optimize(none) private func containerRule76Made() -> ContainerRule {
ContainerRule(
    id: "ARCH-03",
    title: "Keys that the loader requires",
    text: "The keys that the loader requires are present, including those that no shape depends on.",
    expects: nil,
    remedy: "Add the key, or convert the model again with a current converter.",
    findingClass: .unsupported,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .error,
    reference: "loader file and architecture file",
    patterns: [],
    catalogue: []
)
}

private let containerRule77 = containerRule77Made()
@_optimize(none) private func containerRule77Made() -> ContainerRule {
ContainerRule(
    id: "ARCH-04",
    title: "Types that the loader reads",
    text: "Each key that the loader reads has exactly the type that it reads; even another integer type is refused.",
    expects: nil,
    remedy: "Store the key with the type that the loader reads.",
    findingClass: .unsupported,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .error,
    reference: "loader file and architecture file",
    patterns: [],
    catalogue: []
)
}

private let containerRule78 = containerRule78Made()
@_optimize(none) private func containerRule78Made() -> ContainerRule {
ContainerRule(
    id: "ARCH-05",
    title: "Length of arrays by layer",
    text: "An array with one value per layer has block_count values.",
    expects: nil,
    remedy: "Store one value for each layer.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "loader file",
    patterns: [],
    catalogue: []
)
}

private let containerRule79 = containerRule79Made()
@_optimize(none) private func containerRule79Made() -> ContainerRule {
ContainerRule(
    id: "ARCH-06",
    title: "Hyper-parameters that go together",
    text: "The loader's conditions on hyper-parameters hold, for instance that expert_used_count is at most expert_count.",
    expects: nil,
    remedy: "Compare the values with the configuration of the original model, and correct them.",
    findingClass: .unsupported,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .error,
    reference: "loader file and architecture file",
    patterns: [],
    catalogue: []
)
}

private let containerRule80 = containerRule80Made()
@_optimize(none) private func containerRule80Made() -> ContainerRule {
ContainerRule(
    id: "ARCH-07",
    title: "Unusual tensors",
    text: "There is no tensor that the loader accepts although no known model of the architecture has it; other loaders refuse or ignore it.",
    expects: "tensors that known models of the architecture have",
    remedy: "Check that the tensor belongs to the model; loaders that do not know it ignore or refuse it.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .warning,
    reference: "architecture file",
    patterns: [],
    catalogue: []
)
}

private let containerRule81 = containerRule81Made()
@_optimize(none) private func containerRule81Made() -> ContainerRule {
ContainerRule(
    id: "ARCH-08",
    title: "Words that the loader knows",
    text: "A key with a fixed set of words, such as rope.scaling.type, holds one that the loader knows.",
    expects: nil,
    remedy: "Use one of the words that the loader knows.",
    findingClass: .unsupported,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .error,
    reference: "loader file",
    patterns: [],
    catalogue: []
)
}

private let containerRule82 = containerRule82Made()
@_optimize(none) private func containerRule82Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-75",
    title: "Split keys complete",
    text: "split.no, split.count and split.tensors.count occur together, as integers.",
    expects: nil,
    remedy: "Split the model again with a current tool, or download the part again.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "llama.cpp split files",
    patterns: [],
    catalogue: []
)
}

private let containerRule83 = containerRule83Made()
@_optimize(none) private func containerRule83Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-76",
    title: "Split number",
    text: "split.no is below split.count, and no two parts have the same number.",
    expects: nil,
    remedy: "Split the model again with a current tool, or download the part again.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "llama.cpp split files",
    patterns: [],
    catalogue: []
)
}

private let containerRule84 = containerRule84Made()
@_optimize(none) private func containerRule84Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-77",
    title: "All parts present",
    text: "A split model has all the parts that split.count announces.",
    expects: nil,
    remedy: "Download the missing part and put it beside the others.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "llama.cpp split files",
    patterns: [],
    catalogue: []
)
}

private let containerRule85 = containerRule85Made()
@_optimize(none) private func containerRule85Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-78",
    title: "Parts agree",
    text: "All parts have the same version, alignment and split.count.",
    expects: nil,
    remedy: "Download all parts of one version of the model again.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .warning,
    reference: "llama.cpp split files",
    patterns: [],
    catalogue: []
)
}

private let containerRule86 = containerRule86Made()
@_optimize(none) private func containerRule86Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-79",
    title: "Tensors of a split set",
    text: "All parts together hold split.tensors.count tensors, and none occurs in two parts.",
    expects: "each tensor in one part",
    remedy: "Download all parts of one version of the model again.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "llama.cpp split files",
    patterns: [],
    catalogue: []
)
}

private let containerRule87 = containerRule87Made()
@_optimize(none) private func containerRule87Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-80",
    title: "Names of parts",
    text: "The files of a split set end in -NNNNN-of-NNNNN.gguf with their number, counted from 1, and the number of parts.",
    expects: nil,
    remedy: "Rename the file to NAME-00001-of-0000N.gguf, with its number and the number of parts.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .error,
    reference: "llama.cpp split files",
    patterns: [],
    catalogue: []
)
}

private let containerRule88 = containerRule88Made()
@_optimize(none) private func containerRule88Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-81",
    title: "Metadata in the first part",
    text: "Only the first part carries the metadata of the model; a value repeated in a later part does not differ.",
    expects: "the value of the first part",
    remedy: "Remove the key from the later part, or give it the value of the first.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .note,
    reference: "llama.cpp split files",
    patterns: [],
    catalogue: []
)
}

private let containerRule89 = containerRule89Made()
@_optimize(none) private func containerRule89Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-82",
    title: "Chat template stays inside its sandbox",
    text: "No expression or statement of a chat template (tokenizer.chat_template and its variants) uses one of `patterns`: attributes and functions that reach from a template into the Python process that renders it. Text outside of Jinja's brackets and comments do not count. A pattern stands for itself: blanks may lie between its words and signs, a word matches whole words only, and an asterisk at the end leaves open how the last word goes on. Of all templates together 4 MiB are read.",
    expects: nil,
    remedy: "Read the template before running it, or replace it by the one from the model's publisher.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .warning,
    reference: "Jinja documentation, sandbox; published template injections",
    patterns: [
        "__class__",
        "__base__",
        "__bases__",
        "__mro__",
        "__subclasses__",
        "__globals__",
        "__builtins__",
        "__import__",
        "__init__",
        "__dict__",
        "__code__",
        "__closure__",
        "__func__",
        "__self__",
        "__module__",
        "__loader__",
        "__spec__",
        "__getattribute__",
        "__getattr__",
        "__getitem__",
        "__reduce__",
        "__reduce_ex__",
        "|attr(",
        "attribute='__*",
        "attribute=\"__*",
        "['__*",
        "[\"__*",
        "\\x5f*",
        "\\x5F*",
        "\\u005f*",
        "\\u005F*",
        "lipsum",
        "_TemplateReference__context",
        "gi_frame",
        "f_globals",
        "f_builtins",
        "func_globals",
        "get_flashed_messages",
        "os.popen(",
        "os.system(",
        "subprocess.*"
    ],
    catalogue: []
)
}

private let containerRule90 = containerRule90Made()
@_optimize(none) private func containerRule90Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-83",
    title: "Tensors of NVFP4 have their scale",
    text: "A weight of type NVFP4 that lies in a layer, or is the output matrix, has a tensor beside it whose name ends in .scale instead of .weight: one fp32 number, or one for each expert. Blocks of NVFP4 hold their scales as eight-bit floats, and the range of a whole tensor stands in that number. Loaders take the tensor for optional and its absence for 1.",
    expects: "a scale tensor for each NVFP4 weight",
    remedy: "Convert the model again with a converter that writes the scales, unless the quantizer left them out on purpose.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .warning,
    reference: "llama.cpp 3f545becc, src/llama-model.cpp (optional .scale tensors); llama.cpp pull requests 22897 and 23563",
    patterns: [],
    catalogue: []
)
}

private let containerRule91 = containerRule91Made()
@_optimize(none) private func containerRule91Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-84",
    title: "Rotated weights are described",
    text: "A file with tensors of PrismML's PQ2_0 or PTQ1_0 has the keys prism.hadamard.version, block_size, transform, axis, sign_mode and weight_names, which say how activations are rotated before they meet the weights; with sign_mode explicit also sign_widths and sign_values. Every name in weight_names and inverse_weight_names is that of a tensor. A file with one of the keys has all of them.",
    expects: "the keys prism.hadamard.*, and tensors of the names in them",
    remedy: "Take the file from the model's publisher; without the keys the weights are multiplied with activations of another basis.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "PrismML-Eng/llama.cpp pull requests 119 and 120, issue 242; ggml-org/llama.cpp issue 29058",
    patterns: [],
    catalogue: []
)
}

private let containerRule92 = containerRule92Made()
@_optimize(none) private func containerRule92Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-85",
    title: "Types made for files",
    text: "No tensor has a type that its project makes while a program runs: of interleaved rows when a model is loaded, or for activations and caches. dialects.yaml says which these are (`use`). A type of interleaved rows that the project's quantizer writes, too (`written`), is worth a note, since other programs do not read it.",
    expects: "a type made for files",
    remedy: "Use the file that it was made from, which other programs read.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .warning,
    reference: "dialects",
    patterns: [],
    catalogue: []
)
}

private let containerRule93 = containerRule93Made()
@_optimize(none) private func containerRule93Made() -> ContainerRule {
ContainerRule(
    id: "GGUF-86",
    title: "Whole groups of interleaved rows",
    text: "The second dimension of a tensor with interleaved rows is a multiple of the number of rows that lie together.",
    expects: "whole groups of rows",
    remedy: "Take the file that it was made from, or download it again: the type or the shape of the tensor is wrong.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "ik_llama.cpp 8337e4cd3: ggml/src/iqk/iqk_quantize.cpp",
    patterns: [],
    catalogue: []
)
}

private let containerRule94 = containerRule94Made()
@_optimize(none) private func containerRule94Made() -> ContainerRule {
ContainerRule(
    id: "CONTENT-01",
    title: "Scale is a number",
    text: "No scale field of a block is NaN.",
    expects: nil,
    remedy: "Download the file again; if its digest is that of the source, quantize the model again.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "llama.cpp tensor validation",
    patterns: [],
    catalogue: ["p01", "p06"]
)
}

private let containerRule95 = containerRule95Made()
@_optimize(none) private func containerRule95Made() -> ContainerRule {
ContainerRule(
    id: "CONTENT-02",
    title: "Scale is finite",
    text: "No scale or minimum field of a block is infinite.",
    expects: nil,
    remedy: "Download the file again; if its digest is that of the source, quantize the model again.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "llama.cpp tensor validation",
    patterns: [],
    catalogue: ["p02"]
)
}

private let containerRule96 = containerRule96Made()
@_optimize(none) private func containerRule96Made() -> ContainerRule {
ContainerRule(
    id: "CONTENT-03",
    title: "Floats are numbers",
    text: "No element of a floating-point tensor is NaN.",
    expects: nil,
    remedy: "Compare with the model it was made from; training or conversion went wrong, or the file was damaged.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "llama.cpp tensor validation",
    patterns: [],
    catalogue: ["p03"]
)
}

private let containerRule97 = containerRule97Made()
@_optimize(none) private func containerRule97Made() -> ContainerRule {
ContainerRule(
    id: "CONTENT-04",
    title: "Floats are finite",
    text: "No element of a floating-point tensor is infinite. A stored mask is noted only: a matrix that the architecture does not list, of zeros and -infinity, with more than one -infinity for 16 zeros.",
    expects: nil,
    remedy: "Compare with the model it was made from; training or conversion went wrong, or the file was damaged.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "llama.cpp tensor validation",
    patterns: [],
    catalogue: []
)
}

private let containerRule98 = containerRule98Made()
@_optimize(none) private func containerRule98Made() -> ContainerRule {
ContainerRule(
    id: "CONTENT-05",
    title: "Tensor not all zero",
    text: "A weight matrix has at least one block that does not decode to zeros; a norm has at least one weight that is not zero.",
    expects: nil,
    remedy: "Compare the tensor with the model it was made from.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .warning,
    reference: "this specification",
    patterns: [],
    catalogue: ["p05"]
)
}

private let containerRule99 = containerRule99Made()
@_optimize(none) private func containerRule99Made() -> ContainerRule {
ContainerRule(
    id: "CONTENT-06",
    title: "Tensor not constant",
    text: "A weight matrix does not decode to a single value.",
    expects: "more than one value",
    remedy: "Compare the tensor with the model it was made from.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .note,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule100 = containerRule100Made()
@_optimize(none) private func containerRule100Made() -> ContainerRule {
ContainerRule(
    id: "CONTENT-07",
    title: "Blocks not repeated",
    text: "The blocks of a weight matrix are not all the same bytes.",
    expects: "different blocks",
    remedy: "Compare the tensor with the model it was made from.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .note,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule101 = containerRule101Made()
@_optimize(none) private func containerRule101Made() -> ContainerRule {
ContainerRule(
    id: "CONTENT-08",
    title: "Zero rows",
    text: "Rows that decode to zeros are counted; in token_embd they are common for unused tokens.",
    expects: "rows with a weight other than 0",
    remedy: "Compare the tensor with the model it was made from.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .note,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule102 = containerRule102Made()
@_optimize(none) private func containerRule102Made() -> ContainerRule {
ContainerRule(
    id: "CONTENT-09",
    title: "Subnormal scale",
    text: "No scale is subnormal; some kernels flush such a scale to 0 and so read other weights.",
    expects: "scales of 2^-14 or more, or 0",
    remedy: "Nothing needs to be done for readers that keep subnormals; compare kernels that flush them with hifi conformance.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .note,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule103 = containerRule103Made()
@_optimize(none) private func containerRule103Made() -> ContainerRule {
ContainerRule(
    id: "CONTENT-10",
    title: "Integer tensor range",
    text: "Integer tensors are reported, because model weights are not integers.",
    expects: "types of weights",
    remedy: "Check that the tensor is not a weight, or quantize it to a type of weights.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .note,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule104 = containerRule104Made()
@_optimize(none) private func containerRule104Made() -> ContainerRule {
ContainerRule(
    id: "CONTENT-11",
    title: "Scales in proportion",
    text: "No scale, minimum or stored outlier (fp16 or fp32) is more than 1024 times as large as its field's typical values. With e the smallest exponent, at least -14, that fewer than one in 64 of the tensor's normal numbers of the field exceed, or fewer than 32 that are fewer than one in eight, none of them has an exponent above e + 10. Tensors of up to 64 such numbers always pass. Encoders take these numbers from the weights of a block; random bytes in their place break the rule nearly half the time.",
    expects: nil,
    remedy: "Compare the tensor with the model it was made from, or with a manifest.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .warning,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule105 = containerRule105Made()
@_optimize(none) private func containerRule105Made() -> ContainerRule {
ContainerRule(
    id: "CONTENT-12",
    title: "Plain floats of a plausible size",
    text: "Of the numbers of an F32, BF16 or F64 tensor that are finite and not zero, none has a magnitude above 1e31, and at most one in four has one below 1e-30. All elements of tensors with up to 1024 of them are looked at; of n elements, every k-th, k being n / 1024 rounded down and, where that is even, one more. No weight, norm or bias that takes part in a product is of another size; frequency factors are at most 1e30; fp16 cannot hold such numbers. The lowest number of the type does not count: masks hold it in place of -infinity.",
    expects: nil,
    remedy: "Compare the tensor with the model it was made from, or with a manifest.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .warning,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule106 = containerRule106Made()
@_optimize(none) private func containerRule106Made() -> ContainerRule {
ContainerRule(
    id: "CONTENT-13",
    title: "Byte order of a tensor",
    text: "A tensor of F32, F16, BF16 or F64 is not stored in the other byte order. It is taken for swapped if, of the numbers that CONTENT-12 looks at, at least 16 and more than one in twenty are odd as they stand (not finite, or outside 1e-30 to 1e30; of fp16, subnormal), and at least 99 in a hundred are of ordinary size with their bytes exchanged (1e-12 to 1e6; of fp16, normal and below 256). Numbers that are odd for another reason have bytes that are not ordinary in the other order.",
    expects: nil,
    remedy: "Swap the bytes of the tensor's elements, or convert the model again.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .warning,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule107 = containerRule107Made()
@_optimize(none) private func containerRule107Made() -> ContainerRule {
ContainerRule(
    id: "COVER-01",
    title: "Container covered",
    text: "The whole header was read: every key and every tensor record, and where each tensor's data lies.",
    expects: nil,
    remedy: "Download the file again, or do not require this area.",
    findingClass: .unsupported,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule108 = containerRule108Made()
@_optimize(none) private func containerRule108Made() -> ContainerRule {
ContainerRule(
    id: "COVER-02",
    title: "Blocks covered",
    text: "The content of every tensor was checked: its data was examined, and its type has rules for its blocks. No type is known by size only, an integer type, or unknown.",
    expects: nil,
    remedy: "Verify the data too; for types without rules about their content, compare digests with a manifest.",
    findingClass: .unsupported,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule109 = containerRule109Made()
@_optimize(none) private func containerRule109Made() -> ContainerRule {
ContainerRule(
    id: "COVER-03",
    title: "Architecture covered",
    text: "Names, shapes and required keys were checked: the architecture is described, and lists every tensor of the file.",
    expects: nil,
    remedy: "Do not require this area for this file, or add what is missing to Spec.",
    findingClass: .unsupported,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule110 = containerRule110Made()
@_optimize(none) private func containerRule110Made() -> ContainerRule {
ContainerRule(
    id: "COVER-04",
    title: "Tokenizer covered",
    text: "The tokenizer's keys were checked, if there is a tokenizer.",
    expects: nil,
    remedy: "Do not require this area for this file, or add what is missing to Spec.",
    findingClass: .unsupported,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule111 = containerRule111Made()
@_optimize(none) private func containerRule111Made() -> ContainerRule {
ContainerRule(
    id: "COVER-05",
    title: "Label covered",
    text: "general.file_type, if present, was compared with the type of every tensor.",
    expects: nil,
    remedy: "Do not require this area for this file, or add what is missing to Spec.",
    findingClass: .unsupported,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule112 = containerRule112Made()
@_optimize(none) private func containerRule112Made() -> ContainerRule {
ContainerRule(
    id: "COVER-06",
    title: "Digests covered",
    text: "The digest of every tensor was compared with a manifest.",
    expects: nil,
    remedy: "Compare with a manifest of the file.",
    findingClass: .unsupported,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule113 = containerRule113Made()
@_optimize(none) private func containerRule113Made() -> ContainerRule {
ContainerRule(
    id: "COVER-07",
    title: "Parts covered",
    text: "All parts of the model were read.",
    expects: nil,
    remedy: "Put all parts of the model in one folder.",
    findingClass: .unsupported,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule114 = containerRule114Made()
@_optimize(none) private func containerRule114Made() -> ContainerRule {
ContainerRule(
    id: "POLICY-01",
    title: "Known finding still there",
    text: "A finding that the policy lists as known still occurs; one that is gone can be taken off the list.",
    expects: nil,
    remedy: "Remove the finding from the policy's list.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .note,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule115 = containerRule115Made()
@_optimize(none) private func containerRule115Made() -> ContainerRule {
ContainerRule(
    id: "MANIFEST-01",
    title: "Manifest readable",
    text: "Every line of a manifest names an algorithm, a digest of its length and a name, or is one that sha256sum or sha1sum writes.",
    expects: nil,
    remedy: "Make a new manifest with hifi hash or sha256sum, or correct the line.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule116 = containerRule116Made()
@_optimize(none) private func containerRule116Made() -> ContainerRule {
ContainerRule(
    id: "MANIFEST-02",
    title: "Digest of a tensor",
    text: "The digest of each tensor is the one in the manifest.",
    expects: nil,
    remedy: "The bytes are not those that the manifest was made from: download the file again, or make a new manifest.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "this specification",
    patterns: [],
    catalogue: ["p04"]
)
}

private let containerRule117 = containerRule117Made()
@_optimize(none) private func containerRule117Made() -> ContainerRule {
ContainerRule(
    id: "MANIFEST-03",
    title: "Digest of the header",
    text: "The digest of the header is the one in the manifest.",
    expects: nil,
    remedy: "The bytes are not those that the manifest was made from: download the file again, or make a new manifest.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule118 = containerRule118Made()
@_optimize(none) private func containerRule118Made() -> ContainerRule {
ContainerRule(
    id: "MANIFEST-04",
    title: "Tensor missing",
    text: "Every tensor of the manifest is in the file.",
    expects: nil,
    remedy: "Download the file that the manifest was made from, or make a new manifest.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule119 = containerRule119Made()
@_optimize(none) private func containerRule119Made() -> ContainerRule {
ContainerRule(
    id: "MANIFEST-05",
    title: "Tensor not in the manifest",
    text: "Every tensor of the file is in the manifest.",
    expects: nil,
    remedy: "Check that the manifest belongs to this file, or make a new one.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .warning,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule120 = containerRule120Made()
@_optimize(none) private func containerRule120Made() -> ContainerRule {
ContainerRule(
    id: "IDENT-01",
    title: "Dialect identified",
    text: "The dialect that explains every type id by the spans of its tensors is stated with the evidence.",
    expects: "a dialect that explains every tensor",
    remedy: "Nothing needs to be done.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .note,
    reference: "dialects",
    patterns: [],
    catalogue: []
)
}

private let containerRule121 = containerRule121Made()
@_optimize(none) private func containerRule121Made() -> ContainerRule {
ContainerRule(
    id: "IDENT-02",
    title: "No dialect fits",
    text: "Some dialect explains the types and spans of all tensors.",
    expects: "a dialect that explains every tensor",
    remedy: "Check that the file is complete, or name the program that wrote it.",
    findingClass: .unsupported,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "dialects",
    patterns: [],
    catalogue: []
)
}

private let containerRule122 = containerRule122Made()
@_optimize(none) private func containerRule122Made() -> ContainerRule {
ContainerRule(
    id: "IDENT-03",
    title: "Several dialects fit",
    text: "A single dialect explains the file; if several explain it in different ways, all are listed and none is chosen.",
    expects: "one dialect",
    remedy: "Ask who wrote the file which dialect it follows, or stamp it.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .warning,
    reference: "dialects",
    patterns: [],
    catalogue: []
)
}

private let containerRule123 = containerRule123Made()
@_optimize(none) private func containerRule123Made() -> ContainerRule {
ContainerRule(
    id: "IDENT-04",
    title: "Stock numbers shifted",
    text: "Stock types have upstream's ids; files of the HIFI fork's first period have them one higher from 12 on and are misread by every other reader.",
    expects: nil,
    remedy: "Renumber the file before use with another program (hifi convert).",
    findingClass: .unsupported,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "dialects",
    patterns: [],
    catalogue: []
)
}

private let containerRule124 = containerRule124Made()
@_optimize(none) private func containerRule124Made() -> ContainerRule {
ContainerRule(
    id: "IDENT-05",
    title: "Number collides",
    text: "No type id is one that upstream gives to another type; upstream readers would take the blocks for that type.",
    expects: "a number that upstream gives to no other type",
    remedy: "Use a reader of the file's dialect.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .error,
    reference: "dialects",
    patterns: [],
    catalogue: []
)
}

private let containerRule125 = containerRule125Made()
@_optimize(none) private func containerRule125Made() -> ContainerRule {
ContainerRule(
    id: "IDENT-06",
    title: "Revision ambiguous",
    text: "Type id and block size identify a single revision; where several share both, the content decides or all are listed.",
    expects: "one revision",
    remedy: "Ask who wrote the file which revision it holds, or stamp it.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .warning,
    reference: "revisions",
    patterns: [],
    catalogue: []
)
}

private let containerRule126 = containerRule126Made()
@_optimize(none) private func containerRule126Made() -> ContainerRule {
ContainerRule(
    id: "IDENT-07",
    title: "Known reader misreads",
    text: "Every known reader of the file's dialect decodes it as specified.",
    expects: "every reader of the dialect reads the file correctly",
    remedy: "Use a reader that `hifi identify` lists as reading it correctly, or convert the file (hifi convert).",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .warning,
    reference: "readers",
    patterns: [],
    catalogue: []
)
}

private let containerRule127 = containerRule127Made()
@_optimize(none) private func containerRule127Made() -> ContainerRule {
ContainerRule(
    id: "IDENT-08",
    title: "Count zero with filled slots",
    text: "A block whose count byte is 0 has no filled slot; otherwise it is a block of the revision without a count and the reader must not use the count.",
    expects: nil,
    remedy: "Read the file by the revision that it holds, or quantize the model again.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .error,
    reference: "B32",
    patterns: [],
    catalogue: []
)
}

private let containerRule128 = containerRule128Made()
@_optimize(none) private func containerRule128Made() -> ContainerRule {
ContainerRule(
    id: "IDENT-09",
    title: "Count over the slots",
    text: "A count byte is not larger than the number of slots.",
    expects: nil,
    remedy: "Read the file by the revision that it holds, or quantize the model again.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "O1, O2",
    patterns: [],
    catalogue: []
)
}

private let containerRule129 = containerRule129Made()
@_optimize(none) private func containerRule129Made() -> ContainerRule {
ContainerRule(
    id: "IDENT-10",
    title: "Unused slot destroys weight 0",
    text: "No unused slot (position 0, value 0) replaces a weight by accident.",
    expects: nil,
    remedy: "Convert the file to a revision without this fault, or quantize the model again.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .warning,
    reference: "B19",
    patterns: [],
    catalogue: []
)
}

private let containerRule130 = containerRule130Made()
@_optimize(none) private func containerRule130Made() -> ContainerRule {
ContainerRule(
    id: "IDENT-11",
    title: "Sentinel destroys weight 255",
    text: "No sentinel slot (position 255, value 0) replaces a weight by accident.",
    expects: nil,
    remedy: "Convert the file to a revision without this fault, or quantize the model again.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .warning,
    reference: "B20",
    patterns: [],
    catalogue: []
)
}

private let containerRule131 = containerRule131Made()
@_optimize(none) private func containerRule131Made() -> ContainerRule {
ContainerRule(
    id: "IDENT-12",
    title: "Readers differ at outliers",
    text: "The base decodes to zero at every listed position, so readers that replace and readers that add agree.",
    expects: nil,
    remedy: "Convert the file to a revision without this fault, or quantize the model again.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .warning,
    reference: "B3",
    patterns: [],
    catalogue: []
)
}

private let containerRule132 = containerRule132Made()
@_optimize(none) private func containerRule132Made() -> ContainerRule {
ContainerRule(
    id: "IDENT-13",
    title: "File type of another dialect",
    text: "general.file_type is a number that the identified dialect assigns to what the file holds.",
    expects: "a number that the dialect gives to this mix",
    remedy: "Set general.file_type to what the file holds.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .warning,
    reference: "dialects",
    patterns: [],
    catalogue: []
)
}

private let containerRule133 = containerRule133Made()
@_optimize(none) private func containerRule133Made() -> ContainerRule {
ContainerRule(
    id: "IDENT-14",
    title: "Block size of the Python package",
    text: "Blocks have the size that the fork's library gives them; a size that only its Python package uses is reported.",
    expects: nil,
    remedy: "Write the file again with the library's block sizes; the data of these tensors cannot be trusted.",
    findingClass: .unsupported,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "B34",
    patterns: [],
    catalogue: []
)
}

private let containerRule134 = containerRule134Made()
@_optimize(none) private func containerRule134Made() -> ContainerRule {
ContainerRule(
    id: "IDENT-15",
    title: "Another stride on the GPU",
    text: "The revision has one block size on all devices; R10 and R11 do not.",
    expects: "one block size on all devices",
    remedy: "Use the file only on the device it was made for, or convert it.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .warning,
    reference: "B26",
    patterns: [],
    catalogue: []
)
}

private let containerRule135 = containerRule135Made()
@_optimize(none) private func containerRule135Made() -> ContainerRule {
ContainerRule(
    id: "IDENT-16",
    title: "Superseded revision",
    text: "The file holds the published or the newest revision; others can be converted where that is lossless.",
    expects: "the published or the newest revision",
    remedy: "Convert the file to a current revision where that is lossless (hifi convert).",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .note,
    reference: "revisions",
    patterns: [],
    catalogue: []
)
}

private let containerRule136 = containerRule136Made()
@_optimize(none) private func containerRule136Made() -> ContainerRule {
ContainerRule(
    id: "IDENT-17",
    title: "Parts of one dialect",
    text: "All parts of a split model follow one dialect.",
    expects: nil,
    remedy: "Download the parts of one model again.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "dialects",
    patterns: [],
    catalogue: []
)
}

private let containerRule137 = containerRule137Made()
@_optimize(none) private func containerRule137Made() -> ContainerRule {
ContainerRule(
    id: "STAMP-01",
    title: "Stamp complete",
    text: "hifi.spec_version, hifi.dialect and hifi.types occur together or not at all.",
    expects: nil,
    remedy: "Write the stamp again, or remove its keys.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .warning,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule138 = containerRule138Made()
@_optimize(none) private func containerRule138Made() -> ContainerRule {
ContainerRule(
    id: "STAMP-02",
    title: "Value types of the stamp's keys",
    text: "hifi.spec_version and hifi.dialect are strings, hifi.types is an array of strings.",
    expects: nil,
    remedy: "Write the stamp again, or remove its keys.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .warning,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule139 = containerRule139Made()
@_optimize(none) private func containerRule139Made() -> ContainerRule {
ContainerRule(
    id: "STAMP-03",
    title: "Version of the stamp",
    text: "hifi.spec_version consists of three decimal numbers without leading zeros, joined by dots.",
    expects: nil,
    remedy: "Write the stamp again, or remove its keys.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .warning,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule140 = containerRule140Made()
@_optimize(none) private func containerRule140Made() -> ContainerRule {
ContainerRule(
    id: "STAMP-04",
    title: "Version known",
    text: "hifi.spec_version is not newer than the specification that the file is verified by. A newer one may name formats and dialects that are not known here; those are then not faults, but the stamp is not used.",
    expects: nil,
    remedy: "Verify the file with a newer version of this program.",
    findingClass: .unsupported,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .note,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule141 = containerRule141Made()
@_optimize(none) private func containerRule141Made() -> ContainerRule {
ContainerRule(
    id: "STAMP-05",
    title: "Dialect of the stamp known",
    text: "hifi.dialect is the id of a dialect of this specification.",
    expects: nil,
    remedy: "Write the stamp again, or verify with a version that knows the dialect.",
    findingClass: .unsupported,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .warning,
    reference: "dialects",
    patterns: [],
    catalogue: []
)
}

private let containerRule142 = containerRule142Made()
@_optimize(none) private func containerRule142Made() -> ContainerRule {
ContainerRule(
    id: "STAMP-06",
    title: "Entries of hifi.types",
    text: "Every string of hifi.types is a type number, an equals sign and a format id, without blanks: the number in decimal without leading zeros and below 2^32. There are at most 1024.",
    expects: nil,
    remedy: "Write the stamp again, or remove its keys.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .warning,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule143 = containerRule143Made()
@_optimize(none) private func containerRule143Made() -> ContainerRule {
ContainerRule(
    id: "STAMP-07",
    title: "Formats of hifi.types known",
    text: "Every format that hifi.types names is the full id of a format of this specification, with its revision, not an alias.",
    expects: nil,
    remedy: "Write the stamp again, or remove its keys.",
    findingClass: .unsupported,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .warning,
    reference: "revisions",
    patterns: [],
    catalogue: []
)
}

private let containerRule144 = containerRule144Made()
@_optimize(none) private func containerRule144Made() -> ContainerRule {
ContainerRule(
    id: "STAMP-08",
    title: "Each number once",
    text: "No type number occurs twice in hifi.types.",
    expects: nil,
    remedy: "Write the stamp again, or remove its keys.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .warning,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule145 = containerRule145Made()
@_optimize(none) private func containerRule145Made() -> ContainerRule {
ContainerRule(
    id: "STAMP-09",
    title: "Numbers of the file",
    text: "The type numbers in hifi.types are those of the tensors, of all parts of a split set: none is missing and none is added.",
    expects: nil,
    remedy: "Write the stamp again, or remove its keys.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .warning,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule146 = containerRule146Made()
@_optimize(none) private func containerRule146Made() -> ContainerRule {
ContainerRule(
    id: "STAMP-10",
    title: "Numbers of the dialect",
    text: "The dialect that hifi.dialect names gives each type id in hifi.types the format named there, possibly among others.",
    expects: nil,
    remedy: "Write the stamp again, or remove its keys.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "dialects",
    patterns: [],
    catalogue: []
)
}

private let containerRule147 = containerRule147Made()
@_optimize(none) private func containerRule147Made() -> ContainerRule {
ContainerRule(
    id: "STAMP-11",
    title: "Stamp agrees with the tensors",
    text: "The formats that hifi.types names are among those that the spans of the tensors and the content of their blocks allow for the id. A well-formed stamp that agrees decides what they leave open; it never outweighs them.",
    expects: nil,
    remedy: "Do not rely on the stamp: it was copied from another file, or the tensors were changed; write it again.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule148 = containerRule148Made()
@_optimize(none) private func containerRule148Made() -> ContainerRule {
ContainerRule(
    id: "TOK-01",
    title: "Tokenizer present",
    text: "A model of a described architecture has a tokenizer; loaders refuse one without the key tokenizer.ggml.model.",
    expects: nil,
    remedy: "Convert the model again together with its tokenizer.",
    findingClass: .unsupported,
    isOfContainer: false,
    forbidsUse: true,
    specSeverity: .off,
    runtimeSeverity: .error,
    reference: "loader",
    patterns: [],
    catalogue: []
)
}

private let containerRule149 = containerRule149Made()
@_optimize(none) private func containerRule149Made() -> ContainerRule {
ContainerRule(
    id: "TOK-02",
    title: "Tokenizer model named",
    text: "Where there are keys tokenizer.ggml.*, tokenizer.ggml.model is one of them.",
    expects: nil,
    remedy: "Convert the model again together with its tokenizer.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: true,
    specSeverity: .warning,
    runtimeSeverity: .error,
    reference: "GGUF specification, tokenizer",
    patterns: [],
    catalogue: []
)
}

private let containerRule150 = containerRule150Made()
@_optimize(none) private func containerRule150Made() -> ContainerRule {
ContainerRule(
    id: "TOK-03",
    title: "Tokenizer model known",
    text: "tokenizer.ggml.model is a name that the loader knows.",
    expects: nil,
    remedy: "Use a loader that knows the name, or convert the tokenizer to one that this loader knows.",
    findingClass: .unsupported,
    isOfContainer: false,
    forbidsUse: true,
    specSeverity: .note,
    runtimeSeverity: .error,
    reference: "tokenizers.yaml",
    patterns: [],
    catalogue: []
)
}

private let containerRule151 = containerRule151Made()
@_optimize(none) private func containerRule151Made() -> ContainerRule {
ContainerRule(
    id: "TOK-04",
    title: "Pre-tokenizer known",
    text: "tokenizer.ggml.pre of a byte-level vocabulary is a name that the loader knows.",
    expects: nil,
    remedy: "Use a loader that knows the name, or convert the tokenizer to one that this loader knows.",
    findingClass: .unsupported,
    isOfContainer: false,
    forbidsUse: true,
    specSeverity: .note,
    runtimeSeverity: .error,
    reference: "tokenizers.yaml",
    patterns: [],
    catalogue: []
)
}

private let containerRule152 = containerRule152Made()
@_optimize(none) private func containerRule152Made() -> ContainerRule {
ContainerRule(
    id: "TOK-05",
    title: "Pre-tokenizer named",
    text: "A byte-level vocabulary names its pre-tokenizer; without a name, readers split words by a rule of their own.",
    expects: nil,
    remedy: "Set tokenizer.ggml.pre to the pre-tokenizer of the original model.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .warning,
    reference: "loader",
    patterns: [],
    catalogue: []
)
}

private let containerRule153 = containerRule153Made()
@_optimize(none) private func containerRule153Made() -> ContainerRule {
ContainerRule(
    id: "TOK-06",
    title: "Tokens listed",
    text: "tokenizer.ggml.tokens lists at least one token.",
    expects: nil,
    remedy: "Convert the model again together with its tokenizer.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: true,
    specSeverity: .warning,
    runtimeSeverity: .error,
    reference: "GGUF specification, tokenizer",
    patterns: [],
    catalogue: []
)
}

private let containerRule154 = containerRule154Made()
@_optimize(none) private func containerRule154Made() -> ContainerRule {
ContainerRule(
    id: "TOK-07",
    title: "Merges listed",
    text: "A byte-level vocabulary has tokenizer.ggml.merges.",
    expects: nil,
    remedy: "Convert the model again together with its tokenizer.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: true,
    specSeverity: .warning,
    runtimeSeverity: .error,
    reference: "loader",
    patterns: [],
    catalogue: []
)
}

private let containerRule155 = containerRule155Made()
@_optimize(none) private func containerRule155Made() -> ContainerRule {
ContainerRule(
    id: "TOK-08",
    title: "Types of arrays",
    text: "tokens and merges are arrays of strings, token_type and suppress_tokens are arrays of int32, scores of float32 or int32, precompiled_charsmap of bytes.",
    expects: nil,
    remedy: "Store the key with the type that the rule names.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: true,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, tokenizer",
    patterns: [],
    catalogue: []
)
}

private let containerRule156 = containerRule156Made()
@_optimize(none) private func containerRule156Made() -> ContainerRule {
ContainerRule(
    id: "TOK-09",
    title: "A value for each token",
    text: "scores and token_type have an element for each token.",
    expects: nil,
    remedy: "Store one value for each token.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: true,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, tokenizer",
    patterns: [],
    catalogue: []
)
}

private let containerRule157 = containerRule157Made()
@_optimize(none) private func containerRule157Made() -> ContainerRule {
ContainerRule(
    id: "TOK-10",
    title: "No values without a token",
    text: "scores and token_type have no more elements than there are tokens.",
    expects: nil,
    remedy: "Store one value for each token.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .warning,
    reference: "GGUF specification, tokenizer",
    patterns: [],
    catalogue: []
)
}

private let containerRule158 = containerRule158Made()
@_optimize(none) private func containerRule158Made() -> ContainerRule {
ContainerRule(
    id: "TOK-11",
    title: "Types of single keys",
    text: "model and pre are strings, keys that name a token are uint32, keys that are yes or no are bool.",
    expects: nil,
    remedy: "Store the key with the type that the rule names.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: true,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "GGUF specification, tokenizer",
    patterns: [],
    catalogue: []
)
}

private let containerRule159 = containerRule159Made()
@_optimize(none) private func containerRule159Made() -> ContainerRule {
ContainerRule(
    id: "TOK-12",
    title: "Named tokens exist",
    text: "Keys that name a token name one in the vocabulary. Loaders silently take another token instead.",
    expects: nil,
    remedy: "Set the key to the number of a token, or remove it.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: true,
    specSeverity: .error,
    runtimeSeverity: .warning,
    reference: "GGUF specification, tokenizer",
    patterns: [],
    catalogue: []
)
}

private let containerRule160 = containerRule160Made()
@_optimize(none) private func containerRule160Made() -> ContainerRule {
ContainerRule(
    id: "TOK-13",
    title: "Tokens distinct",
    text: "No two tokens have the same text, except empty ones. A text counts up to its first zero byte, as in loaders.",
    expects: nil,
    remedy: "Compare the token list with the original tokenizer, and give each token its own text.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: true,
    specSeverity: .warning,
    runtimeSeverity: .error,
    reference: "loader",
    patterns: [],
    catalogue: []
)
}

private let containerRule161 = containerRule161Made()
@_optimize(none) private func containerRule161Made() -> ContainerRule {
ContainerRule(
    id: "TOK-14",
    title: "Token types known",
    text: "Elements of token_type are 0 to 6.",
    expects: nil,
    remedy: "Set the type of the token to one from 0 to 6.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .warning,
    reference: "GGUF specification, tokenizer",
    patterns: [],
    catalogue: []
)
}

private let containerRule162 = containerRule162Made()
@_optimize(none) private func containerRule162Made() -> ContainerRule {
ContainerRule(
    id: "TOK-15",
    title: "Scores finite",
    text: "Elements of scores are finite.",
    expects: nil,
    remedy: "Store a finite score.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: true,
    specSeverity: .warning,
    runtimeSeverity: .warning,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule163 = containerRule163Made()
@_optimize(none) private func containerRule163Made() -> ContainerRule {
ContainerRule(
    id: "TOK-16",
    title: "Beginning named",
    text: "A byte-level vocabulary with add_bos_token names the token in bos_token_id; readers take an arbitrary one instead.",
    expects: nil,
    remedy: "Set tokenizer.ggml.bos_token_id, or add_bos_token to false.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .warning,
    reference: "loader",
    patterns: [],
    catalogue: []
)
}

private let containerRule164 = containerRule164Made()
@_optimize(none) private func containerRule164Made() -> ContainerRule {
ContainerRule(
    id: "TOK-17",
    title: "Form of merges",
    text: "A merge consists of two strings separated by a space.",
    expects: nil,
    remedy: "Compare the merges with the original tokenizer, and convert it again.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .warning,
    reference: "GGUF specification, tokenizer",
    patterns: [],
    catalogue: []
)
}

private let containerRule165 = containerRule165Made()
@_optimize(none) private func containerRule165Made() -> ContainerRule {
ContainerRule(
    id: "TOK-18",
    title: "Halves of merges are tokens",
    text: "Both halves of a merge are tokens.",
    expects: nil,
    remedy: "Compare the merges with the original tokenizer, and convert it again.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .warning,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule166 = containerRule166Made()
@_optimize(none) private func containerRule166Made() -> ContainerRule {
ContainerRule(
    id: "TOK-19",
    title: "Merges join to tokens",
    text: "The halves of a merge join to a token.",
    expects: nil,
    remedy: "Compare the merges with the original tokenizer, and convert it again.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .warning,
    runtimeSeverity: .warning,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule167 = containerRule167Made()
@_optimize(none) private func containerRule167Made() -> ContainerRule {
ContainerRule(
    id: "TOK-20",
    title: "Merges distinct",
    text: "No merge is listed twice; if one is, the first counts.",
    expects: nil,
    remedy: "Compare the merges with the original tokenizer, and convert it again.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .note,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule168 = containerRule168Made()
@_optimize(none) private func containerRule168Made() -> ContainerRule {
ContainerRule(
    id: "TOK-21",
    title: "A token for each byte",
    text: "Every byte that occurs in UTF-8 has a token; bytes without one are dropped from texts.",
    expects: nil,
    remedy: "Compare the token list with the original tokenizer; texts with that byte cannot be distinguished.",
    findingClass: .suspicious,
    isOfContainer: false,
    forbidsUse: false,
    specSeverity: .note,
    runtimeSeverity: .note,
    reference: "this specification",
    patterns: [],
    catalogue: []
)
}

private let containerRule169 = containerRule169Made()
@_optimize(none) private func containerRule169Made() -> ContainerRule {
ContainerRule(
    id: "TOK-22",
    title: "Map of characters complete",
    text: "The size stated in precompiled_charsmap leaves room for the texts after its table, and no path leads out of the table.",
    expects: nil,
    remedy: "Download the file again, or convert the tokenizer again.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: true,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "loader",
    patterns: [],
    catalogue: []
)
}

private let containerRule170 = containerRule170Made()
@_optimize(none) private func containerRule170Made() -> ContainerRule {
ContainerRule(
    id: "TOK-23",
    title: "Byte tokens",
    text: "In SentencePiece vocabularies a token of type 6 is written <0x00> to <0xFF>.",
    expects: nil,
    remedy: "Convert the tokenizer again, or give the token its own type.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: true,
    specSeverity: .error,
    runtimeSeverity: .warning,
    reference: "loader",
    patterns: [],
    catalogue: []
)
}

private let containerRule171 = containerRule171Made()
@_optimize(none) private func containerRule171Made() -> ContainerRule {
ContainerRule(
    id: "TOK-24",
    title: "Byte tokens long enough",
    text: "In SentencePiece vocabularies a token of type 6 has at least three bytes; loaders read the byte's value after them.",
    expects: nil,
    remedy: "Convert the tokenizer again, or give the token its own type.",
    findingClass: .damaged,
    isOfContainer: false,
    forbidsUse: true,
    specSeverity: .error,
    runtimeSeverity: .error,
    reference: "loader",
    patterns: [],
    catalogue: []
)
}

extension Spec {
    static let containerRuleTable: [ContainerRule] = [containerRule0, containerRule1, containerRule2, containerRule3, containerRule4, containerRule5, containerRule6, containerRule7, containerRule8, containerRule9, containerRule10, containerRule11, containerRule12, containerRule13, containerRule14, containerRule15, containerRule16, containerRule17, containerRule18, containerRule19, containerRule20, containerRule21, containerRule22, containerRule23, containerRule24, containerRule25, containerRule26, containerRule27, containerRule28, containerRule29, containerRule30, containerRule31, containerRule32, containerRule33, containerRule34, containerRule35, containerRule36, containerRule37, containerRule38, containerRule39, containerRule40, containerRule41, containerRule42, containerRule43, containerRule44, containerRule45, containerRule46, containerRule47, containerRule48, containerRule49, containerRule50, containerRule51, containerRule52, containerRule53, containerRule54, containerRule55, containerRule56, containerRule57, containerRule58, containerRule59, containerRule60, containerRule61, containerRule62, containerRule63, containerRule64, containerRule65, containerRule66, containerRule67, containerRule68, containerRule69, containerRule70, containerRule71, containerRule72, containerRule73, containerRule74, containerRule75, containerRule76, containerRule77, containerRule78, containerRule79, containerRule80, containerRule81, containerRule82, containerRule83, containerRule84, containerRule85, containerRule86, containerRule87, containerRule88, containerRule89, containerRule90, containerRule91, containerRule92, containerRule93, containerRule94, containerRule95, containerRule96, containerRule97, containerRule98, containerRule99, containerRule100, containerRule101, containerRule102, containerRule103, containerRule104, containerRule105, containerRule106, containerRule107, containerRule108, containerRule109, containerRule110, containerRule111, containerRule112, containerRule113, containerRule114, containerRule115, containerRule116, containerRule117, containerRule118, containerRule119, containerRule120, containerRule121, containerRule122, containerRule123, containerRule124, containerRule125, containerRule126, containerRule127, containerRule128, containerRule129, containerRule130, containerRule131, containerRule132, containerRule133, containerRule134, containerRule135, containerRule136, containerRule137, containerRule138, containerRule139, containerRule140, containerRule141, containerRule142, containerRule143, containerRule144, containerRule145, containerRule146, containerRule147, containerRule148, containerRule149, containerRule150, containerRule151, containerRule152, containerRule153, containerRule154, containerRule155, containerRule156, containerRule157, containerRule158, containerRule159, containerRule160, containerRule161, containerRule162, containerRule163, containerRule164, containerRule165, containerRule166, containerRule167, containerRule168, containerRule169, containerRule170, containerRule171]
}
