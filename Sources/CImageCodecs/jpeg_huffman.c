#include "jpeg_huffman.h"

/* Runs that end a block, wherever they begin: as first and as second term of a look-up. Where the second one's first
   term fills the block, it belongs to the next one. */
enum { END = PW_END_OF_BLOCK, SECOND_END = 191, PLACES = 256 + SECOND_END, STRAY = 64 };

/* Rows first; what lies behind the block is written to STRAY. */
static const uint8_t natural_order[PLACES] = {
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21,
    28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54,
    47, 55, 62, 63, [64 ... PLACES - 1] = STRAY};

/* The number that `size` bits stand for. */
static inline int extended(uint32_t value, unsigned size) {
    return (int)value - (value < (1u << size >> 1) ? (int)(1u << size) - 1 : 0);
}

/* What `symbol`, whose code has `length` bits, means before the bits of `window`, which begin with the code. */
static pw_huffman_entry entry_of(unsigned symbol, unsigned length, uint32_t window, bool is_dc) {
    unsigned run = is_dc ? 0 : symbol >> 4, size = symbol & 15;
    if (size == 0 && !is_dc && run != 15) run = END;
    int value = size == 0 ? 0 : extended(window << length >> (32 - size), size);
    return (pw_huffman_entry){.bits = (uint8_t)(length + size), .skip = (uint8_t)run,
        .values = {(int16_t)value, (int16_t)value}};
}

/* Puts a second term behind the first wherever both are within sight. */
static void pair_up(pw_huffman_entry *entries, const pw_huffman_entry *singles) {
    for (unsigned window = 0; window < 1 << PW_LOOK; window++) {
        pw_huffman_entry first = singles[window];
        if (first.bits != 0 && first.skip != END) {
            /* The window ends in zeros that may not be the file's: the second counts only where it does not need them. */
            pw_huffman_entry second = singles[window << first.bits & ((1 << PW_LOOK) - 1)];
            if (second.bits != 0 && first.bits + second.bits <= PW_LOOK) {
                first.bits += second.bits;
                first.further = second.skip == END ? SECOND_END : second.skip + 1;
                first.values[1] = second.values[0];
            }
        }
        entries[window] = first;
    }
}

bool pw_huffman_prepare(pw_huffman *table, const uint8_t counts[17], const uint8_t symbols[256], pw_huffman_use use) {
    pw_huffman_entry singles[1 << PW_LOOK];
    memset(singles, 0, sizeof singles);
    bool is_dc = use == PW_FIRST_TERMS;
    unsigned code = 0, index = 0;
    for (unsigned length = 1; length <= 16; length++, code <<= 1) {
        table->firsts[length] = (int32_t)index - (int32_t)code;
        for (unsigned n = counts[length]; n > 0; n--, code++, index++) {
            if (index >= 256 || code >= 1u << length || (is_dc && symbols[index] > 15)) return false;
            table->symbols[index] = symbols[index];
            if (length > PW_LOOK || use == PW_PASSED_TERMS) continue;
            bool is_seen = length + (symbols[index] & 15) <= PW_LOOK;
            unsigned first = code << (PW_LOOK - length), count = 1u << (PW_LOOK - length);
            for (unsigned window = first; window < first + count; window++)
                singles[window] = is_seen ? entry_of(symbols[index], length, window << (32 - PW_LOOK), is_dc)
                                          : (pw_huffman_entry){.skip = symbols[index], .further = (uint8_t)length};
        }
        table->ends[length] = code << (16 - length);
    }
    if (is_dc) memcpy(table->entries, singles, sizeof singles);
    if (use == PW_TERMS) pair_up(table->entries, singles);
    return index > 0;
}

