#ifndef PW_JPEG_ROWS_H
#define PW_JPEG_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* From coefficients to pixels, the same bytes as libjpeg-turbo's slow integer transform, smooth chroma and colour
   conversion; and to means, which are not libjpeg's bytes. Only where `pw_jpeg_has_own_decoder`. */

/* Samples that may be read or written beyond either end of a row of planes and sums. */
enum { PW_ROW_MARGIN = 64 };

/* Two blocks that are transformed together. */
typedef struct {
    const int16_t *blocks[2];
    unsigned terms[2]; /* that can be other than 0, in zigzag order */
    uint8_t *out[2];
    size_t stride[2];
} pw_block_pair;

/* The steps of both blocks' coefficients, row by row: 8 of the first, 8 of the second. */
typedef struct {
    int16_t steps[8][16];
} pw_block_steps;

/* - Returns: false for coefficients so large that sums of 16 bits could overflow. */
bool pw_rows_transform(const pw_block_pair *pair, const pw_block_steps *steps);

/* One row of the picture. */
typedef struct {
    uint32_t across, down; /* luma samples for each chroma sample */
    uint32_t width;        /* pixels */
    uint32_t chroma_width;
    const uint8_t *luma;
    const uint8_t *chroma[2]; /* blue and red difference: the row itself, */
    const uint8_t *beside[2]; /* and the next nearest one */
    int16_t *sums[2];
} pw_row;

void pw_rows_write(const pw_row *row, uint8_t *rgb);

/* Levels that may be read and written beyond the end of a row of them. */
enum { PW_LEVEL_MARGIN = 32 };

/* The means of the quarters of two blocks, before anything is clipped, as levels: of each block the upper two and,
   `stride` further, the lower two. */
void pw_rows_quarter(const int16_t *const blocks[2], const pw_block_steps *steps, int16_t *const out[2], size_t stride);

/* The means of `across` × `down` samples each, 2 or 4 by 2 or 4, as levels: eight times the sample less 128; of 16
   samples a half is dropped. Within PW_ROW_MARGIN of the last sample more are read. */
void pw_rows_average(const uint8_t *samples, size_t stride, uint32_t across, uint32_t down, uint32_t count,
    int16_t *levels);

/* One row of pixels from levels of luma, blue and red difference, rounded and clipped. */
void pw_rows_write_levels(const int16_t *const levels[3], uint32_t width, uint8_t *rgb);

#endif
