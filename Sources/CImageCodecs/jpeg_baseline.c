#include <stdlib.h>
#include <string.h>
#include "jpeg_baseline.h"
#include "jpeg_picture.h"

static bool is_usual(const struct jpeg_decompress_struct *c, const pw_request *request) {
    if (c->progressive_mode || c->arith_code || c->data_precision != 8 || c->num_components != 3 ||
        c->comps_in_scan != 3 || c->jpeg_color_space != JCS_YCbCr || request->channels != 3 ||
        (request->block_means ? request->scale > 2 : request->scale != 8))
        return false;
    const jpeg_component_info *luma = &c->comp_info[0];
    if (luma->v_samp_factor > luma->h_samp_factor || luma->h_samp_factor > 2) return false;
    for (int k = 0; k < 3; k++) {
        const jpeg_component_info *info = &c->comp_info[k];
        if (c->cur_comp_info[k] != info) return false;
        if (k > 0 && (info->h_samp_factor != 1 || info->v_samp_factor != 1 || info->downsampled_width <= 2))
            return false;
        int steps = info->quant_tbl_no;
        if (steps < 0 || steps >= NUM_QUANT_TBLS || c->quant_tbl_ptrs[steps] == NULL) return false;
    }
    return true;
}

static bool is_whole(const picture *p) { return p->region.width == p->width && p->region.height == p->height; }

static bool prepare_tables(picture *p, const struct jpeg_decompress_struct *c, const pw_request *request) {
    bool is_of_first_terms = request->block_means && request->scale == 1;
    bool passes_over = is_of_first_terms || (!request->block_means && !is_whole(p));
    bool dc_ready[NUM_HUFF_TBLS] = {false}, ac_ready[NUM_HUFF_TBLS] = {false};
    for (int k = 0; k < 3; k++) {
        const jpeg_component_info *info = &c->comp_info[k];
        int d = info->dc_tbl_no, a = info->ac_tbl_no;
        if (d < 0 || d >= NUM_HUFF_TBLS || a < 0 || a >= NUM_HUFF_TBLS) return false;
        const JHUFF_TBL *dc = c->dc_huff_tbl_ptrs[d], *ac = c->ac_huff_tbl_ptrs[a];
        if (dc == NULL || ac == NULL) return false;
        if (!dc_ready[d] && !pw_huffman_prepare(&p->dc[d], dc->bits, dc->huffval, PW_FIRST_TERMS)) return false;
        if (!ac_ready[a]) {
            pw_huffman_use use = is_of_first_terms ? PW_PASSED_TERMS : PW_TERMS;
            if (!pw_huffman_prepare(&p->ac[a], ac->bits, ac->huffval, use)) return false;
            if (passes_over) pw_huffman_prepare_skips(&p->ac[a], ac->bits, ac->huffval);
        }
        dc_ready[d] = ac_ready[a] = true;
        p->components[k].dc = &p->dc[d];
        p->components[k].ac = &p->ac[a];
    }
    const UINT16 *steps[3];
    for (int k = 0; k < 3; k++) steps[k] = c->quant_tbl_ptrs[c->comp_info[k].quant_tbl_no]->quantval;
    for (int i = 0; i < 64; i++) {
        int y = i / 8, x = i % 8;
        p->luma_steps.steps[y][x] = p->luma_steps.steps[y][x + 8] = (int16_t)steps[0][i];
        p->chroma_steps.steps[y][x] = (int16_t)steps[1][i];
        p->chroma_steps.steps[y][x + 8] = (int16_t)steps[2][i];
        p->mixed_steps.steps[y][x] = (int16_t)steps[0][i];
        p->mixed_steps.steps[y][x + 8] = (int16_t)steps[1][i];
    }
    return true;
}

