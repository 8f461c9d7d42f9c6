#!/bin/sh
# Builds the kernels for AArch64 and compares NEON with portable C, natively or under qemu-aarch64.
# Debian: apt-get install qemu-user-static libc6-dev-arm64-cross libgcc-12-dev-arm64-cross (and clang, lld).
# SYSROOT: where those packages' usr/ is, if not /.   Usage: Tests/KernelsTests/Emulated/neon_check.sh [output]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
kernels=$here/../../../Sources/CKernels
root=${SYSROOT:-}/usr
out=${1:-${TMPDIR:-/tmp}/hifi_neon_check}
if [ "$(uname -m)" = aarch64 ]; then
    clang -O2 -I"$kernels/include" -I"$kernels" "$here"/neon_check.c "$kernels"/*.c -lpthread -o "$out"
    exec "$out"
fi
lib=$root/aarch64-linux-gnu/lib
gcc=$(ls -d "$root"/lib/gcc-cross/aarch64-linux-gnu/* | tail -1)
objects=$(mktemp -d)
trap 'rm -rf "$objects"' EXIT
for file in "$here"/neon_check.c "$kernels"/*.c; do
    clang --target=aarch64-linux-gnu -O2 -isystem "$root/aarch64-linux-gnu/include" -I"$kernels/include" -I"$kernels" \
        -c "$file" -o "$objects/$(basename "$file").o"
done
ld.lld -static -o "$out" "$lib/crt1.o" "$lib/crti.o" "$gcc/crtbegin.o" "$objects"/*.o \
    -L"$lib" -L"$gcc" --start-group -lc -lgcc -lgcc_eh --end-group "$gcc/crtend.o" "$lib/crtn.o"
"${QEMU:-qemu-aarch64-static}" "$out"
# A processor without the dot-product instructions: the other variant must be chosen.
"${QEMU:-qemu-aarch64-static}" -cpu cortex-a72 "$out"
