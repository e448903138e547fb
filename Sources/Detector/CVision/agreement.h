#ifndef SS_VISION_AGREEMENT_H
#define SS_VISION_AGREEMENT_H

#include "grid.h"

/// How many cells agree.
float ss_vision_agreeing_cells(const ss_vision_grid *grid);
/// Correlation of base and query over the points inside both, -1...1; 0 for fewer than 16.
float ss_vision_correlation(const ss_vision_grid *grid);
/// Fills in the features of an alignment, all but those that tell of its course.
void ss_vision_agree(const ss_vision_grid *grid, const float *base, const float *query, const float warp[6],
                     ss_vision_agreement *out);

#endif