/* - Returns: what has to be freed; NULL where there is no memory. */
static uint8_t *lay_out(picture *p, const struct jpeg_decompress_struct *c) {
    size_t lengths[3], sums = 0, total = 0;
    for (int k = 0; k < 3; k++) {
        const jpeg_component_info *info = &c->comp_info[k];
        component *it = &p->components[k];
        it->across = (uint32_t)info->h_samp_factor;
        it->down = (uint32_t)info->v_samp_factor;
        it->width = info->downsampled_width;
        it->height = info->downsampled_height;
        it->stride = (size_t)p->columns * it->across * DCTSIZE + 2 * PW_ROW_MARGIN;
        lengths[k] = it->stride * it->down * DCTSIZE * KEPT;
        total += lengths[k];
        sums = it->stride;
    }
    size_t scan = (size_t)(p->source_end - p->source) + PW_SCAN_PADDING;
    size_t line = 3 * (size_t)p->width;
    /* A row is longer than a row of means by more than its margin: four of luma and two of chroma. */
    size_t wide = 6 * sums * sizeof(int16_t);
    uint8_t *room = malloc(wide + total + line + scan);
    if (room == NULL) return NULL;
    memset(room, 0, wide + total);
    p->level_stride = sums;
    for (int k = 0; k < 3; k++) p->levels[k] = (int16_t *)room + (size_t)(k == 0 ? 0 : k + 3) * sums;
    for (int k = 0; k < 2; k++) p->sums[k] = p->levels[k] + PW_ROW_MARGIN;
    uint8_t *at = room + wide;
    for (int k = 0; k < 3; k++) {
        p->components[k].samples = at + PW_ROW_MARGIN;
        at += lengths[k];
    }
    p->line = at;
    p->scan = at + line;
    return room;
}

/* Takes the stuffing out of the bytes up to the next marker, which must be `marker`. */
static bool next_interval(picture *p, uint8_t marker) {
    uint8_t *out = p->scan;
    for (;;) {
        const uint8_t *stuffed = memchr(p->source, 0xFF, (size_t)(p->source_end - p->source));
        if (stuffed == NULL || stuffed + 1 >= p->source_end) return false;
        size_t count = (size_t)(stuffed - p->source);
        memcpy(out, p->source, count);
        out += count;
        p->source = stuffed + 2;
        if (stuffed[1] != 0) {
            if (stuffed[1] != marker) return false;
            break;
        }
        *out++ = 0xFF;
    }
    memset(out, 0, PW_SCAN_PADDING);
    pw_bits_start(&p->bits, p->scan, out);
    for (int k = 0; k < 3; k++) p->components[k].last_dc = 0;
    return true;
}

bool pw_picture_next_interval(picture *p, uint32_t mcu) {
    uint32_t left = p->columns * p->rows - mcu;
    bool is_last = p->interval == 0 || left <= p->interval;
    return next_interval(p, is_last ? 0xD9 : (uint8_t)(0xD0 + (p->intervals++ & 7)));
}

/* The interval that begins with MCU number `mcu`, where one begins. */
static bool begin_interval(picture *p, uint32_t mcu) {
    if (mcu > 0 && (p->interval == 0 || mcu % p->interval != 0)) return true;
    return (mcu == 0 || pw_bits_ended_well(&p->bits)) && pw_picture_next_interval(p, mcu);
}

static uint8_t *sample_row(const component *it, uint32_t y) {
    return it->samples + (size_t)(y % (it->down * DCTSIZE * KEPT)) * it->stride;
}

/* Reads past an MCU of which nothing is wanted. */
static bool skip_mcu(picture *p) {
    for (int k = 0; k < 3; k++) {
        component *it = &p->components[k];
        for (uint32_t n = it->across * it->down; n > 0; n--)
            if (!pw_huffman_skip_block(&p->bits, it->dc, it->ac, &it->last_dc)) return false;
    }
    return !pw_bits_overran(&p->bits);
}

typedef struct {
    int16_t blocks[PW_MOST_BLOCKS][PW_BLOCK_STRIDE] __attribute__((aligned(32)));
    unsigned terms[PW_MOST_BLOCKS];
    unsigned count;
} mcu;

static bool read_mcu(picture *p, mcu *m) {
    memset(m->blocks, 0, sizeof m->blocks);
    m->count = 0;
    for (int k = 0; k < 3; k++) {
        component *it = &p->components[k];
        for (uint32_t n = it->across * it->down; n > 0; n--, m->count++) {
            m->terms[m->count] =
                pw_huffman_block(&p->bits, it->dc, it->ac, &it->last_dc, m->blocks[m->count]);
            if (m->terms[m->count] == 0) return false;
        }
    }
    return !pw_bits_overran(&p->bits);
}

