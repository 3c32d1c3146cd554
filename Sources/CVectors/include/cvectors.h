#ifndef CVECTORS_H
#define CVECTORS_H
#include <stdint.h>

/* Vector operations that Swift's standard library compiles into per-lane loops, as static inline functions over clang's portable
   vectors. Swift imports ext_vector_type(N) as SIMDn and inlines the bodies, so they compile for whatever CPU the importing module is
   compiled for. Internal linkage only: no copy can leak from one module into another. */

typedef uint8_t cv_u8x16 __attribute__((ext_vector_type(16)));
typedef uint16_t cv_u16x8 __attribute__((ext_vector_type(8)));
typedef uint16_t cv_u16x16 __attribute__((ext_vector_type(16)));
typedef int16_t cv_i16x8 __attribute__((ext_vector_type(8)));
typedef int16_t cv_i16x16 __attribute__((ext_vector_type(16)));
typedef uint32_t cv_u32x4 __attribute__((ext_vector_type(4)));
typedef uint32_t cv_u32x8 __attribute__((ext_vector_type(8)));
typedef uint32_t cv_u32x16 __attribute__((ext_vector_type(16)));
typedef int32_t cv_i32x8 __attribute__((ext_vector_type(8)));
typedef int32_t cv_i32x16 __attribute__((ext_vector_type(16)));
typedef float cv_f32x8 __attribute__((ext_vector_type(8)));
#define CV static inline __attribute__((always_inline, unused))

/* 48 bytes RGBRGB… → the 16 reds, greens, blues */
CV cv_u8x16 cv_red(cv_u8x16 a, cv_u8x16 b, cv_u8x16 c) {
    cv_u8x16 t = __builtin_shufflevector(a, b, 0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, -1, -1, -1, -1, -1);
    return __builtin_shufflevector(t, c, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 17, 20, 23, 26, 29);
}
CV cv_u8x16 cv_green(cv_u8x16 a, cv_u8x16 b, cv_u8x16 c) {
    cv_u8x16 t = __builtin_shufflevector(a, b, 1, 4, 7, 10, 13, 16, 19, 22, 25, 28, 31, -1, -1, -1, -1, -1);
    return __builtin_shufflevector(t, c, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 18, 21, 24, 27, 30);
}
CV cv_u8x16 cv_blue(cv_u8x16 a, cv_u8x16 b, cv_u8x16 c) {
    cv_u8x16 t = __builtin_shufflevector(a, b, 2, 5, 8, 11, 14, 17, 20, 23, 26, 29, -1, -1, -1, -1, -1, -1);
    return __builtin_shufflevector(t, c, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 19, 22, 25, 28, 31);
}
CV cv_u8x16 cv_and_u8(cv_u8x16 a, cv_u8x16 b) { return a & b; }
/* 255 where the least byte of the three lanes, plus one, is below 2: a byte of 0 or 255 */
CV cv_u8x16 cv_any_at_end(cv_u8x16 a, cv_u8x16 b, cv_u8x16 c) {
    return (cv_u8x16)(__builtin_elementwise_min(a + 1, __builtin_elementwise_min(b + 1, c + 1)) < 2);
}
/* (299 r + 587 g + 114 b + 500) / 1000. The float nearest to 1/1000 lies above it, by so little that a sum below 2^18 never
   reaches the next whole number: the quotient's whole part is exact. */
