/** The look of the API's docs page; the colours are those of the product. */
export const docsStyle = /* css */ `
:root { color-scheme: light dark; --bg: #f7f8fa; --card: #fff; --line: #e4e7ec; --text: #1b2130; --dim: #5d6778; --iris: #4f4fc4; --code: #eef0f4; }
@media (prefers-color-scheme: dark) {
  :root { --bg: #101218; --card: #1a1d26; --line: #2c3140; --text: #eceef3; --dim: #a3acbe; --iris: #a5a5f3; --code: #252a36; }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 16px; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--bg); color: var(--text); font: 15px/1.55 'Inter Variable', Inter, 'Segoe UI', system-ui, sans-serif; }
a { color: var(--iris); text-decoration: none; } a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--iris); outline-offset: 2px; border-radius: 6px; }
code, pre { font: 13px/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; background: var(--code); border-radius: 5px; }
code { padding: 1px 5px; overflow-wrap: anywhere; } pre { padding: 12px 14px; overflow-x: auto; border-radius: 10px; margin: 8px 0 16px; }
pre code { padding: 0; background: none; overflow-wrap: normal; }
.page { display: grid; grid-template-columns: 248px minmax(0, 1fr); max-width: 1240px; margin: 0 auto; }
nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 32px 16px 32px 24px; font-size: 13.5px; }
nav strong { display: block; margin: 20px 0 4px; font-size: 11.5px; letter-spacing: .04em; text-transform: uppercase; color: var(--dim); }
nav a { display: block; padding: 3px 0; color: var(--text); } nav .brand { font-size: 16px; font-weight: 650; margin-bottom: 8px; }
main { padding: 40px 32px 96px; min-width: 0; }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 4px; } h2 { font-size: 20px; margin: 48px 0 2px; } h3 { font-size: 13px; margin: 20px 0 6px; color: var(--dim); }
.lead { color: var(--dim); margin: 0 0 14px; }
details { background: var(--card); border: 1px solid var(--line); border-radius: 14px; margin: 8px 0; }
summary { display: flex; gap: 12px; align-items: center; padding: 11px 16px; cursor: pointer; list-style: none; border-radius: 14px; flex-wrap: wrap; }
summary::-webkit-details-marker { display: none; }
summary .path { font: 13.5px ui-monospace, 'SF Mono', Menlo, Consolas, monospace; overflow-wrap: anywhere; } summary .what { color: var(--dim); margin-left: auto; font-size: 13.5px; text-align: right; }
.verb { min-width: 68px; text-align: center; border-radius: 7px; padding: 2px 8px; font-size: 12px; font-weight: 700; }
.get { background: #d5f0ea; color: #0b5c4d; } .post { background: #e3e3fb; color: #3838a5; } .put, .patch { background: #fdebd3; color: #7a4504; } .delete { background: #fbdfe0; color: #8e1d24; }
.body { padding: 0 16px 16px; border-top: 1px solid var(--line); }
.role { display: inline-block; margin: 14px 0 0; padding: 1px 9px; border: 1px solid var(--line); border-radius: 99px; font-size: 12px; color: var(--dim); }
ul.schema { list-style: none; margin: 0; padding: 0 0 0 14px; border-left: 2px solid var(--line); }
ul.schema li { padding: 4px 0; } .type { color: var(--dim); font-size: 13px; margin: 0 0 0 8px; } i { font-size: 12px; color: var(--dim); margin-left: 8px; }
small { display: block; color: var(--dim); font-size: 12.5px; }
@media (max-width: 820px) { .page { grid-template-columns: minmax(0, 1fr); } nav { display: none; } main { padding: 24px 16px 64px; } summary .what { margin: 0; width: 100%; text-align: left; } }
`;
