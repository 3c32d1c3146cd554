#include <stdlib.h>
#include <string.h>
#include "jpeg_baseline.h"
#include "jpeg_huffman.h"
#include "jpeg_rows.h"

/* MCU rows of which samples are kept: smooth chroma looks one row back and one row on. */
enum { KEPT = 2, MOST_BLOCKS = 6 };

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
    int16_t *levels[3]; /* of an MCU row's blocks, where their means are wanted; eight times less 128 */
} picture;

static bool is_usual(const struct jpeg_decompress_struct *c, const pw_request *request) {
    if (c->progressive_mode || c->arith_code || c->data_precision != 8 || c->num_components != 3 ||
        c->comps_in_scan != 3 || c->jpeg_color_space != JCS_YCbCr || request->channels != 3 ||
        request->scale != (request->block_means ? 1 : 8))
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

static bool prepare_tables(picture *p, const struct jpeg_decompress_struct *c) {
    bool dc_ready[NUM_HUFF_TBLS] = {false}, ac_ready[NUM_HUFF_TBLS] = {false};
    for (int k = 0; k < 3; k++) {
        const jpeg_component_info *info = &c->comp_info[k];
        int d = info->dc_tbl_no, a = info->ac_tbl_no;
        if (d < 0 || d >= NUM_HUFF_TBLS || a < 0 || a >= NUM_HUFF_TBLS) return false;
        const JHUFF_TBL *dc = c->dc_huff_tbl_ptrs[d], *ac = c->ac_huff_tbl_ptrs[a];
        if (dc == NULL || ac == NULL) return false;
        if (!dc_ready[d] && !pw_huffman_prepare(&p->dc[d], dc->bits, dc->huffval, true)) return false;
        if (!ac_ready[a]) {
            if (!pw_huffman_prepare(&p->ac[a], ac->bits, ac->huffval, false)) return false;
            if (!is_whole(p)) pw_huffman_prepare_skips(&p->ac[a], ac->bits, ac->huffval);
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
    uint8_t *room = malloc(total + 2 * sums * sizeof(int16_t) + line + scan);
    if (room == NULL) return NULL;
    memset(room, 0, total + 2 * sums * sizeof(int16_t));
    for (int k = 0; k < 2; k++) p->sums[k] = (int16_t *)room + (size_t)k * sums + PW_ROW_MARGIN;
    uint8_t *at = room + 2 * sums * sizeof(int16_t);
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

/* The interval that begins with MCU number `mcu`, where one begins. */
static bool begin_interval(picture *p, uint32_t mcu) {
    if (mcu > 0 && (p->interval == 0 || mcu % p->interval != 0)) return true;
    if (mcu > 0 && !pw_bits_ended_well(&p->bits)) return false;
    uint32_t left = p->columns * p->rows - mcu;
    bool is_last = p->interval == 0 || left <= p->interval;
    return next_interval(p, is_last ? 0xD9 : (uint8_t)(0xD0 + (p->intervals++ & 7)));
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

static bool decode_mcu(picture *p, uint32_t column) {
    int16_t blocks[MOST_BLOCKS][PW_BLOCK_STRIDE] __attribute__((aligned(32)));
    unsigned terms[MOST_BLOCKS];
    uint8_t *out[MOST_BLOCKS];
    size_t stride[MOST_BLOCKS];
    unsigned count = 0;
    memset(blocks, 0, sizeof blocks);
    for (int k = 0; k < 3; k++) {
        component *it = &p->components[k];
        uint8_t *samples = it->mcu_row + (size_t)(column * it->across) * DCTSIZE;
        for (uint32_t y = 0; y < it->down; y++) {
            for (uint32_t x = 0; x < it->across; x++, count++) {
                terms[count] = pw_huffman_block(&p->bits, it->dc, it->ac, &it->last_dc, blocks[count]);
                if (terms[count] == 0) return false;
                out[count] = samples + (y * it->stride + x) * DCTSIZE;
                stride[count] = it->stride;
            }
        }
    }
    if (pw_bits_overran(&p->bits)) return false;
    for (unsigned k = 0; k < count; k += 2) {
        /* Of three blocks the second goes through twice. */
        unsigned first = k + 1 < count ? k : k - 1, second = first + 1;
        const pw_block_steps *steps =
            first + 2 == count ? &p->chroma_steps : count == 3 ? &p->mixed_steps : &p->luma_steps;
        pw_block_pair pair = {.blocks = {blocks[first], blocks[second]}, .terms = {terms[first], terms[second]},
            .out = {out[first], out[second]}, .stride = {stride[first], stride[second]}};
        if (!pw_rows_transform(&pair, steps)) return false;
    }
    return true;
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

/* The MCUs, `size` samples long, of samples `start` to `end` with the chroma beside them. */
static void needed(uint32_t start, uint32_t end, uint32_t size, uint32_t count, uint32_t *first, uint32_t *past) {
    *first = start < 2 ? 0 : (start - 2) / size;
    *past = end / size + 1 < count ? end / size + 1 : count;
}

static bool decode(picture *p, uint8_t *out) {
    uint32_t written = p->region.y, end = p->region.y + p->region.height, step = p->components[0].down * DCTSIZE;
    needed(p->region.x, p->region.x + p->region.width, p->components[0].across * DCTSIZE, p->columns,
        &p->first_column, &p->end_column);
    needed(p->region.y, end, step, p->rows, &p->first_row, &p->end_row);
    for (uint32_t row = 0; row < p->end_row; row++) {
        for (int k = 0; k < 3; k++)
            p->components[k].mcu_row = sample_row(&p->components[k], row * p->components[k].down * DCTSIZE);
        for (uint32_t column = 0; column < p->columns; column++) {
            if (!begin_interval(p, row * p->columns + column)) return false;
            bool is_seen = row >= p->first_row && column >= p->first_column && column < p->end_column;
            if (!(is_seen ? decode_mcu(p, column) : skip_mcu(p))) return false;
        }
        /* The last row of luma whose neighbour in chroma is there. */
        uint32_t ready = (row + 1) * step - (p->components[0].down - 1);
        if (row + 1 == p->rows || ready > end) ready = end;
        for (; written < ready; written++) write_row(p, written, out);
    }
    return p->end_row < p->rows || pw_bits_ended_well(&p->bits);
}

/* An eighth of a step from 8 · (sample − 128), scaled by 2^16, to a sample. */
static uint8_t sample_of(int32_t scaled) {
    int32_t value = (scaled + (1024 << 16) + (4 << 16)) >> 19;
    return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

/* Writes a row of blocks. The factors are JFIF's, 1.402, 0.344136, 0.714136 and 1.772, times 2^16. */
static void write_means(const picture *p, uint32_t y, uint8_t *out) {
    const component *luma = &p->components[0];
    const int16_t *level = p->levels[0] + (size_t)(y % luma->down) * p->columns * luma->across;
    for (uint32_t x = p->region.x; x < p->region.x + p->region.width; x++, out += 3) {
        int32_t light = level[x] * 65536, cb = p->levels[1][x / luma->across], cr = p->levels[2][x / luma->across];
        out[0] = sample_of(light + 91881 * cr);
        out[1] = sample_of(light - 22554 * cb - 46802 * cr);
        out[2] = sample_of(light + 116130 * cb);
    }
}

/* Reads past an MCU but for its means. */
static bool mean_mcu(picture *p, uint32_t column, const uint32_t steps[3]) {
    for (int k = 0; k < 3; k++) {
        component *it = &p->components[k];
        for (uint32_t y = 0; y < it->down; y++) {
            for (uint32_t x = 0; x < it->across; x++) {
                if (!pw_huffman_skip_block(&p->bits, it->dc, it->ac, &it->last_dc)) return false;
                int64_t level = (int64_t)it->last_dc * steps[k];
                level = level < -2048 ? -2048 : level > 2047 ? 2047 : level;
                p->levels[k][(size_t)(y * p->columns + column) * it->across + x] = (int16_t)level;
            }
        }
    }
    return !pw_bits_overran(&p->bits);
}

/* To the end of the picture: libjpeg's chroma is another, so a part must be by the decoder that the whole is by. */
static bool decode_means(picture *p, const uint32_t steps[3], uint8_t *out) {
    uint32_t end = p->region.y + p->region.height, down = p->components[0].down;
    for (uint32_t row = 0; row < p->rows; row++) {
        for (uint32_t column = 0; column < p->columns; column++)
            if (!begin_interval(p, row * p->columns + column) || !mean_mcu(p, column, steps)) return false;
        for (uint32_t y = row * down; y < (row + 1) * down && y < end; y++)
            if (y >= p->region.y) write_means(p, y, out + 3 * (size_t)p->region.width * (y - p->region.y));
    }
    return pw_bits_ended_well(&p->bits);
}

static bool read_means(picture *p, const struct jpeg_decompress_struct *c, uint8_t *out) {
    uint32_t steps[3];
    size_t blocks[3], total = 0;
    for (int k = 0; k < 3; k++) {
        component *it = &p->components[k];
        it->across = (uint32_t)c->comp_info[k].h_samp_factor;
        it->down = (uint32_t)c->comp_info[k].v_samp_factor;
        steps[k] = c->quant_tbl_ptrs[c->comp_info[k].quant_tbl_no]->quantval[0];
        blocks[k] = (size_t)p->columns * it->across * it->down;
        total += blocks[k];
    }
    size_t scan = (size_t)(p->source_end - p->source) + PW_SCAN_PADDING;
    int16_t *room = malloc(total * sizeof *room + scan);
    if (room == NULL) return false;
    p->levels[0] = room;
    p->levels[1] = room + blocks[0];
    p->levels[2] = p->levels[1] + blocks[1];
    p->scan = (uint8_t *)(room + total);
    bool is_done = decode_means(p, steps, out);
    free(room);
    return is_done;
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
    bool is_done = prepare_tables(p, c);
    if (is_done && s->request->block_means) {
        is_done = read_means(p, c, s->out);
    } else if (is_done) {
        uint8_t *room = lay_out(p, c);
        is_done = room != NULL && decode(p, s->out);
        free(room);
    }
    free(p);
    return is_done;
}
