#ifndef CVISION_H
#define CVISION_H

#include <stddef.h>
#include <stdint.h>

// The pixel work of the near-duplicate detector. Every function gives the same bits on every machine: no fused
// multiply-add, no sum whose order depends on the instruction set.

/// Side of a canonical picture, in pixels.
#define SS_VISION_CANONICAL_SIDE 128
/// Side of a view, in pixels.
#define SS_VISION_VIEW_SIDE 32
/// Numbers of a gradient histogram: 4 x 4 cells of 8 orientations.
#define SS_VISION_GRADIENT_COUNT 128

/// What a view shows at least to be compared, as `ss_vision_view_detail` counts.
#define SS_VISION_LEAST_DETAIL 4

/// Finds the part of a picture inside its uniform borders (letterbox, frame, white margin), at most 2/5 from each side.
///
/// luma: height rows of width floats, at least 1 x 1.
/// rect: left, top, width and height of what is left: the whole picture where that would be less than a fifth of a
/// side.
void ss_vision_trim_borders(const float *luma, size_t width, size_t height, size_t rect[4]);

/// Scales a part of a plane to side x side: each pixel is the mean of the area it covers, or, where the plane has fewer
/// pixels, interpolated between the nearest two along each axis.
///
/// plane: rows of `stride` floats. left, top, width, height: the part, inside the plane, at least 1 x 1.
/// side: at most 128. out: side * side, row-major.
void ss_vision_scale(const float *plane, size_t stride, size_t left, size_t top, size_t width, size_t height,
                     size_t side, float *out);

/// Rounds levels to the nearest of 0...255. out: count.
void ss_vision_round(const float *levels, size_t count, uint8_t *out);

/// The levels of bytes as numbers. out: count.
void ss_vision_widen(const uint8_t *levels, size_t count, float *out);

/// Takes the colour of an image's pixels: BT.601 Cb and Cr about 128, of the middle pixel of each block.
///
/// rgba: rows of `stride` pixels of four channels, `channel_size` bytes each, big-endian: 65,535 of two is 255 of one.
/// width, height: blocks of `factor` x `factor` pixels. blue, red: width * height.
void ss_vision_chroma(const uint8_t *rgba, size_t channel_size, size_t stride, size_t width, size_t height,
                      size_t factor, float *blue, float *red);

/// Whether every pixel is opaque.
///
/// rgba: `count` pixels of four channels of `channel_size` bytes, 1 or 2.
int ss_vision_is_opaque(const uint8_t *rgba, size_t count, size_t channel_size);

/// Lays a picture on the ground on which it shows: white, which most programs take, or black where all that is visible
/// is so close to white that it would vanish. Where nothing is visible, the colours are taken as they are.
///
/// rgba: `count` pixels, straight alpha, big-endian where a channel has two bytes. out: as many, opaque.
void ss_vision_flatten(const uint8_t *rgba, size_t count, size_t channel_size, uint8_t *out);

/// How levels are stretched: `(level - middle) * gain + 127.5`, cut to 0...255.
typedef struct ss_vision_stretch {
  float gain, middle;
} ss_vision_stretch;

/// Finds how the levels of a dark or flat picture are stretched so that it shows.
///
/// A picture is stretched where its levels span fewer than 32, or fewer than 64 if it would show too little as it is
/// (ss_vision_view_detail below 4); the darkest and the brightest 1/200 of the samples do not count. What is noise, and
/// no more, stays as it is. If the whole is not stretched, what is inside its borders may be.
///
/// luma: height rows of width levels, 0...255, at least 1 x 1. is_lossy: whether a JPEG has left noise of its own.
/// Returns 1, or 0 where the picture is shown as it is.
int ss_vision_find_stretch(const float *luma, size_t width, size_t height, int is_lossy, ss_vision_stretch *out);

/// Stretches luma. out: count; may be `luma`.
void ss_vision_stretch_luma(const float *luma, size_t count, ss_vision_stretch stretch, float *out);

/// Stretches Cb or Cr about 128. out: count; may be `colour`.
void ss_vision_stretch_colour(const float *colour, size_t count, ss_vision_stretch stretch, float *out);

