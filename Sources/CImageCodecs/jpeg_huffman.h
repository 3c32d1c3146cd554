#ifndef PW_JPEG_HUFFMAN_H
#define PW_JPEG_HUFFMAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bits that one look-up sees: mostly two terms of a camera's picture, and its tables fit into the nearest cache. */
enum { PW_LOOK = 11 };

/* Bits that one look-up sees where terms are only passed over. */
enum { PW_SKIP_LOOK = 12 };

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

/* One table of codes, ready for decoding. */
typedef struct {
    pw_huffman_entry entries[1 << PW_LOOK];
    uint32_t ends[17];  /* the first code of each length that is too large, as 16 bits from the left */
    int32_t firsts[17]; /* index of a symbol less its code */
    uint8_t symbols[256];
    /* As many terms as begin within PW_SKIP_LOOK bits: the bits that they take, the places, whether the block ends.
       0: too few bits to tell even one. Of tables that were made ready for passing over. */
    uint16_t skips[1 << PW_SKIP_LOOK];
} pw_huffman;

/* - Returns: false for codes that do not fit their lengths, and for sizes that a coefficient cannot have. */
bool pw_huffman_prepare(pw_huffman *table, const uint8_t counts[17], const uint8_t symbols[256], bool is_dc);

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

/* Whether no more was taken than was there, and of whole bytes nothing is left. */
bool pw_bits_ended_well(const pw_bits *bits);

/* Whether more was taken than was there. */
bool pw_bits_overran(const pw_bits *bits);

/* Decodes one block into `block`, whose PW_BLOCK_STRIDE terms are all 0.

   - Returns: how many of its terms, in zigzag order, can be other than 0; 0 for a code that no encoder writes. */
unsigned pw_huffman_block(pw_bits *bits, const pw_huffman *dc, const pw_huffman *ac, int32_t *last_dc, int16_t *block);

/* Passes over one block; what pw_huffman_block would write is not worked out, but for the mean.

   - Returns: false for a code that no encoder writes, of the same blocks as pw_huffman_block. */
bool pw_huffman_skip_block(pw_bits *bits, const pw_huffman *dc, const pw_huffman *ac, int32_t *last_dc);

#endif
