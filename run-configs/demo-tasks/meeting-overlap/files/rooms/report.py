"""The sheet that hangs at the door."""

from rooms.booking import clock


def sheet(calendar, room):
    lines = [f"{clock(b.start)}-{clock(b.end)}" for b in calendar if b.room == room]
    return "\n".join(lines) or "free all day"
