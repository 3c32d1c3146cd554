#ifndef PW_JPEG_SCAN_H
#define PW_JPEG_SCAN_H

#include "jpeg_huffman.h"

/* The blocks of an MCU in their order. The tables of AC terms are ready for passing over. */
typedef struct {
    unsigned blocks;
    const pw_huffman *dc[PW_MOST_BLOCKS], *ac[PW_MOST_BLOCKS];
    uint8_t component[PW_MOST_BLOCKS];
} pw_scan_layout;

/* Reads the first term of every block of the MCUs that fill `bits`, and passes over all others.

   A long scan is read by two readers in turn, the second from its middle on: a reader that begins at any bit soon reads
   what one from the start on reads (Klein and Wiseman 2003, Parallel Huffman decoding with applications to JPEG files,
   The Computer Journal 46(5)), and neither waits for the other's look-ups. What the second has read counts from where
   the first comes, at the beginning of an MCU, to where the second was at the beginning of one.

   - `by_one`: by one reader, whatever the length; what is read and returned is the same.
   - `terms`: room for every block, MCU by MCU.
   - Returns: false for what no encoder writes, and unless the MCUs are all that `bits` holds. */
bool pw_scan_first_terms(const pw_bits *bits, const pw_scan_layout *layout, uint32_t mcus, bool by_one,
    int16_t *terms);

#endif
