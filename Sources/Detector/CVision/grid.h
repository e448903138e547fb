#ifndef SS_VISION_GRID_H
#define SS_VISION_GRID_H

#include "CVision.h"

enum { SS_VISION_LARGEST_GRID = 64, SS_VISION_CELL_SIDE = 8 };

/// Points of a rectangle of the base picture, `side` x `side` of them, and where a warp takes them in the query.
typedef struct ss_vision_grid {
  int side;
  /// Left, top, width and height as shares of the base picture.
  float rect[4];
  /// Luma of the base, and its derivatives from point to point.
  float base[SS_VISION_LARGEST_GRID * SS_VISION_LARGEST_GRID];
  float gx[SS_VISION_LARGEST_GRID * SS_VISION_LARGEST_GRID], gy[SS_VISION_LARGEST_GRID * SS_VISION_LARGEST_GRID];
  /// Whether a part of the base is painted over, and then 1 where it is not.
  int is_painted;
  float shown[SS_VISION_LARGEST_GRID * SS_VISION_LARGEST_GRID];
  /// Luma of the query, and 1 where the point is inside it and neither picture is painted over there.
  float query[SS_VISION_LARGEST_GRID * SS_VISION_LARGEST_GRID], valid[SS_VISION_LARGEST_GRID * SS_VISION_LARGEST_GRID];
  /// How much a point counts in the next estimate.
  float weight[SS_VISION_LARGEST_GRID * SS_VISION_LARGEST_GRID];
} ss_vision_grid;

/// What base and query have in common in one cell of 8 x 8 points.
typedef struct ss_vision_cell {
  /// Points inside both pictures; under 16 the cell says nothing, and the rest is 0.
  float count;
  /// Correlation, -1...1; towards 0 in flat cells.
  float correlation;
  /// Standard deviation of the flatter of the two, in levels of luma.
  float contrast;
} ss_vision_cell;

/// Samples the base and differentiates it.
void ss_vision_take_base(ss_vision_grid *grid, const float *picture, int side, const float rect[4]);
/// Samples the query where the warp takes the points.
void ss_vision_take_query(ss_vision_grid *grid, const float *picture, const float warp[6]);
/// One cell, by its first point.
ss_vision_cell ss_vision_cell_at(const ss_vision_grid *grid, int left, int top);
/// Two planes of n x n pixels, one behind the other, between their pixels; u and v are shares of their sides.
void ss_vision_sample_pair(const float *planes, int n, float u, float v, float out[2]);

#endif