CV cv_u8x16 cv_luminance(cv_u8x16 r, cv_u8x16 g, cv_u8x16 b) {
    typedef float real __attribute__((ext_vector_type(16)));
    cv_i32x16 sum = __builtin_convertvector(r, cv_i32x16) * 299 + __builtin_convertvector(g, cv_i32x16) * 587 +
                    __builtin_convertvector(b, cv_i32x16) * 114 + 500;
    return __builtin_convertvector(__builtin_convertvector(__builtin_convertvector(sum, real) * 0.001f, cv_i32x16), cv_u8x16);
}
/* sums of the first and of the last eight bytes */
typedef uint64_t cv_u64x2 __attribute__((ext_vector_type(2)));
#if defined(__SSE2__)
typedef char cv_chars __attribute__((__vector_size__(16)));
CV cv_u64x2 cv_sums_u8(cv_u8x16 a) { return (cv_u64x2)__builtin_ia32_psadbw128((cv_chars)a, (cv_chars)(cv_u8x16)0); }
#else
CV cv_u64x2 cv_sums_u8(cv_u8x16 a) {
    uint64_t sums[2] = {0, 0};
    for (int i = 0; i < 16; i++) sums[i / 8] += a[i];
    return (cv_u64x2){sums[0], sums[1]};
}
#endif
/* four numbers below 256 as bytes */
CV void cv_store_four_bytes(const uint16_t *from, uint8_t *to) {
    typedef uint16_t four __attribute__((ext_vector_type(4)));
    typedef uint8_t bytes __attribute__((ext_vector_type(4)));
    four wide;
    __builtin_memcpy(&wide, from, sizeof wide);
    bytes narrow = __builtin_convertvector(wide, bytes);
    __builtin_memcpy(to, &narrow, sizeof narrow);
}
CV cv_u16x16 cv_widen(cv_u8x16 a) { return __builtin_convertvector(a, cv_u16x16); }
/* sums of the two bytes of each 16-bit lane */
CV cv_u16x8 cv_pair_sums(cv_u8x16 a) { cv_u16x8 w = (cv_u16x8)a; return (w & 0xff) + (w >> 8); }
/* sums of the two 16-bit products of each 32-bit lane; operands below 256, so every product fits 16 bits */
#if defined(__AVX2__)
typedef short cv_shorts __attribute__((__vector_size__(32)));
CV cv_u32x8 cv_pair_products(cv_u16x16 a, cv_u16x16 b) {
    return (cv_u32x8)__builtin_ia32_pmaddwd256((cv_shorts)a, (cv_shorts)b);
}
#else
CV cv_u32x8 cv_pair_products(cv_u16x16 a, cv_u16x16 b) {
    cv_u32x8 w = (cv_u32x8)(a * b);
    return (w & 0xffff) + (w >> 16);
}
#endif
CV uint32_t cv_sum_u16x8(cv_u16x8 a) {
    typedef uint32_t wide __attribute__((ext_vector_type(8)));
    return __builtin_reduce_add(__builtin_convertvector(a, wide));
}
CV uint64_t cv_sum_u32x8(cv_u32x8 a) {
    typedef uint64_t wide __attribute__((ext_vector_type(8)));
    return __builtin_reduce_add(__builtin_convertvector(a, wide));
}
CV cv_i16x16 cv_signed(cv_u8x16 a) { return __builtin_convertvector(a, cv_i16x16); }
/* 255 where the 16-bit condition lanes are all ones, 0 elsewhere */
CV cv_u8x16 cv_narrow_mask(cv_i16x16 a) { return __builtin_convertvector(a, cv_u8x16); }
CV cv_i16x16 cv_and_i16(cv_i16x16 a, cv_i16x16 b) { return a & b; }
CV cv_i16x16 cv_greater_i16(cv_i16x16 a, cv_i16x16 b) { return a > b; }