/// Makes opaque pixels of one byte a channel, stretched; of a gain of 1 about 127.5 they are as stored, rounded.
///
/// rgba: `count` pixels of four channels of `channel_size` bytes; alpha is passed over. out: 4 * count.
void ss_vision_show_pixels(const uint8_t *rgba, size_t count, size_t channel_size, ss_vision_stretch stretch,
                           uint8_t *out);

/// Cuts a view from a canonical picture: each of its 32 x 32 pixels is the mean of the block it covers.
///
/// left, top, width, height: in pixels of the canonical picture; width and height are multiples of 32.
/// out: 32 x 32, row-major.
void ss_vision_cut_view(const float *canonical, size_t left, size_t top, size_t width, size_t height, float *out);

/// The gradient histogram of a view of 32 x 32 pixels: 4 x 4 cells (rows first) of 8 orientations, length 1, square
/// roots taken.
///
/// out: 128 floats, `(row * 4 + column) * 8 + bin`.
/// Returns the length of the histogram before it was scaled to 1: how much the view shows.
float ss_vision_gradient_histogram(const float *view, float *out);

/// Numbers of a descriptor.
#define SS_VISION_DESCRIPTOR_COUNT 64

/// What a view shows beyond soft shading: the standard deviation, in levels of luma, of what the best surface of second
/// degree leaves of its 32 x 32 pixels.
float ss_vision_view_detail(const float *view);

/// The table of the projection: what is subtracted from a histogram, and a row of 64 for each of its 128 numbers.
extern const float ss_vision_projection_mean[SS_VISION_GRADIENT_COUNT];
extern const float ss_vision_projection_rows[SS_VISION_GRADIENT_COUNT][SS_VISION_DESCRIPTOR_COUNT];
/// What a descriptor becomes when its picture is turned or mirrored: number i of the result is
/// `sign[i] * number source[i]`. By EXIF orientation, less 1. The numbers whose sign changes in the mirror come first.
extern const uint8_t ss_vision_orientation_source[8][SS_VISION_DESCRIPTOR_COUNT];
extern const int8_t ss_vision_orientation_sign[8][SS_VISION_DESCRIPTOR_COUNT];

/// The descriptor of a picture that was turned or mirrored. orientation: 1...8, as EXIF counts. out: 64 numbers.
void ss_vision_orient(const int8_t *descriptor, int orientation, int8_t *out);

/// Projects a gradient histogram to 64 numbers of length 254, rounded and clipped to -127...127.
void ss_vision_project(const float *histogram, int8_t *out);

/// Side of the smallest level of a comparison picture.
#define SS_VISION_SMALLEST_SIDE 16
enum {
  /// Numbers of a comparison picture's luma: levels of 128, 64, 32 and 16 pixels a side.
  SS_VISION_PYRAMID_COUNT = 128 * 128 + 64 * 64 + 32 * 32 + 16 * 16,
  /// Where the part that is painted over stands in a comparison picture: left, top, right and bottom as shares of its
  /// sides,
  /// all 0 where there is none.
  SS_VISION_PAINT = SS_VISION_PYRAMID_COUNT + 2 * SS_VISION_VIEW_SIDE * SS_VISION_VIEW_SIDE,
  /// Numbers of a comparison picture: its luma, then Cb and Cr of 32 x 32 pixels, then its paint.
  SS_VISION_PICTURE_COUNT = SS_VISION_PAINT + 4,
};

/// Finds what was painted over a picture: one rectangle of one level with straight edges, which may hold writing, of
/// 1/20 to 9/25 of the picture. A caption's box or a block that covers a part is one; plain ground is none.
///
/// luma: height rows of width levels, each side 1...128; sides under 16 have none. rect: left, top, width and height in
/// pixels. Returns 1, or 0 where nothing is painted over; then `rect` stays as it is.
int ss_vision_find_paint(const uint8_t *luma, size_t width, size_t height, size_t rect[4]);

/// Covers a rectangle of a plane by what stands at its four edges, the nearest the most.
///
/// plane: height rows of width numbers. rect: left, top, width and height, inside the plane and smaller than it.
void ss_vision_cover_paint(float *plane, size_t width, size_t height, const size_t rect[4]);

