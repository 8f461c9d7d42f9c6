// Memory for checks under sanitizers: blocks of the heap of exactly the size that is asked for, at any distance from a cache line, so that
// AddressSanitizer notices the first byte beyond; and what is put into them.
#ifndef HIFI_ROOMS_H
#define HIFI_ROOMS_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
#endif
#endif
#ifndef ASAN_POISON_MEMORY_REGION
#define ASAN_POISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#endif

static uint64_t random_state = 1;

static inline uint64_t next_random(void) {
    uint64_t z = random_state += 0x9E3779B97F4A7C15;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27) * 0x94D049BB133111EB;
    return z ^ z >> 31;
}

enum { MOST_ROOMS = 64 };
static struct { uint8_t *base; size_t shift; } rooms[MOST_ROOMS];
static int room_count;

/// `size` bytes, `shift` bytes after a multiple of 64. The byte after the last is out of bounds, and so are those before the first, to the
/// eight that AddressSanitizer tells apart.
static inline void *room(size_t size, size_t shift) {
    void *base = NULL;
    if (room_count == MOST_ROOMS || posix_memalign(&base, 64, shift + size > 0 ? shift + size : 1) != 0) {
        fprintf(stderr, "no memory for a check\n");
        exit(2);
    }
    if (shift + size == 0) ASAN_POISON_MEMORY_REGION(base, 1);
    ASAN_POISON_MEMORY_REGION(base, shift);
    rooms[room_count].base = base;
    rooms[room_count++].shift = shift;
    return (uint8_t *)base + shift;
}

/// Gives back all rooms since there were `kept`.
static inline void leave_rooms(int kept) {
    while (room_count > kept) {
        room_count--;
        ASAN_UNPOISON_MEMORY_REGION(rooms[room_count].base, rooms[room_count].shift > 0 ? rooms[room_count].shift : 1);
        free(rooms[room_count].base);
    }
}

/// Bytes at the ends of what exponents, signs, counts and codes may be.
static const uint8_t boundary_bytes[] = {0x00, 0xFF, 0x7F, 0x80, 0x7C, 0xFC, 0x01, 0xFE, 0x3F, 0xC0, 0x55, 0xAA};

/// By turns: at random, zero, all ones, one boundary repeated, boundaries at random, some boundaries among random bytes.
static inline void fill_bytes(uint8_t *bytes, size_t count, unsigned kind) {
    const uint8_t one = boundary_bytes[next_random() % sizeof boundary_bytes];
    for (size_t i = 0; i < count; i++) {
        const uint64_t z = next_random();
        const uint8_t boundary = boundary_bytes[(z >> 32) % sizeof boundary_bytes], any = (uint8_t)(z >> 8);
        switch (kind % 6) {
        case 0: bytes[i] = any; break;
        case 1: bytes[i] = 0; break;
        case 2: bytes[i] = 0xFF; break;
        case 3: bytes[i] = one; break;
        case 4: bytes[i] = boundary; break;
        default: bytes[i] = z % 4 == 0 ? boundary : any;
        }
    }
}

/// By turns: ordinary, any bits, special ones, ties, subnormal, as large as there are, equal magnitudes, zero. If `finite`, no infinity
/// and no NaN.
static inline void fill_floats(float *x, size_t count, unsigned kind, int finite) {
    static const uint32_t special[] = {
        0, 0x80000000, 1, 0x807FFFFF, 0x7F7FFFFF, 0xFF7FFFFF, 0x7F800000, 0xFF800000, 0x7FC00000, 0xFFC12345, 0x7F800001, 0x33000000,
        0x33000001, 0x33800000, 0x387FC000, 0x387FE000, 0x38800000, 0x477FE000, 0x477FEFFF, 0x477FF000, 0x3F808000, 0x3F818000};
    for (size_t i = 0; i < count; i++) {
        const uint64_t z = next_random();
        uint32_t bits = (uint32_t)(z >> 32);
        float value = ((float)(z & 0xFFFF) + (float)(z >> 16 & 0xFFFF)) / 65536.0f - 1.0f;
        switch (kind % 8) {
        case 0: memcpy(&bits, &value, 4); break;
        case 1: break;
        case 2: bits = special[z % (sizeof special / sizeof *special)]; break;
        case 3:
            value = (float)((int)(z % 255) - 127) + (z >> 20 & 1 ? 0.5f : 0);
            memcpy(&bits, &value, 4);
            break;
        case 4: bits &= 0x800FFFFF; break;
        case 5: bits = (bits & 0x807FFFFF) | 0x7F000000; break;
        case 6: bits = (uint32_t)(z & 0x80000000) | 0x40490FDB; break;
        default: bits = 0;
        }
        if (finite && (bits & 0x7F800000) == 0x7F800000) bits &= 0xBFFFFFFF;
        memcpy(x + i, &bits, 4);
    }
}

/// Whether floats agree to the bit, NaNs as a class.
static inline int same_floats(const float *a, const float *b, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (memcmp(a + i, b + i, 4) != 0 && !(a[i] != a[i] && b[i] != b[i])) return 0;
    }
    return 1;
}

static uint64_t calls;
static int failures;

/// Something that the address must not change has changed.
static inline void expect(int holds, const char *what, const char *of) {
    if (!holds && failures++ < 20) printf("DIFFERS %s of %s depends on where the bytes lie\n", what, of);
}

#endif