/* the even and the odd 16-bit lanes */
CV cv_i32x8 cv_even_u16(cv_u16x16 a) { return (cv_i32x8)((cv_u32x8)a & 0xffff); }
CV cv_i32x8 cv_odd_u16(cv_u16x16 a) { return (cv_i32x8)((cv_u32x8)a >> 16); }
CV cv_i32x8 cv_widen_u16(cv_u16x8 a) { return __builtin_convertvector(a, cv_i32x8); }
CV cv_i16x8 cv_narrow_i32(cv_i32x8 a) { return __builtin_convertvector(a, cv_i16x8); }
CV cv_i32x8 cv_distance_i32(cv_i32x8 a, cv_i32x8 b) { return __builtin_elementwise_abs(a - b); }
CV cv_i32x8 cv_min_i32(cv_i32x8 a, cv_i32x8 b) { return __builtin_elementwise_min(a, b); }
CV cv_f32x8 cv_floats(cv_i32x8 a) { return __builtin_convertvector(a, cv_f32x8); }
CV cv_f32x8 cv_not_negative(cv_f32x8 a) { return __builtin_elementwise_max(a, (cv_f32x8)0); }
CV cv_f32x8 cv_square_root(cv_f32x8 a) { return __builtin_elementwise_sqrt(a); }
CV cv_i32x8 cv_toward_zero(cv_f32x8 a) { return __builtin_convertvector(a, cv_i32x8); }
typedef uint8_t cv_u8x8 __attribute__((ext_vector_type(8)));
CV cv_f32x8 cv_eight(const float *from) {
    cv_f32x8 eight;
    __builtin_memcpy(&eight, from, sizeof eight);
    return eight;
}
CV void cv_store_eight(cv_f32x8 eight, float *to) { __builtin_memcpy(to, &eight, sizeof eight); }
CV void cv_store_mask(cv_i32x8 lanes, uint8_t *to) {
    cv_u8x8 bytes = __builtin_convertvector(lanes, cv_u8x8);
    __builtin_memcpy(to, &bytes, sizeof bytes);
}
CV cv_f32x8 cv_min_f32(cv_f32x8 a, cv_f32x8 b) { return __builtin_elementwise_min(a, b); }
CV cv_f32x8 cv_max_f32(cv_f32x8 a, cv_f32x8 b) { return __builtin_elementwise_max(a, b); }
CV cv_f32x8 cv_abs_f32(cv_f32x8 a) { return __builtin_elementwise_abs(a); }
CV cv_i32x8 cv_greater_f32(cv_f32x8 a, cv_f32x8 b) { return a > b; }
CV cv_i32x8 cv_and_i32(cv_i32x8 a, cv_i32x8 b) { return a & b; }
CV cv_i32x8 cv_or_i32(cv_i32x8 a, cv_i32x8 b) { return a | b; }
CV cv_i32x8 cv_without_i32(cv_i32x8 a, cv_i32x8 b) { return a & ~b; }
CV cv_f32x8 cv_select_f32(cv_i32x8 where, cv_f32x8 a, cv_f32x8 b) {
    return (cv_f32x8)(((cv_i32x8)a & where) | ((cv_i32x8)b & ~where));
}
/* `from[i]` and the float behind it, for the first four indices and for the last four: loads beat gathers */
typedef double cv_f64x4 __attribute__((ext_vector_type(4)));
CV double cv_pair(const float *from, int i) {
    double pair;
    __builtin_memcpy(&pair, from + i, sizeof pair);
    return pair;
}
CV cv_f32x8 cv_first_pairs(const float *from, cv_i32x8 i) {
    return (cv_f32x8)(cv_f64x4){cv_pair(from, i[0]), cv_pair(from, i[1]), cv_pair(from, i[2]), cv_pair(from, i[3])};
}
CV cv_f32x8 cv_last_pairs(const float *from, cv_i32x8 i) {
    return (cv_f32x8)(cv_f64x4){cv_pair(from, i[4]), cv_pair(from, i[5]), cv_pair(from, i[6]), cv_pair(from, i[7])};
}
CV cv_f32x8 cv_even_f32(cv_f32x8 a, cv_f32x8 b) { return __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14); }
CV cv_f32x8 cv_odd_f32(cv_f32x8 a, cv_f32x8 b) { return __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15); }

