"""What is done at a hub: sitting there, letting somebody wait, and agreeing until tonight."""

from alongside.hub.commands.day import (
    be_busy,
    close_at_night,
    close_days,
    finish,
    leave_desk,
    leave_hub,
    meet,
    open_hub,
    promise,
    say_next,
    sit,
    stand_up,
    take_desk,
    wait,
    wait_on,
)
from alongside.hub.commands.tonight import agree_tonight, leave_tonight, prepare_tonight

__all__ = [
    "agree_tonight",
    "be_busy",
    "close_at_night",
    "close_days",
    "finish",
    "leave_desk",
    "leave_hub",
    "leave_tonight",
    "meet",
    "open_hub",
    "prepare_tonight",
    "promise",
    "say_next",
    "sit",
    "stand_up",
    "take_desk",
    "wait",
    "wait_on",
]
