"""Give the shapes of an earlier year to the communes of today."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import shapely

from boundaries.sources import Shape
from geocontracts.places.building.coverage import CoverageError


def shapes_of_communes(
    codes: Sequence[str],
    shapes: Sequence[Shape],
    successors: Mapping[str, Sequence[str]],
) -> list[tuple[int, shapely.Geometry]]:
    """Return (number of the commune, shape) for each shape of an earlier year.

    A commune of that year that leads to several is replaced by its communes
    déléguées, each of which leads to one.

    Args:
        codes: Codes of the communes wanted; the place in this list is the number.
        shapes: Rows of the earlier year, geometry in EPSG:4326.
        successors: Code of a commune of that year -> codes of today.

    Raises:
        CoverageError: A shape leads nowhere, or a commune has no shape.
    """
    numbers = {code: number for number, code in enumerate(codes)}
    delegated = defaultdict(list)
    for shape in shapes:
        if shape.kind == "COMD" and shape.parent:
            delegated[shape.parent].append(shape)
    found = []
    for whole in (s for s in shapes if s.kind == "COM"):
        parts = delegated[whole.code] if len(successors[whole.code]) > 1 else [whole]
        for part in parts:
            (code,) = successors.get(part.code, ()) if part is whole else (part.code,)
            if part.geometry is None or code not in numbers:
                msg = f"the shape of {part.code!r} is empty or leads to no commune"
                raise CoverageError(msg)
            found.append((numbers[code], part.geometry))
    missing = set(range(len(codes))) - {number for number, _ in found}
    if missing:
        msg = f"no shape for {[codes[number] for number in sorted(missing)]}"
        raise CoverageError(msg)
    return found
