#include <stdlib.h>
#include <string.h>
#include "jpeg_scan.h"

/* Bytes of a scan from which on two readers are faster than one. */
enum { LONG_SCAN = 1 << 15 };

/* Few fields, none of them an array: they stay in registers. */
typedef struct {
    pw_bits bits;
    unsigned block; /* of the MCU */
    unsigned place; /* of the next term in its block */
    const pw_huffman *ac;
} reader;

typedef enum { GOES_ON, ENDS_BLOCK, IS_BROKEN } progress;

/* `last`: each component's first term, modulo 2³², as a reader that began anywhere adds up what is none. */
PW_INLINE bool begin_block(reader *r, const pw_scan_layout *layout, uint32_t *last) {
    const pw_huffman *dc = layout->dc[r->block];
    pw_bits_refill(&r->bits);
    pw_huffman_entry entry = dc->entries[r->bits.buffer >> (64 - PW_LOOK)];
    if (__builtin_expect(entry.bits == 0, 0) && (entry = pw_huffman_single(r->bits.buffer, dc, true)).bits == 0)
        return false;
    pw_bits_take(&r->bits, entry.bits);
    last[layout->component[r->block]] += (uint32_t)(int32_t)entry.values[0];
    r->ac = layout->ac[r->block];
    r->place = 1;
    return true;
}

/* Passes over some terms, at most to the end of the block. */
PW_INLINE progress pass(reader *r) {
    pw_bits_refill(&r->bits);
    for (int look = 0; look < PW_SKIPS; look++) {
        unsigned skip = r->ac->skips[r->bits.buffer >> (64 - PW_SKIP_LOOK)];
        unsigned past = r->place + (skip >> PW_SKIP_PLACES & 63);
        /* Terms that fill the block may stand before those of the next: then one by one. */
        if (__builtin_expect(skip == 0 || past > 63, 0)) {
            pw_bits_refill(&r->bits);
            pw_huffman_entry entry = pw_huffman_single(r->bits.buffer, r->ac, false);
            if (entry.bits == 0) return IS_BROKEN;
            pw_bits_take(&r->bits, entry.bits);
            if (entry.skip == PW_END_OF_BLOCK) return ENDS_BLOCK;
            r->place += entry.skip + 1;
            return r->place < 64 ? GOES_ON : r->place == 64 ? ENDS_BLOCK : IS_BROKEN;
        }
        pw_bits_take(&r->bits, skip & ((1 << PW_SKIP_PLACES) - 1));
        if (skip & PW_SKIP_END) return ENDS_BLOCK;
        r->place = past;
    }
    return GOES_ON;
}

PW_HASWELL bool pw_huffman_skip_block(pw_bits *bits, const pw_huffman *dc, const pw_huffman *ac, int32_t *last_dc) {
    const pw_scan_layout layout = {.blocks = 1, .dc = {dc}, .ac = {ac}};
    reader r = {.bits = *bits};
    uint32_t last = (uint32_t)*last_dc;
    if (!begin_block(&r, &layout, &last)) return false;
    *last_dc = (int32_t)last;
    if (*last_dc != (int16_t)*last_dc) return false;
    progress done;
    do done = pass(&r);
    while (done == GOES_ON);
    *bits = r.bits;
    return done == ENDS_BLOCK;
}

/* What the second reader has read since it was last lost. */
typedef struct {
    uint32_t *starts; /* of each MCU: bits from there to the end */
    uint32_t *terms;
    uint32_t last[3];
    uint32_t count, room, met; /* MCUs; those before `met` the first reader has not met */
    bool is_over;
} track;

/* Begins the track anew, at the first bit from here on at which an MCU can begin. */
static PW_HASWELL reader begin_track(reader r, const pw_scan_layout *layout, track *t) {
    t->count = t->met = 0;
    for (;; pw_bits_refill(&r.bits), pw_bits_take(&r.bits, 1)) {
        int64_t left = pw_bits_left(&r.bits);
        t->is_over = left < 8;
        if (t->is_over) return r;
        t->starts[0] = (uint32_t)left;
        memset(t->last, 0, sizeof t->last);
        r.block = 0;
        if (begin_block(&r, layout, t->last)) return r;
    }
}

/* Behind a block of the second reader. */
PW_INLINE void follow_track(reader *r, const pw_scan_layout *layout, track *t) {
    t->terms[(size_t)t->count * layout->blocks + r->block] = t->last[layout->component[r->block]];
    if (++r->block == layout->blocks) {
        r->block = 0;
        int64_t left = pw_bits_left(&r->bits);
        t->starts[++t->count] = left < 0 ? UINT32_MAX : (uint32_t)left;
        t->is_over = left < 8 || t->count == t->room;
        if (t->is_over) return;
    }
    if (!begin_block(r, layout, t->last)) *r = begin_track(*r, layout, t);
}

