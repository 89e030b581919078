"""The page in a browser: ``cleanpark serve``.

``question`` is the state of a comparison as one value, ``address`` and ``reproduce`` its other
forms; ``engine`` is the only module that asks the layers below; ``charts`` turns results into
ECharts options; the modules named after places (``compare``, ``explore``, ``learn``, ``studies``)
lay them out.
"""
