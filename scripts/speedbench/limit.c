/* What a plain C program over libjpeg takes for the statistics that vegindex writes, and for nothing else.

     limit SPANS FILE…

   SPANS holds a line a row of the plot: y, first column, past the last. Of each file only the rows and columns that hold
   the plot are turned into pixels. Prints the green chromatic coordinate of every file as a JSON list. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
/* Needs stdio.h before it. */
#include <jpeglib.h>

enum { MOST_ROWS = 1 << 14 };
static struct { unsigned y, start, end; } spans[MOST_ROWS];

typedef struct {
    uint32_t levels[3][256];
    uint64_t products[3]; /* red × green, green × blue, blue × red */
} sums;

static void add(sums *all, const uint8_t *rgb, size_t pixels) {
    uint64_t products[3] = {0};
    for (size_t i = 0; i < pixels; i++) {
        uint32_t r = rgb[3 * i], g = rgb[3 * i + 1], b = rgb[3 * i + 2];
        all->levels[0][r]++;
        all->levels[1][g]++;
        all->levels[2][b]++;
        products[0] += r * g;
        products[1] += g * b;
        products[2] += b * r;
    }
    for (int k = 0; k < 3; k++) all->products[k] += products[k];
}

/* Mean, deviation, quantiles at 5, 10, 25, 50, 75, 90 and 95 %. */
typedef struct { double mean, deviation; int quantiles[7]; } channel;

static channel channel_of(const uint32_t levels[256], double count) {
    static const double shares[7] = {0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95};
    channel result = {0};
    double squares = 0, seen = 0;
    int next = 0;
    for (int v = 0; v < 256; v++) {
        result.mean += (double)levels[v] * v;
        squares += (double)levels[v] * v * v;
        seen += levels[v];
        while (next < 7 && seen >= shares[next] * count) result.quantiles[next++] = v;
    }
    result.mean /= count;
    result.deviation = sqrt(squares / count - result.mean * result.mean);
    return result;
}

static double gcc_of(const char *path, unsigned rows) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) { perror(path); exit(1); }
    struct jpeg_error_mgr errors;
    struct jpeg_decompress_struct codec = {.err = jpeg_std_error(&errors)};
    jpeg_create_decompress(&codec);
    jpeg_stdio_src(&codec, file);
    jpeg_read_header(&codec, TRUE);
    codec.out_color_space = JCS_RGB;
    jpeg_start_decompress(&codec);
    unsigned least = codec.output_width, most = 0;
    for (unsigned k = 0; k < rows; k++) {
        if (spans[k].start < least) least = spans[k].start;
        if (spans[k].end > most) most = spans[k].end;
    }
    JDIMENSION left = least > 16 ? least - 16 : 0, width = most + 16 - left;
    if (left + width > codec.output_width) width = codec.output_width - left;
    jpeg_crop_scanline(&codec, &left, &width);
    if (spans[0].y >= 32) jpeg_skip_scanlines(&codec, (spans[0].y - 16) / 16 * 16);
    uint8_t *line = malloc((size_t)3 * codec.output_width);
    sums all = {0};
    for (unsigned k = 0; k < rows;) {
        JDIMENSION y = codec.output_scanline;
        jpeg_read_scanlines(&codec, &line, 1);
        if (y != spans[k].y) continue;
        add(&all, line + 3 * (size_t)(spans[k].start - left), spans[k].end - spans[k].start);
        k++;
    }
    double count = 0;
    for (int v = 0; v < 256; v++) count += all.levels[0][v];
    channel channels[3];
    for (int k = 0; k < 3; k++) channels[k] = channel_of(all.levels[k], count);
    double correlations = 0;
    for (int k = 0; k < 3; k++) {
        channel one = channels[k], other = channels[(k + 1) % 3];
        correlations += ((double)all.products[k] / count - one.mean * other.mean) / (one.deviation * other.deviation);
    }
    free(line);
    jpeg_destroy_decompress(&codec);
    fclose(file);
    /* What was worked out has to be used, or a compiler leaves it out. */
    if (!isfinite(correlations) || channels[0].quantiles[6] < channels[0].quantiles[0]) exit(1);
    return channels[1].mean / (channels[0].mean + channels[1].mean + channels[2].mean);
}

int main(int argc, char **argv) {
    if (argc < 3) return 2;
    FILE *file = fopen(argv[1], "r");
    if (file == NULL) { perror(argv[1]); return 1; }
    unsigned rows = 0;
    while (rows < MOST_ROWS && fscanf(file, "%u %u %u", &spans[rows].y, &spans[rows].start, &spans[rows].end) == 3) rows++;
    fclose(file);
    if (rows == 0) return 2;
    for (int k = 2; k < argc; k++) printf("%s%.9f", k == 2 ? "[" : ", ", gcc_of(argv[k], rows));
    puts("]");
    return 0;
}
