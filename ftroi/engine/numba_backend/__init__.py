"""The numba backend: the loop over the months, compiled for many draws.

`program` writes a program that calls compiled months; `month_kernel` writes their source, with what is computed once
before the months (`prologue`), powers that become running products (`growth`) and the printed formulas
(`expression_printer`); `compile` compiles the source and caches it on disk.
"""
