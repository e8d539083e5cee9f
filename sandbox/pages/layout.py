"""The look of all the sandbox's pages: one style, no scripts, nothing loaded from elsewhere."""

from __future__ import annotations

from html import escape

from aiohttp import web

__all__ = ["hidden", "initials", "page"]

_STYLE = """
:root { color-scheme: light dark; --ink: #1f2430; --soft: #5b6270; --line: #dfe2e8;
  --paper: #fff; --ground: #f3f4f7; --accent: #4653c4; --on-accent: #fff; --tint: #e9ebfb; }
@media (prefers-color-scheme: dark) { :root { --ink: #eceef4; --soft: #a3aaba; --line: #3a4050;
  --paper: #232834; --ground: #181b23; --accent: #8c97f5; --on-accent: #14172a; --tint: #2e3550; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 16px/1.45 system-ui, "Segoe UI", Roboto, sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 28px 20px 48px; }
main.narrow { max-width: 460px; padding-top: 9vh; }
h1 { font-size: 1.5rem; margin: 0 0 .3rem; } h2 { font-size: 1rem; margin: 0 0 .6rem; }
p { margin: .3rem 0 1rem; color: var(--soft); } a { color: var(--accent); }
.sheet { background: var(--paper); border: 1px solid var(--line); border-radius: 12px;
  padding: 24px; }
a + .sheet, h1 + form { margin-top: 1rem; }
.brand { font-size: .8rem; letter-spacing: .04em; color: var(--soft); margin-bottom: 1.2rem; }
button, .button { font: inherit; cursor: pointer; border-radius: 8px; padding: .5rem 1rem;
  border: 1px solid var(--line); background: var(--paper); color: var(--ink);
  text-decoration: none; display: inline-block; }
button:hover, .button:hover { border-color: var(--accent); }
button.primary { background: var(--accent); border-color: var(--accent);
  color: var(--on-accent); font-weight: 600; }
button.danger { color: #c0363f; } @media (prefers-color-scheme: dark) {
  button.danger { color: #ff8f95; } }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.person { display: flex; gap: .9rem; align-items: center; width: 100%; text-align: left;
  margin-bottom: .5rem; padding: .6rem .8rem; }
.person small { display: block; color: var(--soft); }
.face { flex: none; width: 40px; height: 40px; border-radius: 50%; background: var(--tint);
  color: var(--accent); display: grid; place-items: center; font-weight: 600; }
img.face { object-fit: cover; } .who { flex: 1 1 12rem; }
.who small { display: block; color: var(--soft); }
.row { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; }
.apart { justify-content: space-between; } ul.plain { padding-left: 1.1rem; }
label { display: block; font-size: .85rem; color: var(--soft); margin-bottom: .7rem; }
input, select, textarea { font: inherit; color: var(--ink); background: var(--ground);
  border: 1px solid var(--line); border-radius: 8px; padding: .45rem .6rem; width: 100%; }
input[type=checkbox] { width: auto; }
.fields { display: grid; gap: 0 .8rem;
  grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); }
.week { display: grid; gap: 8px; margin: 1rem 0;
  grid-template-columns: repeat(7, minmax(0, 1fr)); }
.day { background: var(--paper); border: 1px solid var(--line); border-radius: 10px;
  padding: 10px; min-height: 150px; }
.day.today { border-color: var(--accent); }
.day h2 { font-size: .85rem; color: var(--soft); font-weight: 600; }
@media (max-width: 760px) { .week { grid-template-columns: 1fr; }
  .day { min-height: 0; } }
.event { display: block; background: var(--tint); border-left: 3px solid var(--accent);
  border-radius: 6px; padding: .35rem .5rem; margin-bottom: .4rem; color: inherit;
  text-decoration: none; font-size: .85rem; overflow-wrap: anywhere; }
.event small { display: block; color: var(--soft); }
.wrong { border-left: 3px solid #c0363f; padding: .5rem .8rem; color: inherit; }
"""


def page(title: str, body: str, *, narrow: bool = False, status: int = 200) -> web.Response:
    """Return a whole page."""
    text = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="icon" href="data:,">'
        f"<style>{_STYLE}</style></head>"
        f"<body><main{' class=narrow' if narrow else ''}>{body}</main></body></html>"
    )
    return web.Response(
        text=text,
        status=status,
        content_type="text/html",
        headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
    )


def hidden(name: str, value: str) -> str:
    """Return a hidden field."""
    return f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'


def initials(name: str) -> str:
    """Return what stands in a person's circle."""
    return escape("".join(part[0] for part in name.split()[:2]).upper())
