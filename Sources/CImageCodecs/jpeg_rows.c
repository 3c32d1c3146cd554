#include <string.h>
#include "CImageCodecs.h"
#include "jpeg_rows.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))
#define INLINE static inline __attribute__((always_inline, target("avx2")))

bool pw_jpeg_has_own_decoder(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"); }

/* The factors of the transform (Loeffler, Ligtenberg and Moschytz 1989), in 1/8192. */
enum {
    F_0_298 = 2446, F_0_390 = 3196, F_0_541 = 4433, F_0_765 = 6270, F_0_899 = 7373, F_1_175 = 9633, F_1_501 = 12299,
    F_1_847 = 15137, F_1_961 = 16069, F_2_053 = 16819, F_2_562 = 20995, F_3_072 = 25172
};

typedef struct {
    __m256i low, high;
} wide;

INLINE wide pairs(__m256i a, __m256i b) { return (wide){_mm256_unpacklo_epi16(a, b), _mm256_unpackhi_epi16(a, b)}; }
/* a · f + b · g of pairs (a, b) */
INLINE wide times(wide p, int f, int g) {
    __m256i both = _mm256_set1_epi32((int)((uint32_t)(uint16_t)g << 16 | (uint16_t)f));
    return (wide){_mm256_madd_epi16(p.low, both), _mm256_madd_epi16(p.high, both)};
}
INLINE wide plus(wide a, wide b) {
    return (wide){_mm256_add_epi32(a.low, b.low), _mm256_add_epi32(a.high, b.high)};
}
INLINE wide minus(wide a, wide b) {
    return (wide){_mm256_sub_epi32(a.low, b.low), _mm256_sub_epi32(a.high, b.high)};
}
/* x · 8192 */
INLINE wide raised(__m256i x) {
    __m256i none = _mm256_setzero_si256();
    return (wide){_mm256_srai_epi32(_mm256_unpacklo_epi16(none, x), 3),
        _mm256_srai_epi32(_mm256_unpackhi_epi16(none, x), 3)};
}
INLINE __m256i lowered(wide x, int shift) {
    __m256i half = _mm256_set1_epi32(1 << (shift - 1));
    return _mm256_packs_epi32(_mm256_srai_epi32(_mm256_add_epi32(x.low, half), shift),
        _mm256_srai_epi32(_mm256_add_epi32(x.high, half), shift));
}

/* One pass down the columns; `shift` takes off the factors' scale. */
INLINE void pass(__m256i x[8], int shift) {
    wide p26 = pairs(x[2], x[6]);
    wide t3 = times(p26, F_0_541 + F_0_765, F_0_541), t2 = times(p26, F_0_541, F_0_541 - F_1_847);
    wide t0 = raised(_mm256_add_epi16(x[0], x[4])), t1 = raised(_mm256_sub_epi16(x[0], x[4]));
    wide e0 = plus(t0, t3), e3 = minus(t0, t3), e1 = plus(t1, t2), e2 = minus(t1, t2);

    wide z = pairs(_mm256_add_epi16(x[7], x[3]), _mm256_add_epi16(x[5], x[1]));
    wide z3 = times(z, F_1_175 - F_1_961, F_1_175), z4 = times(z, F_1_175, F_1_175 - F_0_390);
    wide p71 = pairs(x[7], x[1]), p53 = pairs(x[5], x[3]);
    wide o0 = plus(times(p71, F_0_298 - F_0_899, -F_0_899), z3);
    wide o3 = plus(times(p71, -F_0_899, F_1_501 - F_0_899), z4);
    wide o1 = plus(times(p53, F_2_053 - F_2_562, -F_2_562), z4);
    wide o2 = plus(times(p53, -F_2_562, F_3_072 - F_2_562), z3);

    x[0] = lowered(plus(e0, o3), shift);
    x[7] = lowered(minus(e0, o3), shift);
    x[1] = lowered(plus(e1, o2), shift);
    x[6] = lowered(minus(e1, o2), shift);
    x[2] = lowered(plus(e2, o1), shift);
    x[5] = lowered(minus(e2, o1), shift);
    x[3] = lowered(plus(e3, o0), shift);
    x[4] = lowered(minus(e3, o0), shift);
}

/* Both blocks, rows for columns. */
INLINE void transpose(__m256i x[8]) {
    __m256i a[8], b[8];
    for (int k = 0; k < 4; k++) {
        a[2 * k] = _mm256_unpacklo_epi16(x[2 * k], x[2 * k + 1]);
        a[2 * k + 1] = _mm256_unpackhi_epi16(x[2 * k], x[2 * k + 1]);
    }
    for (int k = 0; k < 2; k++) {
        b[4 * k] = _mm256_unpacklo_epi32(a[4 * k], a[4 * k + 2]);
        b[4 * k + 1] = _mm256_unpackhi_epi32(a[4 * k], a[4 * k + 2]);
        b[4 * k + 2] = _mm256_unpacklo_epi32(a[4 * k + 1], a[4 * k + 3]);
        b[4 * k + 3] = _mm256_unpackhi_epi32(a[4 * k + 1], a[4 * k + 3]);
    }
    for (int k = 0; k < 4; k++) {
        x[2 * k] = _mm256_unpacklo_epi64(b[k], b[k + 4]);
        x[2 * k + 1] = _mm256_unpackhi_epi64(b[k], b[k + 4]);
    }
}

/* A block of nothing but its mean. */
static void fill(int16_t mean, int16_t step, uint8_t *out, size_t stride) {
    int value = ((int)(int16_t)(mean * step) * 4 + 16) >> 5;
    value = (value < -128 ? -128 : value > 127 ? 127 : value) + 128;
    for (int y = 0; y < 8; y++) memset(out + (size_t)y * stride, value, 8);
}

AVX2 bool pw_rows_transform(const pw_block_pair *pair, const pw_block_steps *steps) {
    __m256i x[8];
    for (int y = 0; y < 8; y++) {
        __m256i both = _mm256_loadu2_m128i((const __m128i *)(pair->blocks[1] + 8 * y),
            (const __m128i *)(pair->blocks[0] + 8 * y));
        x[y] = _mm256_mullo_epi16(both, _mm256_loadu_si256((const __m256i *)steps->steps[y]));
    }
    /* Beyond ±8191 libjpeg-turbo's short cut for flat columns gives other results than the sums below. */
    __m256i raised_row = _mm256_add_epi16(x[0], _mm256_set1_epi16(8192));
    if (!_mm256_testz_si256(raised_row, _mm256_set1_epi16((int16_t)0xC000))) return false;
    if (pair->terms[0] == 1 && pair->terms[1] == 1) {
        fill(pair->blocks[0][0], steps->steps[0][0], pair->out[0], pair->stride[0]);
        fill(pair->blocks[1][0], steps->steps[0][8], pair->out[1], pair->stride[1]);
        return true;
    }
    pass(x, 11);
    transpose(x);
    pass(x, 18);
    transpose(x);
    const __m256i middle = _mm256_set1_epi8((int8_t)128);
    for (int y = 0; y < 8; y += 2) {
        __m256i two = _mm256_add_epi8(_mm256_packs_epi16(x[y], x[y + 1]), middle);
        __m128i first = _mm256_castsi256_si128(two), second = _mm256_extracti128_si256(two, 1);
        uint8_t *a = pair->out[0] + (size_t)y * pair->stride[0], *b = pair->out[1] + (size_t)y * pair->stride[1];
        _mm_storel_epi64((__m128i *)a, first);
        _mm_storel_epi64((__m128i *)b, second);
        _mm_storel_epi64((__m128i *)(a + pair->stride[0]), _mm_unpackhi_epi64(first, first));
        _mm_storel_epi64((__m128i *)(b + pair->stride[1]), _mm_unpackhi_epi64(second, second));
    }
    return true;
}

/* Colours of 16 pixels, every second of 32, not yet limited to 0…255. */
typedef struct {
    __m256i red, green, blue;
} colours;

/* R = Y + 1.402 Cr, G = Y − 0.34414 Cb − 0.71414 Cr, B = Y + 1.772 Cb, in 1/65536 and rounded. */
INLINE colours colours_of(__m256i luma, __m256i blue, __m256i red) {
    const __m256i middle = _mm256_set1_epi16(128), one = _mm256_set1_epi16(1);
    blue = _mm256_sub_epi16(blue, middle);
    red = _mm256_sub_epi16(red, middle);
    __m256i blue2 = _mm256_add_epi16(blue, blue), red2 = _mm256_add_epi16(red, red);
    __m256i more = _mm256_mulhi_epi16(red2, _mm256_set1_epi16(26345));
    __m256i less = _mm256_mulhi_epi16(blue2, _mm256_set1_epi16(-14942));
    more = _mm256_add_epi16(red, _mm256_srai_epi16(_mm256_add_epi16(more, one), 1));
    less = _mm256_add_epi16(blue2, _mm256_srai_epi16(_mm256_add_epi16(less, one), 1));
    wide both = times(pairs(blue, red), -22554, 18734);
    __m256i green = _mm256_sub_epi16(lowered(both, 16), red);
    return (colours){_mm256_add_epi16(luma, more), _mm256_add_epi16(luma, green), _mm256_add_epi16(luma, less)};
}

/* 16 pixels as 48 bytes; of each colour come the even pixels first. */
INLINE void store_16(__m128i r, __m128i g, __m128i b, uint8_t *out) {
    const int8_t o = -1;
    const __m128i r0 = _mm_setr_epi8(0, o, o, 8, o, o, 1, o, o, 9, o, o, 2, o, o, 10);
    const __m128i g0 = _mm_setr_epi8(o, 0, o, o, 8, o, o, 1, o, o, 9, o, o, 2, o, o);
    const __m128i b0 = _mm_setr_epi8(o, o, 0, o, o, 8, o, o, 1, o, o, 9, o, o, 2, o);
    const __m128i r1 = _mm_setr_epi8(o, o, 3, o, o, 11, o, o, 4, o, o, 12, o, o, 5, o);
    const __m128i g1 = _mm_setr_epi8(10, o, o, 3, o, o, 11, o, o, 4, o, o, 12, o, o, 5);
    const __m128i b1 = _mm_setr_epi8(o, 10, o, o, 3, o, o, 11, o, o, 4, o, o, 12, o, o);
    const __m128i r2 = _mm_setr_epi8(o, 13, o, o, 6, o, o, 14, o, o, 7, o, o, 15, o, o);
    const __m128i g2 = _mm_setr_epi8(o, o, 13, o, o, 6, o, o, 14, o, o, 7, o, o, 15, o);
    const __m128i b2 = _mm_setr_epi8(5, o, o, 13, o, o, 6, o, o, 14, o, o, 7, o, o, 15);
    __m128i *to = (__m128i *)out;
#define THIRD(k) \
    _mm_or_si128(_mm_or_si128(_mm_shuffle_epi8(r, r##k), _mm_shuffle_epi8(g, g##k)), _mm_shuffle_epi8(b, b##k))
    _mm_storeu_si128(to, THIRD(0));
    _mm_storeu_si128(to + 1, THIRD(1));
    _mm_storeu_si128(to + 2, THIRD(2));
#undef THIRD
}

INLINE void store_32(__m256i luma, __m256i blue_even, __m256i blue_odd, __m256i red_even, __m256i red_odd,
    uint8_t *out) {
    colours even = colours_of(_mm256_and_si256(luma, _mm256_set1_epi16(255)), blue_even, red_even);
    colours odd = colours_of(_mm256_srli_epi16(luma, 8), blue_odd, red_odd);
    __m256i r = _mm256_packus_epi16(even.red, odd.red), g = _mm256_packus_epi16(even.green, odd.green);
    __m256i b = _mm256_packus_epi16(even.blue, odd.blue);
    store_16(_mm256_castsi256_si128(r), _mm256_castsi256_si128(g), _mm256_castsi256_si128(b), out);
    store_16(_mm256_extracti128_si256(r, 1), _mm256_extracti128_si256(g, 1), _mm256_extracti128_si256(b, 1), out + 48);
}

INLINE __m256i bytes_16(const uint8_t *from) { return _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)from)); }

/* The row itself, or where chroma is halved down the columns three parts of it and one of the row beside; the first
   and the last again beyond the ends. */
INLINE void add_rows(const pw_row *row, int k) {
    int16_t *sums = row->sums[k];
    for (uint32_t x = 0; x < row->chroma_width; x += 16) {
        __m256i sum = bytes_16(row->chroma[k] + x);
        if (row->down == 2)
            sum = _mm256_add_epi16(_mm256_add_epi16(sum, _mm256_add_epi16(sum, sum)), bytes_16(row->beside[k] + x));
        _mm256_storeu_si256((__m256i *)(sums + x), sum);
    }
    sums[-1] = sums[0];
    sums[row->chroma_width] = sums[row->chroma_width - 1];
}

/* Three parts of a chroma sample and one of its neighbour, for the pixels on its left and on its right. */
INLINE void spread(const pw_row *row, int k, uint32_t x, __m256i *left, __m256i *right) {
    const int16_t *sums = row->sums[k] + x;
    __m256i own = _mm256_loadu_si256((const __m256i *)sums);
    own = _mm256_add_epi16(own, _mm256_add_epi16(own, own));
    *left = _mm256_add_epi16(own, _mm256_loadu_si256((const __m256i *)(sums - 1)));
    *right = _mm256_add_epi16(own, _mm256_loadu_si256((const __m256i *)(sums + 1)));
    if (row->down == 2) {
        *left = _mm256_srli_epi16(_mm256_add_epi16(*left, _mm256_set1_epi16(8)), 4);
        *right = _mm256_srli_epi16(_mm256_add_epi16(*right, _mm256_set1_epi16(7)), 4);
    } else {
        *left = _mm256_srli_epi16(_mm256_add_epi16(*left, _mm256_set1_epi16(1)), 2);
        *right = _mm256_srli_epi16(_mm256_add_epi16(*right, _mm256_set1_epi16(2)), 2);
    }
}

AVX2 void pw_rows_write(const pw_row *row, uint8_t *rgb) {
    if (row->across == 2) {
        add_rows(row, 0);
        add_rows(row, 1);
    }
    uint8_t last[96];
    for (uint32_t x = 0; x < row->width; x += 32) {
        __m256i luma = _mm256_loadu_si256((const __m256i *)(row->luma + x)), chroma[4];
        for (int k = 0; k < 2; k++) {
            if (row->across == 2) {
                spread(row, k, x / 2, &chroma[2 * k], &chroma[2 * k + 1]);
            } else {
                __m256i both = _mm256_loadu_si256((const __m256i *)(row->chroma[k] + x));
                chroma[2 * k] = _mm256_and_si256(both, _mm256_set1_epi16(255));
                chroma[2 * k + 1] = _mm256_srli_epi16(both, 8);
            }
        }
        bool is_whole = x + 32 <= row->width;
        store_32(luma, chroma[0], chroma[1], chroma[2], chroma[3], is_whole ? rgb + 3 * (size_t)x : last);
        if (!is_whole) memcpy(rgb + 3 * (size_t)x, last, 3 * (size_t)(row->width - x));
    }
}

/* A term's share in the mean over a half of its axis: √2/4 Σ cos((2x + 1) u π / 16) over x of 0…3, in 1/8192; less for
   the second half, and nothing for even u. */
enum { H_1 = 7423, H_3 = -2607, H_5 = 1742, H_7 = -1477 };

AVX2 void pw_rows_quarter(const int16_t *const blocks[2], const pw_block_steps *steps, int16_t *const out[2],
    size_t stride) {
    __m256i x[8];
    for (int y = 0; y < 8; y = y == 0 ? 1 : y + 2) {
        __m256i both = _mm256_loadu2_m128i((const __m128i *)(blocks[1] + 8 * y), (const __m128i *)(blocks[0] + 8 * y));
        x[y] = _mm256_mullo_epi16(both, _mm256_loadu_si256((const __m256i *)steps->steps[y]));
    }
    wide middle = raised(x[0]), odd = plus(times(pairs(x[1], x[3]), H_1, H_3), times(pairs(x[5], x[7]), H_5, H_7));
    /* Eight times a level for every column. */
    __m256i above = lowered(plus(middle, odd), 10), below = lowered(minus(middle, odd), 10);
    const __m256i left = _mm256_broadcastsi128_si256(_mm_setr_epi16(8192, H_1, 0, H_3, 0, H_5, 0, H_7));
    const __m256i right = _mm256_broadcastsi128_si256(_mm_setr_epi16(8192, -H_1, 0, -H_3, 0, -H_5, 0, -H_7));
    __m256i upper = _mm256_hadd_epi32(_mm256_madd_epi16(above, left), _mm256_madd_epi16(above, right));
    __m256i lower = _mm256_hadd_epi32(_mm256_madd_epi16(below, left), _mm256_madd_epi16(below, right));
    __m256i four = _mm256_add_epi32(_mm256_hadd_epi32(upper, lower), _mm256_set1_epi32(1 << 15));
    four = _mm256_srai_epi32(four, 16);
    four = _mm256_packs_epi32(four, four);
    four = _mm256_max_epi16(_mm256_min_epi16(four, _mm256_set1_epi16(2047)), _mm256_set1_epi16(-2048));
    int64_t first = _mm256_extract_epi64(four, 0), second = _mm256_extract_epi64(four, 2);
    memcpy(out[0], &first, 4);
    memcpy(out[1], &second, 4);
    first >>= 32;
    second >>= 32;
    memcpy(out[0] + stride, &first, 4);
    memcpy(out[1] + stride, &second, 4);
}

/* Sums of `across` × `down` samples, 16 of them or 8. */
INLINE __m256i sums_of(const uint8_t *samples, size_t stride, uint32_t across, uint32_t down) {
    const __m256i one = _mm256_set1_epi8(1);
    __m256i sum = _mm256_maddubs_epi16(_mm256_loadu_si256((const __m256i *)samples), one);
    for (uint32_t y = 1; y < down; y++) {
        __m256i row = _mm256_loadu_si256((const __m256i *)(samples + y * stride));
        sum = _mm256_add_epi16(sum, _mm256_maddubs_epi16(row, one));
    }
    if (across == 2) return sum;
    __m256i wide = _mm256_madd_epi16(sum, _mm256_set1_epi16(1));
    return _mm256_permute4x64_epi64(_mm256_packs_epi32(wide, wide), 0x08);
}

AVX2 void pw_rows_average(const uint8_t *samples, size_t stride, uint32_t across, uint32_t down, uint32_t count,
    int16_t *levels) {
    for (uint32_t x = 0; x < count; x += 32 / across) {
        __m256i sum = sums_of(samples + (size_t)x * across, stride, across, down);
        /* Of 16 samples half their sum, of 8 that, of 4 twice. */
        if (across * down == 16) sum = _mm256_srli_epi16(sum, 1);
        if (across * down == 4) sum = _mm256_add_epi16(sum, sum);
        _mm256_storeu_si256((__m256i *)(levels + x), _mm256_sub_epi16(sum, _mm256_set1_epi16(1024)));
    }
}

/* R = Y + 1.402 Cr, G = Y − 0.344136 Cb − 0.714136 Cr, B = Y + 1.772 Cb, in 1/8192; rounded once. */
AVX2 void pw_rows_write_levels(const int16_t *const levels[3], uint32_t width, uint8_t *rgb) {
    uint8_t last[48];
    for (uint32_t x = 0; x < width; x += 16) {
        __m256i luma = _mm256_loadu_si256((const __m256i *)(levels[0] + x));
        __m256i cb = _mm256_loadu_si256((const __m256i *)(levels[1] + x));
        __m256i cr = _mm256_loadu_si256((const __m256i *)(levels[2] + x));
        luma = _mm256_add_epi16(luma, _mm256_set1_epi16(1024));
        __m256i red = lowered(times(pairs(luma, cr), 8192, 11485), 16);
        __m256i blue = lowered(times(pairs(luma, cb), 8192, 14516), 16);
        __m256i green = lowered(
            plus(times(pairs(luma, cb), 8192, -2819), times(pairs(cr, _mm256_setzero_si256()), -5850, 0)), 16);
        /* Of each colour the even pixels, then the odd ones. */
        const __m256i parted = _mm256_set1_epi64x(0x0705030106040200);
        const __m256i colours[3] = {red, green, blue};
        __m128i bytes[3];
        for (int k = 0; k < 3; k++) {
            __m256i packed = _mm256_shuffle_epi8(_mm256_packus_epi16(colours[k], colours[k]), parted);
            bytes[k] = _mm_unpacklo_epi32(_mm256_castsi256_si128(packed), _mm256_extracti128_si256(packed, 1));
        }
        bool is_whole = x + 16 <= width;
        store_16(bytes[0], bytes[1], bytes[2], is_whole ? rgb + 3 * (size_t)x : last);
        if (!is_whole) memcpy(rgb + 3 * (size_t)x, last, 3 * (size_t)(width - x));
    }
}

#else

bool pw_jpeg_has_own_decoder(void) { return false; }

bool pw_rows_transform(const pw_block_pair *pair, const pw_block_steps *steps) {
    (void)pair;
    (void)steps;
    return false;
}

void pw_rows_write(const pw_row *row, uint8_t *rgb) {
    (void)row;
    (void)rgb;
}

void pw_rows_quarter(const int16_t *const blocks[2], const pw_block_steps *steps, int16_t *const out[2],
    size_t stride) {
    (void)blocks;
    (void)steps;
    (void)out;
    (void)stride;
}

void pw_rows_average(const uint8_t *samples, size_t stride, uint32_t across, uint32_t down, uint32_t count,
    int16_t *levels) {
    (void)samples;
    (void)stride;
    (void)across;
    (void)down;
    (void)count;
    (void)levels;
}

void pw_rows_write_levels(const int16_t *const levels[3], uint32_t width, uint8_t *rgb) {
    (void)levels;
    (void)width;
    (void)rgb;
}
#endif
