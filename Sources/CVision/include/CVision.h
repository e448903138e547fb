#ifndef CVISION_H
#define CVISION_H

#include <stddef.h>
#include <stdint.h>

// The pixel work of the near-duplicate detector. Every function gives the same bits on every machine: no fused
// multiply-add, no sum whose order depends on the instruction set.

/// Side of a canonical picture, in pixels.
#define CV_CANONICAL_SIDE 128
/// Side of a view, in pixels.
#define CV_VIEW_SIDE 32
/// Numbers of a gradient histogram: 4 x 4 cells of 8 orientations.
#define CV_GRADIENT_COUNT 128

/// Scales a part of a plane of luma to 128 x 128: each pixel is the mean of the area it covers, or, where the plane has
/// fewer pixels, interpolated between the nearest two along each axis.
///
/// luma: rows of `stride` floats. left, top, width, height: the part, inside the plane, at least 1 x 1.
/// out: 128 x 128, row-major.
void CVCanonicalPicture(
  const float *luma, size_t stride, size_t left, size_t top, size_t width, size_t height, float *out);

/// Cuts a view from a canonical picture: each of its 32 x 32 pixels is the mean of the block it covers.
///
/// left, top, width, height: in pixels of the canonical picture; width and height are multiples of 32.
/// out: 32 x 32, row-major.
void CVCutView(const float *canonical, size_t left, size_t top, size_t width, size_t height, float *out);

/// The gradient histogram of a view of 32 x 32 pixels: 4 x 4 cells (rows first) of 8 orientations, length 1, square
/// roots taken.
///
/// out: 128 floats, `(row * 4 + column) * 8 + bin`.
/// Returns the length of the histogram before it was scaled to 1: how much the view shows.
float CVGradientHistogram(const float *view, float *out);

/// Side of the smallest level of a pyramid.
#define CV_SMALLEST_SIDE 16
#define CV_PYRAMID_COUNT (128 * 128 + 64 * 64 + 32 * 32 + 16 * 16)
typedef struct {
  float warp[6];
  float rect[4];
  float coarse, middle, gradient, laplacian, area;
} CVAgreement;
void CVPyramid(const float *canonical, float *out);
int CVAlign(const float *base, const float *query, const float start[6], const float view[4], int level, CVAgreement *out, float *cells);

#endif
