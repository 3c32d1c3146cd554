#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "limits.h"
#include <tiffio.h>

typedef struct {
    const uint8_t *data;
    size_t length, at;
    size_t furthest; /* the end of what was asked for */
    pw_report *report;
} source;

typedef struct {
    pw_header header;
    uint16_t photometric, samples, bits;
    bool direct; /* rows can be read as they are; otherwise libtiff converts the whole picture */
} layout;

static tmsize_t take(thandle_t handle, void *into, tmsize_t count) {
    source *s = handle;
    size_t wanted = count < 0 ? 0 : (size_t)count, left = s->at < s->length ? s->length - s->at : 0;
    if (wanted > left) s->furthest = s->length + 1;
    if (wanted > left) wanted = left;
    memcpy(into, s->data + s->at, wanted);
    s->at += wanted;
    return (tmsize_t)wanted;
}

static tmsize_t refuse(thandle_t handle, void *from, tmsize_t count) {
    (void)handle, (void)from, (void)count;
    return 0;
}

static toff_t seek(thandle_t handle, toff_t offset, int from) {
    source *s = handle;
    toff_t base = from == SEEK_CUR ? s->at : from == SEEK_END ? s->length : 0;
    s->at = offset > SIZE_MAX - base ? SIZE_MAX : (size_t)(base + offset);
    if (s->at > s->length) s->furthest = s->at;
    return s->at;
}

static int leave_open(thandle_t handle) {
    (void)handle;
    return 0;
}

static toff_t length_of(thandle_t handle) { return ((source *)handle)->length; }

static int on_error(TIFF *file, void *user, const char *module, const char *format, va_list arguments) {
    (void)file, (void)module;
    source *s = user;
    if (s->report->message[0] == 0) {
        vsnprintf(s->report->message, PW_MESSAGE_LENGTH, format, arguments);
        s->report->offset = s->at < s->length ? s->at : s->length;
    }
    return 1;
}

static int on_warning(TIFF *file, void *user, const char *module, const char *format, va_list arguments) {
    (void)file, (void)module;
    source *s = user;
    if (s->report->note[0] == 0) vsnprintf(s->report->note, PW_MESSAGE_LENGTH, format, arguments);
    return 1;
}

static TIFF *open_source(source *s, const pw_limits *limits) {
    TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
    if (options == NULL) return NULL;
    uint64_t most = limits->max_pixels * 4 + limits->max_chunk_bytes;
    TIFFOpenOptionsSetMaxSingleMemAlloc(options, most > PTRDIFF_MAX ? PTRDIFF_MAX : (tmsize_t)most);
    TIFFOpenOptionsSetErrorHandlerExtR(options, on_error, s);
    TIFFOpenOptionsSetWarningHandlerExtR(options, on_warning, s);
    /* m: no memory mapping, the data is in memory already */
    TIFF *file = TIFFClientOpenExt("image", "rm", s, take, refuse, seek, leave_open, length_of, NULL, NULL, options);
    TIFFOpenOptionsFree(options);
    return file;
}

static pw_status fault(const source *s) { return s->furthest > s->length ? PW_TRUNCATED : PW_MALFORMED; }

static pw_status read_layout(TIFF *file, const source *s, const pw_limits *limits, layout *out) {
    memset(out, 0, sizeof *out);
    uint16_t planar = PLANARCONFIG_CONTIG, orientation = 1, format = SAMPLEFORMAT_UINT;
    pw_header *header = &out->header;
    if (!TIFFGetField(file, TIFFTAG_IMAGEWIDTH, &header->width) || !TIFFGetField(file, TIFFTAG_IMAGELENGTH,
        &header->height) ||
        header->width == 0 || header->height == 0) {
        if (s->report->message[0] == 0) pw_say(s->report->message, "the directory states no size");
        return fault(s);
    }
    TIFFGetFieldDefaulted(file, TIFFTAG_BITSPERSAMPLE, &out->bits);
    TIFFGetFieldDefaulted(file, TIFFTAG_SAMPLESPERPIXEL, &out->samples);
    TIFFGetFieldDefaulted(file, TIFFTAG_PLANARCONFIG, &planar);
    TIFFGetFieldDefaulted(file, TIFFTAG_ORIENTATION, &orientation);
    TIFFGetFieldDefaulted(file, TIFFTAG_SAMPLEFORMAT, &format);
    if (!TIFFGetField(file, TIFFTAG_PHOTOMETRIC, &out->photometric)) out->photometric = PHOTOMETRIC_MINISBLACK;
    bool grey = out->photometric == PHOTOMETRIC_MINISBLACK || out->photometric == PHOTOMETRIC_MINISWHITE;
    header->components = out->samples;
    header->bit_depth = out->bits;
    header->channels = grey ? 1 : 3;
    header->luma_across = header->luma_down = 1;
    header->orientation = orientation >= 1 && orientation <= 8 ? orientation : 1;
    if (!pw_fits(header->width, header->height, limits)) return PW_OVER_SIZE;
    if (format != SAMPLEFORMAT_UINT) {
        pw_say(s->report->message, "samples that are not whole numbers");
        return PW_UNSUPPORTED;
    }
    bool depth = out->bits == 8 || out->bits == 16 || (out->samples == 1 && (out->bits == 1 || out->bits == 2 ||
        out->bits == 4));
    bool color = (out->photometric == PHOTOMETRIC_RGB && out->samples >= 3) ||
                 (out->photometric == PHOTOMETRIC_PALETTE && out->samples == 1 && out->bits <= 8);
    out->direct = depth && (grey || color) && out->samples >= 1 && planar == PLANARCONFIG_CONTIG && !TIFFIsTiled(file);
    return PW_OK;
}

