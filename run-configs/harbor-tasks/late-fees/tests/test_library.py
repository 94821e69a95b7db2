from library import fee

assert [fee(days) for days in (0, 13, 14, 15, 20)] == [0, 0, 0, 0.5, 3]
