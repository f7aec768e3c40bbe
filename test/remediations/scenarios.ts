import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from './scenario';

const ending = '.scenario.ts';

/** One account in which a remediation has something to do, and the name of that remediation. */
export type OwnedScenario = Scenario & { readonly remediation: string };

const files = readdirSync(__dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: system }) => readdirSync(join(__dirname, system)).map((file) => ({ system, file })))
  .filter(({ file }) => file.endsWith(ending));

/** What every `<system>/<remediation>.scenario.ts` holds. */
export const scenarios: readonly OwnedScenario[] = files.flatMap(({ system, file }) => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- found by its name: to add one takes no line elsewhere
  const { scenarios: held } = require(join(__dirname, system, file)) as { readonly scenarios: readonly Scenario[] };
  return held.map((scenario) => ({ ...scenario, remediation: file.slice(0, -ending.length) }));
});
