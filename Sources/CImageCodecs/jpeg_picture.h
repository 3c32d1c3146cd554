#ifndef PW_JPEG_PICTURE_H
#define PW_JPEG_PICTURE_H

#include "jpeg_huffman.h"
#include "jpeg_rows.h"
#include "jpeg_session.h"

/* What the decoders of this module know of a picture. */

/* MCU rows of which samples are kept: smooth chroma looks one row back and one row on. */
enum { KEPT = 2 };

typedef struct {
    uint32_t across, down; /* blocks of an MCU */
    const pw_huffman *dc, *ac;
    int32_t last_dc;
    uint8_t *samples;
    uint8_t *mcu_row; /* of the MCU row that is decoded */
    size_t stride;
    uint32_t width, height;
} component;

typedef struct {
    pw_huffman dc[NUM_HUFF_TBLS], ac[NUM_HUFF_TBLS];
    pw_block_steps luma_steps, chroma_steps, mixed_steps;
    component components[3];
    int16_t *sums[2];
    pw_bits bits;
    uint8_t *scan; /* the current interval without stuffing */
    const uint8_t *source, *source_end;
    uint32_t width, height, columns, rows, interval, intervals;
    pw_region region;
    /* MCUs that are turned into pixels: the region's, and those whose chroma reaches into it. */
    uint32_t first_column, end_column, first_row, end_row;
    uint8_t *line; /* of those columns */
    /* Means, eight times less 128: of a row; of luma where its blocks' quarters are wanted, of an MCU row. */
    int16_t *levels[3];
    size_t level_stride;
} picture;

/* The interval that begins with MCU number `mcu`. */
bool pw_picture_next_interval(picture *p, uint32_t mcu);

/* Decodes to the mean colours of blocks, from their first terms alone; `by_one`: see pw_scan_first_terms. */
bool pw_picture_read_means(picture *p, const struct jpeg_decompress_struct *c, bool by_one, uint8_t *out);

#endif