/// Fills in the smaller levels of a comparison picture whose first level is there: each pixel is the mean of four.
void ss_vision_fill_pyramid(float *picture);

/// What an alignment is judged by. All are without a unit; logarithms are natural.
enum {
  /// Cells of the view that agree before anything moved, 0...16.
  SS_VISION_START_CELLS,
  /// Correlation after the alignment of 16 x 16 points, -1...1; 0 where that failed.
  SS_VISION_COARSE,
  /// Correlation of the first and of the second derivatives, -1...1.
  SS_VISION_GRADIENT,
  SS_VISION_LAPLACIAN,
  /// Correlation of the luma, -1...1.
  SS_VISION_CORRELATION,
  /// Mean and quantiles of the cells' correlations, -1...1.
  SS_VISION_CELLS_MEAN,
  SS_VISION_CELLS_TENTH,
  SS_VISION_CELLS_THIRD,
  SS_VISION_CELLS_MEDIAN,
  SS_VISION_CELLS_UPPER,
  SS_VISION_CELLS_BEST,
  /// Share of the detail that lies in cells that agree, 0...1.
  SS_VISION_AGREEING_SHARE,
  /// Log of 1 + the detail in cells that agree, and in all, in cells of 1/16 of the common part.
  SS_VISION_AGREEING_DETAIL,
  SS_VISION_DETAIL,
  /// Log of the share of the two pictures that is common: of the one that is covered more, and of the other.
  SS_VISION_LARGER_OVERLAP,
  SS_VISION_SMALLER_OVERLAP,
  /// Log of the ratio of the warp's singular values, as against its start, 0...2.
  SS_VISION_STRETCH,
  /// Correlation of the colours, -1...1; log of 1 + their standard deviations; the first times the smaller of those.
  SS_VISION_COLOUR,
  SS_VISION_BASE_COLOUR,
  SS_VISION_QUERY_COLOUR,
  SS_VISION_COLOUR_WEIGHED,
  /// Log of 1 + the distance of the mean colours.
  SS_VISION_COLOUR_SHIFT,
  /// Size of the log of the gain from base to query.
  SS_VISION_GAIN,
  /// Log of 1 + what the gain leaves, + the standard deviation of the base, + the distance of the means, in levels of
  /// luma.
  SS_VISION_RESIDUAL,
  SS_VISION_CONTRAST,
  SS_VISION_LIGHT_SHIFT,
  /// Correlation of the first and of the second derivatives in the cells that agree, -1...1.
  SS_VISION_AGREEING_GRADIENT,
  SS_VISION_AGREEING_LAPLACIAN,
  SS_VISION_FEATURE_COUNT
};

/// How one picture lies on another.
typedef struct ss_vision_agreement {
  /// Takes (u, v) of the base to (w0 u + w1 v + w2, w3 u + w4 v + w5) of the query; both as shares of the sides.
  float warp[6];
  /// The smallest rectangle of the base that holds what both show: left, top, width, height as shares of the sides.
  float rect[4];
  /// Share of the smaller picture that both show, 0...1.
  float overlap;
  float features[SS_VISION_FEATURE_COUNT];
} ss_vision_agreement;

/// Aligns two comparison pictures by the affine warp that explains the query's luma best, and measures their likeness.
///
/// Gauss-Newton on 16 x 16, then 32 x 32 points of a view of the base, then on all that both show. Each step regresses
/// the warped query on the base, the base's derivatives by the six numbers of the warp, and 1, so that brightness and
/// contrast do not matter. Cells of 8 x 8 points whose correlation is low lose their weight, so that paint over a part
/// of a picture does not draw the rest away.
///
/// start: the warp that the matching views suggest. view: the base's view, as shares of its sides.
/// excess: how far the cosine of the views is above what chance brings: the less, the sooner the alignment gives up.
/// side: points a side of the last grid, 32 or 64. out: zeroed by the caller.
/// Returns 1, or 0 where the pictures do not lie on each other at all; then `out` stays as it is.
/// Source: Baker, Matthews: Lucas-Kanade 20 Years On: A Unifying Framework, IJCV 56 (2004), section 3.
int ss_vision_align(const float *base, const float *query, const float start[6], const float view[4], float excess,
                    int side, ss_vision_agreement *out);

