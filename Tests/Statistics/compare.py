"""Compares p-values and intervals with SciPy's on 200 generated tables. Usage: compare.py PROGRAM

PROGRAM is the target statistics-table. Prints the largest difference of each quantity; status 1 when one is above 1e-6.
"""

import math
import subprocess
import sys

import numpy
import scipy
from scipy import stats
from scipy.spatial.distance import jensenshannon

TOLERANCE = 1e-6
Z = stats.norm.isf(0.025)


def tables(random):
    """200 tables: small and large, sparse and dense, two classes and many; numbers with and without ties; p-values."""
    made = []
    for index in range(140):
        classes = 2 if index % 3 == 0 else int(random.integers(3, 120))
        images = int(10 ** random.uniform(1, 6))
        shares = random.dirichlet(numpy.full(classes, [0.2, 1, 20][index % 3]))
        # Every other table has other shares in the second split.
        others = shares if index % 2 == 0 else random.dirichlet(shares * 200 + 0.01)
        first = random.multinomial(images, shares)
        second = random.multinomial(max(1, int(images * random.uniform(0.05, 1))), others)
        made.append(("counts", [first.tolist(), second.tolist()]))
    for index in range(40):
        count, other = (int(10 ** random.uniform(0.5, 3.5)) for _ in range(2))
        first = random.normal(size=count)
        second = random.normal(loc=random.uniform(0, 1), scale=random.uniform(0.5, 2), size=other)
        digits = [0, 1, 12][index % 3]  # Rounded to whole numbers nearly all values are tied.
        made.append(("values", [numpy.round(first, digits).tolist(), numpy.round(second, digits).tolist()]))
    for index in range(20):
        values = random.uniform(size=int(random.integers(1, 200))) ** random.uniform(1, 6)
        made.append(("pvalues", [values.tolist()]))
    return made


def wilson(count, total):
    interval = stats.binomtest(count, total).proportion_ci(0.95, method="wilson")
    return interval.low, interval.high


def expected_counts(first, second):
    a, b = numpy.array(first), numpy.array(second)
    n, m = int(a.sum()), int(b.sum())
    expected = {}
    for i, (x, y) in enumerate(zip(first, second)):
        expected[f"fisher.{i}"] = stats.fisher_exact([[x, n - x], [y, m - y]]).pvalue
        low, high = wilson(x, n)
        other_low, other_high = wilson(y, m)
        expected[f"wilson.low.{i}"], expected[f"wilson.high.{i}"] = low, high
        # Newcombe 1998, method 10, written out.
        p, q = x / n, y / m
        expected[f"newcombe.low.{i}"] = q - p - math.sqrt((q - other_low) ** 2 + (high - p) ** 2)
        expected[f"newcombe.high.{i}"] = q - p + math.sqrt((other_high - q) ** 2 + (p - low) ** 2)
        # A class that is all of both splits has no interval with SciPy, and one with half an image added here.
        if x > 0 and y > 0 and (x < n or y < m):
            interval = stats.contingency.relative_risk(y, m, x, n).confidence_interval()
            expected[f"ratio.low.{i}"], expected[f"ratio.high.{i}"] = interval.low, interval.high
    kept = a + b > 0
    a, b, k = a[kept], b[kept], int(kept.sum())
    table = numpy.array([a, b])
    if k > 1:
        pearson = stats.chi2_contingency(table, correction=False)
        g = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")
        statistic, degrees = pearson.statistic, pearson.dof
        expected |= {"pearson": statistic, "pearson.p": pearson.pvalue, "g": g.statistic, "g.p": g.pvalue}
        expected["expected.least"] = pearson.expected_freq.min()
        expected["expected.small"] = (pearson.expected_freq < 5).mean()
        expected["quantile"] = stats.chi2.isf(0.05, degrees)
        expected["assignment.statistic"] = statistic
        # Bergsma 2013, written out.
        total = n + m
        phi = max(0, statistic / total - (k - 1) / (total - 1))
        rows, columns = 2 - 1 / (total - 1), k - (k - 1) ** 2 / (total - 1)
        least = min(rows, columns) - 1
        expected["v"] = min(1, math.sqrt(phi / least)) if least > 0 else 0
        if k == 2:
            expected["assignment.p"] = chi_square_exact(int(a[0]), n, int(b[0]), m)
    p, q = a / n, b / m
    expected["tvd"] = numpy.abs(p - q).sum() / 2
    distance = jensenshannon(p, q, base=2)
    expected["js"] = 0 if math.isnan(distance) else distance
    p, q = (a + 0.5) / (n + k / 2), (b + 0.5) / (m + k / 2)
    expected["psi"] = ((p - q) * numpy.log(p / q)).sum()
    return expected


