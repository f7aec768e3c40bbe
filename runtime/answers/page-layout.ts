import { createHash } from 'node:crypto';
import { Markup, markup } from './markup';

/** What a browser is answered. */
export interface PageResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const style = `
:root { color-scheme: light dark; --mark: #8a1f11; }
@media (prefers-color-scheme: dark) { :root { --mark: #ff9c8f; } }
body { font: 1.0625rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; }
dt { font-weight: 600; margin-top: .75rem; }
dd { margin: 0; }
ul { margin: 0; padding-left: 1.25rem; }
code { font: 1rem/1.5 ui-monospace, monospace; }
form { margin: 1rem 0; }
button, input { font: inherit; min-height: 3rem; border: 1px solid; border-radius: .5rem; padding: 0 1rem; box-sizing: border-box; }
button { width: 100%; font-weight: 600; cursor: pointer; }
input { width: 100%; margin: .25rem 0 .75rem; }
.warning { color: var(--mark); font-weight: 600; }
`;
const sheet = Markup.of([style], []);

/** Nothing is loaded, run, framed or sent elsewhere; the one style is named by its hash. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headers = {
  'cache-control': 'no-store',
  'content-security-policy': policy,
  'content-type': 'text/html; charset=utf-8',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'interest-cohort=()',
  // The address is the authority: it goes nowhere from here.
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex, nofollow, noarchive',
};

/** A whole page, with the headers that keep it to itself. */
export function pageOf(
  status: number,
  title: string,
  content: Markup,
  more: Readonly<Record<string, string>> = {},
): PageResponse {
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Homeostat</title>
<style>${sheet}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;
  return { status, headers: { ...headers, ...more }, body: page.text };
}