/* Where the MCU's block number `n` goes. */
static uint8_t *block_place(const picture *p, uint32_t column, unsigned n, size_t *stride) {
    const component *luma = &p->components[0];
    unsigned of_luma = luma->across * luma->down;
    const component *it = n < of_luma ? luma : &p->components[n - of_luma + 1];
    uint32_t x = n < of_luma ? n % luma->across : 0, y = n < of_luma ? n / luma->across : 0;
    *stride = it->stride;
    return it->mcu_row + (y * it->stride + column * it->across + x) * DCTSIZE;
}

static bool transform_blocks(picture *p, const mcu *m, uint32_t column, unsigned first, const pw_block_steps *steps) {
    pw_block_pair pair;
    for (unsigned k = 0; k < 2; k++) {
        pair.blocks[k] = m->blocks[first + k];
        pair.terms[k] = m->terms[first + k];
        pair.out[k] = block_place(p, column, first + k, &pair.stride[k]);
    }
    return pw_rows_transform(&pair, steps);
}

static bool decode_mcu(picture *p, uint32_t column) {
    mcu m;
    if (!read_mcu(p, &m)) return false;
    for (unsigned k = 0; k < m.count; k += 2) {
        /* Of three blocks the second goes through twice. */
        unsigned first = k + 1 < m.count ? k : k - 1;
        const pw_block_steps *steps =
            first + 2 == m.count ? &p->chroma_steps : m.count == 3 ? &p->mixed_steps : &p->luma_steps;
        if (!transform_blocks(p, &m, column, first, steps)) return false;
    }
    return true;
}

/* Luma to means over 4 × 4 pixels, chroma to its samples. */
static bool decode_mcu_means(picture *p, uint32_t column) {
    mcu m;
    if (!read_mcu(p, &m)) return false;
    uint32_t across = p->components[0].across;
    int16_t *levels = p->levels[0] + (size_t)(2 * column * across);
    for (unsigned k = 0; k + 2 < m.count; k += 2, levels += 2 * p->level_stride) {
        /* A single block goes through twice. */
        unsigned second = across - 1;
        const int16_t *const blocks[2] = {m.blocks[k], m.blocks[k + second]};
        int16_t *const out[2] = {levels, levels + 2 * second};
        pw_rows_quarter(blocks, &p->luma_steps, out, p->level_stride);
    }
    return transform_blocks(p, &m, column, m.count - 2, &p->chroma_steps);
}

/* Writes the region's part of a row. At its ends a row repeats its last chroma; only where they are the picture's may
   that be seen. */
static void write_row(const picture *p, uint32_t y, uint8_t *out) {
    const component *luma = &p->components[0], *chroma = &p->components[1];
    uint32_t down = luma->down, here = y / down, beside = here;
    if (down == 2 && y % 2 == 1 && here + 1 < chroma->height) beside = here + 1;
    if (down == 2 && y % 2 == 0 && here > 0) beside = here - 1;
    uint32_t across = luma->across, left = p->first_column * across * DCTSIZE, chroma_left = left / across;
    uint32_t right = p->end_column * across * DCTSIZE, chroma_right = right / across;
    if (right > p->width) right = p->width;
    if (chroma_right > chroma->width) chroma_right = chroma->width;
    pw_row row = {.across = across, .down = down, .width = right - left, .chroma_width = chroma_right - chroma_left,
        .luma = sample_row(luma, y) + left, .sums = {p->sums[0], p->sums[1]}};
    for (int k = 0; k < 2; k++) {
        row.chroma[k] = sample_row(&p->components[k + 1], here) + chroma_left;
        row.beside[k] = sample_row(&p->components[k + 1], beside) + chroma_left;
    }
    uint8_t *place = out + 3 * (size_t)p->region.width * (y - p->region.y);
    bool is_whole = left == p->region.x && row.width == p->region.width;
    pw_rows_write(&row, is_whole ? place : p->line);
    if (!is_whole) memcpy(place, p->line + 3 * (size_t)(p->region.x - left), 3 * (size_t)p->region.width);
}

