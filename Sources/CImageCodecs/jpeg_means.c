#include <stdlib.h>
#include "jpeg_picture.h"

/* Means of blocks, an MCU row of them. */
typedef struct {
    picture *p;
    uint32_t steps[3];
    int16_t *levels[3];
    size_t stride[3];
} means;

/* Reads past an MCU but for its means. */
static bool mean_mcu(means *m, uint32_t column) {
    picture *p = m->p;
    for (int k = 0; k < 3; k++) {
        component *it = &p->components[k];
        for (uint32_t y = 0; y < it->down; y++) {
            for (uint32_t x = 0; x < it->across; x++) {
                if (!pw_huffman_skip_block(&p->bits, it->dc, it->ac, &it->last_dc)) return false;
                int64_t level = (int64_t)it->last_dc * m->steps[k];
                level = level < -2048 ? -2048 : level > 2047 ? 2047 : level;
                m->levels[k][y * m->stride[k] + (size_t)column * it->across + x] = (int16_t)level;
            }
        }
    }
    return !pw_bits_overran(&p->bits);
}

/* Writes the region's part of a row of blocks; of subsampled chroma each is for as many as its MCU has. */
static void write_row(const means *m, uint32_t y, uint8_t *out) {
    const picture *p = m->p;
    const component *luma = &p->components[0];
    const int16_t *levels[3] = {m->levels[0] + (y % luma->down) * m->stride[0] + p->region.x};
    for (int k = 1; k < 3; k++) {
        levels[k] = m->levels[k] + p->region.x;
        if (luma->across == 1) continue;
        for (uint32_t x = 0; x < p->region.width; x++) p->levels[k][x] = m->levels[k][(p->region.x + x) / 2];
        levels[k] = p->levels[k];
    }
    pw_rows_write_levels(levels, p->region.width, out);
}

/* To the end of the picture: libjpeg's chroma is another, so a part must be by the decoder that the whole is by. */
static bool decode(means *m, uint8_t *out) {
    picture *p = m->p;
    uint32_t end = p->region.y + p->region.height, down = p->components[0].down;
    for (uint32_t row = 0; row < p->rows; row++) {
        for (uint32_t column = 0; column < p->columns; column++)
            if (!pw_picture_begin_interval(p, row * p->columns + column) || !mean_mcu(m, column)) return false;
        for (uint32_t y = row * down; y < (row + 1) * down && y < end; y++)
            if (y >= p->region.y) write_row(m, y, out + 3 * (size_t)p->region.width * (y - p->region.y));
    }
    return pw_bits_ended_well(&p->bits);
}

bool pw_picture_read_means(picture *p, const struct jpeg_decompress_struct *c, uint8_t *out) {
    means m = {.p = p};
    size_t row = (size_t)p->region.width + PW_LEVEL_MARGIN, total = 2 * row;
    for (int k = 0; k < 3; k++) {
        component *it = &p->components[k];
        it->across = (uint32_t)c->comp_info[k].h_samp_factor;
        it->down = (uint32_t)c->comp_info[k].v_samp_factor;
        m.steps[k] = c->quant_tbl_ptrs[c->comp_info[k].quant_tbl_no]->quantval[0];
        m.stride[k] = (size_t)p->columns * it->across + PW_LEVEL_MARGIN;
        total += m.stride[k] * it->down;
    }
    size_t scan = (size_t)(p->source_end - p->source) + PW_SCAN_PADDING;
    int16_t *room = calloc(1, total * sizeof *room + scan);
    if (room == NULL) return false;
    int16_t *at = room;
    for (int k = 1; k < 3; k++, at += row) p->levels[k] = at;
    for (int k = 0; k < 3; at += m.stride[k] * p->components[k].down, k++) m.levels[k] = at;
    p->scan = (uint8_t *)at;
    bool is_done = decode(&m, out);
    free(room);
    return is_done;
}
