//! Decodes, verifies and reads conformance vectors by libhifi, with declarations written by hand and safe functions above them.
//!
//!     rustc --edition 2021 main.rs -L "$(pkg-config --variable=libdir hifi)" -o example
//!     ./example model.gguf "$(pkg-config --variable=vectors hifi)"
//!
//! Exit status: 0 or that of `hifi verify`, 1 a case fails, 64 called wrongly, 70 another version of the library, 74 not readable.
#![deny(unsafe_op_in_unsafe_fn)]

use std::ffi::{c_char, c_void, CStr, CString};
use std::process::ExitCode;

/// The header, declaration by declaration.
mod ffi {
    use super::*;
    use std::mem::size_of;

    pub const ABI_VERSION: u32 = 1;
    pub const OK: i32 = 0;
    pub const UNREADABLE: i32 = 5;
    pub const END: i32 = 6;
    pub const DECODE: i32 = 0;

    #[repr(C)]
    pub struct Error {
        pub status: i32,
        pub message: [c_char; 1020],
    }

    #[repr(C)]
    pub struct Finding {
        pub rule: *const c_char,
        pub clause: *const c_char,
        pub message: *const c_char,
        pub expected: *const c_char,
        pub found: *const c_char,
        pub advice: *const c_char,
        pub file: *const c_char,
        pub tensor: *const c_char,
        pub key: *const c_char,
        pub field: *const c_char,
        pub offset: u64,
        pub row: u64,
        pub block: u64,
        pub count: u64,
        // An enum of C is a number here: a Rust enum may hold its own values only, and a newer library may have more.
        pub severity: i32,
        pub suppressed: i32,
    }

    #[repr(C)]
    #[derive(Default)]
    pub struct Verdict {
        pub status: i32,
        pub gaps: u32,
        pub errors: u64,
        pub warnings: u64,
        pub notes: u64,
    }

    #[repr(C)]
    pub struct Vector {
        pub id: *const c_char,
        pub type_name: *const c_char,
        pub why: *const c_char,
        pub kind: i32,
        pub level: i32,
        pub blocks: *const u8,
        pub mask: *const u8,
        pub bytes: usize,
        pub weights: *const f32,
        pub count: usize,
        pub columns: usize,
        pub importances: *const f32,
    }

    /// Known by its address only.
    #[repr(C)]
    pub struct Vectors {
        _private: [u8; 0],
    }

    // The layouts that the header's ABI version promises.
    const _: () = assert!(size_of::<Error>() == 1024);
    const _: () = assert!(size_of::<Finding>() == 10 * size_of::<usize>() + 40);
    const _: () = assert!(size_of::<Verdict>() == 32);
    const _: () = assert!(size_of::<Vector>() == 10 * size_of::<usize>() + 8);

    pub type OnFinding = unsafe extern "C" fn(*const Finding, *mut c_void);

    #[link(name = "hifi")]
    extern "C" {
        pub fn hifi_abi_version() -> u32;
        pub fn hifi_blocks_decode(
            type_name: *const c_char, blocks: *const c_void, bytes: usize, columns: usize, weights: *mut f32, count: usize,
            error: *mut Error,
        ) -> i32;
        pub fn hifi_file_verify(
            path: *const c_char, flags: u32, on_finding: Option<OnFinding>, context: *mut c_void, verdict: *mut Verdict,
            json: *mut *mut c_char, error: *mut Error,
        ) -> i32;
        pub fn hifi_vectors_open(folder: *const c_char, vectors: *mut *mut Vectors, error: *mut Error) -> i32;
        pub fn hifi_vectors_next(vectors: *mut Vectors, vector: *mut Vector) -> i32;
        pub fn hifi_vectors_close(vectors: *mut Vectors);
    }
}

/// What a call failed with.
#[derive(Debug)]
struct Failure {
    status: i32,
    message: String,
}

/// The text at a pointer; empty where there is none.
///
/// # Safety
/// The pointer is NULL or that of a text that ends with a zero byte.
unsafe fn text(pointer: *const c_char) -> String {
    if pointer.is_null() {
        return String::new();
    }
    // SAFETY: as the caller promises.
    unsafe { CStr::from_ptr(pointer) }.to_string_lossy().into_owned()
}

/// The slice at a pointer; empty where there is none.
///
/// # Safety
/// The pointer is NULL or that of `count` values, which live as long as the slice.
unsafe fn slice<'a, T>(pointer: *const T, count: usize) -> &'a [T] {
    if pointer.is_null() {
        return &[];
    }
    // SAFETY: as the caller promises.
    unsafe { std::slice::from_raw_parts(pointer, count) }
}

fn c_text(text: &str) -> Result<CString, Failure> {
    CString::new(text).map_err(|_| Failure { status: 1, message: "a text has a zero byte".into() })
}

/// Makes a call that is given a place for its error.
fn call(body: impl FnOnce(*mut ffi::Error) -> i32) -> Result<(), Failure> {
    let mut error = ffi::Error { status: ffi::OK, message: [0; 1020] };
    match body(&mut error) {
        ffi::OK => Ok(()),
        // SAFETY: the library ends every message with a zero byte.
        status => Err(Failure { status, message: unsafe { text(error.message.as_ptr()) } }),
    }
}

