/* Compressing for suites: small and simple, and bombs. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SUPPORT_GZIP_H
#define TESTS_SUPPORT_GZIP_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A gzip file (RFC 1952) of one block in the fixed code of RFC 1951. */
typedef struct gzip {
    unsigned char *out;
    size_t size;
    unsigned bits;
    int count;
    uint32_t crc;
    uint32_t length;
} gzip;

static inline void
gzip_bit(gzip *self, unsigned bit)
{
    self->bits |= bit << self->count;
    if (++self->count == 8) {
        self->out[self->size++] = (unsigned char)self->bits;
        self->bits = 0;
        self->count = 0;
    }
}

/* Huffman codes go out with their first bit first. */
static inline void
gzip_code(gzip *self, unsigned code, int length)
{
    while (length-- > 0) {
        gzip_bit(self, (code >> length) & 1);
    }
}

static inline void
gzip_begin(gzip *self, unsigned char *out)
{
    static const unsigned char head[] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};

    memset(self, 0, sizeof *self);
    self->out = out;
    memcpy(out, head, sizeof head);
    self->size = sizeof head;
    self->crc = 0xffffffff;
    gzip_bit(self, 1); /* the last block, */
    gzip_bit(self, 1); /* of the fixed code */
    gzip_bit(self, 0);
}

static inline void
gzip_text(gzip *self, const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned byte = (unsigned char)*text;

        gzip_code(self, 0x30 + byte, 8); /* those below 144 */
        self->length++;
        self->crc ^= byte;
        for (int i = 0; i < 8; i++) {
            self->crc = (self->crc >> 1) ^ (0xedb88320 & -(self->crc & 1));
        }
    }
}

/* The last byte 258 times more; the checksum is not kept. */
static inline void
gzip_repeat(gzip *self)
{
    gzip_code(self, 0xc5, 8); /* length 258 */
    gzip_code(self, 0, 5);    /* distance 1 */
}

static inline size_t
gzip_end(gzip *self)
{
    gzip_code(self, 0, 7);
    while (self->count != 0) {
        gzip_bit(self, 0);
    }
    for (int i = 0; i < 4; i++) {
        self->out[self->size++] =
            (unsigned char)((self->crc ^ 0xffffffff) >> (8 * i));
    }
    for (int i = 0; i < 4; i++) {
        self->out[self->size++] = (unsigned char)(self->length >> (8 * i));
    }
    return self->size;
}

#endif