/// Describes a part of a comparison picture that need not be upright by 64 numbers.
///
/// picture: its levels of luma. w: takes (u, v) of the part to (w0 u + w1 v + w2, w3 u + w4 v + w5) of the picture,
/// both as shares of the sides, any finite numbers; points outside are those at the nearest edge. Returns 1, or 0 where
/// the part shows too little; then `out` stays as it is.
int ss_vision_describe_part(const float *picture, const float w[6], int8_t *out);

/// The same of an upright view: see `ss_vision_cut_view`.
int ss_vision_describe_view(const float *picture, size_t left, size_t top, size_t width, size_t height, int8_t *out);

/// Finds what stands on the ground of a part: the smallest rectangle that holds all that differs from the level along
/// the part's edges, noise and compression left aside.
///
/// picture, w: see `ss_vision_describe_part`. rect: left, top, width and height as shares of the part's sides.
/// Returns 1, or 0 where there is no ground around it; then `rect` says nothing.
int ss_vision_find_content(const float *picture, const float w[6], float rect[4]);

/// Finds the pictures that a mosaic or collage is made of: cuts it where its luma steps most along a whole line, and
/// each half again.
///
/// luma: 128 x 128. tiles: left, top, width and height of each as shares of the sides, from left to right or from top
/// to bottom. Returns how many: 2 to 4, or 0 where nothing looks like a line.
int ss_vision_find_tiles(const float *luma, float tiles[4][4]);

/// What tells a copy from a picture that is only alike. All are without a unit; logarithms are natural.
enum {
  /// How much better cells fit in their place than shifted by 2 or 3 points, as a share of what a shift would show,
  /// -1...1.2. Copies have 0.5 or more, look-alikes less than 0.
  SS_VISION_SHIFT_GAP,
  /// Log of 1 + 4 times the cells in which a shift would show: how much evidence there is.
  SS_VISION_TELLING_CELLS,
  /// Mean correlation of the cells in their place, each by how much a shift would show in it, -1...1.
  SS_VISION_TELLING_FIT,
  /// Share of the cells that fit best where they are, to a point, 0...1.
  SS_VISION_IN_PLACE,
  /// Correlation in place, by the detail that either of the two has, 0...1: low where one has what the other has not.
  SS_VISION_SHARED_DETAIL,
  /// The lower quartile of the cells' gaps, -1...1.2.
  SS_VISION_SHIFT_GAP_LOWER,
  /// Median and upper quartile of the cells' correlations in place, -1...1.
  SS_VISION_FIT_MEDIAN,
  SS_VISION_FIT_UPPER,
  /// Correlation of the detail of less than 2 points, and of 2 to 4 points, as inverse hyperbolic tangents.
  SS_VISION_FINEST_COHERENCE,
  SS_VISION_FINE_COHERENCE,
  /// How exactly each explains the other once a blur, another contrast, a small shift and noise are allowed for: log of
  /// 1 over the share of detail left unexplained, 0...5.6. Only where one of the two has fewer than 64 pixels on a
  /// side; else 0.
  SS_VISION_EXPLAINED,
  SS_VISION_EVIDENCE_COUNT
};

/// Looks at the fine detail of two pictures that lie on each other: whether it is in the same places.
///
/// Both are sampled over what they have in common, at the resolution of the poorer of the two and 128 points a side at
/// most, in cells of 16 x 16 points, or of 8 x 8 where a side has fewer than 92.
///
/// base, query: comparison pictures. agreement: how they lie on each other. base_size, query_size: width and height of
/// the pictures inside their borders, in pixels, 1...128; larger ones count as 128.
/// evidence: SS_VISION_EVIDENCE_COUNT numbers.
void ss_vision_weigh_evidence(const float *base, const float *query, const ss_vision_agreement *agreement,
                              const int base_size[2], const int query_size[2], float *evidence);

#endif
