"""The Excel add-in as one file, ``ftroi.xlam``, built where it is used and readable by whoever has to allow it."""



__all__ = []
