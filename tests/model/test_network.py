"""Links: everybody has as many, nobody is linked with himself, parks are apart."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cleanpark.model.network import complete, links


@given(seed=st.integers(0, 1000), count=st.integers(30, 80))
def test_links_stay_in_the_park_and_are_equally_many(seed: int, count: int) -> None:
    generator = np.random.default_rng(seed)
    park = np.sort(generator.integers(0, 2, count)).astype(np.int32)
    sector = generator.integers(0, 2, count).astype(np.int32)
    found = links(park, sector, generator.random((count, 3)))
    assert (np.diff(found.offsets) == 6).all()
    of = np.repeat(np.arange(count), 6)
    assert (park[found.linked] == park[of]).all()
    within = found.linked.reshape(count, 6)[:, :4]
    assert (sector[within] == sector[:, None]).all()


def test_a_complete_network_links_all_with_all_others() -> None:
    found = complete(4)
    for one in range(4):
        linked = found.linked[found.offsets[one] : found.offsets[one + 1]]
        assert sorted(linked) == [other for other in range(4) if other != one]