def chi_square_exact(x, n, y, m):
    """The chance of a chi-square at least as large, over all 2 x 2 tables of these sums."""
    marked = x + y
    counts = numpy.arange(max(0, marked - m), min(marked, n) + 1)
    statistic = numpy.abs(counts - marked * n / (n + m))
    chance = stats.hypergeom.pmf(counts, n + m, marked, n)[statistic >= abs(x - marked * n / (n + m)) - 1e-9].sum()
    return min(1, chance)


def expected_values(first, second):
    a, b = numpy.array(first), numpy.array(second)
    n, m = len(a), len(b)
    distance = stats.ks_2samp(a, b).statistic
    ranks = stats.rankdata(numpy.concatenate([a, b]))
    area = (ranks[n:].sum() - m * (m + 1) / 2) / (n * m)
    pooled = math.sqrt((((a - a.mean()) ** 2).sum() + ((b - b.mean()) ** 2).sum()) / max(1, n + m - 2))
    return {
        "ks": distance,
        "ks.ranked": distance,
        "ks.p": stats.kstwobign.sf(math.sqrt(n * m / (n + m)) * distance),
        "smd": 0 if a.mean() == b.mean() else (b.mean() - a.mean()) / pooled if pooled > 0 else math.inf,
        "cliff": 2 * area - 1,
        "wasserstein": stats.wasserstein_distance(a, b),
        "auc": area,
    }


def expected_pvalues(values):
    expected = {f"bh.{i}": p for i, p in enumerate(stats.false_discovery_control(values))}
    # Holm 1979, written out.
    greatest = 0
    for rank, i in enumerate(numpy.argsort(values, kind="stable")):
        greatest = max(greatest, min(1, (len(values) - rank) * values[i]))
        expected[f"holm.{i}"] = greatest
    return expected


EXPECTED = {"counts": expected_counts, "values": expected_values, "pvalues": expected_pvalues}


def tolerance(name, expected):
    if name == "assignment.p":  # Of 9,999 draws: five standard errors.
        return 5 * math.sqrt(expected * (1 - expected) / 9_999) + 2e-4
    return TOLERANCE * max(1, abs(expected))


def main():
    made = tables(numpy.random.default_rng(20_260_401))
    text = "".join(f"{kind} {' '.join(','.join(map(repr, row)) for row in rows)}\n" for kind, rows in made)
    output = subprocess.run([sys.argv[1]], input=text, capture_output=True, text=True, check=True).stdout
    blocks = output.split("\n\n")[:-1]
    assert len(blocks) == len(made), f"{len(blocks)} answers to {len(made)} tables"
    worst, compared, failed = {}, 0, 0
    for (kind, rows), block in zip(made, blocks):
        found = dict(line.split(" ") for line in block.strip().split("\n"))
        for name, value in EXPECTED[kind](*rows).items():
            value = float(value)
            compared += 1
            difference = 0 if value == float(found[name]) else abs(float(found[name]) - value)
            scaled = difference / max(1, abs(value))
            quantity = name.rstrip("0123456789").rstrip(".")
            worst[quantity] = max(worst.get(quantity, 0), scaled)
            if not difference <= tolerance(name, value):
                failed += 1
                print(f"error: {name} is {found[name]} and SciPy says {value!r} of: {kind} {rows}"[:400])
    for quantity, difference in worst.items():
        print(f"{quantity:22} {difference:.1e}")
    print(f"{compared} values of {len(made)} tables compared with SciPy {scipy.__version__}: {failed} differ")
    sys.exit(1 if failed else 0)


main()
