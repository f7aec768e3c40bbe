/** What nobody may read in a recording, wherever it stands; each is replaced as a whole. */
const secrets: readonly RegExp[] = [
  /-----BEGIN [A-Z ]+-----[\s\S]*?(?:-----END [A-Z ]+-----|$)/g,
  /\beyJ[\w-]{8,}(?:\.[\w-]+){0,2}/g,
  // Ids of access keys, users and roles.
  /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AIPA|ANPA|ANVA|APKA|AROA|ASCA)[A-Z0-9]{8,}/g,
  /(?<![A-Za-z0-9])(?:gh[a-z]_|github_pat_|xox[a-z]-|sk_live_|sk-|glpat-)[\w-]{8,}/g,
  /\b(?:bearer|basic)\s+[\w.~+/=-]{8,}/gi,
  /(?<![\w-])[\w-]*?(?:passw(?:or)?d|pwd|secret|token|api[-_]?key|credential|authorization|signature)[\w-]*["']?\s*[=:]\s*["']?[^\s"',;&]+/gi,
  // Whoever is named in an address of mail, or in that of a page.
  /(?<![\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+/g,
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s"']+/gi,
  // A secret access key, and what looks like one: long, and of letters of both cases and digits.
  /(?<![A-Za-z0-9/+=])(?=[A-Za-z0-9/+]*[a-z])(?=[A-Za-z0-9/+]*[A-Z])(?=[A-Za-z0-9/+]*\d)[A-Za-z0-9/+]{32,}={0,2}(?![A-Za-z0-9/+=])/g,
];

const ipv4 = /(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w.]*\w)/g;
const ipv6 = /(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}(?::|[0-9a-f]{1,4})(?::?[0-9a-f]{1,4})*(?![\w:])/gi;
/** The end of a UUID may be of digits alone, and is none. */
const account = /(?<![A-Za-z0-9]|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3})\d{12}(?![A-Za-z0-9])/gi;

/** What is put in the place of what was found. */
export interface Replacing {
  readonly secret: (found: string) => string;
  readonly address: (found: string) => string;
  readonly account: (found: string) => string;
}

/** The text without what may not be read. Account ids are replaced last: a secret may hold one. */
export function withoutSecrets(text: string, replacing: Replacing): string {
  return secrets
    .reduce((rest, pattern) => rest.replace(pattern, replacing.secret), text)
    .replace(ipv4, replacing.address)
    .replace(ipv6, (found) => (isTime(found) ? found : replacing.address(found)))
    .replace(account, replacing.account);
}

/** `03:12:04` has the shape of the beginning of an address. */
function isTime(text: string): boolean {
  return /^\d{1,2}:\d{2}(:\d{2})?$/.test(text);
}