/* The second reader goes on alone until the track has `needed` MCUs, which must be the last. */
static PW_HASWELL bool finish_track(reader r, const pw_scan_layout *layout, track *t, uint32_t needed) {
    for (uint32_t before = t->count; t->count < needed; before = t->count) {
        if (t->is_over) return false;
        progress done = pass(&r);
        if (done == ENDS_BLOCK) follow_track(&r, layout, t);
        if (done == IS_BROKEN || t->count < before) return false;
    }
    return t->count == needed && t->starts[needed] < 8;
}

/* Takes over the track's MCUs from `met` on as the last ones. */
static bool take_over(reader second, const pw_scan_layout *layout, track *t, const uint32_t *last, uint32_t mcus,
    int16_t *out) {
    uint32_t from = t->met, further[3] = {last[0], last[1], last[2]};
    /* A component's last block of the MCU before is the one that counts. */
    uint32_t before[3] = {0, 0, 0};
    for (unsigned block = 0; from > 0 && block < layout->blocks; block++)
        before[layout->component[block]] = t->terms[(size_t)(from - 1) * layout->blocks + block];
    for (int k = 0; k < 3; k++) further[k] -= before[k];
    if (!finish_track(second, layout, t, from + mcus)) return false;
    const uint32_t *in = t->terms + (size_t)from * layout->blocks;
    for (uint32_t mcu = 0; mcu < mcus; mcu++) {
        for (unsigned block = 0; block < layout->blocks; block++, in++, out++) {
            int32_t term = (int32_t)(*in + further[layout->component[block]]);
            if (term != (int16_t)term) return false;
            *out = (int16_t)term;
        }
    }
    return true;
}

/* Whether the first reader, before an MCU, stands where the second began one, and that can be the rest. */
PW_INLINE bool meets(const reader *first, track *t, uint32_t mcus) {
    uint32_t rest = (uint32_t)pw_bits_left(&first->bits);
    while (t->met < t->count && t->starts[t->met] > rest) t->met++;
    return t->met < t->count && t->starts[t->met] == rest && mcus <= t->room - t->met;
}

/* By one reader, and a second one where there is a track. */
static PW_HASWELL bool read_terms(const pw_bits *bits, const reader *helper, const pw_scan_layout *layout, track *t,
    uint32_t mcus, int16_t *out) {
    reader first = {.bits = *bits}, second = *helper;
    uint32_t last[3] = {0, 0, 0};
    if (!begin_block(&first, layout, last)) return false;
    for (;;) {
        progress done = pass(&first);
        if (done == IS_BROKEN) return false;
        if (done == ENDS_BLOCK) {
            int32_t term = (int32_t)last[layout->component[first.block]];
            if (term != (int16_t)term) return false;
            *out++ = (int16_t)term;
            if (++first.block == layout->blocks) {
                first.block = 0;
                if (pw_bits_overran(&first.bits)) return false;
                if (--mcus == 0) return pw_bits_ended_well(&first.bits);
                if (t != NULL && meets(&first, t, mcus)) return take_over(second, layout, t, last, mcus, out);
            }
            if (!begin_block(&first, layout, last)) return false;
        }
        if (t == NULL || t->is_over) continue;
        done = pass(&second);
        if (done == ENDS_BLOCK) follow_track(&second, layout, t);
        if (done == IS_BROKEN) second = begin_track(second, layout, t);
    }
}

bool pw_scan_first_terms(const pw_bits *bits, const pw_scan_layout *layout, uint32_t mcus, bool by_one,
    int16_t *terms) {
    size_t length = (size_t)(bits->end - bits->next), blocks = (size_t)mcus * layout->blocks;
    bool is_long = !by_one && length >= LONG_SCAN;
    uint32_t *room = is_long ? malloc((blocks + mcus + 1) * sizeof *room) : NULL;
    reader second = {.block = 0};
    if (room == NULL) return read_terms(bits, &second, layout, NULL, mcus, terms);
    track t = {.terms = room, .starts = room + blocks, .room = mcus};
    pw_bits_start(&second.bits, bits->next + length / 2, bits->end);
    second = begin_track(second, layout, &t);
    bool is_done = read_terms(bits, &second, layout, &t, mcus, terms);
    free(room);
    return is_done;
}