void pw_huffman_prepare_skips(pw_huffman *table, const uint8_t counts[17], const uint8_t symbols[256]) {
    enum { WINDOWS = 1 << PW_SKIP_LOOK };
    uint8_t lengths[WINDOWS], seen[WINDOWS];
    memset(lengths, 0, sizeof lengths);
    unsigned code = 0, index = 0;
    for (unsigned length = 1; length <= PW_SKIP_LOOK; length++, code <<= 1) {
        for (unsigned n = counts[length]; n > 0; n--, code++, index++) {
            unsigned first = code << (PW_SKIP_LOOK - length), count = 1u << (PW_SKIP_LOOK - length);
            memset(lengths + first, (int)length, count);
            memset(seen + first, symbols[index], count);
        }
    }
    for (unsigned window = 0; window < WINDOWS; window++) {
        unsigned bits = 0, places = 0, end = 0;
        while (bits < PW_SKIP_LOOK && end == 0) {
            /* The window ends in zeros that may not be the file's: a code counts only where it does not need them. */
            unsigned rest = window << bits & (WINDOWS - 1), length = lengths[rest];
            if (length == 0 || bits + length > PW_SKIP_LOOK) break;
            pw_huffman_entry entry = entry_of(seen[rest], length, 0, false);
            end = entry.skip == END ? PW_SKIP_END : 0;
            if (end == 0 && (bits + entry.bits > PW_SKIP_BITS || places + entry.skip + 1 > 63)) break;
            bits += entry.bits;
            places += end == 0 ? entry.skip + 1 : 0;
        }
        table->skips[window] = (uint16_t)(bits | places << PW_SKIP_PLACES | end);
    }
}

void pw_bits_start(pw_bits *bits, const uint8_t *start, const uint8_t *end) {
    *bits = (pw_bits){.next = start, .end = end};
}

pw_huffman_entry pw_huffman_single(uint64_t buffer, const pw_huffman *table, bool is_dc) {
    uint32_t window = (uint32_t)(buffer >> 32), code = window >> 16;
    pw_huffman_entry seen = table->entries[window >> (32 - PW_LOOK)];
    if (seen.bits == 0 && seen.further > 0) return entry_of(seen.skip, seen.further, window, is_dc);
    unsigned length = 1;
    while (length <= 16 && code >= table->ends[length]) length++;
    if (length > 16) return (pw_huffman_entry){0};
    unsigned index = (unsigned)(table->firsts[length] + (int32_t)(code >> (16 - length)));
    return entry_of(table->symbols[index & 255], length, window, is_dc);
}

/* A long term takes 31 bits at most, what one look-up sees PW_LOOK: so many look-ups go without new bytes between,
   the last of them for a long term. */
enum { LOOKS = 3 };
_Static_assert((LOOKS - 1) * PW_LOOK + 31 <= 56, "56 bits are there for them");

PW_HASWELL unsigned pw_huffman_block(pw_bits *bits, const pw_huffman *dc, const pw_huffman *ac, int32_t *last_dc,
    int16_t *block) {
    pw_bits here = *bits;
    pw_bits_refill(&here);
    pw_huffman_entry entry = dc->entries[here.buffer >> (64 - PW_LOOK)];
    if (entry.bits == 0 && (entry = pw_huffman_single(here.buffer, dc, true)).bits == 0) return 0;
    pw_bits_take(&here, entry.bits);
    *last_dc += entry.values[0];
    if (*last_dc != (int16_t)*last_dc) return 0;
    block[0] = (int16_t)*last_dc;
    unsigned k = 1, first = 0, second;
    for (;;) {
        pw_bits_refill(&here);
        for (int look = 0; look < LOOKS; look++) {
            entry = ac->entries[here.buffer >> (64 - PW_LOOK)];
            if (__builtin_expect(entry.bits == 0, 0)) {
                entry = pw_huffman_single(here.buffer, ac, false);
                if (entry.bits == 0) return 0;
                look = LOOKS;
            }
            first = k + entry.skip;
            second = first + entry.further;
            block[natural_order[first]] = entry.values[0];
            if (second >= 63) goto full;
            block[natural_order[second]] = entry.values[1];
            pw_bits_take(&here, entry.bits);
            k = second + 1;
        }
        continue;
    full:
        if (entry.further > 0 && (first >= 63 || (second > 63 && second < SECOND_END))) {
            /* The second term is the next block's, or there is no such term. */
            entry = pw_huffman_single(here.buffer, ac, false);
            second = first;
        }
        pw_bits_take(&here, entry.bits);
        if (second <= 63) {
            block[natural_order[second]] = entry.values[second != first];
            k = second + 1;
            if (k < 64) continue;
        }
        break;
    }
    *bits = here;
    if (second == 63) return 64;
    if (second < 64 + 16) return 0;
    /* The end stands behind what came before it. */
    return first < 64 ? first + 1 : first - END;
}
