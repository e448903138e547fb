"""The second implementation on kept and on fresh certificates."""


def check(table, bench):
    pass
