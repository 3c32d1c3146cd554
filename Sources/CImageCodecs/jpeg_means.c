#include <stdlib.h>
#include <string.h>
#include "jpeg_picture.h"
#include "jpeg_scan.h"

/* Means of blocks, an MCU row of them. */
typedef struct {
    picture *p;
    pw_scan_layout layout;
    int16_t *terms; /* first terms of all blocks, MCU by MCU */
    uint32_t steps[3];
    int16_t *levels[3];
    size_t stride[3];
} means;

/* First terms of all intervals, each of which begins anew. */
static bool read_terms(means *m, bool by_one) {
    picture *p = m->p;
    uint32_t all = p->columns * p->rows;
    for (uint32_t mcu = 0, count; mcu < all; mcu += count) {
        if (!pw_picture_next_interval(p, mcu)) return false;
        count = p->interval == 0 || all - mcu < p->interval ? all - mcu : p->interval;
        int16_t *out = m->terms + (size_t)mcu * m->layout.blocks;
        if (!pw_scan_first_terms(&p->bits, &m->layout, count, by_one, out)) return false;
    }
    return true;
}

/* Sorts an MCU row's terms by component and row of blocks. */
static void level_row(means *m, uint32_t row) {
    const picture *p = m->p;
    const int16_t *term = m->terms + (size_t)row * p->columns * m->layout.blocks;
    for (uint32_t column = 0; column < p->columns; column++) {
        for (int k = 0; k < 3; k++) {
            const component *it = &p->components[k];
            for (uint32_t n = 0; n < it->across * it->down; n++, term++) {
                int32_t level = *term * (int32_t)m->steps[k];
                level = level < -2048 ? -2048 : level > 2047 ? 2047 : level;
                m->levels[k][n / it->across * m->stride[k] + (size_t)column * it->across + n % it->across] =
                    (int16_t)level;
            }
        }
    }
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
static bool decode(means *m, bool by_one, uint8_t *out) {
    picture *p = m->p;
    uint32_t end = p->region.y + p->region.height, down = p->components[0].down;
    if (!read_terms(m, by_one)) return false;
    for (uint32_t row = p->region.y / down; row * down < end; row++) {
        level_row(m, row);
        for (uint32_t y = row * down; y < (row + 1) * down && y < end; y++)
            if (y >= p->region.y) write_row(m, y, out + 3 * (size_t)p->region.width * (y - p->region.y));
    }
    return true;
}

/* The layout of an MCU, and how the means of a component lie. */
static void lay_out(means *m, const struct jpeg_decompress_struct *c) {
    for (int k = 0; k < 3; k++) {
        component *it = &m->p->components[k];
        it->across = (uint32_t)c->comp_info[k].h_samp_factor;
        it->down = (uint32_t)c->comp_info[k].v_samp_factor;
        m->steps[k] = c->quant_tbl_ptrs[c->comp_info[k].quant_tbl_no]->quantval[0];
        m->stride[k] = (size_t)m->p->columns * it->across + PW_LEVEL_MARGIN;
        for (uint32_t n = it->across * it->down; n > 0; n--) {
            unsigned block = m->layout.blocks++;
            m->layout.dc[block] = it->dc;
            m->layout.ac[block] = it->ac;
            m->layout.component[block] = (uint8_t)k;
        }
    }
}

bool pw_picture_read_means(picture *p, const struct jpeg_decompress_struct *c, bool by_one, uint8_t *out) {
    means m = {.p = p};
    lay_out(&m, c);
    size_t row = (size_t)p->region.width + PW_LEVEL_MARGIN, terms = (size_t)p->columns * p->rows * m.layout.blocks;
    size_t total = 2 * row + terms;
    for (int k = 0; k < 3; k++) total += m.stride[k] * p->components[k].down;
    size_t scan = (size_t)(p->source_end - p->source) + PW_SCAN_PADDING;
    int16_t *room = malloc(total * sizeof *room + scan);
    if (room == NULL) return false;
    memset(room, 0, (total - terms) * sizeof *room);
    int16_t *at = room;
    for (int k = 1; k < 3; k++, at += row) p->levels[k] = at;
    for (int k = 0; k < 3; at += m.stride[k] * p->components[k].down, k++) m.levels[k] = at;
    m.terms = at;
    p->scan = (uint8_t *)(at + terms);
    bool is_done = decode(&m, by_one, out);
    free(room);
    return is_done;
}
