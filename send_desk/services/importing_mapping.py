"""A person's own mapping of columns, remembered for every list that has the same headings."""

from collections.abc import Mapping, Sequence

from send_desk.domain.errors import WrongUse

from .desk import Desk
from .importing_layouts import MAPPING, same, saved_mapping
from .tables import Table


def remember_mapping(desk: Desk, tables: Sequence[Table], columns: Mapping[str, str]) -> None:
    """Keep what each column holds, for the first table whose headings name all of these columns.

    A heading mapped to nothing is left aside. Raise WrongUse where no table has the columns, or a field is unknown.
    """
    wanted = {same(heading) for heading in columns}
    for table in tables:
        for _, cells in table.rows[:10]:
            if wanted <= {same(cell) for cell in cells if cell}:
                key, value = saved_mapping(cells, columns)
                known = desk.store.setting(MAPPING)
                with desk.store.write() as unit:
                    unit.put_setting(MAPPING, {**(known if isinstance(known, dict) else {}), key: value})
                return
    raise WrongUse("None of these lists has all the columns that were mapped; nothing was imported.")
