from tickets import is_group, may_buy

assert [may_buy(age) for age in (0, 17, 18, 19, 80)] == [False, False, True, True, True]
assert [is_group(people) for people in (1, 9, 10, 11)] == [False, False, True, True]
