import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Markup, markup } from '../../runtime/answers/markup';
import type { Comparison } from './comparison';
import { notKnown } from './not-known';
import { pageData } from './page/data';
import { summaryMarkup } from './page/summary';

/** Lines of what was assumed that the page shows; there is one for each resource that was made up. */
const assumedAtMost = 200;

/** A comparison as one page that needs nothing else: it loads nothing, sends nothing, and opens from a file. */
export function reportPage(comparison: Comparison): string {
  const [style, script] = ['style.css', 'script.js'].map((file) => readFileSync(join(__dirname, 'page', file), 'utf8'));
  const [old, fresh] = policyNames(comparison);
  const asIs = (text = ''): Markup => Markup.of([text], []);
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${asIs(securityPolicy(style, script))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Backtest: ${fresh} against ${old} – Homeostat</title>
<style>${asIs(style)}</style>
</head>
<body>
<header>
<p class="kind">Homeostat backtest</p>
<h1><bdi>${fresh}</bdi> <span class="against">against</span> <bdi>${old}</bdi></h1>
<p class="facts">${factsOf(comparison)} · <a href="#not-known">what this cannot tell</a></p>
<p class="verdict">${comparison.verdict}</p>
</header>
<main>
${summaryMarkup(comparison)}
<section id="incidents" aria-labelledby="of-incidents">
<h2 id="of-incidents">Incidents</h2>
<form id="filter" aria-label="Which incidents are shown"></form>
<p id="count" role="status"></p>
<div id="legend"></div>
<ol id="list"></ol>
<button type="button" id="more" hidden>Show more</button>
<noscript><p>The incidents are drawn by a script; the numbers above stand without it.</p></noscript>
</section>
<section id="not-known" aria-labelledby="of-not-known">
<h2 id="of-not-known">What this cannot tell</h2>
<ul>${notKnown(comparison).map((line) => markup`<li>${line}</li>`)}</ul>
${assumedMarkup(comparison.assumed)}
${invalidMarkup(comparison.invalid)}
</section>
</main>
<script type="application/json" id="data">${asIs(jsonInMarkup(pageData(comparison)))}</script>
<script>${asIs(script)}</script>
</body>
</html>
`;
  return page.text;
}

/** Only the page's own style and script, by their hashes; no network, forms, frames, images or fonts. */
function securityPolicy(style = '', script = ''): string {
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`;
}

/** JSON that no text in it can end the element of: without a "<" there is neither a tag nor a comment. */
function jsonInMarkup(value: object): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

/** The files' names; with their folders where the names are the same. */
function policyNames({ old, new: fresh }: Comparison): readonly [string, string] {
  const names = [basename(old.policy), basename(fresh.policy)] as const;
  return names[0] === names[1] ? [old.policy, fresh.policy] : names;
}

function factsOf({ period, events, mode }: Comparison): string {
  const day = (at: number): string =>
    new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const when = period ? `${day(period.from)} to ${day(period.to)} (UTC) · ` : '';
  return `${when}${events.toLocaleString('en')} recorded events · as if in mode ${mode}`;
}

function assumedMarkup(assumed: readonly string[]): Markup {
  if (assumed.length === 0) return markup`<p>Nothing was assumed of the account: it was described.</p>`;
  const more = assumed.length - assumedAtMost;
  return markup`<details><summary>${assumed.length} things were assumed, since nothing recorded says them</summary>
<ul>${assumed.slice(0, assumedAtMost).map((line) => markup`<li dir="auto">${line}</li>`)}${more > 0 ? markup`<li>… and ${more} more</li>` : ''}</ul></details>`;
}

function invalidMarkup(invalid: readonly string[]): Markup {
  if (invalid.length === 0) return markup``;
  return markup`<details><summary>${invalid.length} events could not be read</summary><ul>${invalid
    .slice(0, assumedAtMost)
    .map((line) => markup`<li dir="auto">${line}</li>`)}</ul></details>`;
}
