#!/bin/sh
# Encodes the same weights natively, by each instruction set in turn, and for AArch64 under qemu-aarch64: the bytes must
# be the same. Needs what neon_check.sh needs.   Usage: Tests/KernelsTests/Emulated/encode_check.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
kernels=$here/../../../Sources/CKernels
root=${SYSROOT:-}/usr
lib=$root/aarch64-linux-gnu/lib
gcc=$(ls -d "$root"/lib/gcc-cross/aarch64-linux-gnu/* | tail -1)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
clang -O2 -I"$kernels/include" -I"$kernels" "$here"/encode_check.c "$kernels"/*.c -lpthread -o "$work/native"
for file in "$here"/encode_check.c "$kernels"/*.c; do
    clang --target=aarch64-linux-gnu -O2 -isystem "$root/aarch64-linux-gnu/include" -I"$kernels/include" -I"$kernels" \
        -c "$file" -o "$work/$(basename "$file").o"
done
ld.lld -static -o "$work/aarch64" "$lib/crt1.o" "$lib/crti.o" "$gcc/crtbegin.o" "$work"/*.o \
    -L"$lib" -L"$gcc" --start-group -lc -lgcc -lgcc_eh --end-group "$gcc/crtend.o" "$lib/crtn.o"
"$work/native" scalar > "$work/scalar.txt"
for set in avx2 avx512; do
    "$work/native" $set > "$work/$set.txt"
    if [ -s "$work/$set.txt" ]; then diff "$work/scalar.txt" "$work/$set.txt"; fi
done
for set in scalar neon; do
    "${QEMU:-qemu-aarch64-static}" "$work/aarch64" $set > "$work/$set.emulated.txt"
    diff "$work/scalar.txt" "$work/$set.emulated.txt"
done
wc -l < "$work/scalar.txt"