/* Writes the region's part of a row of means over 4 × 4 pixels. */
static void write_means(const picture *p, uint32_t y, uint8_t *out) {
    const component *luma = &p->components[0];
    const uint32_t across = 4 / luma->across, down = 4 / luma->down;
    const int16_t *levels[3] = {
        p->levels[0] + y % (2 * luma->down) * p->level_stride + p->region.x, p->levels[1], p->levels[2]};
    for (int k = 1; k < 3; k++) {
        const component *it = &p->components[k];
        pw_rows_average(sample_row(it, y * down) + p->region.x * across, it->stride, across, down, p->region.width,
            p->levels[k]);
    }
    pw_rows_write_levels(levels, p->region.width, out + 3 * (size_t)p->region.width * (y - p->region.y));
}

/* The MCUs, `size` samples long, of samples `start` to `end` with the chroma beside them. */
static void needed(uint32_t start, uint32_t end, uint32_t size, uint32_t count, uint32_t *first, uint32_t *past) {
    *first = start < 2 ? 0 : (start - 2) / size;
    *past = end / size + 1 < count ? end / size + 1 : count;
}

/* MCUs of whose pixels something is wanted. */
static void choose_seen(picture *p, const pw_region *seen) {
    needed(seen->x, seen->x + seen->width, p->components[0].across * DCTSIZE, p->columns, &p->first_column,
        &p->end_column);
    needed(seen->y, seen->y + seen->height, p->components[0].down * DCTSIZE, p->rows, &p->first_row, &p->end_row);
}

static bool decode(picture *p, bool as_means, uint8_t *out) {
    uint32_t written = p->region.y, end = p->region.y + p->region.height, step = p->components[0].down * DCTSIZE;
    const pw_region all = {.width = p->width, .height = p->height};
    /* Means to the end of the picture: libjpeg's are others, so a part must be by the decoder that the whole is by. */
    choose_seen(p, as_means ? &all : &p->region);
    for (uint32_t row = 0; row < p->end_row; row++) {
        for (int k = 0; k < 3; k++)
            p->components[k].mcu_row = sample_row(&p->components[k], row * p->components[k].down * DCTSIZE);
        for (uint32_t column = 0; column < p->columns; column++) {
            if (!begin_interval(p, row * p->columns + column)) return false;
            bool is_seen = row >= p->first_row && column >= p->first_column && column < p->end_column;
            bool is_read = as_means ? decode_mcu_means(p, column) : is_seen ? decode_mcu(p, column) : skip_mcu(p);
            if (!is_read) return false;
        }
        /* The last row of luma whose neighbour in chroma is there. */
        uint32_t ready = as_means ? (row + 1) * step / 4 : (row + 1) * step - (p->components[0].down - 1);
        if (row + 1 == p->rows || ready > end) ready = end;
        for (; written < ready; written++) as_means ? write_means(p, written, out) : write_row(p, written, out);
    }
    return p->end_row < p->rows || pw_bits_ended_well(&p->bits);
}

bool pw_jpeg_read_baseline(pw_jpeg_session *s) {
    const struct jpeg_decompress_struct *c = &s->codec;
    if (!pw_jpeg_has_own_decoder() || !is_usual(c, s->request)) return false;
    picture *p = calloc(1, sizeof *p);
    if (p == NULL) return false;
    p->source = c->src->next_input_byte;
    p->source_end = p->source + c->src->bytes_in_buffer;
    p->width = c->image_width;
    p->height = c->image_height;
    uint32_t across = (uint32_t)c->max_h_samp_factor * DCTSIZE, down = (uint32_t)c->max_v_samp_factor * DCTSIZE;
    p->columns = (p->width + across - 1) / across;
    p->rows = (p->height + down - 1) / down;
    p->interval = c->restart_interval;
    p->region = s->request->region;
    const pw_request *request = s->request;
    bool is_done = prepare_tables(p, c, request);
    if (is_done && request->block_means && request->scale == 1) {
        is_done = pw_picture_read_means(p, c, request->by_one_reader, s->out);
    } else if (is_done) {
        uint8_t *room = lay_out(p, c);
        is_done = room != NULL && decode(p, request->block_means, s->out);
        free(room);
    }
    free(p);
    return is_done;
}
