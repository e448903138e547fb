#ifndef SS_VISION_SOLVE_H
#define SS_VISION_SOLVE_H

#include "lanes.h"

#include <math.h>

#pragma STDC FP_CONTRACT OFF

/// Solves n normal equations by Cholesky's method.
///
/// a: n x n, symmetric, row-major; overwritten. right: the right sides, and then the solution. Returns 0 where there is
/// none.
SS_VISION_INLINE int ss_vision_solve(int n, double *a, double *right) {
  for (int i = 0; i < n; i++) {
    double d = a[i * n + i];
    for (int m = 0; m < i; m++) d -= a[i * n + m] * a[i * n + m];
    if (!(d > 1e-12)) return 0;
    a[i * n + i] = sqrt(d);
    for (int j = i + 1; j < n; j++) {
      double s = a[j * n + i];
      for (int m = 0; m < i; m++) s -= a[j * n + m] * a[i * n + m];
      a[j * n + i] = s / a[i * n + i];
    }
  }
  for (int i = 0; i < n; i++) {
    for (int m = 0; m < i; m++) right[i] -= a[i * n + m] * right[m];
    right[i] /= a[i * n + i];
  }
  for (int i = n - 1; i >= 0; i--) {
    for (int m = i + 1; m < n; m++) right[i] -= a[m * n + i] * right[m];
    right[i] /= a[i * n + i];
  }
  return 1;
}

#endif
