/* What the adapters with planted mistakes share: which mistake is planted, and fp16. */
#include <inttypes.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int fault, in_decode, in_dot;
#define F(n) (fault == (n))

static float half(const uint8_t *b) {
    uint16_t h = (uint16_t)(b[0] | b[1] << 8);
    uint32_t sign = (uint32_t)(h & 0x8000) << 16, exponent = h >> 10 & 31, fraction = h & 0x3FF;
    float value;
    if (exponent == 0) {
        value = ldexpf((float)fraction, -24);
        return sign ? -value : value;
    }
    uint32_t bits = exponent == 31 ? sign | 0x7F800000 | fraction << 13 : sign | (exponent + 112) << 23 | fraction << 13;
    memcpy(&value, &bits, 4);
    return value;
}
