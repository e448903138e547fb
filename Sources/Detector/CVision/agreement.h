#ifndef CVISION_AGREEMENT_H
#define CVISION_AGREEMENT_H

#include "grid.h"

/// How many cells agree.
float CVAgreeingCells(const CVGrid *grid);
/// Correlation of base and query over the points inside both, -1...1; 0 for fewer than 16.
float CVCorrelation(const CVGrid *grid);
/// Fills in the features of an alignment, all but those that tell of its course.
void CVAgree(const CVGrid *grid, const float *base, const float *query, const float warp[6], CVAgreement *out);

#endif
