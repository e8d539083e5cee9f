"""The colours that other calendar programs name, and which of ours comes nearest to each.

RFC 7986, section 5.9, takes the 148 names of CSS (https://www.w3.org/TR/css-color-4/#named-colors).
Ours are told by their hue, so a name goes where its hue lies; pale ones and white are no colour.
"""

from __future__ import annotations

from collections.abc import Mapping

from services.model.settings import Color

__all__ = ["color_named"]

_NAMES = {
    Color.RED: """red crimson darkred firebrick indianred lightcoral lightpink maroon pink rosybrown
        salmon tomato""",
    Color.ORANGE: """orange antiquewhite bisque blanchedalmond burlywood coral darkorange darksalmon
        lightsalmon moccasin navajowhite orangered papayawhip peachpuff sandybrown tan wheat""",
    Color.YELLOW: """yellow cornsilk darkgoldenrod darkkhaki gold goldenrod khaki lemonchiffon
        lightgoldenrodyellow lightyellow olive palegoldenrod""",
    Color.GREEN: """green aquamarine chartreuse darkgreen darkolivegreen darkseagreen forestgreen
        greenyellow lawngreen lightgreen lime limegreen mediumaquamarine mediumseagreen
        mediumspringgreen olivedrab palegreen seagreen springgreen turquoise yellowgreen""",
    Color.BLUE: """blue aqua cadetblue cornflowerblue cyan darkblue darkcyan darkslateblue
        darkslategray darkslategrey darkturquoise deepskyblue dodgerblue lightblue lightcyan
        lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue mediumblue
        mediumslateblue mediumturquoise midnightblue navy paleturquoise powderblue royalblue skyblue
        slateblue slategray slategrey steelblue teal""",
    Color.PURPLE: """purple blueviolet darkmagenta darkorchid darkviolet deeppink fuchsia hotpink
        indigo magenta mediumorchid mediumpurple mediumvioletred orchid palevioletred plum
        rebeccapurple violet""",
    Color.BROWN: "brown chocolate peru saddlebrown sienna",
    Color.BLACK: "black dimgray dimgrey gray grey",
    Color.NONE: """none aliceblue azure beige darkgray darkgrey floralwhite gainsboro ghostwhite
        honeydew ivory lavender lavenderblush lightgray lightgrey linen mintcream mistyrose oldlace
        seashell silver snow thistle white whitesmoke""",
}
_COLORS: Mapping[str, Color] = {
    name: color for color, names in _NAMES.items() for name in names.split()
}


def color_named(name: str) -> Color | None:
    """Return the colour of ours that is nearest to one of CSS; ``None`` for what names none."""
    return _COLORS.get(name.strip().lower())