/// Decodes rows of `columns` weights, `count` weights in all.
fn decode(type_name: &str, blocks: &[u8], columns: usize, count: usize) -> Result<Vec<f32>, Failure> {
    let name = c_text(type_name)?;
    let mut weights = vec![0.0f32; count];
    // SAFETY: pointers and lengths are those of slices that live during the call.
    call(|error| unsafe {
        let (from, to) = (blocks.as_ptr().cast(), weights.as_mut_ptr());
        ffi::hifi_blocks_decode(name.as_ptr(), from, blocks.len(), columns, to, count, error)
    })?;
    Ok(weights)
}

/// Verifies a file; `on_finding` is given each rule and message.
fn verify<F: FnMut(&str, &str)>(path: &str, mut on_finding: F) -> Result<ffi::Verdict, Failure> {
    /// Finds the closure again. It must not unwind into the library, so a panic ends the program here.
    unsafe extern "C" fn forward<F: FnMut(&str, &str)>(finding: *const ffi::Finding, context: *mut c_void) {
        // SAFETY: the context is the closure given below; finding and texts are valid during this call.
        let (closure, rule, message) = unsafe { (&mut *context.cast::<F>(), text((*finding).rule), text((*finding).message)) };
        closure(&rule, &message);
    }
    let path = c_text(path)?;
    let mut verdict = ffi::Verdict::default();
    let context: *mut F = &mut on_finding;
    // SAFETY: all pointers are valid during the call, and the closure is called during it only.
    call(|error| unsafe {
        ffi::hifi_file_verify(path.as_ptr(), 0, Some(forward::<F>), context.cast(), &mut verdict, std::ptr::null_mut(), error)
    })?;
    Ok(verdict)
}

/// Cases of decoding. Not an `Iterator`: each case is valid until the next is asked for.
struct Vectors(*mut ffi::Vectors);

struct Case<'a> {
    id: String,
    type_name: String,
    blocks: &'a [u8],
    weights: &'a [f32],
    columns: usize,
}

impl Vectors {
    fn open(folder: &str) -> Result<Self, Failure> {
        let folder = c_text(folder)?;
        let mut vectors = std::ptr::null_mut();
        // SAFETY: both pointers are valid during the call.
        call(|error| unsafe { ffi::hifi_vectors_open(folder.as_ptr(), &mut vectors, error) })?;
        Ok(Self(vectors))
    }

    /// The borrow of `self` keeps anyone from asking for the next case while this one is in use.
    fn next(&mut self) -> Option<Case<'_>> {
        loop {
            let mut vector = std::mem::MaybeUninit::<ffi::Vector>::uninit();
            // SAFETY: the vectors are open, and the library fills the struct where it returns OK.
            let vector = match unsafe { ffi::hifi_vectors_next(self.0, vector.as_mut_ptr()) } {
                ffi::OK => unsafe { vector.assume_init() },
                status => {
                    assert_eq!(status, ffi::END);
                    return None;
                }
            };
            if vector.kind != ffi::DECODE {
                continue;
            }
            // SAFETY: what a case points to is valid until the next call with the same vectors.
            return Some(unsafe {
                Case {
                    id: text(vector.id),
                    type_name: text(vector.type_name),
                    blocks: slice(vector.blocks, vector.bytes),
                    weights: slice(vector.weights, vector.count),
                    columns: vector.columns,
                }
            });
        }
    }
}

impl Drop for Vectors {
    fn drop(&mut self) {
        // SAFETY: they were opened, and are closed once.
        unsafe { ffi::hifi_vectors_close(self.0) }
    }
}

fn run(model: &str, folder: &str) -> Result<u8, Failure> {
    let verdict = verify(model, |rule, message| println!("{rule}: {message}"))?;
    println!("{model}: status {}, {} errors, {} warnings, {} notes", verdict.status, verdict.errors, verdict.warnings, verdict.notes);

    let (mut applied, mut failed) = (0, 0);
    let mut vectors = Vectors::open(folder)?;
    while let Some(case) = vectors.next() {
        let found = decode(&case.type_name, case.blocks, case.columns, case.weights.len())?;
        let same = |(a, b): (&f32, &f32)| a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan());
        applied += 1;
        if !found.iter().zip(case.weights).all(same) {
            println!("{} fails", case.id);
            failed += 1;
        }
    }
    println!("{applied} cases applied, {failed} failed");
    let suite = u8::from(applied == 0 || failed > 0);
    Ok(suite.max(u8::try_from(verdict.status).unwrap_or(70)))
}

fn main() -> ExitCode {
    // SAFETY: the function takes nothing.
    if unsafe { ffi::hifi_abi_version() } != ffi::ABI_VERSION {
        eprintln!("example: libhifi has another ABI version than these declarations");
        return ExitCode::from(70);
    }
    let arguments: Vec<String> = std::env::args().collect();
    let [_, model, folder] = arguments.as_slice() else {
        eprintln!("usage: example FILE FOLDER_OF_VECTORS");
        return ExitCode::from(64);
    };
    match run(model, folder) {
        Ok(status) => ExitCode::from(status),
        Err(failure) => {
            eprintln!("example: {}", failure.message);
            ExitCode::from(if failure.status == ffi::UNREADABLE { 74 } else { 1 })
        }
    }
}