/* Sample `index` of a row as 8 bits, or as it is for palettes. A 16-bit value that is not zero stays so: masks ask for
   that. */
static uint8_t sample_at(const uint8_t *row, size_t index, unsigned bits, bool raw) {
    if (bits == 8) return row[index];
    if (bits == 16) {
        uint16_t value;
        memcpy(&value, row + 2 * index, sizeof value);
        return value != 0 && value < 256 ? 1 : (uint8_t)(value >> 8);
    }
    unsigned per_byte = 8 / bits, shift = 8 - bits * (unsigned)(index % per_byte + 1), most = (1u << bits) - 1;
    unsigned value = row[index / per_byte] >> shift & most;
    return (uint8_t)(raw ? value : value * 255 / most);
}

static pw_status read_direct(TIFF *file, const source *s, const layout *image, uint8_t *out) {
    uint16_t *palette[3] = {NULL, NULL, NULL};
    bool indexed = image->photometric == PHOTOMETRIC_PALETTE;
    if (indexed && !TIFFGetField(file, TIFFTAG_COLORMAP, &palette[0], &palette[1], &palette[2])) return PW_MALFORMED;
    size_t width = image->header.width, channels = image->header.channels,
        needed = (width * image->samples * image->bits + 7) / 8;
    tmsize_t row_length = TIFFScanlineSize(file);
    if (row_length <= 0 || (size_t)row_length < needed) return PW_MALFORMED;
    uint8_t *row = malloc((size_t)row_length);
    if (row == NULL) return PW_NO_MEMORY;
    uint8_t flip = image->photometric == PHOTOMETRIC_MINISWHITE ? 255 : 0;
    uint32_t y = 0;
    for (; y < image->header.height && TIFFReadScanline(file, row, y, 0) == 1; y++) {
        for (size_t x = 0; x < width; x++, out += channels) {
            if (indexed) {
                uint8_t index = sample_at(row, x, image->bits, true);
                for (int k = 0; k < 3; k++) out[k] = (uint8_t)(palette[k][index] >> 8);
            } else {
                for (size_t k = 0; k < channels; k++) out[k] = sample_at(row, x * image->samples + k, image->bits,
                    false) ^ flip;
            }
        }
    }
    free(row);
    if (y == image->header.height) return PW_OK;
    if (y == 0) return fault(s);
    s->report->damaged = true;
    s->report->rows_good = s->report->rows_coarse = y;
    return PW_OK;
}

static pw_status read_converted(TIFF *file, const source *s, const layout *image, uint8_t *out) {
    size_t count = (size_t)image->header.width * image->header.height;
    uint32_t *pixels = malloc(count * sizeof *pixels);
    if (pixels == NULL) return PW_NO_MEMORY;
    /* asking for the file's own orientation leaves the rows as they are stored */
    int done = TIFFReadRGBAImageOriented(file, image->header.width, image->header.height, pixels,
        (int)image->header.orientation, 1);
    if (done == 1) {
        for (size_t i = 0; i < count; i++, out += image->header.channels) {
            out[0] = (uint8_t)TIFFGetR(pixels[i]);
            if (image->header.channels < 3) continue;
            out[1] = (uint8_t)TIFFGetG(pixels[i]);
            out[2] = (uint8_t)TIFFGetB(pixels[i]);
        }
    }
    free(pixels);
    if (done == 1) return PW_OK;
    return s->furthest > s->length ? PW_TRUNCATED : PW_UNSUPPORTED;
}

static pw_status perform(source *s, const pw_limits *limits, pw_header *header, uint8_t *out, size_t out_length) {
    memset(s->report, 0, sizeof *s->report);
    TIFF *file = open_source(s, limits);
    if (file == NULL) return fault(s);
    layout image;
    pw_status status = read_layout(file, s, limits, &image);
    if (header != NULL) *header = image.header;
    if (status == PW_OK && out != NULL) {
        size_t row = (size_t)image.header.width * image.header.channels;
        if (out_length / row < image.header.height) {
            status = PW_BAD_REQUEST;
        } else {
            memset(out, PW_MISSING, out_length);
            status = image.direct ? read_direct(file, s, &image, out) : read_converted(file, s, &image, out);
        }
    }
    TIFFClose(file);
    return status;
}

pw_status pw_tiff_header(const uint8_t *data, size_t length, const pw_limits *limits, pw_header *header,
    pw_report *report) {
    source s = {.data = data, .length = length, .report = report};
    return perform(&s, limits, header, NULL, 0);
}

pw_status pw_tiff_read(const uint8_t *data, size_t length, const pw_limits *limits, uint8_t *out, size_t out_length,
    pw_report *report) {
    source s = {.data = data, .length = length, .report = report};
    return perform(&s, limits, NULL, out, out_length);
}
