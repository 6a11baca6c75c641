"""Handles: two neutral words that stand for a person on every list. They mean nothing, and tell nothing."""

from alongside.kernel import randomness

FIRST = """Amber Ash Autumn Birch Blue Bright Bronze Brown Calm Cedar Clear Clover Coast Copper Coral Crisp
    Dawn Deep Dusk Early East Ember Evening Fair Fern Field Flint Forest Frost Garden Gentle Glass Golden
    Granite Green Grey Harbour Harvest Hazel High Indigo Island Ivory Jade June Lake Late Light Lilac Linen
    Little Long Maple Marble Meadow Misty Moss Mountain North Oak Ochre Olive Open Orchard Paper Pearl Pebble
    Pine Plain Prairie Quiet Rain Red River Rose Round Russet Sand Sea Shade Silver Slate Slow Small Snow Soft
    South Spring Spruce Star Steady Still Stone Summer Sunny Swift Tall Tawny Teal Thistle Tidal Umber Valley
    Velvet Violet Warm West White Wide Willow Wind Winter Wool Yellow""".split()
SECOND = """Acorn Alder Anchor Apple Arbour Aspen Barn Basin Basket Bay Beacon Bell Birch Bluff Bobolink
    Bridge Brook Button Canoe Cardinal Chestnut Chickadee Clay Cliff Cloud Cove Crane Creek Cricket Daisy Dove
    Drum Elm Falcon Feather Fern Finch Fir Flax Ford Fox Gate Grove Gull Hare Harp Hawthorn Heath Heron Hill
    Hollow Iris Isle Jay Juniper Kestrel Kettle Lantern Larch Lark Leaf Ledge Linden Loon Lynx Maple Marsh
    Martin Meadow Mill Mitten Moon Moth Oriole Otter Owl Path Pear Pebble Pelican Penny Petal Pine Pipit
    Plover Plum Pond Poplar Quail Quill Rail Reed Ridge Robin Rowan Sail Sandpiper Shell Shore Siskin Sorrel
    Sparrow Spruce Stream Sumac Swallow Swan Tamarack Teal Tern Thicket Thimble Thrush Trail Trillium Trout
    Vale Veery Vireo Walnut Warbler Wave Waxwing Weir Willow Wren Yarrow""".split()


def make_up(taken: "set[str]", *, numbered: bool = False) -> str:
    """Return a handle that is not taken.

    Two words, and a number only when an agency has used up the two-word ones it tries.
    """
    for _ in range(0 if numbered else 60):
        handle = f"{randomness.choice(FIRST)} {randomness.choice(SECOND)}"
        if handle not in taken and handle.split()[0] != handle.split()[1]:
            return handle
    return f"{randomness.choice(FIRST)} {randomness.choice(SECOND)} {randomness.below(9000) + 1000}"