typedef float cv_f32x4 __attribute__((ext_vector_type(4)));
CV cv_f64x4 cv_doubles(const float *from) {
    cv_f32x4 four;
    __builtin_memcpy(&four, from, sizeof four);
    return __builtin_convertvector(four, cv_f64x4);
}
CV cv_f32x4 cv_floats_f64(cv_f64x4 a) { return __builtin_convertvector(a, cv_f32x4); }
/* columns 0 and 2 of the rows a and b, columns 1 and 3; of two such the first columns, the last */
CV cv_f64x4 cv_even_columns_f64(cv_f64x4 a, cv_f64x4 b) { return __builtin_shufflevector(a, b, 0, 4, 2, 6); }
CV cv_f64x4 cv_odd_columns_f64(cv_f64x4 a, cv_f64x4 b) { return __builtin_shufflevector(a, b, 1, 5, 3, 7); }
CV cv_f64x4 cv_first_halves_f64(cv_f64x4 a, cv_f64x4 b) { return __builtin_shufflevector(a, b, 0, 1, 4, 5); }
CV cv_f64x4 cv_last_halves_f64(cv_f64x4 a, cv_f64x4 b) { return __builtin_shufflevector(a, b, 2, 3, 6, 7); }
CV cv_f32x4 cv_even_columns_f32(cv_f32x4 a, cv_f32x4 b) { return __builtin_shufflevector(a, b, 0, 4, 2, 6); }
CV cv_f32x4 cv_odd_columns_f32(cv_f32x4 a, cv_f32x4 b) { return __builtin_shufflevector(a, b, 1, 5, 3, 7); }
CV cv_f32x4 cv_first_halves_f32(cv_f32x4 a, cv_f32x4 b) { return __builtin_shufflevector(a, b, 0, 1, 4, 5); }
CV cv_f32x4 cv_last_halves_f32(cv_f32x4 a, cv_f32x4 b) { return __builtin_shufflevector(a, b, 2, 3, 6, 7); }
/* sums of the products of each two neighbours */
#if defined(__AVX2__)
CV cv_i32x8 cv_signed_pair_products(cv_i16x16 a, cv_i16x16 b) {
    return (cv_i32x8)__builtin_ia32_pmaddwd256((cv_shorts)a, (cv_shorts)b);
}
#elif defined(__SSE2__)
CV cv_i32x8 cv_signed_pair_products(cv_i16x16 a, cv_i16x16 b) {
    typedef short half __attribute__((__vector_size__(16)));
    typedef int32_t four __attribute__((ext_vector_type(4)));
    four low = (four)__builtin_ia32_pmaddwd128((half)a.lo, (half)b.lo);
    four high = (four)__builtin_ia32_pmaddwd128((half)a.hi, (half)b.hi);
    return __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7);
}
#else
CV cv_i32x8 cv_signed_pair_products(cv_i16x16 a, cv_i16x16 b) {
    cv_i32x16 products = __builtin_convertvector(a, cv_i32x16) * __builtin_convertvector(b, cv_i32x16);
    return products.even + products.odd;
}
#endif
/* the upper 16 bits of products */
#if defined(__AVX2__)
CV cv_u16x16 cv_high_products(cv_u16x16 a, cv_u16x16 b) {
    return (cv_u16x16)__builtin_ia32_pmulhuw256((cv_shorts)a, (cv_shorts)b);
}
#elif defined(__SSE2__)
CV cv_u16x16 cv_high_products(cv_u16x16 a, cv_u16x16 b) {
    typedef short half __attribute__((__vector_size__(16)));
    cv_u16x8 low = (cv_u16x8)__builtin_ia32_pmulhuw128((half)a.lo, (half)b.lo);
    cv_u16x8 high = (cv_u16x8)__builtin_ia32_pmulhuw128((half)a.hi, (half)b.hi);
    return __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
}
#else
CV cv_u16x16 cv_high_products(cv_u16x16 a, cv_u16x16 b) {
    cv_u32x16 products = __builtin_convertvector(a, cv_u32x16) * __builtin_convertvector(b, cv_u32x16);
    return __builtin_convertvector(products >> 16, cv_u16x16);
}
#endif

/* 0 for the baseline, 3 where the CPU runs x86-64-v3 */
int cv_cpu_level(void);
#endif
