#ifndef PW_JPEG_HUFFMAN_H
#define PW_JPEG_HUFFMAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#define PW_HASWELL __attribute__((target("bmi2")))
#else
#define PW_HASWELL
#endif
#define PW_INLINE static inline __attribute__((always_inline)) PW_HASWELL

/* Bits that one look-up sees: mostly two terms of a camera's picture, and its tables fit into the nearest cache. */
enum { PW_LOOK = 11 };

/* Bits that one look-up sees where terms are only passed over. */
enum { PW_SKIP_LOOK = 12 };

/* An entry of `skips`: bits from 0, places from PW_SKIP_PLACES, the end of the block. So many of them need no new bytes. */
enum { PW_SKIP_BITS = 18, PW_SKIP_PLACES = 5, PW_SKIP_END = 1 << 11, PW_SKIPS = 3 };
_Static_assert(PW_SKIPS * PW_SKIP_BITS <= 56 && PW_SKIP_BITS < 1 << PW_SKIP_PLACES, "as many bits are there");

/* The run that ends a block. */
enum { PW_END_OF_BLOCK = 127 };

/* Coefficients of a block, in rows, and behind them what stray runs write. */
enum { PW_BLOCK_STRIDE = 80 };

/* What the next bits mean: one coefficient, or two. For one, the second is the first again, and `further` 0.
   Where PW_LOOK bits hold a code but not all of its coefficient, `skip` is its symbol and `further` its length. */
typedef struct {
    uint8_t bits;    /* that they take; 0: PW_LOOK bits are too few to tell */
    uint8_t skip;    /* zeros before the first */
    uint8_t further; /* places from the first to the second */
    int16_t values[2];
} pw_huffman_entry;

/* Blocks that an MCU can have here. */
enum { PW_MOST_BLOCKS = 6 };

/* One table of codes, ready for decoding. */
typedef struct {
    pw_huffman_entry entries[1 << PW_LOOK];
    uint32_t ends[17];  /* the first code of each length that is too large, as 16 bits from the left */
    int32_t firsts[17]; /* index of a symbol less its code */
    uint8_t symbols[256];
    /* As many terms as begin within PW_SKIP_LOOK bits. 0: too few bits to tell even one. Of tables that were made ready
       for passing over. */
    uint16_t skips[1 << PW_SKIP_LOOK];
} pw_huffman;

/* What a table is wanted for. Terms that are only passed over are looked up in `skips` and, where these do not tell, one
   by one; `entries` stay as they are, all 0. */
typedef enum { PW_FIRST_TERMS, PW_TERMS, PW_PASSED_TERMS } pw_huffman_use;

/* - Returns: false for codes that do not fit their lengths, and for sizes that a coefficient cannot have. */
bool pw_huffman_prepare(pw_huffman *table, const uint8_t counts[17], const uint8_t symbols[256], pw_huffman_use use);

/* Makes a prepared table of AC terms ready for pw_huffman_skip_block. */
void pw_huffman_prepare_skips(pw_huffman *table, const uint8_t counts[17], const uint8_t symbols[256]);

/* Bytes of a scan without stuffing, from the left. At least PW_SCAN_PADDING bytes can be read behind `end`. */
typedef struct {
    const uint8_t *next, *end;
    uint64_t buffer; /* the next bits, from the top */
    unsigned count;  /* how many of them are counted as read from `next` */
} pw_bits;

/* More than one MCU can take, with whatever lies behind the end. */
enum { PW_SCAN_PADDING = 4096 };

void pw_bits_start(pw_bits *bits, const uint8_t *start, const uint8_t *end);

/* Fills the buffer up to 56 bits at least. */
PW_INLINE void pw_bits_refill(pw_bits *bits) {
    uint64_t eight;
    memcpy(&eight, bits->next, sizeof eight);
    bits->buffer |= __builtin_bswap64(eight) >> bits->count;
    bits->next += (63 - bits->count) >> 3;
    bits->count |= 56;
}

PW_INLINE void pw_bits_take(pw_bits *bits, unsigned count) {
    bits->buffer <<= count & 63;
    bits->count -= count;
}

/* Bits from here to the end; below 0 where more was taken than was there. */
static inline int64_t pw_bits_left(const pw_bits *bits) {
    return 8 * (int64_t)(bits->end - bits->next) + (int64_t)bits->count;
}

/* Whether no more was taken than was there, and of whole bytes nothing is left. */
static inline bool pw_bits_ended_well(const pw_bits *bits) {
    return pw_bits_left(bits) >= 0 && pw_bits_left(bits) < 8;
}

/* Whether more was taken than was there. */
static inline bool pw_bits_overran(const pw_bits *bits) { return pw_bits_left(bits) < 0; }

/* One term, however long, from the next 64 bits; `bits` of 0 for no code. */
pw_huffman_entry pw_huffman_single(uint64_t buffer, const pw_huffman *table, bool is_dc);

/* Decodes one block into `block`, whose PW_BLOCK_STRIDE terms are all 0.

   - Returns: how many of its terms, in zigzag order, can be other than 0; 0 for a code that no encoder writes. */
unsigned pw_huffman_block(pw_bits *bits, const pw_huffman *dc, const pw_huffman *ac, int32_t *last_dc, int16_t *block);

/* Passes over one block; what pw_huffman_block would write is not worked out, but for the mean.

   - Returns: false for a code that no encoder writes, of the same blocks as pw_huffman_block. */
bool pw_huffman_skip_block(pw_bits *bits, const pw_huffman *dc, const pw_huffman *ac, int32_t *last_dc);

#endif
